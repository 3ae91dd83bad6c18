"""One notice with what it brought: its measures, clocks, demands, tracks and events. The case is already known."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q
from django.utils.functional import Promise

from cases.actions.demands import NO_MEASURE, lacks_measures
from cases.models import Case, Event, Measure, Notice
from cases.permissions import Shown
from tracker.status.clocks import STANDS_ALONE, by_due, clocks
from tracker.status.course import TrackRow, tracks
from tracker.status.nouns import Clock
from tracker.status.record import MeasureRow, NoticeRow, measure_rows, notice_columns, notice_rows
from tracker.status.sections import TranslationRow, translations
from tracker.status.work import RequirementRow, requirement_columns, requirement_rows

MOST: Final = 100
OF_NOTICE: Final = "original_words"


@dataclass(frozen=True, slots=True)
class EventRow:
    uid: str
    name: str
    occurred_on: date | None
    occurred_at: datetime | None
    zone: str
    is_voided: bool


@dataclass(frozen=True, slots=True)
class NoticePage:
    """`replaces`: the uid of the notice this one took the place of. `warning`: what its record lacks, or nothing."""

    row: NoticeRow
    measures: tuple[MeasureRow, ...]
    translations: tuple[TranslationRow, ...]
    clocks: tuple[Clock, ...]
    requirements: tuple[RequirementRow, ...]
    tracks: tuple[TrackRow, ...]
    events: tuple[EventRow, ...]
    replaces: str
    warning: str | Promise


def notice_page(case: Case, uid: str, shown: Shown, *, now: datetime) -> NoticePage:
    """Raises Notice.DoesNotExist."""
    found = notice_rows(notice_columns(case.notices.filter(uid=uid)))
    if not found:
        raise Notice.DoesNotExist(uid)
    row = found[0]
    old = Notice.objects.filter(replaced_by__uid=uid).values_list("uid", flat=True).first()
    started = case.deadlines.filter(STANDS_ALONE, Q(notice__uid=uid) | Q(measure__notice__uid=uid))
    imposed = measure_rows(Measure.objects.filter(case=case, notice__uid=uid))
    demanded = requirement_columns(case.requirements.filter(notice__uid=uid).order_by("number", "pk"))
    return NoticePage(
        row=row,
        measures=imposed,
        translations=translations(case, ("notice", uid, OF_NOTICE), row.original_words, shown),
        clocks=clocks(by_due(started), now=now, most=MOST),
        requirements=requirement_rows(demanded[:MOST], shown, now=now),
        tracks=tracks_touched(case, uid),
        events=events(case, uid),
        replaces=old or "",
        warning=NO_MEASURE if lacks_measures(row.kind, imposed) and not row.is_voided else "",
    )


def tracks_touched(case: Case, uid: str) -> tuple[TrackRow, ...]:
    """Those it opened and those it moved."""
    measures = set(Measure.objects.filter(case=case, notice__uid=uid).values_list("uid", flat=True))
    return tuple(
        row
        for row in tracks(case)
        if row.notice_uid == uid or row.measure_uid in measures or any(move.document_uid == uid for move in row.moves)
    )


def events(case: Case, uid: str) -> tuple[EventRow, ...]:
    rows = Event.objects.filter(case=case, notice__uid=uid).order_by("pk")
    names = ("uid", "name", "occurred_on", "occurred_at", "zone", "voided_at")
    return tuple(
        EventRow(code, name, day, hour, zone, voided_at is not None)
        for code, name, day, hour, zone, voided_at in rows.values_list(*names)[:MOST]
    )
