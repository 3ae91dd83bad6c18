"""Deadlines as bars on one time axis; a deadline without dates keeps its row and its note, and gets no bar."""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.charts.pen import (
    NARROW,
    Scale,
    both,
    clipped,
    days_between,
    drawing,
    hatched,
    n,
    path,
    rect,
    shape,
    text,
    width_of,
)
from tracker.dates import day_text
from tracker.figures import Gantt, GanttRow, Table

LONG_AXIS = 100  # days; beyond it only the firsts of months are named
YEARLY_AXIS = 300  # days; beyond it the year is said too
MID_MONTH = 15


def gantt(figure: Gantt) -> SafeString:
    return both(_drawn(figure, 980, "w"), _drawn(figure, 330, "n"))


def gantt_rows(figure: Gantt) -> Table:
    rows = [(row.label, _day(row.first), _day(row.last), row.note) for row in figure.rows]
    return Table(caption=figure.title, heads=(_("Deadline"), _("From"), _("Until"), _("Note")), rows=rows)


def _day(on: date | None) -> str:
    return day_text(on) if on else _("not known")


class _Frame:
    def __init__(self, figure: Gantt, width: float) -> None:
        self.width, self.narrow = width, width <= NARROW
        self.row = 50 if self.narrow else 36
        self.top = 26
        self.left = 0 if self.narrow else 236
        self.right = width - (24 if self.narrow else 132)
        self.height = self.top + self.row * max(len(figure.rows), 1) + 6
        self.x = Scale(figure.first, figure.last, self.left, self.right)


def _drawn(figure: Gantt, width: float, variant: str) -> str:
    uid = f"{figure.uid}-{variant}"
    frame = _Frame(figure, width)
    parts = [*_ticks(figure, frame), *_holidays(figure, frame, uid)]
    today = _today(figure, frame)
    bars = [part for i, row in enumerate(figure.rows) for part in _bar(figure, row, frame, i)]
    if not figure.rows:
        bars = [text(width / 2, frame.top + 22, _("No deadlines yet"), anchor="middle")]
    # On a phone the labels stand on the bars, so the line of today goes under them.
    parts += [*today, *bars] if frame.narrow else [*bars, *today]
    return drawing(parts, uid=uid, width=width, height=frame.height, title=figure.title)


def _tick_days(figure: Gantt) -> list[date]:
    """Firsts of months, with mid-months where the axis is short, and every n-th month where it is long."""
    span = days_between(figure.first, figure.last)
    starts = [on for i in range(span + 1) if (on := date.fromordinal(figure.first.toordinal() + i)).day == 1]
    if span > LONG_AXIS:
        every = max(1, len(starts) // 5)
        return starts[::every]
    months = dict.fromkeys([figure.first.replace(day=1), *starts])
    middles = [on for month in months if figure.first <= (on := month.replace(day=MID_MONTH)) <= figure.last]
    return sorted(starts + middles)


def _ticks(figure: Gantt, frame: _Frame) -> list[str]:
    parts, used = [], [_today_box(figure, frame)] if figure.first <= figure.today <= figure.last else []
    long = days_between(figure.first, figure.last) > YEARLY_AXIS
    for on in _tick_days(figure):
        x, words = frame.x(on), day_text(on, weekday=False, year=long)
        parts.append(path(f"M{n(x)} {frame.top - 6}V{n(frame.height - 6)}", "grid"))
        box = (x + 2, x + 8 + width_of(words))
        if box[1] > frame.width or any(box[0] < right and box[1] > left for left, right in used):
            continue
        used.append(box)
        parts.append(text(x + 4, 12, words))
    return parts


def _holidays(figure: Gantt, frame: _Frame, uid: str) -> list[str]:
    parts = []
    for span in figure.holidays:
        if span.last < figure.first or span.first > figure.last:
            continue
        left, right = frame.x(span.first), frame.x(date.fromordinal(span.last.toordinal() + 1))
        parts.append(hatched(left, frame.top - 6, right - left, frame.height - frame.top, uid=uid))
    return parts


def _today_box(figure: Gantt, frame: _Frame) -> tuple[float, float]:
    half = width_of(_("Today")) / 2 + 9
    middle = min(max(frame.x(figure.today), half), frame.width - half)
    return middle - half, middle + half


def _today(figure: Gantt, frame: _Frame) -> list[str]:
    if not figure.first <= figure.today <= figure.last:
        return []
    x, (left, right) = frame.x(figure.today), _today_box(figure, frame)
    return [
        path(f"M{n(x)} 18V{n(frame.height - 6)}", "todayl"),
        rect(left, 0, right - left, 18, css="todayf", radius=4),
        text((left + right) / 2, 13, _("Today"), css="tw", anchor="middle"),
    ]


def _bar(figure: Gantt, row: GanttRow, frame: _Frame, number: int) -> list[str]:
    y = frame.top + number * frame.row
    bar_y = y + (22 if frame.narrow else 8)
    note_room = width_of(row.note) + 10
    room = frame.width - note_room if frame.narrow else frame.left - 14
    label_y = y + 14 if frame.narrow else bar_y + 12
    css = "t1 halo" if frame.narrow else "t1"
    parts = [text(0, label_y, clipped(row.label, room), css=css)]
    parts.append(text(frame.width, label_y, row.note, css="t2 halo", anchor="end"))
    if row.first is None or row.last is None:
        # On a phone the note stands above the line, elsewhere at its end.
        end = frame.right if frame.narrow else min(frame.right, frame.width - note_room)
        return [*parts, path(f"M{n(frame.left)} {bar_y + 8}H{n(end)}", "unknown")]
    left, right = frame.x(row.first), frame.x(row.last)
    done = _done(figure, row) * (right - left)
    bar = rect(left, bar_y, right - left, 16, css="track", radius=4) + rect(left, bar_y, done, 16, css="f", radius=4)
    return [*parts, f'<g class="{row.tone}">{bar}</g>', shape(row.tone, right + 6, bar_y + 1)]


def _done(figure: Gantt, row: GanttRow) -> float:
    """The share done where one is known; otherwise the time gone by."""
    if row.share is not None:
        return min(max(row.share, 0), 1)
    if row.first is None or row.last is None or row.last <= row.first:
        return 1 if row.last and figure.today >= row.last else 0
    return min(max(days_between(row.first, figure.today) / days_between(row.first, row.last), 0), 1)
