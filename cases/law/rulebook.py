"""The rulebook: rules, profiles, events, facts and calendars by name, read from the TOML beside this
file and checked strictly, once. It says what the law is; it counts nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from cases.law import starting
from cases.law.calendars import Calendar, read_calendar
from cases.law.entries import read_named, read_profiles, read_rules
from cases.law.jurisdictions import Jurisdiction, named, reach, read_jurisdictions
from cases.law.provisions import MEASURE_KINDS, UNITS, Event, Fact, Named, Profile, Rule, Vocabulary
from cases.law.reading import BadRulebook, LawError, OutOfRange, Source, UnknownName, read_file
from cases.law.sentences import say

__all__ = [
    "MEASURE_KINDS", "UNITS", "BadRulebook", "Calendar", "Event", "Fact", "LawError", "OutOfRange", "Profile",
    "Rule", "RuleDisabled", "RuleNotInForce", "Rulebook", "UnknownName", "book", "read_rulebook",
]  # fmt: skip


class RuleNotInForce(LawError):
    """No version of the rule was in force on the day asked about."""

    def __init__(self, rule_id: str, on: date, versions: Iterable[Rule]) -> None:
        spans = tuple(
            say("span", start=str(rule.valid_from), end=str(rule.valid_to))
            if rule.valid_to
            else say("span_on", start=str(rule.valid_from))
            for rule in versions
        )
        super().__init__(say("not_in_force", rule=rule_id, on=str(on), spans=spans))


class RuleDisabled(LawError):
    """The rule is shipped for information only, because its text was not verified."""


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Everything the law says, by name."""

    by_id: Mapping[str, tuple[Rule, ...]]
    profiles: Mapping[str, Profile]
    calendars: Mapping[str, Calendar]
    events: Mapping[str, Event]
    facts: Mapping[str, Fact]
    themes: Mapping[str, Named]
    jurisdictions: Mapping[str, Jurisdiction]

    @cached_property
    def settled(self) -> dict[tuple[object, ...], object]:
        """What the clocks have settled once of a rule, a calendar and a zone; theirs alone to read and write."""
        return {}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """The newest version of each rule."""
        return tuple(versions[-1] for versions in self.by_id.values())

    @cached_property
    def traditional(self) -> dict[str, str]:
        """The Traditional words of a rule's title, by its Simplified ones, with which a deadline is stored."""
        every = (rule for versions in self.by_id.values() for rule in versions)
        return {rule.title_zh: rule.title_zh_hant for rule in every if rule.title_zh_hant}

    def versions(self, rule_id: str) -> tuple[Rule, ...]:
        """Every version, oldest first; CN-27a is another name of CN-27."""
        found = self.by_id.get(rule_id) or (self.by_id.get(rule_id[:-1]) if rule_id.endswith("a") else None)
        if not found:
            raise UnknownName("rule", rule_id)
        return found

    def rule(self, rule_id: str, on: date | None) -> Rule:
        """The version in force on that day; the newest where the day is unknown."""
        versions = self.versions(rule_id)
        rule = versions[-1]
        if on is not None and not rule.in_force(on):
            rule = next((version for version in versions if version.in_force(on)), rule)
            if not rule.in_force(on):
                raise RuleNotInForce(rule_id, on, versions)
        if not rule.enabled:
            raise RuleDisabled(say("disabled", rule=rule_id))
        return rule

    def started_by(
        self,
        event: str,
        on: date | None,
        measure_kind: str | None = None,
        party_traits: frozenset[str] = frozenset(),
        *,
        unknown_traits: frozenset[str] = frozenset(),
        jurisdictions: Collection[str] | None = None,
        or_later: bool = False,
    ) -> tuple[Rule, ...]:
        """The enabled rules whose clock that event starts on that day (the newest where it is unknown).

        Given the jurisdictions of authorities, only the rules those act under. Of rules that hang on a trait not
        known, the strictest. `or_later`: of a rule not yet in force that day the first version after it, so that it can
        be said which clocks cannot be counted.
        """
        self.event(event)
        _known(measure_kind, MEASURE_KINDS, "measure kind")
        at = self._at_or_later if or_later else self._at
        started = (at(versions, on) for versions in self._starting.get(event, ()))
        running = [
            rule
            for rule in started
            if rule
            and rule.enabled
            and rule.is_clock
            and event in rule.starts_on
            and rule.concerns(measure_kind)
            and (jurisdictions is None or any(self.is_under(name, rule.jurisdiction) for name in jurisdictions))
        ]
        return starting.settled(running, party_traits, unknown_traits)

    def gate_to(self, rule: Rule, event: str, on: date | None) -> Rule | None:
        """What bars the way whose clock that event starts on that day; None: it is open."""
        gates = (self._at(versions, on) for versions in self._starting.get(event, ()))
        return next((gate for gate in gates if gate and gate.enabled and rule.id in gate.bars), None)

    def is_under(self, authority: str, law: str) -> bool:
        """Whether an authority of the one jurisdiction acts under the law of the other."""
        return authority.strip().upper() in reach(self.jurisdictions, law)

    def has_law_for(self, authority: str) -> bool:
        """Whether any rule at all is known under which an authority of that jurisdiction acts."""
        return any(self.is_under(authority, law) for law in self._laws)

    @cached_property
    def _laws(self) -> frozenset[str]:
        return frozenset(rule.jurisdiction for rule in self.rules if rule.enabled)

    def caps(self, rule: Rule) -> tuple[Rule, ...]:
        """The rules beyond which this version's own period never reaches."""
        if rule.id not in self._capping:
            return ()
        found = (self._at(versions, rule.valid_from) for versions in self._capping[rule.id])
        return tuple(cap for cap in found if cap and cap.enabled)

    @cached_property
    def _capping(self) -> Mapping[str, list[tuple[Rule, ...]]]:
        capping: dict[str, list[tuple[Rule, ...]]] = {}
        for versions in self.by_id.values():
            if versions[-1].cap_of:
                capping.setdefault(versions[-1].cap_of, []).append(versions)
        return capping

    @staticmethod
    def _at(versions: tuple[Rule, ...], on: date | None) -> Rule | None:
        return versions[-1] if on is None else next((rule for rule in versions if rule.in_force(on)), None)

    @classmethod
    def _at_or_later(cls, versions: tuple[Rule, ...], on: date | None) -> Rule | None:
        found = cls._at(versions, on)
        return found or next((rule for rule in versions if on is not None and on < rule.valid_from), None)

    @cached_property
    def _starting(self) -> Mapping[str, list[tuple[Rule, ...]]]:
        starting: dict[str, list[tuple[Rule, ...]]] = {}
        for versions in self.by_id.values():
            for event in {name: None for rule in versions for name in rule.starts_on}:
                starting.setdefault(event, []).append(versions)
        return starting

    def profile(self, name: str) -> Profile:
        if name not in self.profiles:
            raise UnknownName("profile", name)
        return self.profiles[name]

    def calendar(self, name: str) -> Calendar:
        if name not in self.calendars:
            raise UnknownName("calendar", name, ", ".join(self.calendars))
        return self.calendars[name]

    def event(self, name: str) -> Event:
        if name not in self.events:
            raise UnknownName("event", name)
        return self.events[name]

    def with_calendar(self, calendar: Calendar) -> Rulebook:
        """The same law with another version of one calendar, or with one more calendar."""
        return replace(self, calendars={**self.calendars, calendar.id: calendar})


