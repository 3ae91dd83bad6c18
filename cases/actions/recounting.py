"""Many deadlines counted again under another calendar: which of them move, and their new versions.

Deadlines that ask the law the same question and stand on the same working are counted once and written in one go: a
hundred thousand of them ask some thousands of questions. Writes no log of its own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import partial
from typing import Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, TextField, When
from django.db.models.functions import MD5, Cast, Coalesce, Greatest, Least

from cases import legislation
from cases.actions import further, reckoning
from cases.actions.grounds import DATES, MOVE, REJECTED, Rejection, as_told, decided, rejection, still_rejected
from cases.actions.reckoning import Ledgers
from cases.actions.revising import WORKING, differ, mover, settle
from cases.law import clocks
from cases.law.arrangements import Arranged
from cases.law.rulebook import LawError, Rulebook
from cases.models import (
    Arrangement,
    ArrangementState,
    Cause,
    Deadline,
    DeadlineVersion,
    Event,
    Extension,
    ExtensionState,
    Person,
    Suspension,
    VersionStatus,
)
from cases.models.record import new_uid

CHUNK: Final = 2000
# What an answer of the law rests on, but for the ledgers; and what it is then compared with.
ASKED: Final = (
    "rule_id", "kind", "zone", "calendar", "event__name", "event__occurred_on", "event__occurred_at",
    "measure__ordered_on", "measure__ordered_at", "measure__period_amount", "measure__period_unit",
    "measure__period_profile", "measure__procedure", "notice__kind", "notice__ordered_on",
    "notice__ordered_at", "notice__period_amount", "notice__period_unit", "notice__period_profile",
)  # fmt: skip
STANDING: Final = ("due_on", *DATES, "provisional", "provisional_why", "missing", "facts", "arrangements")
# Of a date that a calendar moved before and that waits: the next may move it on, or back.
WAITING: Final = (*DATES, "provisional", "provisional_why")
OF_FACT: Final = Q(status=VersionStatus.PROPOSED) & ~Q(cause=Cause.CALENDAR)
FORMER: Final = Q(status=VersionStatus.WITHDRAWN, rejected_at=None, cause=Cause.CALENDAR)
OF_CALENDAR: Final = Q(versions__status=VersionStatus.PROPOSED, versions__cause=Cause.CALENDAR)


class Fate(Enum):
    MOVES = "moves"  # one of the dates, so that counsel must confirm
    SETTLES = "settles"  # the dates stay, their working changes: no longer provisional, as a rule
    STAYS = "stays"  # as it is in force: what was proposed of it is proposed no longer


@dataclass(frozen=True, slots=True)
class Recounted:
    """Deadlines that another calendar bears on, alike in all that matters: one of them, and the keys of all."""

    deadline: Deadline
    version: DeadlineVersion
    fate: Fate
    pks: Sequence[int]

    @property
    def moves(self) -> bool:
        return self.fate is Fate.MOVES


@dataclass(frozen=True, slots=True)
class Laid:
    """What deadlines are counted again under: the arrangements that stand, and one that is only foreseen."""

    standing: tuple[int, ...]
    law: Rulebook
    arranged: Arranged | None = None

    def for_one(self, calendar: str, rejected: Sequence[Rejection]) -> tuple[tuple[int, ...], Rulebook]:
        """But for those whose move of the date in force counsel rejected."""
        keys = decided(self.standing, rejected) if rejected else self.standing
        if keys == self.standing:
            return keys, self.law
        law = legislation.with_only(calendar, keys)
        return keys, law if self.arranged is None else law.with_calendar(self.arranged.over(law.calendar(calendar)))


@dataclass(slots=True)
class Tally:
    moved: int = 0
    settled: int = 0


def touched(calendar: str, years: Collection[int]) -> "QuerySet[Deadline]":
    """Running dated deadlines of that calendar whose span reaches into one of the years, or which are provisional.

    And those for which another date is proposed, which may reach further.
    """
    running = Deadline.objects.running().filter(calendar=calendar, current__due_on__isnull=False)
    due, nominal, safe = F("current__due_on"), F("current__nominal_on"), F("current__safe_due_on")
    running = running.annotate(
        first=Least(Coalesce(F("event__occurred_on"), due), due, nominal, safe),
        last=Greatest(Coalesce(F("event__occurred_on"), due), due, nominal, safe),
    )
    running = running.annotate(also=Exists(DeadlineVersion.objects.filter(OF_FACT, deadline=OuterRef("pk"))))
    within = Q(current__provisional=True) | Q(also=True)
    for year in years:
        within |= Q(first__lte=date(year, 12, 31), last__gte=date(year, 1, 1))
    return running.filter(within)


def alike(deadlines: "QuerySet[Deadline]") -> list[list[int]]:
    """The keys of deadlines in groups that one count answers for; one with a ledger is a group of its own."""
    own = {"deadline": OuterRef("pk")}
    granted = Extension.objects.filter(state=ExtensionState.GRANTED, **own)
    told = Event.objects.filter(case=OuterRef("case"), name__in=further.suppliers(), voided_at=None)
    asks = Q(rule_id__in=further.users_of(further.every())) & Exists(told)
    rejected = Exists(DeadlineVersion.objects.filter(REJECTED, **own))
    ledger = Case(When(Exists(granted) | Exists(Suspension.objects.filter(**own)) | asks | rejected, then=F("pk")))
    standing = [*(f"current__{name}" for name in STANDING), *(f"waiting__{name}" for name in WAITING)]
    deadlines = deadlines.annotate(waiting=FilteredRelation("versions", condition=OF_CALENDAR))
    keyed = deadlines.order_by().annotate(ledger=ledger, worked=MD5(Cast("current__trace", TextField())))
    groups = keyed.values(*ASKED, *standing, "ledger", "worked").annotate(pks=ArrayAgg("pk", order_by="pk"))
    return sorted(groups.values_list("pks", flat=True))


def recounted(deadlines: "QuerySet[Deadline]", laid: Laid) -> Iterator[list[Recounted]]:
    """Chunk by chunk, those that law bears on; a deadline it cannot count keeps what it has."""
    groups = alike(deadlines)
    related = Deadline.objects.select_related("current", "event", "measure", "notice")
    for start in range(0, len(groups), CHUNK):
        pks = {group[0]: group for group in groups[start : start + CHUNK]}
        firsts = list(related.filter(pk__in=pks).order_by("pk"))
        known = beside(firsts)
        found = (_recounted(deadline, known[deadline.pk], laid, pks[deadline.pk]) for deadline in firsts)
        yield [each for each in found if each]


@dataclass(slots=True)
class Beside:
    """What a deadline is counted and compared with, beside its own row."""

    ledgers: Ledgers
    rejected: list[Rejection] = field(default_factory=list)
    waiting: DeadlineVersion | None = None


def beside(deadlines: Sequence[Deadline]) -> Mapping[int, Beside]:
    """Of each, in five statements for them all."""
    found = {pk: Beside(ledgers) for pk, ledgers in ledgers_of(deadlines).items()}
    versions = DeadlineVersion.objects.filter(deadline__in=list(found))
    for pk, *move in versions.filter(REJECTED).values_list("deadline", *MOVE):
        found[pk].rejected.append(rejection(*move))
    for version in versions.filter(status=VersionStatus.PROPOSED, cause=Cause.CALENDAR):
        found[version.deadline_id].waiting = version
    return found


def _recounted(deadline: Deadline, known: Beside, laid: Laid, pks: Sequence[int]) -> Recounted | None:
    current = deadline.current
    assert current is not None
    is_by_hand = "set_by" in current.facts
    keys, law = laid.for_one(deadline.calendar, [] if is_by_hand else _standing_rejections(deadline, current, known))
    version = _by_hand(deadline, current, law) if is_by_hand else _by_law(deadline, current, known.ledgers, law)
    if version is None:
        return None
    version.instead_of, version.arrangements = current, list(keys)
    fate = _fate(current, version, known.waiting, is_by_hand=is_by_hand)
    return Recounted(deadline, version, fate, pks) if fate else None


def _standing_rejections(deadline: Deadline, current: DeadlineVersion, known: Beside) -> list[Rejection]:
    law = partial(legislation.with_only, deadline.calendar)
    return still_rejected(current, known.rejected, lambda keys: _by_law(deadline, current, known.ledgers, law(keys)))


def _fate(
    current: DeadlineVersion, version: DeadlineVersion, waiting: DeadlineVersion | None, *, is_by_hand: bool
) -> Fate | None:
    """None: nothing new, neither to what is in force nor to what waits."""
    if not is_by_hand and differ(current, version, DATES):
        return Fate.MOVES if waiting is None or differ(waiting, version, DATES) else None
    if differ(current, version, (*DATES, *WORKING)):
        return Fate.SETTLES
    return Fate.STAYS if waiting else None


def _by_law(deadline: Deadline, current: DeadlineVersion, ledgers: Ledgers, law: Rulebook) -> DeadlineVersion | None:
    """From the facts in force: what a fact would move waits beside this, and is counted by itself."""
    asked, known = as_told(deadline, current.facts, ledgers)
    try:
        answer = reckoning.ask_law(asked, ledgers=known, law=law)
    except LawError:
        return None
    version = reckoning.version_of(asked, answer, number=0)
    version.deadline = deadline
    return version


def _by_hand(deadline: Deadline, current: DeadlineVersion, law: Rulebook) -> DeadlineVersion:
    """A date a person set moves for nobody; what moves is the last working day before it."""
    assert current.due_on is not None
    calendar = law.calendar(deadline.calendar)
    return DeadlineVersion(
        deadline=deadline,
        number=0,
        due_on=current.due_on,
        due_at=current.due_at,
        nominal_on=current.nominal_on,
        safe_due_on=calendar.last_working_on_or_before(current.due_on),
        calendar_version=calendar.version,
        facts=current.facts,
    )


def ledgers_of(deadlines: Sequence[Deadline]) -> Mapping[int, Ledgers]:
    """What `reckoning.ledgers_of` says of each, in three statements for them all."""
    pks = [deadline.pk for deadline in deadlines]
    extensions: dict[int, list[clocks.Extension]] = defaultdict(list)
    suspensions: dict[int, list[clocks.Suspension]] = defaultdict(list)
    granted = Extension.objects.filter(deadline__in=pks, state=ExtensionState.GRANTED)
    for row in granted.order_by("recorded_at", "pk"):
        extensions[row.deadline_id].append(reckoning.more_time(row))
    for stop in Suspension.objects.filter(deadline__in=pks).order_by("from_on", "pk"):
        suspensions[stop.deadline_id].append(clocks.Suspension(stop.from_on, stop.until_on))
    told = further.standing({deadline.case_id for deadline in deadlines})
    return {pk: Ledgers(tuple(extensions[pk]), tuple(suspensions[pk]), told) for pk in pks}


# ---- Writing ---------------------------------------------------------------------------------------------------------
def recount_all(
    deadlines: "QuerySet[Deadline]", laid: Laid, *, arrangement: Arrangement, by: Person, at: datetime
) -> Tally:
    """Proposes each date that moves; puts in force, at once, a working that changed and moves nothing.

    What a fact would move stays proposed, counted anew where the calendar bears on it.
    """
    tally = Tally()
    lock(deadlines)
    mixed = with_a_fact_waiting(deadlines)
    for found in recounted(deadlines, laid):
        for fate in Fate:
            some = [each for each in found if each.fate is fate]
            count = _append(some, fate, arrangement=arrangement, by=by, at=at) if some else 0
            tally.moved += count if fate is Fate.MOVES else 0
            tally.settled += count if fate is Fate.SETTLES else 0
    settle_each(mixed, by=by, at=at)
    return tally


def with_a_fact_waiting(deadlines: "QuerySet[Deadline]") -> list[int]:
    """Those for which a date waits that a fact would move."""
    waits = Exists(DeadlineVersion.objects.filter(OF_FACT, deadline=OuterRef("pk")))
    return list(deadlines.filter(waits).order_by().values_list("pk", flat=True))


def settle_each(pks: Sequence[int], *, by: Person, at: datetime) -> None:
    """One by one: they are few."""
    related = Deadline.objects.select_related("current", "event", "measure", "notice", "case")
    for deadline in related.filter(pk__in=pks).order_by("pk"):
        settle(deadline, by=by, at=at)


def lock(deadlines: "QuerySet[Deadline]") -> None:
    """In the order of their keys, until the transaction ends."""
    for _pk in deadlines.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk").iterator():
        pass


def _append(found: Sequence[Recounted], fate: Fate, *, arrangement: Arrangement, by: Person, at: datetime) -> int:
    pks = [pk for each in found for pk in each.pks]
    give_way(pks, VersionStatus.PROPOSED, to=VersionStatus.WITHDRAWN)
    if fate is Fate.SETTLES:
        give_way(pks, VersionStatus.IN_FORCE, to=VersionStatus.SUPERSEDED)
    comes_back = fate is Fate.MOVES and arrangement.state == ArrangementState.WITHDRAWN
    new = _reopen(found) if comes_back else found
    if new and fate is not Fate.STAYS:
        status = VersionStatus.PROPOSED if fate is Fate.MOVES else VersionStatus.IN_FORCE
        _write(new, status, arrangement=arrangement, by=by, at=at)
    refresh_leads(pks)
    return len(pks)


def _reopen(found: Sequence[Recounted]) -> list[Recounted]:
    """The very proposals that had given way to those of the arrangement withdrawn; says for which there were none."""
    former = DeadlineVersion.objects.filter(
        FORMER, deadline__in=[pk for each in found for pk in each.pks], instead_of=F("deadline__current")
    )
    columns = former.order_by("number").values_list("deadline", "arrangements", *DATES, "pk")
    known = {(deadline, tuple(laid), *dates): pk for deadline, laid, *dates, pk in columns}
    keys = [[known.get((pk, *_said(each.version))) for pk in each.pks] for each in found]
    again = [key for group in keys if None not in group for key in group if key]
    DeadlineVersion.objects.filter(pk__in=again).update(status=VersionStatus.PROPOSED)
    return [each for each, group in zip(found, keys, strict=True) if None in group]


def _said(version: DeadlineVersion) -> tuple[object, ...]:
    return tuple(version.arrangements), *(getattr(version, name) for name in DATES)


def _write(
    found: Sequence[Recounted], status: VersionStatus, *, arrangement: Arrangement, by: Person, at: datetime
) -> None:
    numbers = _last_numbers([each.deadline.pk for each in found])
    for each in found:
        version = each.version
        version.number, version.status = numbers[each.deadline.pk] + 1, status
        version.cause, version.arrangement_id = Cause.CALENDAR, owner(version, arrangement)
        version.made_at, version.made_by = at, by
    DeadlineVersion.objects.bulk_create([each.version for each in found])
    _copy({pk: each.version.pk for each in found for pk in each.pks[1:]})


def owner(version: DeadlineVersion, arrangement: Arrangement) -> int:
    """Whose move it is: of the arrangement just imported or withdrawn, unless another's comes back with that."""
    assert version.instead_of is not None
    changed = set(version.arrangements) ^ set(version.instead_of.arrangements)
    if arrangement.pk in changed or not changed:
        return arrangement.pk
    return mover(version.arrangements, version.instead_of.arrangements)


