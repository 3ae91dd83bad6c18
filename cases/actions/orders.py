"""Asks the law for the day an order sets: its own date, or its period read by the law it stands under. Reads alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from cases.actions.notice_event import NOTICE_EVENT, RECORDED_AS_EVENTS
from cases.law import clocks
from cases.law.readings import readings
from cases.law.rulebook import Rule, Rulebook
from cases.models import Event, Measure, Notice

READING_NOT_CHOSEN = "reading_not_chosen"
NO_WAY = clocks.Missing(("profile",))  # its law has no way to count in that unit
NOT_IN_FORCE = "not_in_force"


@dataclass(frozen=True)
class Answer:
    """What the law said: the date or the missing facts, and why it is not to be relied on (codes)."""

    found: clocks.Due | clocks.Missing
    caution: str = ""
    profile: str = ""
    further: Mapping[str, date | datetime] = field(default_factory=dict)


# Law is not guessed: of a day before every version known of a rule, nobody can say here what held.
NO_LAW = Answer(clocks.Missing(("rule_in_force",)), NOT_IN_FORCE)


def missing_of(found: clocks.Due | clocks.Missing) -> tuple[str, ...]:
    return found.facts if isinstance(found, clocks.Missing) else ()


def order_of(measure: Measure | None, notice: Notice | None) -> Measure | Notice | None:
    """What sets the time limit: the measure; where it sets none, the document it came with, for all it imposes."""
    if measure is None or notice is None or sets_time(measure) or not sets_time(notice):
        return measure or notice
    # The day of a document that is an event of its own is for that event: of a prior notice, the day to defend by.
    is_its_own = notice.kind in NOTICE_EVENT and notice.kind not in RECORDED_AS_EVENTS
    return measure if is_its_own else notice


def sets_time(order: Measure | Notice) -> bool:
    return order.ordered_on is not None or bool(order.period_amount)


def as_ordered(ask: clocks.Ask, order: Measure | Notice, rule: Rule, *, law: Rulebook) -> Answer:
    """By the date or the period the document sets; of several ways to read a period, the one that ends first leads."""
    if not order.period_amount:
        return Answer(clocks.reckon(replace(ask, ordered=order.ordered_at or order.ordered_on), book=law))
    ways = readings(order.period_unit, rule.jurisdiction)
    chosen = [way for way in ways if way[0] == order.period_profile] or ways
    periods = [clocks.Bare(profile, order.period_amount, unit) for profile, unit in chosen]
    found = [(clocks.reckon(replace(ask, period=period), book=law), period.profile) for period in periods]
    dated = [(due.due_at, due, profile) for due, profile in found if isinstance(due, clocks.Due)]
    caution = READING_NOT_CHOSEN if len(periods) > 1 else ""
    if not dated:
        return Answer(found[0][0] if found else NO_WAY, caution)
    _first, leading, profile = min(dated, key=lambda reading: reading[0])
    return Answer(leading, caution, profile)


def with_service(answer: Answer, rule: Rule, event: Event) -> Answer:
    """An order of which neither the day of service nor the time limit is known lacks both, service first."""
    lacking = missing_of(answer.found)
    if not lacking or event.occurred_on or rule.fact in lacking:
        return answer
    return replace(answer, found=clocks.Missing((rule.fact, *lacking)))
