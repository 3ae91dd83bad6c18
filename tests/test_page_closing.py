"""Closing a case: what stands in the way is listed with its page, then it closes; and it opens again."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases.actions.case import close_unknown, grant_access
from cases.models import Case, CaseState, Person
from tests.factories import NOW, a_case, a_notice
from tests.status_rows import a_task


@pytest.fixture
def case(counsel: Person) -> Any:
    return a_case(by=counsel)


@pytest.fixture
def desk(client: Client, counsel: Person) -> Client:
    client.force_login(counsel)
    return client


def url(case: Case, way: str = "") -> str:
    return f"/en/cases/{case.reference}/close/{way}"


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_closing_is_hidden_from_an_outsider(client, outsider, case):
    client.force_login(outsider)

    assert client.get(url(case)).status_code == 404
    assert client.post(url(case, "close/"), {"close-reason": "x"}).status_code == 404


@pytest.mark.parametrize("who", ["member", "executive", "auditor"])
def test_only_counsel_closes(client, request, counsel, case, who):
    person = request.getfixturevalue(who)
    grant_access(case=case, person=person, reason="asked", by=counsel, at=NOW)
    client.force_login(person)

    assert client.get(url(case)).status_code == 403
    assert client.post(url(case, "unknown/"), {"unknown-reason": "x"}).status_code == 403
    assert state(case) == CaseState.OPEN


def test_open_tracks_are_listed_with_their_pages_and_closing_is_not_offered(desk, counsel, case):
    a_notice(case=case, by=counsel, served_on=date(2026, 8, 31), service_mode="direct")

    shown = unescape(desk.get(url(case)).text)

    for track in case.tracks.exclude(kind="publicity"):
        assert f"/en/cases/{case.reference}/tracks/{track.uid}/" in shown
    assert "A track has not ended" in shown
    assert url(case, "close/") not in shown


def test_closing_in_spite_of_what_stands_in_the_way_is_refused(desk, counsel, case):
    a_notice(case=case, by=counsel)

    answer = desk.post(url(case, "close/"), {"close-reason": "Tired of it"})

    assert answer.status_code == 409
    assert "The case cannot be closed yet." in answer.text
    assert state(case) == CaseState.OPEN


def test_case_with_nothing_in_the_way_closes_with_its_reason(desk, case):
    shown = desk.post(url(case, "close/"), {"close-reason": "All measures ended"}, follow=True)

    assert "The case is closed." in shown.text
    assert Case.objects.get(pk=case.pk).closing_reason == "All measures ended"


@pytest.mark.parametrize("way", ["close", "unknown"])
def test_closing_needs_a_reason(desk, case, way):
    answer = desk.post(url(case, f"{way}/"), {f"{way}-reason": " "})

    assert answer.status_code == 422
    assert state(case) == CaseState.OPEN


def test_case_whose_end_nobody_knows_is_closed_as_unknown(desk, counsel, case):
    a_notice(case=case, by=counsel)

    desk.post(url(case, "unknown/"), {"unknown-reason": "Nothing was ever published"})

    assert state(case) == CaseState.CLOSED
    assert {track.state for track in case.tracks.all()} == {"closed_unknown"}


def test_even_as_unknown_what_is_done_must_be_proved(desk, counsel, case):
    a_task(case, counsel, NOW, state="closed")

    shown = desk.get(url(case)).text
    answer = desk.post(url(case, "unknown/"), {"unknown-reason": "x"})

    assert "Closed without proof" in shown
    assert "what is marked done must have its proof first" in shown
    assert answer.status_code == 409
    assert state(case) == CaseState.OPEN


def test_closed_case_opens_again_with_a_reason(desk, counsel, case):
    close_unknown(case=case, reason="Nothing was published", by=counsel, at=NOW)
    shown = desk.get(url(case)).text

    desk.post(url(case, "reopen/"), {"reopen-reason": "A decision came"})

    assert "Nothing was published" in shown
    assert url(case, "close/") not in shown
    assert state(case) == CaseState.OPEN


def test_open_case_cannot_be_reopened_and_unknown_ways_are_not_there(desk, case):
    assert desk.post(url(case, "reopen/"), {"reopen-reason": "x"}).status_code == 409
    assert desk.post(url(case, "burn/"), {"burn-reason": "x"}).status_code == 404
    assert desk.get(url(case, "close/")).status_code == 405
