"""What a word says, and whether it still should, by its kind."""

from datetime import datetime

from django.utils.translation import override

from tracker import channels
from tracker.models import Channel, Reminder, Subject, WordKind
from tracker.reminders import alarms, digests, letters, standing, subscribed


def letter_for(reminder: Reminder, *, now: datetime) -> channels.Letter:
    """In its reader's language, in a room in that of the room. `reminder` comes with all it points at."""
    language = reminder.person.language
    if reminder.chat is not None and reminder.channel == Channel.ROOM:
        language = reminder.chat.language
    with override(language):
        return _letter(reminder, now)


def _letter(reminder: Reminder, now: datetime) -> channels.Letter:
    if reminder.kind == WordKind.REMINDER:
        return letters.letter_for(reminder, now=now)
    if reminder.kind == WordKind.ALARM:
        return alarms.letter_for(reminder, now=now)
    subscription = reminder.subscription
    assert subscription is not None  # else it is obsolete
    if subscription.subject == Subject.STATUS:
        return standing.letter_for(reminder, subscription, now=now)
    return digests.letter_for(reminder, subscription, now=now)


def obsolete(reminder: Reminder, *, now: datetime) -> str:
    """Of a word about no deadline; empty while it is to be said."""
    if reminder.kind == WordKind.ALARM:
        return subscribed.is_gone(reminder.person)
    return subscribed.obsolete(reminder, now=now)
