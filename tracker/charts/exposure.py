"""The share of a hot list's top 10, 20 and 50 that matched, over time; gaps are hatched, never drawn as nought.

A day of which some hours were captured is outlined and says how many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.charts.pen import Point, both, drawing, hatched, line, n, path, rect, text, width_of
from tracker.dates import day_text, moment_text
from tracker.figures import Exposure, ExposurePoint, Share, Table

DEPTHS = (("top10", "d10"), ("top20", "d20"), ("top50", "d50"))
CEILINGS = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0)


def exposure(figure: Exposure) -> SafeString:
    return both(_drawn(figure, 760, 250, "w"), _drawn(figure, 330, 230, "n"))


def exposure_rows(figure: Exposure) -> Table:
    rows = [
        (_captured(slot), *((_said(share)) for share in (slot.top10, slot.top20, slot.top50)))
        for slot in _slots(figure)
    ]
    heads = (_("Captured"), _("Top 10"), _("Top 20"), _("Top 50"))
    return Table(caption=figure.title, heads=heads, rows=rows)


def _captured(slot: ExposurePoint) -> str:
    when = moment_text(slot.at) if isinstance(slot.at, datetime) else day_text(slot.at)
    return f"{when} · {_part_words(slot)}" if slot.is_part else when


def _part_words(slot: ExposurePoint) -> str:
    return _("captured %(hours)s of %(whole)s h") % {"hours": slot.hours, "whole": slot.whole}


def _said(share: Share | None) -> str:
    if share is None or share.value is None:
        return _("not captured")
    counts = _("%(matched)s of %(present)s rows") % {"matched": share.matched, "present": share.present}
    return f"{counts} ({100 * share.value:.1f} %)"


def _slots(figure: Exposure) -> list[ExposurePoint]:
    """One point a step from the first to the last, so that a missing hour is there to be seen as missing."""
    points = sorted(figure.points, key=lambda point: point.at)
    slots: list[ExposurePoint] = []
    for point in points:
        while slots and _following(slots[-1].at, figure.step) < point.at:
            slots.append(ExposurePoint(at=_following(slots[-1].at, figure.step)))
        slots.append(point)
    return slots


def _following(at: date, step: timedelta) -> date:
    return at + step


@dataclass(frozen=True, slots=True)
class _Frame:
    width: float
    height: float
    count: int
    ceiling: float
    left: float = 40
    top: float = 12

    @property
    def right(self) -> float:
        return self.width - 58

    @property
    def bottom(self) -> float:
        return self.height - 28

    @property
    def slot(self) -> float:
        return (self.right - self.left) / max(self.count, 1)

    def x(self, number: float) -> float:
        return self.left + self.slot * (number + 0.5)

    def y(self, value: float) -> float:
        return self.top + (self.bottom - self.top) * (1 - min(value / self.ceiling, 1))


def _values(slots: Sequence[ExposurePoint], depth: str) -> list[float | None]:
    shares: list[Share | None] = [getattr(slot, depth) for slot in slots]
    return [share.value if share else None for share in shares]


def _ceiling(slots: Sequence[ExposurePoint]) -> float:
    highest = max((v for depth, _css in DEPTHS for v in _values(slots, depth) if v is not None), default=0)
    return next(ceiling for ceiling in CEILINGS if highest <= ceiling)


def _drawn(figure: Exposure, width: float, height: float, variant: str) -> str:
    uid, slots = f"{figure.uid}-{variant}", _slots(figure)
    frame = _Frame(width=width, height=height, count=len(slots), ceiling=_ceiling(slots))
    parts = [*_gaps(slots, frame, uid), *_in_part(slots, frame), *_grid(frame), *_times(slots, frame)]
    if not slots:
        parts.append(text((frame.left + frame.right) / 2, height / 2, _("Nothing captured yet"), anchor="middle"))
    parts += [part for depth, css in DEPTHS for part in _series(_values(slots, depth), css, frame)]
    parts += _labels(slots, frame)
    return drawing(parts, uid=uid, width=width, height=height, title=figure.title, description=figure.description)


def _gaps(slots: Sequence[ExposurePoint], frame: _Frame, uid: str) -> list[str]:
    """Runs in which no depth was captured, as one hatched block each."""
    empty = [
        all(getattr(slot, depth) is None or getattr(slot, depth).value is None for depth, _c in DEPTHS)
        for slot in slots
    ]
    parts, start = [], 0
    while start < len(empty):
        stop = start
        while stop < len(empty) and empty[stop]:
            stop += 1
        if stop > start:
            left, room = frame.left + frame.slot * start, frame.slot * (stop - start)
            parts.append(hatched(left, frame.top, room, frame.bottom - frame.top, uid=uid))
            words = _("not captured")
            if room > width_of(words) + 8:
                parts.append(text(left + room / 2, frame.top + 16, words, css="t2 halo", anchor="middle"))
        start = max(stop, start + 1)
    return parts


def _in_part(slots: Sequence[ExposurePoint], frame: _Frame) -> list[str]:
    """An outline round each day captured in part, with the words where they have room."""
    parts = []
    for number, slot in enumerate(slots):
        if not slot.is_part:
            continue
        left, height = frame.left + frame.slot * number, frame.bottom - frame.top
        parts.append(rect(left + 1, frame.top, frame.slot - 2, height, css="part", radius=3))
        short = _("%(hours)s of %(whole)s h") % {"hours": slot.hours, "whole": slot.whole}
        if words := next((words for words in (_part_words(slot), short) if width_of(words) < frame.slot - 4), ""):
            parts.append(text(frame.x(number), frame.bottom - 8, words, css="t2 halo", anchor="middle"))
    return parts


def _grid(frame: _Frame) -> list[str]:
    parts = []
    for part in (0, 0.5, 1):
        value, y = frame.ceiling * part, frame.y(frame.ceiling * part)
        parts.append(path(f"M{n(frame.left)} {n(y)}H{n(frame.right)}", "grid" if part else "axis"))
        parts.append(text(frame.left - 8, y + 4, f"{100 * value:g} %", anchor="end"))
    return parts


def _times(slots: Sequence[ExposurePoint], frame: _Frame) -> list[str]:
    """First and last always, others where there is room."""
    if not slots:
        return []
    last = len(slots) - 1
    order = [0, last, *(round(last * part) for part in (0.5, 0.25, 0.75))]
    parts: list[str] = []
    taken: list[tuple[float, float]] = []
    for number in dict.fromkeys(order):
        words = _tick(slots[number].at)
        half = width_of(words) / 2 + 6
        x = min(max(frame.x(number), half), frame.width - half)
        if any(x - half < right and x + half > left for left, right in taken):
            continue
        taken.append((x - half, x + half))
        parts.append(text(x, frame.height - 8, words, anchor="middle"))
    return parts


def _tick(at: date) -> str:
    words = day_text(at, weekday=False, year=False)
    return f"{words} {at:%H:%M}" if isinstance(at, datetime) else words


def _series(values: Sequence[float | None], css: str, frame: _Frame) -> list[str]:
    """The line in pieces; a point alone between gaps is a dot, or it would not be seen."""
    runs: list[list[Point]] = [[]]
    for number, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((frame.x(number), frame.y(value)))
    parts = []
    for run in (run for run in runs if run):
        if len(run) == 1:
            parts.append(f'<circle class="dot {css}" cx="{n(run[0][0])}" cy="{n(run[0][1])}" r="2.5"/>')
        else:
            parts.append(path(line(run), f"ln {css}"))
    return parts


def _labels(slots: Sequence[ExposurePoint], frame: _Frame) -> list[str]:
    """The name of each line at its end, pushed apart so that none covers another."""
    names = {"d10": _("Top 10"), "d20": _("Top 20"), "d50": _("Top 50")}
    ends = []
    for depth, css in DEPTHS:
        known = [value for value in _values(slots, depth) if value is not None]
        if known:
            ends.append((frame.y(known[-1]), css))
    parts, floor = [], frame.top - 14.0
    ends.sort()
    for number, (y, css) in enumerate(ends):
        room_below = (len(ends) - 1 - number) * 14
        floor = max(floor + 14, min(y, frame.bottom - room_below))
        parts.append(text(frame.right + 8, floor + 4, names[css], css=f"lb {css}"))
    return parts
