"""`manage.py draft_calendar`: one year of a calendar file, drafted from the calendar libraries for a person to compare
with the official list. Prints it and changes no file; the libraries are asked nowhere else outside the tests."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import import_module
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.law.calendars import FIRST, LAST, Calendar
from cases.law.rulebook import LawError, book

# How the library must be asked for each calendar, so that it answers with the list the law means.
CLASSES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "AU": ("Australia", {}),
    "DE": ("Germany", {"language": "en_US"}),
    "HK": ("HongKong", {"categories": ("public", "optional"), "language": "en_HK"}),  # else Good Friday is left out
    "ID": ("Indonesia", {"categories": ("public", "government"), "language": "en_US"}),  # else no cuti bersama
    "IE": ("Ireland", {}),
    "IN": ("India", {"language": "en_IN"}),
    "SG": ("Singapore", {"language": "en_SG"}),
    "UK": ("UnitedKingdom", {"subdiv": "ENG"}),
    "US": ("UnitedStates", {}),
}
WITHOUT = {
    "EU": "no library has the holidays of the EU institutions: take them from the yearly Commission decision in the "
    "Official Journal",
    "EU-COURT": "no library has the holidays of the Court of Justice: take them from the Court's list in the Official "
    "Journal",
}
ABSENT = "the calendar libraries belong to the test set: pip install -r requirements-dev.txt"


@dataclass(frozen=True)
class Draft:
    """The days off by the library's name for them, and the weekend days that are worked."""

    off: Mapping[date, str]
    work: tuple[date, ...] = ()


class Command(BaseCommand):
    help = "Draft a year of a calendar file from the calendar libraries, to be reviewed; prints it, changes nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("calendar", help="the calendar, such as HK")
        parser.add_argument("year", type=_year, help="the year, such as 2027")

    def handle(self, *_args: Any, **options: Any) -> None:
        name, year = options["calendar"], options["year"]
        try:
            calendar = book().calendar(name)
        except LawError as error:
            raise CommandError(str(error)) from error
        if name in WITHOUT:
            raise CommandError(WITHOUT[name])
        draft = _china(year) if name == "CN" else _elsewhere(name, year)
        self.stdout.write("\n".join(_lines(calendar, year, draft)))


def _year(value: str) -> int:
    if not (value.isascii() and value.isdigit() and FIRST.year <= int(value) <= LAST.year):
        raise ArgumentTypeError(f"a year between {FIRST.year} and {LAST.year} is wanted, not {value!r}")
    return int(value)


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise CommandError(ABSENT) from error


def _china(year: int) -> Draft:
    library = _library("chinese_calendar")
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    try:
        details = {day: library.get_holiday_detail(day) for day in days}
    except NotImplementedError as error:
        raise CommandError(f"the arrangement of {year} is not known to chinesecalendar; nothing is guessed") from error
    named = {day: (is_off, name) for day, (is_off, name) in details.items() if name}
    off = {day: name for day, (is_off, name) in named.items() if is_off}
    return Draft(off, tuple(day for day, (is_off, _) in named.items() if not is_off))


def _elsewhere(name: str, year: int) -> Draft:
    country, ask = CLASSES[name]
    found = getattr(_library("holidays"), country)(years=year, **ask)
    return Draft({day: found[day] for day in sorted(found)})


def _lines(calendar: Calendar, year: int, draft: Draft) -> Iterator[str]:
    yield f"# DRAFT, to be reviewed: {calendar.id} {year} as the calendar libraries have it, not as a gazette says."
    yield "# Compare each day with the official list and name that as source; then it is published, and"
    yield f"# [statutory.{year}] becomes [years.{year}]."
    if calendar.is_published(year):
        yield f"# The shipped calendar has {year} already, as published."
    yield f'id = "{calendar.id}"'
    yield f'base = "{calendar.id}"'
    yield f'version = "draft-{year}"'
    keys = {name: _key(calendar, name) for name in dict.fromkeys(map(_plain, draft.off.values()))}
    yield from _new_names(calendar, keys)
    yield ""
    yield f"[statutory.{year}]"
    yield "off = ["
    for start, end, name in _stretches(draft.off):
        until = f"to = {end}, " if end != start else ""
        mark = " # estimated by the library" if "estimated" in name else ""
        yield f'    {{ from = {start}, {until}name = "{keys[_plain(name)]}" }},{mark}'
    yield "]"
    if draft.work:
        yield f"work = [{', '.join(map(str, draft.work))}]"


def _plain(name: str) -> str:
    """The library's name without what it says about its certainty, and of several on one day the first."""
    return re.sub(r" \((estimated|observed|observed, estimated)\)", "", name).split(";")[0].strip()


def _key(calendar: Calendar, name: str) -> str:
    """The calendar's own key for a day of that English name, or a new one made of its letters."""
    same = (key for key, known in calendar.names.items() if _letters(known.en) == _letters(name))
    return next(same, _letters(name))


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _new_names(calendar: Calendar, keys: Mapping[str, str]) -> Iterator[str]:
    new = {key: name for name, key in keys.items() if key not in calendar.names}
    if new:
        yield ""
        yield "[names] # to be translated: the file is not read before it is"
    for key, name in new.items():
        yield f'{key} = {{ en = "{name}", zh = "", zh_hant = "" }}'


def _stretches(off: Mapping[date, str]) -> Iterator[tuple[date, date, str]]:
    """Adjoining days of one name, as first day, last day and name."""
    stretch: list[date] = []
    for day in sorted(off):
        if stretch and (day - stretch[-1] > timedelta(days=1) or off[day] != off[stretch[0]]):
            yield stretch[0], stretch[-1], off[stretch[0]]
            stretch = []
        stretch.append(day)
    if stretch:
        yield stretch[0], stretch[-1], off[stretch[0]]
