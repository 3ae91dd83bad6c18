"""Deadlines by the API: the working beside the date, more time asked and decided, clocks stopped, dates set by hand."""

from typing import Any

import pytest

from cases.actions.drafts import MeasureDraft
from cases.models import Case, Deadline, Person
from tests.api_world import as_, the_case, the_notice, url

pytestmark = pytest.mark.django_db

ORDER = MeasureDraft(kind="order_to_correct", period_amount=15, period_unit="working_day")


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return the_case(counsel, member)


@pytest.fixture
def ordered(case: Case, counsel: Person) -> Deadline:
    """Served Thursday 28 August 2025: 15 working days end on Thursday 18 September."""
    notice = the_notice(case, counsel, kind="rectification_order", measures=(ORDER,), issued_on=None)
    answer = post(counsel, f"notices/{notice.uid}/record-service/", served_on="2025-08-28", mode="direct")
    assert answer.status_code == 200, answer.data
    return Deadline.objects.get(notice=notice, kind="ordered")


def post(person: Person, path: str, **sent: Any) -> Any:
    return as_(person).post(url(path), sent)


def test_a_deadline_shows_how_it_was_worked_out(ordered: Deadline, counsel: Person) -> None:
    shown = as_(counsel).get(url(f"deadlines/{ordered.uid}/")).data

    assert (shown["due_on"], shown["sentence"], shown["zone"]) == ("2025-09-18", "Due 2025-09-18", "Asia/Shanghai")
    assert shown["current"]["trace"][0]["as"] == "excluded_trigger"
    assert shown["current"]["working"][0].startswith("2025-08-28 starts the clock and is not counted.")
    assert len(shown["current"]["working"]) == len(shown["current"]["trace"])


def test_the_working_is_told_in_chinese_to_who_asks_in_chinese(ordered: Deadline, counsel: Person) -> None:
    shown = as_(counsel, language="zh-hans").get(url(f"deadlines/{ordered.uid}/")).data

    assert "starts the clock" not in shown["current"]["working"][0]


def test_more_time_is_asked_and_granted_and_the_old_date_kept(ordered: Deadline, counsel: Person) -> None:
    asked = post(counsel, f"deadlines/{ordered.uid}/extend/", amount=5, unit="working_day", asked_on="2025-09-10")
    assert (asked.data["due_on"], asked.data["extensions"][0]["state"]) == ("2025-09-18", "asked")

    granted = post(counsel, f"deadlines/{ordered.uid}/grant-extension/", decided_on="2025-09-12")

    assert (granted.data["due_on"], granted.data["extensions"][0]["state"]) == ("2025-09-25", "granted")
    assert [version["due_on"] for version in granted.data["versions"]][-2:] == ["2025-09-18", "2025-09-25"]


def test_of_two_that_are_asked_for_one_is_named(ordered: Deadline, counsel: Person) -> None:
    post(counsel, f"deadlines/{ordered.uid}/extend/", amount=5, unit="working_day")
    second = post(counsel, f"deadlines/{ordered.uid}/extend/", until_on="2025-09-30").data["extensions"][1]["uid"]

    unnamed = post(counsel, f"deadlines/{ordered.uid}/refuse-extension/", decided_on="2025-09-12", reason="No.")
    named = post(
        counsel, f"deadlines/{ordered.uid}/refuse-extension/", decided_on="2025-09-12", reason="No.", extension=second
    )

    assert unnamed.data["details"]["fields"] == {"extension": ["Name which one, by its uid."]}
    assert [each["state"] for each in named.data["extensions"]] == ["asked", "refused"]


