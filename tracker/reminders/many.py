"""Watches whose time has come: found by the index of next words alone, and the plain many of them, whose owner is told
by mail and nothing else, written in two statements however many they are.

What they say and when the next of them is due depends on their date alone; whoever shares it shares the answer.
"""

from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from cases.models import Deadline, DeadlineVersion
from cases.models.record import new_uid
from tracker import ladder
from tracker.models import Channel, Reminder, Step, Watch, WordKind
from tracker.reminders.arming import next_of
from tracker.reminders.plain import plain_watch
from tracker.reminders.prepared import Prepared
from tracker.reminders.timetable import Dated, clock_of, zone_named

BATCH: Final = 2000
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
NEVER: Final = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)


class Due(NamedTuple):
    """A watch whose time has come, and of its deadline and owner what a plain word is made from."""

    deadline: int
    next_occasion: str
    version: int | None
    known_at: datetime | None
    uid: str
    case: int
    kind: str
    zone: str
    calendar: str
    due_at: datetime | None
    owner: int | None
    email: str | None
    owners_zone: str | None
    quiet_from: time | None
    quiet_until: time | None
    is_plain: bool | None


COLUMNS: Final = (
    "deadline_id", "next_occasion", "version_id", "version__made_at", "deadline__uid", "deadline__case_id",
    "deadline__kind", "deadline__zone", "deadline__calendar", "deadline__due_at", "deadline__owner_id",
    "deadline__owner__email", "deadline__owner__zone", "deadline__owner__quiet_from", "deadline__owner__quiet_until",
    "is_plain",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """What those of one date say, and when and what is next after it."""

    occasion: str
    occasion_at: datetime
    within: timedelta | None
    next_word_at: datetime | None
    next_occasion: str


def due(now: datetime) -> Sequence[Due]:
    """Locked until the transaction ends; a watch that another sweep holds is its business."""
    return [Due(*row) for row in DUE.rows(now)]


def _picked(now: datetime) -> "QuerySet[Watch]":
    found = Watch.objects.filter(next_word_at__lte=now).order_by("next_word_at", "pk")
    return found.select_for_update(skip_locked=True, no_key=True)[:BATCH]


def _asked(now: datetime) -> "QuerySet[Any, Any]":
    return Watch.objects.annotate(is_plain=plain_watch(now)).values_list(*COLUMNS)


DUE: Final = Prepared(picks=_picked, asks=_asked, of_many=True)


def write_plain(watches: Sequence[Due], *, now: datetime) -> Collection[int]:
    """Makes their words and sets when the next is due; the deadlines of those that turned out to be plain."""
    if not watches:
        return ()
    steps = list(Step.objects.filter(case__isnull=True, deadline__isnull=True))
    turns: dict[tuple[object, ...], Turn | None] = {}
    told: list[tuple[Due, Turn]] = []
    for watch in watches:
        date = (watch.due_at, watch.calendar, watch.zone, watch.kind)
        if date not in turns:
            turns[date] = _turn(watch, steps, now=now)
        turn = turns[date]
        if turn and _takes(watch, turn, now=now):
            told.append((watch, turn))
    if told:
        _write(told, now=now)
    return {watch.deadline for watch, _turn in told}


def _takes(watch: Due, turn: Turn, *, now: datetime) -> bool:
    """Whether that is what it has to say: the watch waited for no other occasion and for no answer, knew of the date
    in time, and nobody sleeps.
    """
    is_next = watch.next_occasion == turn.occasion and watch.known_at and watch.known_at < turn.occasion_at
    return bool(is_next) and not _is_quiet(watch, now)


def _is_quiet(watch: Due, now: datetime) -> bool:
    if watch.quiet_from is None or watch.quiet_until is None:
        return False
    zone = zone_named(watch.owners_zone or "")
    return now != ladder.delay(now, quiet_from=watch.quiet_from, quiet_until=watch.quiet_until, zone=zone, latest=NEVER)


def _turn(watch: Due, steps: Sequence[Step], *, now: datetime) -> Turn | None:
    """As of a date known long ago. None: its steps depend on when it became known, or nothing is to be said."""
    deadline = Deadline(
        pk=watch.deadline, uid=watch.uid, case_id=watch.case, kind=watch.kind, zone=watch.zone,
        calendar=watch.calendar, due_at=watch.due_at,
    )  # fmt: skip
    assert deadline.due_at is not None  # else it is not plain
    clock = clock_of(deadline, deadline.due_at, DeadlineVersion(made_at=LONG_AGO), steps)
    timetable = Dated(clock)
    word = timetable.nearest(said=(), now=now)
    if word is None or any(step.unit == "left" for step in clock.steps):
        return None
    occasion, within = word.occasion, timetable.answer_within(word.occasion)
    spoken = ladder.Spoken(occasion.code, occasion.at, 0, "owner", "", now, within)
    climb = ladder.climb([spoken], now=now)
    return Turn(occasion.code, occasion.at, within, *next_of(timetable, said={occasion.code}, climb=climb, now=now))


# ---- Writing ---------------------------------------------------------------------------------------------------------
TURNS: Final = """unnest(%s::text[], %s::timestamptz[], %s::interval[], %s::timestamptz[], %s::text[])
    WITH ORDINALITY AS turn(occasion, occasion_at, within, next_word_at, next_occasion, number)"""
ADVANCE: Final = f"""
    UPDATE tracker_watch AS watch SET next_word_at = turn.next_word_at, next_occasion = turn.next_occasion,
        rung = 0, acknowledged_at = NULL
    FROM unnest(%s::bigint[], %s::int[]) AS told(deadline, turn) JOIN {TURNS} ON turn.number = told.turn
    WHERE watch.deadline_id = told.deadline"""  # noqa: S608  # nothing of it comes from outside
TOLD: Final = (
    "unnest(%s::text[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::int[])"
    " AS told(uid, deadline, case_, version, person, address, turn)"
)
# Column → what of the row or of its turn stands there; the others are the same for all of them.
OWN: Final = {
    "uid": "told.uid",
    "deadline_id": "told.deadline",
    "case_id": "told.case_",
    "version_id": "told.version",
    "person_id": "told.person",
    "address": "told.address",
    "occasion": "turn.occasion",
    "occasion_at": "turn.occasion_at",
    "acknowledge_within": "turn.within",
}


def _write(told: Sequence[tuple[Due, Turn]], *, now: datetime) -> None:
    turns = list(dict.fromkeys(turn for _watch, turn in told))
    number_of = {turn: number for number, turn in enumerate(turns, 1)}
    numbers = [number_of[turn] for _watch, turn in told]
    shared = [list(column) for column in zip(*map(astuple, turns), strict=True)]
    rows = [(new_uid(), w.deadline, w.case, w.version, w.owner, w.email) for w, _turn in told]
    columns = [list(column) for column in zip(*rows, strict=True)]
    insert, same = _insert(now)
    with connection.cursor() as cursor:
        cursor.execute(insert, [*same, *columns, numbers, *shared])
        cursor.execute(ADVANCE, [columns[1], numbers, *shared])


def _insert(now: datetime) -> tuple[str, Sequence[Any]]:
    """Made from the model, so that a column added to it later takes its default here too."""
    like = Reminder(
        kind=WordKind.REMINDER, channel=Channel.MAIL, role="owner", rung=0, made_at=now, planned_at=now, try_at=now
    )
    fields = [field for field in Reminder._meta.concrete_fields if not field.primary_key]
    same = [f for f in fields if f.column not in OWN]
    names = ", ".join(f'"{name}"' for name in (*(f.column for f in same), *OWN))
    values = ", ".join((*("%s" for _ in same), *OWN.values()))
    sql = (
        f"INSERT INTO tracker_reminder ({names}) SELECT {values}"  # noqa: S608  # nothing of it comes from outside
        f" FROM {TOLD} JOIN {TURNS} ON turn.number = told.turn ON CONFLICT DO NOTHING"
    )
    return sql, [field.get_db_prep_save(getattr(like, field.attname), connection) for field in same]
