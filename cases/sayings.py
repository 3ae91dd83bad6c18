"""What the law refuses, in the reader's language: the codes of `cases.law.sentences` worded for every door."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.law.reading import BadRulebook, LawError
from cases.law.sentences import Param, Said


def in_words(error: LawError) -> str:
    """The whole sentence; of a file of the law with its name and the line."""
    what = said_in_words(error.said)
    if not isinstance(error, BadRulebook):
        return what
    return _("%(file)s, line %(line)s: %(what)s") % {"file": error.file, "line": error.line, "what": what}


def said_in_words(said: Said | str) -> str:
    """What has no code is for the makers of the law's files, and stays as it is."""
    if not isinstance(said, Said):
        return said
    return str(WORDS[said.code]) % {name: _param(value) for name, value in said.params.items()}


def _param(value: Param) -> str:
    if isinstance(value, tuple):
        return _("; ").join(map(said_in_words, value))
    return said_in_words(value) if isinstance(value, Said) else str(value)


WORDS: Final[Mapping[str, Promise]] = {
    "rule_has_its_own": gettext_lazy("a rule has its own %(key)s: give a rule, or profile, amount and unit"),
    "wanted": gettext_lazy("%(key)s is wanted"),
    "wanted_or_rule": gettext_lazy("%(key)s is wanted, or a rule"),
    "period_wants": gettext_lazy("a period wants amount, unit and profile"),
    "facts_differ": gettext_lazy("trigger and %(fact)s are the same fact and differ"),
    "extension_of_both": gettext_lazy("an extension has an amount and unit, or an until, not both"),
    "extension_wants": gettext_lazy("an extension wants amount and unit, or until"),
    "suspension_wants": gettext_lazy("a suspension wants from"),
    "unknown_key_in": gettext_lazy("unknown key %(key)s in %(what)s"),
    "no_object": gettext_lazy("%(what)s must be an object, not %(value)s"),
    "no_list": gettext_lazy("%(key)s must be a list, not %(value)s"),
    "no_name": gettext_lazy("%(key)s must be a name, not %(value)s"),
    "no_whole_number": gettext_lazy("amount must be a whole number, not %(value)s"),
    "no_moment": gettext_lazy("%(key)s must be a date or a date-time, not %(value)s"),
    "no_such_shape": gettext_lazy(
        "%(key)s must be a date (2026-03-02) or a date-time (2026-03-02T09:30+08:00), not %(value)s"
    ),
    "counts_nothing": gettext_lazy("%(rule)s opens or bars a way; it has no period to count"),
    "order_of_both": gettext_lazy("an order sets a date or a period, not both"),
    "no_order": gettext_lazy("only an order has a date or a period of its own; this clock has its period from the law"),
    "profile_counts_not": gettext_lazy("profile %(profile)s does not count in %(unit)s"),
    "amount_out_of_range": gettext_lazy("amount must be a whole number from 1 to %(most)s, not %(value)s"),
    "no_direction": gettext_lazy("direction must be forward or back, not %(value)s"),
    "days_by_hours": gettext_lazy("a clock of days is not extended by hours"),
    "hours_by_days": gettext_lazy("a clock of hours is not extended by a %(unit)s"),
    "hours_back": gettext_lazy("a clock of hours is not counted back"),
    "back_moves_not": gettext_lazy("a count back is neither extended nor suspended"),
    "suspension_backwards": gettext_lazy("a suspension ends before it starts"),
    "until_before": gettext_lazy("an extension until %(until)s would end before the date it extends"),
    "no_such_time": gettext_lazy("%(when)s does not exist in %(zone)s: clocks go forward then; give the offset"),
    "date_out_of_years": gettext_lazy("the date lies outside the years that can be written"),
    "period_out_of_years": gettext_lazy("the period leaves the years that can be written"),
    "count_out_of_calendar": gettext_lazy("the count leaves the calendar (%(first)s to %(last)s)"),
    "date_out_of_calendar": gettext_lazy("the calendars reach from %(first)s to %(last)s; this date lies outside"),
    "not_in_force": gettext_lazy("%(rule)s was not in force on %(on)s: it is in force from %(spans)s"),
    "span": gettext_lazy("%(start)s to %(end)s"),
    "span_on": gettext_lazy("%(start)s on"),
    "disabled": gettext_lazy("%(rule)s is not verified and ships disabled"),
    "unknown": gettext_lazy("unknown %(kind)s %(name)s"),
    "unknown_of": gettext_lazy("unknown %(kind)s %(name)s: known are %(known)s"),
    "unknown_in": gettext_lazy("unknown %(kind)s %(name)s in %(key)s"),
    "kind_calendar": pgettext_lazy("law", "calendar"),
    "kind_event": pgettext_lazy("law", "event"),
    "kind_fact": pgettext_lazy("law", "fact"),
    "kind_measure_kind": pgettext_lazy("law", "measure kind"),
    "kind_name": pgettext_lazy("law", "name"),
    "kind_profile": pgettext_lazy("law", "profile"),
    "kind_provision": pgettext_lazy("law", "provision"),
    "kind_rule": pgettext_lazy("law", "rule"),
    "kind_trait": pgettext_lazy("law", "trait"),
    "kind_unit": pgettext_lazy("law", "unit"),
    "kind_weekday": pgettext_lazy("law", "weekday"),
    "kind_zone": pgettext_lazy("law", "zone"),
    "no_utf8": gettext_lazy("not UTF-8 text"),
    "no_toml": gettext_lazy("not TOML: %(error)s"),
    "too_deep": gettext_lazy("not TOML: nested too deeply"),
    "table_wanted": gettext_lazy("a table is wanted here"),
    "unknown_key": gettext_lazy("unknown key %(key)s"),
    "wrong_type": gettext_lazy("%(key)s must be %(wanted)s, not %(value)s"),
    "missing_key": gettext_lazy("%(key)s is missing"),
    "type_text": pgettext_lazy("law", "text"),
    "type_whole_number": pgettext_lazy("law", "a whole number"),
    "type_number": pgettext_lazy("law", "a number"),
    "type_truth": pgettext_lazy("law", "true or false"),
    "type_list": pgettext_lazy("law", "a list"),
    "type_table": pgettext_lazy("law", "a table"),
    "type_date": pgettext_lazy("law", "a date"),
    "base_unknown": gettext_lazy("unknown calendar %(name)s as base"),
    "no_month_and_day": gettext_lazy("%(day)s is not a month and day that every year has"),
    "work_in_the_week": gettext_lazy("%(day)s in work is no day of the weekend: it is worked anyway"),
    "no_year": gettext_lazy("%(year)s is not a year between %(first)s and %(last)s"),
    "no_source": gettext_lazy("source, the notice and its number, is missing"),
    "off_twice": gettext_lazy("%(day)s is given twice in off"),
    "no_work_day": gettext_lazy("%(day)s in work must be a date of %(year)s that is not off"),
    "work_twice": gettext_lazy("%(day)s is given twice in work"),
    "no_stretch": gettext_lazy("%(start)s to %(end)s is not a stretch of days of %(year)s"),
    "no_place_here": gettext_lazy("%(key)s has no place in an arrangement"),
    "own_base_wanted": gettext_lazy('an arrangement is laid over its own calendar: base = "%(name)s" is wanted'),
    "version_too_long": gettext_lazy("version is longer than %(most)s characters"),
    "version_in_force": gettext_lazy("version %(version)s is the one already in force"),
    "days_published": gettext_lazy("these years are published with the same days already"),
    "year_wanted": gettext_lazy("an arrangement arranges a year: a table [years.N] is missing"),
}
