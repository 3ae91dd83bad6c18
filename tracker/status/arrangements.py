"""Holiday arrangements as imported, and the dates each moves, of the cases the reader may know of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.actions.arrangement import foreseen, proposals_of
from cases.actions.recounting import Recounted
from cases.law.arrangements import Arranged
from cases.models import Arrangement, Deadline, DeadlineVersion, Person
from cases.permissions import visible_to
from tracker.status.lists import Page, page
from tracker.status.nouns import Titles, Who
from tracker.status.people import PERSON, Row, columns, somebody

MOST_FORESEEN: Final = 50
MOST_STANDING: Final = 20
ORDER: Final = ("pk",)


@dataclass(frozen=True, slots=True)
class ArrangementRow:
    """An invented one says so wherever it is named."""

    uid: str
    calendar: str
    version: str
    years: tuple[int, ...]
    source: str
    is_fictional: bool
    state: str
    imported_at: datetime
    imported_by: Who


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline, its date as it was and as it becomes; `uid` is the deadline's."""

    uid: str
    reference: str
    title: Titles
    old: date | None
    new: date | None
    status: str = ""
    is_open: bool = False
    outcome: str = ""  # how the deadline ended, where it did with this date still proposed: nobody is asked any more


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What importing would do: `moved` dates would be proposed, of which the first are shown; `settled` only settle."""

    moved: int
    settled: int
    rows: tuple[Moved, ...]


def known(person: Person, *, now: datetime) -> "QuerySet[Deadline]":
    return visible_to(Deadline.objects.all(), person, at=now)


_OWN: Final = ("uid", "calendar", "version", "years", "source", "is_fictional", "state", "recorded_at")


def arrangements() -> tuple[ArrangementRow, ...]:
    """The newest first."""
    found = Arrangement.objects.order_by("-recorded_at", "-pk").values(*_OWN, *columns("recorded_by", PERSON))
    return tuple(_arrangement(row) for row in found[:MOST_STANDING])


def _arrangement(row: Row) -> ArrangementRow:
    same = {name: row[name] for name in _OWN if name not in {"years", "recorded_at"}}
    by = somebody(row, "recorded_by")
    return ArrangementRow(**same, years=tuple(row["years"]), imported_at=row["recorded_at"], imported_by=by)


def foresee(arranged: Arranged, person: Person, *, now: datetime) -> Foreseen:
    found = list(foreseen(arranged, among=known(person, now=now)))
    moving = [each for each in found if each.moves]
    return Foreseen(
        moved=sum(len(each.pks) for each in moving),
        settled=sum(len(each.pks) for each in found if not each.moves),
        rows=_foreseen_rows(moving),
    )


def _foreseen_rows(moving: Iterable[Recounted]) -> tuple[Moved, ...]:
    of = dict(islice(((pk, each) for each in moving for pk in each.pks), MOST_FORESEEN))
    found = Deadline.objects.filter(pk__in=of).order_by("current__due_at", "pk")
    rows = found.values_list("pk", "uid", "case__reference", "title_en", "title_zh", "current__due_on")
    return tuple(
        Moved(uid, reference, Titles(en, zh), old, of[pk].version.due_on) for pk, uid, reference, en, zh, old in rows
    )


# ---- Of one that was imported ----------------------------------------------------------------------------------------
_SAME: Final = Q(
    due_at=F("instead_of__due_at"), nominal_on=F("instead_of__nominal_on"), safe_due_on=F("instead_of__safe_due_on")
)
_MOVED: Final = (
    "pk", "status", "due_on", "instead_of__due_on", "deadline__uid", "deadline__case__reference",
    "deadline__title_en", "deadline__title_zh", "deadline__outcome",
)  # fmt: skip


def moved_list(arrangement: Arrangement, person: Person, *, now: datetime, cursor: str = "") -> Page[Moved]:
    """Every deadline it moved or would move, once, with the last date it found for it, whatever became of that."""
    mine = visible_to(DeadlineVersion.objects.all(), person, at=now).filter(arrangement=arrangement)
    later = DeadlineVersion.objects.filter(
        deadline=OuterRef("deadline"), arrangement=arrangement, number__gt=OuterRef("number")
    )
    found: QuerySet[DeadlineVersion, Any] = mine.filter(~_SAME, ~Exists(later)).values(*_MOVED)
    listed = page(found, order=ORDER, cursor=cursor)
    return listed.holding([_moved(row) for row in listed.rows])


def _moved(row: Row) -> Moved:
    is_proposed = row["status"] == "proposed"
    return Moved(
        row["deadline__uid"],
        row["deadline__case__reference"],
        Titles(row["deadline__title_en"], row["deadline__title_zh"]),
        row["instead_of__due_on"],
        row["due_on"],
        status=row["status"],
        is_open=is_proposed and row["deadline__outcome"] == "running",
        outcome=row["deadline__outcome"] if is_proposed and row["deadline__outcome"] != "running" else "",
    )


def waiting(arrangement: Arrangement, person: Person, *, now: datetime) -> int:
    """How many of its dates wait for counsel, of the cases the person may know of."""
    return proposals_of(arrangement, among=known(person, now=now)).count()
