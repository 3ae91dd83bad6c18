"""The figures of `tracker.status` as what parts and charts draw, with words in the active language."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cases.legislation import in_force
from tracker.dates import day_text
from tracker.figures import BurnUp, Day, Due, Gantt, GanttRow, Mark, Ribbon, Span, Working, WorkingCalendar, WorkingStep
from tracker.status.board import RibbonData
from tracker.status.burnup import BurnUpData
from tracker.status.days import Shut, shut
from tracker.status.nouns import Clock, Titles
from tracker.status.working import Working as Worked
from tracker.step_words import step_text
from tracker.wording import mark_text, missing_text, pick, provisional_text

FEW: Final = 12  # rows of a gantt that can still be read
OUR_OWN: Final = frozenset({"internal", "duty"})  # targets of ours, never drawn among the dates of the law


def due(clock: Clock, *, missing_url: str = "") -> Due:
    """For `{% due %}`: the date whole, an hour in the authority's own zone; or what is missing and where to add it."""
    return Due(
        due_on=clock.due_on,
        due_at=clock.due_at.astimezone(ZoneInfo(clock.zone)) if clock.due_at and clock.is_hourly else None,
        safe_due=clock.safe_due_on,
        nominal=clock.nominal_on,
        provisional=clock.provisional,
        provisional_why=provisional_text(clock.provisional_why) if clock.provisional else "",
        missing=tuple(missing_text(code) for code in clock.missing),
        missing_url=missing_url,
        left=clock.left.amount if clock.left else None,
        unit=clock.left.unit if clock.left else "working_day",
        tone=clock.tone,
        outcome=clock.outcome,
        marks=tuple(mark_text(code) for code in clock.marks),
    )


def working_figure(worked: Worked, uid: str, *, today: date | None = None) -> Working:
    """For the `working` part: the calendar and the numbered steps."""
    told = [(step_text(step, worked), step.cite) for step in worked.steps]
    title = _("Days counted to %(day)s") % {"day": day_text(worked.due_on)} if worked.due_on else ""
    return Working(
        steps=tuple(WorkingStep(verb, text, cite) for (verb, text), cite in told),
        calendar=WorkingCalendar(uid, title, named_days(worked), today) if worked.days else None,
        rule=worked.rule_id,
        rule_version=worked.rule_version,
        calendar_version=worked.calendar_version,
    )


def named_days(worked: Worked) -> tuple[Day, ...]:
    """The days with the names of their holidays."""
    calendar = in_force().calendar(worked.calendar)
    found = [(day, calendar.day(day.on)) for day in worked.days]
    return tuple(replace(day, label=pick(Titles(on.name_en, on.name_zh, on.name_zh_hant))) for day, on in found)


def ribbon_figure(ribbon: RibbonData, uid: str) -> Ribbon:
    marks = [
        Mark(clock.due_on, pick(Titles(clock.title_en, clock.title_zh)), clock.tone)
        for clock in ribbon.marks
        if clock.due_on
    ]
    return Ribbon(uid, _("Next four weeks"), ribbon.days, ribbon.today, tuple(marks))


def burn_up_figure(data: BurnUpData, uid: str, title: str) -> BurnUp:
    """Every change of the sums is a point; today closes the line of what is done."""
    closed: list[tuple[date, int | None]] = [(data.first, 0), *data.closed, (data.today, _last(data.closed))]
    return BurnUp(
        uid=uid,
        title=title,
        first=data.first,
        due=data.due,
        today=data.today,
        closed=tuple(dict(closed).items()),
        scope=tuple({**dict(data.scope), data.today: _last(data.scope)}.items()),
        plan=tuple((on, float(n)) for on, n in data.plan),
        forecast=data.forecast,
        holidays=spans(shut(data.calendar, data.first, max(data.due, data.today))),
    )


def _last(series: Sequence[tuple[date, int]]) -> int:
    return series[-1][1] if series else 0


def spans(found: Sequence[Shut]) -> tuple[Span, ...]:
    return tuple(Span(one.first, one.last, pick(one.name)) for one in found)


def gantt_figure(clocks: Sequence[Clock], uid: str, *, today: date, holidays: Sequence[Shut] = ()) -> Gantt:
    """A bar from today (or from the due day, once past) to each date; what has no date keeps its row and says so."""
    shown = [clock for clock in clocks if clock.kind not in OUR_OWN][:FEW]
    days = [today, *(clock.due_on for clock in shown if clock.due_on)]
    first, last = min(days) - timedelta(days=3), max(days) + timedelta(days=3)
    rows = tuple(_gantt_row(clock, today) for clock in shown)
    inside = [one for one in holidays if one.last >= first and one.first <= last]
    return Gantt(uid, _("Deadlines"), first, last, today, rows, spans(inside))


def _gantt_row(clock: Clock, today: date) -> GanttRow:
    label = pick(Titles(clock.title_en, clock.title_zh))
    if clock.due_on is None:
        facts = _(", ").join(missing_text(code) for code in clock.missing)
        return GanttRow(label, None, None, clock.tone, _("missing: %(facts)s") % {"facts": facts})
    first, last = sorted((today, clock.due_on))
    return GanttRow(label, first, last, clock.tone, day_text(clock.due_on, year=False))
