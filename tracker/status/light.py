"""The traffic light as a computed floor, and what stands beside it in a list of cases: phase, next date, tallies.

Set-based: as many queries for three hundred cases as for one. The same for every reader: what is under legal advice is
not counted.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q

from cases.law import tracks as law
from cases.models import (
    Actor,
    CaseState,
    Deadline,
    DeadlineVersion,
    Evidence,
    Requirement,
    RequirementState,
    Task,
    TaskState,
    Track,
    TrackMove,
    VersionStatus,
)
from cases.permissions import known_to_all
from tracker.figures import Tone
from tracker.status.clocks import HARD, IS_HARD, IS_UNSAFE, clock_of, is_soon, rows
from tracker.status.nouns import Clock, Phase, Rag, Reason, Tally, Titles
from tracker.status.people import Row

# code → tone, worst first: the order reasons are given in.
REASONS: Final[Mapping[str, Tone]] = {
    "hash_mismatch": "red",
    "overdue_hard": "red",
    "due_soon": "amber",
    "facts_missing": "amber",
    "proposal_open": "amber",
    "caution": "amber",
    "provisional": "amber",
    "tasks_blocked": "amber",
    "overdue_internal": "amber",
    "irregular": "amber",
}
# Where a case stands is told by the first of these that still runs.
TOLD_BY: Final = ("rectification", "official", "penalty_execution", "remedy", "order_and_act", "publicity")
# A date months away in a year not yet arranged is shown as provisional and says nothing of how the case stands.
NEAR: Final = timedelta(days=90)
NONE: Final = Tally(0, 0)
ALTERED: Final = Q(mismatch_at__isnull=False) & (Q(verified_at__isnull=True) | Q(verified_at__lt=F("mismatch_at")))


@dataclass(frozen=True, slots=True)
class Standing:
    """What is counted of one case."""

    counts: Mapping[str, int] = field(default_factory=dict)
    next_clock: Clock | None = None
    phase: Phase | None = None
    tasks: Tally = NONE
    requirements: Tally = NONE


def rag(state: str, counts: Mapping[str, int]) -> Rag:
    if state == CaseState.CLOSED:
        return Rag("grey", ())
    reasons = tuple(Reason(code, tone, counts[code]) for code, tone in REASONS.items() if counts.get(code))
    return Rag(reasons[0].tone if reasons else "green", reasons)


def standings(cases: Collection[int], *, now: datetime) -> dict[int, Standing]:
    """By case key, in seven queries."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for found in (_deadlines(cases, now=now), _moves(cases), _exhibits(cases)):
        for case, sums in found.items():
            counts[case].update(sums)
    tasks, requirements = _tasks(cases), _requirements(cases)
    ahead, phases = next_hard(cases, now=now), phases_of(cases)
    for case in cases:
        counts[case]["tasks_blocked"] = tasks.get(case, {}).get("blocked", 0)
        clock = ahead.get(case)
        counts[case]["due_soon"] = int(clock is not None and clock.left is not None and is_soon(clock.left))
    return {
        case: Standing(
            counts=counts[case],
            next_clock=ahead.get(case),
            phase=phases.get(case),
            tasks=_tally(tasks.get(case)),
            requirements=_tally(requirements.get(case)),
        )
        for case in cases
    }


def _tally(sums: Row | None) -> Tally:
    return Tally(sums["done"], sums["total"]) if sums else NONE


def _by_case(rows: Any) -> dict[int, dict[str, int]]:
    return {row.pop("of_case"): row for row in rows}


def _deadlines(cases: Collection[int], *, now: datetime) -> dict[int, dict[str, int]]:
    proposal = DeadlineVersion.objects.filter(deadline=OuterRef("pk"), status=VersionStatus.PROPOSED)
    ours = known_to_all(Deadline.objects.running().filter(case__in=cases, actor=Actor.PARTY))
    late, hard = Q(due_at__lte=now), Q(kind__in=HARD)
    return _by_case(
        ours.annotate(is_proposed=Exists(proposal))
        .order_by()
        .values(of_case=F("case"))
        .annotate(
            overdue_hard=Count("pk", filter=late & hard),
            overdue_internal=Count("pk", filter=late & ~hard),
            facts_missing=Count("pk", filter=hard & Q(due_at__isnull=True)),
            proposal_open=Count("pk", filter=Q(is_proposed=True)),
            caution=Count("pk", filter=hard & ~Q(caution="")),
            provisional=Count("pk", filter=hard & Q(current__provisional=True, due_at__gt=now, due_at__lt=now + NEAR)),
        )
    )


def _moves(cases: Collection[int]) -> dict[int, dict[str, int]]:
    """Conditions the law required and we know were not met; what is merely not shown is told on the track."""
    broken = TrackMove.objects.filter(track__case__in=cases, irregular__contains=[{"grade": "not_met"}])
    return _by_case(broken.order_by().values(of_case=F("track__case")).annotate(irregular=Count("pk")))


def _exhibits(cases: Collection[int]) -> dict[int, dict[str, int]]:
    altered = known_to_all(Evidence.objects.filter(ALTERED, case__in=cases))
    return _by_case(altered.order_by().values(of_case=F("case")).annotate(hash_mismatch=Count("pk")))


def _tasks(cases: Collection[int]) -> dict[int, dict[str, int]]:
    sums = known_to_all(Task.objects.filter(case__in=cases)).order_by().values(of_case=F("case"))
    return _by_case(
        sums.annotate(
            total=Count("pk"),
            done=Count("pk", filter=Q(state=TaskState.CLOSED)),
            blocked=Count("pk", filter=Q(state=TaskState.BLOCKED)),
        )
    )


def _requirements(cases: Collection[int]) -> dict[int, dict[str, int]]:
    sums = Requirement.objects.filter(case__in=cases).exclude(state=RequirementState.WITHDRAWN)
    return _by_case(
        sums.order_by()
        .values(of_case=F("case"))
        .annotate(total=Count("pk"), done=Count("pk", filter=Q(state=RequirementState.MET)))
    )


def next_hard(cases: Collection[int], *, now: datetime) -> dict[int, Clock]:
    """The first legal date of ours that is still to come, by case; one not to be relied on only where no other is."""
    ahead = known_to_all(Deadline.objects.running().filter(IS_HARD, case__in=cases, due_at__gt=now))
    unsafe = ExpressionWrapper(IS_UNSAFE, output_field=BooleanField())
    first = ahead.annotate(unsafe=unsafe).order_by("case_id", "unsafe", "due_at", "pk").distinct("case_id")
    return {row["case_id"]: clock_of(row, now=now) for row in rows(first)}


def phases_of(cases: Collection[int]) -> dict[int, Phase]:
    """Where each case stands: its first running track, or how its official procedure ended."""
    found: dict[int, list[Phase]] = defaultdict(list)
    for case, kind, state in Track.objects.filter(case__in=cases).order_by("pk").values_list("case", "kind", "state"):
        found[case].append(phase(kind, state))
    return {case: min(phases, key=_told) for case, phases in found.items()}


def _told(phase: Phase) -> tuple[bool, int]:
    return phase.is_terminal, TOLD_BY.index(phase.kind)


def phase(kind: str, state: str) -> Phase:
    known = law.state(kind, state)
    title = Titles(known.title_en, known.title_zh, known.title_zh_hant)
    return Phase(kind, state, title, known.is_terminal)
