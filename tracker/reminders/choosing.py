"""What a person chooses of the words they get: by which channels, which by the timetable; the chat room of a case; and
what who runs the system sends once more.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from typing import Final

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_open, locked_case
from cases.actions.log import write_log
from cases.models import Case, Language, Person
from tracker import channels
from tracker.models import (
    ChatAddress,
    ChosenChannel,
    Reminder,
    ReminderState,
    Rhythm,
    Subject,
    Subscription,
    WordKind,
)
from tracker.reminders.subscribed import next_slot
from tracker.reminders.ways import Way

MOST_CHATS: Final = 5
MOST_DAYS_BEFORE: Final = 30
# By which rhythms a word of each subject comes.
RHYTHMS: Final[Mapping[Subject, frozenset[Rhythm]]] = {
    Subject.DAY: frozenset({Rhythm.DAILY, Rhythm.WORKING_DAYS, Rhythm.WEEKLY}),
    Subject.WEEK: frozenset({Rhythm.WEEKLY}),
    Subject.STATUS: frozenset(Rhythm),
}


class NoChannel(RuleBroken):
    code = "no_channel"


class TooManyChats(RuleBroken):
    code = "too_many_chats"


class NotFailed(RuleBroken):
    code = "not_failed"


class BadWish(RuleBroken):
    code = "bad_wish"


@transaction.atomic
def choose_channels(*, person: Person, chosen: Mapping[WordKind, Collection[Way]], by: Person, at: datetime) -> None:
    """For the kinds named; the others stay. Raises NoChannel where nothing is chosen: a word must have a way."""
    for kind, ways in chosen.items():
        if not ways:
            raise NoChannel(_("Choose at least one channel for each kind of word."), kind=str(kind))
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    ChosenChannel.objects.filter(person=person, kind__in=chosen).delete()
    rows = [
        ChosenChannel(person=person, kind=kind, channel=way.channel, chat=way.chat)
        for kind, ways in chosen.items()
        for way in ways
    ]
    ChosenChannel.objects.bulk_create(rows)
    facts = {str(kind): sorted({str(way.channel) for way in ways}) for kind, ways in chosen.items()}
    write_log("choose_channels", person, case=None, by=by, at=at, facts=facts)


@transaction.atomic
def add_chat(*, person: Person, opened: channels.Opened, at: datetime) -> ChatAddress:
    """Of one's own. Raises TooManyChats."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if ChatAddress.objects.filter(person=person, ended_at__isnull=True).count() >= MOST_CHATS:
        raise TooManyChats(_("You have %(n)s chat addresses: take one away first.") % {"n": MOST_CHATS})
    made = _address(opened, at, person=person, language=person.language)
    write_log("add_chat", made, case=None, by=person, at=at, facts={"service": made.service})
    return made


@transaction.atomic
def set_room(*, case: Case, opened: channels.Opened, language: Language, by: Person, at: datetime) -> ChatAddress:
    """The case's chat room, instead of any it had. Raises CaseClosed."""
    check_open(locked_case(case))
    ChatAddress.objects.filter(case=case, ended_at__isnull=True).update(ended_at=at)
    made = _address(opened, at, case=case, language=language)
    write_log("set_room", made, case=case, by=by, at=at, facts={"service": made.service})
    return made


def _address(opened: channels.Opened, at: datetime, **whose: object) -> ChatAddress:
    sealed, hint = channels.seal(opened), channels.hint_of(opened)
    return ChatAddress.objects.create(service=opened.service, sealed=sealed, hint=hint, made_at=at, **whose)


@transaction.atomic
def end_chat(*, address: ChatAddress, by: Person, at: datetime) -> None:
    """What was to go there goes by mail. Ended twice, it ends once."""
    if not ChatAddress.objects.filter(pk=address.pk, ended_at__isnull=True).update(ended_at=at, sealed=""):
        return
    ChosenChannel.objects.filter(chat=address).delete()
    write_log("end_chat", address, case=address.case, by=by, at=at, facts={"service": address.service})


@transaction.atomic
def subscribe(
    *, person: Person, subject: Subject, rhythm: Rhythm, when: time, weekday: int | None = None,
    days_before: int | None = None, case: Case | None = None, at: datetime,
) -> Subscription:  # fmt: skip
    """Instead of the one of its kind: of digests there is one, of status mails one a case and rhythm; or BadWish."""
    for field, why in wrong_in(subject, rhythm, weekday=weekday, days_before=days_before, case=case).items():
        raise BadWish(why, field=field)
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    same = Subscription.objects.filter(person=person, subject=subject, case=case, ended_at__isnull=True)
    same = same.filter(rhythm=rhythm) if subject == Subject.STATUS else same
    same.update(ended_at=at, next_at=None)
    made = Subscription(
        person=person, subject=subject, rhythm=rhythm, case=case, at=when, made_at=at,
        weekday=weekday if rhythm == Rhythm.WEEKLY else None,
        days_before=days_before if rhythm == Rhythm.HARD_DATES else None,
    )  # fmt: skip
    made.next_at = next_slot(made, after=at)
    made.save()
    facts = {"subject": str(subject), "rhythm": str(rhythm)}
    write_log("subscribe", made, case=case, by=person, at=at, facts=facts)
    return made


def wrong_in(
    subject: Subject, rhythm: Rhythm, *, weekday: int | None, days_before: int | None, case: Case | None
) -> Mapping[str, Promise]:
    """Field → what is wrong with it; both doors say it beside the field."""
    asked = (
        ("rhythm", rhythm not in RHYTHMS[subject], _("This word does not come by that timetable.")),
        ("weekday", rhythm == Rhythm.WEEKLY and weekday is None, _("Choose the day of the week.")),
        ("days_before", rhythm == Rhythm.HARD_DATES and days_before is None, _("Say how many working days before.")),
        ("case", case is not None and subject != Subject.STATUS, _("Only a status mail is of one case.")),
    )
    return {field: why for field, is_wrong, why in asked if is_wrong}


@transaction.atomic
def unsubscribe(*, subscription: Subscription, by: Person, at: datetime) -> None:
    if Subscription.objects.filter(pk=subscription.pk, ended_at__isnull=True).update(ended_at=at, next_at=None):
        facts = {"subject": subscription.subject, "rhythm": subscription.rhythm}
        write_log("unsubscribe", subscription, case=subscription.case, by=by, at=at, facts=facts)


@transaction.atomic
def send_again(*, reminder: Reminder, by: Person, at: datetime) -> None:
    """At the next sweep, re-checked as any other. Raises NotFailed."""
    again = {"state": ReminderState.UNSENT, "state_reason": "", "tries": 0, "try_at": at}
    if not Reminder.objects.filter(pk=reminder.pk, state=ReminderState.FAILED).update(**again):
        raise NotFailed(_("This has not failed, or is being sent again already."))
    write_log("send_again", reminder, case=reminder.case, by=by, at=at, facts={"occasion": reminder.occasion})
