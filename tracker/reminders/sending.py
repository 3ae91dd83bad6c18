"""Sends what waits: each word in a transaction of its own, locked, held against the world once more, sent, marked.

A process killed between the server's answer and the commit sends that one word again; none is ever lost.
"""

import logging
from collections import Counter
from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, Self

from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from cases.models import CaseState, Deadline, Outcome
from cases.models.record import new_uid
from cases.permissions import can
from tracker import channels, ladder
from tracker.models import Channel, Reminder, ReminderState, WordKind
from tracker.reminders import alarms, writing
from tracker.reminders.claiming import claim
from tracker.reminders.making import Said, reaching, reminders_for, unreachable
from tracker.reminders.prepared import save
from tracker.reminders.telling import Addressee, Seats
from tracker.reminders.timetable import leading
from tracker.reminders.ways import MAIL, Way, Ways, by

logger = logging.getLogger(__name__)

# After it the next sweep takes over: what is locked and re-checked must not grow old.
SENDING_TIME: Final = timedelta(seconds=50)
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=6)
# With doubling waits these are a little over two days.
TRIES: Final = 18
REASON_LENGTH: Final = 300
# Tries of a chat before the same is said by mail.
PATIENCE: Final = 3
OVERTAKEN: Final = gettext_noop("A later reminder takes its place.")
NO_ANSWER: Final = gettext_noop("The mail server gives no answer.")

ON_THE_DESK: Final = "shown on the Desk"

Now = Callable[[], datetime]


class Fate(Enum):
    SENT = auto()
    DROPPED = auto()
    FAILED = auto()
    LATER = auto()
    AWAY = auto()


def send_due(*, now: Now) -> Counter[Fate]:
    """Until nothing waits or time is up. Where mail is away one word a sweep finds out whether it is back, and what
    goes by other channels leaves all the same.
    """
    fates: Counter[Fate] = Counter()
    until = now() + SENDING_TIME
    with channels.mail() as connection:
        while now() < until and (fate := _send_next(connection, now, is_mail_away=fates[Fate.AWAY] > 0)):
            if fate is Fate.SENT and not fates[Fate.SENT]:
                wake(now())
            fates[fate] += 1
    return fates


def wake(now: datetime) -> None:
    """What waited for a server that gave no answer leaves as soon as anything does."""
    waiting = Reminder.objects.unsent().filter(state_reason=NO_ANSWER, try_at__gt=now)
    waiting.update(try_at=now)


def _send_next(connection: BaseEmailBackend, now: Now, *, is_mail_away: bool = False) -> Fate | None:
    with _Hold(now) as hold, transaction.atomic():
        hold.reminder = claim(now(), is_mail_away=is_mail_away)
        return _settle(hold.reminder, connection, now) if hold.reminder else None


class _Hold:
    """The word in hand. What raises over it is not swallowed: the job fails and says so.

    But the word is set aside, once its transaction is undone: it must not stand before all others for ever. Not where
    the database failed or the process is stopped, for that is not the word's doing.
    """

    def __init__(self, now: Now) -> None:
        self.now = now
        self.reminder: Reminder | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if self.reminder and isinstance(error, Exception) and not isinstance(error, DatabaseError):
            _set_aside(self.reminder.pk, error, self.now())


def _settle(reminder: Reminder, connection: BaseEmailBackend, now: Now) -> Fate:
    is_sure = reminder.is_plain and not reminder.tries and can(reminder.person, "view")
    if not is_sure and (reason := obsolete(reminder, now=now())):
        return drop(reminder, reason)
    return _deliver(reminder, connection, now)


def obsolete(reminder: Reminder, *, now: datetime) -> str:
    """Why it is not to be said, or not to this address; empty while it is."""
    if reminder.kind != WordKind.REMINDER:
        return writing.obsolete(reminder, now=now)
    return _is_over(reminder, reminder.deadline) or _is_for_another(reminder, reminder.deadline, now)


def _is_over(reminder: Reminder, deadline: Deadline) -> str:
    if deadline.outcome != Outcome.RUNNING:
        return gettext_noop("The deadline has ended.")
    if deadline.case.state != CaseState.OPEN:
        return gettext_noop("The case is closed.")
    # What was reckoned anew, even to the same day, may read otherwise now.
    if leading(deadline, list(deadline.versions.defer("trace", "facts").order_by("number"))) != reminder.version:
        return gettext_noop("The date was worked out anew.")
    return _is_overtaken(reminder) if reminder.tries else ""


