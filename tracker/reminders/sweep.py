"""The sweep: what is due at an instant, from the bell to the mailbox. Run twice, or by two at once, it says nothing
twice; killed anywhere, the next one finishes.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest, Least

from cases.models import Deadline
from tracker.models import Reminder, Subscription, Sweep, Watch
from tracker.reminders import sending
from tracker.reminders.arming import arm_all
from tracker.reminders.making import make_due
from tracker.reminders.prepared import Prepared
from tracker.reminders.sending import Fate, Now
from tracker.reminders.subscribed import make_subscribed

# A word dropped at the last moment rings the bell: the second round says what is to be said instead.
ROUNDS: Final = 2
# By less than this the clocks of two machines may differ.
SKEW: Final = timedelta(minutes=5)


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
    put_right(now=now)
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


def _ahead(now: datetime) -> "QuerySet[Reminder]":
    was_ahead = Q(made_at__gt=now + SKEW) | Q(tries__gt=0, try_at__gt=now + sending.LONGEST_WAIT + SKEW)
    return Reminder.objects.unsent().filter(was_ahead)


@transaction.atomic
def put_right(*, now: datetime) -> None:
    """What a clock ahead of its time made, or put off, leaves at its own hour and not when that time comes again."""
    ahead = _ahead(now).select_for_update(skip_locked=True, no_key=True)
    if found := dict(ahead.values_list("pk", "deadline")):
        own_hour, moment = F("occasion_at"), Value(now)
        planned_at = Least("planned_at", Greatest(own_hour, moment))
        words = Reminder.objects.filter(pk__in=found)
        words.update(made_at=Least("made_at", moment), planned_at=planned_at, try_at=own_hour)
        Deadline.objects.filter(pk__in=[pk for pk in found.values() if pk]).update(rearm=True)


def _waiting(now: datetime) -> "QuerySet[Any, Any]":
    """One row, of no meaning, if there is anything for a sweep to do: a bell, a word due or wished for, one to send or
    to put right.
    """
    bells = Deadline.objects.filter(rearm=True)
    words, wishes = Watch.objects.filter(next_word_at__lte=now), Subscription.objects.filter(next_at__lte=now)
    found = (bells, words, wishes, Reminder.objects.to_try(now), _ahead(now))
    bell, *others = (rows.order_by().values("pk")[:1] for rows in found)
    return bell.union(*others, all=True)[:1]


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
