"""Which days are working days, by place and year, as read from calendars/*.toml. Years for which no
arrangement is published are filled with what the law itself fixes, and say that they are unpublished.

A calendar file (also what `due --calendar-file` and an imported arrangement look like):

    id = "CN"                            # the calendar it is, or replaces
    base = "CN"                          # optional: everything not said here is as in that calendar
    version = "2026-11-30"               # what a date worked out with it will name
    title_en = "China"                   # title_zh, title_zh_hant, zone, weekend, source likewise
    fictional = true                     # optional: invented, for exercises; said wherever it is named
    [names]                              # each name used below
    new_year = { en = "New Year's Day", zh = "元旦", zh_hant = "元旦" }
    [years.2027]                         # a published year
    source = "the notice and its number"
    off = [{ from = 2027-01-01, to = 2027-01-03, name = "new_year" }]
    work = [2027-01-09]                  # make-up days: weekend days that are worked
    [statutory.2028]                     # an unpublished year: the days fixed by law
    off = [{ from = 2028-01-01, name = "new_year" }]
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property, lru_cache
from itertools import accumulate, compress
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cases.law.reading import LawError, OutOfRange, Path, Source, Table, UnknownName, text
from cases.law.sentences import Said, say

FIRST = date(1970, 1, 1)
LAST = date(2099, 12, 31)
_FIRST, _LAST = FIRST.toordinal(), LAST.toordinal()

WORKING, WEEKEND, HOLIDAY, MAKE_UP = range(4)
KINDS = ("working", "weekend", "holiday", "make_up")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Name(NamedTuple):
    en: str
    zh: str
    zh_hant: str


class Day(NamedTuple):
    """One day of a calendar: working, weekend, holiday or make_up, with its holiday's name."""

    date: date
    kind: str
    name_en: str = ""
    name_zh: str = ""
    name_zh_hant: str = ""


class Stretch(NamedTuple):
    """Adjoining days of one kind, as ordinals, both ends included."""

    start: int
    end: int
    kind: int


