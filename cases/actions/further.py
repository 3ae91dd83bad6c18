"""The further facts of a clock, beyond the one that starts it: which event of the record supplies each. Reads alone."""

from collections.abc import Collection, Iterable, Mapping

from cases.law.rulebook import Rule, book
from cases.models import Event


def supplied_by(event_name: str) -> frozenset[str]:
    """The facts that an event of this name makes known."""
    return frozenset(fact.name for fact in book().facts.values() if fact.event and fact.event == event_name)


def suppliers() -> frozenset[str]:
    return frozenset(fact.event for fact in book().facts.values() if fact.event)


def every() -> frozenset[str]:
    """All the facts that an event supplies."""
    return frozenset(fact.name for fact in book().facts.values() if fact.event)


def users_of(facts: Collection[str]) -> list[str]:
    """The rules that ask for one of these beyond what starts them, in any of their versions."""
    return [
        rule_id
        for rule_id, versions in book().by_id.items()
        if any(fact in facts for rule in versions for fact in rule.facts[1:])
    ]


def standing(cases: Collection[int]) -> tuple[Event, ...]:
    """Every dated event of these cases that supplies a fact, the earliest first."""
    found = Event.objects.filter(case__in=cases, name__in=suppliers(), voided_at=None, occurred_on__isnull=False)
    return tuple(found.order_by("occurred_on", "pk"))


def known(rule: Rule, trigger: Event, events: Iterable[Event]) -> Mapping[str, Event]:
    """Of the same notice, else of the case as a whole; of several the earliest, which is the safe reading."""
    near = [row for row in events if row.measure_id in (None, trigger.measure_id) and row.case_id == trigger.case_id]
    found: dict[str, Event] = {}
    for fact in rule.facts[1:]:
        named = [row for row in near if row.name == book().facts[fact].event and row.pk != trigger.pk]
        own = [row for row in named if row.notice_id is not None and row.notice_id == trigger.notice_id]
        for row in (own or [row for row in named if row.notice_id is None])[:1]:
            found[fact] = row
    return found
