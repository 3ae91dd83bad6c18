"""Proves the rulebook sound at every start: each rule cited, dated and within reach, each event of some use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from cases.law import tracks
from cases.law.reading import BadRulebook
from cases.law.rulebook import Rule, Rulebook, book

# What every version of every rule must say: who relies on a date must be able to look it up.
SAID = ("title_en", "title_zh", "title_zh_hant", "citation_en", "citation_zh", "source", "confidence")


def law_is_sound(**_asked: Any) -> Sequence[CheckMessage]:
    """The system check: a file that cannot be read, with its line, or every fault of what was read."""
    try:
        return [Error(fault, id="cases.E002") for fault in faults(book(), tracks.events())]
    except BadRulebook as error:
        return [Error(str(error), hint="No date is reckoned until this is put right.", id="cases.E001")]


def faults(law: Rulebook, moved: frozenset[str]) -> Iterator[str]:
    """What is wrong with the rulebook, in words; `moved` are the events that the tracks bring about."""
    for name, versions in law.by_id.items():
        for rule in versions:
            yield from (f"{rule.version}: {fault}" for fault in faults_of_rule(rule, name, law))
    yield from faults_of_events(law, moved)


def faults_of_rule(rule: Rule, name: str, law: Rulebook) -> Iterator[str]:
    if rule.id != name:
        yield f"is listed as {name}"
    yield from (f"{key} is empty" for key in SAID if not getattr(rule, key).strip())
    if rule.valid_to and rule.valid_to < rule.valid_from:
        yield f"valid_to {rule.valid_to} lies before valid_from"
    if not (rule.starts_on or rule.cap_of):
        yield "no event starts it and it caps no other rule"
    if not rule.facts:
        yield "it starts from no fact"
    yield from unknown(rule, law)


def unknown(rule: Rule, law: Rulebook) -> Iterator[str]:
    """The names the rule uses that nothing answers to."""
    used: Mapping[str, tuple[Sequence[str], Mapping[str, object]]] = {
        "event": ((*rule.starts_on, *rule.suspended_by, rule.on_expiry), law.events),
        "fact": ((*rule.facts, rule.restarts_on, rule.cap_when), law.facts),
        "profile": ((rule.profile,), law.profiles),
        "calendar": ((rule.calendar,), law.calendars),
        "rule": ((*rule.creates, *rule.bars, rule.cap_of), law.by_id),
    }
    for kind, (names, known) in used.items():
        yield from (f"unknown {kind} {name!r}" for name in names if name and name not in known)


def faults_of_events(law: Rulebook, moved: frozenset[str]) -> Iterator[str]:
    yield from (f"a track brings about the unknown event {name!r}" for name in sorted(moved - law.events.keys()))
    rules = [rule for versions in law.by_id.values() for rule in versions]
    starting = {name for rule in rules for name in rule.starts_on}
    used = starting | moved | {name for rule in rules for name in (*rule.suspended_by, rule.on_expiry)}
    used |= {fact.event for fact in law.facts.values()}
    for name, event in law.events.items():
        if event.only_recorded and name in used:
            yield f"event {name} says only_recorded, but is used"
        if not event.only_recorded and name not in used:
            yield f"event {name} is used by no rule and no track, and does not say only_recorded"
    ends = {rule.on_expiry: rule.version for rule in rules if rule.on_expiry}
    yield from (f"{ends[name]}: its end {name!r} starts no rule" for name in ends if name not in starting)
