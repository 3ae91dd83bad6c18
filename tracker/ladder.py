"""Which word is due when, and to whom: steps before a deadline, days after it, rungs, leave and quiet hours.

Reads no clock and no database: the sweep passes `now` and what has been said; this says what is next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

Unit = Literal["working_day", "left", "morning"]
Role = Literal["on_call", "owner", "deputy", "lead", "lead_counsel", "general_counsel", "executive"]

ROLES: tuple[Role, ...] = ("owner", "deputy", "lead", "lead_counsel", "general_counsel", "executive")
# A clock in hours does not wait for its owner to wake.
LADDERS: Mapping[bool, tuple[Role, ...]] = MappingProxyType({False: ROLES, True: ("on_call", *ROLES)})
FIRST_MOMENT = timedelta(microseconds=1)
LAST_CALL = timedelta(hours=2)  # the morning's word when the deadline itself falls before the office opens
OVERDUE = "overdue"


class UnknownUnit(ValueError):
    """A step counted in a unit that nobody defined."""


@dataclass(frozen=True, slots=True)
class Step:
    """`amount` working days before the due day, of the whole time left before the due instant, or the morning of.

    `acknowledge_within`: the time its reader has to acknowledge it before the next rung is told; None: none is asked.
    """

    code: str
    amount: int | Fraction
    unit: Unit
    acknowledge_within: timedelta | None = None


_DAYS = (
    Step("10wd", 10, "working_day"),
    Step("5wd", 5, "working_day"),
    Step("3wd", 3, "working_day", timedelta(hours=24)),
    Step("1wd", 1, "working_day", timedelta(hours=4)),
    Step("morning", 0, "morning", timedelta(hours=2)),
)
_HOURS = (
    Step("half", Fraction(1, 2), "left", timedelta(hours=1)),
    Step("quarter", Fraction(1, 4), "left", timedelta(minutes=30)),
    Step("tenth", Fraction(1, 10), "left", timedelta(minutes=15)),
)
_DUTY = (
    Step("1wd", 1, "working_day", timedelta(hours=4)),
    Step("morning", 0, "morning", timedelta(hours=2)),
)
# Overdue, the next rung is told the same day; a fact nobody supplies is asked for higher up after two days.
OVERDUE_WITHIN = timedelta(hours=4)
MISSING_WITHIN = timedelta(days=2)
SHORTEST_WITHIN = timedelta(minutes=5)

STEPS: Mapping[str, tuple[Step, ...]] = MappingProxyType({"days": _DAYS, "hours": _HOURS, "duty": _DUTY})


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline as the watch sees it.

    `due_at` is the last instant (24:00 in the zone for a date); `started_at` is when we came to know of it;
    `is_working` is the authority's calendar.
    """

    due_at: datetime
    started_at: datetime
    zone: tzinfo
    is_working: Callable[[date], bool]
    steps: tuple[Step, ...] = _DAYS
    morning: time = time(9)
    is_hour_clock: bool = False

    @property
    def due_on(self) -> date:
        """The last day: an instant of 24:00 belongs to the day it ends."""
        return (self.due_at.astimezone(UTC) - FIRST_MOMENT).astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Occasion:
    """One word to be said; its code carries the due date, so that an extension arms every step anew."""

    code: str
    step: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Word:
    """The occasion to speak of now, how late that is, and the codes it speaks for besides its own."""

    occasion: Occasion
    late_by: timedelta
    missed: tuple[str, ...] = ()


# -- occasions -------------------------------------------------------------------------------------------------


def occasions(clock: Clock) -> tuple[Occasion, ...]:
    """The words before the due instant, in order.

    Steps that lay behind us when the deadline became known are one word, the nearest of them, said at once.
    """
    planned = sorted(((_step_at(clock, step), step) for step in clock.steps), key=lambda pair: pair[0])
    start, due = clock.started_at.astimezone(UTC), clock.due_at.astimezone(UTC)
    found = [(at, step) for at, step in planned if start < at < due]
    behind = [step for at, step in planned if at <= start < due]
    if behind:
        found.insert(0, (start, behind[-1]))
    return tuple(Occasion(f"{step.code}@{_due_mark(clock)}", step.code, at) for at, step in found)


def overdue(clock: Clock, *, after: datetime | None = None) -> Iterator[Occasion]:
    """A word each morning once the deadline has passed, without end; an hour clock's first is the due instant."""
    due = clock.due_at.astimezone(UTC)
    since = due if after is None else max(due, after.astimezone(UTC))
    if clock.is_hour_clock and since == due and (after is None or after.astimezone(UTC) < due):
        yield _overdue(clock, due)
    day = since.astimezone(clock.zone).date()
    while True:
        at = _at(clock, day)
        if at > since and at > due:
            yield _overdue(clock, at)
        day += timedelta(days=1)


