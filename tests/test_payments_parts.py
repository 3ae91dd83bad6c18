"""Each instalment is a clock of its own: its payer is reminded, a proved payment meets it, a new plan withdraws it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client

from cases.actions import instalments as plans
from cases.actions import payment as act
from cases.actions.case import grant_access
from cases.actions.deadline import assign_deadline, meet_deadline
from cases.actions.moving import move_notice
from cases.actions.notice import void_notice
from cases.models import Case, Deadline, LogEntry, Measure, Person
from tests.factories import a_case
from tests.test_payments import clock
from tests.test_payments_plans import a_fine
from tests.watching import swept
from tests.work import some_evidence

pytestmark = pytest.mark.django_db
OCTOBER = datetime(2026, 10, 5, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _store(settings, tmp_path) -> None:
    settings.EVIDENCE_URL = (tmp_path / "evidence").as_uri()


@pytest.fixture
def fine(counsel: Person) -> Measure:
    """200,000, payable until 16 September; by parts of 50,000, 50,000 and 100,000."""
    fine = a_fine(counsel, served_on=date(2026, 9, 1))
    agree(fine, counsel, (date(2026, 10, 30), 50_000), (date(2026, 11, 30), 50_000), (date(2026, 12, 31), 100_000))
    return fine


def agree(fine: Measure, by: Person, *parts: tuple[date, int]) -> None:
    plan = [plans.Part(day, Decimal(amount)) for day, amount in parts]
    plans.agree_instalments(measure=fine, parts=plan, decided_on=date(2026, 9, 10), by=by, at=OCTOBER)


def pay(fine: Measure, amount: int, on: date, by: Person, *, is_proved: bool = True) -> act.Payment:
    proof = some_evidence(fine.case, by=by, words=f"{amount} {on}".encode()) if is_proved else None
    return act.record_payment(measure=fine, amount=Decimal(amount), paid_on=on, evidence=proof, by=by, at=OCTOBER)


def parts(fine: Measure) -> list[Deadline]:
    return list(Deadline.objects.filter(instalment__measure=fine).order_by("pk"))


def outcomes(fine: Measure) -> list[str]:
    return [deadline.outcome for deadline in parts(fine)]


def test_each_part_is_an_internal_date_of_whoever_pays(fine: Measure, counsel: Person, member: Person) -> None:
    assert [(row.kind, row.due_on, row.owner) for row in parts(fine)] == [
        ("internal", date(2026, 10, 30), counsel),
        ("internal", date(2026, 11, 30), counsel),
        ("internal", date(2026, 12, 31), counsel),
    ]
    first = parts(fine)[0]
    assert (first.title_en, first.title_zh) == (
        "Instalment 1 of 3: 50,000.00 CNY", "分期缴款第1期（共3期）：50,000.00 CNY",
    )  # fmt: skip
    grant_access(case=fine.case, person=member, reason="pays", by=counsel, at=OCTOBER)
    assign_deadline(deadline=clock(fine), owner=member, by=counsel, at=OCTOBER)

    agree(fine, counsel, (date(2026, 12, 31), 200_000))

    assert parts(fine)[-1].owner == member


@pytest.mark.urls("tests.watch_urls")
def test_its_payer_is_reminded_of_a_part(fine: Measure, counsel: Person) -> None:
    Case.objects.filter(pk=fine.case.pk).update(is_named_in_mail=True)
    swept(datetime(2026, 10, 29, 2, tzinfo=UTC))

    told = [(message.to, "Instalment 1 of 3" in message.subject + message.body) for message in mail.outbox]
    assert ([counsel.email], True) in told


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (49_999, ["running", "running", "running"]),
        (50_000, ["met", "running", "running"]),
        (199_999, ["met", "met", "running"]),
        (200_000, ["met", "met", "met"]),
    ],
)
def test_what_was_paid_meets_a_part_and_all_before_it(
    fine: Measure, counsel: Person, amount: int, expected: list[str]
) -> None:
    pay(fine, amount, date(2026, 10, 2), counsel)

    assert outcomes(fine) == expected


def test_a_part_is_met_as_of_the_payment_that_covers_it(fine: Measure, counsel: Person) -> None:
    pay(fine, 30_000, date(2026, 10, 3), counsel)
    pay(fine, 20_000, date(2026, 9, 20), counsel)

    assert parts(fine)[0].outcome_at == datetime(2026, 10, 3, 16, tzinfo=UTC)
    assert LogEntry.objects.latest("pk").facts["parts_met"] == [parts(fine)[0].uid]


def test_what_was_paid_before_the_plan_covers_none_of_it(counsel: Person) -> None:
    fine = a_fine(counsel, served_on=date(2026, 9, 1))
    early = pay(fine, 80_000, date(2026, 9, 5), counsel)
    agree(fine, counsel, (date(2026, 10, 30), 60_000), (date(2026, 11, 30), 60_000))

    pay(fine, 60_000, date(2026, 10, 1), counsel)
    assert outcomes(fine) == ["met", "running"]
    act.void_payment(payment=early, reason="of another fine", by=counsel, at=OCTOBER)

    assert outcomes(fine) == ["running", "running"]


def test_an_earlier_payment_without_proof_holds_no_part_up(counsel: Person) -> None:
    fine = a_fine(counsel, served_on=date(2026, 9, 1))
    pay(fine, 80_000, date(2026, 9, 5), counsel, is_proved=False)
    agree(fine, counsel, (date(2026, 10, 30), 60_000), (date(2026, 11, 30), 60_000))

    pay(fine, 60_000, date(2026, 10, 1), counsel)

    assert outcomes(fine) == ["met", "running"]


def test_without_proof_it_runs_until_the_proof_comes(fine: Measure, counsel: Person, client: Client) -> None:
    paid = pay(fine, 50_000, date(2026, 10, 2), counsel, is_proved=False)
    assert outcomes(fine) == ["running", "running", "running"]
    client.force_login(counsel)
    page = client.get(f"/en/cases/{fine.case.reference}/measures/{fine.uid}/payments/").text
    assert page.count("paid, no proof yet") == 1

    act.prove_payment(payment=paid, evidence=some_evidence(fine.case, by=counsel), by=counsel, at=OCTOBER)

    assert outcomes(fine) == ["met", "running", "running"]


def test_a_voided_payment_lets_what_it_covered_run_again(fine: Measure, counsel: Person) -> None:
    pay(fine, 50_000, date(2026, 10, 1), counsel)
    second = pay(fine, 50_000, date(2026, 10, 2), counsel)

    act.void_payment(payment=second, reason="bounced", by=counsel, at=OCTOBER)

    assert outcomes(fine) == ["met", "running", "running"]
    assert LogEntry.objects.latest("pk").facts["parts_run_again"] == [parts(fine)[1].uid]


def test_a_part_marked_as_met_by_hand_stays_so(fine: Measure, counsel: Person) -> None:
    meet_deadline(deadline=parts(fine)[0], reason="set off", by=counsel, at=OCTOBER)
    paid = pay(fine, 10, date(2026, 10, 1), counsel)

    act.void_payment(payment=paid, reason="x", by=counsel, at=OCTOBER)

    assert outcomes(fine) == ["met", "running", "running"]


@pytest.mark.parametrize("how", ["replaced", "withdrawn"])
def test_parts_of_a_plan_that_stands_no_more_are_withdrawn(fine: Measure, counsel: Person, how: str) -> None:
    pay(fine, 50_000, date(2026, 10, 1), counsel)

    if how == "replaced":
        agree(fine, counsel, (date(2027, 1, 31), 150_000))
    else:
        plans.withdraw_instalments(measure=fine, reason="another fine", by=counsel, at=OCTOBER)

    assert outcomes(fine)[:3] == ["met", "withdrawn", "withdrawn"]
    assert outcomes(fine)[3:] == (["running"] if how == "replaced" else [])


def test_a_voided_notice_takes_them_with_it(fine: Measure, counsel: Person) -> None:
    void_notice(notice=fine.notice, reason="not ours", by=counsel, at=OCTOBER)

    assert outcomes(fine) == ["withdrawn", "withdrawn", "withdrawn"]


def test_a_notice_that_moves_takes_them_along(fine: Measure, counsel: Person) -> None:
    other = a_case(by=counsel)

    move_notice(notice=fine.notice, to=other, reason="wrong case", by=counsel, at=OCTOBER)

    assert {row.case for row in parts(fine)} == {other}


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Other instalments were agreed"), ("zh-hans", "其他分期"), ("zh-hant", "其他分期")]
)
def test_the_page_of_a_part_says_why_it_ended_and_leads_to_the_payments(
    fine: Measure, counsel: Person, client: Client, language: str, words: str
) -> None:
    agree(fine, counsel, (date(2027, 1, 31), 200_000))
    client.force_login(counsel)
    case = f"/{language}/cases/{fine.case.reference}"

    page = client.get(f"{case}/deadlines/{parts(fine)[0].uid}/").text

    assert words in page
    assert f"{case}/measures/{fine.uid}/payments/" in page
    assert parts(fine)[3].uid in client.get(f"{case}/measures/{fine.uid}/payments/").text