@dataclass(frozen=True)
class Year:
    """What one year's arrangement says."""

    off: Mapping[date, str]
    work: frozenset[date]
    published: bool
    source: str


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working days between 1970 and 2099, looked up by ordinal."""

    id: str
    version: str
    title_en: str
    title_zh: str
    title_zh_hant: str
    zone: str
    weekend: frozenset[int]
    source: str
    confidence: str
    note: str
    names: Mapping[str, Name]
    years: Mapping[int, Year]
    every_year: Mapping[str, str] = field(default_factory=dict)
    is_fictional: bool = False

    @cached_property
    def published_years(self) -> frozenset[int]:
        return frozenset(number for number, year in self.years.items() if year.published)

    def is_published(self, year: int) -> bool:
        return year in self.published_years

    def lacks(self, year: int) -> bool:
        """A year whose arrangement is long out and not held here; one still to come is only not published yet."""
        return not self.is_published(year) and year < max(self.published_years, default=year)

    def source_of(self, year: int) -> str:
        return self.years[year].source or self.source if year in self.years else self.source

    @cached_property
    def _off(self) -> dict[date, str]:
        off = {day: name for year in self.years.values() for day, name in year.off.items()}
        for year in set(range(FIRST.year, LAST.year + 1)) - set(self.years):
            off.update({date.fromisoformat(f"{year}-{day}"): name for day, name in self.every_year.items()})
        return off

    @cached_property
    def _kinds(self) -> bytearray:
        week = bytes(WEEKEND if (_FIRST + i - 1) % 7 in self.weekend else WORKING for i in range(7))
        length = _LAST - _FIRST + 1
        kinds = bytearray((week * (length // 7 + 1))[:length])
        for day in self._off:
            kinds[day.toordinal() - _FIRST] = HOLIDAY
        for year in self.years.values():
            for day in year.work:
                kinds[day.toordinal() - _FIRST] = MAKE_UP
        return kinds

    @cached_property
    def _worked(self) -> array[int]:
        """For each day, how many working days there are up to and including it."""
        return array("i", accumulate(kind in (WORKING, MAKE_UP) for kind in self._kinds))

    @cached_property
    def _working_days(self) -> array[int]:
        worked = (kind in (WORKING, MAKE_UP) for kind in self._kinds)
        return array("i", compress(range(_FIRST, _LAST + 1), worked))

    @cached_property
    def _stretches(self) -> tuple[array[int], list[Stretch]]:
        kinds, start = self._kinds, 0
        found = []
        for i in range(1, len(kinds) + 1):
            if i == len(kinds) or kinds[i] != kinds[start]:
                found.append(Stretch(_FIRST + start, _FIRST + i - 1, kinds[start]))
                start = i
        return array("i", (stretch.end for stretch in found)), found

    # By ordinal: the counting profiles live on these.

    def check_reach(self, day: int) -> None:
        """Refuse a day that no calendar reaches."""
        _offset(day)

    def is_working_ordinal(self, day: int) -> bool:
        return self._kinds[_offset(day)] in (WORKING, MAKE_UP)

    def worked_through(self, day: int) -> int:
        """How many working days lie between the first day of the calendar and `day`, both included."""
        return self._worked[_offset(day)]

    def nth_working(self, n: int) -> int:
        """The ordinal of the n-th working day of the calendar, counted from 1."""
        if not 1 <= n <= len(self._working_days):
            raise OutOfRange(say("count_out_of_calendar", first=FIRST.year, last=LAST.year))
        return self._working_days[n - 1]

    def roll_forward(self, day: int) -> int:
        return day if self.is_working_ordinal(day) else self.nth_working(self.worked_through(day) + 1)

    def roll_back(self, day: int) -> int:
        return self.nth_working(self.worked_through(day))

    def stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """The days from `start` to `end` in stretches of one kind."""
        _offset(start), _offset(end)
        ends, found = self._stretches
        at = bisect_left(ends, start)
        while start <= end:
            stretch = found[at]
            yield Stretch(start, min(stretch.end, end), stretch.kind)
            start, at = stretch.end + 1, at + 1

    # By date: the pages and reminders read these.

    def day(self, day: date) -> Day:
        kind = self._kinds[_offset(day.toordinal())]
        name = self.names[self._off[day]] if kind == HOLIDAY else Name("", "", "")
        return Day(day, KINDS[kind], *name)

    def is_working(self, day: date) -> bool:
        return self.is_working_ordinal(day.toordinal())

    def last_working_on_or_before(self, day: date) -> date:
        return date.fromordinal(self.roll_back(day.toordinal()))

    def next_working_on_or_after(self, day: date) -> date:
        return date.fromordinal(self.roll_forward(day.toordinal()))

    def working_days_between(self, start: date, end: date) -> int:
        """The working days after `start`, through `end`; negative when `end` comes first."""
        return self.worked_through(end.toordinal()) - self.worked_through(start.toordinal())


def _offset(day: int) -> int:
    if not _FIRST <= day <= _LAST:
        raise OutOfRange(say("date_out_of_calendar", first=FIRST.year, last=LAST.year))
    return day - _FIRST


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name in the IANA database."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:  # zoneinfo lets an OSError out for "Europe", a directory
        raise UnknownName("zone", name) from error


class NoSuchTime(LawError):
    """A local time that clocks going forward pass over."""

    def __init__(self, when: datetime, zone: tzinfo) -> None:
        super().__init__(say("no_such_time", when=when.isoformat(), zone=str(zone)))


def placed(when: datetime, zone: tzinfo) -> datetime:
    """A local time as an instant in its zone; of one that comes twice, when clocks go back, the earlier."""
    found = when.replace(tzinfo=zone, fold=0)
    if found.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != when.replace(tzinfo=None, fold=0):
        raise NoSuchTime(when, zone)
    return found


_TITLES: Mapping[str, type] = {
    "title_en": str,
    "title_zh": str,
    "title_zh_hant": str,
    "zone": str,
    "weekend": list,
    "source": str,
}
_OPTIONAL: Mapping[str, type] = {
    "confidence": str,
    "note": str,
    "base": str,
    "every_year": dict,
    "names": dict,
    "years": dict,
    "statutory": dict,
    "fictional": bool,
}


def read_calendar(content: str, file: str, base: Mapping[str, Calendar]) -> Calendar:
    """One calendar from its TOML text; what a `base` calendar says holds where the text is silent."""
    source = Source(file, content)
    under = _base(source, base)
    required = {"id": str, "version": str, **({} if under else _TITLES)}
    table = source.check(source.data, (), required, {**_OPTIONAL, **_TITLES})
    names = {**(under.names if under else {}), **_names(source, table)}
    every_year = _every_year(source, table, names) or (under.every_year if under else {})
    weekend = _weekend(source, table) if "weekend" in table else under.weekend if under else frozenset()
    return Calendar(
        id=text(table, "id"),
        version=f"{table['id']}@{table['version']}",
        title_en=text(table, "title_en") or (under.title_en if under else ""),
        title_zh=text(table, "title_zh") or (under.title_zh if under else ""),
        title_zh_hant=text(table, "title_zh_hant") or (under.title_zh_hant if under else ""),
        zone=_zone(source, table) or (under.zone if under else ""),
        weekend=weekend,
        source=text(table, "source") or (under.source if under else ""),
        confidence=text(table, "confidence") or (under.confidence if under else ""),
        note=text(table, "note"),
        names=names,
        years={
            **(under.years if under else {}),
            **_years(source, table, "statutory", names, weekend),
            **_years(source, table, "years", names, weekend),
        },
        every_year=every_year,
        is_fictional=table.get("fictional") is True or (under is not None and under.is_fictional),
    )


def _base(source: Source, base: Mapping[str, Calendar]) -> Calendar | None:
    name = source.data.get("base")
    if name is None:
        return None
    if not isinstance(name, str) or name not in base:
        source.refuse(say("base_unknown", name=repr(name)), "base")
    return base[name]


def _zone(source: Source, table: Table) -> str:
    name = text(table, "zone")
    if name:
        try:
            zone_named(name)
        except UnknownName as error:
            source.refuse(error.said, "zone")
    return name


def _weekend(source: Source, table: Table) -> frozenset[int]:
    words = source.words(table, (), "weekend", frozenset(_WEEKDAYS), "weekday")
    return frozenset(_WEEKDAYS.index(word) for word in words)


def _names(source: Source, table: Table) -> dict[str, Name]:
    names = table.get("names", {})
    assert isinstance(names, dict)
    wanted = {"en": str, "zh": str, "zh_hant": str}
    checked = {key: source.check(value, ("names", key), wanted, {}) for key, value in names.items()}
    return {key: Name(*(text(name, language) for language in wanted)) for key, name in checked.items()}


def _every_year(source: Source, table: Table, names: Mapping[str, Name]) -> dict[str, str]:
    days = table.get("every_year", {})
    assert isinstance(days, dict)
    for day, name in days.items():
        try:
            date.fromisoformat(f"2023-{day}")
        except ValueError:
            source.refuse(say("no_month_and_day", day=repr(day)), "every_year")
        if name not in names:
            source.refuse(_unknown_name(name, "every_year"), "every_year")
    return days


def _unknown_name(name: str, key: str) -> Said:
    return say("unknown_in", kind=say("kind_name"), name=repr(name), key=key)


def _years(
    source: Source, table: Table, key: str, names: Mapping[str, Name], weekend: frozenset[int]
) -> dict[int, Year]:
    years = table.get(key, {})
    assert isinstance(years, dict)
    found = {_year_number(source, key, year): _year(source, key, year, value, names) for year, value in years.items()}
    for number, year in found.items():
        for day in sorted(year.work):
            if day.weekday() not in weekend:
                source.refuse(say("work_in_the_week", day=str(day)), key, str(number), "work")
    return found


def _year_number(source: Source, key: str, year: str) -> int:
    if not (year.isascii() and year.isdigit() and FIRST.year <= int(year) <= LAST.year):
        source.refuse(say("no_year", year=repr(year), first=FIRST.year, last=LAST.year), key, year)
    return int(year)


def _year(source: Source, key: str, year: str, value: object, names: Mapping[str, Name]) -> Year:
    path: Path = (key, year)
    table = source.check(value, path, {"off": list}, {"work": list, "source": str})
    if key == "years" and not text(table, "source").strip():
        source.refuse(say("no_source"), *path)
    off: dict[date, str] = {}
    for item in _list(table, "off"):
        for day, name in _off_days(source, path, item, names):
            if day in off:
                source.refuse(say("off_twice", day=str(day)), *path, "off")
            off[day] = name
    work = _list(table, "work")
    for day in work:
        if type(day) is not date or day in off or day.year != int(year):
            source.refuse(say("no_work_day", day=str(day), year=year), *path, "work")
    if twice := sorted({day for day in work if work.count(day) > 1}):
        source.refuse(say("work_twice", day=str(twice[0])), *path, "work")
    return Year(off, frozenset(work), key == "years", text(table, "source"))


def _list(table: Table, key: str) -> list[date]:
    value = table.get(key, [])
    assert isinstance(value, list)
    return value


def _off_days(source: Source, path: Path, item: object, names: Mapping[str, Name]) -> Iterator[tuple[date, str]]:
    table = source.check(item, (*path, "off"), {"from": date, "name": str}, {"to": date})
    start, end, name = table["from"], table.get("to", table["from"]), text(table, "name")
    assert isinstance(start, date)
    assert isinstance(end, date)
    if name not in names:
        source.refuse(_unknown_name(name, "off"), *path, "off")
    if not start <= end or {start.year, end.year} != {int(str(path[-1]))}:
        stretch = say("no_stretch", start=str(start), end=str(end), year=str(path[-1]))
        source.refuse(stretch, *path, "off")
    return ((start + timedelta(days=i), name) for i in range((end - start).days + 1))
