"""Makes the words that are due: for each watch whose time has come, one Reminder a person, then the next time set."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_noop

from cases.models import Deadline, DeadlineVersion, Person
from tracker import ladder
from tracker.models import Channel, Reminder, ReminderState, WordKind
from tracker.reminders import alarms
from tracker.reminders.arming import NOBODY, Ledger, keep
from tracker.reminders.many import due, write_plain
from tracker.reminders.telling import Addressee, Seats
from tracker.reminders.timetable import Timetable, after_quiet_hours
from tracker.reminders.ways import Ways, by

logger = logging.getLogger(__name__)

NOBODY_LEFT: Final = gettext_noop("Nobody further up the ladder is left to be told.")


@dataclass(frozen=True, slots=True)
class Said:
    """What a deadline has to say now. `below`: the word nobody acknowledged, where this one goes to a rung above."""

    deadline: Deadline
    version: DeadlineVersion
    occasion: ladder.Occasion
    latest: datetime
    within: timedelta | None
    rung: int = 0
    below: ladder.Climb | None = None


def make_due(*, now: datetime) -> int:
    """How many words were made; a watch that another sweep holds is its business."""
    made = 0
    while (some := _make_some(now=now)) is not None:
        made += some
    return made


@transaction.atomic
def _make_some(*, now: datetime) -> int | None:
    """None: nothing is due any more. The plain many are written at once, all others are worked out in full."""
    found = due(now)
    if not found:
        return None
    written = write_plain([watch for watch in found if watch.is_plain], now=now)
    others = [watch.deadline for watch in found if watch.deadline not in written]
    return len(written) + (_work_out(others, now=now) if others else 0)


def _work_out(pks: Sequence[int], *, now: datetime) -> int:
    rows = Deadline.objects.select_related("case").in_bulk(pks)
    deadlines = [rows[pk] for pk in pks]
    ledger = Ledger(deadlines)
    reminders = list(_reminders(list(_words(deadlines, ledger, now)), now))
    Reminder.objects.bulk_create(reminders, ignore_conflicts=True)
    ledger.note(reminders)
    keep(ledger.armed(deadline, now=now) for deadline in deadlines)
    return sum(reminder.role != NOBODY for reminder in reminders)


def _words(deadlines: Sequence[Deadline], ledger: Ledger, now: datetime) -> Iterator[Said]:
    for deadline in deadlines:
        timetable, version = ledger.timetable(deadline), ledger.leading(deadline)
        if timetable is None or version is None:
            continue
        if word := timetable.nearest(said=ledger.said[deadline.pk], now=now):
            occasion = word.occasion
            yield Said(deadline, version, occasion, timetable.latest_for(occasion), timetable.answer_within(occasion))
        elif (climb := ledger.climb(deadline, timetable, now=now)) and climb.at <= now:
            yield _higher(deadline, version, climb, timetable)


def _higher(deadline: Deadline, version: DeadlineVersion, climb: ladder.Climb, timetable: Timetable) -> Said:
    below = climb.below
    step = below.occasion.partition("@")[0].partition(":")[0]
    occasion = ladder.Occasion(below.occasion, step, below.occasion_at)
    # Whoever is told because others did not answer has the night disturbed only where the word cannot wait.
    latest = max(timetable.latest_for(occasion), climb.at)
    return Said(deadline, version, occasion, latest, below.within, below.rung + 1, climb)


def _reminders(words: Sequence[Said], now: datetime) -> Iterator[Reminder]:
    deadlines = [said.deadline for said in words]
    seats, unreached = Seats(deadlines, now=now), unreachable(deadlines, now=now)
    told = [(said, addressees_of(said, seats, unreached[said.deadline.pk, said.occasion.code])) for said in words]
    people = {addressee.person for _said, addressees in told for addressee in addressees}
    ways = Ways(people, WordKind.REMINDER, cases={deadline.case_id for deadline in deadlines})
    for said, addressees in told:
        if not addressees and said.below:
            alarms.raise_alarm(alarms.UNANSWERED, now=now)
            yield _nobody(said, now)
        elif not addressees:
            logger.error("deadline %s: nobody is left who could be told %s", said.deadline.uid, said.occasion.code)
        for addressee in addressees:
            yield from reminders_for(addressee, said, ways, now=now)
        room = ways.room(said.deadline.case_id)
        if room and addressees and said.below is None:
            yield by(room, _reminder(said, addressees[0].person, addressees[0].role, at=now, now=now))


def addressees_of(said: Said, seats: Seats, unreached: Collection[str]) -> tuple[Addressee, ...]:
    if said.below is None:
        return seats.addressees(said.deadline, told=unreached)
    return seats.higher(said.deadline, role=said.below.below.role, told={*said.below.told, *unreached})


def _nobody(said: Said, now: datetime) -> Reminder:
    """A note in the outbox, so that the climbing ends and its end is seen."""
    assert said.below is not None
    last = Person.objects.get(uid=said.below.below.uid)
    note = _reminder(said, last, NOBODY, at=now, now=now)
    note.state, note.state_reason = ReminderState.DROPPED, NOBODY_LEFT
    return note


def unreachable(deadlines: Collection[Deadline], *, now: datetime) -> Mapping[tuple[int, str], set[str]]:
    """By deadline and occasion: the uids of people whom that word could not reach by any channel, or not in time."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    words = Reminder.objects.personal().filter(deadline__in=[d.pk for d in deadlines])
    same = {name: OuterRef(name) for name in ("deadline_id", "occasion", "person_id")}
    failed = words.filter(Q(state=ReminderState.FAILED) | stuck(now), ~Exists(reaching(now).filter(**same))).order_by()
    for deadline, occasion, uid in failed.values_list("deadline_id", "occasion", "person__uid"):
        found[deadline, occasion].add(uid)
    return found


def reaching(now: datetime) -> "QuerySet[Reminder]":
    """Words to a person that left, or are about to."""
    return Reminder.objects.personal().filter(Q(state=ReminderState.SENT) | Q(state=ReminderState.UNSENT) & ~stuck(now))


def stuck(now: datetime) -> Q:
    """Condition: one mailbox, or chat, keeps putting it off for longer than its reader had to acknowledge it."""
    due_by = ExpressionWrapper(F("planned_at") + F("acknowledge_within"), output_field=DateTimeField())
    put_off = Q(state=ReminderState.UNSENT, tries__gt=0, state_reason="", acknowledge_within__isnull=False)
    return put_off & Q(LessThanOrEqual(due_by, Value(now)))


def reminders_for(addressee: Addressee, said: Said, ways: Ways, *, now: datetime) -> Iterator[Reminder]:
    """Unsaved, one by each channel. Quiet hours put them off where they still leave in good time."""
    at = after_quiet_hours(addressee.person, now, said.latest)
    for way in ways.of(addressee.person):
        word = _reminder(said, addressee.person, addressee.role, at=at, now=now)
        word.instead_of = addressee.instead_of
        yield by(way, word)


def _reminder(said: Said, person: Person, role: str, *, at: datetime, now: datetime) -> Reminder:
    return Reminder(
        kind=WordKind.REMINDER,
        case_id=said.deadline.case_id,
        deadline=said.deadline,
        version=said.version,
        occasion=said.occasion.code,
        occasion_at=said.occasion.at,
        person=person,
        channel=Channel.MAIL,
        address=person.email,
        role=role,
        rung=said.rung,
        acknowledge_within=said.within,
        made_at=now,
        planned_at=at,
        try_at=at,
    )
