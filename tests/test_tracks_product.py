"""Every kind of track × state × state × mover × answer: what always holds, whatever the table says."""

import tomllib
from itertools import product
from pathlib import Path

import pytest

from cases.law import tracks

LAW = Path(tracks.__file__).parent
PAIRS = [
    (kind, start.code, end.code)
    for kind in tracks.KINDS
    for start, end in product(tracks.states(kind), tracks.states(kind))
]
ANSWERS = (None, True, False)


def judged(kind, start, end, mover, answer):
    known = {each.code: answer for each in tracks.conditions(kind)}
    return tracks.judge(kind, from_state=start, to_state=end, mover=mover, conditions=known)


@pytest.mark.parametrize("answer", ANSWERS)
def test_authority_is_never_refused(answer):
    moves = [judged(*pair, tracks.AUTHORITY, answer) for pair in PAIRS]

    assert len(moves) == len(PAIRS) > 1000
    assert all(move.allowed and not move.refused and not move.unsure for move in moves)


@pytest.mark.parametrize("answer", ANSWERS)
def test_ours_is_refused_exactly_with_a_reason(answer):
    moves = [judged(*pair, tracks.PARTY, answer) for pair in PAIRS]

    assert all(move.allowed is not bool(move.refused) for move in moves)
    assert not any(move.irregular for move in moves)
    assert not any(move.event for move in moves if not move.allowed)
    assert any(move.allowed for move in moves)
    assert any(move.refused for move in moves)


def test_every_reason_has_its_article():
    moves = [judged(*pair, mover, answer) for pair in PAIRS for mover in tracks.MOVERS for answer in ANSWERS]
    reasons = {reason for move in moves for reason in (*move.irregular, *move.refused, *move.unsure)}

    assert len(reasons) > 40
    assert all(reason.code and reason.article_en and reason.article_zh for reason in reasons)


def test_authority_with_everything_shown_is_only_ever_out_of_sequence():
    codes = {reason.code for pair in PAIRS for reason in judged(*pair, tracks.AUTHORITY, True).irregular}

    assert codes == {"out_of_sequence"}


def test_authority_with_nothing_known_is_graded_not_shown():
    reasons = [reason for pair in PAIRS for reason in judged(*pair, tracks.AUTHORITY, None).irregular]
    graded = {(reason.code == "out_of_sequence", reason.grade) for reason in reasons}

    # A step the state itself disproves (a late decision after the period ran out) is known, not unknown.
    assert graded == {(True, "not_met"), (False, "not_shown"), (False, "not_met")}
    assert {r.code for r in reasons if r.grade == "not_met"} == {"out_of_sequence", "decided_in_time"}


def test_event_is_the_same_whoever_records_the_move():
    for kind, start, end in PAIRS:
        ours = judged(kind, start, end, tracks.PARTY, True)
        if ours.allowed:
            assert ours.event == judged(kind, start, end, tracks.AUTHORITY, True).event


def test_no_state_is_a_dead_end_or_out_of_reach():
    for kind in tracks.KINDS:
        reached, waiting = set(), [tracks.NOT_OPENED]
        while waiting:
            reached.add(here := waiting.pop())
            waiting += [way.to_state for way in tracks.moves_from(kind, here) if way.to_state not in reached]
        assert reached == {each.code for each in tracks.states(kind)}


def test_every_open_state_can_end_by_moves_that_say_how():
    for kind in tracks.KINDS:
        ends = tracks.terminal(kind) - {tracks.NOT_OPENED, tracks.CLOSED_UNKNOWN}
        able = set(ends)
        for _ in tracks.states(kind):
            able |= {
                s.code for s in tracks.states(kind) if {w.to_state for w in tracks.moves_from(kind, s.code)} & able
            }
        assert {each.code for each in tracks.states(kind)} <= able


def test_every_event_is_in_the_closed_list():
    listed = tomllib.loads((LAW / "events.toml").read_text(encoding="utf-8"))
    names = set(listed) | {
        row.get("name") or row.get("code") for row in listed.get("event", []) if isinstance(row, dict)
    }
    names |= set(listed["event"]) if isinstance(listed.get("event"), dict) else set()

    assert tracks.events() - names == set()


@pytest.mark.parametrize("kind", tracks.KINDS)
def test_every_kind_has_the_common_ends_and_titles(kind):
    assert {"not_opened", "closed_unknown"} <= tracks.terminal(kind)
    assert all(each.title_en and each.title_zh and each.title_zh_hant for each in tracks.states(kind))
    assert set(tracks.openings(kind)) <= {each.code for each in tracks.states(kind)} - tracks.terminal(kind)
    assert all(tracks.title(kind))
