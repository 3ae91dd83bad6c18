"""Tracks and their moves. The authority's moves are recorded as they happened, irregular where so; ours are gated."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken, bearing, event, reckoning
from cases.actions.belonging import check_open, locked_case
from cases.actions.closed import wake
from cases.actions.log import save, write_log
from cases.law import tracks
from cases.law.rulebook import RuleNotInForce, book
from cases.models import (
    Case,
    Deadline,
    DeadlineKind,
    Event,
    Measure,
    Mover,
    Notice,
    Outcome,
    Person,
    Procedure,
    Track,
    TrackKind,
    TrackMove,
)
from cases.working import in_language

ON_THE_SPOT: Mapping[str, bool] = {Procedure.SUMMARY: True, Procedure.ORDINARY: False}
# The clocks whose end lets a remedy lapse: first those of the measure itself (ARL 20, ALL 46), once a reconsideration
# has ended the fifteen days after it (ALL 45).
FIRST_REMEDIES = Q(rule_id__in=("CN-12", "CN-18"))
AFTER_RECONSIDERATION = Q(rule_id="CN-17")
RECONSIDERED = frozenset({"refused", "reconsideration_decided", "reconsideration_timeout"})
# Where the record says no, no answer of ours overrules it: a running clock is waived with its reason, not ticked away.
ONLY_THE_RECORD = frozenset({"due_passed", "reason_recorded"})
NOT_OPEN = _("This step is not open to us now: %(articles)s.")
STILL_RUNS = _(
    "This step is not open to us now: %(articles)s. A clock of it still runs: let it pass, or waive it with the reason."
)


class MoveRefused(RuleBroken):
    """Our own move, where the law bars it; `details["refused"]` names the articles."""

    code = "move_refused"


class UnknownMove(RuleBroken):
    code = "unknown_move"


def new_track(
    case: Case,
    kind: str,
    *,
    by: Person,
    at: datetime,
    notice: Notice | None = None,
    measure: Measure | None = None,
    state: str | None = None,
) -> Track:
    """The row alone, at its opening state; no log."""
    opening = state or tracks.openings(kind)[0]
    if opening not in tracks.openings(kind):
        raise UnknownMove(_("A track of this kind does not begin there."))
    return Track.objects.create(
        case=case, kind=kind, state=opening, notice=notice, measure=measure, recorded_at=at, recorded_by=by
    )


@transaction.atomic
def open_track(
    *,
    case: Case,
    kind: str,
    by: Person,
    at: datetime,
    notice: Notice | None = None,
    measure: Measure | None = None,
    state: str | None = None,
) -> Track:
    check_open(locked_case(case))
    track = new_track(case, kind, notice=notice, measure=measure, state=state, by=by, at=at)
    write_log("open_track", track, case=case, by=by, at=at, facts={"kind": kind, "state": track.state})
    return track


class MoveFacts(TypedDict, total=False):
    """What may be known of a move besides where it leads: the law's time, the document, what was shown."""

    occurred_on: date | None
    occurred_at: datetime | None
    zone: str
    document: Notice | None
    conditions: Mapping[str, bool | None]
    capacity: str
    reason: str


def conditions_known(track: Track, document: Notice | None, *, at: datetime) -> dict[str, bool | None]:
    """What the record itself can answer; what it does not know stays unknown."""
    moves = set(track.moves.values_list("to_state", flat=True))
    prior = track.case.notices.filter(kind="prior_notice", voided_at__isnull=True, served_on__isnull=False)
    return {
        "prior_notice_served": prior.exists() or None,
        "defence_heard_or_waived": bool(moves & {"defence", "hearing_held"}) or None,
        "hearing_offered_or_not_due": None if document is None or may_be_heard(document) else True,
        "on_the_spot": ON_THE_SPOT.get(track.measure.procedure) if track.measure else None,
        "due_passed": has_time_passed(track, at=at),
    }


def has_time_passed(track: Track, *, at: datetime) -> bool | None:
    """Whether the time limit of the order or of the remedy is over: passed, met or waived. None: there is no clock."""
    clocks = clocks_of(track).exclude(outcome=Outcome.WITHDRAWN)
    # An earlier date that is only proposed ends nothing, and what is not dated has not been seen to end.
    later = Q(due_at__isnull=True) | Q(due_at__gt=at) | Q(current__due_at__gt=at)
    return not clocks.filter(later, outcome=Outcome.RUNNING).exists() if clocks.exists() else None


def clocks_of(track: Track) -> "QuerySet[Deadline]":
    """The clocks whose end moves a track of this kind."""
    clocks = Deadline.objects.filter(case_id=track.case_id)
    own = Q(measure=track.measure_id) if track.measure_id else Q(notice__isnull=False, notice=track.notice_id)
    if track.kind == TrackKind.RECTIFICATION:
        return clocks.filter(own, kind=DeadlineKind.ORDERED)
    if track.kind != TrackKind.REMEDY:
        return clocks.none()
    if track.state in RECONSIDERED:
        return clocks.filter(own | Q(measure__isnull=True), AFTER_RECONSIDERATION)
    return clocks.filter(own, FIRST_REMEDIES)


