"""A remedy that was taken meets its clock, closes the way it excludes, and lets nothing lapse while it is under way."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases.actions import expiry
from cases.actions.drafts import MeasureDraft
from cases.actions.event import correct_event, log_event, void_event
from cases.actions.filing import file, void_filing
from cases.actions.notice import void_notice
from cases.actions.track import move_track
from cases.models import Case, Deadline, Event, LogEntry, Person
from tests.factories import NOW, a_case, a_notice, an_authority
from tracker.status.board import board
from tracker.status.executive import case_status

# Served 2 March 2026: reconsideration until 6 May, a direct suit until 2 September. All of it is over by NOW.
SERVED = date(2026, 3, 2)
FINE = MeasureDraft(kind="fine", amount=200_000, currency="CNY", procedure="ordinary")
WARNING = MeasureDraft(kind="warning", procedure="ordinary")
EARLY = datetime(2026, 3, 10, 8, tzinfo=UTC)


@pytest.fixture
def case(counsel: Person) -> Case:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, measures=(FINE,), issued_on=None, served_on=SERVED, service_mode="direct")
    return case


def clock(case: Case, rule: str) -> Deadline:
    return case.deadlines.select_related("current", "answered_by").get(rule_id=rule)


def outcomes(case: Case) -> dict[str, str]:
    return dict(case.deadlines.filter(rule_id__in=("CN-12", "CN-17", "CN-18")).values_list("rule_id", "outcome"))


def moved(case: Case, by: Person, *states: tuple[str, date | None], measure: str = "fine") -> None:
    ours = {"reconsideration_filed", "litigation_filed", "withdrawn", "corrected"}
    for state, on in states:
        track = case.tracks.get(kind="remedy", measure__kind=measure)
        mover = "party" if state in ours else "authority"
        told: dict[str, Any] = {"conditions": {"summary_reconsideration": False}, "by": by, "at": NOW}
        move_track(track=track, to_state=state, mover=mover, occurred_on=on, **told)


FILED = ("reconsideration_filed", date(2026, 3, 20))
ACCEPTED = ("accepted", date(2026, 3, 25))
DECIDED = ("reconsideration_decided", date(2026, 5, 20))
SUED = ("litigation_filed", date(2026, 6, 1))


def swept() -> int:
    return sum(expiry.sweep(at=NOW) for _again in range(3))


# ---- The suit --------------------------------------------------------------------------------------------------------
def test_a_suit_after_reconsideration_is_met_and_nothing_is_over(case: Case, counsel: Person) -> None:
    moved(case, counsel, FILED, ACCEPTED, DECIDED, SUED)

    assert swept() == 0
    assert outcomes(case) == {"CN-12": "met", "CN-17": "met", "CN-18": "not_chosen"}
    met = clock(case, "CN-17")
    assert (met.due_on, met.answered_by.name, met.met_by) == (date(2026, 6, 4), "litigation_filed", None)
    assert met.outcome_at == datetime(2026, 6, 1, 16, tzinfo=UTC)
    assert not Event.objects.filter(name="review_periods_expired").exists()
    assert not case.deadlines.filter(rule_id="CN-21").exists()


def test_a_direct_suit_meets_its_clock_and_closes_reconsideration(case: Case, counsel: Person) -> None:
    moved(case, counsel, ("litigation_filed", date(2026, 3, 10)))

    assert swept() == 0
    assert outcomes(case) == {"CN-12": "not_chosen", "CN-18": "met"}
    assert clock(case, "CN-12").outcome_reason == "suit_filed"
    entry = LogEntry.objects.filter(verb="move_track").latest("pk")
    assert (entry.facts["met"], entry.facts["deadline"]) == (True, clock(case, "CN-18").uid)
    assert "late_by_seconds" not in entry.facts


def test_a_late_suit_is_met_late_and_the_log_says_by_how_much(case: Case, counsel: Person) -> None:
    moved(case, counsel, FILED, ACCEPTED, DECIDED, ("litigation_filed", date(2026, 6, 6)))

    assert clock(case, "CN-17").outcome == "met"
    assert LogEntry.objects.filter(verb="move_track").latest("pk").facts["late_by_seconds"] == 2 * 86400


@pytest.mark.parametrize("on", [date(2026, 6, 4), date(2026, 6, 5)])
def test_the_last_day_is_in_time_whole(case: Case, counsel: Person, on: date) -> None:
    moved(case, counsel, FILED, ACCEPTED, DECIDED, ("litigation_filed", on))

    late = "late_by_seconds" in LogEntry.objects.filter(verb="move_track").latest("pk").facts
    assert late is (on > date(2026, 6, 4))


def test_an_event_without_a_track_meets_it_too(case: Case, counsel: Person) -> None:
    log_event(case=case, name="litigation_filed", occurred_on=date(2026, 3, 10), by=counsel, at=NOW)

    assert outcomes(case) == {"CN-12": "not_chosen", "CN-18": "met"}


def test_a_voided_suit_lets_all_run_again(case: Case, counsel: Person) -> None:
    moved(case, counsel, ("litigation_filed", date(2026, 3, 10)))

    void_event(event=Event.objects.get(name="litigation_filed"), reason="another case", by=counsel, at=NOW)

    assert outcomes(case) == {"CN-12": "running", "CN-18": "running"}
    assert clock(case, "CN-18").answered_by is None
    assert swept() == 0  # the track still says that a suit was filed


def test_a_corrected_day_moves_the_meeting_and_an_unknown_one_takes_it_back(case: Case, counsel: Person) -> None:
    moved(case, counsel, ("litigation_filed", date(2026, 3, 10)))
    suit = Event.objects.get(name="litigation_filed")

    correct_event(event=suit, occurred_on=date(2026, 3, 12), reason="the stamp", by=counsel, at=NOW)
    assert clock(case, "CN-18").outcome_at == datetime(2026, 3, 12, 16, tzinfo=UTC)
    correct_event(event=suit, occurred_on=None, reason="illegible", by=counsel, at=NOW)

    assert outcomes(case) == {"CN-12": "running", "CN-18": "running"}
    assert swept() == 0


def test_a_voided_notice_leaves_nothing_running(case: Case, counsel: Person) -> None:
    moved(case, counsel, ("litigation_filed", date(2026, 3, 10)))

    void_notice(notice=case.notices.get(), reason="not ours", by=counsel, at=NOW)

    assert "running" not in set(outcomes(case).values())


def test_a_suit_told_after_the_lapse_takes_it_back(case: Case, counsel: Person) -> None:
    assert swept() == 1
    assert clock(case, "CN-21").outcome == "running"

    moved(case, counsel, ("litigation_filed", date(2026, 3, 10)))

    assert outcomes(case) == {"CN-12": "not_chosen", "CN-18": "met"}
    assert (clock(case, "CN-21").outcome, Event.objects.get(name="review_periods_expired").voided_at) == (
        "withdrawn", NOW,
    )  # fmt: skip


# ---- Reconsideration -------------------------------------------------------------------------------------------------
def test_an_application_meets_its_clock_and_ends_the_direct_suit(case: Case, counsel: Person) -> None:
    moved(case, counsel, FILED)

    assert outcomes(case) == {"CN-12": "met", "CN-18": "not_chosen"}
    assert clock(case, "CN-18").outcome_reason == "reconsideration_applied_for"
    assert clock(case, "CN-12").answered_by.name == "reconsideration_application_received"


def test_only_the_fifteen_days_are_a_right_after_the_decision(case: Case, counsel: Person) -> None:
    moved(case, counsel, FILED, ACCEPTED, ("reconsideration_decided", date(2026, 9, 15)))

    status, groups = case_status(case, counsel, now=NOW), board(counsel, now=NOW).groups

    assert {each.title.en for each in status.decisions if each.code == "use_remedy"} == {"Sue after reconsideration"}
    assert {remedy.clock.rule_id for remedy in status.remedies if remedy.is_open} == {"CN-17"}
    shown = {row.rule_id for row in (*groups.overdue, *groups.this_week, *groups.later)}
    assert shown & {"CN-12", "CN-17", "CN-18"} == {"CN-17"}


def test_after_the_fifteen_days_enforcement_starts_once(case: Case, counsel: Person) -> None:
    moved(case, counsel, FILED, ACCEPTED, DECIDED)

    swept()

    assert outcomes(case) == {"CN-12": "met", "CN-17": "lapsed", "CN-18": "not_chosen"}
    assert case.deadlines.filter(rule_id="CN-21").count() == 1
    assert Event.objects.get(name="review_periods_expired").occurred_on == date(2026, 6, 4)


def test_of_what_was_recorded_before_nothing_is_rewritten_and_enforcement_starts_once(
    case: Case, counsel: Person
) -> None:
    moved(case, counsel, FILED, ACCEPTED, DECIDED)
    before = {"outcome": "running", "outcome_at": None, "outcome_reason": "", "answered_by": None}
    case.deadlines.filter(rule_id__in=("CN-12", "CN-18")).update(**before)

    swept()

    assert outcomes(case) == {"CN-12": "running", "CN-17": "lapsed", "CN-18": "lapsed"}
    assert Event.objects.filter(name="review_periods_expired").count() == 1
    assert case.deadlines.filter(rule_id="CN-21").count() == 1


def test_a_withdrawn_application_opens_the_suit_for_counsel_to_judge(case: Case, counsel: Person) -> None:
    moved(case, counsel, FILED, ACCEPTED, ("withdrawn", date(2026, 4, 1)))

    found = clock(case, "CN-18")
    assert (found.outcome, found.caution, found.due_on) == ("running", "after_application", date(2026, 9, 2))
    assert clock(case, "CN-12").outcome == "met"
    assert set(case.deadlines.filter(rule_id__in=("CN-15", "CN-16")).values_list("outcome", flat=True)) == {"withdrawn"}
    assert not case.deadlines.filter(rule_id="CN-17").exists()


def test_an_application_not_accepted_starts_the_fifteen_days_and_marks_the_rest(case: Case, counsel: Person) -> None:
    moved(case, counsel, FILED, ("refused", date(2026, 3, 25)))

    assert clock(case, "CN-17").due_on == date(2026, 4, 9)
    assert (clock(case, "CN-18").outcome, clock(case, "CN-18").caution) == ("running", "after_application")
    assert clock(case, "CN-13").outcome == "met"
    assert swept() >= 1
    assert not Event.objects.filter(name="reconsideration_accepted").exists()
    assert case.deadlines.filter(rule_id="CN-21").count() == 1


def test_a_voided_withdrawal_bars_the_suit_again(case: Case, counsel: Person) -> None:
    moved(case, counsel, FILED, ACCEPTED, ("withdrawn", date(2026, 4, 1)))

    void_event(event=Event.objects.get(name="reconsideration_withdrawn"), reason="no", by=counsel, at=NOW)

    assert (clock(case, "CN-18").outcome, clock(case, "CN-18").caution) == ("not_chosen", "")
    assert clock(case, "CN-16").outcome == "running"


def test_an_application_of_unknown_day_bars_the_suit_and_meets_nothing(case: Case, counsel: Person) -> None:
    moved(case, counsel, ("reconsideration_filed", None))

    assert outcomes(case) == {"CN-12": "running", "CN-18": "not_chosen"}
    assert swept() == 0


# ---- Several measures ------------------------------------------------------------------------------------------------
@pytest.fixture
def two(counsel: Person) -> Case:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, measures=(WARNING, FINE), issued_on=None, served_on=SERVED, service_mode="direct")
    return case


def test_one_measure_is_not_the_other(two: Case, counsel: Person) -> None:
    moved(two, counsel, FILED, ACCEPTED, DECIDED, SUED)

    warning = two.deadlines.filter(measure__kind="warning")
    assert set(warning.values_list("rule_id", "outcome")) == {("CN-12", "running"), ("CN-18", "running")}
    moved(two, counsel, ("litigation_filed", date(2026, 6, 1)), measure="warning")
    assert set(warning.values_list("rule_id", "outcome")) == {("CN-12", "not_chosen"), ("CN-18", "met")}


def test_an_event_that_may_mean_either_meets_neither_and_ends_neither(two: Case, counsel: Person) -> None:
    log_event(case=two, name="litigation_filed", occurred_on=date(2026, 3, 10), by=counsel, at=NOW)

    assert set(two.deadlines.filter(rule_id="CN-18").values_list("outcome", flat=True)) == {"running"}
    assert swept() == 0


def test_an_event_that_names_the_decision_means_both(two: Case, counsel: Person) -> None:
    named = {"notice": two.notices.get(), "occurred_on": date(2026, 3, 10)}
    log_event(case=two, name="litigation_filed", by=counsel, at=NOW, **named)

    assert set(two.deadlines.filter(rule_id="CN-18").values_list("outcome", flat=True)) == {"met"}
    assert set(two.deadlines.filter(rule_id="CN-12").values_list("outcome", flat=True)) == {"not_chosen"}


# ---- Filings ---------------------------------------------------------------------------------------------------------
def filed(case: Case, by: Person, rule: str, kind: str, **more: Any) -> Any:
    given = {"authority": an_authority(), "sent_at": EARLY, "deadline": clock(case, rule), "receipt_number": "7"}
    return file(case=case, kind=kind, by=by, at=NOW, **given | more)


def test_a_filing_recorded_later_joins_the_move(case: Case, counsel: Person) -> None:
    moved(case, counsel, ("litigation_filed", date(2026, 3, 10)))

    filing = filed(case, counsel, "CN-18", "litigation")

    found = clock(case, "CN-18")
    assert (found.outcome, found.met_by, found.outcome_at) == ("met", filing, EARLY)
    assert Event.objects.filter(name="litigation_filed").count() == 1
    void_filing(filing=filing, reason="wrong court", by=counsel, at=NOW)
    assert (clock(case, "CN-18").outcome, clock(case, "CN-18").met_by) == ("met", None)


def test_a_filing_alone_closes_the_other_way_until_it_is_voided(case: Case, counsel: Person) -> None:
    filing = filed(case, counsel, "CN-12", "reconsideration")
    assert outcomes(case) == {"CN-12": "met", "CN-18": "not_chosen"}

    void_filing(filing=filing, reason="never sent", by=counsel, at=NOW)

    assert outcomes(case) == {"CN-12": "running", "CN-18": "running"}


def test_a_filing_without_a_receipt_is_proof_enough_that_it_was_filed(case: Case, counsel: Person) -> None:
    filing = filed(case, counsel, "CN-18", "litigation", receipt_number="")

    found = clock(case, "CN-18")
    assert (found.outcome, found.met_by, found.answered_by.filing) == ("met", None, filing)
    void_filing(filing=filing, reason="never sent", by=counsel, at=NOW)
    assert outcomes(case) == {"CN-12": "running", "CN-18": "running"}
