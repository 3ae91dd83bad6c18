"""A mail of several lines: digests, status mails, alarms. Its words are those of the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from cases.models import Person
from tracker import channels, dates
from tracker.models import Reminder
from tracker.reminders.timetable import zone_named

LATE: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Line:
    """`mark`: a shape that stands for its state, since mail may lose colour."""

    text: str
    about: str = ""
    url: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: tuple[Line, ...]
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    language: str
    greeting: str
    headline: str
    why: str
    notes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = field(default=())
    url: str = ""
    url_label: str = ""

    @property
    def filled(self) -> Iterator[Part]:
        return (part for part in self.parts if part.lines)


def letter_of(sheet: Sheet, reminder: Reminder, *, subject: str, thread: str) -> channels.Letter:
    return channels.Letter(
        to=reminder.address,
        subject=subject,
        text=render_to_string("tracker/mail/sheet.txt", {"sheet": sheet}),
        html=render_to_string("tracker/mail/sheet.html", {"sheet": sheet}),
        message_id=channels.message_id(reminder.uid),
        thread=channels.message_id(thread),
    )


def greeting(person: Person) -> str:
    return _("%(name)s:") % {"name": name_of(person)}


def name_of(person: Person) -> str:
    return (person.name_zh if dates.is_chinese() else person.name_en) or str(person)


def lateness(reminder: Reminder, *, now: datetime) -> tuple[str, ...]:
    """A word put off for quiet hours is not late."""
    if now - reminder.planned_at < LATE and reminder.made_at - reminder.occasion_at < LATE:
        return ()
    local = reminder.occasion_at.astimezone(zone_named(reminder.person.zone))
    told = {"moment": dates.moment_text(local)}
    return (_("This comes late: it was due on %(moment)s. It says how things stand now.") % told,)


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
