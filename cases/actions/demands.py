"""What a notice brings when it is taken in: its measures, demands, tracks and events. Writes no log of its own."""

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken, bearing, event, reckoning, track
from cases.actions.applicability import PROCEDURE_TRAITS, is_under
from cases.actions.belonging import check_knows
from cases.actions.drafts import MeasureDraft, NoticeDraft, RequirementDraft
from cases.actions.notice_event import is_removal, named_events
from cases.models import (
    Case,
    Event,
    Evidence,
    LegalNature,
    Measure,
    MeasureKind,
    Mover,
    Notice,
    NoticeKind,
    Person,
    Procedure,
    Requirement,
    ServiceMode,
    Track,
    TrackKind,
)

# APL 9 lists the penalties; an order to correct is none (APL 28), a talk is none. Where the law is disputed: unclear.
NATURE: Mapping[str, str] = {
    MeasureKind.TALK: LegalNature.TALK,
    MeasureKind.ORDER_TO_CORRECT: LegalNature.ORDER,
    MeasureKind.REMOVAL_ORDER: LegalNature.ORDER,
    MeasureKind.WARNING: LegalNature.PENALTY,
    MeasureKind.CIRCULATED_CRITICISM: LegalNature.PENALTY,
    MeasureKind.FINE: LegalNature.PENALTY,
    MeasureKind.CONFISCATION: LegalNature.PENALTY,
    MeasureKind.SUSPEND_BUSINESS: LegalNature.PENALTY,
    MeasureKind.CLOSE_SITE: LegalNature.PENALTY,
    MeasureKind.REVOKE_LICENCE: LegalNature.PENALTY,
}
# Ways of service that prove nothing: electronic service needs an address the party has confirmed (APL 61).
UNPROVED = frozenset({ServiceMode.ORAL, ServiceMode.UNCONFIRMED})
# The state the official procedure is in once such a notice is there.
OFFICIAL_STATE: Mapping[str, str] = {
    NoticeKind.SUMMONS: "talk_noticed",
    NoticeKind.FILING_NOTICE: "filed",
    NoticeKind.PRESERVATION: "evidence_preserved",
    NoticeKind.PRIOR_NOTICE: "pre_penalty_notice",
    NoticeKind.HEARING_NOTICE: "hearing_noticed",
    NoticeKind.PENALTY_DECISION: "decided_penalty",
    NoticeKind.NO_PENALTY_DECISION: "decided_no_penalty",
}
DECISIONS = frozenset({"decided_penalty", "decided_no_penalty", "on_the_spot_decision"})
# Papers that are nothing but what they impose: with no measure recorded they start no clock, and that must be said.
IMPOSING = frozenset({NoticeKind.PENALTY_DECISION, NoticeKind.RECTIFICATION_ORDER})
NO_MEASURE = _("No measure was recorded from it, so no clock was started. Record what it imposes.")
# Where the calendars of the law begin; an earlier day is a slip of the pen, and would silently start no clock.
EARLIEST = date(1970, 1, 1)
CHINA = "CN"
NOTHING_KNOWN: Mapping[str, bool | None] = {}


class ServedBeforeIssued(RuleBroken):
    code = "served_before_issued"


class TooLongAgo(RuleBroken):
    code = "too_long_ago"


class InTheFuture(RuleBroken):
    code = "in_the_future"


def lacks_measures(kind: str, measures: Sized) -> bool:
    """The paper exists and is kept; what it imposes is still to be recorded."""
    return kind in IMPOSING and not measures


@dataclass(frozen=True)
class Intake:
    """What is being taken in, passed between the steps of one action."""

    case: Case
    notice: Notice
    measures: list[Measure]
    conditions: Mapping[str, bool | None]
    by: Person
    at: datetime


def take_in(
    draft: NoticeDraft,
    case: Case,
    measures: Sequence[MeasureDraft],
    requirements: Sequence[RequirementDraft],
    *,
    facts: Mapping[str, bool | None],
    by: Person,
    at: datetime,
    evidence: Evidence | None = None,
) -> Intake:
    """Records the notice and everything it brings, into a closed case too: it was served."""
    notice = new_notice(draft, case, evidence=evidence, by=by, at=at)
    intake = Intake(case, notice, new_measures(measures, notice, by=by, at=at), facts, by, at)
    new_requirements(requirements, notice, intake.measures, by=by, at=at)
    open_tracks(intake)
    events = Event.objects.bulk_create(events_of(intake))
    reckoning.start_clocks(events, by=by, at=at)
    bearing.answer(events, by=by, at=at)
    return intake


def new_notice(draft: NoticeDraft, case: Case, *, evidence: Evidence | None, by: Person, at: datetime) -> Notice:
    notice = unsaved_notice(draft, case, by=by, at=at)
    notice.evidence = evidence
    notice.save(force_insert=True)
    return notice


