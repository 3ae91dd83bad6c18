"""What a notice would start, or a clock would say, if it were so: reckoned as the record would, nothing written."""

from collections.abc import Sequence
from copy import copy
from datetime import date, datetime

from cases.actions import differing, further, grounds, reckoning
from cases.actions.demands import NOTHING_KNOWN, Intake, events_of, unsaved_measures, unsaved_notice
from cases.actions.drafts import CaseDraft, MeasureDraft, NoticeDraft
from cases.actions.orders import order_of
from cases.models import Case, Deadline, DeadlineVersion, Event, Measure, Person


def clocks_of(
    notice: NoticeDraft, case: Case | CaseDraft, measures: Sequence[MeasureDraft], *, by: Person, at: datetime
) -> list[DeadlineVersion]:
    """The first version of every clock the notice would start; refuses what `log_notice` would refuse of its dates."""
    home = unsaved_case(case, by=by) if isinstance(case, CaseDraft) else case
    document = unsaved_notice(notice, home, by=by, at=at)
    intake = Intake(home, document, unsaved_measures(measures, document, by=by, at=at), NOTHING_KNOWN, by, at)
    return [version for event in events_of(intake) for version in clocks_started(event, by=by, at=at)]


def clocks_started(event: Event, *, by: Person, at: datetime) -> list[DeadlineVersion]:
    """The first version of every clock the event, saved or not, would start."""
    rules = reckoning.rules_started(event)
    opened = [reckoning.new_deadline(rule, event, by=by, at=at) for rule in rules]
    asks = event.case.pk is not None and any(rule.facts[1:] for rule in rules)
    known = reckoning.Ledgers(further=further.standing([event.case.pk]) if asks else ())
    versions = [reckoning.first_version(deadline, ledgers=known, by=by, at=at) for deadline in opened]
    differing.mark_new(opened)
    return versions


def unsaved_case(draft: CaseDraft, *, by: Person) -> Case:
    return Case(party=draft.party, lead_authority=draft.lead_authority, lead_counsel=draft.lead_counsel or by)


def what_if(deadline: Deadline, *, on: date, at: datetime | None = None) -> DeadlineVersion | None:
    """The date if what started the clock had happened on another day; None for a date set by hand."""
    if deadline.event is None:
        return None
    asked, event = copy(deadline), copy(deadline.event)
    event.occurred_on, event.occurred_at = on, at
    known = grounds.facts_in_force(deadline) or grounds.of_trigger(deadline.event)
    facts = {**known, **grounds.of_trigger(event)}
    facts = facts if at else {name: value for name, value in facts.items() if name != "at"}
    answer, version = grounds.counted(asked, facts, grounds.arrangements_for(deadline))
    asked.is_hourly = reckoning.is_hourly(answer)
    return version


def readings(deadline: Deadline) -> list[DeadlineVersion]:
    """The date by each way the order's period may be read, its profile named; none where the order sets a date."""
    set_by = order_of(deadline.measure, deadline.notice)
    if set_by is None or not set_by.period_amount:
        return []
    facts, laid = grounds.facts_in_force(deadline), grounds.arrangements_for(deadline)
    ledgers, found = reckoning.ledgers_of(deadline), []
    for profile, _unit in reckoning.readings_of(deadline):
        asked, order = copy(deadline), copy(set_by)
        order.period_profile = profile
        setattr(asked, "measure" if isinstance(order, Measure) else "notice", order)
        found.append(grounds.counted(asked, facts, laid, ledgers=ledgers)[1])
    return found
