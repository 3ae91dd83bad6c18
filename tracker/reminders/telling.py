"""Whom a word about a deadline goes to: a person of the ladder who is here and may know of the case. Never nobody.

Asked when a word is made and again when it is sent, so that both times give the same answer to the same world.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from typing import Any, Final

from django.db.models import Q

from cases.knowing import Knowing
from cases.models import Deadline, DeadlineKind, Leave, Member, MemberRole, Person, ProtectionMark, Role, Shift, Task
from tracker import ladder
from tracker.models import Rung
from tracker.reminders.timetable import zone_named

DAY: Final = timedelta(days=1)
# Runs the system and knows no case: told, as the last resort, only that a deadline has nobody.
ADMINISTRATOR: Final = "administrator"
COUNSEL: Final = "general_counsel"


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person, why this person, and for whom they stand in."""

    person: Person
    role: str
    instead_of: Person | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a rung, and who would be told: the same person, a stand-in, or nobody where none may know of it."""

    person: Person
    told: Person | None
    is_away: bool


class Standings(Mapping[str, ladder.Standing]):
    """Of each person, worked out when asked: a ladder asks few of them."""

    def __init__(self, standing: Callable[[Person], ladder.Standing], people: Mapping[str, Person]) -> None:
        self._standing, self._people = standing, people

    def __getitem__(self, uid: str) -> ladder.Standing:
        return self._standing(self._people[uid])

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)


class Seats:
    """Who holds which role for a batch of deadlines at an instant: nine statements, however many they are."""

    def __init__(self, deadlines: Sequence[Deadline], *, now: datetime) -> None:
        self._now = now
        cases = {deadline.case_id for deadline in deadlines}
        self._knowing = Knowing(cases, at=now)
        self._advised = _advised(deadlines)
        self._members = _standing_members(cases, now)
        self._leaves = _leaves(now)
        self._on_call = _on_call(deadlines, now)
        self._rungs = list(Rung.objects.filter(Q(case__in=cases) | Q(case__isnull=True)))
        on_call = [shift.person_id for shift in chain.from_iterable(self._on_call.values())]
        self._people = _people(deadlines, self._members, self._leaves, self._knowing, on_call)
        self._by_pk = {person.pk: person for person in self._people.values()}

    def addressees(self, deadline: Deadline, *, told: Collection[str] = ()) -> tuple[Addressee, ...]:
        """`told` (uids) could not be reached by this word and are passed over."""
        seats, people, roles = self._seats(deadline), self._standings(deadline), self.roles(deadline)
        first = roles[0]
        if deadline.kind == DeadlineKind.REGULATOR or deadline.due_at is None:
            # Not ours to keep, or waiting for a fact that lead counsel supplies.
            first = "lead_counsel"
        found = ladder.who(first, seats=seats, people=people, told=told, roles=roles)
        if found is None:
            # A ladder that nobody holds must not keep the word from those who would have it without.
            every = ladder.LADDERS[deadline.is_hourly]
            found = ladder.who(every[0], seats=seats, people=people, told=told, roles=every)
        if found is None:
            return _administrators(told)
        return self._told(deadline, found, told)

    def higher(self, deadline: Deadline, *, role: str, told: Collection[str]) -> tuple[Addressee, ...]:
        """Who is told because nobody up to that role acknowledged; empty when nobody further up is left."""
        seats, people, roles = self._seats(deadline), self._standings(deadline), self.roles(deadline)
        below: Any = role
        found = ladder.above(below, seats=seats, people=people, told=told, roles=roles)
        return self._told(deadline, found, told) if found else ()

    def roles(self, deadline: Deadline) -> tuple[ladder.Role, ...]:
        """The case's ladder for such a clock, else the house's, else the one the ladder itself names."""
        fit = sorted((rung for rung in self._rungs if rung.is_hourly == deadline.is_hourly), key=lambda r: r.position)
        own = [rung for rung in fit if rung.case_id == deadline.case_id] or [r for r in fit if r.case_id is None]
        named: Any = tuple(rung.role for rung in own)
        return named or ladder.LADDERS[deadline.is_hourly]

    def holders(self, deadline: Deadline) -> Iterator[tuple[ladder.Role, tuple["Holder", ...]]]:
        """Rung by rung, whoever holds it now and whom a word to them would reach."""
        seats, people = self._seats(deadline), self._standings(deadline)
        for role in self.roles(deadline):
            yield role, tuple(self._holder(role, uid, people) for uid in seats.get(role, ()))

    def _holder(self, role: ladder.Role, uid: str, people: Mapping[str, ladder.Standing]) -> "Holder":
        found = ladder.who(role, seats={role: [uid]}, people=people, roles=(role,))
        is_away = people[uid].on_leave
        if found is None:
            return Holder(self._people[uid], None, is_away)
        return Holder(self._people[uid], self._people[found.uid], is_away)

    def _told(self, deadline: Deadline, found: ladder.Addressee, told: Collection[str]) -> tuple[Addressee, ...]:
        if found.role == COUNSEL:
            return tuple(self._all_counsel(self._counsel(deadline), self._standings(deadline), told))
        away = self._people[found.instead_of[0]] if found.instead_of else None
        return (Addressee(self._people[found.uid], found.role, away),)

    def _standings(self, deadline: Deadline) -> Standings:
        return Standings(partial(self._standing, deadline), self._people)

    def _seats(self, deadline: Deadline) -> dict[ladder.Role, Sequence[str]]:
        members = self._members[deadline.case_id]
        return {
            "on_call": [shift.person.uid for shift in self._on_call[deadline.case_id]],
            "owner": self._uids(deadline.owner_id),
            "deputy": [m.person.uid for m in members if m.role == MemberRole.DEPUTY],
            "lead": [m.person.uid for m in members if m.role == MemberRole.LEAD],
            "lead_counsel": self._uids(deadline.case.lead_counsel_id),
            "general_counsel": self._counsel(deadline),
            "executive": self._executives(deadline),
        }

    def _uids(self, pk: int | None) -> list[str]:
        return [self._by_pk[pk].uid] if pk else []

    def _counsel(self, deadline: Deadline) -> list[str]:
        """Those named in the case, else those who may know of it as staff."""
        counsel = [p for p in self._people.values() if p.role == Role.COUNSEL and self._knows(deadline, p)]
        named = [person.uid for person in counsel if (deadline.case_id, person.pk) in self._knowing.named]
        return named or [person.uid for person in counsel]

    def _executives(self, deadline: Deadline) -> list[str]:
        """Those named in the case: who may know of it as staff alone has not taken it on."""
        named = (p for p in self._people.values() if (deadline.case_id, p.pk) in self._knowing.named)
        return [person.uid for person in named if person.role == Role.EXECUTIVE and self._knows(deadline, person)]

    def _knows(self, deadline: Deadline, person: Person) -> bool:
        """Of the case, and of its legal advice where the deadline is the date of a task under it."""
        is_advised = deadline.pk in self._advised
        return (self._knowing.has_advice if is_advised else self._knowing.has)(deadline.case_id, person)

    def _standing(self, deadline: Deadline, person: Person) -> ladder.Standing:
        """One who may not know of it is, for its words, not there."""
        today = self._now.astimezone(zone_named(person.zone)).date()
        leave = next((leave for leave in self._leaves if leave.person_id == person.pk and leave.covers(today)), None)
        return ladder.Standing(
            has_left=not self._knows(deadline, person),
            on_leave=leave is not None,
            stand_in=leave.stand_in.uid if leave and leave.stand_in else None,
        )

    def _all_counsel(
        self, seat: Sequence[str], people: Mapping[str, ladder.Standing], told: Collection[str]
    ) -> Iterable[Addressee]:
        """Nobody holds a role: every counsel who is here, else every counsel."""
        left = [uid for uid in seat if uid not in told]
        here = [uid for uid in left if not people[uid].on_leave]
        return (Addressee(self._people[uid], COUNSEL) for uid in here or left)


def _advised(deadlines: Sequence[Deadline]) -> frozenset[int]:
    """Those that are the date of a task under legal advice."""
    tasks = Task.objects.filter(deadline__in=[deadline.pk for deadline in deadlines])
    under = tasks.filter(protection_mark=ProtectionMark.LEGAL_ADVICE).order_by()
    return frozenset(pk for pk in under.values_list("deadline", flat=True) if pk is not None)


def _standing_members(cases: Collection[int], now: datetime) -> Mapping[int, list[Member]]:
    """In the order they came; a role ends with its last day, in the latest zone still on that day."""
    found: dict[int, list[Member]] = defaultdict(list)
    standing = Q(until_on__isnull=True) | Q(until_on__gte=now.date())
    members = Member.objects.filter(
        standing,
        task_force__case__in=cases,
        task_force__dissolved_on__isnull=True,
        role__in=(MemberRole.LEAD, MemberRole.DEPUTY),
        from_on__lte=(now + DAY).date(),
    )
    for member in members.select_related("task_force", "person").order_by("from_on", "pk"):
        found[member.task_force.case_id].append(member)
    return found


def _on_call(deadlines: Sequence[Deadline], now: datetime) -> Mapping[int, list[Shift]]:
    """By case, of the shifts that cover this instant; asked only where a clock runs in hours."""
    found: dict[int, list[Shift]] = defaultdict(list)
    hourly = {deadline.case_id for deadline in deadlines if deadline.is_hourly}
    if hourly:
        here = Shift.objects.filter(task_force__case__in=hourly, task_force__dissolved_on__isnull=True)
        here = here.filter(starts_at__lte=now, ends_at__gt=now).select_related("task_force", "person")
        for shift in here.order_by("starts_at", "pk"):
            found[shift.task_force.case_id].append(shift)
    return found


def _leaves(now: datetime) -> Sequence[Leave]:
    """Around today everywhere; whose day it is already is asked in each person's zone."""
    near = Leave.objects.filter(from_on__lte=(now + DAY).date(), until_on__gte=(now - DAY).date())
    return list(near.select_related("stand_in"))


def _people(
    deadlines: Sequence[Deadline],
    members: Mapping[int, list[Member]],
    leaves: Sequence[Leave],
    knowing: Knowing,
    on_call: Sequence[int],
) -> Mapping[str, Person]:
    named = {pk for deadline in deadlines for pk in (deadline.owner_id, deadline.case.lead_counsel_id) if pk}
    named |= {member.person_id for member in chain.from_iterable(members.values())}
    named |= {leave.stand_in_id for leave in leaves if leave.stand_in_id}
    named |= set(on_call)
    here = {person for _case, person in knowing.named}
    counsel = Q(role=Role.COUNSEL, is_active=True)
    if not knowing.is_any_open_to_staff:
        counsel &= Q(pk__in=here)
    counsel |= Q(role=Role.EXECUTIVE, is_active=True, pk__in=here)
    return {person.uid: person for person in Person.objects.filter(Q(pk__in=named) | counsel).order_by("pk")}


def _administrators(told: Collection[str]) -> tuple[Addressee, ...]:
    running = Person.objects.active().filter(role=Role.ADMINISTRATOR).exclude(uid__in=told)
    return tuple(Addressee(person, ADMINISTRATOR) for person in running)
