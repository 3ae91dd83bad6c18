"""Words that come by the timetable: makes those whose time has come, sets the next, and asks whether one is still due.

A time that passed unseen is made up once, and says how things stand now.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from cases.legislation import in_force
from cases.models import Case, CaseState, Deadline, Member, MemberRole, Person, Role
from cases.permissions import can, cases_visible_to, visible_to
from tracker import rhythm
from tracker.models import Reminder, Rhythm, Subject, Subscription, WordKind
from tracker.reminders.timetable import LAST_RESORT_CALENDAR, after_quiet_hours, works, zone_named
from tracker.reminders.ways import Ways, by
from tracker.status.clocks import IS_HARD, day_of

BATCH: Final = 500
PATIENCE: Final = timedelta(hours=12)  # how far quiet hours may push it
MONDAY: Final = 1
KINDS: Final = {Subject.DAY: WordKind.DIGEST, Subject.WEEK: WordKind.DIGEST, Subject.STATUS: WordKind.STATUS}


# ---- Making ----------------------------------------------------------------------------------------------------------
def make_subscribed(*, now: datetime) -> int:
    """How many words were made; a subscription that another sweep holds is its business."""
    made = 0
    while (some := _make_some(now=now)) is not None:
        made += some
    return made


@transaction.atomic
def _make_some(*, now: datetime) -> int | None:
    due = Subscription.objects.filter(next_at__lte=now).order_by("next_at", "pk").select_related("person", "case")
    found = list(due.select_for_update(of=("self",), skip_locked=True, no_key=True)[:BATCH])
    if not found:
        return None
    ways = {kind: Ways({each.person for each in found}, kind) for kind in {KINDS[Subject(s.subject)] for s in found}}
    words = [word for each in found for word in _words(each, ways[KINDS[Subject(each.subject)]], now)]
    Reminder.objects.bulk_create(words, ignore_conflicts=True)
    for each in found:
        each.next_at = next_slot(each, after=now)
    Subscription.objects.bulk_update(found, ["next_at"])
    return len(words)


def _words(subscription: Subscription, ways: Ways, now: datetime) -> Iterator[Reminder]:
    person = subscription.person
    if is_gone(person) and subscription.subject != Subject.STATUS:
        return
    at = after_quiet_hours(person, now, now + PATIENCE)
    for occasion in occasions(subscription, now=now):
        for way in ways.of(person):
            yield by(way, _word(subscription, occasion, at=at, now=now))


def _word(subscription: Subscription, occasion: str, *, at: datetime, now: datetime) -> Reminder:
    return Reminder(
        kind=KINDS[Subject(subscription.subject)], subscription=subscription, case_id=subscription.case_id,
        occasion=occasion, person=subscription.person, role="subscriber", occasion_at=subscription.next_at or now,
        made_at=now, planned_at=at, try_at=at,
    )  # fmt: skip


def next_slot(subscription: Subscription, *, after: datetime) -> datetime:
    """Hard dates are looked for every hour: a clock in hours does not wait for the morning."""
    if subscription.rhythm == Rhythm.HARD_DATES:
        return after + timedelta(hours=1)
    is_working = works(in_force().calendar(LAST_RESORT_CALENDAR))
    return rhythm.next_slot(
        after,
        at=subscription.at,
        zone=zone_named(subscription.person.zone),
        weekday=subscription.weekday,
        is_due=is_working if subscription.rhythm == Rhythm.WORKING_DAYS else None,
    )


def occasions(subscription: Subscription, *, now: datetime) -> Sequence[str]:
    """By the reader's day; before hard dates one for each day on which any falls and of which nothing was said yet."""
    if subscription.rhythm == Rhythm.HARD_DATES:
        return [f"hard:{subscription.uid}:{day:%Y-%m-%d}" for day in _hard_days(subscription, now)]
    day = day_of(_latest_slot(subscription, now), subscription.person.zone)
    return [f"{subscription.subject}:{subscription.uid}:{day:%Y-%m-%d}"]


def _latest_slot(subscription: Subscription, now: datetime) -> datetime:
    """Of those that are over: what was missed yesterday does not stand in the way of today's."""
    latest = subscription.next_at or now
    while (following := next_slot(subscription, after=latest)) <= now:
        latest = following
    return latest