def may_be_heard(document: Notice) -> bool:
    """APL 63: the right to a hearing belongs to the graver penalties, not to a bare warning. Older law: not known."""
    try:
        graver = book().rule("CN-05", document.served_on or document.issued_on).applies_to
    except RuleNotInForce:
        return True
    return document.measures.filter(kind__in=graver).exists()


def move(
    track: Track, to_state: str, *, mover: str, by: Person, at: datetime, **facts: Unpack[MoveFacts]
) -> tuple[TrackMove, str | None]:
    """Records the move and returns it with the name of the event it is; starts no clock, writes no log."""
    judged = judge(track, to_state, mover, facts, at=at)
    zone = facts.get("zone") or event.home_zone(track.case, notice=facts.get("document") or track.notice)
    row = TrackMove.objects.create(
        track=track,
        from_state=track.state,
        to_state=to_state,
        mover=mover,
        capacity=facts.get("capacity", ""),
        occurred_on=event.day_of(facts.get("occurred_on"), facts.get("occurred_at"), zone),
        occurred_at=facts.get("occurred_at"),
        zone=zone,
        document=facts.get("document"),
        irregular=judged.irregular_data(),
        reason=facts.get("reason", ""),
        recorded_at=at,
        recorded_by=by,
    )
    track.state = to_state
    track.ended_at = at if tracks.is_terminal(track.kind, to_state) else None
    save(track, "state", "ended_at")
    return row, judged.event


def judge(track: Track, to_state: str, mover: str, facts: MoveFacts, *, at: datetime) -> tracks.Move:
    """What the law says of the move; ours may be refused, the authority's never is."""
    known = conditions_known(track, facts.get("document"), at=at) | {"reason_recorded": bool(facts.get("reason"))}
    denied = {code for code in ONLY_THE_RECORD if known[code] is False}
    known |= {code: said for code, said in facts.get("conditions", {}).items() if code not in denied}
    try:
        judged = tracks.judge(track.kind, from_state=track.state, to_state=to_state, mover=mover, conditions=known)
    except tracks.UnknownTrack as error:
        raise UnknownMove(_("No such move is known: %(move)s.") % {"move": f"{track.state} → {to_state}"}) from error
    if not judged.allowed:
        articles = _(", ").join(in_language(refusal, "article") for refusal in judged.refused)
        codes = [refusal.code for refusal in judged.refused]
        message = STILL_RUNS if "due_passed" in codes else NOT_OPEN
        raise MoveRefused(message % {"articles": articles}, refused=codes)
    return judged


@transaction.atomic
def move_track(
    *, track: Track, to_state: str, mover: str, by: Person, at: datetime, **facts: Unpack[MoveFacts]
) -> TrackMove:
    """Records a move; the event it is starts its clocks, once."""
    track = Track.objects.select_for_update(of=("self",)).select_related("case", "measure", "notice").get(pk=track.pk)
    if mover == Mover.PARTY:
        check_open(track.case)
    row, name = move(track, to_state, mover=mover, by=by, at=at, **facts)
    met: dict[str, object] = {}
    if name and not is_recorded(row, name):
        known = facts.get("conditions", {})
        met = start_from_move(row, name, traits=tracks.traits_told(track.kind, to_state, known), by=by, at=at)
    told: dict[str, object] = {**met, "kind": track.kind, "from": row.from_state, "to": to_state, "mover": mover}
    told |= {"move": row.uid, "on": row.occurred_on, "irregular": [item["code"] for item in row.irregular]}
    told |= wake(track.case, by=by, at=at)
    when, why = row.occurred_at, row.reason
    write_log("move_track", track, case=track.case, by=by, at=at, occurred_at=when, reason=why, facts=told)
    return row


def is_recorded(row: TrackMove, name: str) -> bool:
    """The notice that brought the move has raised the event already, or a person: one event starts one set of clocks.

    What is told of another measure of the same notice is not this.
    """
    track = row.track
    near = Q(measure=None) | Q(measure=track.measure_id)
    own = Q(notice__isnull=False, notice=row.document or track.notice) & (near if track.measure_id else Q())
    own |= Q(measure__isnull=False, measure=track.measure_id, occurred_on=row.occurred_on)
    # The end of a period, which the sweep records by itself.
    ended = Q(expiry_of__isnull=False) & near
    return Event.objects.filter(own | ended, case=track.case_id, name=name, voided_at__isnull=True).exists()


def start_from_move(
    row: TrackMove, name: str, *, by: Person, at: datetime, traits: Mapping[str, bool] | None = None
) -> dict[str, object]:
    """The event that the move is, with all it starts and bears on; what it met of ours, for the log."""
    track = row.track
    happened = event.new_event(
        track.case,
        name,
        occurred_on=row.occurred_on,
        occurred_at=row.occurred_at,
        zone=row.zone,
        notice=row.document or track.notice,
        measure=track.measure,
        track_move=row,
        traits=traits,
        by=by,
        at=at,
    )
    happened.save()
    reckoning.start_clocks([happened], by=by, at=at)
    return bearing.hear(happened, by=by, at=at)


def end_unknown(track: Track, *, reason: str, by: Person, at: datetime) -> None:
    """Closes a track whose true end is not known, with the reason; no log of its own."""
    move(track, "closed_unknown", mover=Mover.PARTY, reason=reason, by=by, at=at)