def unsaved_notice(draft: NoticeDraft, case: Case, *, by: Person, at: datetime) -> Notice:
    """The row alone, as `rehearsal` asks for it too."""
    zone = draft.zone or draft.authority.zone
    served_on = event.day_of(draft.served_on, draft.served_at, zone)
    check_service(served_on, issued_on=draft.issued_on, zone=zone, at=at)
    return Notice(
        case=case,
        kind=draft.kind,
        authority=draft.authority,
        number=draft.number,
        title_en=draft.title_en,
        title_zh=draft.title_zh,
        issued_on=draft.issued_on,
        served_on=served_on,
        served_at=draft.served_at,
        zone=zone,
        service_mode=draft.service_mode,
        ordered_on=event.day_of(draft.ordered_on, draft.ordered_at, zone),
        ordered_at=draft.ordered_at,
        period_amount=draft.period_amount,
        period_unit=draft.period_unit,
        period_profile=draft.period_profile,
        original_words=draft.original_words,
        original_language=draft.original_language,
        cited_provisions=list(draft.cited_provisions),
        source=draft.source,
        protection_mark=draft.protection_mark,
        recorded_at=at,
        recorded_by=by,
    )


def check_service(served_on: date | None, *, issued_on: date | None, zone: str, at: datetime) -> None:
    today = event.day_of(None, at, zone)
    if any(day and day < EARLIEST for day in (served_on, issued_on)):
        raise TooLongAgo(_("No document of that day can start a clock here. Check the year."))
    if served_on and issued_on and served_on < issued_on:
        raise ServedBeforeIssued(_("A document cannot be served before the date it bears. Check both dates."))
    if today and any(day and day > today for day in (served_on, issued_on)):
        raise InTheFuture(_("This date is still to come where the authority sits. Check the date."))


def new_requirements(
    drafts: Sequence[RequirementDraft], notice: Notice, measures: Sequence[Measure], *, by: Person, at: datetime
) -> list[Requirement]:
    """One row a demand, numbered on from the case's last; a date makes it an internal deadline of its owner."""
    if not drafts:
        return []
    for draft in drafts:
        check_knows(draft.owner, case=notice.case, at=at)
    last = notice.case.requirements.aggregate(last=Max("number"))["last"] or 0
    return [
        new_requirement(draft, notice.case, number, notice=notice, measures=measures, by=by, at=at)
        for number, draft in enumerate(drafts, start=last + 1)
    ]


def new_requirement(
    draft: RequirementDraft,
    case: Case,
    number: int,
    *,
    by: Person,
    at: datetime,
    notice: Notice | None = None,
    measures: Sequence[Measure] = (),
) -> Requirement:
    due = None
    if draft.due_on:
        titles = {"title_en": draft.title_en, "title_zh": draft.title_zh}
        due = reckoning.open_internal(case, **titles, due_on=draft.due_on, owner=draft.owner, by=by, at=at)
    return Requirement.objects.create(
        case=case,
        number=number,
        origin=draft.origin,
        notice=notice or draft.notice,
        measure=measures[draft.measure_index] if draft.measure_index is not None else draft.measure,
        contact=draft.contact,
        title_en=draft.title_en,
        title_zh=draft.title_zh,
        clause=draft.clause,
        clause_language=draft.clause_language,
        acceptance_test=draft.acceptance_test,
        owner=draft.owner,
        deadline=due,
        recorded_at=at,
        recorded_by=by,
    )


def new_measures(drafts: Sequence[MeasureDraft], notice: Notice, *, by: Person, at: datetime) -> list[Measure]:
    return Measure.objects.bulk_create(unsaved_measures(drafts, notice, by=by, at=at))


def unsaved_measures(drafts: Sequence[MeasureDraft], notice: Notice, *, by: Person, at: datetime) -> list[Measure]:
    return [
        Measure(
            case=notice.case,
            notice=notice,
            kind=draft.kind,
            legal_nature=draft.legal_nature or NATURE.get(draft.kind, LegalNature.UNCLEAR),
            procedure=draft.procedure,
            words=draft.words,
            amount=draft.amount,
            currency=draft.currency,
            ordered_on=event.day_of(draft.ordered_on, draft.ordered_at, notice.zone),
            ordered_at=draft.ordered_at,
            period_amount=draft.period_amount,
            period_unit=draft.period_unit,
            period_profile=draft.period_profile,
            effective_from=draft.effective_from,
            effective_until=draft.effective_until,
            recorded_at=at,
            recorded_by=by,
        )
        for draft in drafts
    ]


# ---- Events ----------------------------------------------------------------------------------------------------------
def events_of(intake: Intake) -> list[Event]:
    named = named_events(intake.notice, intake.measures)
    return [dated_event(name, intake, measure) for name, measure in named]


