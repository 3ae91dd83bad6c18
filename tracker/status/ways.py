"""One track, and what the law bars us from doing with it now, with the articles."""

from dataclasses import dataclass
from datetime import datetime

from cases.actions.track import conditions_known
from cases.law import tracks as law
from cases.law.track_table import Refusal, table
from cases.models import Mover, Track
from tracker.status.course import TrackRow, tracks
from tracker.status.light import phase
from tracker.status.nouns import Phase


@dataclass(frozen=True, slots=True)
class Barred:
    """A step not open to us. `articles` in the law's own codes and words."""

    to: Phase
    articles: tuple[Refusal, ...]


def track_row(track: Track) -> TrackRow:
    return next(row for row in tracks(track.case) if row.uid == track.uid)


def barred(track: Track, *, at: datetime) -> tuple[Barred, ...]:
    """Our steps that the law expects here but refuses by what is on record, and those it forbids outright."""
    known = conditions_known(track, None, at=at)
    ours = {way.to_state for way in law.moves_from(track.kind, track.state, mover=Mover.PARTY)}
    forbidden = {end for start, end in table().kinds[track.kind].blocks if start == track.state}
    found = []
    for state in sorted(ours | forbidden):
        judged = law.judge(
            track.kind, from_state=track.state, to_state=state, mover=Mover.PARTY,
            conditions=known | {"reason_recorded": True},
        )  # fmt: skip
        if judged.refused:
            found.append(Barred(phase(track.kind, state), judged.refused))
    return tuple(found)
