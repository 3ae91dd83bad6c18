"""What one provision of the law is: a rule, a profile, an event, a fact; and the closed lists they draw on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cases.law.calendars import Calendar

UNITS = ("hour", "day", "working_day", "week", "month", "year")
# A gate opens or bars a way and counts nothing; a floor is how long something must be kept at least.
RULE_KINDS = frozenset({"statutory", "ordered", "regulator", "duty", "gate", "floor"})
CLOCK_KINDS = frozenset({"statutory", "ordered", "regulator", "duty"})
COUNTED_KINDS = frozenset({"statutory", "regulator", "floor"})
ACTORS = frozenset({"party", "authority"})
CONFIDENCES = frozenset({"H*", "H", "M", "L"})
MEASURE_KINDS = frozenset(
    (
        "talk", "order_to_correct", "warning", "circulated_criticism", "fine", "confiscation", "suspend_updates",
        "suspend_business", "close_site", "revoke_licence", "app_removal", "responsible_persons", "removal_order",
        "other",
    )
)  # fmt: skip
# What a party or a procedure is, where one article gives each its own period.
TRAITS = frozenset(
    ("cii_operator", "central_organ", "news_service", "special_lead", "grave_harm", "summary_reconsideration")
)
CITED = frozenset(
    (
        "excluded_trigger", "counted", "suspended", "month_arithmetic", "month_end", "elapsed", "rolled", "extended",
        "short_period", "strict_reading", "included_trigger", "day_before",
    )
)  # fmt: skip

Names = Collection[str]


@dataclass(frozen=True)
class Named:
    """An event that can start a clock, or a fact that a clock asks for."""

    name: str
    title_en: str
    title_zh: str
    title_zh_hant: str


@dataclass(frozen=True)
class Event(Named):
    """Something that can start, stop or end a clock, unless it is only put on record."""

    theme: str = ""
    only_recorded: bool = False


@dataclass(frozen=True)
class Fact(Named):
    """Something a clock must know before it can be worked out; `event` names what supplies a further fact."""

    event: str = ""


@dataclass(frozen=True)
class Profile:
    """One way of counting a period."""

    name: str
    title_en: str
    title_zh: str
    title_zh_hant: str
    units: tuple[str, ...]
    zone: str
    calendar: str
    rolls: bool
    short_days: int
    strict_hour: bool
    basis: str
    confidence: str
    note: str
    cites: Mapping[str, str]

    @property
    def is_hours(self) -> bool:
        return self.units == ("hour",)

    def cite(self, code: str) -> str:
        return self.cites.get(code, self.basis)


@dataclass(frozen=True)
class Rule:
    """One version of one period of the law."""

    id: str
    title_en: str
    title_zh: str
    title_zh_hant: str
    kind: str
    actor: str
    citation_en: str
    citation_zh: str
    clause: str
    starts_on: tuple[str, ...]
    applies_to: tuple[str, ...]
    only_for: tuple[str, ...]
    not_for: tuple[str, ...]
    instead_of: str
    facts: tuple[str, ...]
    amount: int | float | None
    unit: str
    plus: tuple[tuple[int | float, str], ...]
    profile: str
    calendar: str
    direction: str
    counts_trigger_day: bool
    extends: str
    suspended_by: tuple[str, ...]
    on_expiry: str
    creates: tuple[str, ...]
    bars: tuple[str, ...]
    restarts_on: str
    cap_of: str
    cap_when: str
    at_least: tuple[int | float, str] | None
    cites: Mapping[str, str]
    consequence_en: str
    consequence_zh: str
    note_en: str
    note_zh: str
    confidence: str
    source: str
    valid_from: date
    valid_to: date | None
    reviewed_by: str
    gap: str  # why no version was in force just before this one, where none was
    enabled: bool
    jurisdiction: str

    @property
    def fact(self) -> str:
        return self.facts[0]

    @property
    def is_clock(self) -> bool:
        """A gate and a floor ask nothing of anybody by a day."""
        return self.kind in CLOCK_KINDS

    @cached_property
    def version(self) -> str:
        return f"{self.id}@{self.valid_from}"

    @cached_property
    def parts(self) -> tuple[tuple[int | float, str], ...]:
        """The period in its parts, counted as one: none for a duty or an order."""
        return ((self.amount, self.unit), *self.plus) if self.amount is not None else ()

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def concerns(self, measure_kind: str | None) -> bool:
        return not (measure_kind and self.applies_to) or measure_kind in self.applies_to


@dataclass(frozen=True)
class Vocabulary:
    """The closed lists a rule may draw its names from."""

    profiles: Mapping[str, Profile]
    calendars: Mapping[str, Calendar]
    events: Mapping[str, Event]
    facts: Mapping[str, Fact]
    jurisdictions: frozenset[str]
