"""Codes of the executive status as words."""

from collections.abc import Sequence
from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cases.law import tracks
from cases.law.liability import Exposure, Liability, Tier
from tracker import dates, stakes, wording
from tracker.figures import Tone
from tracker.models import ReminderState
from tracker.status.changes import Difference
from tracker.status.executive import Risk
from tracker.status.happened import Happening
from tracker.status.nouns import CaseRow, Sentence, Titles
from tracker.templatetags.casebook import RAG_WORDS, marked
from tracker.templatetags.words import named

register = template.Library()

RATINGS: dict[str, Tone] = {"high": "red", "medium": "amber", "low": "grey"}


@register.filter
def told(sentence: Sentence) -> SafeString:
    return marked(wording.sentence_text(sentence))


TONES: dict[str, Tone] = {"filed": "green", "served": "blue", "issued": "blue", "announced": "blue"}


@register.filter
def lately(rows: Sequence[Happening], most: int) -> Sequence[Happening]:
    """The last of them, still the oldest first."""
    return rows[-most:]


@register.filter
def happening_tone(row: Happening) -> Tone:
    return "amber" if row.is_irregular else TONES.get(row.source, "grey")


@register.filter
def happening(row: Happening) -> SafeString:
    """What happened, in a few words; how a thing is called stays in its own language."""
    words = wording.happening_words(row.source, row.code)
    if not (row.title.en or row.title.zh):
        return format_html("{}", words)
    return format_html("{}{}{}", words, gettext(": ") if words else "", named(row.title))


@register.filter
def risk_words(risk: Risk) -> str:
    return wording.counted_text(risk.code, risk.count)


@register.filter
def rating_tone(rating: str) -> Tone:
    return RATINGS[rating]


@register.filter
def rating_word(rating: str) -> str:
    return wording.rating_text(rating)


@register.filter
def decision(code: str) -> str:
    return wording.decision_text(code)


@register.filter
def remedy(code: str) -> str:
    return wording.remedy_text(code)


@register.filter
def tier_words(tier: Tier, liability: Liability) -> str:
    return stakes.tier_text(tier, liability)


@register.filter
def in_force(liability: Liability) -> str:
    return stakes.in_force_text(liability)


@register.filter
def why_this_law(exposure: Exposure) -> str:
    return stakes.why_text(exposure)


@register.filter
def waits_for_facts(row: CaseRow) -> bool:
    """No date is known because a fact is missing: that is not the same as no date."""
    return any(reason.code == "facts_missing" for reason in row.rag.reasons)


@register.filter
def changed(name: str) -> str:
    return wording.difference_text(name)


@register.filter
def before(difference: Difference) -> str:
    return value_words(difference.name, difference.before)


@register.filter
def after(difference: Difference) -> str:
    return value_words(difference.name, difference.after)


def value_words(name: str, value: str | int | None) -> str:
    """A figure of the headline as a reader says it; what was not known has no word but that."""
    if value is None:
        return gettext("not known")
    if name == "rag":
        return str(RAG_WORDS.get(str(value), gettext("closed")))
    if name == "phase":
        return phase_words(str(value))
    return dates.day_text(date.fromisoformat(str(value))) if name == "due_on" else str(value)


def phase_words(code: str) -> str:
    """States of one code are called alike in every kind of track."""
    named = next(state for kind in tracks.KINDS for state in tracks.states(kind) if state.code == code)
    return wording.pick(Titles(named.title_en, named.title_zh, named.title_zh_hant))


REMINDER_TONES: dict[str, Tone] = {"unsent": "blue", "sent": "green", "dropped": "grey", "failed": "red"}


@register.filter
def reminder_tone(state: str) -> Tone:
    return REMINDER_TONES[state]


@register.filter
def reminder_word(state: str) -> str:
    return str(ReminderState(state).label)
