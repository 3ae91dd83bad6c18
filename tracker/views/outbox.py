"""What the watch said, to whom, and what became of it; the message as it left."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from cases.permissions import check_can, visible_to
from tracker.forms.outbox import OutboxForm
from tracker.models import Reminder
from tracker.reminders.kept import kept_letter, without_links
from tracker.status.outbox import REMINDER, outbox_list, reminder_row
from tracker.views.finding import reader
from tracker.views.paging import page_urls


@login_required
def outbox(request: HttpRequest) -> HttpResponse:
    person, form = reader(request), OutboxForm(request.GET)
    check_can(person, "see_outbox")
    cursor = request.GET.get("cursor", "")
    found = outbox_list(person, now=timezone.now(), filters=form.filters(), cursor=cursor)
    context = {"rows": found.rows, "filters": form, "is_filtered": bool(form.filters()["state"])}
    return render(request, "tracker/outbox.html", {**context, **page_urls(request, found)})


@login_required
def reminder(request: HttpRequest, uid: str) -> HttpResponse:
    """A word of a case one may not know of is not there."""
    person = reader(request)
    mine: Any = visible_to(Reminder.objects.all(), person, at=timezone.now())
    found = get_object_or_404(mine.values(*REMINDER, "text"), uid=uid)
    check_can(person, "see_outbox")
    row = reminder_row(found)
    letter = without_links(found["text"] or kept_letter(row.answer))
    return render(request, "tracker/reminder.html", {"row": row, "letter": letter})
