"""The desk: what is late, what comes next, what waits, and whether the watch runs. Constant queries, walls kept."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cases.actions.drafts import MeasureDraft
from cases.models import Case, Deadline, Person
from tests.factories import a_case, a_notice
from tests.status_rows import a_deadline, a_requirement, a_task, an_exhibit
from tracker.models import Sweep
from tracker.status.board import board

pytestmark = pytest.mark.django_db

MIDNIGHT = datetime(2026, 9, 25, 16, 0, tzinfo=UTC)  # 24:00 of 25 September in Shanghai
MINUTE = timedelta(minutes=1)


@pytest.fixture
def case(counsel: Person, now: datetime) -> Case:
    return a_case(by=counsel, at=now, lead_counsel=counsel)


def an_order(case: Case, by: Person, at: datetime, due_on: date | None, **fields: Any) -> Deadline:
    measure = MeasureDraft(kind="order_to_correct", ordered_on=due_on)
    served = {"served_on": date(2026, 9, 11)} | fields
    notice = a_notice(case=case, by=by, at=at, kind="rectification_order", measures=(measure,), **served)
    return Deadline.objects.get(notice=notice, rule_id="CN-22")


def test_the_next_hard_date_counts_working_days_over_two_holidays(counsel: Person, case: Case, now: datetime) -> None:
    an_order(case, counsel, now, date(2026, 10, 9))

    clock = board(counsel, now=now).next_hard

    assert clock is not None
    # After Thu 24 Sep: 28, 29, 30 Sep, 8 and 9 Oct are worked; 25-27 Sep and 1-7 Oct are holidays.
    assert (clock.due_on, clock.kind, clock.left.amount, clock.left.unit, clock.calendar_days) == (
        date(2026, 10, 9), "ordered", 5, "working_day", 15,
    )  # fmt: skip


def test_a_make_up_saturday_is_a_working_day_left(counsel: Person, case: Case) -> None:
    # Fri 9 Oct 2026; Sat 10 Oct is worked in exchange for the holiday.
    now = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
    a_deadline(case, counsel, now, due_on=date(2026, 10, 10))

    (clock,) = board(counsel, now=now).groups.this_week

    assert (clock.left.amount, clock.left.unit) == (1, "working_day")


def test_a_sundays_date_is_not_called_today_on_friday(counsel: Person, case: Case) -> None:
    now = datetime(2026, 11, 13, 1, 0, tzinfo=UTC)
    a_deadline(case, counsel, now, due_on=date(2026, 11, 15))

    (clock,) = board(counsel, now=now).groups.this_week

    assert (clock.left.amount, clock.left.unit) == (2, "day")


def test_a_date_is_late_from_its_last_instant_and_not_a_minute_before(
    counsel: Person, case: Case, now: datetime
) -> None:
    an_order(case, counsel, now, date(2026, 9, 25))

    before, at, after = (board(counsel, now=MIDNIGHT + shift).groups for shift in (-MINUTE, 0 * MINUTE, MINUTE))

    assert [(c.left.amount, c.is_overdue, c.tone) for c in before.this_week if c.kind == "ordered"] == [
        (0, False, "amber")
    ]
    assert [c.due_on for c in at.overdue] == [date(2026, 9, 25)]
    assert [(c.left.amount, c.left.unit, c.tone) for c in after.overdue] == [(-1, "day", "red")]


def test_a_clock_without_its_fact_has_no_date_and_says_what_is_missing(
    counsel: Person, case: Case, now: datetime
) -> None:
    a_notice(case=case, by=counsel, at=now)

    found = board(counsel, now=now)

    assert {clock.due_on for clock in found.groups.undated} == {None}
    assert {clock.missing for clock in found.groups.undated} == {("served_on",)}
    assert {clock.left for clock in found.groups.undated} == {None}
    assert [(item.count, item.object_kind) for item in found.waiting.items if item.code == "service"] == [(2, "notice")]


def test_a_provisional_date_is_marked_and_its_year_is_warned_of(counsel: Person, case: Case) -> None:
    now = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)
    a_notice(case=case, by=counsel, at=now, served_on=date(2026, 11, 10))

    found = board(counsel, now=now)

    clock = next(clock for clock in found.groups.later if clock.rule_id == "CN-12")
    assert (clock.provisional, clock.provisional_why, clock.tone) == (True, "calendar_unpublished", "amber")
    assert [(missing.calendar, missing.year) for missing in found.unpublished] == [("CN", 2027)]


def test_no_warning_of_next_year_while_it_is_far(counsel: Person, case: Case, now: datetime) -> None:
    assert board(counsel, now=now).unpublished == ()


def test_what_runs_through_sunday_is_this_week_and_monday_is_later(counsel: Person, case: Case, now: datetime) -> None:
    for due_on in (date(2026, 9, 27), date(2026, 9, 28)):
        a_deadline(case, counsel, now, due_on=due_on)

    groups = board(counsel, now=now).groups

    assert [clock.due_on for clock in groups.this_week] == [date(2026, 9, 27)]
    assert [clock.due_on for clock in groups.later] == [date(2026, 9, 28)]


def test_the_ribbon_starts_on_monday_and_prints_holidays_and_make_up_days(counsel: Person, now: datetime) -> None:
    days = {day.on: day.kind for day in board(counsel, now=now).ribbon.days}

    assert (min(days), len(days)) == (date(2026, 9, 21), 28)
    assert [days[date(2026, 9, 25)], days[date(2026, 10, 10)], days[date(2026, 10, 11)], days[date(2026, 9, 24)]] == [
        "holiday", "makeup", "off", "working",
    ]  # fmt: skip


def test_the_next_break_counts_today_as_a_day_to_work(counsel: Person, now: datetime) -> None:
    coming = board(counsel, now=now).next_break

    assert coming is not None
    assert (coming.name.zh, coming.first, coming.last, coming.working_days) == (
        "中秋节", date(2026, 9, 25), date(2026, 9, 27), 1,
    )  # fmt: skip


def test_more_than_fifty_dates_are_bounded_and_said_to_be_more(counsel: Person, case: Case, now: datetime) -> None:
    for day in range(1, 32):
        a_deadline(case, counsel, now, due_on=date(2026, 10, day))
        a_deadline(case, counsel, now, due_on=date(2026, 8, day))

    groups = board(counsel, now=now).groups

    assert (len(groups.overdue), len(groups.this_week) + len(groups.later), groups.more) == (20, 30, True)


def test_somebody_elses_internal_date_is_not_on_my_desk(counsel: Person, executive: Person, now: datetime) -> None:
    case = a_case(by=counsel, at=now, lead_counsel=counsel, is_open_to_staff=True)
    a_deadline(case, counsel, now, due_on=date(2026, 10, 9), owner=counsel)
    an_order(case, counsel, now, date(2026, 10, 9))

    kinds = [clock.kind for clock in board(executive, now=now).groups.later if clock.due_on == date(2026, 10, 9)]

    assert kinds == ["ordered"]


def test_what_waits_is_what_the_role_may_settle(counsel: Person, member: Person, now: datetime) -> None:
    case = a_case(by=counsel, at=now, is_open_to_staff=True)
    a_requirement(case, member, now, state="done", done_by=member, done_at=now)
    an_exhibit(case, member, now)
    a_task(case, counsel, now, assignee=member)

    codes = [{item.code for item in board(person, now=now).waiting.items} for person in (counsel, member)]

    assert codes == [{"sign_off", "review_evidence"}, {"my_task"}]


def test_one_who_did_the_work_is_not_asked_to_sign_it_off(counsel: Person, case: Case, now: datetime) -> None:
    a_requirement(case, counsel, now, state="done", done_by=counsel, done_at=now)

    assert board(counsel, now=now).waiting.items == ()


def test_a_closed_case_leaves_the_desk(counsel: Person, case: Case, now: datetime) -> None:
    an_order(case, counsel, now, date(2026, 10, 9))
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=now)

    found = board(counsel, now=now)

    assert (found.next_hard, found.groups.later, found.groups.undated, found.open_cases) == (None, (), (), ())


def test_one_without_access_sees_nothing_at_all(counsel: Person, outsider: Person, case: Case, now: datetime) -> None:
    an_order(case, counsel, now, date(2026, 9, 23))
    an_order(case, counsel, now, date(2026, 10, 9))
    a_notice(case=case, by=counsel, at=now)
    an_exhibit(case, counsel, now)

    found = board(outsider, now=now)

    assert found.groups.overdue == found.groups.this_week == found.groups.later == found.groups.undated == ()
    assert (found.next_hard, found.waiting.items, found.open_cases, found.since_yesterday) == (None, (), (), ())
    assert found.ribbon.marks == ()


def test_the_pulse_is_stale_after_five_minutes_or_when_there_never_was_one(counsel: Person, now: datetime) -> None:
    never = board(counsel, now=now).pulse
    Sweep.objects.create(started_at=now, finished_at=now)

    fresh, stale = (board(counsel, now=now + MINUTE * minutes).pulse for minutes in (5, 6))

    assert (never.finished_at, never.is_stale) == (None, True)
    assert (fresh.is_stale, stale.is_stale, stale.finished_at) == (False, True, now)


def test_since_yesterday_begins_at_midnight_where_the_reader_sits(counsel: Person, case: Case, now: datetime) -> None:
    # now is 24 Sep 09:30 in Shanghai; the 23rd began at 16:00 UTC on the 22nd.
    for at in (datetime(2026, 9, 22, 15, 59, tzinfo=UTC), datetime(2026, 9, 22, 16, 0, tzinfo=UTC)):
        a_deadline(case, counsel, at, due_on=date(2026, 12, 1))

    rows = [row for row in board(counsel, now=now).since_yesterday if row.object_kind == "deadline"]

    assert [(row.recorded_at, row.title.en) for row in rows] == [
        (datetime(2026, 9, 22, 16, 0, tzinfo=UTC), "Interim report")
    ]


@pytest.mark.parametrize("cases", [1, 3])
def test_the_desk_asks_the_same_number_of_questions_for_one_case_and_for_three(
    cases: int, counsel: Person, now: datetime, django_assert_num_queries: Any
) -> None:
    for _number in range(cases):
        case = a_case(by=counsel, at=now)
        an_order(case, counsel, now, date(2026, 9, 23))
        an_order(case, counsel, now, date(2026, 10, 9))
        a_notice(case=case, by=counsel, at=now)
        an_exhibit(case, counsel, now)
        a_task(case, counsel, now, assignee=counsel)

    with django_assert_num_queries(25):
        assert len(board(counsel, now=now).open_cases) == cases
