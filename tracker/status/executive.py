"""The executive status of one case: what an executive reads in two minutes, every figure of it from the record.

The same for every reader, so that it can be signed: nothing in it rests on what is under legal advice or on persons
held responsible.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from cases.law.liability import Exposure, exposures
from cases.models import Case, CaseState, DeadlineKind, Extension, ExtensionState, Person
from cases.permissions import known_to_all
from tracker.models import Briefing
from tracker.status.burnup import BurnUpData, burn_up
from tracker.status.case import case_clocks, case_row, known_case, main_clock
from tracker.status.changes import Changes, changes
from tracker.status.days import Shut, shut
from tracker.status.happened import Happening, happened
from tracker.status.nouns import CaseRow, Clock, Reason, Sentence, Titles, Who
from tracker.status.people import PERSON, Row, columns, somebody
from tracker.status.proof import EvidenceFigures, HoldRow, evidence_figures, holds
from tracker.status.record import FilingRow, MeasureRow, PaymentRow, filings, measures, payments, with_surcharge
from tracker.status.waiting import Heap, waiting_alike
from tracker.status.work import (
    RequirementFigures,
    TaskFigures,
    WorkstreamRow,
    requirement_figures,
    task_figures,
    workstreams,
)
from tracker.status.working import rule_behind

# The rights against what was decided: the rule whose clock is the window → what may be asked for in it.
REMEDIES: Final = {
    "CN-05": "hearing",
    "CN-12": "reconsideration",
    "CN-17": "litigation",
    "CN-18": "litigation",
}
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Stake:
    """What follows if a clock is missed, in the rule's words, with the article."""

    rule_id: str
    title: Titles
    consequence_en: str
    consequence_zh: str
    citation_en: str
    citation_zh: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Something only a person may decide. `by_on`: after that day it is decided by itself."""

    code: str
    object_kind: str
    object_uid: str
    title: Titles
    by_on: date | None
    who: Who | None


@dataclass(frozen=True, slots=True)
class Risk:
    code: str
    rating: str  # high, medium, low
    count: int


@dataclass(frozen=True, slots=True)
class Remedy:
    """A window in which a right must be used or is lost. `is_open` while it can still be used."""

    code: str
    measure_uid: str
    clock: Clock
    is_open: bool


@dataclass(frozen=True, slots=True)
class ClocksOfKind:
    kind: str
    clocks: tuple[Clock, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    requirements: RequirementFigures
    tasks: TaskFigures
    evidence: EvidenceFigures


@dataclass(frozen=True, slots=True)
class CaseStatus:
    """`author` signed the last briefing; the live page has no author but the record.

    `happened` is None in a briefing that was signed before it was told.
    """

    row: CaseRow
    as_of: datetime
    zone: str
    author: Who | None
    bottom_line: tuple[Sentence, ...]
    main_clock: Clock | None
    figures: Figures
    clocks: tuple[ClocksOfKind, ...]
    holidays: tuple[Shut, ...]
    measures: tuple[MeasureRow, ...]
    stakes: tuple[Stake, ...]
    payments: tuple[PaymentRow, ...]
    filings: tuple[FilingRow, ...]
    burn_up: BurnUpData | None
    workstreams: tuple[WorkstreamRow, ...]
    decisions: tuple[Decision, ...]
    risks: tuple[Risk, ...]
    remedies: tuple[Remedy, ...]
    holds: tuple[HoldRow, ...]
    changes: Changes
    happened: tuple[Happening, ...] | None = None
    exposures: tuple[Exposure, ...] = ()  # of a page frozen before it was shown: none


def case_status(case: Case, person: Person, *, now: datetime) -> CaseStatus:
    case = known_case(case, person, now=now)
    row, found = case_row(case, now=now), case_clocks(case, now=now)
    main, heap = main_clock(found), waiting_alike(person, now=now, case=case)
    sent = filings(case)
    figures = Figures(
        requirement_figures(case, now=now), task_figures(case, known_to_all, now=now),
        evidence_figures(case, known_to_all),
    )  # fmt: skip
    standing = holds(case)
    return CaseStatus(
        row=row,
        as_of=now,
        zone=case.lead_authority.zone,
        author=author(case),
        bottom_line=bottom_line(row, main, figures),
        main_clock=main,
        figures=figures,
        clocks=by_kind(found),
        holidays=_holidays(found, case, now=now),
        measures=with_surcharge(measures(case), case, now=now),
        stakes=stakes(found),
        exposures=exposures_of(case, found, now=now),
        payments=payments(case, known_to_all),
        filings=sent,
        burn_up=burn_up(case, now=now, due_on=next_hard_day(found)),
        workstreams=workstreams(case, known_to_all, now=now),
        decisions=decisions(case, found, heap),
        risks=risks(row, figures, is_held=bool(standing)),
        remedies=remedies(found),
        holds=standing,
        changes=changes(case, headline(row, main, figures)),
        happened=happened(case, sent, known_to_all),
    )


def next_hard_day(found: Sequence[Clock]) -> date | None:
    """What the work is drawn against: the first ordered date still ahead, for that is what the tasks carry out; else
    the first legal date of days. A clock of hours is no measure of work planned by days.
    """
    ahead = [clock for clock in found if clock.is_hard and clock.left and not clock.is_overdue and not clock.is_hourly]
    ordered = [clock for clock in ahead if clock.kind == "ordered"]
    return next((clock.due_on for clock in [*ordered, *ahead]), None)


def author(case: Case) -> Who | None:
    signed = Briefing.objects.filter(case=case).order_by("-number", "-pk")
    row = signed.values(*columns("signed_by", PERSON)).first()
    return somebody(row, "signed_by") if row else None


def headline(row: CaseRow, main: Clock | None, figures: Figures) -> dict[str, str | int | None]:
    """The few figures two briefings are compared by."""
    return {
        "rag": row.rag.tone,
        "phase": row.phase.state if row.phase else None,
        "due_on": main.due_on.isoformat() if main and main.due_on else None,
        "requirements_met": figures.requirements.met,
        "requirements_total": figures.requirements.total,
        "tasks_closed": figures.tasks.closed,
        "tasks_total": figures.tasks.total,
        "evidence_accepted": figures.evidence.accepted,
        "evidence_total": figures.evidence.total,
    }


# ---- The bottom line -------------------------------------------------------------------------------------------------
def bottom_line(row: CaseRow, main: Clock | None, figures: Figures) -> tuple[Sentence, ...]:
    """The date, the work, and the one thing that can hurt us."""
    if row.state == CaseState.CLOSED:
        return (Sentence("case_closed", {"closed_at": row.closed_at}), _work(figures))
    worst = row.rag.reasons[0] if row.rag.reasons else None
    return (_date(main), _work(figures), _worst(worst))


def _date(main: Clock | None) -> Sentence:
    if main is None:
        return Sentence("no_hard_date", {})
    named: dict[str, str | int | bool | date | datetime | None] = {"title_en": main.title_en, "title_zh": main.title_zh}
    if main.due_on is None or main.left is None:
        return Sentence("date_unknown", {**named, "missing": ",".join(main.missing)})
    code = "date_overdue" if main.is_overdue else "date_ahead"
    left = {"left": abs(main.left.amount), "unit": main.left.unit}
    return Sentence(code, {**named, "due_on": main.due_on, "provisional": main.provisional, **left})


def _work(figures: Figures) -> Sentence:
    if not figures.tasks.total and not figures.requirements.total:
        return Sentence("no_work_yet", {})
    counted = {
        "closed": figures.tasks.closed,
        "tasks": figures.tasks.total,
        "met": figures.requirements.met,
        "requirements": figures.requirements.total,
    }
    return Sentence("work_done", dict(counted))


def _worst(reason: Reason | None) -> Sentence:
    if reason is None:
        return Sentence("nothing_against", {})
    return Sentence("worst", {"reason": reason.code, "tone": reason.tone, "count": reason.count})


# ---- Clocks, stakes, remedies ----------------------------------------------------------------------------------------
def by_kind(found: Sequence[Clock]) -> tuple[ClocksOfKind, ...]:
    kinds = [(kind.value, tuple(clock for clock in found if clock.kind == kind)) for kind in DeadlineKind]
    return tuple(ClocksOfKind(kind, clocks) for kind, clocks in kinds if clocks)


def _holidays(found: Sequence[Clock], case: Case, *, now: datetime) -> tuple[Shut, ...]:
    """Public holidays from the first to the last day the clocks span, for the chart to hatch."""
    days = [clock.due_on for clock in found if clock.due_on] + [now.date()]
    first, last = min(days), max(days)
    if (last - first).days > MOST_DAYS:
        return ()
    return shut(case.lead_authority.calendar, first, last)


MOST_DAYS: Final = 800


def stakes(found: Sequence[Clock]) -> tuple[Stake, ...]:
    """What the rules behind our running clocks threaten, each rule once."""
    ours = {clock.rule_id: clock for clock in found if clock.is_ours and clock.outcome == "running" and clock.rule_id}
    rules = [rule for clock in ours.values() if (rule := rule_behind(clock.rule_id, clock.rule_version))]
    return tuple(
        Stake(
            rule_id=rule.id,
            title=Titles(rule.title_en, rule.title_zh, rule.title_zh_hant),
            consequence_en=rule.consequence_en,
            consequence_zh=rule.consequence_zh,
            citation_en=rule.citation_en,
            citation_zh=rule.citation_zh,
        )
        for rule in rules
        if rule.consequence_en or rule.consequence_zh
    )


def exposures_of(case: Case, found: Sequence[Clock], *, now: datetime) -> tuple[Exposure, ...]:
    """What breaking the rules behind our running clocks may cost, by the law at the time of the conduct."""
    rules = dict.fromkeys(clock.rule_id for clock in found if clock.is_ours and clock.outcome == "running")
    day = now.astimezone(ZoneInfo(case.lead_authority.zone)).date()
    judged = (
        exposure
        for rule_id in rules
        if rule_id
        for exposure in exposures(rule_id, conduct_from=case.conduct_from, conduct_until=case.conduct_until, on=day)
    )
    return tuple({exposure.leading.id: exposure for exposure in judged}.values())


def remedies(found: Sequence[Clock]) -> tuple[Remedy, ...]:
    return tuple(
        Remedy(REMEDIES[clock.rule_id], clock.measure_uid, clock, _is_open(clock))
        for clock in found
        if clock.rule_id in REMEDIES and clock.is_ours
    )


def _is_open(clock: Clock) -> bool:
    """A window whose end is unknown has not been seen to close."""
    return clock.outcome == "running" and not clock.is_overdue


# ---- Decisions and risks ---------------------------------------------------------------------------------------------
def decisions(case: Case, found: Sequence[Clock], heap: Heap) -> tuple[Decision, ...]:
    """Open proposals, facts and readings to settle, replies to extensions, rights to use or leave, sign-offs."""
    running = [clock for clock in found if clock.outcome == "running" and clock.is_ours]
    wanted = [
        *(_on_clock("confirm_proposal", clock) for clock in running if clock.has_proposal),
        *(_on_clock("supply_fact", clock) for clock in running if clock.missing and not clock.is_beyond_law),
        *(_on_clock("settle_caution", clock) for clock in running if clock.caution),
        *(_on_clock("use_remedy", remedy.clock) for remedy in remedies(found) if remedy.is_open),
        *_extensions(case),
        *(
            Decision(item.code, item.object_kind, item.object_uid, item.title, item.due_on, item.who)
            for item in heap.items
            if item.code == "sign_off"
        ),
    ]
    return tuple(sorted(wanted, key=lambda wanted: (wanted.by_on is None, wanted.by_on or date.max)))


def _on_clock(code: str, clock: Clock) -> Decision:
    title = Titles(clock.title_en, clock.title_zh)
    return Decision(code, "deadline", clock.uid, title, clock.due_on, clock.owner)


def _extensions(case: Case) -> list[Decision]:
    """Asked for and not answered: until it is granted, the old date stands."""
    asked = Extension.objects.filter(deadline__case=case, state=ExtensionState.ASKED)
    running = asked.filter(deadline__outcome="running").order_by("recorded_at", "pk")
    rows: Sequence[Row] = running.values(
        "uid", "deadline__title_en", "deadline__title_zh", "deadline__due_on", *columns("recorded_by", PERSON)
    )[:MOST]
    return [
        Decision(
            code="extension_reply",
            object_kind="extension",
            object_uid=row["uid"],
            title=Titles(row["deadline__title_en"], row["deadline__title_zh"]),
            by_on=row["deadline__due_on"],
            who=somebody(row, "recorded_by"),
        )
        for row in rows
    ]


def risks(row: CaseRow, figures: Figures, *, is_held: bool) -> tuple[Risk, ...]:
    """What could still go wrong, from the figures alone, worst first."""
    if row.state == CaseState.CLOSED:
        return ()
    high = {reason.code: reason.count for reason in row.rag.reasons if reason.tone == "red"}
    medium = {reason.code: reason.count for reason in row.rag.reasons if reason.tone == "amber"}
    medium |= {"evidence_sent_back": figures.evidence.sent_back, "requirements_overdue": figures.requirements.overdue}
    low = {
        "tasks_unassigned": figures.tasks.unassigned,
        "evidence_in_review": figures.evidence.in_review,
        "evidence_unlinked": figures.evidence.unlinked,
        "no_hold": int(not is_held and figures.evidence.total > 0),
    }
    rated = (("high", high), ("medium", medium), ("low", low))
    return tuple(Risk(code, rating, count) for rating, counts in rated for code, count in counts.items() if count)