def _last_numbers(pks: Sequence[int]) -> dict[int, int]:
    found = DeadlineVersion.objects.filter(deadline__in=pks).order_by("deadline", "number")
    return dict(found.values_list("deadline", "number"))


# Of a copy: what is its own; all the rest is as in the version it is copied from.
OWN: Final[Mapping[str, str]] = {
    "uid": "pair.uid",
    "deadline_id": "pair.deadline",
    "number": "1 + (SELECT max(number) FROM cases_deadlineversion WHERE deadline_id = pair.deadline)",
    "instead_of_id": "deadline.current_id",
}


def _copy(models: Mapping[int, int]) -> None:
    """For each deadline a version like the one named."""
    if not models:
        return
    columns = [str(field.column) for field in DeadlineVersion._meta.concrete_fields if not field.primary_key]
    cells = ", ".join(OWN.get(column, f"model.{column}") for column in columns)
    statement = f"""
        INSERT INTO cases_deadlineversion ({", ".join(columns)}) SELECT {cells}
        FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS pair (deadline, model, uid)
        JOIN cases_deadlineversion model ON model.id = pair.model
        JOIN cases_deadline deadline ON deadline.id = pair.deadline"""  # noqa: S608  # columns of our own model
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(models), list(models.values()), [new_uid() for _each in models]])