def nearest(clock: Clock, *, said: Collection[str], now: datetime) -> Word | None:
    """The word due at `now`, if it has not been said: the latest occasion alone, however many were missed."""
    passed = [each for each in occasions(clock) if each.at <= now]
    last = _last_overdue(clock, now)
    latest = last or (passed[-1] if passed else None)
    if latest is None or latest.code in said:
        return None
    missed = tuple(each.code for each in passed if each.code not in said and each is not latest)
    return Word(latest, now - latest.at, missed)


def next_word_at(clock: Clock, *, said: Collection[str], now: datetime) -> datetime:
    """When the sweep must look at this deadline again: at once if a word is due, else at the next occasion."""
    word = nearest(clock, said=said, now=now)
    if word is not None:
        return word.occasion.at
    coming = (each.at for each in occasions(clock) if each.at > now)
    return next(coming, None) or next(overdue(clock, after=now)).at


def latest_for(clock: Clock, occasion: Occasion) -> datetime:
    """How far quiet hours may push a word: it must leave most of the time that is left, and the next word's turn."""
    if occasion.step == OVERDUE:
        return occasion.at if clock.is_hour_clock else occasion.at + timedelta(hours=12)
    left = clock.due_at.astimezone(UTC) - occasion.at
    turns = {one.code: other.at for one, other in pairwise(occasions(clock))}
    return min(occasion.at + left / 4, turns.get(occasion.code, clock.due_at.astimezone(UTC)))


def _step_at(clock: Clock, step: Step) -> datetime:
    due = clock.due_at.astimezone(UTC)
    if step.unit == "left":
        share = Fraction(step.amount)
        left = due - clock.started_at.astimezone(UTC)
        return due - left * share.numerator / share.denominator
    if step.unit == "morning":
        at = _at(clock, clock.due_on)
        return at if at < due else due - LAST_CALL
    if step.unit == "working_day":
        return _at(clock, _working_days_before(clock.due_on, int(step.amount), clock.is_working))
    raise UnknownUnit(step.unit)


@lru_cache(maxsize=4096)
def _working_days_before(day: date, amount: int, is_working: Callable[[date], bool]) -> date:
    """Remembered: many deadlines fall on few days, and each asks several times."""
    for _ in range(amount):
        day -= timedelta(days=1)
        while not is_working(day):
            day -= timedelta(days=1)
    return day


def _at(clock: Clock, day: date) -> datetime:
    return datetime.combine(day, clock.morning, tzinfo=clock.zone).astimezone(UTC)


def _last_overdue(clock: Clock, now: datetime) -> Occasion | None:
    """The latest overdue occasion at `now`, found without walking the days."""
    due = clock.due_at.astimezone(UTC)
    today = now.astimezone(clock.zone).date()
    for day in (today, today - timedelta(days=1)):
        at = _at(clock, day)
        if due < at <= now:
            return _overdue(clock, at)
    return _overdue(clock, due) if clock.is_hour_clock and due <= now else None


def _overdue(clock: Clock, at: datetime) -> Occasion:
    day = at.astimezone(clock.zone).date().isoformat()
    which = "due" if at == clock.due_at.astimezone(UTC) else day
    return Occasion(f"{OVERDUE}:{which}@{_due_mark(clock)}", OVERDUE, at)


def _due_mark(clock: Clock) -> str:
    if clock.is_hour_clock:
        return clock.due_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return clock.due_on.isoformat()


# -- people ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a word reaches this person now, and who stands in while on leave."""

    has_left: bool = False
    on_leave: bool = False
    stand_in: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    uid: str
    role: Role
    instead_of: tuple[str, ...] = ()


def who(
    role: Role,
    *,
    seats: Mapping[Role, Sequence[str]],
    people: Mapping[str, Standing],
    told: Collection[str] = (),
    roles: Sequence[Role] = ROLES,
) -> Addressee | None:
    """The person for this rung: whoever holds it or stands in, else the next rung up, else the nearest below.

    `told` have had this word already and are passed over. Somebody on leave is better than nobody; None only when
    nobody who has not left is there at all.
    """
    place = roles.index(role) if role in roles else 0
    order = (*roles[place:], *reversed(roles[:place]))
    return _first(order, seats, people, told) or _on_leave(order, seats, people, told)


