"""Which words a person gets by the timetable, and those of them that the Desk shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from cases.models import CaseState, Outcome, Person
from cases.permissions import cases_visible_to, visible_to
from tracker.models import Channel, Reminder, ReminderState, Subscription
from tracker.status.clocks import day_of
from tracker.status.lists import PAGE, Page, page
from tracker.status.nouns import CaseRef
from tracker.status.outbox import REMINDER, ReminderRow, reminder_row
from tracker.status.people import CASE, Row, case_ref, columns

MOST_WORDS: Final = 10
# Of one deadline several words may wait; only the latest is shown.
MOST_READ: Final = 60


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """`at` is in the person's zone; `case` is empty for all they may know of."""

    uid: str
    subject: str
    case: CaseRef | None
    rhythm: str
    at: str
    weekday: int | None
    days_before: int | None
    next_at: datetime | None
    made_at: datetime


_SAME: Final = ("uid", "subject", "rhythm", "weekday", "days_before", "next_at", "made_at")
SUBSCRIPTION: Final = ("pk", *_SAME, "at", *columns("case", CASE))


def own_subscriptions(person: Person, *, at: datetime) -> "QuerySet[Subscription]":
    """Also those that have ended; but none of a case the person may not know of any more: it does not come either."""
    known = Q(case__isnull=True) | Q(case__in=cases_visible_to(person, at=at).order_by())
    return Subscription.objects.filter(known, person=person)


def subscription_list(
    person: Person, *, now: datetime, of: Q | None = None, cursor: str = "", size: int = PAGE
) -> Page[SubscriptionRow]:
    """Those that still come, the newest first."""
    running = own_subscriptions(person, at=now).filter(of or Q(), ended_at__isnull=True)
    rows = running.values(*SUBSCRIPTION)
    found = page(rows, order=("-made_at", "-pk"), cursor=cursor, size=size)
    return found.holding([subscription_row(row) for row in found.rows])


def subscription_row(row: Row) -> SubscriptionRow:
    same = {name: row[name] for name in _SAME}
    return SubscriptionRow(**same, at=f"{row['at']:%H:%M}", case=case_ref(row) if row["case__uid"] else None)


# ---- On the Desk -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OwnWords:
    """`asking` wait to be acknowledged; `shown` came today and go nowhere but here."""

    asking: tuple[ReminderRow, ...]
    shown: tuple[ReminderRow, ...]


def own_words(person: Person, *, now: datetime) -> OwnWords:
    """In one statement."""
    rows = list(_on_the_desk(person, now=now).values(*REMINDER, "asks"))
    asking = [reminder_row(row) for row in rows if row["asks"]]
    shown = [reminder_row(row) for row in rows if not row["asks"]]
    return OwnWords(tuple(_latest(asking))[:MOST_WORDS], tuple(shown[:MOST_WORDS]))


def _on_the_desk(person: Person, *, now: datetime) -> "QuerySet[Reminder]":
    """The newest first, so many of either."""
    midnight = datetime.combine(day_of(now, person.zone), time(), ZoneInfo(person.zone))
    shown = Q(channel=Channel.DESK, sent_at__gte=midnight, acknowledge_within__isnull=True)
    sent = Reminder.objects.filter(_asking() | shown, person=person, state=ReminderState.SENT)
    is_asking = ExpressionWrapper(Q(acknowledge_within__isnull=False), output_field=BooleanField())
    newest = Window(RowNumber(), partition_by="asks", order_by=("-occasion_at", "-pk"))
    known = visible_to(sent, person, at=now).annotate(asks=is_asking)
    return known.annotate(place=newest).filter(place__lte=MOST_READ).order_by("-occasion_at", "-pk")


def _asking() -> Q:
    """A word of a date that runs, until anybody has acknowledged its occasion."""
    same = Reminder.objects.filter(version=OuterRef("version"), occasion=OuterRef("occasion"))
    answered = Exists(same.filter(acknowledged_at__isnull=False).order_by())
    running = Q(deadline__outcome=Outcome.RUNNING, case__state=CaseState.OPEN)
    return running & Q(acknowledge_within__isnull=False, acknowledged_at__isnull=True) & ~Q(answered)


def _latest(rows: Iterable[ReminderRow]) -> Iterable[ReminderRow]:
    """One of each deadline: the first is the latest."""
    seen: dict[str | None, ReminderRow] = {}
    for row in rows:
        seen.setdefault(row.deadline_uid, row)
    return seen.values()
