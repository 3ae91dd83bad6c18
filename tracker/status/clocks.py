"""Deadlines as clocks: one query a list, what is left counted in the authority's own calendar and zone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, FilteredRelation, Func, JSONField, Q, QuerySet

from cases.actions.grounds import going_unheeded
from cases.legislation import in_force
from cases.models import Actor, CaseState, Cause, Deadline, DeadlineKind, Outcome, Person, VersionStatus
from cases.named import named_columns
from cases.permissions import visible_to
from tracker.figures import Tone
from tracker.status.nouns import Clock, Left
from tracker.status.people import CASE, PERSON, Row, case_ref, columns, who

# CN-18's six months, while it is not known whether reconsideration must come first, or after one that ended without a
# decision: never presented as the safe date.
UNSAFE: Final = frozenset({"procedure_unknown", "after_application"})
IS_UNSAFE: Final = Q(caution__contains="procedure_unknown") | Q(caution__contains="after_application")
SOON: Final = 3  # working days before a hard date turns the light amber
SOON_HOURS: Final = 72
FAR: Final = timedelta(days=400)  # beyond this, working days say nothing and calendars end
HARD: Final = (DeadlineKind.STATUTORY, DeadlineKind.ORDERED)
IS_HARD: Final = Q(actor=Actor.PARTY, kind__in=HARD)
# A clock of its own: not the date of a task or of a requirement, which are shown there.
STANDS_ALONE: Final = Q(task__isnull=True, requirement__isnull=True)

_OWN: Final = (
    "uid", "kind", "actor", "rule_id", "title_en", "title_zh", "zone", "calendar", "is_hourly", "caution", "differs_on",
    "due_on", "due_at", "outcome", "outcome_at",
)  # fmt: skip
_NAMED: Final = ("notice__uid", "measure__uid", "measure__kind", *columns("owner", PERSON))
_VERSION: Final = (
    "due_on", "due_at", "nominal_on", "safe_due_on", "provisional", "provisional_why", "missing", "confirmed_at",
    "rule_version", "profile",
)  # fmt: skip
FIELDS: Final = (
    *_OWN, *columns("case", CASE), *_NAMED, *columns("current", _VERSION),
    *(name for each in ("of_fact", "of_calendar") for name in columns(each, ("uid", *_VERSION))),
    "current_codes", "of_fact_codes", "of_calendar_codes", "rests_on_withdrawn",
)  # fmt: skip
# What of the working is said beside the date wherever it stands, by the code of its trace.
MARKED: Final = {
    "suspended": "suspended",
    "extended": "extended",
    "extended_until": "extended",
    "outrun": "outrun",
    "capped": "capped",
    "below_floor": "below_floor",
    "strict_reading": "strict_reading",
}


def rows(queryset: "QuerySet[Deadline]") -> "QuerySet[Deadline, Any]":
    """The columns a clock is made of, in one query; the order and the bound are the caller's."""
    proposed, of_calendar = Q(versions__status=VersionStatus.PROPOSED), Q(versions__cause=Cause.CALENDAR)
    waiting = {
        "of_fact": FilteredRelation("versions", condition=proposed & ~of_calendar),
        "of_calendar": FilteredRelation("versions", condition=proposed & of_calendar),
    }
    told = {f"{name}_codes": _codes(f"{name}__trace") for name in ("current", *waiting)}
    found: QuerySet[Deadline, Any] = (
        queryset.annotate(**waiting)
        .annotate(**told, **named_columns(Deadline, _NAMED), rests_on_withdrawn=Exists(going_unheeded()))
        .values("pk", "case_id", *FIELDS)
    )
    return found


def _codes(trace: str) -> Func:
    """The codes of a trace without its days: a row needs no more of it."""
    template = "jsonb_path_query_array(%(expressions)s, '$[*].as')"
    return Func(F(trace), template=template, output_field=JSONField())


def clocks(queryset: "QuerySet[Deadline]", *, now: datetime, most: int) -> tuple[Clock, ...]:
    return tuple(clock_of(row, now=now) for row in rows(queryset)[:most])


def running_for(person: Person, *, now: datetime) -> "QuerySet[Deadline]":
    """Our running clocks of open cases the person may know; internal dates only their own or of cases they lead."""
    ours = Deadline.objects.running().filter(case__state=CaseState.OPEN, actor=Actor.PARTY)
    near = ~Q(kind=DeadlineKind.INTERNAL) | Q(owner=person) | Q(case__lead_counsel=person)
    return visible_to(ours.filter(near), person, at=now)


def by_due(queryset: "QuerySet[Deadline]") -> "QuerySet[Deadline]":
    return queryset.order_by(F("due_at").asc(nulls_last=True), "pk")


