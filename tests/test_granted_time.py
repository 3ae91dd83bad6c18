"""Time that was granted: outrun by a corrected service it gives no more; recorded by mistake it is withdrawn."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from cases.actions import deadline as act
from cases.actions import expiry
from cases.actions.countable import NotReckonable
from cases.actions.drafts import MeasureDraft
from cases.actions.event import log_event
from cases.actions.notice import record_service
from cases.models import Deadline, LogEntry, Person
from cases.working import runs_of, sentences
from tests.factories import NOW, a_case, a_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def paying(counsel: Person) -> Deadline:
    """Served on 1 September 2026: payable until the 16th."""
    case = a_case(by=counsel)
    draft = MeasureDraft(kind="fine", procedure="ordinary", amount=200_000, currency="CNY")
    a_notice(case=case, by=counsel, measures=(draft,), issued_on=None, served_on=date(2026, 9, 1))
    return case.deadlines.get(rule_id="CN-08")


def again(deadline: Deadline) -> Deadline:
    return Deadline.objects.select_related("current", "case", "notice").get(pk=deadline.pk)


def grant(deadline: Deadline, by: Person, **more: Any) -> act.Extension:
    asked = act.ask_extension(deadline=deadline, **more, by=by, at=NOW)
    return act.grant_extension(extension=asked, decided_on=date(2026, 9, 10), by=by, at=NOW)


def serve(deadline: Deadline, on: date, by: Person) -> None:
    record_service(notice=deadline.notice, served_on=on, mode="direct", by=by, at=NOW)


# ---- Outrun ----------------------------------------------------------------------------------------------------------
def test_a_service_corrected_past_what_was_granted_is_recorded(paying: Deadline, counsel: Person) -> None:
    grant(paying, counsel, until_on=date(2026, 9, 21))

    serve(paying, date(2026, 9, 10), counsel)

    proposed = again(paying).versions.get(status="proposed")
    assert (again(paying).notice.served_on, proposed.due_on) == (date(2026, 9, 10), date(2026, 9, 28))
    assert ("2026-09-21", "outrun", 7) in [(run["from"], run["as"], run["n"]) for run in proposed.trace]


def test_corrected_back_what_was_granted_reaches_again(paying: Deadline, counsel: Person) -> None:
    grant(paying, counsel, until_on=date(2026, 9, 21))
    serve(paying, date(2026, 9, 10), counsel)
    act.confirm_version(deadline=paying, by=counsel, at=NOW)

    serve(paying, date(2026, 9, 2), counsel)

    assert again(paying).versions.get(status="proposed").due_on == date(2026, 9, 21)


def test_more_time_is_not_granted_until_a_day_within_the_period(paying: Deadline, counsel: Person) -> None:
    asked = act.ask_extension(deadline=paying, until_on=date(2026, 9, 15), by=counsel, at=NOW)

    with pytest.raises(NotReckonable):
        act.grant_extension(extension=asked, decided_on=date(2026, 9, 10), by=counsel, at=NOW)


def test_a_clock_of_hours_says_the_same(counsel: Person) -> None:
    case = a_case(by=counsel)
    until = datetime(2026, 9, 15, 9, tzinfo=UTC)
    draft = MeasureDraft(kind="order_to_correct", ordered_at=until)
    a_notice(
        case=case, by=counsel, kind="rectification_order", measures=(draft,), issued_on=None,
        served_on=date(2026, 9, 1),
    )  # fmt: skip
    ordered = case.deadlines.get(kind="ordered")
    grant(ordered, counsel, until_on=date(2026, 9, 16))

    act.suspend(
        deadline=ordered, from_on=date(2026, 9, 4), until_on=date(2026, 9, 11), reason="Flood", by=counsel, at=NOW
    )

    assert again(ordered).due_on == date(2026, 9, 22)
    assert [run["as"] for run in again(ordered).current.trace][-1] == "outrun"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("ends within the period and gives no more", "granted time that gives no more", "gives none any more")),
        ("zh-hans", ("仍在期间之内，不再增加时间", "准予的延长已不再增加时间", "该次延长不再增加时间")),
        ("zh-hant", ("仍在期間之內，不再增加時間", "准予的延長已不再增加時間", "該次延長不再增加時間")),
    ],
)
def test_page_and_api_say_what_was_granted_gives_no_more(
    paying: Deadline, counsel: Person, client: Client, language: str, words: tuple[str, ...]
) -> None:
    grant(paying, counsel, until_on=date(2026, 9, 21))
    client.force_login(counsel)
    typed = {"service-served_on": "2026-09-10", "service-service_mode": "direct", "service-zone": "Asia/Shanghai",
             "service-revision": paying.notice.revision}  # fmt: skip
    notice = f"/en/cases/{paying.case.reference}/notices/{paying.notice.uid}/"
    assert client.post(f"{notice}service/", typed).status_code == 302
    act.confirm_version(deadline=paying, by=counsel, at=NOW)

    page = client.get(f"/{language}/cases/{paying.case.reference}/deadlines/{paying.uid}/").text

    step, mark, told = words
    assert step in page
    assert mark in page
    with translation.override(language):
        assert any(told in line for line in sentences(runs_of(again(paying).current.trace)))


def test_the_api_takes_the_corrected_service(paying: Deadline, counsel: Person, client: Client) -> None:
    grant(paying, counsel, until_on=date(2026, 9, 21))
    client.force_login(counsel)
    sent = json.dumps({"served_on": "2026-09-10", "mode": "direct"})

    answer = client.post(f"/api/v1/notices/{paying.notice.uid}/record-service/", sent, content_type="application/json")

    assert (answer.status_code, answer.json()["served_on"]) == (200, "2026-09-10")


# ---- Recorded by mistake ---------------------------------------------------------------------------------------------
def test_withdrawn_it_stays_and_the_date_falls_back(paying: Deadline, counsel: Person) -> None:
    extension = grant(paying, counsel, until_on=date(2026, 10, 30))

    act.withdraw_extension(extension=extension, reason="of another fine", by=counsel, at=NOW)

    extension.refresh_from_db()
    assert (extension.state, again(paying).due_on) == ("withdrawn", date(2026, 9, 16))
    days = [date(2026, 9, 16), date(2026, 10, 30), date(2026, 9, 16)]
    assert [version.due_on for version in paying.versions.all()] == days
    entry = LogEntry.objects.get(verb="withdraw_extension")
    assert (entry.reason, entry.facts["to"]) == ("of another fine", "2026-09-16")


def test_what_was_never_granted_is_not_withdrawn(paying: Deadline, counsel: Person) -> None:
    asked = act.ask_extension(deadline=paying, until_on=date(2026, 10, 30), by=counsel, at=NOW)
    with pytest.raises(act.NotGranted):
        act.withdraw_extension(extension=asked, reason="x", by=counsel, at=NOW)

    granted = act.grant_extension(extension=asked, decided_on=date(2026, 9, 10), by=counsel, at=NOW)
    act.withdraw_extension(extension=granted, reason="x", by=counsel, at=NOW)
    with pytest.raises(act.NotGranted):
        act.withdraw_extension(extension=granted, reason="x", by=counsel, at=NOW)


def an_internal(by: Person) -> Deadline:
    return act.set_internal_deadline(case=a_case(by=by), title_en="Own", due_on=date(2026, 10, 9), by=by, at=NOW)


def test_a_date_set_by_hand_falls_back_to_the_one_before(counsel: Person) -> None:
    own = an_internal(counsel)
    first, second = (grant(own, counsel, until_on=date(2026, 10, day)) for day in (16, 23))

    act.withdraw_extension(extension=first, reason="x", by=counsel, at=NOW)
    assert again(own).due_on == date(2026, 10, 23)
    act.withdraw_extension(extension=second, reason="x", by=counsel, at=NOW)

    assert again(own).due_on == date(2026, 10, 9)


def test_what_counsel_set_by_hand_since_stands(paying: Deadline, counsel: Person) -> None:
    extension = grant(paying, counsel, until_on=date(2026, 10, 30))
    act.override_deadline(deadline=paying, due_on=date(2026, 10, 1), reason="told so", by=counsel, at=NOW)

    act.withdraw_extension(extension=extension, reason="x", by=counsel, at=NOW)

    assert again(paying).due_on == date(2026, 10, 1)


def test_a_limit_that_had_lapsed_by_what_was_granted_is_dated_anew(counsel: Person) -> None:
    case = a_case(by=counsel)
    ordinary = {"summary_reconsideration": False}
    log_event(case=case, name="reconsideration_accepted", occurred_on=date(2026, 7, 1), traits=ordinary, by=counsel,
              at=NOW)  # fmt: skip
    limit = case.deadlines.get(rule_id="CN-16")
    extension = grant(limit, counsel, amount=10, unit="day")
    expiry.sweep(at=NOW)
    assert again(limit).outcome == "lapsed"

    act.withdraw_extension(extension=extension, reason="x", by=counsel, at=NOW)

    # Sixty days from 1 July end on Sunday 30 August.
    assert [row.occurred_on for row in again(limit).expiry_events.filter(voided_at=None)] == [date(2026, 8, 31)]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "recorded by mistake"), ("zh-hans", "误记"), ("zh-hant", "誤記")],
)
def test_the_page_withdraws_it(paying: Deadline, counsel: Person, client: Client, language: str, words: str) -> None:
    extension = grant(paying, counsel, until_on=date(2026, 10, 30))
    client.force_login(counsel)
    address = f"/{language}/cases/{paying.case.reference}/deadlines/{paying.uid}/"
    assert words in client.get(address).text
    typed = {"takeback-extension": extension.uid}

    refused = client.post(f"{address}takeback/", typed)
    taken = client.post(f"{address}takeback/", typed | {"takeback-reason": "of another fine"})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert again(paying).due_on == date(2026, 9, 16)
    assert "takeback" not in client.get(address).text


def test_the_api_withdraws_it(paying: Deadline, counsel: Person, client: Client) -> None:
    grant(paying, counsel, until_on=date(2026, 10, 30))
    client.force_login(counsel)
    url = f"/api/v1/deadlines/{paying.uid}/withdraw-extension/"

    unsaid = client.post(url, "{}", content_type="application/json")
    taken = client.post(url, json.dumps({"reason": "of another fine"}), content_type="application/json")

    assert (unsaid.status_code, taken.json()["due_on"]) == (400, "2026-09-16")
    assert taken.json()["extensions"][0]["state"] == "withdrawn"
