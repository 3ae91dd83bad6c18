"""Orders to remove: our steps are gated, the authority's recorded, and the clock runs from receipt, not from triage."""

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest

from cases.actions.drafts import MeasureDraft
from cases.actions.track import MoveRefused, move_track
from cases.law import tracks
from cases.law.rulebook import book
from cases.models import Authority, Case, Notice, Person, Track
from tests.factories import a_case, a_notice, an_authority

RECEIVED = datetime(2026, 9, 23, 14, 5, tzinfo=UTC)
LATER = datetime(2026, 9, 23, 18, 0, tzinfo=UTC)
REMOVAL = MeasureDraft(kind="removal_order")


def irish() -> Authority:
    return an_authority(name_en="Coimisiún na Meán", jurisdiction="IE", zone="Europe/Dublin", calendar="IE")


def an_order(case: Case, by: Person, authority: Authority | None = None, **more: Any) -> Notice:
    facts = {"kind": "removal_order", "issued_on": None, "served_at": RECEIVED, "measures": (REMOVAL,)} | more
    return a_notice(case=case, by=by, authority=authority or irish(), **facts)


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel, lead_authority=irish())


def step(case: Case, to_state: str, by: Person, at: datetime = LATER, mover: str = "party", **more: Any) -> Track:
    track = case.tracks.get(kind="order_and_act")
    move_track(track=track, to_state=to_state, mover=mover, occurred_at=at, by=by, at=at, **more)
    track.refresh_from_db()
    return track


def ours(start: str, end: str, **conditions: bool | None) -> tracks.Move:
    return tracks.judge("order_and_act", from_state=start, to_state=end, mover="party", conditions=conditions)


def theirs(start: str, end: str, **conditions: bool | None) -> tracks.Move:
    return tracks.judge("order_and_act", from_state=start, to_state=end, mover="authority", conditions=conditions)


def codes(reasons: Any) -> list[str]:
    return [reason.code for reason in reasons]


# ---- The law's table -------------------------------------------------------------------------------------------------
def test_steps_of_ours_lead_from_receipt_to_the_end() -> None:
    way = ["received", "authenticated", "in_scope", "actioned", "confirmed_to_authority", "user_notified", "closed"]

    assert all(ours(start, end).allowed for start, end in pairwise(way))


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("received", "removal_order_received"), ("actioned", "content_removed"),
        ("confirmed_to_authority", "removal_confirmed"), ("user_notified", "user_notified"),
        ("challenged", "removal_order_challenged"), ("upheld", "removal_order_upheld"),
        ("order_changed", "removal_order_changed"), ("cancelled", "removal_order_cancelled"),
        ("authenticated", None), ("in_scope", None), ("out_of_scope", None), ("closed", None),
    ],
)  # fmt: skip
def test_state_is_its_event_and_triage_is_none(state: str, event: str | None) -> None:
    assert tracks.state("order_and_act", state).event == event


def test_ends_are_these() -> None:
    ends = {"closed", "out_of_scope", "cancelled", "not_opened", "closed_unknown"}
    assert tracks.terminal("order_and_act") == ends


@pytest.mark.parametrize("start", ["received", "authenticated", "in_scope"])
def test_content_may_be_removed_before_triage_but_not_on_a_false_order(start: str) -> None:
    assert ours(start, "actioned").allowed
    assert codes(ours(start, "actioned", order_authentic=False).refused) == ["order_authentic"]


@pytest.mark.parametrize(("recorded", "allowed"), [(True, True), (False, False), (None, False)])
def test_out_of_scope_needs_a_reason(recorded: bool | None, allowed: bool) -> None:
    assert ours("authenticated", "out_of_scope", reason_recorded=recorded).allowed is allowed


def test_user_is_not_told_where_the_order_forbids_it() -> None:
    refused = ours("actioned", "user_notified", disclosure_forbidden=True).refused

    assert codes(refused) == ["disclosure_forbidden"]
    assert "art. 11(3)" in refused[0].article_en


def test_late_challenge_is_not_open_to_us() -> None:
    assert codes(ours("actioned", "challenged", challenge_in_time=False).refused) == ["challenge_in_time"]


