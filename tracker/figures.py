"""What pages hand to parts and charts: frozen dataclasses of values already worked out.

They hold no behaviour beyond what a chart needs to read them, and know no table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

Tone = Literal["green", "amber", "red", "blue", "grey"]
ClockKind = Literal["statutory", "ordered", "regulator", "duty", "internal"]
Unit = Literal["working_day", "day", "hour"]
DayKind = Literal["working", "off", "holiday", "makeup", "unknown"]


# ── parts ──


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place to go. Known keys: desk, cases, log, tasks, evidence, flagged, status, outbox, rulebook."""

    key: str
    url: str
    count: int | None = None
    hot: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class Crumb:
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a summary list; an unknown value is a link to add it, never a dash."""

    label: str
    value: object = ""
    other: str = ""
    url: str = ""
    change_url: str = ""
    add_url: str = ""
    add_text: str = ""


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of a procedure; `tone` green = passed, blue = here, grey = to come."""

    label: str
    tone: Tone
    note: str = ""


@dataclass(frozen=True, slots=True)
class FilterChip:
    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as a reader needs it. `missing` holds words ("service date"); then no date is shown at all."""

    due_on: date | None = None
    due_at: datetime | None = None
    safe_due: date | None = None
    nominal: date | None = None
    provisional: bool = False
    provisional_why: str = ""
    missing: Sequence[str] = ()
    missing_url: str = ""
    left: int | None = None
    unit: Unit = "working_day"
    tone: Tone = "grey"
    outcome: str = ""
    marks: Sequence[tuple[Tone, str]] = ()


@dataclass(frozen=True, slots=True)
class WorkingStep:
    verb: str
    text: str
    cite: str = ""


# ── charts ──


@dataclass(frozen=True, slots=True)
class Span:
    """Days shut, both ends included."""

    first: date
    last: date
    label: str = ""


@dataclass(frozen=True, slots=True)
class BurnUp:
    """Tasks closed against scope, day by day; a count of None is a day nobody knows, drawn as a gap."""

    uid: str
    title: str
    first: date
    due: date
    today: date
    closed: Sequence[tuple[date, int | None]]
    scope: Sequence[tuple[date, int]]
    plan: Sequence[tuple[date, float]] = ()
    forecast: date | None = None
    holidays: Sequence[Span] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class GanttRow:
    """`first` or `last` unknown: no bar is drawn and the note stands alone. `share` is done of the whole, 0 to 1."""

    label: str
    first: date | None
    last: date | None
    tone: Tone = "grey"
    note: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Gantt:
    uid: str
    title: str
    first: date
    last: date
    today: date
    rows: Sequence[GanttRow]
    holidays: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """`count` is the number this day got in the counting; `is_start`, `is_end` mark day 0 and the due day."""

    on: date
    kind: DayKind = "working"
    count: int | None = None
    is_start: bool = False
    is_end: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    on: date
    label: str
    tone: Tone = "grey"


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Four weeks (or any run of consecutive days) with what falls due on them."""

    uid: str
    title: str
    days: Sequence[Day]
    today: date
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """The days of one counting; `today` may lie outside them."""

    uid: str
    title: str
    days: Sequence[Day]
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """How a date was worked out: the days, the steps in words, and the versions they rest on."""

    steps: Sequence[WorkingStep]
    calendar: WorkingCalendar | None = None
    rule: str = ""
    rule_version: str = ""
    calendar_version: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """Matched rows of the rows present; no rows present is no share, not nought."""

    matched: int
    present: int

    @property
    def value(self) -> float | None:
        return self.matched / self.present if self.present else None


@dataclass(frozen=True, slots=True)
class ExposurePoint:
    """One hour (datetime) or one day (date); a depth that was not captured is None. `hours` of its `whole` were."""

    at: date
    top10: Share | None = None
    top20: Share | None = None
    top50: Share | None = None
    hours: int = 0
    whole: int = 0

    @property
    def is_part(self) -> bool:
        """Some of its hours were captured and some were not: its share speaks for those alone."""
        return 0 < self.hours < self.whole


@dataclass(frozen=True, slots=True)
class Exposure:
    """Shares over time. Slots of `step` with no point are gaps, as are points without a share."""

    uid: str
    title: str
    points: Sequence[ExposurePoint]
    step: timedelta = timedelta(days=1)
    description: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The same figures in words, for readers who cannot or will not read a drawing."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


Figure = BurnUp | Gantt | Ribbon | WorkingCalendar | Exposure
