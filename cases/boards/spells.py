"""How long a title stood on the board, and how often it came back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple


class Spell(NamedTuple):
    first_seen: datetime
    last_seen: datetime
    hours: int
    best_rank: int


class Sightings(NamedTuple):
    """`hours` counts the captures that show the title, not the clock between the first and the last."""

    first_seen: datetime
    last_seen: datetime
    hours: int
    best_rank: int
    spells: tuple[Spell, ...]


def spells(capture_times: Sequence[datetime], *, seen: Iterable[tuple[datetime, int]]) -> Sightings:
    """One title's time on the board. A missing capture ends no spell; a capture without the title does.

    `capture_times` are ascending and hold every time in `seen`.
    """
    best: dict[int, int] = {}
    for at, rank in seen:
        place = bisect_left(capture_times, at)
        if place == len(capture_times) or capture_times[place] != at:
            raise ValueError(f"seen at {at.isoformat()}, when nothing was captured")
        best[place] = min(rank, best.get(place, rank))
    if not best:
        raise ValueError("never seen")
    runs: list[list[int]] = []
    for place in sorted(best):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    found = tuple(_spell(run, capture_times, best) for run in runs)
    return Sightings(found[0].first_seen, found[-1].last_seen, len(best), min(best.values()), found)


def _spell(run: list[int], capture_times: Sequence[datetime], best: dict[int, int]) -> Spell:
    ranks = (best[place] for place in run)
    return Spell(capture_times[run[0]], capture_times[run[-1]], len(run), min(ranks))
