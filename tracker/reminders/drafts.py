"""Steps and rungs as they are typed: what is wrong with them, and each whole set as one line, by which two at once
are told apart. Values only; the rows are `stepping`'s.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import DeadlineKind
from tracker import ladder
from tracker.models import LadderRole, StepUnit

MOST_DAYS: Final = 60
MOST_SHARE: Final = 99
MOST_MINUTES: Final = 30 * 24 * 60
MOST_STEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of clock, as steps are set for it."""

    kind: str
    is_hourly: bool

    @property
    def code(self) -> str:
        return f"{self.kind}-hours" if self.is_hourly else self.kind


# Our own targets and duties without a number are days.
KINDS: Final = (
    *(Kind(str(kind), is_hourly=False) for kind in DeadlineKind),
    *(Kind(str(k), is_hourly=True) for k in (DeadlineKind.STATUTORY, DeadlineKind.ORDERED, DeadlineKind.REGULATOR)),
)
BY_CODE: Final = {kind.code: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class StepDraft:
    """`acknowledge_within` in minutes; None: none is asked."""

    unit: str
    amount: int
    acknowledge_within: int | None = None

    def __str__(self) -> str:
        return f"{self.unit}:{self.amount}:{self.acknowledge_within or ''}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at which place, from 0; of the whole set where it has none."""

    field: str
    words: Promise
    place: int | None = None


NOTHING_LEFT: Final = Fault("steps", _("At least one step must be left: a clock that says nothing reminds nobody."))
TOO_MANY: Final = Fault("steps", _("Twelve steps are enough for one clock."))
NO_RUNG_LEFT: Final = Fault("roles", _("At least one role must be left: somebody must be told."))


# ---- Steps -----------------------------------------------------------------------------------------------------------
def faults(steps: Sequence[StepDraft]) -> Iterator[Fault]:
    for place, step in enumerate(steps):
        yield from faults_of(step, place)
        if any((step.unit, step.amount) == (each.unit, each.amount) for each in steps[:place]):
            yield Fault("amount", _("This step is there already."), place)
    if not steps:
        yield NOTHING_LEFT
    if len(steps) > MOST_STEPS:
        yield TOO_MANY


def faults_of(step: StepDraft, place: int) -> Iterator[Fault]:
    if step.unit == StepUnit.SHARE and not 1 <= step.amount <= MOST_SHARE:
        yield Fault("amount", _("A share of the time left is between 1 and 99 percent."), place)
    if step.unit == StepUnit.WORKING_DAY and not 0 <= step.amount <= MOST_DAYS:
        yield Fault("amount", _("From 0, the morning of the day itself, to 60 working days before."), place)
    if step.acknowledge_within is not None and not 0 <= step.acknowledge_within <= MOST_MINUTES:
        yield Fault("acknowledge_within", _("At most 30 days, which are 43200 minutes."), place)


def in_order(steps: Iterable[StepDraft]) -> tuple[StepDraft, ...]:
    """The farthest from the date first, days before shares; nought minutes ask for nothing."""
    whole = (StepDraft(step.unit, step.amount, step.acknowledge_within or None) for step in steps)
    return tuple(sorted(whole, key=lambda step: (step.unit != StepUnit.WORKING_DAY, -step.amount)))


def line_of(steps: Iterable[StepDraft]) -> str:
    return " ".join(map(str, in_order(steps)))


def read_line(line: str) -> tuple[StepDraft, ...]:
    parts = (each.split(":") for each in line.split())
    return tuple(StepDraft(unit, int(amount), int(within) if within else None) for unit, amount, within in parts)


def draft_of(step: ladder.Step) -> StepDraft:
    """A step of the ladder itself, as it would be typed."""
    within = step.acknowledge_within
    minutes = int(within.total_seconds() // 60) if within else None
    if step.unit == "left":
        return StepDraft(StepUnit.SHARE, int(step.amount * 100), minutes)
    return StepDraft(StepUnit.WORKING_DAY, int(step.amount), minutes)


# ---- Rungs -----------------------------------------------------------------------------------------------------------
def faults_of_rungs(roles: Sequence[str], *, is_hourly: bool) -> Iterator[Fault]:
    for place, role in enumerate(roles):
        if role == LadderRole.ON_CALL and not is_hourly:
            yield Fault("roles", _("Only clocks in hours ask who is on call."), place)
        if role not in LadderRole.values:
            yield Fault("roles", _("There is no such role."), place)
        if role in roles[:place]:
            yield Fault("roles", _("This role is on the ladder already."), place)
    if not roles:
        yield NO_RUNG_LEFT
