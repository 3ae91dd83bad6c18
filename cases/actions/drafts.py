"""What a door hands to an action: the facts of a thing not yet recorded. Frozen, of plain values and related rows."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from cases.models import Authority, Contact, Measure, Notice, Party, Person


@dataclass(frozen=True, kw_only=True)
class CaseDraft:
    party: Party
    lead_authority: Authority
    title_en: str = ""
    title_zh: str = ""
    title_zh_hant: str = ""
    reference: str = ""  # empty: one is made
    lead_counsel: Person | None = None
    allegation: str = ""
    allegation_language: str = ""
    announced_on: date | None = None
    conduct_from: date | None = None
    conduct_until: date | None = None
    is_open_to_staff: bool = False
    is_named_in_mail: bool = False
    is_fictional: bool = False
    protection_mark: str = "internal"
    further_authorities: tuple[tuple[Authority, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class NoticeDraft:
    kind: str
    authority: Authority
    number: str = ""
    title_en: str = ""
    title_zh: str = ""
    issued_on: date | None = None
    served_on: date | None = None
    served_at: datetime | None = None
    zone: str = ""  # empty: the authority's
    service_mode: str = "unknown"
    ordered_on: date | None = None
    ordered_at: datetime | None = None
    period_amount: int | None = None
    period_unit: str = ""
    period_profile: str = ""
    original_words: str = ""
    original_language: str = "zh-hans"
    cited_provisions: tuple[str, ...] = ()
    source: str = ""
    protection_mark: str = "internal"


@dataclass(frozen=True, kw_only=True)
class MeasureDraft:
    kind: str
    legal_nature: str | None = None  # None: what the kind is by law, `unclear` where the law is
    procedure: str = "unknown"
    words: str = ""
    amount: Decimal | None = None
    currency: str = ""
    ordered_on: date | None = None
    ordered_at: datetime | None = None
    period_amount: int | None = None
    period_unit: str = ""
    period_profile: str = ""  # empty: counsel has not chosen how the order's days are counted
    effective_from: datetime | None = None
    effective_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RequirementDraft:
    title_en: str = ""
    title_zh: str = ""
    clause: str = ""
    clause_language: str = "zh-hans"
    origin: str = "ordered"
    acceptance_test: str = ""
    owner: Person | None = None
    due_on: date | None = None
    measure_index: int | None = None  # which of the notice's measures demands it, while none is recorded yet
    notice: Notice | None = None
    measure: Measure | None = None
    contact: Contact | None = None


@dataclass(frozen=True, kw_only=True)
class EvidenceDraft:
    title_en: str = ""
    title_zh: str = ""
    media_type: str = ""  # what the sender says it is: kept in custody, never trusted
    source: str = ""
    source_url: str = ""
    captured_at: datetime | None = None
    captured_zone: str = ""
    captured_by: Person | None = None
    method: str = ""
    tool: str = ""
    protection_mark: str = "internal"
