"""A case closes when its tracks have ended and nothing marked done lacks proof; else it says what stands in the way."""

from datetime import date, datetime

import pytest

from cases.actions.case import CannotClose, WrongState, close_case, close_unknown, reopen_case
from cases.actions.drafts import MeasureDraft, RequirementDraft
from cases.models import Case, Person, Requirement, Task
from tests.factories import NOW, a_case, a_notice


@pytest.fixture
def seed(counsel: Person) -> Case:
    """As the announcement has it: a talk, an order, a warning; nothing dated."""
    case = a_case(by=counsel)
    kinds = ("talk", "order_to_correct", "warning", "responsible_persons")
    a_notice(
        case=case,
        by=counsel,
        kind="announcement",
        number="",
        issued_on=date(2025, 9, 11),
        measures=tuple(MeasureDraft(kind=kind) for kind in kinds),
        requirements=(RequirementDraft(title_zh="限期改正"),),
    )
    return case


def test_open_tracks_stand_in_the_way_and_publicity_does_not(seed: Case, counsel: Person, now: datetime) -> None:
    with pytest.raises(CannotClose) as refused:
        close_case(case=seed, reason="done", by=counsel, at=now)

    standing = refused.value.details["obstacles"]
    kinds = sorted(seed.tracks.get(uid=obstacle.object_uid).kind for obstacle in standing)
    assert kinds == ["official", "rectification", "remedy", "remedy"]


def test_the_seed_case_closes_as_unknown_with_a_reason(seed: Case, counsel: Person, now: datetime) -> None:
    close_unknown(case=seed, reason="no outcome was ever published", by=counsel, at=now)

    assert Case.objects.get(pk=seed.pk).state == "closed"
    assert set(seed.tracks.values_list("state", flat=True)) == {"closed_unknown"}
    moves = {move.reason for track in seed.tracks.all() for move in track.moves.filter(to_state="closed_unknown")}
    assert moves == {"no outcome was ever published"}
    assert not seed.deadlines.running().exists()


def test_nothing_marked_done_may_lack_proof(seed: Case, counsel: Person, now: datetime) -> None:
    Requirement.objects.update(state="done", done_at=NOW, done_by=counsel)
    told = {"recorded_at": NOW, "recorded_by": counsel, "closed_at": NOW, "closed_by": counsel}
    Task.objects.create(case=seed, number=1, title_en="x", state="closed", **told)

    with pytest.raises(CannotClose) as refused:
        close_unknown(case=seed, reason="no outcome was ever published", by=counsel, at=now)

    codes = {obstacle.code for obstacle in refused.value.details["obstacles"]}
    assert codes == {"requirement_without_proof", "task_without_proof"}


def test_a_reopened_case_runs_its_deadlines_again(seed: Case, counsel: Person, now: datetime) -> None:
    close_unknown(case=seed, reason="no outcome was ever published", by=counsel, at=now)

    reopen_case(case=seed, reason="look-back", by=counsel, at=now)

    assert seed.deadlines.running().filter(rule_id="CN-12").exists()
    with pytest.raises(WrongState):
        reopen_case(case=seed, reason="again", by=counsel, at=now)
