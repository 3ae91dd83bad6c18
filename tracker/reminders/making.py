"""Makes the words that are due: for each watch whose time has come, one Reminder a person, then the next time set."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from cases.models import Deadline, DeadlineVersion, Person
from tracker import ladder
from tracker.models import Channel, Reminder, ReminderState, Watch
from tracker.reminders.arming import Ledger, keep
from tracker.reminders.telling import Addressee, Seats
from tracker.reminders.timetable import Timetable, zone_named

logger = logging.getLogger(__name__)

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Said:
    """One word a deadline has to say now."""

    deadline: Deadline
    version: DeadlineVersion
    word: ladder.Word
    timetable: Timetable


def make_due(*, now: datetime) -> int:
    """How many words were made; a watch that another sweep holds is its business."""
    made = 0
    while (some := _make_some(now=now)) is not None:
        made += some
    return made


@transaction.atomic
def _make_some(*, now: datetime) -> int | None:
    """None: nothing is due any more."""
    due = Watch.objects.filter(next_word_at__lte=now).order_by("next_word_at", "pk")
    due = due.select_related("deadline__case").select_for_update(of=("self",), skip_locked=True, no_key=True)
    deadlines = [watch.deadline for watch in due[:BATCH]]
    if not deadlines:
        return None
    ledger = Ledger(deadlines)
    words = list(_words(deadlines, ledger, now))
    reminders = list(_reminders(words, now))
    Reminder.objects.bulk_create(reminders, ignore_conflicts=True)
    for said in words:
        ledger.said[said.deadline.pk].add(said.word.occasion.code)
    keep(ledger.armed(deadline, now=now) for deadline in deadlines)
    return len(reminders)


def _words(deadlines: Sequence[Deadline], ledger: Ledger, now: datetime) -> Iterator[Said]:
    for deadline in deadlines:
        timetable, version = ledger.timetable(deadline), ledger.leading(deadline)
        word = timetable and timetable.nearest(said=ledger.said[deadline.pk], now=now)
        if timetable and version and word:
            yield Said(deadline, version, word, timetable)


def _reminders(words: Sequence[Said], now: datetime) -> Iterator[Reminder]:
    deadlines = [said.deadline for said in words]
    seats, unreached = Seats(deadlines, now=now), unreachable(deadlines)
    for said in words:
        told = unreached[said.deadline.pk, said.word.occasion.code]
        addressees = seats.addressees(said.deadline, told=told)
        if not addressees:
            logger.error("deadline %s: nobody is left who could be told %s", said.deadline.uid, said.word.occasion.code)
        for addressee in addressees:
            latest = said.timetable.latest_for(said.word.occasion)
            occasion, occasion_at = said.word.occasion.code, said.word.occasion.at
            yield reminder_for(
                addressee, said.deadline, said.version, occasion, occasion_at=occasion_at, latest=latest, now=now
            )


def unreachable(deadlines: Collection[Deadline]) -> Mapping[tuple[int, str], set[str]]:
    """By deadline and occasion: the uids of people whom that word could not reach."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    failed = Reminder.objects.filter(deadline__in=[d.pk for d in deadlines], state=ReminderState.FAILED).order_by()
    for deadline, occasion, uid in failed.values_list("deadline_id", "occasion", "person__uid"):
        found[deadline, occasion].add(uid)
    return found


def reminder_for(
    addressee: Addressee,
    deadline: Deadline,
    version: DeadlineVersion,
    occasion: str,
    *,
    occasion_at: datetime,
    latest: datetime,
    now: datetime,
) -> Reminder:
    """Unsaved. Quiet hours put it off where it still leaves in good time (`latest`)."""
    person = addressee.person
    return Reminder(
        case_id=deadline.case_id,
        deadline=deadline,
        version=version,
        occasion=occasion,
        person=person,
        channel=Channel.MAIL,
        address=person.email,
        role=addressee.role,
        instead_of=addressee.instead_of,
        occasion_at=occasion_at,
        made_at=now,
        try_at=_after_quiet_hours(person, now, latest),
    )


def _after_quiet_hours(person: Person, now: datetime, latest: datetime) -> datetime:
    zone = zone_named(person.zone)
    return ladder.delay(now, quiet_from=person.quiet_from, quiet_until=person.quiet_until, zone=zone, latest=latest)
