"""The sweep: what is due at an instant, from the bell to the mailbox. Run twice, or by two at once, it says nothing
twice; killed anywhere, the next one finishes.
"""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from cases.models import Deadline
from tracker import channels
from tracker.models import Reminder, Subscription, Sweep, Watch
from tracker.reminders import sending, writing
from tracker.reminders.arming import arm_all
from tracker.reminders.claiming import LETTER
from tracker.reminders.making import make_due
from tracker.reminders.prepared import Prepared
from tracker.reminders.sending import Fate, Now
from tracker.reminders.subscribed import make_subscribed

# A word dropped at the last moment rings the bell: the second round says what is to be said instead.
ROUNDS: Final = 2


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did, and how long each part took."""

    rearmed: int
    made: int
    fates: Counter[Fate]
    took: timedelta

    @property
    def sent(self) -> int:
        return self.fates[Fate.SENT]

    @property
    def failed(self) -> int:
        return self.fates[Fate.FAILED]

    @property
    def dropped(self) -> int:
        return self.fates[Fate.DROPPED]

    @property
    def is_transport_away(self) -> bool:
        return self.fates[Fate.AWAY] > 0


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A word that would go, to whom and why; or why it would not."""

    reminder: Reminder
    letter: channels.Letter
    obsolete: str


def sweep(*, now: datetime, ticks: Callable[[], float] = time.monotonic) -> Swept:
    """`ticks` is a stopwatch, in seconds: the door read the clock once, and a sweep that mails for a minute ages.

    Its row stands before anything is done, so that a sweep that broke off is seen; where nothing waits, one statement
    says so and the row is written once.
    """
    moment = _running_from(now, ticks)
    if not WAITING.rows(now):
        return _idle(now, moment())
    row = Sweep.objects.create(started_at=now)
    rearmed, made, fates = 0, 0, Counter[Fate]()
    for _round in range(ROUNDS):
        rearmed += arm_all(now=moment())
        made += make_due(now=moment()) + make_subscribed(now=moment())
        latest = sending.send_due(now=moment)
        fates += latest
        if not latest[Fate.DROPPED]:
            break
    swept = Swept(rearmed, made, fates, moment() - now)
    _keep(row, swept, moment())
    return swept


def _waiting(now: datetime) -> "QuerySet[Any, Any]":
    """One row, of no meaning, if there is anything for a sweep to do: a bell, a word due or wished for, one to send."""
    bells = Deadline.objects.filter(rearm=True)
    words, wishes = Watch.objects.filter(next_word_at__lte=now), Subscription.objects.filter(next_at__lte=now)
    bell, word, wish, letter = (
        rows.order_by().values("pk")[:1] for rows in (bells, words, wishes, Reminder.objects.to_try(now))
    )
    return bell.union(word, wish, letter, all=True)[:1]


WAITING: Final = Prepared(picks=_waiting)


def _idle(now: datetime, finished_at: datetime) -> Swept:
    Sweep.objects.create(started_at=now, finished_at=finished_at)
    return Swept(0, 0, Counter(), finished_at - now)


def _running_from(now: datetime, ticks: Callable[[], float]) -> Now:
    started = ticks()
    return lambda: now + timedelta(seconds=ticks() - started)


def _keep(row: Sweep, swept: Swept, finished_at: datetime) -> None:
    row.finished_at, row.rearmed, row.made = finished_at, swept.rearmed, swept.made
    row.sent, row.failed, row.dropped = swept.sent, swept.failed, swept.dropped
    row.save(update_fields=["finished_at", "rearmed", "made", "sent", "failed", "dropped"])


def rehearse(*, now: datetime) -> Sequence[Rehearsed]:
    """What a sweep at that instant would say if none came before it. Nothing is sent and nothing stays written."""
    with transaction.atomic():
        arm_all(now=now)
        make_due(now=now)
        make_subscribed(now=now)
        waiting = Reminder.objects.to_try(now).select_related(*LETTER)
        found = [
            Rehearsed(each, writing.letter_for(each, now=now), sending.obsolete(each, now=now)) for each in waiting
        ]
        transaction.set_rollback(True)
    return found
