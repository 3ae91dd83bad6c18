"""A fine paid, by parts or late: what is owed, the surcharge with its working, and the deadline that payment meets."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from cases.actions import instalments as plans
from cases.actions import payment as act
from cases.actions.drafts import MeasureDraft
from cases.actions.owed import NothingOwed, owed
from cases.actions.track import move_track
from cases.models import Deadline, LogEntry, Measure, Person
from tests.factories import NOW, a_case, a_notice
from tests.work import some_evidence
from tracker.status.executive import case_status

FINE = Decimal(100_000)
APRIL = datetime(2026, 4, 1, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _store(settings, tmp_path) -> None:
    settings.EVIDENCE_URL = (tmp_path / "evidence").as_uri()


@pytest.fixture
def fine(counsel: Person) -> Measure:
    """Served on 2 March 2026: payable until 17 March."""
    draft = MeasureDraft(kind="fine", procedure="ordinary", amount=FINE, currency="CNY")
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, measures=(draft,), issued_on=None, served_on=date(2026, 3, 2))
    return case.measures.get()


def clock(fine: Measure) -> Deadline:
    return fine.deadlines.select_related("current").get(rule_id="CN-08", kind="statutory")


def pay(fine: Measure, amount: int, on: date, *, by: Person, at: datetime = APRIL, is_proved: bool = True):
    proof = some_evidence(fine.case, by=by, words=f"{amount}{on}".encode()) if is_proved else None
    return act.record_payment(measure=fine, amount=Decimal(amount), paid_on=on, evidence=proof, by=by, at=at)


def test_paid_whole_and_in_time_meets_the_deadline_and_ends_the_track(fine: Measure, counsel: Person) -> None:
    pay(fine, 100_000, date(2026, 3, 16), by=counsel)

    met = clock(fine)
    assert (met.outcome, met.outcome_at) == ("met", datetime(2026, 3, 16, 16, tzinfo=UTC))
    assert fine.tracks.get(kind="penalty_execution").state == "paid"
    assert LogEntry.objects.latest("pk").facts["moved_to"] == "paid"


def test_paid_late_meets_it_late_and_leaves_the_surcharge_to_be_asked_for(fine: Measure, counsel: Person) -> None:
    pay(fine, 100_000, date(2026, 3, 19), by=counsel)

    assert clock(fine).outcome_at == datetime(2026, 3, 19, 16, tzinfo=UTC) > clock(fine).due_at
    assert fine.tracks.get(kind="penalty_execution").state == "payable"
    assert owed(fine, at=APRIL).surcharge.amount == 6_000  # 18 March, and the 19th, on which it was paid late


@pytest.mark.parametrize(("amount", "is_proved"), [(99_999, True), (100_000, False)])
def test_a_part_or_no_proof_meets_nothing(fine: Measure, counsel: Person, amount: int, is_proved: bool) -> None:
    pay(fine, amount, date(2026, 3, 16), by=counsel, is_proved=is_proved)

    assert clock(fine).outcome == "running"


def test_the_proof_that_comes_later_meets_it_as_of_the_payment(fine: Measure, counsel: Person) -> None:
    paid = pay(fine, 100_000, date(2026, 3, 16), by=counsel, is_proved=False)

    act.prove_payment(payment=paid, evidence=some_evidence(fine.case, by=counsel), by=counsel, at=APRIL)

    assert clock(fine).outcome_at == datetime(2026, 3, 16, 16, tzinfo=UTC)


def test_what_is_owed_today_is_what_paying_today_leaves(fine: Measure, counsel: Person) -> None:
    before = owed(fine, at=APRIL)

    pay(fine, 100_000, date(2026, 4, 1), by=counsel)

    after = owed(fine, at=APRIL)
    assert before.surcharge.days == after.surcharge.days == 15  # 18 March to 1 April
    assert before.accrued == after.accrued == 45_000


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "the day of payment too"), ("zh-hans", "含实际缴纳之日"), ("zh-hant", "含實際繳納之日")],
)
def test_the_page_says_which_days_count(
    fine: Measure, counsel: Person, client: Client, language: str, told: str
) -> None:
    client.force_login(counsel)

    shown = client.get(f"/{language}/cases/{fine.case.reference}/measures/{fine.uid}/payments/").text

    assert told in shown


def test_part_payment_shows_both_readings(fine: Measure, counsel: Person) -> None:
    pay(fine, 60_000, date(2026, 3, 17), by=counsel)

    found = owed(fine, at=datetime(2026, 3, 20, 2, tzinfo=UTC))

    assert found.outstanding == 40_000
    assert (found.surcharge.days, found.surcharge.amount, found.surcharge.on_unpaid) == (3, 9_000, 3_600)
    assert isinstance(found.surcharge.amount, Decimal)


def test_none_accrues_under_review(fine: Measure, counsel: Person) -> None:
    remedy = fine.tracks.get(kind="remedy")
    move_track(
        track=remedy, to_state="reconsideration_filed", mover="party", occurred_on=date(2026, 3, 20), by=counsel,
        at=APRIL,
    )  # fmt: skip

    found = owed(fine, at=APRIL)

    assert (found.surcharge.days, found.surcharge.amount) == (2, 6_000)  # 18 and 19 March
    assert [(review.start, review.until) for review in found.reviews] == [(date(2026, 3, 20), None)]


def test_a_voided_payment_is_owed_again(fine: Measure, counsel: Person) -> None:
    paid = pay(fine, 100_000, date(2026, 3, 19), by=counsel)

    act.void_payment(payment=paid, reason="another matter", by=counsel, at=APRIL)

    assert (clock(fine).outcome, owed(fine, at=APRIL).outstanding) == ("running", FINE)
    with pytest.raises(act.AlreadyVoided):
        act.void_payment(payment=paid, reason="again", by=counsel, at=APRIL)


def test_nothing_is_paid_in_the_future_or_on_a_measure_without_amount(fine: Measure, counsel: Person) -> None:
    with pytest.raises(act.NotPaidYet):
        pay(fine, 1, date(2026, 4, 2), by=counsel)
    a_notice(case=fine.case, by=counsel, number="2", issued_on=None)
    warning = fine.case.measures.get(kind="warning")
    with pytest.raises(NothingOwed):
        pay(warning, 1, date(2026, 3, 2), by=counsel)


# ---- Instalments -----------------------------------------------------------------------------------------------------
def plan(*parts: tuple[date, int]) -> list[plans.Part]:
    return [plans.Part(day, Decimal(amount)) for day, amount in parts]


def agree(fine: Measure, by: Person, *parts: tuple[date, int]):
    return plans.agree_instalments(measure=fine, parts=plan(*parts), decided_on=date(2026, 3, 12), by=by, at=APRIL)


def test_instalments_extend_the_deadline_to_the_last(fine: Measure, counsel: Person) -> None:
    agree(fine, counsel, (date(2026, 3, 31), 40_000), (date(2026, 6, 30), 60_000))

    assert clock(fine).due_on == date(2026, 6, 30)
    assert [row.due_on for row in clock(fine).versions.all()] == [date(2026, 3, 17), date(2026, 6, 30)]
    assert owed(fine, at=APRIL).surcharge.days == 0


def test_a_second_plan_replaces_the_first(fine: Measure, counsel: Person) -> None:
    agree(fine, counsel, (date(2026, 3, 31), 40_000), (date(2026, 6, 30), 60_000))

    agree(fine, counsel, (date(2026, 7, 31), 100_000))

    assert clock(fine).due_on == date(2026, 7, 31)
    assert [row.amount for row in fine.instalments.filter(voided_at=None)] == [100_000]
    assert fine.instalments.count() == 3


@pytest.mark.parametrize(
    "parts",
    [
        (),
        ((date(2026, 3, 31), 99_999),),
        ((date(2026, 6, 30), 60_000), (date(2026, 3, 31), 40_000)),
        ((date(2026, 3, 31), 110_000), (date(2026, 6, 30), -10_000)),
    ],
)
def test_a_plan_must_add_up_and_run_forward(fine: Measure, counsel: Person, parts: tuple) -> None:
    with pytest.raises(plans.WrongPlan):
        agree(fine, counsel, *parts)


# ---- Doors -----------------------------------------------------------------------------------------------------------
def address(fine: Measure, language: str = "en") -> str:
    return f"/{language}/cases/{fine.case.reference}/measures/{fine.uid}/payments/"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "the milder reading"), ("zh-hans", "较宽"), ("zh-hant", "較寬")]
)
def test_the_page_shows_what_is_owed_with_its_working(
    fine: Measure, counsel: Person, client: Client, language: str, words: str
) -> None:
    client.force_login(counsel)
    assert client.post(address(fine), {"payment-amount": "99900", "payment-paid_on": "2026-03-17"}).status_code == 302

    answer = client.get(address(fine, language)).text

    assert "100.00" in answer
    assert words in answer  # what little is left accrues by little


def test_the_page_takes_instalments_and_says_which_line_is_none(fine: Measure, counsel: Person, client: Client) -> None:
    client.force_login(counsel)
    typed = {"plan-decided_on": "2026-03-12", "plan-parts": "2026-03-31 40000\n2026-06-30 60000.00"}

    assert client.post(f"{address(fine)}instalments/", typed | {"plan-parts": "tomorrow 3"}).status_code == 422
    assert client.post(f"{address(fine)}instalments/", typed).status_code == 302

    assert clock(fine).due_on == date(2026, 6, 30)


def test_only_counsel_records_payments(fine: Measure, counsel: Person, outsider: Person, client: Client) -> None:
    client.force_login(outsider)
    assert client.get(address(fine)).status_code == 404


def test_the_page_voids_a_payment(fine: Measure, counsel: Person, client: Client) -> None:
    paid = pay(fine, 10, date(2026, 3, 16), by=counsel)
    client.force_login(counsel)

    assert client.post(f"{address(fine)}{paid.uid}/void/", {"void-reason": "twice"}).status_code == 302

    paid.refresh_from_db()
    assert paid.void_reason == "twice"


def test_the_status_page_shows_outstanding_and_surcharge(fine: Measure, counsel: Person) -> None:
    pay(fine, 60_000, date(2026, 3, 17), by=counsel)

    row = case_status(fine.case, counsel, now=NOW).measures[0]

    assert (row.outstanding, row.surcharge) == (40_000, 100_000)  # capped at the fine itself


def test_the_api_records_pays_and_says_what_is_owed(fine: Measure, counsel: Person, client: Client) -> None:
    client.force_login(counsel)
    url = f"/api/v1/measures/{fine.uid}/"
    send = lambda verb, **body: client.post(f"{url}{verb}/", json.dumps(body), content_type="application/json")  # noqa: E731

    paid = send("payments", amount="60000.00", paid_on="2026-03-17")
    assert paid.status_code == 200
    assert send("payments", amount="0", paid_on="2026-03-17").status_code == 400

    found = client.get(url).json()
    assert (found["owed"]["outstanding"], found["owed"]["surcharge"]) == ("40000.00", "100000.00")
    assert found["payments"][0]["amount"] == "60000.00"
    uid = found["payments"][0]["uid"]
    assert send("void-payment", payment=uid, reason="twice").json()["owed"]["paid"] in {"0", "0.00"}
    parts = [{"due_on": "2026-06-30", "amount": "100000.00"}]
    agreed = send("agree-instalments", parts=parts, decided_on="2026-03-12").json()
    assert agreed["instalments"][0]["due_on"] == "2026-06-30"
