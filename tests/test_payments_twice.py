"""As much again on the same day: refused, unless it has its own proof or is said to be a second payment."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from cases.actions import payment as act
from cases.actions.owed import owed
from cases.models import LogEntry, Measure, Person
from tests.test_payments_plans import NOVEMBER, a_fine
from tests.work import some_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(settings, tmp_path) -> None:
    settings.EVIDENCE_URL = (tmp_path / "evidence").as_uri()


@pytest.fixture
def fine(counsel: Person) -> Measure:
    return a_fine(counsel, served_on=date(2026, 9, 1))


def pay(fine: Measure, by: Person, **more: Any) -> act.Payment:
    told = {"measure": fine, "amount": Decimal(100), "paid_on": date(2026, 9, 10), "by": by, "at": NOVEMBER}
    return act.record_payment(**told, **more)


def test_the_same_payment_again_is_a_second_one_with_its_own_proof(fine: Measure, counsel: Person) -> None:
    first, second = (some_evidence(fine.case, by=counsel, words=words) for words in (b"slip 1", b"slip 2"))
    pay(fine, counsel, evidence=first)

    with pytest.raises(act.SamePayment):
        pay(fine, counsel, evidence=first)
    pay(fine, counsel, evidence=second)

    assert owed(fine, at=NOVEMBER).paid == 200


def test_said_to_be_a_second_one_it_is_recorded(fine: Measure, counsel: Person) -> None:
    pay(fine, counsel)
    with pytest.raises(act.SamePayment):
        pay(fine, counsel)

    pay(fine, counsel, is_second=True)

    assert owed(fine, at=NOVEMBER).paid == 200
    assert LogEntry.objects.latest("pk").facts["is_second"] is True


def test_one_that_has_no_like_is_not_told_as_a_second(fine: Measure, counsel: Person) -> None:
    pay(fine, counsel, is_second=True)

    assert "is_second" not in LogEntry.objects.latest("pk").facts


def test_a_voided_one_stands_in_nobodys_way(fine: Measure, counsel: Person) -> None:
    act.void_payment(payment=pay(fine, counsel), reason="wrong", by=counsel, at=NOVEMBER)

    assert pay(fine, counsel).amount == 100


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "This is a second payment"), ("zh-hans", "这是另一笔缴款"), ("zh-hant", "這是另一筆繳款")],
)
def test_the_page_asks_only_once_it_was_refused(
    fine: Measure, counsel: Person, client: Client, language: str, words: str
) -> None:
    client.force_login(counsel)
    page = f"/{language}/cases/{fine.case.reference}/measures/{fine.uid}/payments/"
    typed = {"payment-amount": "100", "payment-paid_on": "2026-09-10"}
    pay(fine, counsel)

    before, refused = client.get(page), client.post(page, typed)
    taken = client.post(page, typed | {"payment-is_second": "on"})

    assert (words in before.text, words in refused.text) == (False, True)
    assert 'value="100"' in refused.text
    assert (refused.status_code, taken.status_code, owed(fine, at=NOVEMBER).paid) == (409, 302, 200)


def test_the_box_once_ticked_stays_where_another_field_is_wrong(fine: Measure, counsel: Person, client: Client) -> None:
    client.force_login(counsel)
    page = f"/en/cases/{fine.case.reference}/measures/{fine.uid}/payments/"

    answer = client.post(page, {"payment-amount": "100", "payment-paid_on": "", "payment-is_second": "on"})

    assert answer.status_code == 422
    assert 'name="payment-is_second"' in answer.text
    assert " checked" in answer.text


def test_the_api_takes_a_boolean(fine: Measure, counsel: Person, client: Client) -> None:
    client.force_login(counsel)
    url, sent = f"/api/v1/measures/{fine.uid}/payments/", {"amount": "100.00", "paid_on": "2026-09-10"}
    pay(fine, counsel)

    answers = [
        client.post(url, json.dumps(sent | more), content_type="application/json")
        for more in ({}, {"is_second": False}, {"is_second": True})
    ]

    assert [answer.status_code for answer in answers] == [409, 409, 200]
    assert answers[0].json()["code"] == "same_payment"
