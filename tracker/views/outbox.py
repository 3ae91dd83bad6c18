"""What the watch said, to whom, and what became of it; the message as it left."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.permissions import check_can, visible_to
from tracker.forms.outbox import OutboxForm
from tracker.models import Reminder, ReminderState
from tracker.reminders.choosing import send_again
from tracker.reminders.kept import kept_letter, without_links
from tracker.status.failed import failed_list
from tracker.status.outbox import REMINDER, outbox_list, reminder_row
from tracker.views.answering import once, settled
from tracker.views.finding import reader
from tracker.views.paging import page_urls


@login_required
def outbox(request: HttpRequest) -> HttpResponse:
    person, form = reader(request), OutboxForm(request.GET)
    check_can(person, "see_outbox")
    cursor = request.GET.get("cursor", "")
    found = outbox_list(person, now=timezone.now(), filters=form.filters(), cursor=cursor)
    context = {"rows": found.rows, "filters": form, "is_filtered": any(form.filters().values())}
    return render(request, "tracker/outbox.html", {**context, **page_urls(request, found)})


@login_required
def reminder(request: HttpRequest, uid: str) -> HttpResponse:
    """A word of a case one may not know of is not there, nor another's of no case."""
    person = reader(request)
    mine: Any = visible_to(Reminder.objects.all(), person, at=timezone.now())
    found = get_object_or_404(mine.values(*REMINDER, "text"), uid=uid)
    check_can(person, "see_outbox")
    row = reminder_row(found)
    letter = without_links(found["text"] or kept_letter(row.answer))
    return render(request, "tracker/reminder.html", {"row": row, "letter": letter})


@login_required
def failed(request: HttpRequest) -> HttpResponse:
    """For who runs the system: to whom and why, and nothing of the case."""
    check_can(reader(request), "run_watch")
    found = failed_list(cursor=request.GET.get("cursor", ""))
    return render(request, "tracker/failed_words.html", {"rows": found.rows, **page_urls(request, found)})


@login_required
@require_POST
def again(request: HttpRequest, uid: str) -> HttpResponse:
    """What has not failed is not there; by a second click it has not failed any more."""
    person, now = reader(request), timezone.now()
    check_can(person, "run_watch")
    if done := settled(request):
        return done
    found = get_object_or_404(Reminder.objects.select_related("case"), uid=uid, state=ReminderState.FAILED)
    return once(
        request,
        lambda: send_again(reminder=found, by=person, at=now),
        said=_("It is sent again within a minute."),
        to=lambda _made: reverse("failed_words"),
    )
