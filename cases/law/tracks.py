"""The kinds of track: their states, their moves, what makes a move irregular, what refuses ours.

The table is `tracks.toml` beside this file. An authority's move is never refused: it happened, and what the
law asked and did not get is said with its article. Only our own moves are gated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from cases.law.track_table import (
    AUTHORITY,
    CLOSED_UNKNOWN,
    EITHER,
    KINDS,
    MOVERS,
    NOT_OPENED,
    PARTY,
    Condition,
    Edge,
    Kind,
    Refusal,
    State,
    Title,
    table,
)

__all__ = [
    "AUTHORITY",
    "CLOSED_UNKNOWN",
    "KINDS",
    "MOVERS",
    "NOT_OPENED",
    "PARTY",
    "Condition",
    "Refusal",
    "State",
    "Title",
]

OUT_OF_SEQUENCE = "out_of_sequence"

_SEQUENCE_EN = "The order of steps the law lays down"
_SEQUENCE_ZH = "法定的程序步骤"
_HOUSE_EN = "House rule: the record's own order of steps"
_HOUSE_ZH = "内部规则：案卷的步骤顺序"


class UnknownTrack(ValueError):
    """A kind, state, mover or condition that the table does not know."""


@dataclass(frozen=True, slots=True)
class Irregularity:
    """What the law asked of an authority's move: `not_met`, or `not_shown` by anything recorded so far."""

    code: str
    grade: Literal["not_met", "not_shown"]
    article_en: str
    article_zh: str


@dataclass(frozen=True, slots=True)
class Move:
    """The judgement on one move; `unsure` holds our own gates whose condition is not known."""

    allowed: bool
    irregular: tuple[Irregularity, ...] = ()
    refused: tuple[Refusal, ...] = ()
    unsure: tuple[Refusal, ...] = ()
    event: str | None = None

    def irregular_data(self) -> list[dict[str, str]]:
        return [asdict(item) for item in self.irregular]


@dataclass(frozen=True, slots=True)
class Way:
    to_state: str
    mover: str
    event: str | None
    conditions: tuple[str, ...]


# -- asking ----------------------------------------------------------------------------------------------------


def judge(
    kind: str, *, from_state: str, to_state: str, mover: str, conditions: Mapping[str, bool | None] | None = None
) -> Move:
    """Says what the law makes of one move; a condition left out is not known.

    To open a track, judge the move from `not_opened`.
    """
    track, known = _kind(kind), conditions or {}
    state(kind, from_state)
    arrival = state(kind, to_state)
    _check_names(mover, known)
    if mover == AUTHORITY:
        event = arrival.event_from.get(from_state, arrival.event)
        return Move(allowed=True, irregular=tuple(_irregular(track, from_state, arrival, known)), event=event)
    return _judge_ours(track, from_state, arrival, known)


def states(kind: str) -> tuple[State, ...]:
    return tuple(_kind(kind).states.values())


def state(kind: str, code: str) -> State:
    try:
        return _kind(kind).states[code]
    except KeyError:
        raise UnknownTrack(f"{kind} has no state {code!r}") from None


def state_choices() -> tuple[str, ...]:
    return tuple(sorted({each.code for kind in KINDS for each in states(kind)}))


def title(kind: str) -> Title:
    return _kind(kind).title


def openings(kind: str) -> tuple[str, ...]:
    """The states a track of this kind may open in, the usual one first."""
    return _kind(kind).openings


def terminal(kind: str) -> frozenset[str]:
    return frozenset(each.code for each in states(kind) if each.is_terminal)


def is_terminal(kind: str, code: str) -> bool:
    return state(kind, code).is_terminal


def blocks_closing(kind: str) -> bool:
    return _kind(kind).blocks_closing


def conditions(kind: str) -> tuple[Condition, ...]:
    """Every condition that some move of this kind asks about."""
    track = _kind(kind)
    asked = {code for each in track.states.values() for code in (*each.needs, *each.skipped_needs, *each.traits)}
    for edges in track.edges.values():
        asked.update(code.lstrip("!") for edge in edges for code in (*edge.gates, *edge.requires))
    return tuple(each for code, each in table().conditions.items() if code in asked)


def traits_told(kind: str, code: str, known: Mapping[str, bool | None]) -> dict[str, bool]:
    """What is known of the procedure by its coming to this state; clocks hang on it."""
    return {trait: answer for trait in state(kind, code).traits if (answer := known.get(trait)) is not None}


