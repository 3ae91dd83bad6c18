"""The payments of a fine on a phone: nothing to push sideways; a payment alike is asked about where it was typed."""

from datetime import date
from decimal import Decimal

import pytest

from cases.actions import instalments as plans
from cases.actions import payment as act
from cases.actions.owed import owed
from cases.models import Person
from tests.browsing import PHONE, Visit, sideways
from tests.test_payments_plans import NOVEMBER, a_fine

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_payments_fit_a_phone_and_a_second_one_is_ticked(counsel: Person, visit: Visit, language: str) -> None:
    fine = a_fine(counsel, served_on=date(2026, 9, 1))
    told = {"measure": fine, "by": counsel, "at": NOVEMBER}
    act.record_payment(**told, amount=Decimal(50_000), paid_on=date(2026, 9, 30))
    parts = [plans.Part(date(2026, 10, 31), Decimal(50_000)), plans.Part(date(2026, 12, 10), Decimal(100_000))]
    plans.agree_instalments(**told, parts=parts, decided_on=date(2026, 10, 1))
    page = visit(counsel, viewport=PHONE)
    page.goto(f"/{language}/cases/{fine.case.reference}/measures/{fine.uid}/payments/")
    assert sideways(page) == 0

    page.fill("[name=payment-amount]", "50000")
    page.fill("[name=payment-paid_on]", "2026-09-30")
    page.click("form[action$='/payments/'] button.pri")
    page.check("[name=payment-is_second]")
    assert sideways(page) == 0
    page.click("form[action$='/payments/'] button.pri")

    page.wait_for_url("**/payments/")
    assert page.locator("[name=payment-is_second]").count() == 0
    assert owed(fine, at=NOVEMBER).paid == 100_000
