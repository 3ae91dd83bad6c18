"""Recording service later: waiting deadlines appear; a corrected day proposes, moves nothing silently."""

from datetime import UTC, date, datetime

import pytest

from cases.actions.deadline import confirm_version, withdraw_proposal
from cases.actions.drafts import MeasureDraft
from cases.actions.notice import record_service
from cases.models import Deadline, LogEntry, Notice, Person
from tests.factories import a_case, a_notice, an_authority


@pytest.fixture
def notice(counsel: Person) -> Notice:
    return a_notice(case=a_case(by=counsel), by=counsel)


def clock(rule: str) -> Deadline:
    return Deadline.objects.select_related("current").get(rule_id=rule)


def test_service_recorded_later_dates_the_waiting_deadlines(notice: Notice, counsel: Person, now: datetime) -> None:
    record_service(notice=notice, served_on=date(2026, 8, 11), mode="direct", by=counsel, at=now)

    assert (clock("CN-12").due_on, clock("CN-12").current.number) == (date(2026, 10, 10), 2)
    assert clock("CN-12").rearm
    assert notice.case.tracks.get(kind="official").state == "served"
    assert LogEntry.objects.latest("pk").verb == "record_service"


def test_a_corrected_service_date_is_proposed_and_the_earlier_leads(
    notice: Notice, counsel: Person, now: datetime
) -> None:
    record_service(notice=notice, served_on=date(2026, 8, 11), mode="direct", by=counsel, at=now)

    record_service(notice=notice, served_on=date(2026, 8, 20), mode="direct", by=counsel, at=now)

    found = clock("CN-12")
    assert found.current.due_on == found.due_on == date(2026, 10, 10)
    assert found.versions.get(status="proposed").due_on == date(2026, 10, 19)


def test_an_earlier_proposal_leads_until_it_is_decided(notice: Notice, counsel: Person, now: datetime) -> None:
    record_service(notice=notice, served_on=date(2026, 8, 20), mode="direct", by=counsel, at=now)

    record_service(notice=notice, served_on=date(2026, 8, 11), mode="direct", by=counsel, at=now)

    assert (clock("CN-12").due_on, clock("CN-12").current.due_on) == (date(2026, 10, 10), date(2026, 10, 19))


def test_confirming_the_proposal_supersedes_the_old_date(notice: Notice, counsel: Person, now: datetime) -> None:
    record_service(notice=notice, served_on=date(2026, 8, 11), mode="direct", by=counsel, at=now)
    record_service(notice=notice, served_on=date(2026, 8, 20), mode="direct", by=counsel, at=now)

    confirm_version(deadline=clock("CN-12"), by=counsel, at=now)

    found = clock("CN-12")
    assert found.due_on == date(2026, 10, 19)
    assert list(found.versions.values_list("status", flat=True)) == ["superseded", "superseded", "in_force"]


def test_withdrawing_the_proposal_leaves_all_as_before(notice: Notice, counsel: Person, now: datetime) -> None:
    record_service(notice=notice, served_on=date(2026, 8, 20), mode="direct", by=counsel, at=now)
    record_service(notice=notice, served_on=date(2026, 8, 11), mode="direct", by=counsel, at=now)

    withdraw_proposal(deadline=clock("CN-12"), reason="the receipt says 20 August", by=counsel, at=now)

    assert clock("CN-12").due_on == date(2026, 10, 19)


def test_a_service_date_found_wrong_and_unknown_again_proposes_no_date(
    notice: Notice, counsel: Person, now: datetime
) -> None:
    record_service(notice=notice, served_on=date(2026, 8, 11), mode="direct", by=counsel, at=now)

    record_service(notice=notice, served_on=None, mode="unknown", by=counsel, at=now)

    assert clock("CN-12").due_on == date(2026, 10, 10)
    assert clock("CN-12").versions.get(status="proposed").missing == ["served_on"]


def test_late_evening_in_utc_is_the_next_day_where_the_authority_sits(
    notice: Notice, counsel: Person, now: datetime
) -> None:
    at = datetime(2026, 8, 10, 16, 30, tzinfo=UTC)

    record_service(notice=notice, served_on=None, served_at=at, mode="mail", by=counsel, at=now)

    notice.refresh_from_db()
    assert notice.served_on == date(2026, 8, 11)
    assert clock("CN-12").due_on == date(2026, 10, 10)


def test_a_removal_order_of_one_hour_waits_for_the_hour(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)
    order = a_notice(
        case=case,
        by=counsel,
        kind="removal_order",
        authority=an_authority(name_en="BKA", jurisdiction="DE", zone="Europe/Berlin", calendar="DE"),
        measures=(MeasureDraft(kind="removal_order"),),
        served_on=date(2026, 9, 23),
        zone="Europe/Berlin",
    )
    assert clock("EU-16").current.missing == ["hour"]

    record_service(
        notice=order,
        served_on=None,
        served_at=datetime(2026, 9, 23, 21, 30, tzinfo=UTC),
        mode="electronic",
        by=counsel,
        at=now,
    )

    assert clock("EU-16").due_at == datetime(2026, 9, 23, 22, 30, tzinfo=UTC)
    assert (clock("EU-16").due_on, clock("EU-16").is_hourly) == (date(2026, 9, 24), True)
