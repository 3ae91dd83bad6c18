"""How a date was worked out: the days with the number each got, and the steps, from its trace.

Of a version nothing is reckoned again: what is shown is what it rests on. What was only asked, and is kept nowhere,
is shown by the same builder. Days of long countings keep their ends only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final

from cases.law.calendars import Calendar
from cases.law.clocks import Due, Missing
from cases.law.rulebook import Rule, book
from cases.legislation import calendar_behind
from cases.models import DeadlineVersion
from tracker.figures import Day
from tracker.status.days import kind_of, span
from tracker.status.nouns import Titles

COUNTED: Final = frozenset({"counted", "make_up"})
REST: Final = frozenset({"weekend", "holiday"})
ALONE: Final = frozenset(
    {"suspended", "month_arithmetic", "month_end", "elapsed", "rolled", "ordered", "extended", "extended_until"}
    | {"strict_reading", "day_before", "capped", "below_floor", "outrun"}
)
AT_THE_END: Final = frozenset({"unpublished", "year_lacking"})
STARTS: Final = {"excluded_trigger": "starts", "included_trigger": "starts_counted"}
WHOLE_WEEKS: Final = 14  # a longer counting shows its first and last six weeks
END_WEEKS: Final = 6

Moment = date | datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One line of the trace as kept."""

    first: Moment
    last: Moment
    code: str
    n: float
    cite: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the explanation. `n` of `unit`; `days` are the make-up days; `name` the holiday's.

    Codes: starts, starts_counted, counted, skipped_weekends, skipped_holiday, make_up, suspended, month_arithmetic,
    month_end, elapsed, rolled, ordered, extended, extended_until, outrun, day_before, capped, below_floor,
    strict_reading, unpublished, year_lacking, set_by_hand, ends.
    """

    code: str
    first: Moment
    last: Moment
    n: float
    unit: str
    cite: str
    days: tuple[date, ...] = ()
    name: Titles | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """`days` is empty for hour clocks and while the date cannot be worked out (`missing` says why).

    What was only asked has no version: number 0, made at no time.
    """

    version_uid: str
    number: int
    status: str
    cause: str
    due_on: date | None
    due_at: datetime | None
    nominal_on: date | None
    safe_due_on: date | None
    provisional: bool
    provisional_why: str
    missing: tuple[str, ...]
    is_hourly: bool
    zone: str
    calendar: str
    steps: tuple[Step, ...]
    days: tuple[Day, ...]
    rule_id: str
    rule_version: str
    calendar_version: str
    title: Titles
    citation_en: str
    citation_zh: str
    clause: str
    consequence_en: str
    consequence_zh: str
    note_en: str
    note_zh: str
    confidence: str
    made_at: datetime | None
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the picture and the steps are drawn from, whether a version keeps it or it was only asked."""

    runs: tuple[Run, ...]
    due_on: date | None
    due_at: datetime | None
    is_hourly: bool
    zone: str
    calendar: str
    calendar_version: str
    rule: Rule | None
    happened_on: date | None


def working(version: DeadlineVersion) -> Working:
    """Reads `version.deadline` and nothing else beyond the version."""
    deadline = version.deadline
    rule = rule_behind(deadline.rule_id, version.rule_version)
    on = version.facts.get("on")
    kept = Reckoned(
        runs=tuple(run_of(line) for line in version.trace),
        due_on=version.due_on,
        due_at=version.due_at,
        is_hourly=deadline.is_hourly,
        zone=deadline.zone,
        calendar=deadline.calendar,
        calendar_version=version.calendar_version,
        rule=rule,
        happened_on=date.fromisoformat(on) if on else None,
    )
    return Working(
        version_uid=version.uid,
        missing=tuple(version.missing),
        rule_id=deadline.rule_id,
        title=Titles(deadline.title_en, deadline.title_zh, rule.title_zh_hant if rule else ""),
        **_drawn(kept),
        **_same(version, _VERSION),
    )


