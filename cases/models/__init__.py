"""What happened: the tables of the record, by noun."""

from cases.models.accountability import Accountability, AccountabilityKind, AccountabilityState, DecidedBy
from cases.models.answer import IdempotentAnswer
from cases.models.arrangement import Arrangement, ArrangementState
from cases.models.border import ClassifiedPaper, ExportApproval, PaperKind, SecrecyLevel
from cases.models.case import (
    OPEN_MARKS,
    AuthorityRole,
    Barrier,
    Case,
    CaseAccess,
    CaseAuthority,
    CaseState,
    Event,
    Mover,
    ProtectionMark,
    Track,
    TrackKind,
    TrackMove,
)
from cases.models.deadline import (
    Actor,
    Cause,
    Deadline,
    DeadlineKind,
    DeadlineVersion,
    Extension,
    ExtensionState,
    Outcome,
    Suspension,
    VersionStatus,
)
from cases.models.evidence import (
    Blob,
    CustodyAction,
    CustodyEntry,
    Derivation,
    Evidence,
    EvidenceLink,
    EvidenceState,
    LegalHold,
)
from cases.models.filing import Filing, FilingKind
from cases.models.flagged import (
    Basis,
    Capture,
    Disposition,
    FlaggedContent,
    FlaggingRule,
    FlagState,
    Sighting,
)
from cases.models.log import LogEntry
from cases.models.notice import (
    Attendee,
    Contact,
    ContactKind,
    Instalment,
    LegalNature,
    Measure,
    MeasureKind,
    Notice,
    NoticeKind,
    Origin,
    Payment,
    Procedure,
    Requirement,
    RequirementState,
    ServiceMode,
    Side,
)
from cases.models.person import Authority, Language, Leave, Level, Party, PartyKind, PartyTrait, Person, Role
from cases.models.taskforce import Member, MemberRole, Shift, Task, TaskForce, TaskState, Update
from cases.models.translation import Translation, TranslationBy
from cases.models.work import Import, WorkState

__all__ = [
    "OPEN_MARKS", "Accountability", "AccountabilityKind", "AccountabilityState", "Actor", "Arrangement",
    "ArrangementState", "Attendee", "Authority", "AuthorityRole", "Barrier", "Basis", "Blob", "Capture", "Case",
    "CaseAccess", "CaseAuthority", "CaseState", "Cause", "ClassifiedPaper", "Contact", "ContactKind", "CustodyAction",
    "CustodyEntry", "Deadline", "DeadlineKind", "DeadlineVersion", "DecidedBy", "Derivation", "Disposition", "Event",
    "Evidence", "EvidenceLink", "EvidenceState", "ExportApproval", "Extension", "ExtensionState", "Filing",
    "FilingKind", "FlagState", "FlaggedContent", "FlaggingRule", "IdempotentAnswer", "Import", "Instalment", "Language",
    "Leave", "LegalHold", "LegalNature", "Level", "LogEntry", "Measure", "MeasureKind", "Member", "MemberRole", "Mover",
    "Notice", "NoticeKind", "Origin", "Outcome", "PaperKind", "Party", "PartyKind", "PartyTrait", "Payment", "Person",
    "Procedure", "ProtectionMark", "Requirement", "RequirementState", "Role", "SecrecyLevel", "ServiceMode", "Shift",
    "Side", "Sighting", "Suspension", "Task", "TaskForce", "TaskState", "Track", "TrackKind", "TrackMove",
    "Translation", "TranslationBy", "Update", "VersionStatus", "WorkState",
]  # fmt: skip
