"""The ladder is data: the house's or a case's, in the order counsel gives; and who holds each rung now."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.actions.case import raise_barrier
from cases.actions.log import Conflict
from cases.actions.taskforce import add_shift
from cases.models import Case, Leave, LogEntry, Person
from tests.factories import a_case
from tests.watching import MORNING, a_deadline, a_known_case, swept, told
from tests.work import a_task_force
from tracker.models import Reminder, Rung
from tracker.reminders.drafts import faults_of_rungs
from tracker.reminders.planned import any_clocks, ladders_of, rungs_held
from tracker.reminders.stepping import NothingToDrop, WrongLadder, drop_ladder, set_ladder

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return a_known_case(counsel, member)


@pytest.mark.parametrize(
    ("roles", "place"),
    [([], None), (["owner", "owner"], 1), (["owner", "friend"], 1), (["on_call", "owner", "owner"], 2)],
)
def test_what_is_wrong_is_told_at_its_rung(roles: list[str], place: int | None) -> None:
    (fault,) = faults_of_rungs(roles, is_hourly=True)

    assert (fault.field, fault.place) == ("roles", place)


def test_only_clocks_in_hours_ask_who_is_on_call() -> None:
    (fault,) = faults_of_rungs(["owner", "on_call"], is_hourly=False)

    assert (fault.field, fault.place) == ("roles", 1)


def test_a_ladder_that_nobody_holds_keeps_the_word_from_nobody(case: Case, counsel: Person, member: Person) -> None:
    a_deadline(case, counsel, member)
    set_ladder(scope=case, is_hourly=False, roles=["executive"], by=counsel, at=AT)
    swept(MORNING)

    assert told() == [member.email]


def test_a_wrong_ladder_changes_nothing(case: Case, counsel: Person) -> None:
    with pytest.raises(WrongLadder):
        set_ladder(scope=case, is_hourly=False, roles=[], by=counsel, at=AT)

    assert not Rung.objects.exists()


def test_the_sweep_tells_who_the_case_names_first(case: Case, counsel: Person, member: Person) -> None:
    a_deadline(case, counsel, owner=member)
    set_ladder(scope=case, is_hourly=False, roles=["lead_counsel", "owner"], by=counsel, at=AT)

    swept(MORNING)

    assert told() == [counsel.email]
    assert Reminder.objects.get().role == "lead_counsel"


def test_of_a_case_alone_and_of_its_days_alone(case: Case, counsel: Person) -> None:
    set_ladder(scope=case, is_hourly=False, roles=["lead", "owner"], by=counsel, at=AT)

    here, elsewhere = ladders_of(case), ladders_of(a_case(by=counsel))

    assert [(each.source, each.roles[0]) for each in here] == [("case", "lead"), ("shipped", "on_call")]
    assert [each.source for each in elsewhere] == ["shipped", "shipped"]


def test_given_back_the_houses_leads_and_then_what_ships(case: Case, counsel: Person) -> None:
    set_ladder(scope=None, is_hourly=True, roles=["owner"], by=counsel, at=AT)
    set_ladder(scope=case, is_hourly=True, roles=["lead"], by=counsel, at=AT)
    seen = [ladders_of(case)[True]]
    for scope in (case, None):
        drop_ladder(scope=scope, is_hourly=True, by=counsel, at=AT)
        seen.append(ladders_of(case)[True])

    assert [(each.source, each.roles[0]) for each in seen] == [
        ("case", "lead"), ("house", "owner"), ("shipped", "on_call"),
    ]  # fmt: skip
    with pytest.raises(NothingToDrop):
        drop_ladder(scope=None, is_hourly=True, by=counsel, at=AT)


def test_the_second_of_two_at_once_is_told_what_stands(case: Case, counsel: Person) -> None:
    set_ladder(scope=case, is_hourly=False, roles=["lead", "owner"], instead_of="", by=counsel, at=AT)

    with pytest.raises(Conflict) as refused:
        set_ladder(scope=case, is_hourly=False, roles=["owner"], instead_of="", by=counsel, at=AT)

    assert refused.value.details == {"now": "lead owner"}


def test_each_act_writes_one_entry(case: Case, counsel: Person) -> None:
    before = LogEntry.objects.count()

    set_ladder(scope=case, is_hourly=False, roles=["lead", "owner"], by=counsel, at=AT)
    drop_ladder(scope=case, is_hourly=False, by=counsel, at=AT)

    made = LogEntry.objects.order_by("pk")[before:]
    facts = {"is_hourly": False, "roles": ["lead", "owner"]}
    assert [(entry.verb, entry.facts, entry.case) for entry in made] == [
        ("set_ladder", facts, case), ("drop_ladder", facts, case),
    ]  # fmt: skip


# ---- Who holds them --------------------------------------------------------------------------------------------------
def held(case: Case, role: str, by: Person, *, is_hourly: bool = False) -> list[tuple[str, bool, str, bool]]:
    """Who, whether away, who stands in, whether no word reaches them."""
    rungs = rungs_held(any_clocks(case), by, now=MORNING)[is_hourly]
    (found,) = (rung for rung in rungs if rung.role == role)
    return [
        (each.who.uid, each.is_away, each.stand_in.uid if each.stand_in else "", each.cannot_be_told)
        for each in found.held
    ]


def test_on_leave_the_stand_in_is_told(case: Case, counsel: Person, member: Person) -> None:
    days = {"from_on": date(2026, 10, 12), "until_on": date(2026, 10, 16)}
    Leave.objects.create(person=counsel, stand_in=member, **days)

    assert held(case, "lead_counsel", member) == [(counsel.uid, True, member.uid, False)]


def test_away_with_nobody_standing_in_is_still_better_than_nobody(case: Case, counsel: Person) -> None:
    Leave.objects.create(person=counsel, from_on=date(2026, 10, 12), until_on=date(2026, 10, 16))

    assert held(case, "lead_counsel", counsel) == [(counsel.uid, True, "", False)]


def test_that_a_barrier_keeps_a_word_from_somebody_is_told_to_who_raises_barriers(
    case: Case, counsel: Person, member: Person, auditor: Person
) -> None:
    a_task_force(case, lead=member, by=counsel)
    raise_barrier(case=case, person=member, reason="a conflict", by=counsel, at=AT)

    assert held(case, "lead", counsel) == [(member.uid, False, "", True)]
    assert held(case, "lead", auditor) == [(member.uid, False, "", False)]


def test_who_is_on_call_at_that_instant_holds_the_first_rung_of_a_clock_in_hours(
    case: Case, counsel: Person, member: Person
) -> None:
    force = a_task_force(case, lead=member, by=counsel)
    shift = {"task_force": force, "person": member, "by": counsel, "at": AT}
    add_shift(starts_at=MORNING, ends_at=MORNING + timedelta(hours=8), **shift)

    assert held(case, "on_call", counsel, is_hourly=True) == [(member.uid, False, "", False)]
