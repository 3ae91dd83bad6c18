"""Reads `tracks.toml` strictly into frozen kinds, states, moves and conditions; judges nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple, cast

AUTHORITY = "authority"
PARTY = "party"
EITHER = "either"
MOVERS = (AUTHORITY, PARTY)
KINDS = ("official", "rectification", "penalty_execution", "remedy", "publicity", "order_and_act")
NOT_OPENED = "not_opened"
CLOSED_UNKNOWN = "closed_unknown"

SOURCE = resources.files(__package__).joinpath("tracks.toml")
Row = Mapping[str, object]


class BadTable(ValueError):
    """The table of tracks contradicts itself."""


class Title(NamedTuple):
    en: str
    zh: str
    zh_hant: str


@dataclass(frozen=True, slots=True)
class Refusal:
    code: str
    article_en: str
    article_zh: str


@dataclass(frozen=True, slots=True)
class Condition:
    code: str
    article_en: str
    article_zh: str
    confidence: str
    question_en: str
    question_zh: str
    question_zh_hant: str
    shown_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    code: str
    title_en: str
    title_zh: str
    title_zh_hant: str
    is_terminal: bool
    event: str | None
    event_from: Mapping[str, str]
    needs: tuple[str, ...]
    skipped_needs: tuple[str, ...]
    ordinary_from: tuple[str, ...]
    traits: tuple[str, ...]

    def asks(self, from_state: str) -> tuple[str, ...]:
        """What the law asks of the authority that enters this state from that one."""
        return self.needs if from_state in self.ordinary_from else (*self.needs, *self.skipped_needs)


class Edge(NamedTuple):
    by: str
    gates: tuple[str, ...]
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    code: str
    title: Title
    blocks_closing: bool
    openings: tuple[str, ...]
    unjudged_from: frozenset[str]
    states: Mapping[str, State]
    edges: Mapping[tuple[str, str], tuple[Edge, ...]]
    blocks: Mapping[tuple[str, str], Refusal]

    def edge(self, from_state: str, to_state: str, mover: str) -> Edge | None:
        for edge in self.edges.get((from_state, to_state), ()):
            if edge.by in (mover, EITHER):
                return edge
        return None


class Table(NamedTuple):
    conditions: Mapping[str, Condition]
    kinds: Mapping[str, Kind]


@cache
def table() -> Table:
    return read(SOURCE.read_text(encoding="utf-8"))


def read(text: str) -> Table:
    """Reads a table strictly: an unknown key, state or condition is an error, not a surprise later."""
    raw = tomllib.loads(text)
    _check_keys("the table", raw, required={"conditions", "every", *KINDS})
    found = {code: _condition(code, fields) for code, fields in raw["conditions"].items()}
    every = raw["every"]["state"]
    return Table(found, {code: _read_kind(code, raw[code], every, found) for code in KINDS})


def _read_kind(code: str, raw: Row, every: list[Row], known: Mapping[str, Condition]) -> Kind:
    required = {"en", "zh", "zh_hant", "blocks_closing", "openings", "unjudged_from", "state", "move"}
    _check_keys(code, raw, required=required, optional={"block"})
    rows = [_state(code, row, known) for row in (*_rows(raw["state"]), *every)]
    found = {each.code: each for each in rows}
    if len(found) != len(rows):
        raise BadTable(f"{code}: a state is listed twice")
    kind = Kind(
        code=code,
        title=Title(str(raw["en"]), str(raw["zh"]), str(raw["zh_hant"])),
        blocks_closing=bool(raw["blocks_closing"]),
        openings=_names(raw["openings"]),
        unjudged_from=frozenset((*_names(raw["unjudged_from"]), NOT_OPENED, CLOSED_UNKNOWN)),
        states=found,
        edges=_edges(code, raw, found, known),
        blocks=_blocks(code, raw),
    )
    _check_states(kind)
    return kind


def _state(kind: str, row: Row, known: Mapping[str, Condition]) -> State:
    optional = {"terminal", "event", "event_from", "needs", "needs_unless_from", "traits"}
    _check_keys(f"{kind}: a state", row, required={"code", "en", "zh", "zh_hant"}, optional=optional)
    skipped = cast(Row, row.get("needs_unless_from", {"from": [], "needs": []}))
    event = row.get("event")
    found = State(
        code=str(row["code"]),
        title_en=str(row["en"]),
        title_zh=str(row["zh"]),
        title_zh_hant=str(row["zh_hant"]),
        is_terminal=bool(row.get("terminal", False)),
        event=None if event is None else str(event),
        event_from=cast("dict[str, str]", row.get("event_from", {})),
        needs=_names(row.get("needs", [])),
        skipped_needs=_names(skipped["needs"]),
        ordinary_from=_names(skipped["from"]),
        traits=_names(row.get("traits", [])),
    )
    _check_conditions(f"{kind}.{found.code}", (*found.needs, *found.skipped_needs, *found.traits), known)
    return found


def _edges(
    kind: str, raw: Row, found: Mapping[str, State], known: Mapping[str, Condition]
) -> dict[tuple[str, str], tuple[Edge, ...]]:
    edges: dict[tuple[str, str], tuple[Edge, ...]] = {}
    for row in _rows(raw["move"]):
        _check_keys(f"{kind}: a move", row, required={"from", "to", "by"}, optional={"gates", "requires"})
        edge = Edge(str(row["by"]), _names(row.get("gates", [])), _names(row.get("requires", [])))
        _check_conditions(kind, (code.lstrip("!") for code in (*edge.gates, *edge.requires)), known)
        if edge.by not in (*MOVERS, EITHER):
            raise BadTable(f"{kind}: a move by {edge.by!r}")
        for pair in ((start, end) for start in _names(row["from"]) for end in _names(row["to"])):
            _add(kind, edges, pair, edge)
    for start, end, edge in _common_moves(_names(raw["openings"]), found):
        _add(kind, edges, (start, end), edge)
    return edges


def _common_moves(opening: tuple[str, ...], found: Mapping[str, State]) -> Iterator[tuple[str, str, Edge]]:
    """The moves every kind has: it may never open, it may end unknown, and what was unknown may become known."""
    for code in opening:
        yield code, NOT_OPENED, Edge(PARTY, (), ())
        for end in (NOT_OPENED, CLOSED_UNKNOWN):
            yield end, code, Edge(EITHER, (), ())
    for each in found.values():
        if not each.is_terminal:
            yield each.code, CLOSED_UNKNOWN, Edge(PARTY, (), ("reason_recorded",))


def _add(kind: str, edges: dict[tuple[str, str], tuple[Edge, ...]], pair: tuple[str, str], edge: Edge) -> None:
    before = edges.get(pair, ())
    if any(other.by == edge.by or EITHER in (other.by, edge.by) for other in before):
        raise BadTable(f"{kind}: {pair[0]} to {pair[1]} is listed twice for one mover")
    edges[pair] = (*before, edge)


def _blocks(kind: str, raw: Row) -> dict[tuple[str, str], Refusal]:
    found = {}
    for row in _rows(raw.get("block", [])):
        _check_keys(f"{kind}: a block", row, required={"from", "to", "code", "article_en", "article_zh"})
        refusal = Refusal(str(row["code"]), str(row["article_en"]), str(row["article_zh"]))
        found.update({(start, end): refusal for start in _names(row["from"]) for end in _names(row["to"])})
    return found


def _condition(code: str, raw: Row) -> Condition:
    texts = ("article_en", "article_zh", "confidence", "question_en", "question_zh", "question_zh_hant")
    _check_keys(code, raw, required=set(texts), optional={"shown_by", "denied_by"})
    told = {name: str(raw[name]) for name in texts}
    return Condition(code, **told, shown_by=_names(raw.get("shown_by", [])), denied_by=_names(raw.get("denied_by", [])))


def _check_keys(where: str, raw: Row, *, required: set[str], optional: set[str] | None = None) -> None:
    missing, unknown = required - raw.keys(), raw.keys() - required - (optional or set())
    if missing or unknown:
        raise BadTable(f"{where}: missing {sorted(missing)}, unknown {sorted(unknown)}")


def _check_conditions(where: str, codes: Iterable[str], known: Mapping[str, Condition]) -> None:
    unknown = set(codes) - known.keys()
    if unknown:
        raise BadTable(f"{where}: no condition {sorted(unknown)}")


def _check_states(kind: Kind) -> None:
    named = {code for pair in (*kind.edges, *kind.blocks) for code in pair}
    named |= {*kind.openings, *kind.unjudged_from}
    named |= {code for each in kind.states.values() for code in (*each.ordinary_from, *each.event_from)}
    if named - kind.states.keys():
        raise BadTable(f"{kind.code}: no state {sorted(named - kind.states.keys())}")


def _names(raw: object) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(name, str) for name in raw):
        raise BadTable(f"not a list of names: {raw!r}")
    return tuple(raw)


def _rows(raw: object) -> list[Row]:
    return cast("list[Row]", raw)
