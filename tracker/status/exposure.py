"""Exposure of a captured list: matched rows of the rows present at rank N or better, per hour and per day.

Figures only, and no cause. An hour nobody captured is a gap, never a zero; rows the board left unclassified are
unknown, not harmless; advertisements are part of the rows and counted apart.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import Lag, TruncDate, TruncHour

from cases.models import Capture, Case, FlagState, Import, Sighting
from tracker import figures

DEPTHS: Final = (10, 20, 50)
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Depth:
    """The rows at rank `depth` or better; `advertisements` are those among the matched."""

    depth: int
    matched: int
    advertisements: int
    present: int
    unknown: int

    @property
    def share(self) -> float | None:
        return self.matched / self.present if self.present else None

    @property
    def unknown_share(self) -> float | None:
        return self.unknown / self.present if self.present else None


@dataclass(frozen=True, slots=True)
class Point:
    """One hour (datetime) or one day (date) of which there is at least one capture: `hours` of the `whole` it has."""

    at: date
    hours: int
    whole: int
    rows: int
    advertisements: int
    top10: Depth
    top20: Depth
    top50: Depth


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours between two captures of which there is none: from the first missing to the next captured."""

    start: datetime
    until: datetime

    @property
    def hours(self) -> int:
        return (self.until - self.start) // HOUR


@dataclass(frozen=True, slots=True)
class Exposure:
    """What has no point was not captured. `gaps` are hours also where the points are days."""

    surface: str
    step: timedelta
    points: tuple[Point, ...]
    gaps: tuple[Gap, ...]

    @property
    def hours(self) -> int:
        return sum(point.hours for point in self.points)

    @property
    def hours_missing(self) -> int:
        return sum(gap.hours for gap in self.gaps)


def surfaces(case: Case) -> list[str]:
    """The lists that were read into the case, by name."""
    return list(Import.objects.filter(case=case).order_by("surface").values_list("surface", flat=True).distinct())


def hourly(
    case: Case, *, surface: str, zone: tzinfo, start: datetime | None = None, until: datetime | None = None
) -> Exposure:
    """Hours are those of the clock everywhere (UTC), shown in `zone`; `until` is the first instant left out."""
    looks, seen = _within(case, surface, start, until)
    hour = TruncHour("captured_at", tzinfo=UTC), TruncHour("capture__captured_at", tzinfo=UTC)
    points = _points(looks, seen, *hour, show=lambda at: (at.astimezone(zone), 1))
    return Exposure(surface, HOUR, points, _gaps(looks, zone))


def daily(
    case: Case, *, surface: str, zone: tzinfo, start: datetime | None = None, until: datetime | None = None
) -> Exposure:
    """Days are those of `zone`. A day is of the hours that were captured on it, however few: `hours` says."""
    looks, seen = _within(case, surface, start, until)
    day = TruncDate("captured_at", tzinfo=zone), TruncDate("capture__captured_at", tzinfo=zone)
    points = _points(looks, seen, *day, show=lambda on: (on, _hours_of(on, zone)))
    return Exposure(surface, timedelta(days=1), points, _gaps(looks, zone))


def _hours_of(on: date, zone: tzinfo) -> int:
    """24, but on the two days on which the clock is changed."""
    start, end = (datetime.combine(day, time(), zone) for day in (on, on + timedelta(days=1)))
    return (end.astimezone(UTC) - start.astimezone(UTC)) // HOUR


def drawn(exposure: Exposure, *, uid: str, title: str, description: str = "") -> figures.Exposure:
    """The same figures as the chart takes them."""
    points = [
        figures.ExposurePoint(
            at=point.at,
            top10=_share(point.top10),
            top20=_share(point.top20),
            top50=_share(point.top50),
            hours=point.hours,
            whole=point.whole,
        )
        for point in exposure.points
    ]
    return figures.Exposure(uid=uid, title=title, points=points, step=exposure.step, description=description)


def _share(depth: Depth) -> figures.Share | None:
    return figures.Share(depth.matched, depth.present) if depth.present else None


def _within(
    case: Case, surface: str, start: datetime | None, until: datetime | None
) -> tuple["QuerySet[Capture]", "QuerySet[Sighting]"]:
    """The captures of the span, and on them the sightings that count: matched, and not dismissed by a person."""
    looks = Capture.objects.filter(case=case, surface=surface)
    seen = Sighting.objects.filter(capture__case=case, capture__surface=surface, flagged_content__is_matched=True)
    seen = seen.exclude(flagged_content__state=FlagState.DISMISSED)
    if start is not None:
        looks, seen = looks.filter(captured_at__gte=start), seen.filter(capture__captured_at__gte=start)
    if until is not None:
        looks, seen = looks.filter(captured_at__lt=until), seen.filter(capture__captured_at__lt=until)
    return looks, seen


def _points(
    looks: "QuerySet[Capture]",
    seen: "QuerySet[Sighting]",
    slot_of_look: TruncHour | TruncDate,
    slot_of_sighting: TruncHour | TruncDate,
    *,
    show: Callable[[Any], tuple[date, int]],
) -> tuple[Point, ...]:
    """Two queries, however long the span."""
    of_matched = {f"matched_{n}": Count("pk", filter=Q(rank__lte=n)) for n in DEPTHS}
    of_matched |= {f"advertised_{n}": Count("pk", filter=Q(rank__lte=n, is_ad=True)) for n in DEPTHS}
    rows = seen.order_by().annotate(slot=slot_of_sighting).values("slot").annotate(**of_matched)
    matched: dict[object, Mapping[str, Any]] = {row["slot"]: row for row in rows}
    of_present = {f"present_{n}__sum": Sum(f"present_{n}") for n in DEPTHS}
    of_present |= {f"unknown_{n}__sum": Sum(f"unknown_{n}") for n in DEPTHS}
    slots = (
        looks.order_by()
        .annotate(slot=slot_of_look)
        .values("slot")
        .annotate(
            hours=Count(TruncHour("captured_at", tzinfo=UTC), distinct=True),
            rows__sum=Sum("rows"),
            advertisements__sum=Sum("advertisements"),
            **of_present,
        )
    )
    return tuple(_point(row, matched.get(row["slot"], {}), show) for row in slots.order_by("slot"))


def _point(row: Mapping[str, Any], matched: Mapping[str, Any], show: Callable[[Any], tuple[date, int]]) -> Point:
    top10, top20, top50 = (
        Depth(
            depth=n,
            matched=matched.get(f"matched_{n}", 0),
            advertisements=matched.get(f"advertised_{n}", 0),
            present=row[f"present_{n}__sum"],
            unknown=row[f"unknown_{n}__sum"],
        )
        for n in DEPTHS
    )
    shown, whole = show(row["slot"])
    return Point(shown, row["hours"], whole, row["rows__sum"], row["advertisements__sum"], top10, top20, top50)


def _gaps(looks: "QuerySet[Capture]", zone: tzinfo) -> tuple[Gap, ...]:
    """Found by the database: it hands over the gaps and not the captures."""
    hours = looks.order_by().annotate(hour=TruncHour("captured_at", tzinfo=UTC))
    before = Window(Lag("hour"), order_by=F("hour").asc())
    found = hours.annotate(before=before).filter(hour__gt=F("before") + HOUR).order_by("hour")
    return tuple(
        Gap(start=(earlier + HOUR).astimezone(zone), until=hour.astimezone(zone))
        for earlier, hour in found.values_list("before", "hour")
    )
