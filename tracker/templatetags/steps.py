"""Steps, rungs and the proof of notification on pages."""

from django import template

from tracker import ladder_words
from tracker.models import AcknowledgedBy, Channel
from tracker.reminders.planned import StepsInForce

register = template.Library()

register.filter("step_words", ladder_words.draft_text)
register.filter("within_words", ladder_words.within_text)
register.filter("occasion_words", ladder_words.code_text)
register.filter("role_words", ladder_words.role_text)
register.filter("source_words", ladder_words.source_text)


@register.filter
def kind_words(found: StepsInForce) -> str:
    return ladder_words.kind_text(found.kind, is_hourly=found.is_hourly)


@register.filter
def channel_word(channel: str) -> str:
    return str(Channel(channel).label)


@register.filter
def acknowledged_word(how: str) -> str:
    return str(AcknowledgedBy(how).label)
