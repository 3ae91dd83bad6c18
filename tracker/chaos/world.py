"""The world of the storm: people, cases, and deadlines each of which has one occasion to speak during it.

A tenth of the words come from clocks in hours that nobody acknowledges, and climb to the top of the ladder.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from cases.models import (
    Authority,
    Case,
    CaseAccess,
    Cause,
    Deadline,
    DeadlineKind,
    DeadlineVersion,
    Party,
    Person,
    Role,
    VersionStatus,
)
from tracker.models import Step, StepUnit

ZONE: Final = ZoneInfo("Asia/Shanghai")
COLLEAGUES: Final = 20
CASES: Final = 20
# This many words are said of a clock in hours: to its owner, lead counsel, the other counsel and the executive.
RUNGS: Final = 4
CLIMBERS: Final = 40  # one deadline that climbs for so many words
ACKNOWLEDGE_WITHIN: Final = 10  # minutes
# Half of it is over when the word is due, and what is left is longer than any run.
HOURS_BEFORE: Final = timedelta(days=10)
DAYS_BEFORE: Final = timedelta(days=9)
GONE: Final = "colleague0@chaos.example"


@dataclass(frozen=True, slots=True)
class Expected:
    """An occasion as it follows from what was filled in, and not from what the engine made of it."""

    deadline: str
    occasion: str
    rungs: int


@dataclass(frozen=True, slots=True)
class Cast:
    """Counsel leads every case; the other counsel and the executive are named in each."""

    counsel: Person
    other: Person
    executive: Person
    colleagues: tuple[Person, ...]


def fill(words: int, *, since: datetime, until: datetime) -> Sequence[Expected]:
    """So many words fall due between the two instants, evenly."""
    cast = _cast()
    cases = _cases(cast, at=since - timedelta(days=30))
    Step.objects.bulk_create(_steps())
    climbers = max(1, words // CLIMBERS)
    count = words - climbers * (RUNGS - 1)
    every = (until - since) / count
    # The climbers come first in their stretch of time: their ladder is long.
    hourly = {number * count // climbers for number in range(climbers)}
    rows = [_row(number, since + number * every, number in hourly, cast, cases) for number in range(count)]
    _keep(rows)
    return [_expected(row) for row in rows]


def _cast() -> Cast:
    colleagues = tuple(_person(f"colleague{number}", Role.MEMBER) for number in range(COLLEAGUES))
    counsel, other = _person("counsel", Role.COUNSEL), _person("other", Role.COUNSEL)
    return Cast(counsel, other, _person("executive", Role.EXECUTIVE), colleagues)


def _person(name: str, role: Role) -> Person:
    return Person.objects.create_user(
        f"{name}@chaos.example", role=role, family_en=name.title(), given_en="Storm", family_zh="风", given_zh="暴"
    )


def _cases(cast: Cast, *, at: datetime) -> Sequence[Case]:
    authority = Authority.objects.create(name_en="Authority", name_zh="网信办", level="provincial", jurisdiction="CN")
    party = Party.objects.create(kind="legal_entity", name_en="Company", name_zh="公司")
    recorded = {"recorded_at": at, "recorded_by": cast.counsel, "opened_at": at}
    named = {"party": party, "lead_authority": authority, "lead_counsel": cast.counsel}
    cases = Case.objects.bulk_create(
        Case(
            reference=f"C-2026-{number:04}", title_en=f"Matter {number}", title_zh=f"第{number}号", **named, **recorded
        )
        for number in range(CASES)
    )
    everybody = (cast.counsel, cast.other, cast.executive, *cast.colleagues)
    CaseAccess.objects.bulk_create(
        CaseAccess(case=case, person=person, from_at=at, reason="Works on the case", granted_by=cast.counsel)
        for case in cases
        for person in everybody
    )
    return cases


def _steps() -> Iterator[Step]:
    """One word a clock: of one in days as soon as it is known, of one in hours at half of its time."""
    yield Step(kind=DeadlineKind.INTERNAL, is_hourly=False, unit=StepUnit.WORKING_DAY, amount=10)
    yield Step(
        kind=DeadlineKind.INTERNAL,
        is_hourly=True,
        unit=StepUnit.SHARE,
        amount=50,
        acknowledge_within=ACKNOWLEDGE_WITHIN,
    )


def _row(number: int, at: datetime, is_hourly: bool, cast: Cast, cases: Sequence[Case]) -> DeadlineVersion:  # noqa: FBT001  # a column
    """A deadline with its version, unsaved, that has its word to say at that instant."""
    due: dict[str, Any] = _due_in_hours(at) if is_hourly else _due_in_days(at)
    made_at = at - HOURS_BEFORE if is_hourly else at
    deadline = Deadline(
        case=cases[number % CASES],
        kind=DeadlineKind.INTERNAL,
        title_en=f"Report {number}",
        title_zh=f"报告{number}",
        # The colleague whose mailbox is gone has no clock in hours: who climbs past whom is then the same in each.
        owner=cast.colleagues[1 + number % (COLLEAGUES - 1)] if is_hourly else cast.colleagues[number % COLLEAGUES],
        is_hourly=is_hourly,
        recorded_at=made_at,
        recorded_by=cast.counsel,
        **due,
    )
    return DeadlineVersion(
        deadline=deadline,
        number=1,
        status=VersionStatus.IN_FORCE,
        cause=Cause.FIRST,
        made_at=made_at,
        made_by=cast.counsel,
        **due,
    )


def _due_in_hours(at: datetime) -> dict[str, Any]:
    due_at = at.replace(microsecond=0) + HOURS_BEFORE
    return {"due_on": due_at.astimezone(ZONE).date(), "due_at": due_at}


def _due_in_days(at: datetime) -> dict[str, Any]:
    """At the end of the day, in Shanghai."""
    day = (at + DAYS_BEFORE).astimezone(ZONE).date()
    end = datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=ZONE)
    return {"due_on": day, "due_at": end}


def _keep(rows: Sequence[DeadlineVersion]) -> None:
    """The bell of each is rung, as it is for any new deadline."""
    deadlines = Deadline.objects.bulk_create(row.deadline for row in rows)
    DeadlineVersion.objects.bulk_create(rows)
    for deadline, row in zip(deadlines, rows, strict=True):
        deadline.current = row
    Deadline.objects.bulk_update(deadlines, ["current"])


def _expected(row: DeadlineVersion) -> Expected:
    deadline = row.deadline
    assert deadline.due_at is not None
    if deadline.is_hourly:
        return Expected(deadline.uid, f"half@{deadline.due_at:%Y-%m-%dT%H:%M:%SZ}", RUNGS)
    return Expected(deadline.uid, f"10wd@{deadline.due_on}", 1)
