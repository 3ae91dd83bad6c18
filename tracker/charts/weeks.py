"""Days in rows: the ribbon of the coming weeks with what falls due, and the calendar of one counting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tracker.charts.pen import both, clipped, drawing, hatched, n, path, rect, shape, text, width_of
from tracker.dates import WEEKDAYS, day_text, month_text, weekday_initial
from tracker.figures import Day, DayKind, Mark, Ribbon, Table, Tone, WorkingCalendar

FULL_WEEKS = 14  # a longer counting shows its first and last weeks, and says how many lie between
SHOWN_WEEKS = 6
MARK_LEVELS = 6
LEAST_WORDS = 40  # no room for fewer: then the shape stands alone
WORST_FIRST: tuple[Tone, ...] = ("red", "amber", "blue", "grey", "green")

_CELL: dict[DayKind, str] = {
    "working": "cell",
    "makeup": "cell",
    "off": "cell off",
    "holiday": "cell hol",
    "unknown": "cell unk",
}
# What the Chinese calendar prints on a day: 休 shut by holiday, 班 worked in exchange.
_PRINT: dict[DayKind, str] = {"holiday": "休", "makeup": "班", "unknown": "?"}


def ribbon(figure: Ribbon) -> SafeString:
    return both(_ribbon(figure), _ribbon_grid(figure))


def ribbon_rows(figure: Ribbon) -> Table:
    rows = [(day_text(mark.on), mark.label) for mark in sorted(figure.marks, key=lambda mark: mark.on)]
    return Table(caption=figure.title, heads=(_("Day"), _("What falls due")), rows=rows)


def working_calendar(figure: WorkingCalendar) -> SafeString:
    """The days of a counting in weeks, each counted day with its number; hatched days were skipped."""
    grid = _Grid(figure.days, uid=figure.uid, today=figure.today, row=34)
    return mark_safe(_drawn_grid(grid, figure.title, {}))  # noqa: S308 (the pen escapes)


def working_calendar_rows(figure: WorkingCalendar) -> Table:
    rows = [(day_text(day.on), _kind_text(day), "" if day.count is None else str(day.count)) for day in figure.days]
    return Table(caption=figure.title, heads=(_("Day"), _("Kind of day"), _("Counted as")), rows=rows)


def _kind_text(day: Day) -> str:
    words = {
        "working": pgettext("kind of day", "working day"),
        "off": pgettext("kind of day", "weekend"),
        "holiday": pgettext("kind of day", "public holiday"),
        "makeup": pgettext("kind of day", "make-up working day"),
        "unknown": pgettext("kind of day", "calendar not published"),
    }[day.kind]
    return f"{words} ({day.label})" if day.label else words


# ── ribbon ──


@dataclass(frozen=True, slots=True)
class _Flag:
    """One day's mark as it will be drawn: where, on which line, with which words."""

    x: float
    tone: Tone
    words: str
    leftward: bool = False
    level: int = 0

    @property
    def span(self) -> tuple[float, float]:
        room = width_of(self.words) + 20 if self.words else 10
        return (self.x - room, self.x + 10) if self.leftward else (self.x - 10, self.x + room)


def _flags(figure: Ribbon, width: float, cell: float) -> list[_Flag]:
    """A flag a day: the worst tone, its label, and how many more there are."""
    first, known = figure.days[0].on, {day.on for day in figure.days}
    by_day: dict[date, list[Mark]] = {}
    for mark in sorted(figure.marks, key=lambda mark: (mark.on, WORST_FIRST.index(mark.tone))):
        if mark.on in known:
            by_day.setdefault(mark.on, []).append(mark)
    flags = []
    for on, marks in by_day.items():
        more = f" +{len(marks) - 1}" if len(marks) > 1 else ""
        words = clipped(marks[0].label, width * 0.4) + more
        flags.append(_Flag((on - first).days * cell + cell / 2, marks[0].tone, words))
    return flags


def _turned(flags: Sequence[_Flag], width: float) -> list[_Flag]:
    """Each label to the right of its stem, or to the left where paper or a left-going stem ends the room."""
    turned: list[_Flag] = []
    edge = width
    for flag in reversed(flags):
        needs = width_of(flag.words) + 16
        if flag.x + needs > edge and flag.x >= needs:
            turned.append(replace(flag, leftward=True))
            edge = flag.x - 10
        else:
            room = edge - flag.x - 14
            turned.append(replace(flag, words=clipped(flag.words, room) if room > LEAST_WORDS else ""))
    return turned


