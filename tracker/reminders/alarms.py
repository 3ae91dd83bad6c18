"""Alarms to who runs the system: what the engine could not do. They name nothing of a case."""

from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import Person, Role
from tracker import channels, dates
from tracker.models import Reminder, ReminderState, WordKind
from tracker.reminders.letters import one_line
from tracker.reminders.sheets import Sheet, absolute, greeting, letter_of
from tracker.reminders.ways import Ways, by

NOT_DELIVERED: Final = "not_delivered"
NOBODY_LEFT: Final = "nobody_left"
UNANSWERED: Final = "unanswered"
WATCH_DIFFERED: Final = "watch_differed"
# What fails together is told together.
GATHERING: Final = timedelta(minutes=2)
RECENT: Final = timedelta(days=1)

SAID: Final = {
    NOT_DELIVERED: gettext_lazy("Messages could not be delivered."),
    NOBODY_LEFT: gettext_lazy("A message could not be delivered and nobody is left who could be told instead."),
    UNANSWERED: gettext_lazy("Nobody has acknowledged a reminder, and nobody further up is left to be told."),
    WATCH_DIFFERED: gettext_lazy("The watch differed from what it must be, and was put right. The log names each one."),
}


def raise_alarm(what: str, *, now: datetime) -> None:
    """Once a day and kind, to every active administrator."""
    running = list(Person.objects.active().filter(role=Role.ADMINISTRATOR).order_by("pk"))
    ways = Ways(running, WordKind.ALARM)
    words = [by(way, _alarm(what, person, now)) for person in running for way in ways.of(person)]
    Reminder.objects.bulk_create(words, ignore_conflicts=True)


def _alarm(what: str, person: Person, now: datetime) -> Reminder:
    at = now + GATHERING
    return Reminder(
        kind=WordKind.ALARM, occasion=f"alarm:{what}:{now:%Y-%m-%d}", person=person, role="administrator",
        occasion_at=now, made_at=now, planned_at=at, try_at=at,
    )  # fmt: skip


def letter_for(reminder: Reminder, *, now: datetime) -> channels.Letter:
    """In the active language."""
    what = reminder.occasion.split(":")[1]
    headline = str(SAID[what])
    sheet = Sheet(
        language=dates.language_tag(),
        greeting=greeting(reminder.person),
        headline=headline,
        notes=(_counted(now),) if what in {NOT_DELIVERED, NOBODY_LEFT} else (),
        url=absolute(reverse("failed_words")),
        url_label=_("What could not be delivered"),
        why=_("You receive this because you run the system."),
    )
    return letter_of(sheet, reminder, subject=one_line(f"Casebook: {headline}"), thread=f"alarm-{what}")


def _counted(now: datetime) -> str:
    failed = Reminder.objects.filter(state=ReminderState.FAILED, made_at__gte=now - RECENT).count()
    told = ngettext("In the last day %(n)s has failed.", "In the last day %(n)s have failed.", failed)
    return told % {"n": failed}
