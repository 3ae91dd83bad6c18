"""What a date was counted from, beside its ledgers: the facts it knew and the arrangements that lay over its calendar.

A count for another cause starts from those of the version in force, not from what the record says since: what counsel
has not confirmed, or has rejected, must not come into force with it. Reads alone.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases import legislation
from cases.actions import further, reckoning
from cases.actions.orders import Answer
from cases.actions.reckoning import Ledgers
from cases.law.rulebook import LawError, Rule, RuleNotInForce, book
from cases.models import Arrangement, ArrangementState, Cause, Deadline, DeadlineVersion, Event, VersionStatus

Facts = Mapping[str, str]  # as a version keeps them
OF_TRIGGER: Final = frozenset({"event", "on", "at"})
IS_KNOWN: Final = "event"  # a version counted by the law names what started it
REJECTED: Final = Q(rejected_at__isnull=False, cause=Cause.CALENDAR, arrangement__isnull=False)
# Which dates of a version move; the rest of its working may change without moving anything.
DATES: Final = ("due_at", "nominal_on", "safe_due_on")


# ---- What a date stands on -------------------------------------------------------------------------------------------
def facts_in_force(deadline: Deadline) -> Facts:
    """Those of the version in force; under a date set by hand, those of the last that was counted."""
    counted_last = last_counted(deadline)
    return counted_last.facts if counted_last else {}


def last_counted(deadline: Deadline) -> DeadlineVersion | None:
    """The version in force; under a date set by hand, the last that was counted."""
    current = deadline.current
    if current is None or IS_KNOWN in current.facts:
        return current
    stood = deadline.versions.filter(status=VersionStatus.SUPERSEDED, facts__has_key=IS_KNOWN)
    return stood.order_by("-number").first()


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


# ---- Which arrangements ----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Rejection:
    """Of one move that counsel rejected: whose it was, what it counted with, and from which dates to which."""

    arrangement: int
    laid: tuple[int, ...]
    dates: tuple[Any, ...]
    instead_of: tuple[Any, ...]


MOVE: Final = ("arrangement", "arrangements", *DATES, *(f"instead_of__{name}" for name in DATES))


def rejection(key: int, laid: list[int], *dates: Any) -> Rejection:
    return Rejection(key, tuple(laid), dates[: len(DATES)], dates[len(DATES) :])


def dates_of(version: DeadlineVersion) -> tuple[Any, ...]:
    return tuple(getattr(version, name) for name in DATES)


def arrangements_in_force(deadline: Deadline) -> tuple[int, ...]:
    counted_last = last_counted(deadline)
    return tuple(counted_last.arrangements) if counted_last else legislation.standing(deadline.calendar)


def has_rejected(deadline: Deadline) -> bool:
    """Whether counsel would not have some date that a calendar moved."""
    return deadline.versions.filter(REJECTED).exists()


def arrangements_for(deadline: Deadline) -> tuple[int, ...]:
    """Those that count for the date in force: all that stand, but for the moves of that very date that were rejected.

    An arrangement whose move was rejected is left out; one whose going was rejected goes on counting.
    """
    standing, current = legislation.standing(deadline.calendar), deadline.current
    if current is None or IS_KNOWN not in current.facts or not (standing or current.arrangements):
        return standing
    rejected = [rejection(*row) for row in deadline.versions.filter(REJECTED).values_list(*MOVE)]

    def count(laid: tuple[int, ...]) -> DeadlineVersion:
        return counted(deadline, current.facts, laid)[1]

    return decided(standing, still_rejected(current, rejected, count))


def still_rejected(
    current: DeadlineVersion, rejected: Sequence[Rejection], count: Callable[[tuple[int, ...]], DeadlineVersion | None]
) -> list[Rejection]:
    """A rejection stands for the very move that was rejected: from the date in force to the one it still counts to."""
    return [each for each in rejected if each.instead_of == dates_of(current) and _still_moves(each, count)]


def _still_moves(each: Rejection, count: Callable[[tuple[int, ...]], DeadlineVersion | None]) -> bool:
    try:
        version = count(each.laid)
    except LawError:  # what can no longer be counted keeps what it has
        return True
    return version is None or dates_of(version) == each.dates


def decided(standing: tuple[int, ...], rejected: Sequence[Rejection]) -> tuple[int, ...]:
    """A rejected date that counted with its arrangement leaves that out; one that counted without, keeps it."""
    left_out = {each.arrangement for each in rejected if each.arrangement in each.laid}
    kept = {each.arrangement for each in rejected if each.arrangement not in each.laid}
    return tuple(sorted((set(standing) - left_out) | kept))


def going_unheeded(current: DeadlineVersion | None = None) -> "QuerySet[DeadlineVersion]":
    """What the withdrawal of an arrangement would move of the date in force, and what of it counsel rejected.

    While there is any, that date rests on an arrangement that no longer stands. Of one, or of the deadline outside.
    """
    if current is None:
        own = Q(deadline=OuterRef("pk"), instead_of__due_at=OuterRef("current__due_at"))
    else:
        own = Q(deadline=current.deadline_id, instead_of__due_at=current.due_at)
    gone = DeadlineVersion.objects.filter(own, cause=Cause.CALENDAR, arrangement__state=ArrangementState.WITHDRAWN)
    waits = Q(status=VersionStatus.PROPOSED) | Q(rejected_at__isnull=False)
    # The same published anew, after it was withdrawn by mistake, stands again.
    again = Arrangement.objects.filter(state=ArrangementState.IMPORTED, version=OuterRef("arrangement__version"))
    return gone.filter(~Exists(again.order_by()), waits).exclude(arrangements__contains=[F("arrangement")])


def rests_on_withdrawn(deadline: Deadline) -> list[str]:
    """The versions of the arrangements withdrawn since that the date in force was counted with, and moves without."""
    if deadline.current is None or not deadline.current.arrangements:
        return []
    rows = going_unheeded(deadline.current).filter(arrangement__in=deadline.current.arrangements)
    return sorted(set(rows.values_list("arrangement__version", flat=True)))


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