def above(
    role: Role,
    *,
    seats: Mapping[Role, Sequence[str]],
    people: Mapping[str, Standing],
    told: Collection[str],
    roles: Sequence[Role] = ROLES,
) -> Addressee | None:
    """Who is told next because nobody up to this rung acknowledged: somebody higher up, or None."""
    higher = roles[roles.index(role) + 1 :] if role in roles else roles
    return _first(higher, seats, people, told) or _on_leave(higher, seats, people, told)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A word that was said or waits to be. `is_end`: no word, but the note that nobody further up is left."""

    occasion: str
    occasion_at: datetime
    rung: int
    role: str
    uid: str
    planned_at: datetime
    within: timedelta | None
    sent_at: datetime | None = None
    acknowledged_at: datetime | None = None
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Climb:
    """When the rung above `below` is told. `told`: the uids of those who have had the word."""

    at: datetime
    below: Spoken
    told: frozenset[str]


def climb(words: Collection[Spoken], *, now: datetime) -> Climb | None:
    """`words`: all of one occasion. None: acknowledged, none is asked, or nobody is left to tell.

    Looked at each time the time to answer has passed since the word was planned, so that the moment can be worked out
    again; it climbs at the first of these moments at which its reader has had that time in full. What waits to leave
    does not climb: nobody could have answered it.
    """
    asked = [word for word in words if word.within]
    if not asked or any(word.acknowledged_at or word.is_end for word in words):
        return None
    highest = max(word.rung for word in asked)
    top = sorted((word for word in asked if word.rung == highest), key=lambda word: word.planned_at)
    last, told = top[0], frozenset(word.uid for word in words)
    assert last.within is not None
    turns = max(0, (now - last.planned_at) // last.within)
    looked_at = last.planned_at + turns * last.within
    had = min((word.sent_at for word in top if word.sent_at), default=None)
    if turns and had and had + last.within <= looked_at:
        return Climb(looked_at, last, told)
    return Climb(looked_at + last.within, last, told)


def answer_within(clock: Clock, occasion: Occasion) -> timedelta | None:
    """How long its reader has to acknowledge it: never more than a quarter of the time that is left."""
    if occasion.step == OVERDUE:
        return OVERDUE_WITHIN
    within = next((step.acknowledge_within for step in clock.steps if step.code == occasion.step), None)
    left = clock.due_at.astimezone(UTC) - occasion.at
    return within and max(SHORTEST_WITHIN, min(within, left / 4))


def _first(
    order: Sequence[Role], seats: Mapping[Role, Sequence[str]], people: Mapping[str, Standing], told: Collection[str]
) -> Addressee | None:
    reached = (_reached(uid, each, people) for each in order for uid in seats.get(each, ()))
    return next((found for found in reached if found is not None and found.uid not in told), None)


def _on_leave(
    order: Sequence[Role], seats: Mapping[Role, Sequence[str]], people: Mapping[str, Standing], told: Collection[str]
) -> Addressee | None:
    """Somebody on leave is better than nobody."""
    here = ((uid, each) for each in order for uid in seats.get(each, ()))
    left = (Addressee(uid, each) for uid, each in here if uid not in told and not _standing(uid, people).has_left)
    return next(left, None)


def _reached(uid: str, role: Role, people: Mapping[str, Standing]) -> Addressee | None:
    """Follows leave from stand-in to stand-in, once each."""
    passed: list[str] = []
    here: str | None = uid
    while here is not None and here not in passed:
        standing = _standing(here, people)
        if not (standing.has_left or standing.on_leave):
            return Addressee(here, role, tuple(passed))
        passed.append(here)
        here = standing.stand_in
    return None


def _standing(uid: str, people: Mapping[str, Standing]) -> Standing:
    """A person nobody vouches for has left: a word to them would reach no one."""
    return people.get(uid, Standing(has_left=True))


# -- quiet hours -----------------------------------------------------------------------------------------------


def delay(
    at: datetime, *, quiet_from: time | None, quiet_until: time | None, zone: tzinfo, latest: datetime
) -> datetime:
    """When a word due at `at` may be sent: the end of the quiet hours, or at once where that is after `latest`."""
    moment = at.astimezone(UTC)
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return moment
    local = moment.astimezone(zone)
    clock = local.time()
    if quiet_from < quiet_until:
        is_quiet, days = quiet_from <= clock < quiet_until, 0
    else:
        is_quiet, days = clock >= quiet_from or clock < quiet_until, int(clock >= quiet_from)
    if not is_quiet:
        return moment
    end = _moment_after(moment, local.date() + timedelta(days=days), quiet_until, zone)
    return end if end <= latest.astimezone(UTC) else moment


def _moment_after(moment: datetime, day: date, clock: time, zone: tzinfo) -> datetime:
    """That wall time on that day; where the clocks go back it comes twice, and the one still ahead is meant."""
    first = datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
    second = datetime.combine(day, clock.replace(fold=1), tzinfo=zone).astimezone(UTC)
    return next((each for each in sorted((first, second)) if each > moment), moment)
