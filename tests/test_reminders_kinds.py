"""What each kind of clock says: laws and orders, hours, the authority's own limits, duties, facts that are missing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from cases.actions.notice import record_service
from cases.models import Case, Deadline, DeadlineVersion, Person
from tests.factories import NOW, a_notice
from tests.watching import a_deadline, a_known_case, shanghai, swept, told
from tracker.models import Reminder, Watch

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]
WEEK = timedelta(days=7)


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return a_known_case(counsel, member)


def turned(deadline: Deadline, due_at: datetime | None = None, made_at: datetime = NOW, **fields) -> Deadline:
    """The row as another kind of clock would leave it."""
    dates = {"due_at": due_at, "due_on": (due_at - timedelta(microseconds=1)).date()} if due_at else {}
    Deadline.objects.filter(pk=deadline.pk).update(**dates, **fields)
    DeadlineVersion.objects.filter(deadline=deadline).update(**dates, made_at=made_at)
    deadline.refresh_from_db()
    return deadline


def occasions(deadline: Deadline) -> list[str]:
    """Of the first rung."""
    said = Reminder.objects.filter(deadline=deadline, rung=0).order_by("occasion_at")
    return list(said.values_list("occasion", flat=True))


def sweep_every(minutes: int, since: datetime, until: datetime) -> None:
    while since <= until:
        swept(since)
        since += timedelta(minutes=minutes)


def test_a_clock_in_hours_speaks_at_half_a_quarter_and_a_tenth_then_at_the_hour(case, counsel, member):
    due_at = datetime(2026, 9, 24, 5, 30, tzinfo=UTC)  # four hours after NOW
    deadline = turned(a_deadline(case, counsel, owner=member), due_at, is_hourly=True)

    sweep_every(1, NOW, due_at)

    assert occasions(deadline) == [
        "half@2026-09-24T05:30:00Z",
        "quarter@2026-09-24T05:30:00Z",
        "tenth@2026-09-24T05:30:00Z",
        "overdue:due@2026-09-24T05:30:00Z",
    ]
    assert mail.outbox[0].subject.startswith("Due Thu 24 Sep 2026 13:30 (Asia/Shanghai), 2 hours left: Send the plan [")
    tenth = Reminder.objects.get(deadline=deadline, rung=0, occasion__startswith="tenth")
    assert tenth.subject.startswith("Due Thu 24 Sep 2026 13:30 (Asia/Shanghai), less than an hour left")


def test_the_authoritys_own_limit_is_told_to_lead_counsel_and_once_after_it(case, counsel, member):
    deadline = a_deadline(case, counsel, owner=member, due_on=date(2026, 9, 30))
    turned(deadline, shanghai(2026, 10, 1), kind="regulator", actor="authority", rule_id="CN-15")

    sweep_every(300, NOW, shanghai(2026, 10, 20))

    assert set(told()) == {counsel.email}
    assert [o for o in occasions(deadline) if o.startswith("overdue")] == ["overdue:2026-10-01@2026-09-30"]
    assert Watch.objects.get(deadline=deadline).next_word_at is None
    assert "the authority’s own limit" in mail.outbox[0].body


def test_a_duty_without_a_target_says_nothing(case, counsel, member):
    deadline = a_deadline(case, counsel, owner=member)
    undated = {"due_on": None, "due_at": None}
    DeadlineVersion.objects.filter(deadline=deadline).update(missing=["ordered"], **undated)
    Deadline.objects.filter(pk=deadline.pk).update(kind="duty", rule_id="CN-21", **undated)

    swept(NOW + WEEK)

    assert mail.outbox == []
    assert Watch.objects.get(deadline=deadline).next_word_at is None


def test_a_duty_with_a_target_says_that_the_target_is_ours(case, counsel, member):
    deadline = turned(a_deadline(case, counsel, owner=member), kind="duty", rule_id="CN-21")

    swept(shanghai(2026, 10, 15, 9))

    assert occasions(deadline) == ["1wd@2026-10-16"]
    assert "our own target" in mail.outbox[0].body


def test_a_missing_fact_is_asked_of_lead_counsel_at_once_and_weekly(case, counsel):
    a_notice(case=case, by=counsel)
    deadline = Deadline.objects.filter(due_at__isnull=True, rule_id="CN-12").get()

    sweep_every(720, NOW, NOW + 2 * WEEK)

    assert occasions(deadline) == ["missing:week0@v1", "missing:week1@v1", "missing:week2@v1"]
    assert set(told()) == {counsel.email}
    assert mail.outbox[0].subject.startswith("Cannot be worked out: service date missing:")


def test_weeks_of_silence_are_one_word(case, counsel):
    a_notice(case=case, by=counsel)
    deadline = Deadline.objects.filter(due_at__isnull=True, rule_id="CN-12").get()
    swept(NOW)

    swept(NOW + 5 * WEEK)

    assert occasions(deadline) == ["missing:week0@v1", "missing:week5@v1"]


def test_the_fact_supplied_the_dates_are_watched_instead(case, counsel):
    notice = a_notice(case=case, by=counsel)
    swept(NOW)
    mail.outbox.clear()
    record_service(notice=notice, served_on=date(2026, 9, 23), mode="direct", by=counsel, at=NOW)

    swept(NOW)

    deadline = Deadline.objects.get(rule_id="CN-12")
    assert Watch.objects.get(deadline=deadline).next_occasion.endswith(f"@{deadline.due_on}")
    assert mail.outbox == []


def test_a_provisional_date_says_so_and_names_the_safe_day(case, counsel, member):
    deadline = a_deadline(case, counsel, owner=member)
    DeadlineVersion.objects.filter(deadline=deadline).update(provisional=True, safe_due_on=date(2026, 10, 15))

    swept(shanghai(2026, 10, 15, 9))

    assert mail.outbox[0].subject.startswith("Due Fri 16 Oct 2026 (provisional), ")
    assert "Work towards Thu 15 Oct 2026." in mail.outbox[0].body


def test_a_caution_is_told(case, counsel, member):
    turned(a_deadline(case, counsel, owner=member), caution="reading_not_chosen")

    swept(shanghai(2026, 10, 15, 9))

    assert "until counsel chooses" in mail.outbox[0].body


def test_a_calendar_nobody_knows_is_an_error_in_the_log_and_the_word_leaves(case, counsel, member, caplog):
    turned(a_deadline(case, counsel, owner=member), calendar="ATLANTIS", zone="Sea/Atlantis")

    swept(shanghai(2026, 10, 15, 9))

    assert told() == [member.email]
    assert "ATLANTIS" in caplog.text
    assert "Sea/Atlantis" in caplog.text


def test_a_date_beyond_the_calendars_is_watched(case, counsel, member):
    deadline = a_deadline(case, counsel, owner=member)
    turned(deadline, datetime(2100, 2, 1, 16, tzinfo=UTC))

    swept(NOW)

    assert Watch.objects.get(deadline=deadline).next_word_at.year == 2100
