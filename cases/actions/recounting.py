"""Many deadlines counted again under another calendar: which of them move, and their new versions.

Deadlines that ask the law the same question and stand on the same working are counted once and written in one go: a
hundred thousand of them ask some thousands of questions. Writes no log of its own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, When
from django.db.models.functions import MD5, Cast, Coalesce, Greatest, Least

from cases.actions import further, reckoning
from cases.actions.reckoning import Ledgers
from cases.law import clocks
from cases.law.rulebook import LawError, Rulebook
from cases.models import (
    Arrangement,
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
# Which dates of a version move; the rest of its working may change without moving anything.
DATES: Final = ("due_at", "nominal_on", "safe_due_on")
WORKING: Final = ("provisional", "provisional_why", "missing", "trace")
# What an answer of the law rests on, but for the ledgers; and what it is then compared with.
ASKED: Final = (
    "rule_id", "kind", "zone", "calendar", "event__name", "event__occurred_on", "event__occurred_at",
    "measure__ordered_on", "measure__ordered_at", "measure__period_amount", "measure__period_unit",
    "measure__period_profile", "measure__procedure", "notice__kind", "notice__ordered_on",
    "notice__ordered_at", "notice__period_amount", "notice__period_unit", "notice__period_profile",
)  # fmt: skip
STANDING: Final = ("due_on", *DATES, "provisional", "provisional_why", "missing", "facts")


@dataclass(frozen=True, slots=True)
class Recounted:
    """Deadlines whose working another calendar changes, alike in all that matters: one of them, and the keys of all.

    `moves`: one of the dates, so that counsel must confirm.
    """

    deadline: Deadline
    version: DeadlineVersion
    moves: bool
    pks: Sequence[int]


@dataclass(slots=True)
class Tally:
    moved: int = 0
    settled: int = 0  # the dates stay, their working changes: no longer provisional, as a rule


def touched(calendar: str, years: Collection[int]) -> "QuerySet[Deadline]":
    """Running dated deadlines of that calendar whose span reaches into one of the years, or which are provisional."""
    running = Deadline.objects.running().filter(calendar=calendar, current__due_on__isnull=False)
    due, nominal, safe = F("current__due_on"), F("current__nominal_on"), F("current__safe_due_on")
    running = running.annotate(
        first=Least(Coalesce(F("event__occurred_on"), due), due, nominal, safe),
        last=Greatest(Coalesce(F("event__occurred_on"), due), due, nominal, safe),
    )
    within = Q(current__provisional=True)
    for year in years:
        within |= Q(first__lte=date(year, 12, 31), last__gte=date(year, 1, 1))
    return running.filter(within)


def alike(deadlines: "QuerySet[Deadline]") -> list[list[int]]:
    """The keys of deadlines in groups that one count answers for; one with a ledger is a group of its own."""
    own = {"deadline": OuterRef("pk")}
    granted = Extension.objects.filter(state=ExtensionState.GRANTED, **own)
    told = Event.objects.filter(case=OuterRef("case"), name__in=further.suppliers(), voided_at=None)
    asks = Q(rule_id__in=further.users_of(further.every())) & Exists(told)
    ledger = Case(When(Exists(granted) | Exists(Suspension.objects.filter(**own)) | asks, then=F("pk")))
    standing = [f"current__{name}" for name in STANDING]
    keyed = deadlines.order_by().annotate(ledger=ledger, worked=MD5(Cast("current__trace", TextField())))
    groups = keyed.values(*ASKED, *standing, "ledger", "worked").annotate(pks=ArrayAgg("pk", order_by="pk"))
    return sorted(groups.values_list("pks", flat=True))


def recounted(deadlines: "QuerySet[Deadline]", law: Rulebook) -> Iterator[list[Recounted]]:
    """Chunk by chunk, those whose working that law changes; a deadline it cannot count keeps what it has."""
    groups = alike(deadlines)
    related = Deadline.objects.select_related("current", "event", "measure", "notice")
    for start in range(0, len(groups), CHUNK):
        pks = {group[0]: group for group in groups[start : start + CHUNK]}
        firsts = list(related.filter(pk__in=pks).order_by("pk"))
        ledgers = ledgers_of(firsts)
        found = (_recounted(deadline, ledgers[deadline.pk], law, pks[deadline.pk]) for deadline in firsts)
        yield [each for each in found if each]


def _recounted(deadline: Deadline, ledgers: Ledgers, law: Rulebook, pks: Sequence[int]) -> Recounted | None:
    current = deadline.current
    assert current is not None
    version = _by_hand(deadline, current, law) if "set_by" in current.facts else _by_law(deadline, ledgers, law)
    if version is None:
        return None
    moves = "set_by" not in current.facts and _differ(current, version, DATES)
    if not moves and not _differ(current, version, (*DATES, *WORKING)):
        return None
    version.instead_of = current
    return Recounted(deadline, version, moves, pks)


def _differ(one: DeadlineVersion, other: DeadlineVersion, names: Sequence[str]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)


def _by_law(deadline: Deadline, ledgers: Ledgers, law: Rulebook) -> DeadlineVersion | None:
    try:
        answer = reckoning.ask_law(deadline, ledgers=ledgers, law=law)
    except LawError:
        return None
    return reckoning.version_of(deadline, answer, number=0)


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
    granted = Extension.objects.filter(deadline__in=pks, state=ExtensionState.GRANTED).order_by("recorded_at", "pk")
    for row in granted:
        extensions[row.deadline_id].append(reckoning.more_time(row))
    for stop in Suspension.objects.filter(deadline__in=pks).order_by("from_on", "pk"):
        suspensions[stop.deadline_id].append(clocks.Suspension(stop.from_on, stop.until_on))
    told = further.standing({deadline.case_id for deadline in deadlines})
    return {pk: Ledgers(tuple(extensions[pk]), tuple(suspensions[pk]), told) for pk in pks}


# ---- Writing ---------------------------------------------------------------------------------------------------------
def recount_all(
    deadlines: "QuerySet[Deadline]", law: Rulebook, *, arrangement: Arrangement, by: Person, at: datetime
) -> Tally:
    """Proposes each date that moves; puts in force, at once, a working that changed and moves nothing.

    What another arrangement proposed before is proposed no longer: it is found again if the law still says so.
    """
    tally = Tally()
    lock(deadlines)
    _drop_proposals(deadlines)
    for found in recounted(deadlines, law):
        for moves in (True, False):
            some = [each for each in found if each.moves is moves]
            count = _append(some, moves=moves, arrangement=arrangement, by=by, at=at) if some else 0
            tally.moved += count if moves else 0
            tally.settled += 0 if moves else count
    return tally


def _drop_proposals(deadlines: "QuerySet[Deadline]") -> None:
    open_ones = DeadlineVersion.objects.filter(status=VersionStatus.PROPOSED, cause=Cause.CALENDAR)
    open_ones = open_ones.filter(deadline__in=deadlines.order_by().values("pk"))
    pks = list(open_ones.order_by().values_list("deadline", flat=True))
    give_way(pks, VersionStatus.PROPOSED, to=VersionStatus.WITHDRAWN)
    refresh_leads(pks)


def lock(deadlines: "QuerySet[Deadline]") -> None:
    """In the order of their keys, until the transaction ends."""
    held = deadlines.order_by("pk").select_for_update(of=("self",), no_key=True)
    for _pk in held.values_list("pk").iterator():
        pass


def _append(found: Sequence[Recounted], *, moves: bool, arrangement: Arrangement, by: Person, at: datetime) -> int:
    status = VersionStatus.PROPOSED if moves else VersionStatus.IN_FORCE
    pks = [pk for each in found for pk in each.pks]
    give_way(pks, VersionStatus.PROPOSED, to=VersionStatus.WITHDRAWN)
    if not moves:
        give_way(pks, VersionStatus.IN_FORCE, to=VersionStatus.SUPERSEDED)
    numbers = _last_numbers([each.deadline.pk for each in found])
    for each in found:
        version = each.version
        version.number, version.status = numbers[each.deadline.pk] + 1, status
        version.cause, version.arrangement = Cause.CALENDAR, arrangement
        version.made_at, version.made_by = at, by
    DeadlineVersion.objects.bulk_create([each.version for each in found])
    _copy({pk: each.version.pk for each in found for pk in each.pks[1:]})
    refresh_leads(pks)
    return len(pks)


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
    UPDATE cases_deadlineversion SET status = %s WHERE deadline_id = ANY (%s::bigint[]) AND status = %s"""


def give_way(pks: Sequence[int], status: VersionStatus, *, to: VersionStatus) -> None:
    """The versions in that status, of those deadlines; a list so long is an array, not that many parameters."""
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
