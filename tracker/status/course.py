"""The course of a case: its tracks, with the moves behind and the ways ahead."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cases.law import tracks as law
from cases.models import Case, Track, TrackMove
from tracker.status.light import phase
from tracker.status.nouns import Phase, Titles, Who
from tracker.status.people import PERSON, Row, columns, somebody

MOST_MOVES: Final = 200


@dataclass(frozen=True, slots=True)
class Irregular:
    """A condition of the law not met or not shown when the authority moved: a ground to raise."""

    code: str
    grade: str
    article_en: str
    article_zh: str


@dataclass(frozen=True, slots=True)
class MoveRow:
    uid: str
    from_state: str
    to_state: str
    title: Titles
    mover: str
    capacity: str
    occurred_on: date | None
    occurred_at: datetime | None
    zone: str
    document_uid: str
    irregular: tuple[Irregular, ...]
    reason: str
    recorded_at: datetime
    recorded_by: Who


@dataclass(frozen=True, slots=True)
class TrackRow:
    """`moves` oldest first; `ahead` the states it may come to from here, by whom."""

    uid: str
    title: Titles
    phase: Phase
    notice_uid: str
    measure_uid: str
    measure_kind: str
    moves: tuple[MoveRow, ...]
    ahead: tuple[tuple[Phase, str], ...]
    irregular: int
    revision: int


def tracks(case: Case) -> tuple[TrackRow, ...]:
    found = list(
        Track.objects.filter(case=case)
        .order_by("pk")
        .values("pk", "uid", "kind", "state", "revision", "notice__uid", "measure__uid", "measure__kind")
    )
    moves = _moves(case)
    return tuple(_track(row, moves[row["pk"]]) for row in found)


def _moves(case: Case) -> dict[int, list[MoveRow]]:
    rows = TrackMove.objects.filter(track__case=case).order_by("recorded_at", "pk").values(
        *_SAME, "track", "track__kind", "document__uid", "irregular", *columns("recorded_by", PERSON)
    )  # fmt: skip
    found: dict[int, list[MoveRow]] = defaultdict(list)
    for row in rows[:MOST_MOVES]:
        found[row["track"]].append(_move(row))
    return found


_SAME: Final = (
    "uid", "from_state", "to_state", "mover", "capacity", "occurred_on", "occurred_at", "zone", "reason",
    "recorded_at",
)  # fmt: skip


def _move(row: Row) -> MoveRow:
    return MoveRow(
        **{name: row[name] for name in _SAME},
        title=phase(row["track__kind"], row["to_state"]).title,
        document_uid=row["document__uid"] or "",
        irregular=tuple(_irregular(found) for found in row["irregular"]),
        recorded_by=somebody(row, "recorded_by"),
    )


def _irregular(found: Row) -> Irregular:
    return Irregular(found["code"], found.get("grade", "not_met"), found["article_en"], found["article_zh"])


def _track(row: Row, moves: Sequence[MoveRow]) -> TrackRow:
    kind = row["kind"]
    ways = law.moves_from(kind, row["state"])
    return TrackRow(
        uid=row["uid"],
        title=Titles(*law.title(kind)),
        phase=phase(kind, row["state"]),
        notice_uid=row["notice__uid"] or "",
        measure_uid=row["measure__uid"] or "",
        measure_kind=row["measure__kind"] or "",
        moves=tuple(moves),
        ahead=tuple((phase(kind, way.to_state), way.mover) for way in ways),
        irregular=sum(len(move.irregular) for move in moves),
        revision=row["revision"],
    )
