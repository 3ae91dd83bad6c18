"""Proves the watch: works every `Watch` out again from its deadline and what was said, and puts right what differs."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from cases.models import Deadline, Outcome
from tracker.models import Sweep, Watch
from tracker.reminders import alarms
from tracker.reminders.arming import BATCH, Ledger, keep

logger = logging.getLogger(__name__)

# Sweeps are a pulse, not a record.
KEPT: Final = timedelta(days=90)


def rebuild(*, now: datetime) -> int:
    """How many differed; each is an error in the log. Deadlines whose bell waits to be heard are left to the sweep."""
    Sweep.objects.filter(started_at__lt=now - KEPT).delete()
    wrong = sum(_rebuild_some(after, now=now) for after in _batches())
    if wrong:
        alarms.raise_alarm(alarms.WATCH_DIFFERED, now=now)
    return wrong


def _batches() -> Iterator[list[int]]:
    """By key, so that a million deadlines are never in memory, nor in one transaction."""
    last = 0
    watched = Q(outcome=Outcome.RUNNING) | Q(watch__next_word_at__isnull=False)
    while pks := list(
        Deadline.objects.filter(watched, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield pks
        last = pks[-1]


@transaction.atomic
def _rebuild_some(pks: list[int], *, now: datetime) -> int:
    settled = Deadline.objects.filter(pk__in=pks, rearm=False).select_related("case").order_by("pk")
    deadlines = list(settled.select_for_update(of=("self",), skip_locked=True, no_key=True))
    ledger, watches = Ledger(deadlines), Watch.objects.in_bulk([deadline.pk for deadline in deadlines])
    wrong = []
    for deadline in deadlines:
        kept, right = watches.get(deadline.pk), ledger.armed(deadline, now=now)
        if not is_same(kept, right, now=now):
            logger.error("the watch of deadline %s is wrong: %s, must be %s", deadline.uid, kept, right)
            wrong.append(right)
    keep(wrong)
    return len(wrong)


def is_same(kept: Watch | None, right: Watch, *, now: datetime) -> bool:
    """A word whose time has come is due, whichever of the missed steps it is named after."""
    if kept is None or kept.version_id != right.version_id:
        return False
    if kept.next_word_at and right.next_word_at and max(kept.next_word_at, right.next_word_at) <= now:
        return True
    same = ("next_word_at", "next_occasion", "rung", "acknowledged_at")
    return all(getattr(kept, name) == getattr(right, name) for name in same)
