"""Rule, facts and calendar in; a due date with its working out, or the facts that are missing. Pure: it
reads no clock and no database, and never guesses."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from cases.law.calendars import Calendar
from cases.law.clocks.asks import Ask, BadAsk, Bare, Due, Extension, Missing, Suspension
from cases.law.clocks.instants import hours, ordered_moment
from cases.law.clocks.terms import (
    Terms,
    check_amounts,
    days_part,
    merged,
    missing_fact,
    rule_of,
    terms_of,
    unpublished_years,
)
from cases.law.counting import Part, Run, Stops, Tally
from cases.law.reading import OutOfRange
from cases.law.rulebook import Rulebook
from cases.law.sentences import say

__all__ = ["Ask", "BadAsk", "Bare", "Due", "Extension", "Missing", "Run", "Suspension", "reckon"]


def reckon(ask: Ask, *, book: Rulebook) -> Due | Missing:
    """The due date of one clock, or what must first be known. A wrong ask raises a LawError."""
    try:
        return _reckon(ask, book)
    except OverflowError as error:
        raise OutOfRange(say("date_out_of_years")) from error


def _reckon(ask: Ask, book: Rulebook) -> Due | Missing:
    check_amounts(ask)
    rule = rule_of(ask, book)
    missing = missing_fact(ask, rule)
    if missing:
        return Missing((missing,))
    terms = terms_of(ask, rule, book)
    if terms.profile.is_hours and ask.ordered is None:
        return hours(ask, terms)
    if terms.calendar is None:
        return Missing(("calendar",))
    if ask.ordered is None:
        return _days(ask, terms, terms.calendar)
    if isinstance(ask.ordered, datetime):
        return ordered_moment(ask, ask.ordered, terms, terms.calendar)
    return _ordered_day(ask, ask.ordered, terms, terms.calendar)


def _days(ask: Ask, terms: Terms, calendar: Calendar) -> Due | Missing:
    start = terms.first_day(ask)
    tally = Tally(terms.profile, calendar, _stops(ask.suspensions, terms))
    if terms.back:
        if ask.extensions or ask.suspensions:
            raise BadAsk(say("back_moves_not"))
        nominal = due = tally.count_back(start, terms.parts)
    else:
        extra, extensions = _split(ask.extensions, whole=terms.whole)
        nominal = tally.count(start, (*terms.parts, *extra), inclusive=terms.inclusive)
        due = tally.roll(nominal)
        nominal, due = _extend_days(tally, extensions, nominal, due, terms)
        nominal, due = _capped(ask, tally, nominal, due, terms)
    _note_floor(ask, tally, due, terms)
    if _still_stands(ask.suspensions, nominal, terms):
        return Missing(("until",))
    return _due_day(tally, start, nominal, due, terms)


def _ordered_day(ask: Ask, ordered: date, terms: Terms, calendar: Calendar) -> Due | Missing:
    """An ordered date never rolls, and a suspension moves it by the days suspended."""
    day = ordered.toordinal()
    tally = Tally(terms.profile, calendar, _stops(ask.suspensions, terms), rolls=False)
    tally.note(day, day, "ordered", 0, terms.rule_version)
    due = tally.pause(day)
    _, due = _extend_days(tally, ask.extensions, due, due, terms)
    _note_floor(ask, tally, due, terms)
    if _still_stands(ask.suspensions, due, terms):
        return Missing(("until",))
    return _due_day(tally, day, due, due, terms)


def _split(extensions: tuple[Extension, ...], *, whole: bool) -> tuple[tuple[Part, ...], tuple[Extension, ...]]:
    """The parts that lengthen the period from its trigger, and the extensions left to count from the due date."""
    if not whole:
        return (), extensions
    parts = tuple(days_part(extension) for extension in extensions if extension.until is None)
    return parts, tuple(extension for extension in extensions if extension.until is not None)


def _extend_days(
    tally: Tally, extensions: Iterable[Extension], nominal: int, due: int, terms: Terms
) -> tuple[int, int]:
    for extension in extensions:
        before, at = due, len(tally.runs)
        if extension.until is not None:
            until = terms.day_of(extension.until)
            if until < before and not extension.is_settled:
                raise BadAsk(say("until_before", until=str(extension.until)))
            if until < before:
                tally.note(until, before, "outrun", before - until)
                continue
            nominal = due = until
            tally.note(before, due, "extended_until", due - before)
            continue
        part = days_part(extension)
        nominal = tally.more(before, (part,))
        due = tally.roll(nominal)
        first, last = date.fromordinal(before), date.fromordinal(due)
        tally.runs.insert(at, Run(first, last, "extended", part[0], terms.profile.cite("extended")))
    return nominal, due


def _capped(ask: Ask, tally: Tally, nominal: int, due: int, terms: Terms) -> tuple[int, int]:
    """The end of the period, or an earlier one that a cap sets."""
    for cap, profile in terms.caps:
        start = ask.facts.get(cap.fact)
        if start is None or (cap.cap_when and ask.facts.get(cap.cap_when) is None):
            continue
        within = Tally(profile, tally.calendar)
        last = within.count(terms.day_of(start), cap.parts)
        end = within.roll(last)
        if end < due:
            tally.note(end, due, "capped", end - due, cap.citation_zh)
            nominal, due = last, end
    return nominal, due


def _note_floor(ask: Ask, tally: Tally, due: int, terms: Terms) -> None:
    """An order shorter than the law lets it be keeps its date, and the working says so."""
    if terms.at_least is None or ask.facts.get(terms.fact) is None:
        return
    least = Tally(terms.profile, tally.calendar).count(terms.first_day(ask), (terms.at_least,))
    if due < least:
        tally.note(due, least, "below_floor", least - due, terms.rule_version)


def _stops(suspensions: tuple[Suspension, ...], terms: Terms) -> Stops:
    if not suspensions:
        return ()
    spans = [(terms.day_of(s.start), terms.day_of(s.until)) for s in suspensions if s.until is not None]
    return tuple(merged(spans))


def _still_stands(suspensions: tuple[Suspension, ...], end: int, terms: Terms) -> bool:
    return any(s.until is None and terms.day_of(s.start) <= end for s in suspensions)


def _due_day(tally: Tally, start: int, nominal: int, due: int, terms: Terms) -> Due:
    calendar = tally.calendar
    safe = calendar.roll_back(nominal)
    years = unpublished_years(calendar, min(start, safe), max(start, due))
    if years:
        _note_unpublished(tally, years, min(start, safe), max(start, due))
    return Due(
        due=date.fromordinal(due),
        nominal=date.fromordinal(nominal),
        safe_due=date.fromordinal(safe),
        provisional_years=years,
        rule_version=terms.rule_version,
        calendar_version=calendar.version,
        trace=tuple(tally.runs),
        zone=terms.counting_zone or calendar.zone,
        lacking_years=tuple(filter(calendar.lacks, years)) if years else (),
    )


def _note_unpublished(tally: Tally, years: tuple[int, ...], first: int, last: int) -> None:
    for year in years:
        start, end = max(first, date(year, 1, 1).toordinal()), min(last, date(year, 12, 31).toordinal())
        lacking = tally.calendar.lacks(year)
        code, cite = ("year_lacking", tally.calendar.version) if lacking else ("unpublished", tally.calendar.source)
        tally.note(start, end, code, end - start + 1, cite)
