"""The rota: shifts ended and taken back, two at once, and when nobody is on call."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cases.actions.taskforce import (
    NotMember,
    ShiftBegun,
    ShiftOver,
    ShiftTaken,
    WrongOrder,
    add_member,
    add_shift,
    end_shift,
    withdraw_shift,
)
from cases.models import Case, LogEntry, Person, Shift, TaskForce
from tests.pages import signed_in, text_of
from tests.rooms import EARLIER, an_old_case
from tests.work import FORMED_ON, a_task_force
from tracker.status.rota import Gap, rota_of

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 24, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
QUERIES = 9


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return an_old_case(counsel, member)


@pytest.fixture
def force(case: Case, counsel: Person, member: Person) -> TaskForce:
    made = a_task_force(case, lead=counsel, by=counsel, at=EARLIER)
    add_member(task_force=made, person=member, role="review", from_on=FORMED_ON, by=counsel, at=EARLIER)
    return made


def shift(force: TaskForce, person: Person, start: int, end: int) -> Shift:
    """In hours from noon."""
    turn = {"starts_at": NOON + start * HOUR, "ends_at": NOON + end * HOUR}
    return add_shift(task_force=force, person=person, **turn, by=person, at=EARLIER)


def gaps(force: TaskForce) -> list[tuple[float, float | None]]:
    found: tuple[Gap, ...] = rota_of(force, now=NOON).gaps
    return [((g.starts_at - NOON) / HOUR, g.ends_at and (g.ends_at - NOON) / HOUR) for g in found]


def test_with_no_shift_nobody_is_ever_on_call(force: TaskForce) -> None:
    assert gaps(force) == [(0, None)]


def test_what_lies_between_two_shifts_is_a_gap_and_a_handover_is_none(
    force: TaskForce, counsel: Person, member: Person
) -> None:
    shift(force, member, -2, 4)
    shift(force, counsel, 4, 8)
    shift(force, member, 9, 12)

    assert gaps(force) == [(8, 9), (12, None)]


def test_a_short_shift_within_a_long_one_opens_no_gap(force: TaskForce, counsel: Person, member: Person) -> None:
    shift(force, member, -2, 10)
    shift(force, counsel, 1, 2)

    assert gaps(force) == [(10, None)]


def test_a_shift_that_ends_at_this_instant_is_over(force: TaskForce, member: Person) -> None:
    shift(force, member, -2, 0)

    rota = rota_of(force, now=NOON)

    assert (rota.shifts[0].state, rota.on_call, gaps(force)) == ("over", (), [(0, None)])


def test_two_at_once_are_told_from_when_to_when(force: TaskForce, counsel: Person, member: Person) -> None:
    shift(force, member, -2, 4)
    shift(force, counsel, 3, 8)

    (both,) = rota_of(force, now=NOON).overlaps

    assert (both.starts_at, both.ends_at) == (NOON + 3 * HOUR, NOON + 4 * HOUR)
    assert {who.uid for who in both.who} == {counsel.uid, member.uid}


# ---- Ended and taken back --------------------------------------------------------------------------------------------
def test_a_shift_ends_sooner_or_later(force: TaskForce, member: Person, counsel: Person) -> None:
    found = shift(force, member, -2, 4)

    end_shift(shift=found, ends_at=NOON + 6 * HOUR, by=counsel, at=NOON)

    found.refresh_from_db()
    assert found.ends_at == NOON + 6 * HOUR
    assert LogEntry.objects.latest("pk").facts == {
        "person": member.uid, "from": "2026-09-24T08:00:00+00:00", "to": "2026-09-24T10:00:00+00:00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("hours", "at", "refusal"),
    [(-2, 0, WrongOrder), (-3, 0, WrongOrder), (3, 4, ShiftOver), (9, 0, ShiftTaken)],
)
def test_it_does_not_end_before_it_began_nor_once_it_is_over_nor_into_the_next(
    hours: int, at: int, refusal: type[Exception], force: TaskForce, member: Person
) -> None:
    found = shift(force, member, -2, 4)
    shift(force, member, 8, 12)

    with pytest.raises(refusal):
        end_shift(shift=found, ends_at=NOON + hours * HOUR, by=member, at=NOON + at * HOUR)

    found.refresh_from_db()
    assert found.ends_at == NOON + 4 * HOUR


def test_one_to_come_is_taken_back_and_stays_in_history_and_log(force: TaskForce, member: Person) -> None:
    found = shift(force, member, 1, 4)

    withdraw_shift(shift=found, by=member, at=NOON)

    assert not Shift.objects.exists()
    assert LogEntry.objects.latest("pk").object_uid == found.uid
    with pytest.raises(ShiftOver):
        withdraw_shift(shift=found, by=member, at=NOON)


def test_one_that_has_begun_is_not_taken_back(force: TaskForce, member: Person) -> None:
    with pytest.raises(ShiftBegun):
        withdraw_shift(shift=shift(force, member, 0, 4), by=member, at=NOON)


def test_who_is_no_member_takes_no_shift(force: TaskForce, executive: Person) -> None:
    with pytest.raises(NotMember):
        shift(force, executive, 0, 1)


# ---- The page --------------------------------------------------------------------------------------------------------
def url(force: TaskForce) -> str:
    return f"/en/cases/{force.case.reference}/task-force/{force.uid}/rota/"


def typed(person: Person, **fields: str) -> dict[str, Any]:
    day = {"shift-starts_on": "2089-03-02", "shift-ends_on": "2089-03-02"}
    return {"shift-person": person.uid, **day, "shift-starts_hour": "09:00", "shift-ends_hour": "17:30", **fields}


def test_a_shift_is_typed_by_the_clock_of_the_authority(force: TaskForce, counsel: Person, member: Person) -> None:
    answer = signed_in(counsel).post(url(force), typed(member), follow=True)

    assert "The shift is added." in text_of(answer)
    assert Shift.objects.get().starts_at == datetime(2089, 3, 2, 1, 0, tzinfo=UTC)
    assert "Wed 2 Mar 2089 09:00" in text_of(answer)
    assert 'Nobody is on call from <time datetime="2089-03-02T17:30+08:00">' in text_of(answer)


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"shift-ends_hour": ""}, 422), ({"shift-ends_hour": "08:00"}, 409), ({"shift-person": "x"}, 422)],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    fields: dict[str, str], status: int, force: TaskForce, counsel: Person, member: Person
) -> None:
    answer = signed_in(counsel).post(url(force), typed(member, **fields))

    assert answer.status_code == status
    assert 'value="2089-03-02"' in text_of(answer)
    assert not Shift.objects.exists()


def test_only_members_are_offered(force: TaskForce, counsel: Person, member: Person, executive: Person) -> None:
    shown = text_of(signed_in(counsel).get(url(force)))

    assert member.uid in shown
    assert executive.uid not in shown


def test_a_shift_to_come_is_ended_and_taken_back_on_its_page(force: TaskForce, counsel: Person, member: Person) -> None:
    client = signed_in(counsel)
    client.post(url(force), typed(member))
    found = Shift.objects.get()
    at = f"/en/cases/{force.case.reference}/shifts/{found.uid}/"

    ended = client.post(f"{at}end/", {"end-ends_on": "2089-03-02", "end-ends_hour": "12:00"}, follow=True)
    gone = client.post(f"{at}withdraw/", follow=True)

    assert "The shift ends then." in text_of(ended)
    assert "12:00" in text_of(ended)
    assert "The shift is taken back." in text_of(gone)
    assert not Shift.objects.exists()


def test_who_only_knows_the_case_reads_it_and_changes_nothing(force: TaskForce, member: Person) -> None:
    client = signed_in(member)

    assert "Nobody is on call from" in text_of(client.get(url(force)))
    assert "Add the shift" not in text_of(client.get(url(force)))
    assert client.post(url(force), typed(member)).status_code == 403


@pytest.mark.parametrize("shifts", [1, 3])
def test_the_page_asks_the_same_for_any_number_of_shifts(
    shifts: int, force: TaskForce, counsel: Person, member: Person, django_assert_num_queries: Any
) -> None:
    for day in range(shifts):
        shift(force, member, day * 24, day * 24 + 8)
    client = signed_in(counsel)
    client.get(url(force))

    with django_assert_num_queries(QUERIES):
        client.get(url(force))
