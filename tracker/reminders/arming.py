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
from tracker import ladder
from tracker.models import Channel, Reminder, ReminderState, Step, Watch
from tracker.reminders.timetable import Timetable, leading, timetable_of

BATCH: Final = 500
# The role of the note that nobody further up the ladder is left.
NOBODY: Final = "nobody"


class Ledger:
    """What the timetables of a batch of deadlines rest on: versions, steps, words said. Three statements."""

    def __init__(self, deadlines: Sequence[Deadline]) -> None:
        pks = [deadline.pk for deadline in deadlines]
        self.versions: Mapping[int, list[DeadlineVersion]] = _versions(pks)
        self.spoken: Mapping[int, list[ladder.Spoken]] = _spoken(pks)
        self.said: Mapping[int, set[str]] = defaultdict(
            set, {pk: {word.occasion for word in words if not word.is_end} for pk, words in self.spoken.items()}
        )
        own = Q(deadline__in=pks) | Q(case__in={deadline.case_id for deadline in deadlines})
        self._steps = list(Step.objects.filter(own | Q(deadline__isnull=True, case__isnull=True)))

    def note(self, reminders: Iterable[Reminder]) -> None:
        """Made just now, and as good as said."""
        for reminder in reminders:
            key = reminder.deadline_id or 0
            if reminder.channel != Channel.ROOM:
                self.spoken[key].append(spoken(reminder))
            if reminder.role != NOBODY:
                self.said[key].add(reminder.occasion)

    def timetable(self, deadline: Deadline) -> Timetable | None:
        return timetable_of(deadline, versions=self.versions[deadline.pk], steps=self._steps)

    def leading(self, deadline: Deadline) -> DeadlineVersion | None:
        return leading(deadline, self.versions[deadline.pk])

    def latest(self, deadline: Deadline, timetable: Timetable) -> list[ladder.Spoken]:
        """All that was said on the latest occasion of the date as it stands."""
        words = [word for word in self.spoken[deadline.pk] if timetable.speaks_for(word.occasion)]
        last = max(words, key=lambda word: word.occasion_at, default=None)
        return [word for word in words if last and word.occasion == last.occasion]

    def climb(self, deadline: Deadline, timetable: Timetable, *, now: datetime) -> ladder.Climb | None:
        return ladder.climb(self.latest(deadline, timetable), now=now)

    def armed(self, deadline: Deadline, *, now: datetime) -> Watch:
        """The watch as it must be, unsaved."""
        timetable, said = self.timetable(deadline), self.said[deadline.pk]
        watch = Watch(deadline=deadline, version=self.leading(deadline))
        if timetable is None:
            return watch
        latest, climb = self.latest(deadline, timetable), self.climb(deadline, timetable, now=now)
        watch.next_word_at, watch.next_occasion = next_of(timetable, said=said, climb=climb, now=now)
        watch.rung = max((each.rung for each in latest if not each.is_end), default=0)
        watch.acknowledged_at = min((at for each in latest if (at := each.acknowledged_at)), default=None)
        return watch


def next_of(
    timetable: Timetable, *, said: Collection[str], climb: ladder.Climb | None, now: datetime
) -> tuple[datetime | None, str]:
    """When to look at it again, and the occasion that is not said yet; None and empty: nothing more is to be said."""
    step_at = timetable.next_at(said=said, now=now)
    word = timetable.nearest(said=said, now=max(now, step_at)) if step_at else None
    at = min((at for at in (step_at, climb and climb.at) if at), default=None)
    return at, word.occasion.code if word else ""


def _versions(deadlines: Collection[int]) -> Mapping[int, list[DeadlineVersion]]:
    found: dict[int, list[DeadlineVersion]] = defaultdict(list)
    for version in DeadlineVersion.objects.filter(deadline__in=deadlines).defer("trace", "facts").order_by("number"):
        found[version.deadline_id].append(version)
    return found


def _spoken(deadlines: Collection[int]) -> Mapping[int, list[ladder.Spoken]]:
    """Words that count as said, and the notes that nobody is left."""
    found: dict[int, list[ladder.Spoken]] = defaultdict(list)
    counts = ~Q(state=ReminderState.DROPPED) | Q(role=NOBODY)
    rows = Reminder.objects.personal().filter(counts, deadline__in=deadlines).order_by()
    for row in rows.select_related("person").only(*_SPOKEN, "person__uid"):
        found[row.deadline_id or 0].append(spoken(row))
    return found


_SPOKEN: Final = (
    "deadline_id", "occasion", "occasion_at", "rung", "role", "planned_at", "acknowledge_within", "sent_at",
    "acknowledged_at", "state",
)  # fmt: skip


def spoken(reminder: Reminder) -> ladder.Spoken:
    return ladder.Spoken(
        occasion=reminder.occasion,
        occasion_at=reminder.occasion_at,
        rung=reminder.rung,
        role=reminder.role,
        uid=reminder.person.uid,
        planned_at=reminder.planned_at,
        # What could not be delivered asks nothing: another was told at once.
        within=None if reminder.state == ReminderState.FAILED else reminder.acknowledge_within,
        sent_at=reminder.sent_at,
        acknowledged_at=reminder.acknowledged_at,
        is_end=reminder.role == NOBODY,
    )


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
    """In one statement."""
    Watch.objects.bulk_create(
        watches,
        update_conflicts=True,
        unique_fields=["deadline"],
        update_fields=["version", "next_word_at", "next_occasion", "rung", "acknowledged_at"],
    )
