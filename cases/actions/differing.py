"""Where a document sets a day of its own beside the law's: both are kept, and each says that the other differs.

Also the day an order sets below what the law lets it. Codes for the caution of a deadline, separated by spaces.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from cases.actions.orders import order_of
from cases.law import clocks
from cases.law.rulebook import Rule, book
from cases.models import Deadline, Event, Measure, Notice, Outcome

DIFFERS = "differs_from_statute"
BELOW_FLOOR = "below_floor"
# Periods of the law that a document often repeats, and may set otherwise: asking for a hearing, paying a fine.
SETTABLE = frozenset({"CN-05", "CN-08"})
DAYS = frozenset({"day", "working_day"})


@cache
def _as_own(rule_id: str, valid_from: date) -> Rule:
    found = next(rule for rule in book().versions(rule_id) if rule.valid_from == valid_from)
    return replace(found, kind="ordered")


def as_own(rule: Rule) -> Rule:
    """The rule as the document's own day is asked for: an order under the same article."""
    return _as_own(rule.id, rule.valid_from)


def with_own(rules: Sequence[Rule], event: Event) -> Sequence[Rule]:
    """The rules an event starts, and beside those the document may set the document's own."""
    settable = [rule for rule in rules if rule.id in SETTABLE] if event.measure else []
    order = order_of(event.measure, event.notice) if settable else None
    return rules if order is None else [*rules, *(as_own(rule) for rule in settable if sets_its_own(order, rule))]


def sets_its_own(order: Measure | Notice, rule: Rule) -> bool:
    """A period that only repeats the law sets nothing."""
    if order.ordered_on is not None:
        return True
    alike = order.period_unit == rule.unit or {order.period_unit, rule.unit} <= DAYS
    return bool(order.period_amount) and not (alike and order.period_amount == rule.amount)


def floor_code(found: clocks.Due | clocks.Missing) -> str:
    short = isinstance(found, clocks.Due) and any(run.code == BELOW_FLOOR for run in found.trace)
    return BELOW_FLOOR if short else ""


def joined(*codes: str) -> str:
    return " ".join(dict.fromkeys(code for each in codes for code in each.split()))


def mark_new(deadlines: Iterable[Deadline]) -> None:
    """Sets the flags of those just worked out, before they are stored."""
    own = [row for row in deadlines if row.rule_id in SETTABLE]
    for row in own:
        for other in own:
            if row is not other and (row.event, row.rule_id, row.measure) == (
                other.event,
                other.rule_id,
                other.measure,
            ):
                set_flag(row, other)


def mark(deadline: Deadline) -> None:
    """The date of one was moved: both say anew whether they differ."""
    if deadline.rule_id not in SETTABLE:
        return
    pair = Deadline.objects.filter(event=deadline.event_id, rule_id=deadline.rule_id, measure=deadline.measure_id)
    for other in pair.exclude(pk=deadline.pk).exclude(outcome=Outcome.WITHDRAWN).select_for_update(of=("self",)):
        for row, beside in ((deadline, other), (other, deadline)):
            if set_flag(row, beside):
                row.rearm = True
                row.revision += 1
                row.save(update_fields=["caution", "differs_on", "rearm", "revision"])


def set_flag(deadline: Deadline, other: Deadline) -> bool:
    """Whether that changed anything."""
    before = deadline.caution, deadline.differs_on
    differ = None not in (deadline.due_on, other.due_on) and deadline.due_on != other.due_on
    kept = " ".join(code for code in deadline.caution.split() if code != DIFFERS)
    deadline.caution = joined(kept, DIFFERS) if differ else kept
    deadline.differs_on = other.due_on if differ else None
    return before != (deadline.caution, deadline.differs_on)