def clock_of(row: Row, *, now: datetime) -> Clock:
    """The leading version's figures; the version in force where both give the same day."""
    lead = _leading(row)
    is_running = row["outcome"] == Outcome.RUNNING
    due_on, due_at = row["due_on"], row["due_at"]
    is_overdue = bool(is_running and due_at and due_at <= now)
    left = left_until(row, now=now) if is_running and due_at else None
    waiting, is_its_date = _waiting(row), not _holds_if_both(row)
    clock = Clock(
        **{name: row[name] for name in _OWN if "__" not in name},
        case=case_ref(row),
        owner=who(row, "owner"),
        nominal_on=row[f"{lead}__nominal_on"] if is_its_date else None,
        safe_due_on=row[f"{lead}__safe_due_on"] if is_its_date else None,
        provisional=bool(row[f"{lead}__provisional"]),
        provisional_why=row[f"{lead}__provisional_why"] or "",
        missing=() if due_at else _missing(row, lead),
        in_force_on=row["current__due_on"],
        proposed_on=row[f"{waiting[0]}__due_on"] if waiting else None,
        has_proposal=bool(waiting),
        is_confirmed=row["current__confirmed_at"] is not None and not waiting,
        rule_version=row[f"{lead}__rule_version"] or "",
        profile=row[f"{lead}__profile"] or "",
        is_overdue=is_overdue,
        left=left,
        calendar_days=(due_on - day_of(now, row["zone"])).days if left else None,
        tone="grey",
        notice_uid=row["notice__uid"] or "",
        measure_uid=row["measure__uid"] or "",
        measure_kind=row["measure__kind"] or "",
        marks=tuple(dict.fromkeys(_marks(row, lead))),
    )
    return _toned(clock)


def _missing(row: Row, lead: str) -> tuple[str, ...]:
    """A duty waits for no date: the law gives it none, and a target of our own is ours to set or not."""
    codes = tuple(row[f"{lead}__missing"] or ())
    return tuple(code for code in codes if code != "ordered") if row["kind"] == DeadlineKind.DUTY else codes


def _marks(row: Row, lead: str) -> Iterator[str]:
    """In the order they are read: what kind of date it is, why it may not hold, what moved it."""
    if row["kind"] == DeadlineKind.DUTY:
        yield "internal_target"
    elif row["actor"] == Actor.AUTHORITY:
        yield "watch_only"
    yield from row["caution"].split()
    if _holds_if_both(row):
        yield "if_both"
    if row["rests_on_withdrawn"] and row["outcome"] == Outcome.RUNNING:
        yield "rests_on_withdrawn"
    if not row["due_at"] and "until" in (row[f"{lead}__missing"] or ()):
        yield "stands_still"
    yield from (MARKED[code] for code in row[f"{lead}_codes"] or () if code in MARKED)


def _leading(row: Row) -> str:
    waiting, standing = _waiting(row), row["current__due_at"]
    if _holds_if_both(row):
        return waiting[0]
    proposed = row[f"{waiting[0]}__due_at"] if waiting else None
    if proposed and (standing is None or proposed < standing):
        return waiting[0]
    return "current" if standing or row["current__missing"] is not None or not waiting else waiting[0]


def _holds_if_both(row: Row) -> bool:
    """What leads is no version's date: it holds were both proposals confirmed."""
    waiting, due_at = _waiting(row), row["due_at"]
    return (
        len(waiting) > 1 and due_at is not None and due_at not in {row[f"{n}__due_at"] for n in ("current", *waiting)}
    )


def _waiting(row: Row) -> list[str]:
    """What is proposed, the earliest first; of what gives no date, last."""
    found = [name for name in ("of_fact", "of_calendar") if row[f"{name}__uid"] is not None]
    return sorted(found, key=lambda name: (row[f"{name}__due_at"] is None, row[f"{name}__due_at"]))


def day_of(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def left_until(row: Row, *, now: datetime) -> Left:
    """Hours on an hour clock, else working days of the clock's calendar; days where working days would mislead."""
    due_on, due_at = row["due_on"], row["due_at"]
    if row["is_hourly"]:
        return Left((due_at - now) // timedelta(hours=1), "hour")
    today = day_of(now, row["zone"])
    days = (due_on - today).days
    if abs(due_on - today) > FAR:
        return Left(days, "day")
    working = in_force().calendar(row["calendar"]).working_days_between(today, due_on)
    # A Sunday's date on Friday, or Friday's on Saturday: no working day between, and yet it is not today.
    return Left(days, "day") if working == 0 and days else Left(working, "working_day")


def is_soon(left: Left) -> bool:
    return 0 <= left.amount <= (SOON_HOURS if left.unit == "hour" else SOON)


def _toned(clock: Clock) -> Clock:
    return replace(clock, tone=tone_of(clock))


def tone_of(clock: Clock) -> Tone:
    """Green met, red a hard date of ours is past, amber it is near or not to be relied on, blue it runs."""
    if clock.outcome != Outcome.RUNNING:
        return "green" if clock.outcome == Outcome.MET else "grey"
    if not clock.is_ours:
        return "grey"
    if clock.is_overdue:
        return "red" if clock.is_hard else "amber"
    if clock.left is None:
        return "amber" if clock.is_hard else "grey"
    unsure = clock.provisional or bool(clock.caution) or clock.has_proposal
    unsure = unsure or "rests_on_withdrawn" in clock.marks
    return "amber" if unsure or (clock.is_hard and is_soon(clock.left)) else "blue"