def _known(name: str | None, known: frozenset[str], kind: str) -> None:
    if name is not None and name not in known:
        raise UnknownName(kind, name, ", ".join(sorted(known)))


@lru_cache(maxsize=1)
def book() -> Rulebook:
    """The rulebook that ships with Casebook."""
    return read_rulebook(Path(__file__).parent)


def read_rulebook(folder: Path) -> Rulebook:
    """The rulebook in a folder of events.toml, profiles.toml, calendars/ and rules/."""
    calendars: dict[str, Calendar] = {}
    for path in sorted((folder / "calendars").glob("*.toml")):
        calendar = read_calendar(read_file(path), path.name, calendars)
        calendars[calendar.id] = calendar
    names = _source(folder / "events.toml")
    names.check(names.data, (), {"theme": list, "event": list, "fact": list}, {})
    themes = read_named(names, "theme", Named, {}, {})
    events = read_named(names, "event", Event, {"theme": str, "only_recorded": bool}, {"theme": frozenset(themes)})
    facts = read_named(names, "fact", Fact, {"event": str}, {"event": frozenset(events)})
    jurisdictions = read_jurisdictions(_source(folder / "jurisdictions.toml"))
    profiles = read_profiles(_source(folder / "profiles.toml"), calendars)
    rules = [_source(path) for path in sorted((folder / "rules").glob("*.toml"))]
    known = Vocabulary(profiles, calendars, events, facts, named(jurisdictions))
    return Rulebook(read_rules(rules, known), profiles, calendars, events, facts, themes, jurisdictions)


def _source(path: Path) -> Source:
    return Source(path.name, read_file(path))
