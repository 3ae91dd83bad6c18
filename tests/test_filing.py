"""Filings: the receipt meets the deadline, late is said, voiding lets it run again."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cases.actions.belonging import NoReason, OtherCase
from cases.actions.deadline import DeadlineEnded, set_internal_deadline, waive_deadline
from cases.actions.filing import (
    AlreadyVoided,
    NoReceipt,
    NotOurs,
    NotSentYet,
    WrongReceipt,
    attach_receipt,
    file,
    late_by,
    void_filing,
)
from cases.models import Case, Deadline, Filing, LogEntry, Person
from tests.factories import NOW, a_case, an_authority
from tests.work import at_once, some_evidence

pytestmark = pytest.mark.django_db
# Due on 22 September: its last instant is 24:00 in Shanghai, 16:00 in UTC.
DUE = datetime(2026, 9, 22, 16, 0, tzinfo=UTC)
IN_TIME = datetime(2026, 9, 22, 15, 59, 59, tzinfo=UTC)


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


@pytest.fixture
def deadline(case: Case, counsel: Person) -> Deadline:
    return set_internal_deadline(case=case, title_en="Report", due_on=date(2026, 9, 22), by=counsel, at=NOW)


def sent(case: Case, by: Person, **fields: Any) -> Filing:
    given = {"kind": "information", "authority": an_authority(), "sent_at": IN_TIME, "at": NOW}
    return file(case=case, by=by, **given | fields)


def now_of(deadline: Deadline) -> Deadline:
    return Deadline.objects.get(pk=deadline.pk)


def facts_of(verb: str) -> dict[str, Any]:
    return LogEntry.objects.filter(verb=verb).latest("pk").facts


def test_with_its_receipt_a_filing_meets_its_deadline_as_of_the_sending(
    case: Case, deadline: Deadline, counsel: Person
) -> None:
    Deadline.objects.update(rearm=False)

    filing = sent(case, counsel, deadline=deadline, receipt_number="收字12号", received_on=date(2026, 9, 23))

    met = now_of(deadline)
    assert (met.outcome, met.outcome_at, met.met_by, met.rearm) == ("met", IN_TIME, filing, True)
    assert late_by(filing) is None
    assert "late_by_seconds" not in facts_of("file")


def test_without_a_receipt_the_deadline_runs_on_until_it_comes(case: Case, deadline: Deadline, counsel: Person) -> None:
    filing = sent(case, counsel, deadline=deadline, received_on=date(2026, 9, 23), receipt_number="  ")
    assert now_of(deadline).outcome == "running"

    attach_receipt(filing=filing, receipt=some_evidence(case, by=counsel), by=counsel, at=NOW)

    met = now_of(deadline)
    assert (met.outcome, met.outcome_at, met.met_by) == ("met", IN_TIME, filing)


@pytest.mark.parametrize(
    ("sent_at", "seconds"),
    [(DUE - timedelta(microseconds=1), None), (DUE, 0), (DUE + timedelta(hours=1, seconds=1), 3601)],
)
def test_late_begins_at_the_last_instant_and_the_log_says_by_how_much(
    case: Case, deadline: Deadline, counsel: Person, sent_at: datetime, seconds: int | None
) -> None:
    filing = sent(case, counsel, deadline=deadline, sent_at=sent_at, receipt_number="12")

    assert late_by(filing) == (None if seconds is None else timedelta(seconds=seconds))
    assert facts_of("file").get("late_by_seconds") == seconds
    assert now_of(deadline).outcome == "met"


def test_a_clock_in_hours_covers_its_last_instant(case: Case, deadline: Deadline, counsel: Person) -> None:
    Deadline.objects.update(is_hourly=True)

    assert late_by(sent(case, counsel, deadline=deadline, sent_at=DUE)) is None
    assert late_by(sent(case, counsel, deadline=deadline, sent_at=DUE + timedelta(seconds=1))) == timedelta(seconds=1)


def test_posted_in_time_and_received_after_it_was_due_is_in_time(
    case: Case, deadline: Deadline, counsel: Person
) -> None:
    filing = sent(case, counsel, deadline=deadline, receipt_number="12", received_on=date(2026, 9, 24))

    assert late_by(filing) is None


def test_what_is_still_to_come_was_not_sent(case: Case, deadline: Deadline, counsel: Person) -> None:
    with pytest.raises(NotSentYet):
        sent(case, counsel, deadline=deadline, sent_at=NOW + timedelta(seconds=1))
    assert not Filing.objects.exists()


@pytest.mark.parametrize("received_on", [date(2026, 9, 21), date(2026, 9, 25)])
def test_a_receipt_before_the_sending_or_in_the_future_is_refused(
    case: Case, counsel: Person, received_on: date
) -> None:
    with pytest.raises(WrongReceipt):
        sent(case, counsel, receipt_number="12", received_on=received_on)


def test_the_document_is_not_its_own_receipt(case: Case, counsel: Person) -> None:
    paper = some_evidence(case, by=counsel)

    with pytest.raises(WrongReceipt):
        sent(case, counsel, document=paper, receipt=paper)
    filing = sent(case, counsel, document=paper)
    with pytest.raises(WrongReceipt):
        attach_receipt(filing=filing, receipt=paper, by=counsel, at=NOW)


def test_a_receipt_is_a_paper_or_a_number_and_comes_once(case: Case, counsel: Person) -> None:
    filing = sent(case, counsel)

    with pytest.raises(NoReceipt):
        attach_receipt(filing=filing, received_on=date(2026, 9, 23), receipt_number=" ", by=counsel, at=NOW)
    attach_receipt(filing=filing, receipt_number="12", by=counsel, at=NOW)
    with pytest.raises(WrongReceipt):
        attach_receipt(filing=filing, receipt_number="13", by=counsel, at=NOW)


def test_nothing_of_another_case_goes_into_a_filing(case: Case, deadline: Deadline, counsel: Person) -> None:
    other = a_case(by=counsel)
    paper = some_evidence(case, by=counsel)

    for fields in ({"deadline": deadline}, {"document": paper}, {"receipt": paper}):
        with pytest.raises(OtherCase):
            sent(other, counsel, **fields)
    with pytest.raises(OtherCase):
        attach_receipt(filing=sent(other, counsel), receipt=paper, by=counsel, at=NOW)


def test_a_waived_deadline_and_the_authoritys_own_take_no_filing(
    case: Case, deadline: Deadline, counsel: Person
) -> None:
    Deadline.objects.update(actor="authority")
    with pytest.raises(NotOurs):
        sent(case, counsel, deadline=deadline, receipt_number="12")
    Deadline.objects.update(actor="party")
    waive_deadline(deadline=deadline, reason="not needed", by=counsel, at=NOW)
    with pytest.raises(DeadlineEnded):
        sent(case, counsel, deadline=deadline, receipt_number="12")


def test_voiding_says_why_and_lets_the_deadline_run_again(case: Case, deadline: Deadline, counsel: Person) -> None:
    filing = sent(case, counsel, deadline=deadline, receipt_number="12")

    with pytest.raises(NoReason):
        void_filing(filing=filing, reason=" ", by=counsel, at=NOW)
    voided = void_filing(filing=filing, reason="sent to the wrong office", by=counsel, at=NOW)

    again = now_of(deadline)
    assert (again.outcome, again.met_by, again.rearm) == ("running", None, True)
    assert (voided.void_reason, facts_of("void_filing")["runs_again"]) == ("sent to the wrong office", True)
    for attempt in (void_filing, attach_receipt):
        with pytest.raises(AlreadyVoided):
            attempt(filing=filing, by=counsel, at=NOW, **({"reason": "x"} if attempt is void_filing else {}))


def test_a_supplement_meets_the_deadline_once_the_first_filing_is_voided(
    case: Case, deadline: Deadline, counsel: Person
) -> None:
    first = sent(case, counsel, deadline=deadline, receipt_number="12")
    unreceipted = sent(case, counsel, deadline=deadline, sent_at=IN_TIME - timedelta(days=1))
    second = sent(case, counsel, deadline=deadline, receipt_number="13", sent_at=DUE + timedelta(minutes=1))
    assert now_of(deadline).met_by == first

    void_filing(filing=unreceipted, reason="never left the house", by=counsel, at=NOW)
    assert now_of(deadline).met_by == first
    void_filing(filing=first, reason="wrong office", by=counsel, at=NOW)

    met = now_of(deadline)
    assert (met.outcome, met.met_by, met.outcome_at) == ("met", second, DUE + timedelta(minutes=1))
    assert facts_of("void_filing")["late_by_seconds"] == 60


@pytest.mark.django_db(transaction=True)
def test_two_filings_at_once_on_one_deadline_are_both_kept_and_one_meets_it(
    case: Case, deadline: Deadline, counsel: Person
) -> None:
    given = at_once(*[lambda n=n: sent(case, counsel, deadline=deadline, receipt_number=str(n)) for n in (1, 2)])

    assert all(isinstance(outcome, Filing) for outcome in given), given
    assert now_of(deadline).met_by in given
    assert [entry.facts.get("met") for entry in LogEntry.objects.filter(verb="file").order_by("pk")] == [True, None]
