"""By which event an authority keeps a limit of its own: the clock ends as met, and the event starts its own chain."""

from collections.abc import Iterable, Mapping

# Each as the clause of the rule asks: what must be done within the period, and how that reaches the record.
ANSWERED_BY: Mapping[str, frozenset[str]] = {
    "CN-02": frozenset({"decision_made", "decision_announced", "decision_served"}),
    "CN-03": frozenset({"case_filed"}),
    "CN-03b": frozenset({"case_filed"}),
    "CN-06": frozenset({"hearing_noticed"}),
    "CN-07": frozenset({"decision_served"}),
    "CN-13": frozenset({"reconsideration_accepted", "reconsideration_correction_asked", "reconsideration_refused"}),
    "CN-14": frozenset({"reconsideration_accepted", "reconsideration_correction_asked", "reconsideration_refused"}),
    "CN-15": frozenset({"reconsideration_copy_received"}),
    "CN-15c": frozenset({"reconsideration_copy_received"}),
    "CN-16": frozenset({"reconsideration_decision_received"}),
    "CN-16b": frozenset({"reconsideration_decision_received"}),
    "CN-21": frozenset({"court_enforcement_applied"}),
}


def answered(events: Iterable[str]) -> dict[str, frozenset[str]]:
    """The rules that one of these events answers, each with those that do."""
    named = frozenset(events)
    return {rule: names & named for rule, names in ANSWERED_BY.items() if names & named}
