"""Moves of tracks in the record: the authority's are never refused, ours are gated, events start clocks once."""

from datetime import date, datetime

import pytest

from cases.actions.drafts import MeasureDraft
from cases.actions.track import MoveRefused, UnknownMove, move_track
from cases.models import Case, Person, Track
from tests.factories import a_case, a_notice


@pytest.fixture
def case(counsel: Person) -> Case:
    case = a_case(by=counsel)
    warning = MeasureDraft(kind="warning", procedure="summary")
    a_notice(case=case, by=counsel, served_on=date(2026, 8, 12), measures=(warning,))
    return case


def remedy(case: Case) -> Track:
    return case.tracks.get(kind="remedy")


def test_a_suit_before_reconsideration_of_an_on_the_spot_penalty_is_refused(
    case: Case, counsel: Person, now: datetime
) -> None:
    with pytest.raises(MoveRefused) as refused:
        move_track(track=remedy(case), to_state="litigation_filed", mover="party", by=counsel, at=now)

    assert "23" in str(refused.value)
    assert remedy(case).state == "open"


def test_reconsideration_accepted_starts_the_authoritys_sixty_days(case: Case, counsel: Person, now: datetime) -> None:
    filed = {"track": remedy(case), "mover": "party", "occurred_on": date(2026, 8, 20), "by": counsel, "at": now}
    move_track(to_state="reconsideration_filed", **filed)

    accepted = {
        "mover": "authority",
        "occurred_on": date(2026, 8, 26),
        "conditions": {"summary_reconsideration": False},
    }
    move_track(track=remedy(case), to_state="accepted", by=counsel, at=now, **accepted)

    clock = case.deadlines.get(rule_id="CN-16")
    assert (clock.kind, clock.actor, clock.due_on) == ("regulator", "authority", date(2026, 10, 26))


def test_an_authoritys_move_out_of_order_is_recorded_as_irregular(case: Case, counsel: Person, now: datetime) -> None:
    official = case.tracks.get(kind="official")

    move = move_track(track=official, to_state="hearing_held", mover="authority", by=counsel, at=now)

    assert official.moves.last() == move
    assert "out_of_sequence" in {item["code"] for item in move.irregular}


def test_the_same_event_by_notice_and_by_move_starts_one_set_of_clocks(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)
    notice = a_notice(case=case, by=counsel)
    official = case.tracks.get(kind="official")

    move_track(track=official, to_state="served", mover="authority", document=notice, by=counsel, at=now)

    assert case.deadlines.filter(rule_id="CN-12").count() == 1


def test_an_unknown_state_is_an_error(case: Case, counsel: Person, now: datetime) -> None:
    with pytest.raises(UnknownMove):
        move_track(track=remedy(case), to_state="nirvana", mover="party", by=counsel, at=now)