def test_an_extension_of_another_deadline_is_not_this_ones(ordered: Deadline, case: Case, counsel: Person) -> None:
    other = Deadline.objects.filter(case=case).exclude(pk=ordered.pk).exclude(due_on=None).first()
    asked = post(counsel, f"deadlines/{other.uid}/extend/", until_on="2026-09-30").data["extensions"][0]["uid"]

    answer = post(counsel, f"deadlines/{ordered.uid}/grant-extension/", decided_on="2025-09-12", extension=asked)

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "sent", [{}, {"amount": 5}, {"unit": "day"}, {"amount": 5, "unit": "day", "until_on": "2025-09-30"},
             {"amount": 0, "unit": "day"}, {"amount": 5, "unit": "fortnight"}],
)  # fmt: skip
def test_an_extension_is_a_period_or_a_date(sent: dict[str, Any], ordered: Deadline, counsel: Person) -> None:
    assert post(counsel, f"deadlines/{ordered.uid}/extend/", **sent).status_code == 400


def test_a_clock_is_stopped_and_runs_again(ordered: Deadline, counsel: Person) -> None:
    stopped = post(counsel, f"deadlines/{ordered.uid}/suspend/", from_on="2025-09-08", reason="Appraisal.")
    early = post(counsel, f"deadlines/{ordered.uid}/resume/", until_on="2025-09-05")
    resumed = post(counsel, f"deadlines/{ordered.uid}/resume/", until_on="2025-09-15")

    assert (stopped.data["due_on"], early.status_code) == (None, 400)
    # Six of the fifteen days were used by Friday 5 September; 15 September is the seventh.
    assert resumed.data["due_on"] == "2025-09-25"


def test_a_date_set_by_hand_may_ask_for_the_revision_it_was_read_at(ordered: Deadline, counsel: Person) -> None:
    path, sent = url(f"deadlines/{ordered.uid}/override/"), {"due_on": "2025-09-16", "reason": "Told so."}

    stale = as_(counsel).post(path, sent, headers={"if-match": '"99"'})
    fresh = as_(counsel).post(path, sent)

    assert (stale.status_code, stale.data["code"]) == (412, "stale")
    assert (fresh.data["due_on"], fresh.data["current"]["cause"]) == ("2025-09-16", "override")


def test_a_legal_deadline_of_ours_is_not_met_without_a_filing(ordered: Deadline, counsel: Person) -> None:
    answer = post(counsel, f"deadlines/{ordered.uid}/meet/", reason="We did it.")

    assert (answer.status_code, answer.data["code"]) == (409, "needs_filing")
    assert answer.data["message"] == "A legal deadline of ours is met by a filing with its receipt."


def test_a_refusal_is_told_in_the_language_asked_for(ordered: Deadline, counsel: Person) -> None:
    post(counsel, f"deadlines/{ordered.uid}/waive/", reason="撤销")

    answer = as_(counsel, language="zh-hans").post(url(f"deadlines/{ordered.uid}/confirm/"), {})

    assert answer.data["message"].startswith("该期限已终止：")


def test_a_deadline_is_given_to_somebody_waived_and_then_takes_no_change(
    ordered: Deadline, counsel: Person, member: Person
) -> None:
    given = post(counsel, f"deadlines/{ordered.uid}/assign/", owner=member.uid)
    waived = post(counsel, f"deadlines/{ordered.uid}/waive/", reason="Withdrawn by the authority.")
    after = post(counsel, f"deadlines/{ordered.uid}/confirm/")

    assert given.data["owner"]["uid"] == member.uid
    assert waived.data["outcome"] == "waived"
    assert (after.status_code, after.data["code"]) == (409, "deadline_ended")


def test_an_internal_date_is_set_by_counsel(case: Case, counsel: Person) -> None:
    answer = post(counsel, "deadlines/", case=case.reference, title_zh="中期报告", due_on="2025-10-01")
    nameless = post(counsel, "deadlines/", case=case.reference, due_on="2025-10-01")

    assert (answer.status_code, answer.data["kind"], answer.data["title_zh"]) == (201, "internal", "中期报告")
    assert list(nameless.data["details"]["fields"]) == ["title_en"]
