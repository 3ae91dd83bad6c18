"""Who is on call when: the shifts of a task force, where two stand together, and where nobody does."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from cases.models import Shift, TaskForce
from tracker.status.nouns import Who
from tracker.status.people import PERSON, columns, somebody

# What has ended stays to be seen for as long.
SHOWN: Final = timedelta(days=30)
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class ShiftRow:
    uid: str
    who: Who
    starts_at: datetime
    ends_at: datetime
    state: str  # over, running, coming


@dataclass(frozen=True, slots=True)
class Gap:
    """Nobody is on call from–until; without an end, nobody is from then on."""

    starts_at: datetime
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class Overlap:
    who: tuple[Who, ...]
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Rota:
    """`gaps` and `overlaps` from now on."""

    shifts: tuple[ShiftRow, ...]
    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]

    @property
    def on_call(self) -> tuple[Who, ...]:
        return tuple(row.who for row in self.shifts if row.state == "running")


def rota_of(task_force: TaskForce, *, now: datetime) -> Rota:
    """One statement."""
    recent = Shift.objects.filter(task_force=task_force, ends_at__gt=now - SHOWN).order_by("starts_at", "pk")
    found = recent.values("uid", "starts_at", "ends_at", *columns("person", PERSON))[:MOST]
    rows = tuple(
        ShiftRow(
            row["uid"], somebody(row, "person"), row["starts_at"], row["ends_at"],
            state_of(row["starts_at"], row["ends_at"], now),
        )
        for row in found
    )  # fmt: skip
    return Rota(rows, tuple(gaps(rows, now=now)), tuple(overlaps(rows, now=now)))


def state_of(starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    return "over" if ends_at <= now else "running" if starts_at <= now else "coming"


def gaps(rows: Iterable[ShiftRow], *, now: datetime) -> Iterator[Gap]:
    """`rows` by their start."""
    covered = now
    for row in rows:
        if row.ends_at <= covered:
            continue
        if row.starts_at > covered:
            yield Gap(covered, row.starts_at)
        covered = row.ends_at
    yield Gap(covered, None)


def overlaps(rows: Sequence[ShiftRow], *, now: datetime) -> Iterator[Overlap]:
    """Each stretch from now on in which the same two or more stand together."""
    left = [row for row in rows if row.ends_at > now]
    bounds = sorted({now, *(at for row in left for at in (row.starts_at, row.ends_at) if at > now)})
    for start, end in pairwise(bounds):
        together = tuple(row.who for row in left if row.starts_at <= start and row.ends_at >= end)
        if len(together) > 1:
            yield Overlap(together, start, end)
