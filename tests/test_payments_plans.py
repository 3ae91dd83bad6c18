"""Plans of instalments: one replaces another, one agreed too late, one agreed before the day of service was known."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from cases.actions import payment as act
from cases.actions.drafts import MeasureDraft
from cases.actions.notice import record_service
from cases.actions.owed import owed
from cases.models import Deadline, Measure, Person
from tests.factories import a_case, a_notice
from tests.test_payments import clock
from tests.work import some_evidence

pytestmark = pytest.mark.django_db
FINE = Decimal(200_000)
NOVEMBER = datetime(2026, 11, 25, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _store(settings, tmp_path) -> None:
    settings.EVIDENCE_URL = (tmp_path / "evidence").as_uri()


def a_fine(by: Person, kind: str = "penalty_decision", **dates: date | None) -> Measure:
    draft = MeasureDraft(kind="fine", procedure="ordinary", amount=FINE, currency="CNY")
    case = a_case(by=by)
    a_notice(case=case, by=by, at=NOVEMBER, kind=kind, measures=(draft,), **({"issued_on": None} | dates))
    return case.measures.get()


@pytest.fixture
def fine(counsel: Person) -> Measure:
    """Served on 1 September 2026: payable until the 16th."""
    return a_fine(counsel, served_on=date(2026, 9, 1))


def agree(fine: Measure, by: Person, *days: date, on: date = date(2026, 9, 10), at: datetime = NOVEMBER) -> None:
    parts = [act.Part(day, FINE / len(days)) for day in days]
    act.agree_instalments(measure=fine, parts=parts, decided_on=on, by=by, at=at)


def test_a_later_plan_that_ends_sooner_shortens_what_the_first_gave(fine: Measure, counsel: Person) -> None:
    agree(fine, counsel, date(2026, 12, 31), date(2027, 3, 31))
    assert clock(fine).due_on == date(2027, 3, 31)

    agree(fine, counsel, date(2026, 12, 10), date(2026, 12, 20))

    assert clock(fine).due_on == date(2026, 12, 20)
    assert [each.state for each in clock(fine).extensions.order_by("pk")] == ["replaced", "granted"]
    assert clock(fine).versions.filter(due_on=date(2027, 3, 31)).exists()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Replaced by another"), ("zh-hans", "已被取代"), ("zh-hant", "已被取代")]
)
def test_the_deadline_shows_the_plan_that_was_replaced(
    fine: Measure, counsel: Person, client: Client, language: str, words: str
) -> None:
    agree(fine, counsel, date(2026, 12, 31))
    agree(fine, counsel, date(2027, 3, 31))
    client.force_login(counsel)

    answer = client.get(f"/{language}/cases/{fine.case.reference}/deadlines/{clock(fine).uid}/")

    extensions = answer.text.partition('id="ext-h"')[2].partition("</section>")[0]
    assert (answer.status_code, extensions.count(words)) == (200, 1)


def test_what_had_accrued_before_a_late_plan_stays_to_be_seen(fine: Measure, counsel: Person, client: Client) -> None:
    agree(fine, counsel, date(2026, 12, 31), on=date(2026, 10, 1))

    stands = owed(fine, at=NOVEMBER)
    assert stands is not None
    # 17 September to 1 October at 6,000 a day.
    assert (stands.surcharge.amount, stands.before_plan.amount, stands.accrued) == (0, 90_000, 90_000)
    client.force_login(counsel)
    page = client.get(f"/en/cases/{fine.case.reference}/measures/{fine.uid}/payments/").text
    assert "90,000.00" in page
    assert "for counsel to clear up" in page


def test_a_plan_agreed_in_time_leaves_nothing_before_it(fine: Measure, counsel: Person) -> None:
    agree(fine, counsel, date(2026, 12, 31))

    assert owed(fine, at=NOVEMBER).before_plan is None


def test_a_plan_agreed_before_the_service_is_known_waits_for_it(counsel: Person) -> None:
    fine = a_fine(counsel, served_on=None)
    agree(fine, counsel, date(2026, 12, 31))

    record_service(notice=fine.notice, served_on=date(2026, 9, 1), mode="direct", by=counsel, at=NOVEMBER)

    assert clock(fine).due_on == date(2026, 12, 31)
    assert owed(fine, at=NOVEMBER).surcharge.amount == 0


def test_a_plan_is_not_agreed_in_the_future(fine: Measure, counsel: Person) -> None:
    with pytest.raises(act.WrongPlan, match="still to come"):
        agree(fine, counsel, date(2028, 12, 31), on=date(2028, 1, 1))


def test_an_overdue_part_says_so_in_a_word(fine: Measure, counsel: Person, client: Client) -> None:
    agree(fine, counsel, date(2026, 10, 31), date(2027, 3, 31))

    client.force_login(counsel)
    page = client.get(f"/en/cases/{fine.case.reference}/measures/{fine.uid}/payments/").text

    assert (page.count(">overdue<"), page.count(">unpaid<")) == (1, 1)


# ---- What is no payment ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("day", [date(1, 1, 1), date(2026, 8, 31)])
def test_nothing_is_paid_before_the_decision(fine: Measure, counsel: Person, day: date) -> None:
    with pytest.raises(act.PaidTooSoon):
        act.record_payment(measure=fine, amount=FINE, paid_on=day, by=counsel, at=NOVEMBER)


def test_the_same_payment_again_is_a_second_one_only_with_its_own_proof(fine: Measure, counsel: Person) -> None:
    first, second = (some_evidence(fine.case, by=counsel, words=words) for words in (b"slip 1", b"slip 2"))
    told = {"measure": fine, "amount": Decimal(100), "paid_on": date(2026, 9, 10), "by": counsel, "at": NOVEMBER}
    act.record_payment(**told, evidence=first)

    with pytest.raises(act.SamePayment):
        act.record_payment(**told, evidence=first)
    act.record_payment(**told, evidence=second)

    assert owed(fine, at=NOVEMBER).paid == 200


def test_what_was_paid_too_much_is_said(fine: Measure, counsel: Person) -> None:
    act.record_payment(measure=fine, amount=FINE + 1, paid_on=date(2026, 9, 10), by=counsel, at=NOVEMBER)

    assert (owed(fine, at=NOVEMBER).overpaid, owed(fine, at=NOVEMBER).outstanding) == (1, 0)


def test_a_fine_that_is_only_threatened_takes_no_payment(counsel: Person, client: Client) -> None:
    threatened = a_fine(counsel, kind="prior_notice", served_on=date(2026, 9, 1))

    with pytest.raises(act.NothingOwed):
        act.record_payment(measure=threatened, amount=FINE, paid_on=date(2026, 9, 10), by=counsel, at=NOVEMBER)
    client.force_login(counsel)
    assert client.get(f"/en/cases/{threatened.case.reference}/measures/{threatened.uid}/payments/").status_code == 404
    assert owed(threatened, at=NOVEMBER) is None
    assert not Deadline.objects.filter(measure=threatened, rule_id="CN-08").exists()