def moves_from(kind: str, code: str, *, mover: str | None = None) -> tuple[Way, ...]:
    """The moves the table expects next; the authority may still make any other."""
    track = _kind(kind)
    state(kind, code)
    found = []
    for (start, end), edges in track.edges.items():
        if start == code:
            found += [_way(track, start, end, edge) for edge in edges if mover in (None, edge.by) or edge.by == EITHER]
    return tuple(found)


def events() -> frozenset[str]:
    """Every clock-starting event that entering some state is."""
    every = [each for kind in KINDS for each in states(kind)]
    return frozenset(name for each in every for name in (each.event, *each.event_from.values()) if name)


# -- judging ---------------------------------------------------------------------------------------------------


def _irregular(
    track: Kind, from_state: str, arrival: State, known: Mapping[str, bool | None]
) -> Iterator[Irregularity]:
    in_order = from_state in track.unjudged_from or track.edge(from_state, arrival.code, AUTHORITY) is not None
    if not in_order:
        yield Irregularity(OUT_OF_SEQUENCE, "not_met", _SEQUENCE_EN, _SEQUENCE_ZH)
    for code in arrival.asks(from_state):
        condition = table().conditions[code]
        answer = _answer(condition, from_state, known)
        if answer is not True:
            grade: Literal["not_met", "not_shown"] = "not_shown" if answer is None else "not_met"
            yield Irregularity(code, grade, condition.article_en, condition.article_zh)


def _answer(condition: Condition, from_state: str, known: Mapping[str, bool | None]) -> bool | None:
    """What is recorded wins; else the state the move starts from may itself show the answer."""
    recorded = known.get(condition.code)
    if recorded is not None:
        return recorded
    if from_state in condition.denied_by:
        return False
    return True if from_state in condition.shown_by else None


def _judge_ours(track: Kind, from_state: str, arrival: State, known: Mapping[str, bool | None]) -> Move:
    block = track.blocks.get((from_state, arrival.code))
    edge = track.edge(from_state, arrival.code, PARTY)
    if block is not None:
        return Move(allowed=False, refused=(block,))
    if edge is None:
        return Move(allowed=False, refused=(_no_such_move(track, from_state, arrival),))
    refused, unsure = _gated(edge, from_state, known)
    if refused:
        return Move(allowed=False, refused=refused, unsure=unsure)
    return Move(allowed=True, unsure=unsure, event=arrival.event_from.get(from_state, arrival.event))


def _gated(
    edge: Edge, from_state: str, known: Mapping[str, bool | None]
) -> tuple[tuple[Refusal, ...], tuple[Refusal, ...]]:
    refused, unsure = [], []
    for gate in (*edge.gates, *edge.requires):
        condition = table().conditions[gate.lstrip("!")]
        answer = _answer(condition, from_state, known)
        refusal = Refusal(condition.code, condition.article_en, condition.article_zh)
        if answer is None and gate in edge.gates:
            unsure.append(refusal)
        elif answer is not (not gate.startswith("!")):
            refused.append(refusal)
    return tuple(refused), tuple(unsure)


def _no_such_move(track: Kind, from_state: str, arrival: State) -> Refusal:
    if from_state == arrival.code:
        code = "already_there"
    elif track.edge(from_state, arrival.code, AUTHORITY) is not None and from_state != NOT_OPENED:
        code = "not_ours_to_make"
    elif track.states[from_state].is_terminal:
        code = "track_ended"
    else:
        code = OUT_OF_SEQUENCE
    return Refusal(code, _HOUSE_EN, _HOUSE_ZH)


def _way(track: Kind, start: str, end: str, edge: Edge) -> Way:
    arrival = track.states[end]
    asked = () if edge.by == PARTY else arrival.asks(start)
    gates = () if edge.by == AUTHORITY else (code.lstrip("!") for code in (*edge.gates, *edge.requires))
    codes = tuple(dict.fromkeys((*asked, *gates, *arrival.traits)))
    return Way(end, edge.by, arrival.event_from.get(start, arrival.event), codes)


def _check_names(mover: str, known: Mapping[str, bool | None]) -> None:
    if mover not in MOVERS:
        raise UnknownTrack(f"no mover {mover!r}")
    unknown = known.keys() - table().conditions.keys()
    if unknown:
        raise UnknownTrack(f"no condition {', '.join(sorted(unknown))}")


def _kind(code: str) -> Kind:
    try:
        return table().kinds[code]
    except KeyError:
        raise UnknownTrack(f"no kind of track {code!r}") from None