def worked_out(found: Due | Missing, rule: Rule, *, on: date | None, zone: str, calendar: str) -> Working:
    """The answer to a question that nothing keeps, about a rule whose fact happened on that day."""
    due = found if isinstance(found, Due) else None
    reckoned = Reckoned(
        runs=tuple(Run(run.start, run.end, run.code, run.n, run.cite) for run in due.trace) if due else (),
        due_on=day_in(due.due) if due else None,
        due_at=due.due_at if due else None,
        is_hourly=due is not None and isinstance(due.due, datetime),
        zone=(due.zone if due else "") or zone,
        calendar=due.calendar_version.partition("@")[0] if due and due.calendar_version else calendar,
        calendar_version=due.calendar_version if due else "",
        rule=rule,
        happened_on=on,
    )
    return Working(
        version_uid="",
        number=0,
        status="",
        cause="",
        nominal_on=day_in(due.nominal) if due else None,
        safe_due_on=day_in(due.safe_due) if due else None,
        provisional=due is not None and due.provisional,
        provisional_why=due.provisional_why if due else "",
        missing=() if isinstance(found, Due) else found.facts,
        rule_id=rule.id,
        rule_version=due.rule_version if due else "",
        calendar_version=due.calendar_version if due else "",
        title=Titles(rule.title_en, rule.title_zh, rule.title_zh_hant),
        made_at=None,
        confirmed_at=None,
        due_on=reckoned.due_on,
        due_at=reckoned.due_at,
        **_drawn(reckoned),
    )


def _drawn(found: Reckoned) -> dict[str, Any]:
    """The picture, the steps and the words of the rule: what both show alike."""
    has_days = found.due_on is not None and not found.is_hourly and bool(found.calendar)
    return {
        "is_hourly": found.is_hourly,
        "zone": found.zone,
        "calendar": found.calendar,
        "steps": tuple(_steps(found)),
        "days": _days(found) if has_days else (),
        **(_same(found.rule, _RULE) if found.rule else dict.fromkeys(_RULE, "")),
    }


