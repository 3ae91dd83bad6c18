"""Where a person says that a word has reached them: by the link in the message, or on a page of Casebook."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cases.permissions import visible_to
from tracker.models import AcknowledgedBy, Reminder
from tracker.reminders.acknowledging import acknowledge, asks, own_reminders, reminder_of
from tracker.reminders.letters import headline_of
from tracker.views.answering import once
from tracker.views.finding import reader


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET changes nothing: mail scanners follow links. Its page tells no more than the message did."""
    found = reminder_of(token)
    if found is None or not may_still_know(found):
        raise Http404
    if request.method == "POST":
        acknowledge(reminder=found, how=AcknowledgedBy.LINK, at=timezone.now())
        return redirect("acknowledge", token=token)
    context = {"reminder": found, "asks": asks(found), "headline": headline_of(found, now=timezone.now())}
    return render(request, "tracker/acknowledge.html", context)


def may_still_know(reminder: Reminder) -> bool:
    """Who lost the right to see the case holds a link that leads nowhere."""
    known = visible_to(Reminder.objects.filter(pk=reminder.pk), reminder.person, at=timezone.now())
    return known.exists()


@login_required
@require_POST
def here(request: HttpRequest, uid: str) -> HttpResponse:
    """One's own word; another's is not there, nor what asks for no answer."""
    person, now = reader(request), timezone.now()
    found = get_object_or_404(own_reminders(person, at=now), uid=uid)
    to = reverse("deadline", args=[found.case.reference, found.deadline.uid])
    if not asks(found):
        messages.info(request, _("There was nothing left to acknowledge."))
        return redirect(to)
    said = _("You have acknowledged the reminder. Nobody further up is told of it.")
    return once(
        request, lambda: acknowledge(reminder=found, how=AcknowledgedBy.PAGE, at=now), said=said, to=lambda _made: to
    )