def _levelled(flags: Sequence[_Flag], width: float) -> list[_Flag]:
    """Every label above the stems it passes over; one that finds no line keeps its shape and loses its words."""
    turned = _turned(flags, width)
    placed: list[_Flag] = []
    for flag in [f for f in turned if not f.leftward] + [f for f in reversed(turned) if f.leftward]:
        placed.append(_raised(flag, placed))
    return sorted(placed, key=lambda flag: flag.x)


def _raised(flag: _Flag, placed: Sequence[_Flag]) -> _Flag:
    left, right = flag.span
    under = [other.level for other in placed if other.span[0] < right and other.span[1] > left]
    level = max(under, default=-1) + 1
    return replace(flag, words="") if level >= MARK_LEVELS else replace(flag, level=level)


def _ribbon(figure: Ribbon, width: float = 648) -> str:
    if not figure.days:
        return _nothing(figure.uid + "-w", figure.title, width)
    uid, cell = f"{figure.uid}-w", width / len(figure.days)
    flags = _levelled(_flags(figure, width, cell), width)
    highest = max((flag.level for flag in flags), default=-1)
    top = 12 + (highest + 1) * 19
    strip = _Strip(figure=figure, cell=cell, top=top, uid=uid)
    parts = [part for i, day in enumerate(figure.days) for part in _ribbon_day(strip, day, i)]
    for flag in flags:
        parts += _drawn_flag(flag, y=10 + (highest - flag.level) * 19, top=top)
    return drawing(parts, uid=uid, width=width, height=top + 62, title=figure.title)


def _drawn_flag(flag: _Flag, *, y: float, top: float) -> list[str]:
    stem = f'<g class="{flag.tone}">{path(f"M{n(flag.x)} {n(y + 6)}V{n(top - 1)}", "sk stem")}</g>'
    parts = [stem, shape(flag.tone, flag.x - 7, y - 8)]
    if flag.words:
        at = flag.x - 12 if flag.leftward else flag.x + 12
        parts.append(text(at, y + 4, flag.words, css="t2 halo", anchor="end" if flag.leftward else "start"))
    return parts


@dataclass(frozen=True, slots=True)
class _Strip:
    figure: Ribbon
    cell: float
    top: float
    uid: str


def _ribbon_day(strip: _Strip, day: Day, number: int) -> list[str]:
    cell, top, today = strip.cell, strip.top, day.on == strip.figure.today
    x, middle = number * cell, number * cell + cell / 2
    parts = [rect(x + 1, top, cell - 2, 42, css=_CELL[day.kind], radius=5)]
    if day.kind == "holiday":
        parts.append(hatched(x + 1, top, cell - 2, 42, uid=strip.uid, radius=5))
    css = "ta" if today else "t1" if day.kind in {"working", "makeup"} else ""
    parts.append(text(middle, top + 17, str(day.on.day), css=css, anchor="middle"))
    below = _PRINT.get(day.kind) or weekday_initial(day.on)
    parts.append(text(middle, top + 33, below, css="t2" if day.kind == "makeup" else "", anchor="middle"))
    if today:
        parts.append(rect(x + 1, top, cell - 2, 42, css="today", radius=5))
    if day.on.day == 1 or number == 0:
        parts.append(text(x + 2, top + 58, month_text(day.on), css="t2"))
    return parts


def _ribbon_grid(figure: Ribbon) -> str:
    if not figure.days:
        return _nothing(figure.uid + "-n", figure.title, 330)
    marks: dict[date, list[Tone]] = {}
    for mark in figure.marks:
        marks.setdefault(mark.on, []).append(mark.tone)
    grid = _Grid(figure.days, uid=f"{figure.uid}-n", today=figure.today, row=42)
    return _drawn_grid(grid, figure.title, marks)


def _nothing(uid: str, title: str, width: float) -> str:
    words = text(width / 2, 24, _("Nothing to show"), anchor="middle")
    return drawing([words], uid=uid, width=width, height=40, title=title)


# ── the grid of weeks ──


