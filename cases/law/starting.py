"""Which of the rules an event starts are for this party and this procedure, where not all is known of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from cases.law.provisions import Rule

# Long enough to tell which of two periods ends first; nothing is dated by it.
HOURS: Mapping[str, int] = {"hour": 1, "day": 24, "working_day": 24, "week": 168, "month": 720, "year": 8760}
Traits = frozenset[str]


def is_possible(rule: Rule, traits: Traits, unknown: Traits) -> bool:
    return (not rule.only_for or not (traits | unknown).isdisjoint(rule.only_for)) and traits.isdisjoint(rule.not_for)


def is_certain(rule: Rule, traits: Traits, unknown: Traits) -> bool:
    wanted = not rule.only_for or not traits.isdisjoint(rule.only_for)
    return wanted and (traits | unknown).isdisjoint(rule.not_for)


def settled(rules: Collection[Rule], traits: Traits, unknown: Traits) -> tuple[Rule, ...]:
    """The certain ones; of those that hang on what is not known, the strictest of those that stand for each other."""
    possible = [rule for rule in rules if is_possible(rule, traits, unknown)]
    unsure = sorted((rule for rule in possible if not is_certain(rule, traits, unknown)), key=_group)
    strictest = {_strictest(list(group)).id for _kind, group in groupby(unsure, key=_group)}
    return tuple(rule for rule in possible if is_certain(rule, traits, unknown) or rule.id in strictest)


def _strictest(rules: Sequence[Rule]) -> Rule:
    """The one that ends first; but of limits of the authority on whose end nothing of ours hangs (how long it may still
    punish) the last, since nobody should rely on its lateness."""
    bars = all(rule.actor == "authority" and not (rule.creates or rule.on_expiry) for rule in rules)
    return max(rules, key=length) if bars else min(rules, key=length)


def length(rule: Rule) -> float:
    return sum(amount * HOURS[unit] for amount, unit in rule.parts) if rule.parts else float("inf")


def _group(rule: Rule) -> str:
    """The general rule, beside those that some have instead of it."""
    return rule.instead_of or rule.id