def _hard_days(subscription: Subscription, now: datetime) -> list[date]:
    running = Deadline.objects.running().filter(IS_HARD, case__state=CaseState.OPEN, due_at__gt=now)
    mine = visible_to(running, subscription.person, at=now)
    mine = mine.filter(case=subscription.case_id) if subscription.case_id else mine
    today = day_of(now, subscription.person.zone)
    reach = today + timedelta(days=3 * (subscription.days_before or 0) + 21)
    local = now.astimezone(zone_named(subscription.person.zone)).time()
    mine = mine if local >= subscription.at else mine.filter(is_hourly=True)
    near = mine.filter(due_on__lte=reach).order_by().values_list("due_on", "calendar").distinct()
    law, before = in_force(), subscription.days_before or 0
    days = {on for on, calendar in near if on and law.calendar(calendar).working_days_between(today, on) <= before}
    return sorted(days)


# ---- Whether it is still to be said ----------------------------------------------------------------------------------
def obsolete(reminder: Reminder, *, now: datetime) -> str:
    subscription, person = reminder.subscription, reminder.person
    if subscription is None or subscription.ended_at is not None:
        return gettext_noop("It is no longer wished for.")
    if gone := is_gone(person) or _sees_nothing(reminder, now):
        return gone
    if reminder.tries and subscription.reminders.said().filter(occasion_at__gt=reminder.occasion_at).exists():
        return gettext_noop("A later one takes its place.")
    if subscription.subject == Subject.WEEK and not led_by(person, now=now).exists():
        return gettext_noop("The person leads nothing any more.")
    return ""


def is_gone(person: Person) -> str:
    return "" if person.is_active else gettext_noop("The person has left.")


def _sees_nothing(reminder: Reminder, now: datetime) -> str:
    if not can(reminder.person, "view"):
        return gettext_noop("The person may not see it any more.")
    if reminder.case_id is None:
        return ""
    known = cases_visible_to(reminder.person, at=now).filter(pk=reminder.case_id)
    if not known.exists():
        return gettext_noop("The person may not see it any more.")
    return "" if known.filter(state=CaseState.OPEN).exists() else gettext_noop("The case is closed.")


def led_by(person: Person, *, now: datetime) -> "QuerySet[Case]":
    """Open cases the person leads as counsel or at the head of the task force, and may know of."""
    today = day_of(now, person.zone)
    standing = Q(until_on__isnull=True) | Q(until_on__gte=today)
    leads = Member.objects.filter(
        standing, person=person, role=MemberRole.LEAD, from_on__lte=today, task_force__dissolved_on__isnull=True,
        task_force__case=OuterRef("pk"),
    )  # fmt: skip
    mine = cases_visible_to(person, at=now).filter(state=CaseState.OPEN)
    return mine.filter(Q(lead_counsel=person) | Q(Exists(leads)))


# ---- Who gets one without having asked -------------------------------------------------------------------------------
def subscribe_everybody(*, now: datetime) -> int:
    """A digest each morning to everybody who sees cases, and each Monday the week to whoever leads one; once: who ends
    it has chosen so.
    """
    made = [
        _standard(person, Subject.DAY, Rhythm.DAILY, None, now)
        for person in _without(Subject.DAY).exclude(role=Role.ADMINISTRATOR)
    ]
    leads = Q(Exists(Case.objects.filter(lead_counsel=OuterRef("pk"), state=CaseState.OPEN)))
    leads |= Q(Exists(Member.objects.filter(person=OuterRef("pk"), role=MemberRole.LEAD, until_on__isnull=True)))
    made += [
        _standard(person, Subject.WEEK, Rhythm.WEEKLY, MONDAY, now) for person in _without(Subject.WEEK).filter(leads)
    ]
    Subscription.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _without(subject: Subject) -> "QuerySet[Person]":
    had = Subscription.objects.filter(person=OuterRef("pk"), subject=subject)
    return Person.objects.active().filter(~Exists(had))


def _standard(person: Person, subject: Subject, rhythm_: Rhythm, weekday: int | None, now: datetime) -> Subscription:
    made = Subscription(person=person, subject=subject, rhythm=rhythm_, weekday=weekday, made_at=now)
    made.next_at = next_slot(made, after=now)
    return made