class _Grid:
    """Whole weeks from Monday, Monday first, as rows; days outside the figure are printed faint."""

    def __init__(self, days: Sequence[Day], *, uid: str, today: date | None, row: float) -> None:
        self.days = {day.on: day for day in days}
        self.uid, self.today, self.row, self.width, self.gutter = uid, today, row, 330.0, 34.0
        self.cell = (self.width - self.gutter) / 7
        self.weeks = self._weeks()
        self.height = 20 + sum(self.row if week else 24 for week in self.weeks)

    def _weeks(self) -> list[date | None]:
        """The Mondays to draw; None stands where weeks are left out."""
        if not self.days:
            return []
        first, last = min(self.days), max(self.days)
        monday = first - timedelta(days=first.weekday())
        count = (last - monday).days // 7 + 1
        mondays: list[date | None] = [monday + timedelta(weeks=i) for i in range(count)]
        if count <= FULL_WEEKS:
            return mondays
        return [*mondays[:SHOWN_WEEKS], None, *mondays[-SHOWN_WEEKS:]]

    @property
    def left_out(self) -> int:
        first, last = min(self.days), max(self.days)
        return ((last - (first - timedelta(days=first.weekday()))).days // 7 + 1) - 2 * SHOWN_WEEKS


def _drawn_grid(grid: _Grid, title: str, marks: Mapping[date, list[Tone]]) -> str:
    if not grid.weeks:
        return _nothing(grid.uid, title, grid.width)
    parts = [_head(grid, i) for i in range(7)]
    y = 20.0
    for number, monday in enumerate(grid.weeks):
        if monday is None:
            parts.append(_ellipsis(grid, y))
            y += 24
            continue
        parts += _week(grid, monday, number, y, marks)
        y += grid.row
    return drawing(parts, uid=grid.uid, width=grid.width, height=y, title=title)


def _head(grid: _Grid, column: int) -> str:
    monday = date(2024, 1, 1)
    words = weekday_initial(monday + timedelta(days=column))
    words = WEEKDAYS[column][:2] if words.isascii() else words
    return text(grid.gutter + grid.cell * (column + 0.5), 12, words, anchor="middle")


def _ellipsis(grid: _Grid, y: float) -> str:
    words = ngettext("%(n)s week between", "%(n)s weeks between", grid.left_out) % {"n": grid.left_out}
    return text(grid.gutter + (grid.width - grid.gutter) / 2, y + 16, f"⋯ {words} ⋯", css="t2", anchor="middle")


def _week(grid: _Grid, monday: date, number: int, y: float, marks: Mapping[date, list[Tone]]) -> list[str]:
    days = [monday + timedelta(days=i) for i in range(7)]
    parts = []
    after_gap = number > 0 and grid.weeks[number - 1] is None
    named = next((on for on in days if on.day == 1), days[0] if number == 0 or after_gap else None)
    if named:
        parts.append(text(0, y + grid.row / 2 + 4, month_text(named, year=False), css="t2"))
    for column, on in enumerate(days):
        x = grid.gutter + column * grid.cell
        day = grid.days.get(on)
        parts += _day_cell(grid, day, x, y) if day else [text(x + 7, y + 15, str(on.day), css="out")]
        for k, tone in enumerate(marks.get(on, [])[:2]):
            parts.append(shape(tone, x + 7 + k * 15, y + grid.row - 16, 0.8))
    return parts


def _day_cell(grid: _Grid, day: Day, x: float, y: float) -> list[str]:
    css = "cell dueday" if day.is_end else "cell cnt" if day.count else _CELL[day.kind]
    place = (x + 1.5, y + 1.5, grid.cell - 3, grid.row - 3)
    parts = [rect(*place, css=css, radius=5)]
    if day.kind == "holiday" and not day.is_end:
        parts.append(hatched(*place, uid=grid.uid, radius=5))
    if day.on == grid.today:
        parts.append(rect(*place, css="today", radius=5))
    return parts + _day_words(grid, day, x, y)


def _day_words(grid: _Grid, day: Day, x: float, y: float) -> list[str]:
    strong = "te" if day.is_end else "t1" if day.count else "ta" if day.on == grid.today else ""
    parts = [text(x + 7, y + 15, str(day.on.day), css=strong)]
    count = 0 if day.count is None and day.is_start else day.count
    if count is not None:
        css = "te" if day.is_end else "ta" if day.count else ""
        parts.append(text(x + grid.cell - 7, y + grid.row - 7, str(count), css=css, anchor="end"))
    printed = _PRINT.get(day.kind)
    if printed:
        css = "te" if day.is_end else "t2" if day.kind == "makeup" else ""
        parts.append(text(x + grid.cell - 6, y + 15, printed, css=css, anchor="end"))
    return parts
