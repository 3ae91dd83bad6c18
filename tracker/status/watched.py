"""A watched list as its page shows it: exposure by day or hour with its totals, one title with its sightings, the rules
that look for titles, and the readings of files.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count

from cases.models import Case, FlaggedContent, FlaggingRule, Import, Sighting
from cases.permissions import Shown
from tracker.status.exposure import Depth, Exposure, Gap, Point, daily, hourly, surfaces
from tracker.status.flagged import FlaggedRow, flagged_columns, flagged_row, provision_title
from tracker.status.lists import PAGE, Page, page
from tracker.status.nouns import Titles, Who
from tracker.status.people import PERSON, columns, somebody

MOST: Final = 200
RECENT: Final = 10
NO_EXPOSURE: Final = Exposure("", timedelta(days=1), (), ())


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over all points: rows captured, hours captured and missing, and at rank `depth` or better the rest."""

    depth: int
    rows: int
    hours: int
    hours_missing: int
    matched: int
    present: int
    unknown: int


@dataclass(frozen=True, slots=True)
class BoardView:
    """`day` is set where the points are the hours of that day."""

    surface: str
    surfaces: tuple[str, ...]
    exposure: Exposure
    totals: Totals
    longest: Gap | None
    day: date | None
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class SightingRow:
    captured_at: datetime
    rank: int
    heat: int | None
    is_ad: bool


@dataclass(frozen=True, slots=True)
class RuleRow:
    uid: str
    label: Titles
    provision: str
    provision_title: Titles
    categories: tuple[str, ...]
    words: tuple[str, ...]
    retired_at: datetime | None
    found: int


@dataclass(frozen=True, slots=True)
class ImportRow:
    uid: str
    surface: str
    is_reflag: bool
    state: str
    filename: str
    rows_read: int
    rows_matched: int
    rows_rejected: int
    captures_added: int
    recorded_at: datetime
    recorded_by: Who


def board_view(case: Case, *, surface: str = "", day: date | None = None, depth: int = 50) -> BoardView:
    """Of the named list, else the first; days and hours are those of the authority."""
    known = tuple(surfaces(case))
    chosen = surface if surface in known else next(iter(known), "")
    zone = ZoneInfo(case.lead_authority.zone)
    whole = daily(case, surface=chosen, zone=zone) if chosen else NO_EXPOSURE
    days = tuple(point.at for point in whole.points)
    seen = day if day is not None and day in days else None
    shown = _hours_of(case, chosen, seen, zone) if seen else whole
    return BoardView(
        surface=chosen,
        surfaces=known,
        exposure=shown,
        totals=totals(shown, depth),
        longest=max(shown.gaps, key=lambda gap: gap.hours, default=None),
        day=seen,
        days=days,
    )


def _hours_of(case: Case, surface: str, day: date, zone: ZoneInfo) -> Exposure:
    start = datetime.combine(day, time(), zone)
    until = datetime.combine(day + timedelta(days=1), time(), zone)
    return hourly(case, surface=surface, zone=zone, start=start, until=until)


def totals(exposure: Exposure, depth: int) -> Totals:
    at_depth = [_depth(point, depth) for point in exposure.points]
    return Totals(
        depth=depth,
        rows=sum(point.rows for point in exposure.points),
        hours=exposure.hours,
        hours_missing=exposure.hours_missing,
        matched=sum(each.matched for each in at_depth),
        present=sum(each.present for each in at_depth),
        unknown=sum(each.unknown for each in at_depth),
    )


def _depth(point: Point, depth: int) -> Depth:
    return {10: point.top10, 20: point.top20, 50: point.top50}[depth]


def item(case: Case, uid: str) -> FlaggedRow:
    """Raises FlaggedContent.DoesNotExist."""
    row = flagged_columns(case.flagged_content.filter(uid=uid)).first()
    if row is None:
        raise FlaggedContent.DoesNotExist(uid)
    return flagged_row(row)


def sightings(case: Case, uid: str, *, cursor: str = "", size: int = PAGE) -> Page[SightingRow]:
    """The newest first."""
    seen = Sighting.objects.filter(flagged_content__uid=uid, flagged_content__case=case)
    rows = seen.values("pk", "capture__captured_at", "rank", "heat", "is_ad")
    found = page(rows, order=("-capture__captured_at", "-pk"), cursor=cursor, size=size)
    return found.holding(
        [SightingRow(row["capture__captured_at"], row["rank"], row["heat"], row["is_ad"]) for row in found.rows]
    )


def rules(case: Case) -> tuple[RuleRow, ...]:
    """Those in force first; `found` counts the titles that stand by each."""
    rows = FlaggingRule.objects.filter(case=case).order_by("pk").annotate(found=Count("flagged_content"))
    made = [
        RuleRow(
            uid=rule.uid,
            label=Titles(rule.label_en, rule.label_zh),
            provision=rule.provision,
            provision_title=provision_title(rule.provision),
            categories=tuple(rule.categories),
            words=tuple(rule.words),
            retired_at=rule.retired_at,
            found=rule.found,
        )
        for rule in rows[:MOST]
    ]
    return tuple(sorted(made, key=lambda rule: rule.retired_at is not None))


def imports(case: Case, shown: Shown) -> tuple[ImportRow, ...]:
    """The newest few."""
    same = (
        "uid", "surface", "is_reflag", "state", "rows_read", "rows_matched", "rows_rejected", "captures_added",
        "recorded_at",
    )  # fmt: skip
    rows = shown(Import.objects.filter(case=case)).order_by("-recorded_at", "-pk")
    return tuple(
        ImportRow(
            **{name: row[name] for name in same},
            filename=row["evidence__filename"],
            recorded_by=somebody(row, "recorded_by"),
        )
        for row in rows.values(*same, "evidence__filename", *columns("recorded_by", PERSON))[:RECENT]
    )
