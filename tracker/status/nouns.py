"""What every status page is made of: people, cases, clocks, the traffic light and its reasons. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tracker.figures import Tone, Unit

Value = str | int | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class Who:
    uid: str
    name_en: str
    name_zh: str
    initial: str  # the family character for an avatar


@dataclass(frozen=True, slots=True)
class CaseRef:
    uid: str
    reference: str
    title_en: str
    title_zh: str


@dataclass(frozen=True, slots=True)
class AuthorityRef:
    uid: str
    name_en: str
    name_zh: str
    name_zh_hant: str
    zone: str
    calendar: str


@dataclass(frozen=True, slots=True)
class Titles:
    en: str
    zh: str
    zh_hant: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """What is left until the last instant; below zero it is late. Nought is the last day (or the last hour)."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline as shown. `due_on` leads: the earliest of the version in force and the open proposals.

    No date and `missing` codes: it cannot be worked out. `left` is None without a date and once it has ended.
    `marks`: what must be known beside the date, by code: a duty's target, an open reading, an extension, a cap…
    """

    uid: str
    case: CaseRef
    kind: str
    actor: str
    rule_id: str
    title_en: str
    title_zh: str
    zone: str
    calendar: str
    is_hourly: bool
    owner: Who | None
    due_on: date | None
    due_at: datetime | None
    nominal_on: date | None
    safe_due_on: date | None
    provisional: bool
    provisional_why: str
    missing: tuple[str, ...]
    caution: str
    in_force_on: date | None
    proposed_on: date | None
    has_proposal: bool
    is_confirmed: bool
    rule_version: str
    profile: str
    outcome: str
    outcome_at: datetime | None
    is_overdue: bool
    left: Left | None
    calendar_days: int | None
    tone: Tone
    notice_uid: str
    measure_uid: str
    measure_kind: str
    marks: tuple[str, ...] = ()
    differs_on: date | None = None  # the law's day beside the document's own, and the reverse

    @property
    def is_ours(self) -> bool:
        return self.actor == "party"

    @property
    def is_beyond_law(self) -> bool:
        """Its day lies before every version of its rule that is known here: no fact can be supplied."""
        return "rule_in_force" in self.missing

    @property
    def is_hard(self) -> bool:
        """A legal date of ours: the law or the authority set it, and we must act."""
        return self.is_ours and self.kind in {"statutory", "ordered"}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the light is not green. `count` of the things it stands for."""

    code: str
    tone: Tone
    count: int


@dataclass(frozen=True, slots=True)
class Rag:
    """The computed floor: red, amber or green with its reasons, worst first; grey once the case is closed."""

    tone: Tone
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """Where a track stands, by `cases.law.tracks`."""

    kind: str
    state: str
    title: Titles
    is_terminal: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """n of m, never a bare percentage."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in a list: the same row on desk, case list, portfolio and API."""

    case: CaseRef
    state: str
    is_fictional: bool
    protection_mark: str
    party: Titles
    authority: AuthorityRef
    lead_counsel: Who | None
    opened_at: datetime
    closed_at: datetime | None
    announced_on: date | None
    rag: Rag
    phase: Phase | None
    next_clock: Clock | None
    tasks: Tally
    requirements: Tally


@dataclass(frozen=True, slots=True)
class LogRow:
    """One sentence of the log as data; `title` names the object, empty where it has none."""

    uid: str
    case: CaseRef | None
    who: Who
    verb: str
    object_kind: str
    object_uid: str
    title: Titles
    occurred_at: datetime | None
    recorded_at: datetime
    reason: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by code, made into words in the reader's language by `tracker.wording.sentence_text`."""

    code: str
    params: Mapping[str, Value]