def _is_overtaken(reminder: Reminder) -> str:
    """It was put off for so long that the next word to the same person has come."""
    same = Q(person=reminder.person_id, version=reminder.version_id, channel=reminder.channel)
    later = Reminder.objects.said().filter(same, occasion_at__gt=reminder.occasion_at)
    return OVERTAKEN if later.exists() else ""


def _is_for_another(reminder: Reminder, deadline: Deadline, now: datetime) -> str:
    if reminder.rung and said_on(reminder).filter(acknowledged_at__isnull=False).exists():
        return gettext_noop("Somebody has acknowledged it.")
    if reminder.person_id not in {each.person.pk for each in _addressees(reminder, deadline, now)}:
        return gettext_noop("Somebody else is to be told now.")
    return ""


def said_on(reminder: Reminder) -> "QuerySet[Reminder]":
    """All words of the same occasion."""
    return Reminder.objects.personal().said().filter(deadline=reminder.deadline_id, occasion=reminder.occasion)


def _addressees(
    reminder: Reminder, deadline: Deadline, now: datetime, *, is_instead: bool = False
) -> tuple[Addressee, ...]:
    """`is_instead`: of who could not be reached."""
    seats = Seats([deadline], now=now)
    unreached = unreachable([deadline], now=now)[deadline.pk, reminder.occasion]
    if reminder.state == ReminderState.UNSENT and not is_instead:
        # Others were told meanwhile, and it still is this reader's word.
        unreached = unreached - {reminder.person.uid}
    below = said_on(reminder).filter(rung__lt=reminder.rung).select_related("person")
    lower = list(below.order_by("-rung", "pk"))
    if not lower:
        return seats.addressees(deadline, told=unreached)
    told = {each.person.uid for each in lower}
    return seats.higher(deadline, role=lower[0].role, told=told | unreached)


def _deliver(reminder: Reminder, connection: BaseEmailBackend, now: Now) -> Fate:
    reminder.address = Way(Channel(reminder.channel), reminder.chat).address_of(reminder.person)
    letter = writing.letter_for(reminder, now=now())
    reminder.subject, reminder.text, reminder.message_id = letter.subject, letter.text, letter.message_id
    reminder.tries += 1
    try:
        reminder.answer = _hand_over(letter, reminder, connection)
    except channels.Refused as error:
        return _fail(reminder, error.answer, now())
    except (channels.Delayed, channels.Away) as error:
        return _try_later(reminder, error, now())
    reminder.state, reminder.sent_at, reminder.state_reason = ReminderState.SENT, now(), ""
    _mark(reminder, "sent_at")
    return Fate.SENT


def _hand_over(letter: channels.Letter, reminder: Reminder, connection: BaseEmailBackend) -> str:
    if reminder.channel == Channel.MAIL:
        return channels.send(letter, connection)
    if reminder.chat is None:
        return ON_THE_DESK
    if reminder.chat.ended_at is not None:
        raise channels.Refused("this chat address was taken away")
    return channels.say(letter, reminder.chat)


def _try_later(reminder: Reminder, error: channels.NotSent, now: datetime) -> Fate:
    """A server that gives no answer is not the word's doing: it waits for as long as that lasts."""
    is_away = isinstance(error, channels.Away)
    if reminder.tries >= TRIES and not is_away:
        return _fail(reminder, error.answer, now)
    reminder.answer, reminder.try_at = error.answer, now + wait_after(reminder.tries)
    reminder.state_reason = NO_ANSWER if is_away else ""
    _mark(reminder, "try_at")
    if is_away:
        return Fate.AWAY
    _tell_meanwhile(reminder, now)
    return Fate.LATER


def _tell_meanwhile(reminder: Reminder, now: datetime) -> None:
    """A chat that keeps failing is helped by mail; who is not reached in time to acknowledge is not waited for."""
    if reminder.channel == Channel.CHAT and reminder.tries >= PATIENCE and not _has_mail(reminder):
        _say_by_mail(reminder, now)
    within = reminder.acknowledge_within
    if within is not None and reminder.planned_at + within <= now and _reaches_nobody(reminder, now):
        _tell_instead(reminder, now)


