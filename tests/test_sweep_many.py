"""The plain many are written at once, whatever is not plain in full: both say the same, and set the watch the same."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.actions.case import end_access, raise_barrier
from cases.actions.deadline import override_deadline
from cases.models import Case, CaseAccess, Deadline, DeadlineVersion, Leave, Person
from tests.factories import NOW
from tests.watching import MORNING, a_deadline, a_known_case, shanghai, swept
from tests.work import a_task
from tracker.models import ChatAddress, ChosenChannel, Reminder, Rung, Step, Sweep, Watch
from tracker.reminders import many
from tracker.reminders.arming import arm_all
from tracker.reminders.making import _work_out, make_due

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]
# What differs by chance, and what says how the row came about.
OWN = {"id", "uid"}


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return a_known_case(counsel, member)


@pytest.fixture
def deadline(case: Case, counsel: Person, member: Person) -> Deadline:
    """Armed for the day before it falls due."""
    made = a_deadline(case, counsel, owner=member)
    swept(shanghai(2026, 10, 14, 12))
    return made


def words() -> list[dict[str, Any]]:
    rows = Reminder.objects.order_by("deadline", "occasion_at", "rung").values()
    return [{name: value for name, value in row.items() if name not in OWN} for row in rows]


def watches() -> list[dict[str, Any]]:
    return list(Watch.objects.order_by("pk").values())


def written(make: Callable[[], object]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The words and watches after it, all of which is then undone."""
    with transaction.atomic():
        make()
        found = words(), watches()
        transaction.set_rollback(True)
    return found


def is_plain(deadline: Deadline, at: datetime) -> bool:
    with transaction.atomic():
        found = next(each for each in many.due(at) if each.deadline == deadline.pk)
        told = many.write_plain([found] if found.is_plain else [], now=at)
        transaction.set_rollback(True)
    return deadline.pk in told


# ---- The same as in full ---------------------------------------------------------------------------------------------
HOURS = [
    shanghai(2026, 10, 15, 9),
    shanghai(2026, 10, 15, 23, 59),
    shanghai(2026, 10, 16, 9),
    shanghai(2026, 10, 17, 9),
    shanghai(2026, 10, 24, 12),
]


@pytest.mark.parametrize("at", HOURS)
def test_at_once_or_in_full_the_words_and_watches_are_the_same(case, counsel, member, at) -> None:
    for day in (date(2026, 10, 16), date(2026, 10, 17), date(2026, 10, 20), date(2026, 10, 30)):
        a_deadline(case, counsel, owner=member, due_on=day)
    swept(shanghai(2026, 10, 14, 12))
    Deadline.objects.update(rearm=True)
    arm_all(now=at)
    due = list(Watch.objects.filter(next_word_at__lte=at).values_list("pk", flat=True))

    at_once = written(lambda: make_due(now=at))
    in_full = written(lambda: _work_out(due, now=at))

    assert due
    assert at_once == in_full


def test_a_house_with_steps_of_its_own_is_told_the_same(case, counsel, member) -> None:
    Step.objects.create(kind="internal", unit="working_day", amount=1, acknowledge_within=30)
    Step.objects.create(kind="internal", unit="working_day", amount=2)
    made = a_deadline(case, counsel, owner=member)
    swept(shanghai(2026, 10, 14, 12))

    at_once = written(lambda: make_due(now=MORNING))

    assert is_plain(made, MORNING)
    assert at_once == written(lambda: _work_out([made.pk], now=MORNING))
    assert at_once[0][-1]["acknowledge_within"] == timedelta(minutes=30)


def test_the_watch_climbs_from_a_word_written_at_once(deadline) -> None:
    assert is_plain(deadline, MORNING)

    make_due(now=MORNING)

    watch = Watch.objects.get(deadline=deadline)
    assert watch.next_word_at == MORNING + timedelta(hours=4)
    assert (watch.next_occasion, watch.rung, watch.acknowledged_at) == ("morning@2026-10-16", 0, None)


# ---- What is not plain -----------------------------------------------------------------------------------------------
def of_a_task_under_advice(deadline: Deadline, counsel: Person) -> None:
    task = a_task(deadline.case, by=counsel, protection_mark="legal_advice")
    type(task).objects.filter(pk=task.pk).update(deadline=deadline)


def a_step(**whose: Any) -> None:
    Step.objects.create(kind="internal", unit="working_day", amount=1, **whose)


def failed(deadline: Deadline) -> None:
    Reminder.objects.filter(deadline=deadline).update(state="failed", sent_at=None)


