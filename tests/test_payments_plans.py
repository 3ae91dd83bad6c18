"""Plans of instalments: one replaces another, one agreed too late, one agreed before the day of service was known."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from cases.actions import expiry
from cases.actions import instalments as plans
from cases.actions import payment as act
from cases.actions.deadline import (
    OfAPlan,
    ask_extension,
    confirm_version,
    grant_extension,
    override_deadline,
    withdraw_extension,
)
from cases.actions.drafts import MeasureDraft
from cases.actions.event import correct_event
from cases.actions.notice import record_service
from cases.actions.owed import NothingOwed, owed
from cases.api.measure import OwedShape
from cases.models import Deadline, Measure, Person
from tests.factories import a_case, a_notice
from tests.test_payments import clock
from tracker.status.paying import payment_page

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
    parts = [plans.Part(day, FINE / len(days)) for day in days]
    plans.agree_instalments(measure=fine, parts=parts, decided_on=on, by=by, at=at)


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


def accrued(fine: Measure, at: datetime) -> tuple[Decimal, Decimal, Decimal]:
    stands = owed(fine, at=at)
    assert stands is not None
    assert stands.surcharge is not None
    assert stands.before_plan is not None
    return stands.before_plan.amount, stands.surcharge.amount, stands.accrued


def test_before_a_late_plan_and_after_it_together_keep_to_the_fine(
    fine: Measure, counsel: Person, client: Client
) -> None:
    agree(fine, counsel, date(2026, 10, 31), on=date(2026, 10, 1))

    # 17 September to 1 October at 6,000 a day, and from 1 November what is left to the cap of 200,000.
    assert accrued(fine, NOVEMBER) == (90_000, 110_000, 200_000)
    client.force_login(counsel)
    shown = client.get(f"/api/v1/measures/{fine.uid}/").json()["owed"]
    assert (shown["surcharge_before_plan"], shown["surcharge"]) == ("90000.00", "110000.00")


def test_a_second_late_plan_adds_to_what_had_accrued_before_the_first(fine: Measure, counsel: Person) -> None:
    agree(fine, counsel, date(2026, 10, 15), on=date(2026, 10, 1))

    agree(fine, counsel, date(2026, 12, 31), on=date(2026, 10, 20))

    # And five days more, 16 to 20 October.
    assert accrued(fine, NOVEMBER) == (120_000, 0, 120_000)


def test_a_plan_put_right_on_its_own_day_is_as_if_the_first_had_never_been(fine: Measure, counsel: Person) -> None:
    agree(fine, counsel, date(2026, 10, 15), on=date(2026, 10, 1))

    agree(fine, counsel, date(2026, 12, 31), on=date(2026, 10, 1))

    assert accrued(fine, NOVEMBER) == (90_000, 0, 90_000)


@pytest.mark.parametrize(
    ("served_on", "before"),
    [
        (date(2026, 8, 31), 96_000),  # payable until 15 September: a day more
        (date(2026, 9, 11), 18_000),  # until Monday 28 September, after the Mid-Autumn Festival: 29, 30, 1 October
    ],
)
def test_a_corrected_service_counts_anew_what_had_accrued_before_a_late_plan(
    fine: Measure, counsel: Person, served_on: date, before: int
) -> None:
    agree(fine, counsel, date(2026, 12, 31), on=date(2026, 10, 1))

    record_service(notice=fine.notice, served_on=served_on, mode="direct", by=counsel, at=NOVEMBER)

    assert clock(fine).due_on == date(2026, 12, 31)
    assert accrued(fine, NOVEMBER) == (before, 0, before)


def test_a_service_corrected_past_the_plan_leaves_nothing_before_it(fine: Measure, counsel: Person) -> None:
    agree(fine, counsel, date(2026, 10, 15), on=date(2026, 10, 1))

    record_service(notice=fine.notice, served_on=date(2026, 10, 12), mode="direct", by=counsel, at=NOVEMBER)
    confirm_version(deadline=clock(fine), by=counsel, at=NOVEMBER)

    stands = owed(fine, at=NOVEMBER)
    # Payable until 27 October: 28 October to 25 November.
    assert (stands.due_on, stands.before_plan, stands.surcharge.days) == (date(2026, 10, 27), None, 29)


def test_a_date_set_by_hand_hides_nothing_of_before_the_plan(fine: Measure, counsel: Person) -> None:
    agree(fine, counsel, date(2026, 10, 31), on=date(2026, 10, 1))

    override_deadline(deadline=clock(fine), due_on=date(2026, 12, 1), reason="told so", by=counsel, at=NOVEMBER)

    assert accrued(fine, NOVEMBER) == (90_000, 0, 90_000)


def test_more_time_typed_with_the_word_instalments_is_no_plan(fine: Measure, counsel: Person) -> None:
    asked = ask_extension(
        deadline=clock(fine), until_on=date(2026, 12, 31), reason="instalments", by=counsel, at=NOVEMBER
    )
    grant_extension(extension=asked, decided_on=date(2026, 10, 1), by=counsel, at=NOVEMBER)

    agree(fine, counsel, date(2027, 1, 31), on=date(2026, 9, 10))

    asked.refresh_from_db()
    assert asked.state == "granted"
    assert owed(fine, at=NOVEMBER).before_plan is None


# ---- Before the day of service is known ------------------------------------------------------------------------------
@pytest.fixture
def unserved(counsel: Person) -> Measure:
    fine = a_fine(counsel, served_on=None)
    agree(fine, counsel, date(2026, 12, 31), on=date(2026, 10, 1))
    return fine


def test_a_plan_agreed_before_the_service_is_known_waits_for_it(unserved: Measure, counsel: Person) -> None:
    record_service(notice=unserved.notice, served_on=date(2026, 9, 1), mode="direct", by=counsel, at=NOVEMBER)

    assert clock(unserved).due_on == date(2026, 12, 31)
    assert clock(unserved).extensions.get().decided_on == date(2026, 10, 1)
    assert accrued(unserved, NOVEMBER) == (90_000, 0, 90_000)


def test_service_by_public_notice_carries_it_too(unserved: Measure, counsel: Person) -> None:
    record_service(
        notice=unserved.notice, served_on=None, posted_on=date(2026, 8, 10), mode="public_notice", by=counsel,
        at=NOVEMBER,
    )  # fmt: skip
    assert clock(unserved).due_on is None

    expiry.sweep(at=NOVEMBER)

    # Served on 9 September, so payable until the 24th: seven days late on 1 October.
    assert clock(unserved).due_on == date(2026, 12, 31)
    assert accrued(unserved, NOVEMBER) == (42_000, 0, 42_000)


def test_the_event_itself_dated_carries_it_too(unserved: Measure, counsel: Person) -> None:
    served = unserved.events.get(name="decision_served")

    correct_event(event=served, occurred_on=date(2026, 9, 1), reason="the receipt", by=counsel, at=NOVEMBER)

    assert (clock(unserved).due_on, clock(unserved).extensions.count()) == (date(2026, 12, 31), 1)


def test_carried_to_a_corrected_day_it_is_proposed_with_it(fine: Measure, counsel: Person) -> None:
    agree(fine, counsel, date(2026, 9, 15))
    assert clock(fine).extensions.count() == 0

    record_service(notice=fine.notice, served_on=date(2026, 8, 24), mode="direct", by=counsel, at=NOVEMBER)

    # By the earlier service payable until 8 September, and by the plan until the 15th.
    assert clock(fine).current.due_on == date(2026, 9, 16)
    assert clock(fine).versions.get(status="proposed").due_on == date(2026, 9, 15)


# ---- Recorded by mistake ---------------------------------------------------------------------------------------------
def test_a_plan_recorded_by_mistake_is_withdrawn_with_the_time_it_gave(fine: Measure, counsel: Person) -> None:
    agree(fine, counsel, date(2026, 12, 31), on=date(2026, 10, 1))

    plans.withdraw_instalments(measure=fine, reason="another fine", by=counsel, at=NOVEMBER)

    assert (clock(fine).due_on, clock(fine).extensions.get().state) == (date(2026, 9, 16), "withdrawn")
    assert [row.void_reason for row in fine.instalments.all()] == ["another fine"]
    assert owed(fine, at=NOVEMBER).before_plan is None
    with pytest.raises(plans.NoPlan):
        plans.withdraw_instalments(measure=fine, reason="again", by=counsel, at=NOVEMBER)


def test_page_and_api_withdraw_a_plan(fine: Measure, counsel: Person, client: Client) -> None:
    client.force_login(counsel)
    page = f"/en/cases/{fine.case.reference}/measures/{fine.uid}/payments/instalments/withdraw/"
    api = f"/api/v1/measures/{fine.uid}/withdraw-instalments/"
    agree(fine, counsel, date(2026, 12, 31))
    assert client.post(page, {}).status_code == 422

    assert client.post(page, {"withdraw-reason": "another fine"}).status_code == 302
    agree(fine, counsel, date(2026, 12, 31))
    sent = client.post(api, json.dumps({"reason": "another fine"}), content_type="application/json")

    assert [row["void_reason"] for row in sent.json()["instalments"]] == ["another fine", "another fine"]
    assert (clock(fine).due_on, client.post(page, {"withdraw-reason": "x"}).status_code) == (date(2026, 9, 16), 409)


def test_what_a_plan_gave_is_not_withdrawn_alone(fine: Measure, counsel: Person, client: Client) -> None:
    agree(fine, counsel, date(2026, 12, 31))

    with pytest.raises(OfAPlan):
        withdraw_extension(extension=clock(fine).extensions.get(), reason="x", by=counsel, at=NOVEMBER)
    client.force_login(counsel)
    assert "takeback" not in client.get(f"/en/cases/{fine.case.reference}/deadlines/{clock(fine).uid}/").text


def test_a_plan_is_not_agreed_in_the_future(fine: Measure, counsel: Person) -> None:
    with pytest.raises(plans.WrongPlan, match="still to come"):
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


def test_what_was_paid_too_much_is_said(fine: Measure, counsel: Person) -> None:
    act.record_payment(measure=fine, amount=FINE + 1, paid_on=date(2026, 9, 10), by=counsel, at=NOVEMBER)

    assert (owed(fine, at=NOVEMBER).overpaid, owed(fine, at=NOVEMBER).outstanding) == (1, 0)


def test_a_fine_that_is_only_threatened_takes_no_payment(counsel: Person, client: Client) -> None:
    threatened = a_fine(counsel, kind="prior_notice", served_on=date(2026, 9, 1))

    with pytest.raises(NothingOwed):
        act.record_payment(measure=threatened, amount=FINE, paid_on=date(2026, 9, 10), by=counsel, at=NOVEMBER)
    client.force_login(counsel)
    assert client.get(f"/en/cases/{threatened.case.reference}/measures/{threatened.uid}/payments/").status_code == 404
    assert owed(threatened, at=NOVEMBER) is None
    assert not Deadline.objects.filter(measure=threatened, rule_id="CN-08").exists()


def pay(fine: Measure, by: Person, on: date, parts: int = 1) -> None:
    act.record_payment(measure=fine, amount=FINE / 2 * parts, paid_on=on, by=by, at=NOVEMBER)


@pytest.mark.parametrize(
    ("days", "paid_on", "is_said"),
    [
        ((date(2026, 10, 31), date(2026, 12, 31)), None, True),  # the first was missed
        ((date(2026, 10, 31), date(2026, 12, 31)), date(2026, 10, 31), False),
        ((date(2026, 10, 31), date(2026, 12, 31)), date(2026, 11, 2), True),  # paid since, and late
        ((date(2026, 12, 1), date(2026, 12, 31)), None, False),  # none is due yet
        ((date(2026, 10, 31),), None, False),  # the last: the surcharge is counted
    ],
)  # fmt: skip
def test_of_a_part_missed_before_the_last_it_is_said_that_the_law_says_nothing(
    fine: Measure, counsel: Person, days: tuple[date, ...], paid_on: date | None, *, is_said: bool
) -> None:
    agree(fine, counsel, *days)
    if paid_on:
        pay(fine, counsel, paid_on)

    told = "An instalment before the last was not paid by its day"
    page = payment_page(fine, at=NOVEMBER)
    by_api = OwedShape(owed(fine, at=NOVEMBER)).data["said"]

    assert (told in " ".join(page.said), told in " ".join(by_api)) == (is_said, is_said)
