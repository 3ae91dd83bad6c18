"""No amount without its currency, and one only threatened says so: it is neither owed nor paid."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from cases.actions import instalments as plans
from cases.actions import payment as act
from cases.models import Measure, Person
from tests.test_payments_plans import NOVEMBER, a_fine

pytestmark = pytest.mark.django_db
TAGS, AMOUNT = re.compile(r"<[^>]*>"), re.compile(r"\d\.\d\d(?!\d)(.{0,4})", re.DOTALL)


@pytest.fixture
def fine(counsel: Person) -> Measure:
    """Part paid late, the rest by instalments agreed late, a payment too much among the voided."""
    fine = a_fine(counsel, served_on=date(2026, 9, 1))
    told = {"measure": fine, "by": counsel, "at": NOVEMBER}
    act.record_payment(**told, amount=Decimal(50_000), paid_on=date(2026, 9, 30))
    parts = [plans.Part(date(2026, 10, 31), Decimal(50_000)), plans.Part(date(2026, 11, 10), Decimal(100_000))]
    plans.agree_instalments(**told, parts=parts, decided_on=date(2026, 10, 1))
    return fine


def addresses(fine: Measure, language: str = "en") -> list[str]:
    case = f"/{language}/cases/{fine.case.reference}"
    return [f"{case}/measures/{fine.uid}/payments/", f"{case}/notices/{fine.notice.uid}/", f"{case}/status/"]


def test_every_amount_on_a_page_has_its_currency(fine: Measure, counsel: Person, client: Client) -> None:
    client.force_login(counsel)
    found = [AMOUNT.findall(TAGS.sub("", client.get(address).text)) for address in addresses(fine)]

    assert [len(after) >= least for after, least in zip(found, (10, 2, 3), strict=True)] == [True, True, True]
    assert {words.strip() for after in found for words in after} == {"CNY"}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Amount paid, in CNY", "Instalments, in CNY")),
        ("zh-hans", ("缴纳金额（CNY）", "分期缴纳（CNY）")),
        ("zh-hant", ("繳納金額（CNY）", "分期繳納（CNY）")),
    ],
)
def test_what_is_typed_is_asked_for_in_the_currency(
    fine: Measure, counsel: Person, client: Client, language: str, words: tuple[str, str]
) -> None:
    client.force_login(counsel)
    page = client.get(addresses(fine, language)[0]).text

    assert [each in page for each in words] == [True, True]


def test_what_a_plan_must_add_up_to_names_it(fine: Measure, counsel: Person) -> None:
    with pytest.raises(plans.WrongPlan, match=r"150,000\.00 CNY"):
        plans.agree_instalments(
            measure=fine, parts=[plans.Part(date(2027, 1, 1), Decimal(1))], decided_on=date(2026, 10, 1), by=counsel,
            at=NOVEMBER,
        )  # fmt: skip


def test_the_api_names_it_beside_each_amount(fine: Measure, counsel: Person, client: Client) -> None:
    client.force_login(counsel)
    shown = client.get(f"/api/v1/measures/{fine.uid}/").json()

    rows = [shown, shown["owed"], *shown["payments"], *shown["instalments"]]
    assert [row["currency"] for row in rows] == ["CNY"] * 5
    assert shown["is_threatened"] is False


# ---- Only threatened -------------------------------------------------------------------------------------------------
@pytest.fixture
def threatened(counsel: Person) -> Measure:
    return a_fine(counsel, kind="prior_notice", served_on=date(2026, 9, 1))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("threatened", "outstanding")),
        ("zh-hans", ("拟处罚，尚未决定", "未缴")),
        ("zh-hant", ("擬處罰，尚未決定", "未繳")),
    ],
)
def test_a_threatened_fine_says_so_and_is_not_outstanding(
    threatened: Measure, counsel: Person, client: Client, language: str, words: tuple[str, str]
) -> None:
    client.force_login(counsel)

    for address in addresses(threatened, language)[1:]:
        page = client.get(address).text
        assert [each in page for each in (*words, f"{threatened.uid}/payments")] == [True, False, False]


def test_what_was_decided_is_not_called_threatened(fine: Measure, counsel: Person, client: Client) -> None:
    client.force_login(counsel)

    assert ["threatened" in client.get(address).text for address in addresses(fine)] == [False, False, False]


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("payments", {"amount": "1.00", "paid_on": "2026-09-10"}),
        ("agree-instalments", {"parts": [{"due_on": "2027-01-01", "amount": "200000.00"}], "decided_on": "2026-09-10"}),
        ("withdraw-instalments", {"reason": "x"}),
    ],
)
def test_the_api_takes_nothing_for_it(
    threatened: Measure, counsel: Person, client: Client, verb: str, sent: dict[str, object]
) -> None:
    client.force_login(counsel)
    url = f"/api/v1/measures/{threatened.uid}/"
    answer = client.post(f"{url}{verb}/", json.dumps(sent), content_type="application/json")
    shown = client.get(url).json()

    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_owed")
    assert (shown["is_threatened"], shown["owed"]) == (True, None)