EXCEPTIONS: dict[str, Callable[[Deadline, Person, Person], object]] = {
    "moved": lambda d, c, m: override_deadline(deadline=d, due_on=date(2026, 10, 15), reason="x", by=c, at=NOW),
    "without an owner": lambda d, c, m: Deadline.objects.filter(pk=d.pk).update(owner=None),
    "left": lambda d, c, m: Person.objects.filter(pk=m.pk).update(is_active=False),
    "sees no cases": lambda d, c, m: Person.objects.filter(pk=m.pk).update(role="administrator"),
    "not named": lambda d, c, m: end_access(access=CaseAccess.objects.get(case=d.case, person=m), by=c, at=NOW),
    "kept out": lambda d, c, m: raise_barrier(case=d.case, person=m, reason="x", by=c, at=NOW),
    "away": lambda d, c, m: Leave.objects.create(person=m, from_on=date(2026, 10, 15), until_on=date(2026, 10, 15)),
    "asleep": lambda d, c, m: Person.objects.filter(pk=m.pk).update(quiet_from=time(8), quiet_until=time(10)),
    "by another channel": lambda d, c, m: ChosenChannel.objects.create(person=m, kind="reminder", channel="desk"),
    "in a chat room too": lambda d, c, m: ChatAddress.objects.create(
        case=d.case, service="slack", hint="…1234", sealed="x", made_at=NOW
    ),
    "a ladder of the house": lambda d, c, m: Rung.objects.create(position=1, role="deputy"),
    "a ladder of the case": lambda d, c, m: Rung.objects.create(position=1, role="deputy", case=d.case),
    "steps of the case": lambda d, c, m: Step.objects.create(
        kind="internal", unit="working_day", amount=1, case=d.case
    ),
    "steps of its own": lambda d, c, m: Step.objects.create(kind="internal", unit="working_day", amount=1, deadline=d),
    "a share of the time": lambda d, c, m: Step.objects.create(kind="internal", unit="share", amount=50),
    "failed before": lambda d, c, m: failed(d),
    "under advice": lambda d, c, m: of_a_task_under_advice(d, c),
    "the authority's": lambda d, c, m: Deadline.objects.filter(pk=d.pk).update(kind="regulator", rule_id="CN-15"),
    "in hours": lambda d, c, m: Deadline.objects.filter(pk=d.pk).update(is_hourly=True),
    "undated": lambda d, c, m: Deadline.objects.filter(pk=d.pk).update(due_on=None, due_at=None),
    "ended": lambda d, c, m: Deadline.objects.filter(pk=d.pk).update(outcome="met", outcome_at=NOW),
    "closed": lambda d, c, m: Case.objects.filter(pk=d.case_id).update(state="closed", closed_at=NOW),
    "proposed anew": lambda d, c, m: DeadlineVersion.objects.create(
        deadline=d, number=2, status="proposed", cause="fact", made_at=NOW, made_by=c
    ),
    "known of since": lambda d, c, m: DeadlineVersion.objects.filter(deadline=d).update(made_at=MORNING),
    "the bell is rung": lambda d, c, m: Deadline.objects.filter(pk=d.pk).update(rearm=True),
    "waited for an answer": lambda d, c, m: Watch.objects.update(next_occasion="morning@2026-10-16"),
}


@pytest.mark.parametrize("exception", EXCEPTIONS)
def test_whatever_is_not_plain_is_worked_out_in_full(deadline, counsel, member, exception) -> None:
    EXCEPTIONS[exception](deadline, counsel, member)

    assert not is_plain(deadline, MORNING)


def test_quiet_hours_that_are_not_now_are_no_exception(deadline, member) -> None:
    Person.objects.filter(pk=member.pk).update(quiet_from=time(22), quiet_until=time(7))

    assert is_plain(deadline, MORNING)


def test_late_past_the_next_occasion_it_is_worked_out_in_full(deadline) -> None:
    assert not is_plain(deadline, shanghai(2026, 10, 16, 9))


def test_the_plain_and_the_others_of_one_sweep_are_all_told(case, counsel, member) -> None:
    for owner in (member, None, member):
        a_deadline(case, counsel, owner=owner)
    arm_all(now=shanghai(2026, 10, 14, 12))

    assert make_due(now=shanghai(2026, 10, 14, 12)) == 3

    told = Reminder.objects.order_by("deadline").values_list("person", flat=True)
    assert list(told) == [member.pk, counsel.pk, member.pk]


# ---- How many statements ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 30])
def test_however_many_are_plain_the_statements_are_the_same(
    case, counsel, member, count, django_assert_num_queries
) -> None:
    for _ in range(count):
        a_deadline(case, counsel, owner=member)
    arm_all(now=MORNING)

    # What is due, the house's steps, the words, the watches; then nothing more is due.
    with django_assert_num_queries(5 + 4):  # with two transactions as savepoints
        assert make_due(now=MORNING) == count


def test_an_idle_sweep_takes_two_statements(deadline, django_assert_num_queries) -> None:
    swept(NOW)

    with django_assert_num_queries(2):
        done = swept(shanghai(2026, 10, 14, 13))

    row = Sweep.objects.latest("pk")
    assert (done.made, done.sent) == (0, 0)
    assert row.started_at == row.finished_at == shanghai(2026, 10, 14, 13)


def test_behind_a_pooler_that_keeps_no_names_words_are_claimed_all_the_same(deadline, monkeypatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)

    with CaptureQueriesContext(connection) as asked:
        done = swept(MORNING)

    assert done.sent == 1
    assert not [each for each in asked.captured_queries if each["sql"].startswith(("PREPARE", "EXECUTE"))]


def test_a_sweep_that_broke_off_leaves_a_row_without_an_end(deadline, settings) -> None:
    settings.EMAIL_BACKEND = "nowhere.Backend"

    with pytest.raises(ImportError):
        swept(MORNING)

    assert Sweep.objects.latest("pk").finished_at is None
