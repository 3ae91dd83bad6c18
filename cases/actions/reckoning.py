"""Asks the law for the dates an event starts, and appends what it answers as versions. Writes no log of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Subquery

from cases import legislation
from cases.actions import applicability, differing, further
from cases.actions.applicability import authority_for, is_unsure
from cases.actions.orders import NO_LAW, Answer, as_ordered, missing_of, order_of, with_service
from cases.law import clocks
from cases.law.readings import Reading, readings
from cases.law.rulebook import LawError, Rule, Rulebook, RuleNotInForce, book
from cases.models import (
    Case,
    Cause,
    Deadline,
    DeadlineVersion,
    Event,
    Extension,
    ExtensionState,
    Filing,
    Measure,
    Outcome,
    Person,
    VersionStatus,
)

# CN-18's six months presuppose an ordinary procedure: decided on the spot, reconsideration comes first (ARL 23(1)).
NEEDS_PROCEDURE = frozenset({"CN-18"})
PROCEDURE_UNKNOWN = "procedure_unknown"
RECONSIDERATION_FIRST = "reconsideration_first"  # a gate bars the way: nobody may use this period yet
TRAIT_UNKNOWN = "trait_unknown"
# Its period runs again because the application for reconsideration ended without a decision; for counsel to judge.
AFTER_APPLICATION = "after_application"
HOUR_MISSING = "hour"
NOT_ITS_LAW = "rule_not_in_force"  # withdrawn because the event, as now known, starts no such clock


def last_instant(day: date, zone: str) -> datetime:
    """24:00 of the day in the zone (民法典 203), in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


def fact_of(event: Event, rule: Rule) -> date | datetime | None:
    """The hour where the clock is in hours, else the day: a known hour must not shift a date by its zone."""
    hours = bool(rule.profile) and book().profile(rule.profile).is_hours
    return event.occurred_at if hours and event.occurred_at else event.occurred_on


def start_clocks(events: Sequence[Event], *, by: Person, at: datetime) -> list[Deadline]:
    """Opens every deadline the new events start, dated or with what is missing, in four statements for them all."""
    legislation.hold()
    return open_clocks([(rule, event) for event in events for rule in rules_started(event)], by=by, at=at)


def open_clocks(pairs: Sequence[tuple[Rule, Event]], *, by: Person, at: datetime) -> list[Deadline]:
    deadlines = [new_deadline(rule, event, by=by, at=at) for rule, event in pairs]
    asks = any(rule.facts[1:] for rule, _event in pairs)
    known = Ledgers(further=further.standing({event.case_id for _rule, event in pairs}) if asks else ())
    versions = [first_version(deadline, ledgers=known, by=by, at=at) for deadline in deadlines]
    differing.mark_new(deadlines)
    Deadline.objects.bulk_create(deadlines)
    DeadlineVersion.objects.bulk_create(versions)
    first = DeadlineVersion.objects.filter(deadline=OuterRef("pk")).values("pk")
    Deadline.objects.filter(pk__in=[deadline.pk for deadline in deadlines]).update(current=Subquery(first))
    for deadline, version in zip(deadlines, versions, strict=True):
        deadline.current = version
    return deadlines


def rules_started(event: Event) -> Sequence[Rule]:
    """Those of the law, and beside them the document's own day where it sets one."""
    return differing.with_own(applicability.rules_started(event), event)


def new_deadline(rule: Rule, event: Event, *, by: Person, at: datetime) -> Deadline:
    authority = authority_for(event, rule)
    return Deadline(
        case=event.case,
        kind=rule.kind,
        actor=rule.actor,
        rule_id=rule.id,
        title_en=rule.title_en,
        title_zh=rule.title_zh,
        event=event,
        notice=event.notice,
        measure=event.measure,
        owner=event.case.lead_counsel,
        zone=event.zone or authority.zone,
        calendar=rule.calendar or authority.calendar,
        recorded_at=at,
        recorded_by=by,
    )


def first_version(deadline: Deadline, *, ledgers: "Ledgers", by: Person, at: datetime) -> DeadlineVersion:
    answer = ask_law(deadline, ledgers=ledgers)
    version = version_of(deadline, answer, number=1)
    version.arrangements = list(legislation.standing(deadline.calendar))
    version.status, version.cause = VersionStatus.IN_FORCE, Cause.FIRST
    version.made_at, version.made_by = at, by
    deadline.due_on, deadline.due_at = version.due_on, version.due_at
    deadline.is_hourly, deadline.caution = is_hourly(answer), answer.caution
    if is_barred(deadline):
        deadline.outcome, deadline.outcome_at, deadline.outcome_reason = Outcome.BARRED, at, RECONSIDERATION_FIRST
    return version


def is_barred(deadline: Deadline) -> bool:
    return RECONSIDERATION_FIRST in deadline.caution.split()


