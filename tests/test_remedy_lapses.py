"""A remedy lapses when its time is over, not before: a clock that still runs refuses our move, whatever is ticked."""

from datetime import UTC, date, datetime

import pytest

from cases.actions.deadline import waive_deadline
from cases.actions.drafts import MeasureDraft
from cases.actions.track import MoveRefused, conditions_known, move_track
from cases.models import Case, Person, Track
from tests.factories import NOW, a_case, a_notice

# Served 2026-08-31: reconsideration until 2026-10-30, a lawsuit until 2027-03-01 (2027-02-28 is a Sunday).
AFTER_RECONSIDERATION = datetime(2026, 11, 2, 1, tzinfo=UTC)
AFTER_BOTH = datetime(2027, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def case(counsel: Person) -> Case:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, served_on=date(2026, 8, 31), service_mode="direct")
    return case


def remedy(case: Case) -> Track:
    return case.tracks.get(kind="remedy")


def lapse(case: Case, by: Person, at: datetime, mover: str = "party", **more: object) -> Track:
    move_track(track=remedy(case), to_state="lapsed", mover=mover, by=by, at=at, **more)
    return remedy(case)


@pytest.mark.parametrize("at", [NOW, AFTER_RECONSIDERATION])
def test_a_remedy_does_not_lapse_while_one_of_its_clocks_runs(case: Case, counsel: Person, at: datetime) -> None:
    with pytest.raises(MoveRefused) as refused:
        lapse(case, counsel, at)

    assert refused.value.details["refused"] == ["due_passed"]
    assert "waive it with the reason" in str(refused.value)
    assert remedy(case).state == "open"


def test_saying_that_the_time_has_passed_does_not_make_it_so(case: Case, counsel: Person) -> None:
    with pytest.raises(MoveRefused):
        lapse(case, counsel, NOW, conditions={"due_passed": True})


def test_a_remedy_lapses_once_all_its_time_has_passed(case: Case, counsel: Person) -> None:
    assert lapse(case, counsel, AFTER_BOTH).state == "lapsed"


def test_a_remedy_lapses_when_counsel_has_waived_what_still_ran(case: Case, counsel: Person) -> None:
    for clock in case.deadlines.filter(rule_id__in=("CN-12", "CN-18")):
        waive_deadline(deadline=clock, reason="We accept the warning", by=counsel, at=NOW)

    assert lapse(case, counsel, NOW).state == "lapsed"


def test_a_remedy_whose_service_is_unknown_has_not_lapsed(counsel: Person) -> None:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel)

    with pytest.raises(MoveRefused):
        lapse(case, counsel, AFTER_BOTH)


def test_the_authority_is_not_refused_when_it_says_so(case: Case, counsel: Person) -> None:
    assert lapse(case, counsel, NOW, mover="authority").state == "lapsed"


def test_after_a_reconsideration_only_the_fifteen_days_count(case: Case, counsel: Person) -> None:
    told = {"track": remedy(case), "by": counsel, "at": NOW}
    move_track(to_state="reconsideration_filed", mover="party", occurred_on=date(2026, 9, 1), **told)
    told["track"] = remedy(case)
    move_track(to_state="refused", mover="authority", occurred_on=date(2026, 9, 4), **told)
    assert case.deadlines.get(rule_id="CN-17").due_on == date(2026, 9, 20)  # a make-up working Sunday

    assert lapse(case, counsel, NOW).state == "lapsed"


def test_an_order_is_not_overdue_before_its_date(counsel: Person) -> None:
    case = a_case(by=counsel)
    order = MeasureDraft(kind="order_to_correct", ordered_on=date(2026, 9, 30))
    a_notice(case=case, by=counsel, kind="rectification_order", measures=(order,), served_on=date(2026, 9, 1))
    track = case.tracks.get(kind="rectification")

    assert conditions_known(track, None, at=NOW)["due_passed"] is False
    assert conditions_known(track, None, at=datetime(2026, 9, 30, 16, tzinfo=UTC))["due_passed"] is True
