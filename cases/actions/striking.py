"""What was wrongly begun or ended is taken back: voided, withdrawn, or let run again. No log of its own."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.actions import reckoning, revising
from cases.actions.log import save
from cases.models import Deadline, Event, Outcome, Person

ANSWERED = _("The authority had acted within its period.")
USED = _("The right had been used, or another way was taken.")


def strike(event: Event, *, reason: str, by: Person, at: datetime) -> None:
    """Voids the event and withdraws the deadlines it started."""
    event.voided_at, event.voided_by, event.void_reason = at, by, reason
    save(event, "voided_at", "voided_by", "void_reason")
    for deadline in event.deadlines.filter(outcome=Outcome.RUNNING):
        reckoning.end(deadline, Outcome.WITHDRAWN, at=at, reason=reason)


def take_end_back(deadline: Deadline, *, why: Promise, by: Person, at: datetime) -> None:
    """The end that was recorded for want of an act goes, with what it started."""
    for wrongly in deadline.expiry_events.filter(voided_at__isnull=True):
        strike(wrongly, reason=str(why), by=by, at=at)


def let_run(deadline: Deadline, *, by: Person, at: datetime) -> None:
    """What ended it is gone: it runs again, unless what started it is gone too."""
    started = deadline.event
    revising.run_on(deadline, by=by, at=at)
    if started is not None and started.voided_at is not None:
        reckoning.end(deadline, Outcome.WITHDRAWN, at=at, reason=started.void_reason)
