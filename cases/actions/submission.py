"""What a filing of ours moves: its track, where there is exactly one it can mean, and the clocks that starts.

A filing happened, so it is never refused here: a step the law's table bars is left out, and the log says which.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from cases.actions import event, track
from cases.actions.case import unproved_requirements, unproved_tasks
from cases.actions.log import save
from cases.models import Event, Filing, FilingKind, Mover, Person, Track, TrackKind

STEPS: Final[Mapping[FilingKind, tuple[TrackKind, str]]] = {
    FilingKind.RECTIFICATION_REPORT: (TrackKind.RECTIFICATION, "report_submitted"),
    FilingKind.EXTENSION_REQUEST: (TrackKind.RECTIFICATION, "extension_requested"),
    FilingKind.DEFENCE: (TrackKind.OFFICIAL, "defence"),
    FilingKind.HEARING_REQUEST: (TrackKind.OFFICIAL, "hearing_requested"),
    FilingKind.RECONSIDERATION: (TrackKind.REMEDY, "reconsideration_filed"),
    FilingKind.LITIGATION: (TrackKind.REMEDY, "litigation_filed"),
    FilingKind.APPEAL: (TrackKind.REMEDY, "appeal"),
}


def step(filing: Filing, *, by: Person, at: datetime) -> dict[str, object]:
    """Moves the track and says so, for the log; or says why it stands where it stood."""
    meant = STEPS.get(FilingKind(filing.kind))
    if meant is None:
        return {}
    kind, state = meant
    found = tracks_meant(filing, kind)
    if len(found) != 1:
        return {"track_not_moved": "no_track" if not found else "several_tracks"}
    return move(found[0], state, filing, by=by, at=at)


def tracks_meant(filing: Filing, kind: TrackKind) -> list[Track]:
    """Of the measure whose deadline the filing answers; without one, of the case."""
    standing = filing.case.tracks.filter(kind=kind, ended_at__isnull=True)
    measure = filing.deadline.measure if filing.deadline else None
    if measure is not None and kind != TrackKind.OFFICIAL:
        standing = standing.filter(measure=measure)
    held = standing.select_for_update(of=("self",)).select_related("case", "measure", "notice")
    return list(held.order_by("pk")[:2])


def move(of: Track, state: str, filing: Filing, *, by: Person, at: datetime) -> dict[str, object]:
    # 整改报告 must equal the ledger: an item marked done without its proof bars the step.
    unproved = bool(unproved_requirements(filing.case) or unproved_tasks(filing.case))
    shown = {"done_items_have_proof": not unproved}
    try:
        row, name = track.move(
            of,
            state,
            mover=Mover.PARTY,
            occurred_at=filing.sent_at,
            zone=filing.zone,
            conditions=shown,
            by=by,
            at=at,
        )
    except track.MoveRefused as refusal:
        return {"track": of.uid, "track_not_moved": refusal.details["refused"]}
    met: dict[str, object] = {}
    if name:
        met = track.start_from_move(row, name, by=by, at=at)
        started = Event.objects.get(track_move=row)
        started.filing = filing
        save(started, "filing")
    return {"track": of.uid, "moved_to": state, **met}


def undo(filing: Filing, *, reason: str, by: Person, at: datetime) -> list[str]:
    """Voids the events the filing was; the track's move stays, for counsel to answer with another."""
    standing = list(filing.events.filter(voided_at__isnull=True).order_by("pk"))
    for row in standing:
        event.void(row, reason=reason, by=by, at=at)
    return [row.uid for row in standing]
