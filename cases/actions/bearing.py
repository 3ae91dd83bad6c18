"""What an event bears on beside the clocks it starts: those it supplies a further fact to, the authority's own limits
that it answers, the remedies that it uses or ends. No log of its own."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from cases.actions import further, reckoning, remedy, revising
from cases.actions.log import save
from cases.actions.striking import ANSWERED, take_end_back
from cases.law import remedies
from cases.law.answers import answered
from cases.models import Actor, Cause, Deadline, Event, Outcome, Person

COUNTED_BACK = frozenset({"CN-06"})
RELATED = ("current", "event", "measure", "notice", "case")


def hear(event: Event, *, by: Person, at: datetime) -> dict[str, object]:
    """All that an event newly logged bears on; what it met of ours, for the log."""
    tell(event, by=by, at=at)
    return answer([event], by=by, at=at)


def tell(event: Event, *, by: Person, at: datetime) -> None:
    """The event was logged, dated anew or voided: whatever counts with it is asked again, and what moves proposed."""
    rules = further.users_of(further.supplied_by(event.name))
    if not rules:
        return
    users = event.case.deadlines.filter(rule_id__in=rules, outcome__in=(Outcome.RUNNING, Outcome.LAPSED))
    if event.notice_id:
        users = users.filter(notice=event.notice_id)
    for deadline in users.select_for_update(of=("self",)).select_related(*RELATED).order_by("pk"):
        revising.recount(deadline, cause=Cause.FACT, told=event, by=by, at=at)


def answer(events: Sequence[Event], *, by: Person, at: datetime) -> dict[str, object]:
    """Whoever acted: the authority's limit ends as met, our right as used; what was met of ours, for the log."""
    answer_limits(events, by=by, at=at)
    told: dict[str, object] = {}
    for event in events:
        told |= remedy.hear(event, by=by, at=at)
    return told


def answer_limits(events: Sequence[Event], *, by: Person, at: datetime) -> None:
    """The authority acted: its limit for that ends as met, where it is clear which one is meant."""
    dated = [event for event in events if event.occurred_on]
    by_rule = answered(event.name for event in dated)
    if not by_rule:
        return
    waiting = list(awaited(dated[0], list(by_rule)))
    for event in dated:
        for rule in (rule for rule, names in by_rule.items() if event.name in names):
            meant = the_one([row for row in waiting if row.rule_id == rule and is_before(row, event)], event)
            if meant is not None:
                waiting.remove(meant)
                meet(meant, event, by=by, at=at)


def awaited(event: Event, rules: Sequence[str]) -> "QuerySet[Deadline]":
    """Those that run; and those that lapsed, for the act may be told after the period was thought to be over."""
    found = event.case.deadlines.filter(rule_id__in=rules, actor=Actor.AUTHORITY)
    found = found.filter(outcome__in=(Outcome.RUNNING, Outcome.LAPSED))
    return found.select_for_update(of=("self",)).select_related(*RELATED).order_by("pk")


def is_before(deadline: Deadline, event: Event) -> bool:
    """Nothing answers a clock that had not started, or had lapsed by then; one counted back ends at its trigger."""
    started = deadline.event.occurred_on if deadline.event else None
    if deadline.event_id == event.pk or event.occurred_on is None:
        return False
    if deadline.outcome == Outcome.LAPSED and (deadline.due_on is None or event.occurred_on > deadline.due_on):
        return False
    return started is None or started <= event.occurred_on or deadline.rule_id in COUNTED_BACK


def the_one(found: Sequence[Deadline], event: Event) -> Deadline | None:
    """Of the same measure or notice before any other; where several are left, nobody can say which."""
    measure = [row for row in found if event.measure_id and row.measure_id == event.measure_id]
    notice = [row for row in found if event.notice_id and row.notice_id == event.notice_id]
    near = measure or notice or found
    return near[0] if len(near) == 1 else None


def meet(deadline: Deadline, event: Event, *, by: Person, at: datetime) -> None:
    assert event.occurred_on is not None
    take_end_back(deadline, why=ANSWERED, by=by, at=at)
    acted_at = event.occurred_at or min(reckoning.last_instant(event.occurred_on, event.zone), at)
    reckoning.end(deadline, Outcome.MET, at=acted_at)
    deadline.answered_by = event
    save(deadline, "answered_by")


def take_back(event: Event, *, by: Person, at: datetime) -> None:
    """The event was voided: the limits it answered run again, and the ways it had closed are open."""
    remedy.release(event, by=by, at=at)
    if event.name in remedies.TOLD:
        remedy.settle(remedy.measures_of(event), by=by, at=at)
