"""The traffic light: what makes it red, amber or green, one reason at a time, and never by colour alone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cases.actions.drafts import MeasureDraft
from cases.actions.event import log_event
from cases.models import Case, Deadline, DeadlineVersion, Person, TrackMove, VersionStatus
from tests.factories import a_case, a_notice
from tests.status_rows import a_deadline, a_requirement, a_task, an_exhibit
from tracker.status.case import case_row
from tracker.status.nouns import Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person, now: datetime) -> Case:
    return a_case(by=counsel, at=now, lead_counsel=counsel)


def an_order(case: Case, by: Person, at: datetime, due_on: date | None) -> Deadline:
    measure = MeasureDraft(kind="talk", ordered_on=due_on) if due_on is None else MeasureDraft(
        kind="order_to_correct", ordered_on=due_on
    )  # fmt: skip
    served = {"served_on": date(2026, 9, 11)}
    notice = a_notice(case=case, by=by, at=at, kind="rectification_order", measures=(measure,), **served)
    Deadline.objects.filter(case=case, kind="statutory").update(outcome="waived", outcome_at=at)
    return Deadline.objects.get(notice=notice, rule_id="CN-22")


def light(case: Case, now: datetime) -> tuple[str, list[Reason]]:
    rag = case_row(case, now=now).rag
    return rag.tone, list(rag.reasons)


def test_a_new_case_is_green_with_no_reason(case: Case, now: datetime) -> None:
    assert light(case, now) == ("green", [])


def test_a_legal_date_is_amber_on_the_third_working_day_before_and_not_on_the_fourth(
    counsel: Person, case: Case
) -> None:
    # Due Fri 13 Nov 2026: three working days are left on Tue 10, four on Mon 9.
    monday = datetime(2026, 11, 9, 1, 0, tzinfo=UTC)
    an_order(case, counsel, monday, date(2026, 11, 13))

    assert light(case, monday) == ("green", [])
    assert light(case, monday + timedelta(days=1)) == ("amber", [Reason("due_soon", "amber", 1)])


def test_a_legal_date_a_minute_past_is_red(counsel: Person, case: Case, now: datetime) -> None:
    an_order(case, counsel, now, date(2026, 9, 28))
    midnight = datetime(2026, 9, 28, 16, 0, tzinfo=UTC)

    assert light(case, midnight - timedelta(minutes=1))[0] == "amber"
    assert light(case, midnight + timedelta(minutes=1)) == ("red", [Reason("overdue_hard", "red", 1)])


def test_a_legal_date_that_was_met_is_no_reason(counsel: Person, case: Case, now: datetime) -> None:
    deadline = an_order(case, counsel, now, date(2026, 9, 23))
    Deadline.objects.filter(pk=deadline.pk).update(outcome="met", outcome_at=now)

    assert light(case, now) == ("green", [])


def test_an_internal_date_past_is_amber_and_never_red(counsel: Person, case: Case, now: datetime) -> None:
    a_deadline(case, counsel, now, due_on=date(2026, 9, 23))

    assert light(case, now) == ("amber", [Reason("overdue_internal", "amber", 1)])


def test_the_authoritys_own_limit_past_is_no_reason(counsel: Person, case: Case, now: datetime) -> None:
    log_event(case=case, name="hearing_date_set", occurred_on=date(2026, 9, 21), by=counsel, at=now)

    assert Deadline.objects.get(case=case).due_at < now
    assert light(case, now) == ("green", [])


def test_altered_bytes_are_red_until_they_are_found_whole_again(counsel: Person, case: Case, now: datetime) -> None:
    evidence = an_exhibit(case, counsel, now, mismatch_at=now)

    altered = light(case, now)
    type(evidence).objects.filter(pk=evidence.pk).update(verified_at=now + timedelta(minutes=1))

    assert altered == ("red", [Reason("hash_mismatch", "red", 1)])
    assert light(case, now) == ("green", [])


def test_a_date_that_waits_for_its_fact_is_amber(counsel: Person, case: Case, now: datetime) -> None:
    a_notice(case=case, by=counsel, at=now)

    tone, reasons = light(case, now)

    waiting = Deadline.objects.filter(case=case, due_at=None, kind__in=("statutory", "ordered")).count()
    assert (tone, waiting > 0) == ("amber", True)
    assert Reason("facts_missing", "amber", waiting) in reasons


def test_a_provisional_date_is_amber_when_it_is_near(counsel: Person, case: Case) -> None:
    # 60 days from 10 Nov 2026 end on 9 Jan 2027, a Saturday of a year not yet arranged.
    now = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)
    warning = MeasureDraft(kind="warning", procedure="ordinary")
    a_notice(case=case, by=counsel, at=now, served_on=date(2026, 11, 10), measures=(warning,))

    assert Reason("provisional", "amber", 1) in light(case, now)[1]


def test_a_blocked_task_is_amber(counsel: Person, case: Case, now: datetime) -> None:
    a_task(case, counsel, now, state="blocked")

    assert light(case, now) == ("amber", [Reason("tasks_blocked", "amber", 1)])


def test_a_proposal_to_confirm_is_amber(counsel: Person, case: Case, now: datetime) -> None:
    deadline = a_deadline(case, counsel, now, due_on=date(2026, 12, 1))
    DeadlineVersion.objects.create(
        deadline=deadline, number=9, status=VersionStatus.PROPOSED, cause="calendar", made_at=now, made_by=counsel,
        due_on=date(2026, 11, 30), due_at=datetime(2026, 11, 30, 16, 0, tzinfo=UTC),
    )  # fmt: skip

    assert light(case, now) == ("amber", [Reason("proposal_open", "amber", 1)])


@pytest.mark.parametrize(("grade", "tone"), [("not_met", "amber"), ("not_shown", "green")])
def test_a_step_against_the_law_is_amber_and_one_merely_not_shown_is_not(
    counsel: Person, case: Case, now: datetime, grade: str, tone: str
) -> None:
    track = case.tracks.create(kind="official", state="decided_penalty", recorded_at=now, recorded_by=counsel)
    found = [{"code": "prior_notice_served", "grade": grade, "article_en": "APL 44", "article_zh": "第四十四条"}]
    TrackMove.objects.create(
        track=track, to_state="decided_penalty", mover="authority", irregular=found, recorded_at=now,
        recorded_by=counsel,
    )  # fmt: skip

    assert light(case, now)[0] == tone


def test_red_stands_before_amber_and_both_are_told(counsel: Person, case: Case, now: datetime) -> None:
    an_order(case, counsel, now, date(2026, 9, 23))
    a_task(case, counsel, now, state="blocked")

    tone, reasons = light(case, now)

    assert (tone, [reason.code for reason in reasons]) == ("red", ["overdue_hard", "tasks_blocked"])


def test_a_closed_case_has_no_light(counsel: Person, case: Case, now: datetime) -> None:
    an_order(case, counsel, now, date(2026, 9, 23))
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=now)
    case.refresh_from_db()

    assert light(case, now) == ("grey", [])


def test_another_cases_trouble_is_not_ours(counsel: Person, case: Case, now: datetime) -> None:
    other = a_case(by=counsel, at=now)
    an_order(other, counsel, now, date(2026, 9, 23))
    a_task(other, counsel, now, state="blocked")
    an_exhibit(other, counsel, now, mismatch_at=now)

    assert light(case, now) == ("green", [])
    assert light(other, now)[0] == "red"


def test_the_row_counts_tasks_and_requirements_and_leaves_the_withdrawn_out(
    counsel: Person, member: Person, case: Case, now: datetime
) -> None:
    met: dict[str, Any] = {"done_by": member, "done_at": now, "signed_off_by": counsel, "signed_off_at": now}
    a_requirement(case, counsel, now, state="met", **met)
    a_requirement(case, counsel, now)
    a_requirement(case, counsel, now, state="withdrawn")
    for state in ("closed", "closed", "todo"):
        a_task(case, counsel, now, state=state)

    row = case_row(case, now=now)

    assert (row.requirements.done, row.requirements.total) == (1, 2)
    assert (row.tasks.done, row.tasks.total) == (2, 3)
