"""Each way of service has its own day: a public notice counts as served once its thirty days are over."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from cases.actions import deadline as act
from cases.actions import expiry
from cases.actions.drafts import MeasureDraft
from cases.actions.notice import NotPosted, record_service
from cases.models import Deadline, LogEntry, Notice, Person
from tests.factories import a_case, a_notice

FINE = MeasureDraft(kind="fine", procedure="ordinary")


@pytest.fixture
def notice(counsel: Person) -> Notice:
    return a_notice(case=a_case(by=counsel), by=counsel, measures=(FINE,), issued_on=date(2026, 8, 3))


def post(notice: Notice, on: date, *, by: Person, at: datetime) -> None:
    record_service(notice=notice, served_on=None, posted_on=on, mode="public_notice", by=by, at=at)


def clock(rule: str) -> Deadline:
    return Deadline.objects.select_related("current").get(rule_id=rule)


def test_the_posting_serves_nothing_yet(notice: Notice, counsel: Person, now: datetime) -> None:
    post(notice, date(2026, 8, 10), by=counsel, at=now)

    notice.refresh_from_db()
    assert (notice.served_on, clock("CN-35").due_on) == (None, date(2026, 9, 9))
    assert clock("CN-08").current.missing == ["served_on"]


def test_it_counts_as_served_when_the_days_are_over(notice: Notice, counsel: Person, now: datetime) -> None:
    post(notice, date(2026, 8, 10), by=counsel, at=now)

    expiry.sweep(at=datetime(2026, 9, 9, 16, tzinfo=UTC))

    notice.refresh_from_db()
    assert notice.served_on == date(2026, 9, 9)
    assert clock("CN-35").outcome == "lapsed"
    assert clock("CN-08").due_on == date(2026, 9, 24)
    assert notice.events.filter(name="decision_served").count() == 1
    assert LogEntry.objects.get(verb="expire").facts["served"] == notice.uid


def test_a_corrected_posting_proposes_and_then_moves_the_service(
    notice: Notice, counsel: Person, now: datetime
) -> None:
    post(notice, date(2026, 8, 10), by=counsel, at=now)
    expiry.sweep(at=datetime(2026, 9, 9, 16, tzinfo=UTC))

    post(notice, date(2026, 8, 12), by=counsel, at=now)
    notice.refresh_from_db()
    assert notice.served_on == date(2026, 9, 9)
    act.confirm_version(deadline=clock("CN-35"), by=counsel, at=now)

    notice.refresh_from_db()
    assert notice.served_on == date(2026, 9, 11)
    assert clock("CN-08").current.due_on == date(2026, 9, 24)
    assert clock("CN-08").versions.get(status="proposed").due_on == date(2026, 9, 28)


def test_handed_over_meanwhile_it_is_served_then(notice: Notice, counsel: Person, now: datetime) -> None:
    post(notice, date(2026, 8, 10), by=counsel, at=now)

    record_service(notice=notice, served_on=date(2026, 8, 20), mode="direct", by=counsel, at=now)

    assert clock("CN-35").outcome == "met"
    assert clock("CN-08").due_on == date(2026, 9, 4)
    assert expiry.sweep(at=now) == 0


def test_only_a_public_notice_is_posted(notice: Notice, counsel: Person, now: datetime) -> None:
    with pytest.raises(NotPosted):
        record_service(
            notice=notice, served_on=None, posted_on=date(2026, 8, 10), mode="mail", by=counsel, at=now
        )  # fmt: skip


@pytest.mark.parametrize(("mode", "irregular"), [("electronic", []), ("unconfirmed", ["service_proved"])])
def test_electronic_service_without_a_confirmed_address_is_irregular(
    notice: Notice, counsel: Person, now: datetime, mode: str, irregular: list[str]
) -> None:
    record_service(notice=notice, served_on=date(2026, 8, 10), mode=mode, by=counsel, at=now)

    served = notice.case.tracks.get(kind="official").moves.get(to_state="served")
    assert [item["code"] for item in served.irregular] == irregular


def test_the_page_takes_the_day_of_posting(notice: Notice, counsel: Person, client: Client) -> None:
    client.force_login(counsel)
    url = f"/en/cases/{notice.case.reference}/notices/{notice.uid}/"
    typed = {"service-service_mode": "public_notice", "service-posted_on": "2026-08-10", "service-zone": ""}
    typed |= {"service-revision": notice.revision}

    assert client.post(f"{url}service/", typed | {"service-service_mode": "mail"}).status_code == 422
    assert client.post(f"{url}service/", typed).status_code == 302

    assert clock("CN-35").due_on == date(2026, 9, 9)
    assert "once thirty days have passed" in client.get(url).text