GIVE_WAY: Final = """
    UPDATE cases_deadlineversion SET status = %s
    WHERE deadline_id = ANY (%s::bigint[]) AND status = %s AND (status <> 'proposed' OR cause = 'calendar')"""


def give_way(pks: Sequence[int], status: VersionStatus, *, to: VersionStatus) -> None:
    """The versions in that status, of those deadlines; of proposals, those of a calendar. A long list is an array."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_WAY, [to, list(pks), status])


def set_status(versions: "QuerySet[DeadlineVersion]", status: VersionStatus) -> None:
    versions.order_by().update(status=status)


LEADS: Final = """
    UPDATE cases_deadline SET
        due_on = now.due_on, due_at = now.due_at, current_id = now.current_id, rearm = true, revision = revision + 1
    FROM (
        SELECT asked.id, lead.due_on, lead.due_at, in_force.id AS current_id
        FROM unnest(%s::bigint[]) AS asked (id)
        LEFT JOIN cases_deadlineversion in_force ON in_force.deadline_id = asked.id AND in_force.status = 'in_force'
        LEFT JOIN LATERAL (
            SELECT due_on, due_at FROM cases_deadlineversion
            WHERE deadline_id = asked.id AND status IN ('in_force', 'proposed') AND due_at IS NOT NULL
            ORDER BY due_at, number LIMIT 1
        ) lead ON true
    ) now
    WHERE cases_deadline.id = now.id
        AND (cases_deadline.due_at, cases_deadline.current_id) IS DISTINCT FROM (now.due_at, now.current_id)"""


def refresh_leads(pks: Sequence[int]) -> None:
    """What `reckoning.refresh_lead` does, with the version in force named anew, in one statement for them all.

    A deadline whose date and version still lead is not touched: its watch has nothing new to learn.
    """
    with connection.cursor() as cursor:
        cursor.execute(LEADS, [list(pks)])
