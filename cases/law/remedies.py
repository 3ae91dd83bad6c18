"""The ways against a decision: reconsideration, a direct suit, a suit after reconsideration. Which one was taken, which
that closes, and whether one is under way, by the names of what happened, the earliest first. Pure.

While a reconsideration is pending no suit is open (ARL 29(1)); after its decision only the fifteen days of ALL 45
count. A suit closes reconsideration (ARL 29(2)). An application withdrawn or not accepted leaves no decision behind it.
"""

from collections.abc import Mapping, Sequence

RECONSIDERATION = "CN-12"
SUIT = "CN-18"
SUIT_AFTER = "CN-17"
FIRST = (RECONSIDERATION, SUIT)
ALL = (RECONSIDERATION, SUIT, SUIT_AFTER)
# What the authority and we must do within a reconsideration: over with the application itself.
WITHIN = ("CN-13", "CN-14", "CN-14b", "CN-15", "CN-15b", "CN-15c", "CN-15d", "CN-16", "CN-16b")

APPLIED = "reconsideration_application_received"
SUED = "litigation_filed"
PENDING = frozenset(
    {APPLIED, "reconsideration_correction_asked", "reconsideration_correction_received", "reconsideration_accepted"}
)
DECIDED = frozenset({"reconsideration_decision_received", "reconsideration_period_expired"})
# Over without a decision.
ENDED = frozenset({"reconsideration_withdrawn", "reconsideration_refused"})
IN_COURT = frozenset({SUED, "judgment_served", "ruling_served"})
TOLD = PENDING | DECIDED | ENDED | IN_COURT

# By which event a right of ours is used. What can only follow an application shows that there was one.
USED_BY: Mapping[str, frozenset[str]] = {
    RECONSIDERATION: frozenset({APPLIED, "reconsideration_accepted", "reconsideration_decision_received"}),
    SUIT_AFTER: frozenset({SUED}),
    SUIT: frozenset({SUED}),
}
# The use itself, on its own day; only of these can it be said that they came late.
ACTS = frozenset({APPLIED, SUED})

# States of a remedy track.
PENDING_STATES = frozenset(
    {"reconsideration_filed", "correction_asked", "corrected", "accepted", "deemed_accepted", "stopped", "resumed"}
)
COURT_STATES = frozenset({"litigation_filed", "first_instance", "first_instance_ruling", "appeal"})


def used(event: str) -> list[str]:
    """The rules whose right that event uses."""
    return [rule for rule, names in USED_BY.items() if event in names]


def ended_without_decision(told: Sequence[str]) -> bool:
    of_reconsideration = [name for name in told if name in PENDING | DECIDED | ENDED]
    return bool(of_reconsideration) and of_reconsideration[-1] in ENDED


def closes_suit(told: Sequence[str]) -> bool:
    """A reconsideration is pending, or was decided: nothing of the six months of ALL 46 is left to use."""
    return any(name in PENDING | DECIDED for name in told) and not ended_without_decision(told)


def is_under_way(told: Sequence[str], states: Sequence[str]) -> bool:
    """By what happened last. A track may not have been moved since a period ran out or a paper came."""
    last = told[-1] if told else ""
    if last in PENDING | IN_COURT or any(state in COURT_STATES for state in states):
        return True
    return last not in DECIDED | ENDED and any(state in PENDING_STATES for state in states)
