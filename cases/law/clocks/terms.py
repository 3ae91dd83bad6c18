"""An ask resolved before anything is counted: which version of the rule, which facts are missing, which
profile, calendar and zones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from reprlib import repr as shorten
from typing import TypeVar

from cases.law.calendars import Calendar, placed, zone_named
from cases.law.clocks.asks import Ask, BadAsk, Bare, Extension
from cases.law.counting import Part
from cases.law.provisions import UNITS, Profile, Rule
from cases.law.reading import UnknownName
from cases.law.rulebook import Rulebook
from cases.law.sentences import say

MOST = 1_000_000  # no period of law comes near; beyond it the arithmetic leaves the calendar anyway

MOST_SETTLED = 4096  # zones are the asker's to name: what is kept must not grow with them


@dataclass(frozen=True)
class Terms:
    """What the names of an ask settle, whatever its dates: what is counted, how, and where."""

    rule: Rule | Bare
    fact: str
    parts: tuple[Part, ...]
    profile: Profile
    calendar: Calendar | None
    counting_zone: str
    stated_zone: str
    back: bool
    inclusive: bool = False
    whole: bool = False
    rule_version: str = ""
    restarts_on: str = ""
    at_least: Part | None = None
    caps: tuple[tuple[Rule, Profile], ...] = ()

    def day_of(self, when: date) -> int:
        """The ordinal of the day `when` falls on, in the zone of the profile."""
        return _day_of(when, self.counting_zone, self.stated_zone).toordinal()

    def first_day(self, ask: Ask) -> int:
        """The ordinal of the day the count sets out from: of its fact, or a later one that sets it going anew."""
        start, anew = ask.facts[self.fact], ask.facts.get(self.restarts_on)
        assert start is not None
        return self.day_of(start) if anew is None else max(self.day_of(start), self.day_of(anew))

    def moment_of(self, when: datetime) -> datetime:
        return when if when.tzinfo else placed(when, zone_named(self.stated_zone))


def rule_of(ask: Ask, book: Rulebook) -> Rule | Bare:
    if not isinstance(ask.rule, str):
        return ask.rule
    newest = book.versions(ask.rule)[-1]
    when = ask.facts.get(newest.fact) or ask.ordered
    if when is None:
        return book.rule(ask.rule, None)
    zone = (book.profile(newest.profile).zone if newest.profile else "") or ask.zone or ""
    return book.rule(ask.rule, _day_of(when, zone, ask.zone or zone))


def missing_fact(ask: Ask, rule: Rule | Bare) -> str:
    """The name of the fact without which nothing can be counted, or ""."""
    fact = _fact(rule)
    if isinstance(rule, Rule) and rule.kind == "gate":
        raise BadAsk(say("counts_nothing", rule=rule.id))
    for name in ask.facts:
        if name != fact and not (isinstance(rule, Rule) and name in rule.facts):
            raise UnknownName("fact", name, fact)
    if isinstance(rule, Rule) and rule.kind in ("ordered", "duty"):
        if ask.ordered and ask.period:
            raise BadAsk(say("order_of_both"))
        if ask.ordered:
            return ""
        if not ask.period:
            return "ordered"
        if not ask.period.profile:
            return "profile"
    elif ask.ordered or ask.period:
        raise BadAsk(say("no_order"))
    return "" if ask.facts.get(fact) else fact


def _fact(rule: Rule | Bare) -> str:
    return rule.fact if isinstance(rule, Rule) else "trigger"


def terms_of(ask: Ask, rule: Rule | Bare, book: Rulebook) -> Terms:
    if isinstance(rule, Bare) or ask.period or isinstance(ask.calendar, Calendar):
        return _terms(ask, rule, book)
    # By identity, since hashing a rule costs more than is won; the terms hold the rule, so its identity stays its own.
    known = (id(rule), ask.calendar, ask.zone)
    terms = book.settled.get(known)
    if not isinstance(terms, Terms):
        if len(book.settled) >= MOST_SETTLED:
            book.settled.clear()
        terms = book.settled[known] = _terms(ask, rule, book)
    return terms


def _terms(ask: Ask, rule: Rule | Bare, book: Rulebook) -> Terms:
    bare = rule if isinstance(rule, Bare) else ask.period
    profile = book.profile(bare.profile if bare else rule.profile)
    if bare and bare.unit not in profile.units:
        raise BadAsk(say("profile_counts_not", profile=profile.name, unit=bare.unit))
    calendar = _calendar(ask, rule, profile, book)
    place = calendar.zone if calendar and ask.calendar else ""
    if ask.zone:
        zone_named(ask.zone)
    plain = Terms(
        rule=rule,
        fact=_fact(rule),
        parts=((bare.amount, bare.unit),) if bare else rule.parts if isinstance(rule, Rule) else (),
        profile=profile,
        calendar=calendar,
        counting_zone=profile.zone or ask.zone or place,
        stated_zone=ask.zone or profile.zone or place,
        back=(bare or rule).direction == "back",
    )
    return plain if isinstance(rule, Bare) else _of_rule(plain, rule, book)


def _of_rule(terms: Terms, rule: Rule, book: Rulebook) -> Terms:
    profile = terms.profile
    if rule.cites:
        profile = replace(profile, cites={**profile.cites, **rule.cites})
    return replace(
        terms,
        profile=profile,
        inclusive=rule.counts_trigger_day,
        whole=rule.extends == "trigger",
        rule_version=rule.version,
        restarts_on=rule.restarts_on,
        at_least=rule.at_least,
        caps=tuple((cap, book.profile(cap.profile)) for cap in book.caps(rule)),
    )


def _calendar(ask: Ask, rule: Rule | Bare, profile: Profile, book: Rulebook) -> Calendar | None:
    """The calendar named by the ask, else by the rule, else by the profile; else none is known."""
    if isinstance(ask.calendar, Calendar):
        return ask.calendar
    name = ask.calendar or (rule.calendar if isinstance(rule, Rule) else "") or profile.calendar
    return book.calendar(name) if name else None


def check_amounts(ask: Ask) -> None:
    periods = [period for period in (ask.rule, ask.period) if isinstance(period, Bare)]
    lengths: list[Bare | Extension] = [*periods, *(more for more in ask.extensions if more.until is None)]
    for item in lengths:
        if item.unit not in UNITS:
            raise UnknownName("unit", item.unit, ", ".join(UNITS))
        if type(item.amount) is not int or not 1 <= item.amount <= MOST:
            raise BadAsk(say("amount_out_of_range", most=MOST, value=shorten(item.amount)))
    for period in periods:
        if period.direction not in ("forward", "back"):
            raise BadAsk(say("no_direction", value=shorten(period.direction)))


def _day_of(when: date, counting_zone: str, stated_zone: str) -> date:
    """A date is itself; an instant is first turned into the zone of the count, then its date is taken."""
    if not isinstance(when, datetime):
        return when
    if when.tzinfo is None:
        if not stated_zone:
            return when.date()
        when = placed(when, zone_named(stated_zone))
    return (when.astimezone(zone_named(counting_zone)) if counting_zone else when).date()


def days_part(extension: Extension) -> Part:
    """The length of an extension of days."""
    if extension.unit == "hour" or extension.amount is None:
        raise BadAsk(say("days_by_hours"))
    return extension.amount, extension.unit


T = TypeVar("T", int, datetime)


def merged(spans: list[tuple[T, T]]) -> list[tuple[T, T]]:
    """Suspensions in order, those that touch made one."""
    whole: list[tuple[T, T]] = []
    for start, until in sorted(spans):
        if until < start:
            raise BadAsk(say("suspension_backwards"))
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(until, whole[-1][1]))
        else:
            whole.append((start, until))
    return whole


def unpublished_years(calendar: Calendar, first: int, last: int) -> tuple[int, ...]:
    """The years the span touches whose arrangement is not published."""
    start, end = date.fromordinal(first).year, date.fromordinal(last).year
    if start == end and start in calendar.published_years:
        return ()
    years = range(start, end + 1)
    return tuple(year for year in years if year not in calendar.published_years)
