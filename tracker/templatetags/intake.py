"""What the pages of intake say: a reckoned date as a due date, a state of a track, an event of the law by name."""

from collections.abc import Sequence
from typing import Final

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cases.law.rulebook import book
from cases.law.track_table import table
from cases.law.tracks import state as state_of
from cases.models import Mover
from cases.working import in_language
from tracker.figures import Due
from tracker.figures import Working as Figure
from tracker.models import ReminderState
from tracker.pictures import working_figure
from tracker.status.working import Working
from tracker.templatetags.casebook import marked
from tracker.wording import UNIT_WORDS, missing_sentence, missing_text, provisional_text

register = template.Library()

PARTS: Final = 1024


@register.filter
def as_stated(worked: Working) -> Due:
    """The date alone, without what is left of it."""
    return Due(
        due_on=worked.due_on,
        due_at=worked.due_at if worked.is_hourly else None,
        safe_due=worked.safe_due_on,
        nominal=worked.nominal_on,
        provisional=worked.provisional,
        provisional_why=provisional_text(worked.provisional_why) if worked.provisional else "",
        missing=tuple(missing_text(code) for code in worked.missing),
        tone="amber" if worked.missing or worked.provisional else "blue",
    )


@register.filter
def numbered(worked: Working, number: str) -> Figure:
    """The working under a name of its own, where a page shows several."""
    return working_figure(worked, f"work-{number}")


@register.filter
def event_name(name: str) -> SafeString:
    return marked(in_language(book().event(name), "title"))


@register.filter
def track_state(code: str, kind: str) -> SafeString:
    return marked(in_language(state_of(kind, code), "title"))


@register.filter
def in_words(thing: object, name: str) -> SafeString:
    """`{{ irregular|in_words:"article" }}`: the text of a thing of the law in the reader's language."""
    return marked(in_language(thing, name))


@register.filter
def question(code: str) -> SafeString:
    """What the law asks, as a question."""
    return marked(in_language(table().conditions[code], "question"))


@register.filter
def who_moves(mover: str) -> str:
    return str(Mover(mover).label) if mover in Mover.values else gettext("either side")


@register.filter
def reminder_state(code: str) -> str:
    return str(ReminderState(code).label)


@register.filter
def lacking(codes: Sequence[str]) -> SafeString:
    return marked(missing_sentence(tuple(codes)))


@register.filter
def unit_words(unit: str) -> str:
    return str(UNIT_WORDS[unit])


@register.filter
def reading(profile: str) -> SafeString:
    return marked(in_language(book().profile(profile), "title") if profile else "")


@register.filter
def file_size(size: int) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if size < PARTS or unit == "GB":
            return f"{size:.0f} {unit}"
        size = round(size / PARTS)
    return ""
