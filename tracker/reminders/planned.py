"""By which steps and ladder a clock goes and whose they are; when its coming words would be said, and what is next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from django.db.models import Q

from cases.models import Case, Deadline, Person
from cases.permissions import can
from tracker import ladder
from tracker.models import Rung, Step
from tracker.reminders.arming import Ledger
from tracker.reminders.drafts import KINDS, Kind, StepDraft, draft_of, in_order
from tracker.reminders.stepping import OF_THE_HOUSE, row_of
from tracker.reminders.telling import Addressee, Holder, Seats
from tracker.reminders.timetable import MISSING, Dated, Timetable, rows_that_lead, shipped, timetable_of
from tracker.status.nouns import Who
from tracker.status.people import who_is

Source = Literal["deadline", "case", "house", "shipped"]
MOST_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class StepsInForce:
    """Of one kind of clock; `source` says whose they are."""

    kind: str
    is_hourly: bool
    code: str
    source: Source
    steps: tuple[StepDraft, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """One word to be said. `is_now`: its moment has passed unsaid, and the next look says it."""

    step: str
    at: datetime
    is_now: bool = False


# ---- Steps in force --------------------------------------------------------------------------------------------------
def steps_of_kinds(case: Case | None, kinds: Iterable[Kind] = KINDS) -> tuple[StepsInForce, ...]:
    """Of the case, or of the house, kind by kind; one statement."""
    rows = list(Step.objects.filter(OF_THE_HOUSE | Q(case=case) if case else OF_THE_HOUSE))
    return tuple(_in_force(rows, kind, case=case.pk if case else None) for kind in kinds)


def steps_of_deadline(deadline: Deadline) -> StepsInForce:
    found = Step.objects.filter(OF_THE_HOUSE | Q(case=deadline.case_id) | Q(deadline=deadline))
    return _in_force(list(found), kind_of(deadline), case=deadline.case_id, deadline=deadline.pk)


def kind_of(deadline: Deadline) -> Kind:
    return Kind(deadline.kind, deadline.is_hourly)


def _in_force(rows: Sequence[Step], kind: Kind, *, case: int | None, deadline: int | None = None) -> StepsInForce:
    fit = [row for row in rows if (row.kind, row.is_hourly) == (kind.kind, kind.is_hourly)]
    leading = rows_that_lead(fit, case=case, deadline=deadline)
    told = [StepDraft(row.unit, row.amount, row.acknowledge_within) for row in leading]
    if not leading:
        told = [draft_of(step) for step in shipped(kind.kind, is_hourly=kind.is_hourly)]
    return StepsInForce(kind.kind, kind.is_hourly, kind.code, _source(leading), in_order(told))


def _source(leading: Sequence[Step]) -> Source:
    if not leading:
        return "shipped"
    return "deadline" if leading[0].deadline_id else "case" if leading[0].case_id else "house"


# ---- The ladder in force ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LadderInForce:
    is_hourly: bool
    source: Source
    roles: tuple[str, ...]


def ladders_of(case: Case | None) -> tuple[LadderInForce, LadderInForce]:
    """Of clocks in days, and in hours; one statement."""
    rungs = list(Rung.objects.filter(Q(case=case) | Q(case__isnull=True)).order_by("position", "pk"))
    return _ladder(rungs, case, is_hourly=False), _ladder(rungs, case, is_hourly=True)


def _ladder(rungs: Sequence[Rung], case: Case | None, *, is_hourly: bool) -> LadderInForce:
    fit = [rung for rung in rungs if rung.is_hourly == is_hourly]
    own = [rung.role for rung in fit if case and rung.case_id == case.pk]
    house = [rung.role for rung in fit if rung.case_id is None]
    source: Source = "case" if own else "house" if house else "shipped"
    return LadderInForce(is_hourly, source, tuple(own or house or ladder.LADDERS[is_hourly]))


# ---- Coming words ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Preview:
    """`coming`, then one a day from `overdue_at` on until it is done; a watched limit of others speaks once after it.

    Empty: it has ended, or nothing is said of it.
    """

    deadline: Deadline
    coming: tuple[Coming, ...]
    overdue_at: datetime | None = None
    is_once: bool = False


def previews(
    deadlines: Sequence[Deadline], *, now: datetime, steps: Sequence[StepDraft] | None = None
) -> tuple[Preview, ...]:
    """`steps`: as if they were those of each; none: by those in force. Four statements, however many deadlines."""
    ledger = Ledger(deadlines)
    return tuple(_preview(each, _timetable(each, ledger, steps), ledger, now) for each in deadlines)


def _timetable(deadline: Deadline, ledger: Ledger, steps: Sequence[StepDraft] | None) -> Timetable | None:
    if steps is None:
        return ledger.timetable(deadline)
    typed = [row_of(step, kind_of(deadline), deadline) for step in steps]
    return timetable_of(deadline, versions=ledger.versions[deadline.pk], steps=typed)


def _preview(deadline: Deadline, timetable: Timetable | None, ledger: Ledger, now: datetime) -> Preview:
    if timetable is None:
        return Preview(deadline, ())
    said = ledger.said[deadline.pk]
    word = timetable.nearest(said=said, now=now)
    due = [Coming(word.occasion.step, now, is_now=True)] if word else []
    if not isinstance(timetable, Dated):
        at = timetable.next_at(said=said, now=now)
        return Preview(deadline, tuple(due) or ((Coming(MISSING, at),) if at else ()))
    coming = [Coming(each.step, each.at) for each in ladder.occasions(timetable.clock) if each.at > now]
    after = next(ladder.overdue(timetable.clock, after=now)).at
    is_over = timetable.is_watched_only and timetable.next_at(said=said, now=now) is None
    return Preview(deadline, (*due, *coming), None if is_over else after, timetable.is_watched_only)


# ---- What is next ----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Planned:
    """`what`: a step is said, a word climbs, or nothing more. `to`: whom, as things stand now."""

    what: Literal["step", "climb", "nothing"]
    step: str = ""
    at: datetime | None = None
    to: tuple[Who, ...] = ()


NOTHING: Final = Planned("nothing")


def planned_next(deadline: Deadline, *, now: datetime) -> Planned:
    ledger = Ledger([deadline])
    timetable = ledger.timetable(deadline)
    if timetable is None:
        return NOTHING
    said = ledger.said[deadline.pk]
    step_at, climb = timetable.next_at(said=said, now=now), ledger.climb(deadline, timetable, now=now)
    seats = Seats([deadline], now=now)
    if climb and (step_at is None or climb.at < step_at):
        to = seats.higher(deadline, role=climb.below.role, told=climb.told)
        step = climb.below.occasion.partition("@")[0].partition(":")[0]
        return Planned("climb", step, climb.at, whom(to))
    if step_at is None:
        return NOTHING
    word = timetable.nearest(said=said, now=max(now, step_at))
    return Planned("step", word.occasion.step if word else "", step_at, whom(seats.addressees(deadline)))


def whom(addressees: Iterable[Addressee]) -> tuple[Who, ...]:
    return tuple(who_is(each.person) for each in addressees)


# ---- Who holds the rungs ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Held:
    """`stand_in`: who is told in the holder's place. That no word reaches the holder, a barrier may be the reason of:
    it is told only to who may know of barriers.
    """

    who: Who
    is_away: bool
    stand_in: Who | None
    cannot_be_told: bool


@dataclass(frozen=True, slots=True)
class RungHeld:
    role: str
    held: tuple[Held, ...]


def rungs_held(deadlines: Sequence[Deadline], person: Person, *, now: datetime) -> Mapping[bool, tuple[RungHeld, ...]]:
    """By whether they run in hours, as far as the person may know."""
    seats, knows_barriers = Seats(deadlines, now=now), can(person, "grant_access")
    return {each.is_hourly: tuple(_rungs(seats, each, knows_barriers=knows_barriers)) for each in deadlines}


def any_clocks(case: Case) -> tuple[Deadline, Deadline]:
    """One of each sort, never saved: by which the rungs of a case are asked for."""
    return Deadline(case=case), Deadline(case=case, is_hourly=True)


def _rungs(seats: Seats, deadline: Deadline, *, knows_barriers: bool) -> Iterator[RungHeld]:
    for role, holders in seats.holders(deadline):
        yield RungHeld(role, tuple(_held(each, knows_barriers=knows_barriers) for each in holders))


def _held(holder: Holder, *, knows_barriers: bool) -> Held:
    told = holder.told
    stand_in = who_is(told) if told and told != holder.person else None
    return Held(who_is(holder.person), holder.is_away, stand_in, knows_barriers and told is None)