def is_hourly(answer: Answer) -> bool:
    found = answer.found
    return (isinstance(found, clocks.Due) and isinstance(found.due, datetime)) or HOUR_MISSING in missing_of(found)


@dataclass(frozen=True)
class Ledgers:
    """What moves a clock beside its trigger: more time, time that stood, the events that supply further facts."""

    extensions: tuple[clocks.Extension, ...] = ()
    suspensions: tuple[clocks.Suspension, ...] = ()
    further: tuple[Event, ...] = ()
    # The further facts as an earlier count had them, instead of those the events now supply.
    told: Mapping[str, date | datetime] | None = None


NO_LEDGERS = Ledgers()


def more_time(row: Extension, *, is_settled: bool = True) -> clocks.Extension:
    return clocks.Extension(row.amount, row.unit, row.until_on, is_settled)


def ledgers_of(deadline: Deadline, *, new: Extension | None = None) -> Ledgers:
    """`new`: the extension being granted, which must reach past the date; one granted before may be outrun."""
    granted = deadline.extensions.filter(state=ExtensionState.GRANTED).order_by("recorded_at", "pk")
    return Ledgers(
        tuple(more_time(row, is_settled=row != new) for row in granted),
        tuple(clocks.Suspension(row.from_on, row.until_on) for row in deadline.suspensions.order_by("from_on", "pk")),
        further.standing([deadline.case_id]) if deadline.rule_id in further.users_of(further.every()) else (),
    )


def ask_law(deadline: Deadline, *, ledgers: Ledgers, law: Rulebook | None = None) -> Answer:
    """The deadline's date by its rule, its event, its order and its ledgers as they stand, under the law in force."""
    law = law or legislation.in_force()
    event, measure, order = deadline.event, deadline.measure, order_of(deadline.measure, deadline.notice)
    if event is None:
        raise LawError(f"Deadline {deadline.uid} has no event to count from.")
    try:
        rule = law.rule(deadline.rule_id, event.occurred_on)
    except RuleNotInForce:
        return NO_LAW
    rule = differing.as_own(rule) if deadline.kind == "ordered" != rule.kind else rule
    beside = beside_of(rule, event, ledgers)
    ask = clocks.Ask(
        rule,
        {rule.fact: fact_of(event, rule)} | beside if rule.fact else {},
        zone=deadline.zone,
        calendar=deadline.calendar,
        extensions=ledgers.extensions,
        suspensions=ledgers.suspensions,
    )
    if rule.kind == "ordered" and order is not None:
        answer = with_service(as_ordered(ask, order, rule, law=law), rule, event)
        caution = differing.joined(answer.caution, differing.floor_code(answer.found))
        return replace(answer, caution=caution, further=beside)
    return Answer(clocks.reckon(ask, book=law), caution_of(rule, event, measure), rule.profile, beside)


def beside_of(rule: Rule, event: Event, ledgers: Ledgers) -> dict[str, date | datetime]:
    """The further facts that are known."""
    if ledgers.told is not None:
        return {name: value for name, value in ledgers.told.items() if name in rule.facts[1:]}
    found = {name: fact_of(row, rule) for name, row in further.known(rule, event, ledgers.further).items()}
    return {name: value for name, value in found.items() if value is not None}


def caution_of(rule: Rule, event: Event, measure: Measure | None) -> str:
    if book().gate_to(rule, event.name, event.occurred_on) is not None:
        return RECONSIDERATION_FIRST
    if rule.id in NEEDS_PROCEDURE and measure is not None and measure.procedure == "unknown":
        return PROCEDURE_UNKNOWN
    return TRAIT_UNKNOWN if is_unsure(event, rule) else ""


def readings_of(deadline: Deadline) -> tuple[Reading, ...]:
    """The ways the period of its order may be counted, by the law it stands under."""
    order = order_of(deadline.measure, deadline.notice)
    if order is None or not deadline.rule_id:
        return ()
    return readings(order.period_unit, book().versions(deadline.rule_id)[-1].jurisdiction)


# ---- Versions --------------------------------------------------------------------------------------------------------
def next_number(deadline: Deadline) -> int:
    return deadline.versions.count() + 1


def version_of(deadline: Deadline, answer: Answer, *, number: int) -> DeadlineVersion:
    """The answer as an unsaved version."""
    found = answer.found
    if isinstance(found, clocks.Missing):
        return DeadlineVersion(
            deadline=deadline, number=number, missing=list(found.facts), facts=facts_known(deadline, answer)
        )
    return DeadlineVersion(
        deadline=deadline,
        number=number,
        due_on=as_day(found.due),
        due_at=found.due_at,
        nominal_on=as_day(found.nominal),
        safe_due_on=as_day(found.safe_due),
        provisional=found.provisional,
        provisional_why=found.provisional_why,
        rule_version=found.rule_version,
        profile=answer.profile,
        calendar_version=found.calendar_version,
        facts=facts_known(deadline, answer),
        trace=[run.as_json() for run in found.trace],
    )


