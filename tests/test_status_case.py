"""The overview and the executive status of a case: the figures, what is unknown, and the wall before both."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.actions.case import grant_access, raise_barrier
from cases.actions.deadline import ask_extension
from cases.actions.drafts import MeasureDraft
from cases.models import Case, Deadline, EvidenceLink, Payment, Person, TaskForce, Update
from tests.factories import a_case, a_notice
from tests.status_rows import a_deadline, a_requirement, a_task, an_exhibit
from tracker.status.burnup import burn_up, forecast
from tracker.status.case import case_overview
from tracker.status.deadline import deadline_page
from tracker.status.executive import case_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person, now: datetime) -> Case:
    return a_case(by=counsel, at=now, lead_counsel=counsel)


def a_full_case(by: Person, member: Person, at: datetime) -> Case:
    """Something of everything an overview shows."""
    case = a_case(by=by, at=at, lead_counsel=by)
    fine = MeasureDraft(kind="fine", amount=50000, currency="CNY", procedure="ordinary")
    a_notice(case=case, by=by, at=at, served_on=date(2026, 9, 17), measures=(fine,))
    order = MeasureDraft(kind="order_to_correct", ordered_on=date(2026, 10, 9))
    a_notice(case=case, by=by, at=at, kind="rectification_order", served_on=date(2026, 9, 11), measures=(order,))
    a_notice(case=case, by=by, at=at)
    requirement = a_requirement(case, by, at, owner=member)
    task = a_task(
        case, by, at, requirement=requirement, assignee=member, due_on=date(2026, 9, 23), workstream_en="Audit"
    )
    a_task(case, by, at, state="closed", workstream_en="Audit", assignee=member)
    Update.objects.create(case=case, task=task, words="Two days late.", posted_at=at, posted_by=member)
    exhibit = an_exhibit(case, member, at, state="accepted")
    EvidenceLink.objects.create(evidence=exhibit, task=task, linked_at=at, linked_by=member)
    force = TaskForce.objects.create(
        case=case, name_en="Force", formed_on=date(2026, 9, 11), recorded_at=at, recorded_by=by
    )
    force.members.create(person=member, role="lead", from_on=date(2026, 9, 11))
    return case


def test_nobody_outside_the_wall_gets_a_case_page(
    counsel: Person, outsider: Person, administrator: Person, case: Case, now: datetime
) -> None:
    for page in (case_overview, case_status):
        for stranger in (outsider, administrator):
            with pytest.raises(Case.DoesNotExist):
                page(case, stranger, now=now)
        assert page(case, counsel, now=now).row.case.reference == case.reference


def test_access_opens_the_page_until_it_ends_and_a_barrier_shuts_it(
    counsel: Person, outsider: Person, case: Case, now: datetime
) -> None:
    until = now + timedelta(hours=1)
    grant_access(case=case, person=outsider, reason="Second opinion", until_at=until, by=counsel, at=now)

    assert case_overview(case, outsider, now=now).row.case.uid == case.uid
    with pytest.raises(Case.DoesNotExist):
        case_overview(case, outsider, now=until)
    raise_barrier(case=case, person=outsider, reason="Conflict", by=counsel, at=now)
    with pytest.raises(Case.DoesNotExist):
        case_overview(case, outsider, now=now)


def test_a_deadline_is_behind_the_wall_of_its_case(
    counsel: Person, outsider: Person, case: Case, now: datetime
) -> None:
    deadline = a_deadline(case, counsel, now, due_on=date(2026, 10, 9))
    other = a_case(by=counsel, at=now)

    assert deadline_page(deadline.uid, counsel, now=now).clock.due_on == date(2026, 10, 9)
    with pytest.raises(Deadline.DoesNotExist):
        deadline_page(deadline.uid, outsider, now=now)
    with pytest.raises(Deadline.DoesNotExist):
        deadline_page(deadline.uid, counsel, now=now, case=other)


def test_an_unknown_service_date_leaves_every_date_unknown(counsel: Person, case: Case, now: datetime) -> None:
    a_notice(case=case, by=counsel, at=now)

    found = case_overview(case, counsel, now=now)

    assert {(clock.due_on, clock.safe_due_on, clock.left, clock.missing) for clock in found.missing} == {
        (None, None, None, ("served_on",))
    }
    assert (found.main_clock.due_on, found.working.steps, found.working.missing) == (None, (), ("served_on",))
    assert found.notices[0].waiting == len(found.missing)
    assert case_status(case, counsel, now=now).bottom_line[0].code == "date_unknown"


def test_the_overview_holds_the_figures_of_the_record(counsel: Person, member: Person, now: datetime) -> None:
    found = case_overview(a_full_case(counsel, member, now), counsel, now=now)

    (requirement,) = found.requirements
    assert (requirement.tasks.done, requirement.tasks.total) == (0, 1)
    assert (requirement.proofs.done, requirement.proofs.total) == (1, 1)  # linked through its task
    (stream,) = found.workstreams
    assert (stream.name.en, stream.tasks.done, stream.tasks.total, stream.overdue) == ("Audit", 1, 2, 1)
    assert (stream.lead.uid, stream.last_words) == (member.uid, "Two days late.")
    assert [(row.who.uid, row.role) for row in found.people] == [(member.uid, "lead")]
    assert (found.counts.notices, found.counts.tasks, found.counts.evidence) == (3, 2, 1)
    assert found.evidence.accepted == 1
    assert [task.left.amount for task in found.open_tasks] == [-1]


def test_dates_of_tasks_are_not_counted_as_clocks_of_the_case(counsel: Person, case: Case, now: datetime) -> None:
    a_task(case, counsel, now, due_on=date(2026, 9, 30))
    a_deadline(case, counsel, now, due_on=date(2026, 10, 9))

    found = case_overview(case, counsel, now=now)

    assert [clock.due_on for clock in found.clocks] == [date(2026, 10, 9)]
    assert found.counts.deadlines == 1


def test_the_executive_reads_date_work_and_the_worst(counsel: Person, member: Person, now: datetime) -> None:
    status = case_status(a_full_case(counsel, member, now), counsel, now=now)

    date_line, work, worst = status.bottom_line
    assert (date_line.code, date_line.params["due_on"], date_line.params["left"]) == (
        "date_ahead", date(2026, 10, 8), 4,
    )  # fmt: skip
    assert work.params == {"closed": 1, "tasks": 2, "met": 0, "requirements": 1}
    assert (worst.code, worst.params["reason"]) == ("worst", "facts_missing")
    assert (status.row.rag.tone, status.as_of, status.zone) == ("amber", now, "Asia/Shanghai")


def test_what_is_paid_is_taken_off_what_is_owed(counsel: Person, member: Person, now: datetime) -> None:
    case = a_full_case(counsel, member, now)
    fine = case.measures.get(kind="fine")
    Payment.objects.create(
        measure=fine, amount=Decimal("20000.50"), paid_on=date(2026, 9, 20), recorded_at=now, recorded_by=counsel
    )

    status = case_status(case, counsel, now=now)

    owed = {measure.kind: measure.outstanding for measure in status.measures}
    assert (owed["fine"], owed["order_to_correct"]) == (Decimal("29999.50"), None)
    assert [payment.amount for payment in status.payments] == [Decimal("20000.50")]


def test_the_stakes_name_the_consequence_with_its_article(counsel: Person, member: Person, now: datetime) -> None:
    stakes = {stake.rule_id: stake for stake in case_status(a_full_case(counsel, member, now), counsel, now=now).stakes}

    assert "3 %" in stakes["CN-08"].consequence_en
    assert "第七十二条" in stakes["CN-08"].citation_zh


def test_windows_of_remedy_are_open_until_their_last_instant(counsel: Person, case: Case, now: datetime) -> None:
    warning = MeasureDraft(kind="warning", procedure="ordinary")
    a_notice(case=case, by=counsel, at=now, served_on=date(2026, 8, 10), measures=(warning,))
    over = datetime(2026, 10, 9, 16, 0, tzinfo=UTC)  # 60 days end on 9 Oct 2026, a working Friday

    before, after = (
        {r.code: r.is_open for r in case_status(case, counsel, now=at).remedies}
        for at in (over - timedelta(minutes=1), over)
    )

    assert before == {"reconsideration": True, "litigation": True}
    assert after == {"reconsideration": False, "litigation": True}


def test_an_extension_not_answered_wants_a_decision(counsel: Person, case: Case, now: datetime) -> None:
    order = MeasureDraft(kind="order_to_correct", ordered_on=date(2026, 10, 9))
    notice = a_notice(
        case=case, by=counsel, at=now, kind="rectification_order", served_on=date(2026, 9, 11), measures=(order,)
    )
    deadline = Deadline.objects.get(notice=notice, rule_id="CN-22")
    ask_extension(deadline=deadline, amount=5, unit="working_day", by=counsel, at=now)

    codes = [decision.code for decision in case_status(case, counsel, now=now).decisions]

    assert "extension_reply" in codes


def test_a_closed_case_says_so_and_has_no_risk(counsel: Person, case: Case, now: datetime) -> None:
    a_deadline(case, counsel, now, due_on=date(2026, 9, 23))
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at=now)

    status = case_status(case, counsel, now=now)

    assert (status.bottom_line[0].code, status.risks, status.row.rag.tone) == ("case_closed", (), "grey")


def test_the_burn_up_sums_by_the_authoritys_day(counsel: Person, case: Case, now: datetime) -> None:
    late_evening = datetime(2026, 9, 21, 16, 30, tzinfo=UTC)  # 22 Sep 00:30 in Shanghai
    a_task(case, counsel, late_evening - timedelta(hours=1), due_on=date(2026, 9, 23))
    a_task(case, counsel, late_evening, state="closed", due_on=date(2026, 9, 30))

    data = burn_up(case, now=now, due_on=date(2026, 10, 9))

    assert data.scope == ((date(2026, 9, 21), 1), (date(2026, 9, 22), 2))
    assert data.closed == ((date(2026, 9, 22), 1),)
    assert data.plan == ((date(2026, 9, 23), 1), (date(2026, 9, 30), 2))
    assert (data.first, data.due) == (date(2026, 9, 21), date(2026, 10, 9))


def test_a_case_without_tasks_has_no_burn_up(counsel: Person, case: Case, now: datetime) -> None:
    assert burn_up(case, now=now, due_on=None) is None


@pytest.mark.parametrize(
    ("closed", "total", "expected"),
    [
        # After 10 through 24 Sep 2026 eleven days are worked (Sunday 20 too): one a day, so 2 left take 2 days.
        (((date(2026, 9, 24), 11),), 13, date(2026, 9, 29)),
        (((date(2026, 9, 1), 5),), 13, None),  # nothing of late
        (((date(2026, 9, 24), 13),), 13, None),  # all done
        ((), 3, None),
    ],
)
def test_the_forecast_counts_working_days_at_the_late_pace(closed: Any, total: int, expected: date | None) -> None:
    assert forecast(closed, total=total, today=date(2026, 9, 24), calendar="CN") == expected


@pytest.mark.parametrize("twice", [False, True])
def test_the_pages_of_a_case_ask_the_same_however_much_it_holds(
    counsel: Person, member: Person, now: datetime, twice: bool, django_assert_num_queries: Any
) -> None:
    case = a_full_case(counsel, member, now)
    for _number in range(30 if twice else 0):
        requirement = a_requirement(case, counsel, now)
        a_task(case, counsel, now, requirement=requirement, workstream_en=f"Stream {_number}", due_on=date(2026, 9, 23))
        an_exhibit(case, counsel, now)
        a_deadline(case, counsel, now, due_on=date(2026, 10, 9))

    with django_assert_num_queries(38):
        case_overview(case, counsel, now=now)
    with django_assert_num_queries(40):
        case_status(case, counsel, now=now)
