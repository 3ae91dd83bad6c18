"""Sets the watch: drains the bell that actions ring (`Deadline.rearm`) into `Watch`, a batch at a time.

What a watch says follows from the deadline and what was said of it, so it can be worked out again from nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from cases.models import Deadline, DeadlineVersion
from tracker.models import Reminder, Step, Watch
from tracker.reminders.timetable import Timetable, leading, timetable_of

BATCH: Final = 500


class Ledger:
    """What the timetables of a batch of deadlines rest on: versions, steps, words said. Three statements."""

    def __init__(self, deadlines: Sequence[Deadline]) -> None:
        pks = [deadline.pk for deadline in deadlines]
        self.versions: Mapping[int, list[DeadlineVersion]] = _versions(pks)
        self.said: Mapping[int, set[str]] = _said(pks)
        own = Q(deadline__in=pks) | Q(case__in={deadline.case_id for deadline in deadlines})
        self._steps = list(Step.objects.filter(own | Q(deadline__isnull=True, case__isnull=True)))

    def timetable(self, deadline: Deadline) -> Timetable | None:
        return timetable_of(deadline, versions=self.versions[deadline.pk], steps=self._steps)

    def leading(self, deadline: Deadline) -> DeadlineVersion | None:
        return leading(deadline, self.versions[deadline.pk])

    def armed(self, deadline: Deadline, *, now: datetime) -> Watch:
        """The watch as it must be, unsaved."""
        timetable, said = self.timetable(deadline), self.said[deadline.pk]
        next_at = timetable.next_at(said=said, now=now) if timetable else None
        watch = Watch(deadline=deadline, version=self.leading(deadline), next_word_at=next_at)
        if timetable and next_at:
            word = timetable.nearest(said=said, now=max(now, next_at))
            watch.next_occasion = word.occasion.code if word else ""
        return watch


def _versions(deadlines: Collection[int]) -> Mapping[int, list[DeadlineVersion]]:
    found: dict[int, list[DeadlineVersion]] = defaultdict(list)
    for version in DeadlineVersion.objects.filter(deadline__in=deadlines).defer("trace", "facts").order_by("number"):
        found[version.deadline_id].append(version)
    return found


def _said(deadlines: Collection[int]) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Reminder.objects.said().filter(deadline__in=deadlines).order_by()
    for deadline, occasion in rows.values_list("deadline_id", "occasion").distinct():
        found[deadline].add(occasion)
    return found


def arm_all(*, now: datetime) -> int:
    """Every deadline whose bell was rung; one that an action holds at this moment is left to the next sweep."""
    count = 0
    while armed := _arm_some(now=now):
        count += armed
    return count


@transaction.atomic
def _arm_some(*, now: datetime) -> int:
    rung = Deadline.objects.filter(rearm=True).order_by("pk").select_related("case")
    deadlines = list(rung.select_for_update(of=("self",), skip_locked=True, no_key=True)[:BATCH])
    if deadlines:
        arm(deadlines, now=now)
        Deadline.objects.filter(pk__in=[deadline.pk for deadline in deadlines]).update(rearm=False)
    return len(deadlines)


def arm(deadlines: Sequence[Deadline], *, now: datetime) -> None:
    ledger = Ledger(deadlines)
    keep(ledger.armed(deadline, now=now) for deadline in deadlines)


def keep(watches: Iterable[Watch]) -> None:
    """In one statement, leaving rung and acknowledgement as they are."""
    Watch.objects.bulk_create(
        watches,
        update_conflicts=True,
        unique_fields=["deadline"],
        update_fields=["version", "next_word_at", "next_occasion"],
    )
