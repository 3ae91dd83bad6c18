"""Codes of the record as words and chips, and rows as links: what lists and sections of every page show."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from cases import models
from cases.law.calendars import Day
from tracker import dates, pictures, wording
from tracker import models as watch
from tracker.addresses import Placed, address
from tracker.figures import Due, Ribbon, Tone, Working
from tracker.rhythm_words import timetable_text
from tracker.status.board import RibbonData
from tracker.status.foretold import Foretold
from tracker.status.gathered import Told, gathered
from tracker.status.nouns import Clock, LogRow, Rag, Titles
from tracker.status.waiting import Waiting
from tracker.status.wishes import SubscriptionRow
from tracker.status.working import Working as Worked
from tracker.templatetags.casebook import chip, marked, plain_title, title
from tracker.verbs import verb_text

register = template.Library()

# noun → code → tone. Green is done, blue under way, amber asks for somebody, grey is neither.
TONES: Final[dict[str, dict[str, Tone]]] = {
    "CaseState": {"open": "blue", "closed": "grey"},
    "RequirementState": {"open": "grey", "done": "blue", "met": "green", "withdrawn": "grey"},
    "TaskState": {"todo": "grey", "in_progress": "blue", "blocked": "amber", "in_review": "blue", "closed": "green"},
    "EvidenceState": {"in_review": "blue", "accepted": "green", "sent_back": "amber"},
    "Outcome": {
        "running": "blue",
        "met": "green",
        "waived": "grey",
        "lapsed": "red",
        "withdrawn": "grey",
        "barred": "grey",
        "not_chosen": "grey",
    },
    "VersionStatus": {"proposed": "amber", "in_force": "green", "superseded": "grey", "withdrawn": "grey"},
    "ExtensionState": {"asked": "blue", "granted": "green", "refused": "red", "replaced": "grey", "withdrawn": "grey"},
    "FlagState": {"candidate": "amber", "confirmed": "blue", "dismissed": "grey"},
    "ArrangementState": {"imported": "green", "withdrawn": "grey"},
    "AccountabilityState": {"proposed": "grey", "decided": "blue", "carried_out": "green"},
    "WorkState": {"waiting": "grey", "running": "blue", "done": "green", "failed": "red"},
}
# verb → the fact of its log entry that holds the day it speaks of
LAW_DAYS: Final = {
    "log_notice": "served_on",
    "record_service": "to",
    "log_event": "on",
    "correct_event": "to",
    "move_track": "on",
    "log_contact": "held_on",
    "form_task_force": "formed_on",
}


@register.filter
def money(amount: Decimal, currency: str) -> str:
    """`200,000.00 CNY`: grouped, with the cents, as every language here writes it; never without its currency."""
    return f"{amount:,.2f}\N{NO-BREAK SPACE}{currency}"


@register.filter
def word(code: str, noun: str) -> str:
    """`{{ row.kind|word:"NoticeKind" }}`: the label of a closed list in the reader's language."""
    listed: type[Enum] = getattr(models, noun, None) or getattr(watch, noun)
    return str(listed(code).label)  # type: ignore[attr-defined]  # every closed list is TextChoices


@register.simple_tag
def state(code: str, noun: str, *, pill: bool = False) -> SafeString:
    return chip(TONES[noun][code], word(code, noun), pill=pill)


@register.filter
def day_kind(day: Day) -> str:
    """`working day`, or the holiday's name."""
    name = plain_title(day.name_en, day.name_zh_hant if get_language() == "zh-hant" else day.name_zh)
    return name if day.kind == "holiday" else str(wording.DAY_KINDS[day.kind])


@register.filter
def named(titles: Titles) -> SafeString | str:
    """The front title of a row."""
    return title(titles.en, titles.zh, titles.zh_hant)


@register.filter
def plainly(titles: Titles) -> str:
    return plain_title(titles.en, titles.zh, titles.zh_hant)


@register.filter
def link(row: Placed, kind: str) -> str:
    """The page of a row: `{{ clock|link:"deadline" }}`."""
    return address(kind, row.case.reference, row.uid)


@register.filter
def place(row: LogRow) -> str:
    """The page of what a log entry speaks of, if it has one."""
    return address(row.object_kind, row.case.reference, row.object_uid) if row.case else ""


@register.filter
def settle_url(item: Waiting) -> str:
    """Where what waits is settled."""
    return address(item.object_kind, item.case.reference, item.object_uid)


@register.filter
def as_due(clock: Clock) -> Due:
    """What still runs shows what is left; what has ended shows how."""
    ended = "" if clock.outcome == models.Outcome.RUNNING else word(clock.outcome, "Outcome")
    return replace(pictures.due(clock), outcome=ended)


@register.filter
def as_working(worked: Worked, uid: str) -> Working:
    return pictures.working_figure(worked, uid)


@register.filter
def as_ribbon(ribbon: RibbonData, uid: str) -> Ribbon:
    return pictures.ribbon_figure(ribbon, uid)


@register.filter
def sentence(row: LogRow) -> SafeString:
    """What was done to what; who did it is said beside."""
    words, of = verb_text(row.verb), wording.pick(row.title) or wording.title_in_facts(row)
    return marked(gettext("%(done)s: %(title)s") % {"done": words, "title": of} if of else words)


@register.filter
def briefly(rows: Iterable[LogRow], most: int) -> tuple[Told, ...]:
    """At most so many lines of the log, the repeats of one act in one line."""
    return gathered(rows, most=most)


@register.filter
def happened_on(row: LogRow) -> date | None:
    """The day by the law's time, where the hour is not known."""
    key = LAW_DAYS.get(row.verb, "")
    told = row.facts.get(key)
    return date.fromisoformat(told) if isinstance(told, str) else None


@register.filter
def reasons(rag: Rag) -> str:
    """Why the light is not green, in a few words."""
    return ("，" if dates.is_chinese() else ", ").join(wording.reason_text(reason) for reason in rag.reasons)


@register.filter
def service_day(mode: str) -> str:
    return wording.service_day_text(mode)


@register.filter
def timetable(row: SubscriptionRow) -> str:
    """`every week on Monday, 08:30`."""
    return timetable_text(row)


@register.filter
def fact_name(code: str) -> str:
    return wording.missing_text(code)


@register.filter
def ask_further(code: str) -> str:
    return wording.ask_further_text(code)


@register.filter
def why_ended(reason: str) -> str:
    return wording.ended_text(reason)


@register.filter
def cautions(clock: Clock | Foretold) -> str:
    rule_id = clock.rule_id if isinstance(clock, Clock) else clock.working.rule_id
    return wording.caution_text(clock.caution, clock.differs_on, rule_id)


@register.filter
def to_settle(code: str) -> str:
    return wording.waiting_text(code)


@register.filter
def measure_word(kind: str) -> str:
    """The measure a clock hangs on; empty for a clock of no measure."""
    return wording.measure_text(kind) if kind else ""


@register.filter
def hour_of(value: datetime) -> str:
    """In the zone the value carries, not the reader's."""
    return f"{value:%H:%M}"


@register.filter
def at_zone(value: datetime, zone: str) -> datetime:
    return value.astimezone(ZoneInfo(zone))
