"""The border of mainland China: what is stored there goes to an authority outside it only with an approval.

DSL art. 36 and PIPL art. 41: nothing to a foreign judicial or law-enforcement authority without the approval of the
competent authority of the PRC. Hong Kong, Macao and Taiwan are not foreign, but outside the border (PIPL art. 38): they
are treated alike. Every filing asks here, and whatever else carries a case to an authority must.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_in_case, check_open, check_reason, locked_case
from cases.actions.log import save, write_log
from cases.actions.marking import check_free
from cases.actions.secrecy import check_draft
from cases.models import Authority, Case, Evidence, ExportApproval, Person

MAINLAND: Final = "CN"
# An approval is an act of the mainland: its days are days there, wherever the filing was sent from.
ZONE: Final = ZoneInfo("Asia/Shanghai")
NOT_FOREIGN: Final = frozenset({"HK", "MO", "TW"})
FOREIGN_WORDS: Final = _(
    "What is stored in mainland China may be given to a foreign judicial or law-enforcement authority only with the "
    "approval of the competent Chinese authority (Data Security Law art. 36, Personal Information Protection Law "
    "art. 41), and none is recorded that covers this day. Record the approval, or state that nothing stored in "
    "mainland China is sent and attach no document."
)
OUTSIDE_WORDS: Final = _(
    "This authority is not foreign but outside the border of mainland China (Personal Information Protection Law "
    "art. 38): what is stored in mainland China goes there only with an approval, and none is recorded that covers "
    "this day. Record the approval, or state that nothing stored in mainland China is sent and attach no document."
)


class ApprovalMissing(RuleBroken):
    code = "approval_missing"


class CarriesDocument(RuleBroken):
    code = "carries_document"


class NoBorder(RuleBroken):
    code = "no_border"


class ApprovalUnclear(RuleBroken):
    code = "approval_unclear"


class AlreadyVoided(RuleBroken):
    code = "already_voided"


@dataclass(frozen=True, kw_only=True)
class ApprovalDraft:
    authority: Authority
    number: str
    approved_on: date
    scope: str
    organ_en: str = ""
    organ_zh: str = ""
    valid_until: date | None = None
    document: Evidence | None = None


def is_across(authority: Authority) -> bool:
    """Whether what this installation keeps would leave mainland China on the way to that authority."""
    return settings.STORED_IN == MAINLAND and authority.jurisdiction != MAINLAND


def check_border(
    case: Case, authority: Authority, *, sent_at: datetime, has_document: bool, carries_nothing_stored: bool = False
) -> ExportApproval | None:
    """The approval it may go by; None: it needs none. Raises ApprovalMissing."""
    if not is_across(authority):
        return None
    if carries_nothing_stored and has_document:
        raise CarriesDocument(_("It attaches a document that is stored here, so it does not carry nothing stored."))
    if carries_nothing_stored:
        return None
    standing = approvals_that_stand(case, authority, on=sent_at.astimezone(ZONE).date()).first()
    if standing is None:
        raise ApprovalMissing(OUTSIDE_WORDS if authority.jurisdiction in NOT_FOREIGN else FOREIGN_WORDS)
    return standing


def approvals_that_stand(case: Case, authority: Authority, *, on: date) -> "QuerySet[ExportApproval]":
    """Not voided, given by that day, not run out, for this very authority; the newest first."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    found = case.export_approvals.filter(lasting, authority=authority, approved_on__lte=on, voided_at__isnull=True)
    return found.order_by("-approved_on", "-pk")


# ---- Approvals -------------------------------------------------------------------------------------------------------
@transaction.atomic
def record_export_approval(*, case: Case, approval: ApprovalDraft, by: Person, at: datetime) -> ExportApproval:
    held = locked_case(case)
    check_open(held)
    check_in_case(held, approval.document)
    check_free(approval.document)
    check_whole(approval, at=at)
    check_draft(approval)
    row = ExportApproval(
        case=held,
        authority=approval.authority,
        organ_en=approval.organ_en.strip(),
        organ_zh=approval.organ_zh.strip(),
        number=approval.number.strip(),
        approved_on=approval.approved_on,
        valid_until=approval.valid_until,
        scope=approval.scope.strip(),
        document=approval.document,
        recorded_at=at,
        recorded_by=by,
    )
    row.save(force_insert=True)
    facts = {"authority": row.authority.uid, "approved_on": row.approved_on, "valid_until": row.valid_until}
    write_log("record_export_approval", row, case=held, by=by, at=at, facts=facts)
    return row


def check_whole(approval: ApprovalDraft, *, at: datetime) -> None:
    if not is_across(approval.authority):
        raise NoBorder(_("What goes to this authority crosses no border: no approval is needed."))
    if not (approval.organ_en.strip() or approval.organ_zh.strip()):
        raise ApprovalUnclear(_("Name the organ that approved it, in English or in Chinese."))
    if not (approval.number.strip() and approval.scope.strip()):
        raise ApprovalUnclear(_("Give the number of the approval and what it covers."))
    if approval.approved_on > at.astimezone(ZONE).date():
        raise ApprovalUnclear(_("This approval is still to come. Record it when it was given."))
    if approval.valid_until and approval.valid_until < approval.approved_on:
        raise ApprovalUnclear(_("An approval runs out after it was given, not before."))


@transaction.atomic
def void_export_approval(*, approval: ExportApproval, reason: str, by: Person, at: datetime) -> ExportApproval:
    """Recorded by mistake. What was filed by it stays as it was; nothing more goes by it."""
    check_reason(reason)
    found = ExportApproval.objects.select_for_update(of=("self",)).select_related("case").get(pk=approval.pk)
    check_open(found.case)
    if found.voided_at:
        raise AlreadyVoided(_("This approval was voided."))
    found.voided_at, found.voided_by, found.void_reason = at, by, reason
    save(found, "voided_at", "voided_by", "void_reason")
    facts = {"filings": [filing.uid for filing in found.filings.filter(voided_at__isnull=True).order_by("pk")]}
    write_log("void_export_approval", found, case=found.case, by=by, at=at, reason=reason, facts=facts)
    return found
