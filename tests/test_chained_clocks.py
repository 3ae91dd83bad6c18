"""The end of one clock starts the next: once, dated the day it ended, and followed when that day moves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client

from cases.actions import deadline as act
from cases.actions import expiry
from cases.actions.event import correct_event, log_event, void_event
from cases.actions.filing import file
from cases.models import Case, Deadline, Event, LogEntry, Person
from tests.factories import NOW, a_case, a_notice, an_authority
from tracker.jobs import expire

ORDINARY = {"summary_reconsideration": False}
OVER = "reconsideration_period_expired"


@pytest.fixture
def accepted(counsel: Person) -> Event:
    """Accepted on 1 July 2026: sixty days end on Sunday 30 August, so on Monday 31 August."""
    case = a_case(by=counsel)
    return log_event(
        case=case, name="reconsideration_accepted", occurred_on=date(2026, 7, 1), traits=ORDINARY, by=counsel, at=NOW
    )


def clock(case: Case, rule: str) -> Deadline:
    return case.deadlines.select_related("current", "event").get(rule_id=rule)


def test_a_period_that_passes_undecided_starts_the_next_clock(accepted: Event, counsel: Person, now: datetime) -> None:
    assert expiry.sweep(at=now) == 1

    ended, begun = clock(accepted.case, "CN-16"), clock(accepted.case, "CN-17")
    assert (ended.outcome, ended.outcome_at) == ("lapsed", datetime(2026, 8, 31, 16, tzinfo=UTC))
    assert (begun.event.name, begun.event.occurred_on) == (OVER, date(2026, 8, 31))
    assert begun.due_on == date(2026, 9, 15)
    entry = LogEntry.objects.get(verb="expire")
    assert (entry.person, entry.facts["on"]) == (counsel, "2026-08-31")
    assert "on behalf" in entry.reason


def test_nothing_is_over_before_the_last_instant(accepted: Event) -> None:
    assert expiry.sweep(at=datetime(2026, 8, 31, 15, 59, tzinfo=UTC)) == 0
    assert expiry.sweep(at=datetime(2026, 8, 31, 16, tzinfo=UTC)) == 1


def test_the_end_of_a_period_that_may_be_anothers_is_nobodys_to_record(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)
    log_event(case=case, name="reconsideration_accepted", occurred_on=date(2026, 7, 1), by=counsel, at=NOW)

    assert clock(case, "CN-16b").due_on == date(2026, 7, 31)
    assert expiry.sweep(at=now) == 0


def test_a_second_sweep_finds_nothing_left(accepted: Event) -> None:
    expiry.sweep(at=datetime(2026, 9, 1, 1, 30, tzinfo=UTC))

    assert expiry.sweep(at=datetime(2026, 9, 1, 1, 31, tzinfo=UTC)) == 0
    assert Event.objects.filter(name=OVER).count() == 1


def test_the_job_sweeps(accepted: Event) -> None:
    expire()

    assert Event.objects.filter(name=OVER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_record_one_end(accepted: Event) -> None:
    """On a day on which the clock it starts still runs: a later sweep may rightly end that one too."""

    def work(_worker: int) -> int:
        try:
            return expiry.sweep(at=datetime(2026, 9, 1, 1, 30, tzinfo=UTC))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(work, range(4)))

    assert sum(counts) == 1
    assert Event.objects.filter(name=OVER).count() == Deadline.objects.filter(rule_id="CN-17").count() == 1


def test_a_decision_received_in_time_meets_the_clock_and_starts_its_own(
    accepted: Event, counsel: Person, now: datetime
) -> None:
    case = accepted.case

    a_notice(
        case=case, by=counsel, kind="reconsideration_decision", measures=(), issued_on=date(2026, 8, 20),
        served_on=date(2026, 8, 24),
    )  # fmt: skip

    met = clock(case, "CN-16")
    assert (met.outcome, met.answered_by.name) == ("met", "reconsideration_decision_received")
    assert clock(case, "CN-17").due_on == date(2026, 9, 8)
    assert expiry.sweep(at=datetime(2026, 8, 31, 16, tzinfo=UTC)) == 0


def test_a_decision_in_time_told_after_the_sweep_takes_the_end_back(
    accepted: Event, counsel: Person, now: datetime
) -> None:
    expiry.sweep(at=now)

    log_event(
        case=accepted.case, name="reconsideration_decision_received", occurred_on=date(2026, 8, 24), by=counsel, at=now
    )

    assert clock(accepted.case, "CN-16").outcome == "met"
    assert Event.objects.get(name=OVER).voided_at == now
    running = accepted.case.deadlines.get(rule_id="CN-17", outcome="running")
    assert running.due_on == date(2026, 9, 8)


def test_a_voided_decision_lets_the_clock_run_again(accepted: Event, counsel: Person, now: datetime) -> None:
    told = log_event(
        case=accepted.case, name="reconsideration_decision_received", occurred_on=date(2026, 8, 24), by=counsel, at=now
    )

    void_event(event=told, reason="another matter", by=counsel, at=now)

    assert (clock(accepted.case, "CN-16").outcome, clock(accepted.case, "CN-16").answered_by) == ("running", None)


def test_of_two_clocks_alike_nobody_says_which_was_answered(accepted: Event, counsel: Person, now: datetime) -> None:
    case = accepted.case
    log_event(
        case=case, name="reconsideration_accepted", occurred_on=date(2026, 7, 2), traits=ORDINARY, by=counsel, at=now
    )

    log_event(case=case, name="reconsideration_decision_received", occurred_on=date(2026, 8, 24), by=counsel, at=now)

    assert set(case.deadlines.filter(rule_id="CN-16").values_list("outcome", flat=True)) == {"running"}


# ---- The day moves ---------------------------------------------------------------------------------------------------
def test_an_extension_told_late_shows_that_nothing_was_over(accepted: Event, counsel: Person, now: datetime) -> None:
    expiry.sweep(at=now)
    ended = clock(accepted.case, "CN-16")
    asked = act.ask_extension(deadline=ended, amount=30, unit="day", by=counsel, at=now)

    act.grant_extension(extension=asked, decided_on=date(2026, 8, 20), by=counsel, at=now)

    # One period of ninety days from the trigger: 29 September.
    assert (clock(accepted.case, "CN-16").outcome, clock(accepted.case, "CN-16").due_on) == (
        "running", date(2026, 9, 29),
    )  # fmt: skip
    assert clock(accepted.case, "CN-17").outcome == "withdrawn"
    assert "voided_expiry" in LogEntry.objects.get(verb="grant_extension").facts


def test_a_corrected_acceptance_proposes_first_and_moves_the_end_once_confirmed(
    accepted: Event, counsel: Person, now: datetime
) -> None:
    expiry.sweep(at=now)

    correct_event(event=accepted, occurred_on=date(2026, 7, 3), reason="the stamp", by=counsel, at=now)
    assert clock(accepted.case, "CN-17").due_on == date(2026, 9, 15)
    act.confirm_version(deadline=clock(accepted.case, "CN-16"), by=counsel, at=now)

    assert Event.objects.get(name=OVER).occurred_on == date(2026, 9, 1)
    following = clock(accepted.case, "CN-17")
    assert following.current.due_on == date(2026, 9, 15)
    assert following.versions.get(status="proposed").due_on == date(2026, 9, 16)


# ---- Clocks of our own -----------------------------------------------------------------------------------------------
def test_a_clock_of_ours_stays_overdue_for_a_week_before_it_lapses(accepted: Event) -> None:
    expiry.sweep(at=datetime(2026, 8, 31, 16, tzinfo=UTC))

    assert expiry.sweep(at=datetime(2026, 9, 22, 15, 59, tzinfo=UTC)) == 0
    assert expiry.sweep(at=datetime(2026, 9, 22, 16, tzinfo=UTC)) == 1
    assert clock(accepted.case, "CN-21").event.occurred_on == date(2026, 9, 15)


def test_a_claim_sent_in_time_and_told_late_takes_the_lapse_back(
    accepted: Event, counsel: Person, now: datetime
) -> None:
    expiry.sweep(at=datetime(2026, 8, 31, 16, tzinfo=UTC))
    expiry.sweep(at=now)
    sue = clock(accepted.case, "CN-17")
    assert sue.outcome == "lapsed"

    file(
        case=accepted.case, kind="litigation", authority=an_authority(), sent_at=datetime(2026, 9, 10, 2, tzinfo=UTC),
        deadline=sue, receipt_number="EMS 1", by=counsel, at=now,
    )  # fmt: skip

    assert clock(accepted.case, "CN-17").outcome == "met"
    assert clock(accepted.case, "CN-21").outcome == "withdrawn"


def test_a_filing_without_its_receipt_keeps_the_clock_from_lapsing(
    accepted: Event, counsel: Person, now: datetime
) -> None:
    expiry.sweep(at=datetime(2026, 8, 31, 16, tzinfo=UTC))
    file(
        case=accepted.case, kind="litigation", authority=an_authority(), sent_at=datetime(2026, 9, 10, 2, tzinfo=UTC),
        deadline=clock(accepted.case, "CN-17"), by=counsel, at=now,
    )  # fmt: skip

    assert expiry.sweep(at=now) == 0


def test_no_review_is_over_while_another_remedy_was_taken(counsel: Person) -> None:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, issued_on=None, served_on=date(2026, 1, 5))
    file(
        case=case, kind="reconsideration", authority=an_authority(), sent_at=datetime(2026, 2, 2, 2, tzinfo=UTC),
        deadline=clock(case, "CN-12"), receipt_number="1", by=counsel, at=NOW,
    )  # fmt: skip

    expiry.sweep(at=NOW)

    assert clock(case, "CN-18").outcome == "not_chosen"  # six months ended on 6 July; reconsideration is under way
    assert not Event.objects.filter(name="review_periods_expired").exists()


def test_the_page_of_an_ended_clock_names_its_end_and_takes_more_time(
    accepted: Event, counsel: Person, now: datetime, client: Client
) -> None:
    expiry.sweep(at=now)
    client.force_login(counsel)
    ended = clock(accepted.case, "CN-16")

    answer = client.get(f"/en/cases/{accepted.case.reference}/deadlines/{ended.uid}/").text

    assert f"/events/{Event.objects.get(name=OVER).uid}/" in answer
    assert f"/deadlines/{ended.uid}/override/" in answer
    assert f"/deadlines/{ended.uid}/waive/" not in answer