def dated_event(name: str, intake: Intake, measure: Measure | None) -> Event:
    """Service dates the event; an announcement is dated by its own day, and serves nothing."""
    notice = intake.notice
    announced = name == "regulator_announced"
    return event.new_event(
        intake.case,
        name,
        occurred_on=notice.issued_on if announced else notice.served_on,
        occurred_at=None if announced else notice.served_at,
        zone=notice.zone,
        notice=notice,
        measure=measure,
        traits={code: so for code, so in intake.conditions.items() if code in PROCEDURE_TRAITS and so is not None},
        by=intake.by,
        at=intake.at,
    )


# ---- Tracks ----------------------------------------------------------------------------------------------------------
def open_tracks(intake: Intake) -> None:
    notice = intake.notice
    if notice.kind == NoticeKind.ANNOUNCEMENT and not intake.case.tracks.filter(kind=TrackKind.PUBLICITY).exists():
        track.new_track(intake.case, TrackKind.PUBLICITY, notice=notice, by=intake.by, at=intake.at)
    if notice.kind != NoticeKind.PRIOR_NOTICE:
        Track.objects.bulk_create(
            Track(
                case=intake.case,
                kind=kind,
                state=state,
                notice=notice,
                measure=measure,
                recorded_at=intake.at,
                recorded_by=intake.by,
            )
            for measure in intake.measures
            for kind, state in tracks_of(measure)
        )
        if notice.kind == NoticeKind.REMOVAL_ORDER and not any(is_removal(each) for each in intake.measures):
            track.new_track(intake.case, TrackKind.ORDER_AND_ACT, notice=notice, by=intake.by, at=intake.at)
    move_official(intake)


def tracks_of(measure: Measure) -> list[tuple[str, str]]:
    """The procedures a measure opens, each with its opening state; those of Chinese law by its authorities alone."""
    acted = [(TrackKind.ORDER_AND_ACT, "received")] if is_removal(measure) else []
    return [*acted, *(chinese_tracks_of(measure) if is_under(measure.notice.authority, CHINA) else [])]


def chinese_tracks_of(measure: Measure) -> list[tuple[str, str]]:
    opened: list[tuple[str, str]] = []
    if measure.kind == MeasureKind.ORDER_TO_CORRECT:
        opened.append((TrackKind.RECTIFICATION, "ordered"))
    if measure.kind in (MeasureKind.FINE, MeasureKind.CONFISCATION):
        opened.append((TrackKind.PENALTY_EXECUTION, "payable"))
    if measure.kind == MeasureKind.SUSPEND_UPDATES:
        opened.append((TrackKind.PENALTY_EXECUTION, "update_suspended"))
    if measure.kind in (MeasureKind.SUSPEND_BUSINESS, MeasureKind.CLOSE_SITE, MeasureKind.REVOKE_LICENCE):
        opened.append((TrackKind.PENALTY_EXECUTION, "measure_in_force"))
    if measure.legal_nature in (LegalNature.PENALTY, LegalNature.ORDER):
        opened.append((TrackKind.REMEDY, "open"))
    return opened


def official_state(intake: Intake) -> str | None:
    kinds = {measure.kind for measure in intake.measures}
    if intake.notice.kind in (NoticeKind.PENALTY_DECISION, NoticeKind.ANNOUNCEMENT):
        if any(measure.procedure == Procedure.SUMMARY for measure in intake.measures):
            return "on_the_spot_decision"
        if any(measure.legal_nature == LegalNature.PENALTY for measure in intake.measures):
            return "decided_penalty"
        if MeasureKind.TALK in kinds:
            return "talk_held"
    return OFFICIAL_STATE.get(intake.notice.kind)


def move_official(intake: Intake) -> None:
    """The notice is itself a move of the authority; recorded, irregular where the law's conditions are not shown."""
    state = official_state(intake)
    if state is None or not is_under(intake.notice.authority, CHINA):
        return
    standing = intake.case.tracks.filter(kind=TrackKind.OFFICIAL, ended_at__isnull=True).order_by("-pk").first()
    official = standing or track.new_track(
        intake.case, TrackKind.OFFICIAL, notice=intake.notice, by=intake.by, at=intake.at
    )
    official.case = intake.case
    if state != official.state:
        track.move(
            official,
            state,
            mover=Mover.AUTHORITY,
            # An announcement tells of a decision; it does not date it.
            occurred_on=None if intake.notice.kind == NoticeKind.ANNOUNCEMENT else intake.notice.issued_on,
            zone=intake.notice.zone,
            document=intake.notice,
            conditions=intake.conditions,
            by=intake.by,
            at=intake.at,
        )
    if state in DECISIONS and intake.notice.served_on:
        serve(official, intake.notice, by=intake.by, at=intake.at)


def serve(official: Track, notice: Notice, *, by: Person, at: datetime) -> None:
    proved = None if notice.service_mode == ServiceMode.UNKNOWN else notice.service_mode not in UNPROVED
    track.move(
        official,
        "served",
        mover=Mover.AUTHORITY,
        occurred_on=notice.served_on,
        occurred_at=notice.served_at,
        zone=notice.zone,
        document=notice,
        conditions={"service_proved": proved},
        by=by,
        at=at,
    )