def wait_after(tries: int) -> timedelta:
    """1, 2, 4 … minutes, then every six hours."""
    return min(FIRST_WAIT * (1 << min(tries - 1, TRIES)), LONGEST_WAIT)


def _fail(reminder: Reminder, answer: str, now: datetime) -> Fate:
    """Shown as failed, told to who runs the system, and said to the next person of the ladder instead."""
    reminder.state, reminder.answer = ReminderState.FAILED, answer
    reminder.state_reason = gettext_noop("It could not be delivered.")
    _mark(reminder)
    if reminder.kind != WordKind.ALARM:
        alarms.raise_alarm(alarms.NOT_DELIVERED, now=now)
    if reminder.channel == Channel.CHAT and not _has_mail(reminder):
        _say_by_mail(reminder, now)
    elif _reaches_nobody(reminder, now):
        _tell_instead(reminder, now)
    return Fate.FAILED


def _reaches_nobody(reminder: Reminder, now: datetime) -> bool:
    """A reminder that has reached its reader by no other channel, nor is about to."""
    if reminder.kind != WordKind.REMINDER or reminder.channel == Channel.ROOM:
        return False
    return not reaching(now).filter(_same(reminder)).exists()


def _same(reminder: Reminder) -> Q:
    """What the same person is told on the same occasion."""
    return Q(person=reminder.person_id, occasion=reminder.occasion, version=reminder.version_id)


def _has_mail(reminder: Reminder) -> bool:
    return Reminder.objects.said().filter(_same(reminder), channel=Channel.MAIL).exists()


def _say_by_mail(reminder: Reminder, now: datetime) -> None:
    """A chat that takes nothing is no reason to tell anybody else yet."""
    mail = copy(reminder)
    mail.pk, mail.uid, mail.state, mail.state_reason = None, new_uid(), ReminderState.UNSENT, ""
    mail.tries, mail.answer, mail.message_id, mail.made_at, mail.try_at = 0, "", "", now, now
    Reminder.objects.bulk_create([by(MAIL, mail)], ignore_conflicts=True)


def drop(reminder: Reminder, reason: str) -> Fate:
    """It no longer counts as said: the bell is rung, so that whoever is to know now is told what is to be said now."""
    reminder.state, reminder.state_reason = ReminderState.DROPPED, reason
    _mark(reminder)
    if reminder.deadline_id is not None:
        Deadline.objects.filter(pk=reminder.deadline_id).update(rearm=True)
    return Fate.DROPPED


def _tell_instead(reminder: Reminder, now: datetime) -> None:
    deadline = reminder.deadline
    addressees = _addressees(reminder, deadline, now, is_instead=True)
    if not addressees:
        logger.error("reminder %s failed and nobody is left who could be told instead", reminder.uid)
        alarms.raise_alarm(alarms.NOBODY_LEFT, now=now)
    occasion = ladder.Occasion(reminder.occasion, "", reminder.occasion_at)
    said = Said(deadline, reminder.version, occasion, now, reminder.acknowledge_within, reminder.rung)
    ways = Ways({each.person for each in addressees}, WordKind.REMINDER)
    others = [word for each in addressees for word in reminders_for(each, said, ways, now=now)]
    # Who has this word already is not told twice.
    Reminder.objects.bulk_create(others, ignore_conflicts=True)


def _mark(reminder: Reminder, *further: str) -> None:
    fields = ("state", "state_reason", "address", "subject", "text", "message_id", "answer", "tries")
    save(reminder, *fields, *further)


@transaction.atomic
def _set_aside(pk: int, error: Exception, now: datetime) -> None:
    """The word stays unsent and is tried again after the others; its row names the error."""
    reminder = Reminder.objects.select_for_update().get(pk=pk)
    reminder.tries += 1
    reminder.try_at = now + wait_after(reminder.tries)
    reminder.answer = f"{type(error).__name__}: {error}"[:REASON_LENGTH]
    if reminder.tries >= TRIES:
        reminder.state, reminder.state_reason = ReminderState.FAILED, gettext_noop("It could not be written.")
        alarms.raise_alarm(alarms.NOT_DELIVERED, now=now)
    reminder.save(update_fields=["state", "state_reason", "answer", "tries", "try_at"])
