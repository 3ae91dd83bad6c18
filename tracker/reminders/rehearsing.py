"""A rehearsal: what the watch will say up to an instant and at it, if the world stays as it is. Nothing is sent, and
nothing stays written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Min

from tracker import channels
from tracker.models import Reminder, ReminderState, Subscription, Watch
from tracker.reminders import sending, writing
from tracker.reminders.arming import arm_all
from tracker.reminders.claiming import LETTER
from tracker.reminders.making import make_due
from tracker.reminders.subscribed import make_subscribed
from tracker.reminders.sweep import ROUNDS

# A year of a large house; a rehearsal of more would not end.
MOST_MOMENTS: Final = 20_000


class TooFar(Exception):
    """More moments lie between than a rehearsal plays."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A word that would go, when, to whom and why; or why it would not."""

    at: datetime
    reminder: Reminder
    letter: channels.Letter
    obsolete: str


def rehearse(*, now: datetime, since: datetime | None = None) -> Sequence[Rehearsed]:
    """`since`: with all that sweeps between would have said; nobody acknowledges anything meanwhile. Without: what one
    sweep at `now` would say if none came before it. Raises TooFar.
    """
    with transaction.atomic():
        found = [said for moment in _moments(since, now) for said in _play(moment)]
        transaction.set_rollback(True)
    return found


def _moments(since: datetime | None, now: datetime) -> Iterator[datetime]:
    """Each at which there is anything to do, asked for after the one before was played."""
    moment, count = since, 0
    while moment is not None and moment < now:
        yield moment
        count += 1
        if count > MOST_MOMENTS:
            raise TooFar
        moment = _next_after(moment)
    yield now


def _next_after(moment: datetime) -> datetime | None:
    waiting = Reminder.objects.unsent().filter(try_at__gt=moment).aggregate(at=Min("try_at"))["at"]
    watched = Watch.objects.filter(next_word_at__gt=moment).aggregate(at=Min("next_word_at"))["at"]
    wished = Subscription.objects.filter(next_at__gt=moment).aggregate(at=Min("next_at"))["at"]
    return min((at for at in (waiting, watched, wished) if at), default=None)


def _play(moment: datetime) -> Iterator[Rehearsed]:
    for _round in range(ROUNDS):
        arm_all(now=moment)
        make_due(now=moment)
        make_subscribed(now=moment)
        waiting = Reminder.objects.to_try(moment).select_related(*LETTER)
        for reminder in list(waiting):
            yield _said(reminder, moment)


def _said(reminder: Reminder, moment: datetime) -> Rehearsed:
    """As good as sent, and so it counts for what comes after it."""
    if reason := sending.obsolete(reminder, now=moment):
        sending.drop(reminder, reason)
        return Rehearsed(moment, reminder, channels.Letter(reminder.address, "", "", "", "", ""), reason)
    letter = writing.letter_for(reminder, now=moment)
    reminder.state, reminder.sent_at = ReminderState.SENT, moment
    reminder.save(update_fields=["state", "sent_at"])
    return Rehearsed(moment, reminder, letter, "")