def _same(record: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


_VERSION: Final = (
    "number", "status", "cause", "due_on", "due_at", "nominal_on", "safe_due_on", "provisional", "provisional_why",
    "rule_version", "calendar_version", "made_at", "confirmed_at",
)  # fmt: skip
_RULE: Final = (
    "citation_en", "citation_zh", "clause", "consequence_en", "consequence_zh", "note_en", "note_zh", "confidence",
)  # fmt: skip


def rule_behind(rule_id: str, rule_version: str) -> Rule | None:
    """The version of the rule the date rests on; the newest while there is no date yet; None for our own dates."""
    if not rule_id:
        return None
    versions = book().versions(rule_id)
    return next((rule for rule in versions if rule.version == rule_version), versions[-1])


def run_of(line: Mapping[str, Any]) -> Run:
    return Run(_moment(line["from"]), _moment(line["to"]), line["as"], line["n"], line["cite"])


def _moment(text: str) -> Moment:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def day_in(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


# ---- The days --------------------------------------------------------------------------------------------------------
def _days(found: Reckoned) -> tuple[Day, ...]:
    runs, start, end = found.runs, _start(found), found.due_on
    assert end is not None
    touched = [end, *([start] if start else []), *(day_in(m) for run in runs for m in (run.first, run.last))]
    numbers, calendar = _numbers(runs), calendar_behind(found.calendar, found.calendar_version)
    return tuple(_day(calendar, on, numbers, start=start, end=end) for on in _shown(min(touched), max(touched)))


def _day(calendar: Calendar, on: date, numbers: Mapping[date, int], *, start: date | None, end: date) -> Day:
    return Day(on, kind_of(calendar, on), count=numbers.get(on), is_start=on == start, is_end=on == end)


def _shown(first: date, last: date) -> Iterator[date]:
    """Every day, or the first and the last weeks of a counting too long to be read."""
    week = timedelta(weeks=1)
    monday = first - timedelta(days=first.weekday())
    if (last - monday) // week + 1 <= WHOLE_WEEKS:
        yield from span(first, last)
        return
    last_monday = last - timedelta(days=last.weekday())
    yield from span(first, monday + END_WEEKS * week - timedelta(days=1))
    yield from span(last_monday - (END_WEEKS - 1) * week, last)


def _start(found: Reckoned) -> date | None:
    """Day nought: the trigger of the counting, or the day the order is known to have come."""
    for run in found.runs:
        if run.code in {"excluded_trigger", "included_trigger", "month_arithmetic"}:
            return day_in(run.first)
    return found.happened_on


def _numbers(runs: Sequence[Run]) -> dict[date, int]:
    """The number each counted day got; an extension counts anew, a count back counts towards the past."""
    numbers: dict[date, int] = {}
    n, back = 0, _is_back(runs)
    for run in runs:
        if run.code == "extended":
            n = 0
        if run.code not in COUNTED:
            continue
        first, last = day_in(run.first), day_in(run.last)
        for on in reversed(list(span(first, last))) if back else span(first, last):
            n += 1
            numbers[on] = n
    return numbers


def _is_back(runs: Sequence[Run]) -> bool:
    counted = [run for run in runs if run.code in COUNTED]
    return bool(counted) and runs[0].code == "excluded_trigger" and day_in(counted[0].first) < day_in(runs[0].first)


# ---- The steps -------------------------------------------------------------------------------------------------------
def _steps(found: Reckoned) -> Iterator[Step]:
    if found.due_on is None:
        return
    if not found.runs:
        yield Step("set_by_hand", found.due_on, found.due_on, 0, "", "")
        return
    calendar = calendar_behind(found.calendar, found.calendar_version) if found.calendar else None
    for stretch in _stretches(found.runs):
        yield from _stretch(stretch, calendar, found.rule)
    end: Moment = found.due_at if found.is_hourly and found.due_at else found.due_on
    yield Step("ends", end, end, _numbers(found.runs).get(found.due_on, 0), "", "")


def _stretches(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """The counting, and each extension of it with its own counting."""
    started = 0

    def stretch_of(run: Run) -> int:
        nonlocal started
        started += run.code in {"extended", "extended_until"}
        return started

    for _number, stretch in groupby(runs, key=stretch_of):
        yield list(stretch)


def _stretch(runs: Sequence[Run], calendar: Calendar | None, rule: Rule | None) -> Iterator[Step]:
    """In the order a person would tell it: start, what counts, what is passed over, the roll."""
    counting, rolled = _before_the_roll(runs)
    for run in counting:
        if run.code in STARTS:
            yield Step(STARTS[run.code], run.first, run.last, 0, "", run.cite)
    yield from (_alone(run) for run in counting if run.code in ALONE)
    yield from _counted(counting, rule)
    yield from _passed_over(counting, calendar)
    yield from (_alone(run) for run in rolled if run.code == "rolled")
    yield from (_alone(run) for run in runs if run.code in AT_THE_END)


def _before_the_roll(runs: Sequence[Run]) -> tuple[list[Run], list[Run]]:
    """Rest days that the roll passes come just before it and belong to it."""
    at = next((i for i, run in enumerate(runs) if run.code == "rolled"), len(runs))
    start = at
    while at < len(runs) and start and runs[start - 1].code in REST:
        start -= 1
    return [*runs[:start], *runs[at + 1 :]], list(runs[start : at + 1])


def _alone(run: Run) -> Step:
    return Step(run.code, run.first, run.last, run.n, _UNITS.get(run.code, "day"), run.cite)


_UNITS: Final = {"month_arithmetic": "month", "elapsed": "hour", "strict_reading": "minute", "ordered": ""}


def _counted(runs: Sequence[Run], rule: Rule | None) -> Iterator[Step]:
    counted = [run for run in runs if run.code in COUNTED]
    if not counted:
        return
    skips = any(run.code in REST for run in runs)
    unit = "working_day" if skips or (rule and rule.unit == "working_day") else "day"
    first, last = min(day_in(run.first) for run in counted), max(day_in(run.last) for run in counted)
    cite = next((run.cite for run in counted if run.code == "counted"), counted[0].cite)
    yield Step("counted", first, last, sum(run.n for run in counted), unit, cite)


def _passed_over(runs: Sequence[Run], calendar: Calendar | None) -> Iterator[Step]:
    weekends = [run for run in runs if run.code == "weekend"]
    if weekends:
        first, last = min(r.first for r in weekends), max(r.last for r in weekends)
        yield Step("skipped_weekends", first, last, sum(run.n for run in weekends), "day", weekends[0].cite)
    for run in sorted((run for run in runs if run.code == "holiday"), key=lambda run: run.first):
        day = calendar.day(day_in(run.first)) if calendar else None
        name = Titles(day.name_en, day.name_zh, day.name_zh_hant) if day else None
        yield Step("skipped_holiday", run.first, run.last, run.n, "day", run.cite, name=name)
    made_up = [run for run in runs if run.code == "make_up"]
    if made_up:
        days = tuple(sorted(on for run in made_up for on in span(day_in(run.first), day_in(run.last))))
        yield Step("make_up", days[0], days[-1], len(days), "working_day", made_up[0].cite, days=days)