def facts_known(deadline: Deadline, answer: Answer) -> dict[str, str]:
    event = deadline.event
    known = {"event": event.name, "on": event.occurred_on, "at": event.occurred_at} if event else {}
    told = {**known, **answer.further}
    return {name: plain(value) for name, value in told.items() if value}


def plain(value: str | date) -> str:
    return value if isinstance(value, str) else value.isoformat()


def as_day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def store(
    version: DeadlineVersion, status: VersionStatus, *, cause: Cause, by: Person, at: datetime, reason: str
) -> None:
    version.status, version.cause, version.reason = status, cause, reason
    version.made_at, version.made_by = at, by
    version.save()


def supersede(deadline: Deadline) -> None:
    deadline.versions.filter(status=VersionStatus.IN_FORCE).update(status=VersionStatus.SUPERSEDED)


def withdraw_open_proposals(deadline: Deadline) -> None:
    deadline.versions.filter(status=VersionStatus.PROPOSED).update(status=VersionStatus.WITHDRAWN)


def refresh_lead(deadline: Deadline, *, caution: str | None = None, if_both: DeadlineVersion | None = None) -> None:
    """Copies the date that leads onto the deadline: the earliest of the version in force and the open proposals.

    `if_both`: what would be in force were two of them confirmed; it leads where it is earlier than each.
    """
    open_versions = deadline.versions.filter(status__in=(VersionStatus.IN_FORCE, VersionStatus.PROPOSED))
    first = open_versions.filter(due_at__isnull=False).order_by("due_at", "number").first()
    if first and first.due_at and if_both and if_both.due_at and if_both.due_at < first.due_at:
        first = if_both
    deadline.due_on, deadline.due_at = (first.due_on, first.due_at) if first else (None, None)
    if caution is not None:
        kept = AFTER_APPLICATION if AFTER_APPLICATION in deadline.caution.split() else ""
        deadline.caution = differing.joined(caution, kept)
    deadline.rearm = True
    deadline.revision += 1
    deadline.save(update_fields=["current", "due_on", "due_at", "is_hourly", "caution", "rearm", "revision"])
    differing.mark(deadline)


def end(deadline: Deadline, outcome: Outcome, *, at: datetime, reason: str = "", met_by: Filing | None = None) -> None:
    deadline.outcome, deadline.outcome_at, deadline.outcome_reason = outcome, at, reason
    deadline.met_by = met_by
    deadline.rearm = True
    deadline.revision += 1
    deadline.save(update_fields=["outcome", "outcome_at", "outcome_reason", "met_by", "rearm", "revision"])


def open_internal(
    case: Case, *, title_en: str, title_zh: str, due_on: date, owner: Person | None, by: Person, at: datetime
) -> Deadline:
    legislation.hold()
    zone, calendar = case.lead_authority.zone, case.lead_authority.calendar
    deadline = Deadline(
        case=case,
        kind="internal",
        title_en=title_en,
        title_zh=title_zh,
        owner=owner,
        zone=zone,
        calendar=calendar,
        recorded_at=at,
        recorded_by=by,
    )
    deadline.save()
    set_by_hand(deadline, due_on, cause=Cause.FIRST, by=by, at=at)
    return deadline


def set_by_hand(
    deadline: Deadline, due_on: date, *, cause: Cause, by: Person, at: datetime, reason: str = ""
) -> DeadlineVersion:
    """A date a person gives: no rule, no roll; the last working day on or before it is the safe one."""
    days = legislation.in_force().calendar(deadline.calendar)
    version = DeadlineVersion(
        deadline=deadline,
        number=next_number(deadline),
        due_on=due_on,
        due_at=last_instant(due_on, deadline.zone),
        nominal_on=due_on,
        safe_due_on=days.last_working_on_or_before(due_on),
        provisional=False,
        calendar_version=days.version,
        arrangements=list(legislation.standing(deadline.calendar)),
        facts={"set_by": by.uid},
    )
    supersede(deadline)
    withdraw_open_proposals(deadline)
    store(version, VersionStatus.IN_FORCE, cause=cause, by=by, at=at, reason=reason)
    deadline.current = version
    refresh_lead(deadline, caution="")
    return version


def run_again(deadline: Deadline) -> None:
    """What ended it was withdrawn: it runs on, with the date it had."""
    deadline.outcome, deadline.outcome_at, deadline.outcome_reason, deadline.met_by = Outcome.RUNNING, None, "", None
    deadline.rearm = True
    deadline.revision += 1
    deadline.save(update_fields=["outcome", "outcome_at", "outcome_reason", "met_by", "rearm", "revision"])
