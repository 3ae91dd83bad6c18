"""Facts beyond the one that starts a clock: rights not told, the day the act was made; told, corrected, taken back."""

from datetime import date, datetime

import pytest
from django.test import Client

from cases.actions.deadline import suspend, withdraw_proposal
from cases.actions.event import correct_event, log_event, void_event
from cases.actions.notice import record_service
from cases.models import Case, Deadline, Notice, Person
from tests.factories import a_case, a_notice


@pytest.fixture
def decision(counsel: Person) -> Notice:
    return a_notice(case=a_case(by=counsel), by=counsel, issued_on=date(2026, 3, 2), served_on=date(2026, 3, 2))


def review(notice: Notice) -> Deadline:
    return Deadline.objects.select_related("current").get(rule_id="CN-12", notice=notice)


def learnt(notice: Notice, on: date, *, by: Person, at: datetime, is_of_notice: bool = True):
    of = notice if is_of_notice else None
    return log_event(case=notice.case, name="review_right_learnt", occurred_on=on, notice=of, by=by, at=at)


def test_rights_learnt_later_propose_the_count_from_then(decision: Notice, counsel: Person, now: datetime) -> None:
    assert review(decision).due_on == date(2026, 5, 6)

    learnt(decision, date(2026, 6, 1), by=counsel, at=now)

    proposed = review(decision).versions.get(status="proposed")
    assert (proposed.due_on, proposed.facts["right_learnt_on"]) == (date(2026, 7, 31), "2026-06-01")
    assert review(decision).due_on == date(2026, 5, 6)  # the earlier leads until counsel confirms


def test_the_count_never_reaches_beyond_a_year_from_service(decision: Notice, counsel: Person, now: datetime) -> None:
    learnt(decision, date(2027, 2, 1), by=counsel, at=now)

    assert review(decision).versions.get(status="proposed").due_on == date(2027, 3, 2)


def test_five_years_from_the_making_cap_a_late_service(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)
    log_event(case=case, name="decision_made", occurred_on=date(2021, 10, 8), by=counsel, at=now)

    notice = a_notice(case=case, by=counsel, issued_on=date(2021, 10, 8), served_on=date(2026, 8, 31))

    # 60 days from service would end on 30 October 2026; five years from the making end on 8 October.
    assert review(notice).due_on == date(2026, 10, 8)
    assert review(notice).current.facts["made_on"] == "2021-10-08"


def test_what_one_notice_left_untold_says_nothing_of_another(decision: Notice, counsel: Person, now: datetime) -> None:
    other = a_notice(case=decision.case, by=counsel, number="2", issued_on=date(2026, 3, 2), served_on=date(2026, 3, 2))

    learnt(decision, date(2026, 6, 1), by=counsel, at=now)

    assert not review(other).versions.filter(status="proposed").exists()


def test_a_fact_of_the_case_serves_every_notice_without_its_own(
    decision: Notice, counsel: Person, now: datetime
) -> None:
    learnt(decision, date(2026, 6, 1), by=counsel, at=now, is_of_notice=False)

    assert review(decision).versions.get(status="proposed").due_on == date(2026, 7, 31)


def test_a_fact_told_after_a_rejected_one_brings_only_itself(decision: Notice, counsel: Person, now: datetime) -> None:
    record_service(notice=decision, served_on=date(2026, 3, 20), mode="direct", by=counsel, at=now)
    withdraw_proposal(deadline=review(decision), reason="the receipt says 2 March", by=counsel, at=now)

    learnt(decision, date(2026, 6, 1), by=counsel, at=now)

    facts = review(decision).versions.get(status="proposed").facts
    assert (facts["on"], facts["right_learnt_on"]) == ("2026-03-02", "2026-06-01")


def test_facts_that_both_wait_are_proposed_together(decision: Notice, counsel: Person, now: datetime) -> None:
    record_service(notice=decision, served_on=date(2026, 3, 20), mode="direct", by=counsel, at=now)

    learnt(decision, date(2026, 6, 1), by=counsel, at=now)

    facts = review(decision).versions.get(status="proposed").facts
    assert (facts["on"], facts["right_learnt_on"]) == ("2026-03-20", "2026-06-01")


def test_a_rejected_fact_is_no_part_of_what_is_counted_later(decision: Notice, counsel: Person, now: datetime) -> None:
    learnt(decision, date(2026, 6, 1), by=counsel, at=now)
    withdraw_proposal(deadline=review(decision), reason="we were told on the day", by=counsel, at=now)

    days = {"from_on": date(2026, 3, 10), "until_on": date(2026, 3, 11)}
    suspend(deadline=review(decision), **days, reason="Force majeure", by=counsel, at=now)

    assert review(decision).due_on == date(2026, 5, 6)
    assert "right_learnt_on" not in review(decision).current.facts


def test_a_corrected_fact_proposes_the_other_date(decision: Notice, counsel: Person, now: datetime) -> None:
    told = learnt(decision, date(2026, 6, 1), by=counsel, at=now)

    correct_event(event=told, occurred_on=date(2026, 6, 3), reason="the letter is of 3 June", by=counsel, at=now)

    assert review(decision).versions.get(status="proposed").due_on == date(2026, 8, 3)


def test_a_voided_fact_takes_its_proposal_back(decision: Notice, counsel: Person, now: datetime) -> None:
    told = learnt(decision, date(2026, 6, 1), by=counsel, at=now)

    void_event(event=told, reason="another matter", by=counsel, at=now)

    assert not review(decision).versions.filter(status="proposed").exists()
    assert review(decision).due_on == date(2026, 5, 6)


def test_a_corrected_service_leaves_the_days_of_other_events(decision: Notice, counsel: Person, now: datetime) -> None:
    told = learnt(decision, date(2026, 6, 1), by=counsel, at=now)

    record_service(notice=decision, served_on=date(2026, 3, 4), mode="direct", by=counsel, at=now)

    told.refresh_from_db()
    assert told.occurred_on == date(2026, 6, 1)


def page(client: Client, case: Case, deadline: Deadline) -> str:
    return client.get(f"/en/cases/{case.reference}/deadlines/{deadline.uid}/").content.decode()


def test_the_page_asks_for_the_fact_and_then_names_its_event(
    decision: Notice, counsel: Person, now: datetime, client: Client
) -> None:
    client.force_login(counsel)
    asked = page(client, decision.case, review(decision))
    told = learnt(decision, date(2026, 6, 1), by=counsel, at=now)

    known = page(client, decision.case, review(decision))
    address = f"/en/cases/{decision.case.reference}/events/new/?name=review_right_learnt&amp;notice={decision.uid}"
    assert "Rights not told in the decision?" in asked
    assert address in asked
    assert address not in known
    assert f"/events/{told.uid}/" in known


def test_the_form_of_the_event_is_filled_in_from_the_address(decision: Notice, counsel: Person, client: Client) -> None:
    client.force_login(counsel)

    answer = client.get(
        f"/en/cases/{decision.case.reference}/events/new/?name=review_right_learnt&notice={decision.uid}"
    ).content.decode()

    assert '<option value="review_right_learnt" selected>' in answer
    assert f'<option value="{decision.uid}" lang="zh-Hans" selected>' in answer