@pytest.mark.parametrize("end", ["received", "upheld", "cancelled", "order_changed"])
def test_what_the_authority_does_is_not_ours_to_do(end: str) -> None:
    assert codes(ours("challenged", end).refused) in (["not_ours_to_make"], ["out_of_sequence"])


def test_first_order_without_its_warning_is_irregular_with_its_article() -> None:
    move = theirs("not_opened", "received", first_order_warning_given_or_not_due=False, order_particulars_complete=True)

    assert [(each.code, each.grade) for each in move.irregular] == [("first_order_warning_given_or_not_due", "not_met")]
    assert "art. 3(2)" in move.irregular[0].article_en


def test_upheld_without_a_challenge_is_out_of_sequence() -> None:
    assert codes(theirs("actioned", "upheld").irregular) == ["out_of_sequence"]
    assert theirs("challenged", "upheld").irregular == ()


@pytest.mark.parametrize("start", ["received", "actioned", "challenged", "closed"])
def test_authority_may_cancel_at_any_time(start: str) -> None:
    assert theirs(start, "cancelled").irregular == ()


# ---- In the record ---------------------------------------------------------------------------------------------------
def test_order_opens_one_track_of_its_own_and_none_of_chinese_law(case: Case, counsel: Person) -> None:
    an_order(case, counsel)

    assert list(case.tracks.values_list("kind", "state")) == [("order_and_act", "received")]


def test_order_without_a_measure_opens_its_track_too(case: Case, counsel: Person) -> None:
    an_order(case, counsel, measures=())

    assert list(case.tracks.values_list("kind", "state")) == [("order_and_act", "received")]
    assert case.deadlines.filter(rule_id="EU-16").count() == 1


def test_penalty_from_abroad_opens_no_track_of_chinese_law(case: Case, counsel: Person) -> None:
    a_notice(case=case, by=counsel, authority=irish(), served_on=date(2026, 9, 1))

    assert not case.tracks.exists()
    assert not case.deadlines.exists()


def test_hour_runs_from_receipt_however_late_it_is_authenticated(case: Case, counsel: Person) -> None:
    an_order(case, counsel)

    step(case, "authenticated", counsel)

    assert case.deadlines.get(rule_id="EU-16").due_at == datetime(2026, 9, 23, 15, 5, tzinfo=UTC)
    assert case.events.count() == 1


def test_removal_starts_no_clock_since_keeping_the_content_is_a_floor(case: Case, counsel: Person) -> None:
    an_order(case, counsel)

    step(case, "actioned", counsel, at=datetime(2026, 9, 23, 14, 40, tzinfo=UTC))

    assert book().rule("EU-16c", None).kind == "floor"
    assert not case.deadlines.filter(rule_id="EU-16c").exists()
    assert case.events.get(name="content_removed").zone == "Europe/Dublin"


def test_each_step_is_its_event_once(case: Case, counsel: Person) -> None:
    an_order(case, counsel)

    for state in ("actioned", "confirmed_to_authority", "user_notified", "challenged"):
        step(case, state, counsel)
    step(case, "cancelled", counsel, mover="authority")

    assert list(case.events.order_by("pk").values_list("name", flat=True)) == [
        "removal_order_received", "content_removed", "removal_confirmed", "user_notified", "removal_order_challenged",
        "removal_order_cancelled",
    ]  # fmt: skip


def test_false_order_is_refused_and_put_out_of_scope_with_its_reason(case: Case, counsel: Person) -> None:
    an_order(case, counsel)
    with pytest.raises(MoveRefused):
        step(case, "actioned", counsel, conditions={"order_authentic": False})

    track = step(case, "out_of_scope", counsel, reason="The authority never sent it")

    assert (track.state, track.ended_at) == ("out_of_scope", LATER)


def test_changed_order_is_recorded_with_what_it_lacks(case: Case, counsel: Person) -> None:
    an_order(case, counsel)

    track = step(case, "order_changed", counsel, mover="authority", conditions={"order_particulars_complete": False})

    assert [found["code"] for found in track.moves.get().irregular] == ["order_particulars_complete"]
