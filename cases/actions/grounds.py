"""What a date was counted from, beside its ledgers: the facts it knew and the arrangements that lay over its calendar.

A count for another cause starts from those of the version in force, not from what the record says since: what counsel
has not confirmed, or has rejected, must not come into force with it. Reads alone.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from django.db.models import Q

from cases import legislation
from cases.actions import further, reckoning
from cases.actions.orders import Answer
from cases.actions.reckoning import Ledgers
from cases.law.rulebook import Rule, RuleNotInForce, book
from cases.models import Cause, Deadline, DeadlineVersion, Event, VersionStatus

Rejections = list[tuple[int, list[int]]]  # of each version rejected: whose move it was, and what it counted with
Facts = Mapping[str, str]  # as a version keeps them
OF_TRIGGER: Final = frozenset({"event", "on", "at"})
IS_KNOWN: Final = "event"  # a version counted by the law names what started it
REJECTED: Final = Q(rejected_at__isnull=False, cause=Cause.CALENDAR, arrangement__isnull=False)


# ---- What a date stands on -------------------------------------------------------------------------------------------
def facts_in_force(deadline: Deadline) -> Facts:
    """Those of the version in force; under a date set by hand, those of the last that was counted."""
    current = deadline.current
    if current is None or IS_KNOWN in current.facts:
        return current.facts if current else {}
    stood = deadline.versions.filter(status=VersionStatus.SUPERSEDED, facts__has_key=IS_KNOWN)
    return stood.order_by("-number").values_list("facts", flat=True).first() or {}


def with_unheard(deadline: Deadline, facts: Facts) -> Facts:
    """And the further facts it lacks that nobody rejected: told while the clock did not run, or no law was known."""
    if IS_KNOWN not in facts or deadline.rule_id not in further.users_of(further.every()):
        return facts
    lacking = {name: value for name, value in further_now(deadline).items() if name not in facts}
    rejected = deadline.versions.filter(rejected_at__isnull=False)
    kept = {name: value for name, value in lacking.items() if not rejected.filter(facts__contains={name: value})}
    return {**facts, **kept}


def told(deadline: Deadline, facts: Facts, *, event: Event) -> Facts:
    """The facts, with those that this event supplies as the record now has them."""
    if IS_KNOWN not in facts:
        return {}
    if event.pk == deadline.event_id:
        kept = {name: value for name, value in with_unheard(deadline, facts).items() if name not in OF_TRIGGER}
        return {**of_trigger(event), **kept}
    supplied = further.supplied_by(event.name)
    kept = {name: value for name, value in facts.items() if name not in supplied}
    return kept | {name: value for name, value in further_now(deadline).items() if name in supplied}


def of_trigger(event: Event) -> dict[str, str]:
    known = {"event": event.name, "on": event.occurred_on, "at": event.occurred_at}
    return {name: reckoning.plain(value) for name, value in known.items() if value}


def further_now(deadline: Deadline) -> dict[str, str]:
    rule = rule_of(deadline)
    if rule is None or deadline.event is None:
        return {}
    found = reckoning.beside_of(rule, deadline.event, Ledgers(further=further.standing([deadline.case_id])))
    return {name: reckoning.plain(value) for name, value in found.items()}


def rule_of(deadline: Deadline) -> Rule | None:
    try:
        return book().rule(deadline.rule_id, deadline.event.occurred_on if deadline.event else None)
    except RuleNotInForce:
        return None


def arrangements_for(deadline: Deadline) -> tuple[int, ...]:
    """Those that count for it: all that stand, but for what counsel rejected; one gone, if its going was rejected."""
    standing = legislation.standing(deadline.calendar)
    if not standing and not (deadline.current and deadline.current.arrangements):
        return standing
    return decided(standing, list(deadline.versions.filter(REJECTED).values_list("arrangement", "arrangements")))


def decided(standing: tuple[int, ...], rejected: Rejections) -> tuple[int, ...]:
    """A rejected date that counted with its arrangement leaves that out; one that counted without, keeps it."""
    left_out = {key for key, laid in rejected if key in laid}
    kept = {key for key, laid in rejected if key not in laid}
    return tuple(sorted((set(standing) - left_out) | kept))


# ---- Counting from it ------------------------------------------------------------------------------------------------
def counted(
    deadline: Deadline, facts: Facts, arrangements: tuple[int, ...], *, ledgers: Ledgers | None = None
) -> tuple[Answer, DeadlineVersion]:
    """The law's answer, and it as an unsaved version; from the record itself where no facts are given."""
    asked, known = as_told(deadline, facts, ledgers or reckoning.ledgers_of(deadline))
    law = legislation.with_only(deadline.calendar, arrangements)
    answer = reckoning.ask_law(asked, ledgers=known, law=law)
    version = reckoning.version_of(asked, answer, number=0)
    version.deadline, version.arrangements = deadline, list(arrangements)
    return answer, version


def as_told(deadline: Deadline, facts: Facts, ledgers: Ledgers) -> tuple[Deadline, Ledgers]:
    """A copy of the deadline whose event, and further facts, are as these say; unsaved, and to be asked with alone."""
    if IS_KNOWN not in facts or deadline.event is None:
        return deadline, ledgers
    asked, event = copy(deadline), copy(deadline.event)
    event.occurred_on, event.occurred_at = day_in(facts), hour_in(facts)
    asked.event = event
    beside = {name: read(value) for name, value in facts.items() if name not in OF_TRIGGER}
    return asked, replace(ledgers, told=beside)


def day_in(facts: Facts) -> date | None:
    return date.fromisoformat(facts["on"]) if "on" in facts else None


def hour_in(facts: Facts) -> datetime | None:
    return datetime.fromisoformat(facts["at"]) if "at" in facts else None


def read(value: str) -> date | datetime:
    return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
