"""Tasks closed against scope and plan, up to the due day; days nobody reported are gaps, shut days are hatched."""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.charts.pen import NARROW, Point, Scale, both, drawing, hatched, line, n, path, rect, text, width_of
from tracker.dates import day_text
from tracker.figures import BurnUp, Table


def burn_up(figure: BurnUp) -> SafeString:
    return both(_drawn(figure, 520, 258, "w"), _drawn(figure, 330, 240, "n"))


def burn_up_rows(figure: BurnUp) -> Table:
    scope = dict(figure.scope)
    rows, known = [], 0
    for on, closed in figure.closed:
        known = scope.get(on, known)
        said = _("not reported") if closed is None else str(closed)
        rows.append((day_text(on), said, str(known)))
    return Table(caption=figure.title, heads=(_("Day"), _("Closed"), _("In scope")), rows=rows)


class _Frame:
    """The paper: margins and the two scales of one drawing."""

    def __init__(self, figure: BurnUp, width: float, height: float) -> None:
        self.width, self.height, self.wide = width, height, width > NARROW
        self.left, self.right = 30.0, width - (84 if self.wide else 66)
        self.top, self.bottom = 12.0, height - 26
        self.peak = _peak(figure)
        self.x = Scale(figure.first, max(figure.due, figure.today, figure.first), self.left, self.right)

    def y(self, value: float) -> float:
        return self.top + (self.bottom - self.top) * (1 - min(value / (self.peak * 1.04), 1))


def _peak(figure: BurnUp) -> float:
    counted = [closed for _on, closed in figure.closed if closed is not None]
    return max([1, *counted, *(v for _on, v in figure.scope), *(v for _on, v in figure.plan)])


def _drawn(figure: BurnUp, width: float, height: float, variant: str) -> str:
    uid = f"{figure.uid}-{variant}"
    frame = _Frame(figure, width, height)
    parts = [
        *_holidays(figure, frame, uid),
        *_grid(frame),
        *_day_labels(figure, frame),
        *_lines(figure, frame),
        *_here(figure, frame),
        *_ends(figure, frame),
    ]
    return drawing(parts, uid=uid, width=width, height=height, title=figure.title, description=figure.description)


def _holidays(figure: BurnUp, frame: _Frame, uid: str) -> list[str]:
    parts = []
    for span in figure.holidays:
        if span.last < figure.first or span.first > frame.x.last:
            continue
        left = frame.x(span.first)
        room = frame.x(date.fromordinal(span.last.toordinal() + 1)) - left
        parts.append(rect(left, frame.top, room, frame.bottom - frame.top, css="hol"))
        parts.append(hatched(left, frame.top, room, frame.bottom - frame.top, uid=uid))
        if width_of(span.label) <= room:
            parts.append(text(left + room / 2, frame.bottom - 9, span.label, css="t2", anchor="middle"))
    return parts


def _grid(frame: _Frame) -> list[str]:
    step = max(1, round(frame.peak / 3))
    parts, value = [], 0.0
    while value <= frame.peak:
        y = frame.y(value)
        parts.append(path(f"M{n(frame.left)} {n(y)}H{n(frame.right)}", "grid" if value else "axis"))
        parts.append(text(frame.left - 8, y + 4, n(value), anchor="end"))
        value += step
    return parts


def _day_labels(figure: BurnUp, frame: _Frame) -> list[str]:
    """Today first, then the ends, then whatever else still has room."""
    parts: list[str] = []
    taken: list[tuple[float, float]] = []
    for on in [figure.today, figure.due, figure.first, *([figure.forecast] if figure.forecast else [])]:
        words = _("Today") if on == figure.today else day_text(on, weekday=False, year=False)
        half = width_of(words) / 2 + 5
        x = frame.x(on)
        if any(x - half < right and x + half > left for left, right in taken):
            continue
        taken.append((x - half, x + half))
        parts.append(text(x, frame.height - 8, words, css="ta" if on == figure.today else "", anchor="middle"))
    return parts


def _runs(figure: BurnUp, frame: _Frame) -> list[list[Point]]:
    """The closed line in pieces: an unreported day ends a piece."""
    runs: list[list[Point]] = [[]]
    for on, closed in figure.closed:
        if closed is None:
            runs.append([])
        elif on <= figure.today:
            runs[-1].append((frame.x(on), frame.y(closed)))
    return [run for run in runs if run]


def _stairs(points: list[tuple[date, int]], frame: _Frame) -> list[Point]:
    stairs: list[Point] = []
    for on, value in points:
        if stairs:
            stairs.append((frame.x(on), stairs[-1][1]))
        stairs.append((frame.x(on), frame.y(value)))
    return [*stairs, (frame.right, stairs[-1][1])] if stairs else []


def _lines(figure: BurnUp, frame: _Frame) -> list[str]:
    runs = _runs(figure, frame)
    floor = n(frame.y(0))
    parts = []
    if figure.scope:
        parts.append(path(line(_stairs(list(figure.scope), frame)), "scope"))
    if figure.plan:
        parts.append(path(line((frame.x(on), frame.y(value)) for on, value in figure.plan), "plan"))
    parts += [path(f"{line(run)}L{n(run[-1][0])} {floor}H{n(run[0][0])}z", "area") for run in runs]
    if runs and figure.forecast and figure.scope:
        target = (frame.x(figure.forecast), frame.y(figure.scope[-1][1]))
        parts.append(path(line([runs[-1][-1], target]), "fc"))
    return parts + [path(line([run[0], *run]), "done") for run in runs]


def _here(figure: BurnUp, frame: _Frame) -> list[str]:
    runs = _runs(figure, frame)
    parts = [path(f"M{n(frame.x(figure.today))} {n(frame.top)}V{n(frame.bottom)}", "now")]
    if not runs:
        words = _("Nothing reported yet")
        return [*parts, text((frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2, words, anchor="middle")]
    x, y = runs[-1][-1]
    parts.append(f'<circle class="todayf" cx="{n(x)}" cy="{n(y)}" r="5"/>')
    counted = [closed for on, closed in figure.closed if closed is not None and on <= figure.today]
    words = _("%(count)s closed") % {"count": counted[-1]}
    # On the right of the dot, unless the paper ends there; below it, unless the floor is near.
    fits = x + 12 + width_of(words, 14) <= frame.right + 4
    drop = 20 if y + 24 < frame.bottom else -10
    label = text(x + (11 if fits else -11), y + drop, words, css="ta big halo", anchor="start" if fits else "end")
    return [*parts, label]


def _ends(figure: BurnUp, frame: _Frame) -> list[str]:
    due, floor = frame.x(figure.due), frame.y(0)
    parts = [path(f"M{n(due)} {n(floor)}m-5 0l5 -8l5 8z", "end")]
    words = day_text(figure.due, weekday=False, year=False)
    said = _("Due %(day)s") % {"day": words} if frame.wide else _("Due")
    parts.append(text(frame.right + 8, floor - 4, said, css="t1"))
    if figure.scope:
        count = figure.scope[-1][1]
        said = (_("%(count)s in scope") if frame.wide else _("of %(count)s")) % {"count": count}
        parts.append(text(frame.right + 8, frame.y(count) + 4, said, css="t1"))
    return parts
