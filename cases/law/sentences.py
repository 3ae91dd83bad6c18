"""What the law refuses, as a code with its parameters; the English sentence of each is what the command line prints.

Whoever speaks to a reader words the code anew, in the reader's language: `cases.sayings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Union

Param = Union[str, int, "Said", tuple["Said", ...]]

SENTENCES: Final[Mapping[str, str]] = {
    # What a question lacks or has too much of.
    "rule_has_its_own": "a rule has its own %(key)s: give a rule, or profile, amount and unit",
    "wanted": "%(key)s is wanted",
    "wanted_or_rule": "%(key)s is wanted, or a rule",
    "period_wants": "a period wants amount, unit and profile",
    "facts_differ": "trigger and %(fact)s are the same fact and differ",
    "extension_of_both": "an extension has an amount and unit, or an until, not both",
    "extension_wants": "an extension wants amount and unit, or until",
    "suspension_wants": "a suspension wants from",
    "unknown_key_in": "unknown key %(key)s in %(what)s",
    "no_object": "%(what)s must be an object, not %(value)s",
    "no_list": "%(key)s must be a list, not %(value)s",
    "no_name": "%(key)s must be a name, not %(value)s",
    "no_whole_number": "amount must be a whole number, not %(value)s",
    "no_moment": "%(key)s must be a date or a date-time, not %(value)s",
    "no_such_shape": "%(key)s must be a date (2026-03-02) or a date-time (2026-03-02T09:30+08:00), not %(value)s",
    # What the law does not do.
    "counts_nothing": "%(rule)s opens or bars a way; it has no period to count",
    "order_of_both": "an order sets a date or a period, not both",
    "no_order": "only an order has a date or a period of its own; this clock has its period from the law",
    "profile_counts_not": "profile %(profile)s does not count in %(unit)s",
    "amount_out_of_range": "amount must be a whole number from 1 to %(most)s, not %(value)s",
    "no_direction": "direction must be forward or back, not %(value)s",
    "days_by_hours": "a clock of days is not extended by hours",
    "hours_by_days": "a clock of hours is not extended by a %(unit)s",
    "hours_back": "a clock of hours is not counted back",
    "back_moves_not": "a count back is neither extended nor suspended",
    "suspension_backwards": "a suspension ends before it starts",
    "until_before": "an extension until %(until)s would end before the date it extends",
    "no_such_time": "%(when)s does not exist in %(zone)s: clocks go forward then; give the offset",
    # What lies out of reach.
    "date_out_of_years": "the date lies outside the years that can be written",
    "period_out_of_years": "the period leaves the years that can be written",
    "count_out_of_calendar": "the count leaves the calendar (%(first)s to %(last)s)",
    "date_out_of_calendar": "the calendars reach from %(first)s to %(last)s; this date lies outside",
    "not_in_force": "%(rule)s was not in force on %(on)s: it is in force from %(spans)s",
    "span": "%(start)s to %(end)s",
    "span_on": "%(start)s on",
    "disabled": "%(rule)s is not verified and ships disabled",
    # Names.
    "unknown": "unknown %(kind)s %(name)s",
    "unknown_of": "unknown %(kind)s %(name)s: known are %(known)s",
    "unknown_in": "unknown %(kind)s %(name)s in %(key)s",
    "kind_calendar": "calendar",
    "kind_event": "event",
    "kind_fact": "fact",
    "kind_measure_kind": "measure kind",
    "kind_name": "name",
    "kind_profile": "profile",
    "kind_provision": "provision",
    "kind_rule": "rule",
    "kind_trait": "trait",
    "kind_unit": "unit",
    "kind_weekday": "weekday",
    "kind_zone": "zone",
    # A file of the law.
    "no_utf8": "not UTF-8 text",
    "no_toml": "not TOML: %(error)s",
    "too_deep": "not TOML: nested too deeply",
    "table_wanted": "a table is wanted here",
    "unknown_key": "unknown key %(key)s",
    "wrong_type": "%(key)s must be %(wanted)s, not %(value)s",
    "missing_key": "%(key)s is missing",
    "type_text": "text",
    "type_whole_number": "a whole number",
    "type_number": "a number",
    "type_truth": "true or false",
    "type_list": "a list",
    "type_table": "a table",
    "type_date": "a date",
    # A calendar, or a year's arrangement of one.
    "base_unknown": "unknown calendar %(name)s as base",
    "no_month_and_day": "%(day)s is not a month and day that every year has",
    "work_in_the_week": "%(day)s in work is no day of the weekend: it is worked anyway",
    "no_year": "%(year)s is not a year between %(first)s and %(last)s",
    "no_source": "source, the notice and its number, is missing",
    "off_twice": "%(day)s is given twice in off",
    "no_work_day": "%(day)s in work must be a date of %(year)s that is not off",
    "work_twice": "%(day)s is given twice in work",
    "no_stretch": "%(start)s to %(end)s is not a stretch of days of %(year)s",
    "no_place_here": "%(key)s has no place in an arrangement",
    "own_base_wanted": 'an arrangement is laid over its own calendar: base = "%(name)s" is wanted',
    "version_too_long": "version is longer than %(most)s characters",
    "version_in_force": "version %(version)s is the one already in force",
    "days_published": "these years are published with the same days already",
    "year_wanted": "an arrangement arranges a year: a table [years.N] is missing",
}


@dataclass(frozen=True)
class Said:
    """A sentence not yet worded; as text it is the English one."""

    code: str
    params: Mapping[str, Param]

    def __str__(self) -> str:
        return SENTENCES[self.code] % {name: plainly(value) for name, value in self.params.items()}


def plainly(value: Param) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def say(code: str, **params: Param) -> Said:
    return Said(code, params)
