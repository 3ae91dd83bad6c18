"""Evidence: taking bytes in, linking them to what they prove, reviewing, superseding, deriving, opening, verifying."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_in_case, check_open, check_reason, locked_case, next_number
from cases.actions.custody import add_custody
from cases.actions.drafts import EvidenceDraft
from cases.actions.log import kind_of, save, write_log
from cases.actions.marking import UnderAdvice, check_mark
from cases.actions.proof import Provable, links_to, new_link, proved_by
from cases.actions.received import Received, StoreUnreachable, receive, the_store
from cases.actions.secrecy import check_draft
from cases.custody import intake, store
from cases.custody.chain import Json, instant
from cases.models import (
    Blob,
    Case,
    CustodyAction,
    Derivation,
    Evidence,
    EvidenceLink,
    EvidenceState,
    Person,
    ProtectionMark,
)


class SameBytes(RuleBroken):
    code = "same_bytes"


class BytesMissing(RuleBroken):
    code = "bytes_missing"


class AlreadyLinked(RuleBroken):
    code = "already_linked"


class Superseded(RuleBroken):
    code = "superseded"


class AlreadyReviewed(RuleBroken):
    code = "already_reviewed"


class NotDerived(RuleBroken):
    code = "not_derived"


# ---- Taking in -------------------------------------------------------------------------------------------------------
def take_in(
    *,
    case: Case,
    file: BinaryIO,
    filename: str,
    draft: EvidenceDraft,
    proves: Sequence[Provable] = (),
    by: Person,
    at: datetime,
    contains_state_secret: bool = False,
) -> Evidence:
    """The bytes go to the store first: a crash leaves a file without a row, never a row without its file.

    Not atomic itself, so that no transaction stays open while a large file travels; what it records is.
    """
    check_in_case(case, *proves)
    received = received_of(file, filename, draft, contains_state_secret=contains_state_secret)
    return record(case=case, received=received, draft=draft, proves=proves, by=by, at=at)


def derive(
    *,
    evidence: Evidence,
    derivation: Derivation,
    why: str,
    file: BinaryIO,
    filename: str,
    draft: EvidenceDraft,
    proves: Sequence[Provable] = (),
    by: Person,
    at: datetime,
    contains_state_secret: bool = False,
) -> Evidence:
    """A redacted copy, a translation or an extract: evidence of its own that names what it was made from, and why."""
    check_reason(why)
    if derivation == Derivation.NONE:
        raise NotDerived(_("Say what kind of copy it is: redacted, translated or an extract."))
    check_in_case(evidence.case, *proves)
    received = received_of(file, filename, draft, contains_state_secret=contains_state_secret)
    origin = Origin(evidence, derivation, why)
    return record(case=evidence.case, received=received, draft=draft, proves=proves, origin=origin, by=by, at=at)


def received_of(file: BinaryIO, filename: str, draft: EvidenceDraft, *, contains_state_secret: bool) -> Received:
    """The words are judged before the first byte is stored."""
    check_draft(draft)
    return receive(file, filename=filename, declared=draft.media_type, contains_state_secret=contains_state_secret)


@dataclass(frozen=True)
class Origin:
    evidence: Evidence
    derivation: Derivation
    why: str


@transaction.atomic
def record(
    *,
    case: Case,
    received: Received,
    draft: EvidenceDraft,
    proves: Sequence[Provable],
    by: Person,
    at: datetime,
    origin: Origin | None = None,
) -> Evidence:
    """The rows for bytes that stand, and their log."""
    check_draft(draft)
    held = locked_case(case)
    if proves or origin is None:  # a redacted copy of what a closed case holds adds nothing to it
        check_open(held)
    evidence = enter(held, received, draft, origin=origin, by=by, at=at)
    for proved in proves:
        new_link(evidence, proved, by=by, at=at)
    facts: dict[str, object] = {"sha256": received.sha256, "number": evidence.number}
    facts |= {"proves": [proved.uid for proved in proves if not is_apart(proved, evidence)]}
    facts |= {"derived_from": origin.evidence.uid} if origin and not is_apart(origin.evidence, evidence) else {}
    verb, why = ("derive", origin.why) if origin else ("take_in", "")
    write_log(verb, evidence, case=case, by=by, at=at, occurred_at=draft.captured_at, reason=why, facts=facts)
    return evidence


def enter(
    held: Case,
    received: Received,
    draft: EvidenceDraft,
    *,
    by: Person,
    at: datetime,
    origin: Origin | None = None,
) -> Evidence:
    """The evidence and its first custody entry; no log. The case is held: of the same bytes at once one is refused."""
    blob = blob_of(received, at=at)
    check_new(held, blob, draft.protection_mark)
    check_copy(draft.protection_mark, origin)
    evidence = new_evidence(held, blob, received, draft, by=by, at=at)
    if origin:
        evidence.derived_from, evidence.derivation = origin.evidence, origin.derivation
        evidence.derived_why = origin.why
    evidence.save(force_insert=True)
    add_custody(evidence, CustodyAction.INTAKE, by=by, at=at, values=intake_values(received, draft, origin, evidence))
    if origin:
        made = {"derived": evidence.uid, "derivation": str(origin.derivation)}
        add_custody(origin.evidence, CustodyAction.READ, by=by, at=at, values=made)
    return evidence


def blob_of(received: Received, *, at: datetime) -> Blob:
    """The same statements whether or not some case holds the same bytes."""
    new = Blob(sha256=received.sha256, size=received.size, stored_at=at)
    Blob.objects.bulk_create([new], ignore_conflicts=True)
    return Blob.objects.get(sha256=received.sha256)


def is_apart(other: Provable | Evidence, evidence: Evidence) -> bool:
    """The other is under legal advice and this is not: nothing that is read with this may name it."""
    mark = getattr(other, "protection_mark", "")
    return ProtectionMark.LEGAL_ADVICE == mark != evidence.protection_mark


def check_copy(mark: str, origin: Origin | None) -> None:
    """A copy stands in the custody of what it was made from, which all who know of that may read."""
    advice = ProtectionMark.LEGAL_ADVICE
    if origin and mark == advice != origin.evidence.protection_mark:
        raise UnderAdvice(_("What it is made from is not under legal advice. Take the copy in by itself."))


def check_new(case: Case, blob: Blob, mark: str) -> None:
    """Nobody learns here that another case holds the same bytes, or this one under legal advice."""
    same = Q(protection_mark=ProtectionMark.LEGAL_ADVICE)
    same = same if mark == ProtectionMark.LEGAL_ADVICE else ~same
    first = Evidence.objects.filter(same, case=case, blob=blob).first()
    if first is not None:
        raise SameBytes(
            _("The same file is in this case already, as %(evidence)s.") % {"evidence": first},
            evidence_uid=first.uid,
        )


def new_evidence(
    case: Case, blob: Blob, received: Received, draft: EvidenceDraft, *, by: Person, at: datetime
) -> Evidence:
    return Evidence(
        case=case,
        number=next_number(case, Evidence, mark=draft.protection_mark),
        blob=blob,
        title_en=draft.title_en,
        title_zh=draft.title_zh,
        filename=received.filename,
        media_type=received.media_type,
        source=draft.source,
        source_url=draft.source_url,
        captured_at=draft.captured_at,
        captured_zone=draft.captured_zone,
        captured_by=draft.captured_by,
        method=draft.method,
        tool=draft.tool,
        protection_mark=check_mark(case, draft.protection_mark, by=by, at=at),
        verified_at=at,
        recorded_at=at,
        recorded_by=by,
    )


def intake_values(received: Received, draft: EvidenceDraft, origin: Origin | None, made: Evidence) -> dict[str, Json]:
    """What the first link of the chain says of where the bytes came from."""
    return {
        "size": received.size,
        "filename": received.filename,
        "name_as_sent": received.sent_name,
        "media_type": received.media_type,
        "type_as_sent": intake.as_sent(received.declared_type),
        "source": draft.source,
        "source_url": draft.source_url,
        "captured_at": instant(draft.captured_at) if draft.captured_at else None,
        "captured_zone": draft.captured_zone,
        "captured_by": draft.captured_by.uid if draft.captured_by else None,
        "method": draft.method,
        "tool": draft.tool,
        "derived_from": origin.evidence.uid if origin and not is_apart(origin.evidence, made) else None,
    }


# ---- What it proves --------------------------------------------------------------------------------------------------
@transaction.atomic
def link_evidence(*, evidence: Evidence, proves: Provable, by: Person, at: datetime) -> EvidenceLink:
    evidence = locked(evidence)
    check_in_case(evidence.case, proves)
    check_stands(evidence)
    if links_to(evidence, proves).exists():
        raise AlreadyLinked(_("This evidence is linked to it already."))
    link = new_link(evidence, proves, by=by, at=at)
    facts = {"proves": proves.uid, "kind": kind_of(proves)}
    told = proves if is_apart(proves, evidence) else evidence
    facts |= {} if told is evidence else {"evidence": evidence.uid}
    write_log("link_evidence", told, case=evidence.case, by=by, at=at, facts=facts)
    return link


def locked(evidence: Evidence) -> Evidence:
    held = Evidence.objects.select_for_update(of=("self",), no_key=True).select_related("case", "blob")
    return held.get(pk=evidence.pk)


def check_stands(evidence: Evidence) -> None:
    check_open(evidence.case)
    newer = evidence.superseded_by
    if newer is not None:
        raise Superseded(
            _("This evidence was superseded by %(evidence)s. Use that one.") % {"evidence": newer},
            evidence_uid=newer.uid,
        )


# ---- Review ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def accept_evidence(*, evidence: Evidence, by: Person, at: datetime) -> Evidence:
    evidence = locked(evidence)
    check_stands(evidence)
    review(evidence, EvidenceState.ACCEPTED, reason="", by=by, at=at)
    write_log("accept_evidence", evidence, case=evidence.case, by=by, at=at)
    return evidence


@transaction.atomic
def send_back_evidence(*, evidence: Evidence, reason: str, by: Person, at: datetime) -> Evidence:
    """It stays, with the reason, and proves nothing any more; evidence accepted by mistake too."""
    check_reason(reason)
    evidence = locked(evidence)
    check_stands(evidence)
    review(evidence, EvidenceState.SENT_BACK, reason=reason, by=by, at=at)
    write_log("send_back_evidence", evidence, case=evidence.case, by=by, at=at, reason=reason)
    return evidence


def review(evidence: Evidence, state: EvidenceState, *, reason: str, by: Person, at: datetime) -> None:
    if evidence.state == state:
        raise AlreadyReviewed(_("This evidence is marked so already: %(state)s.") % {"state": state.label})
    evidence.state, evidence.state_reason = state, reason
    evidence.reviewed_at, evidence.reviewed_by = at, by
    save(evidence, "state", "state_reason", "reviewed_at", "reviewed_by")


@transaction.atomic
def supersede_evidence(*, evidence: Evidence, by_evidence: Evidence, reason: str, by: Person, at: datetime) -> Evidence:
    """The better copy takes over all that the old one proves; the old one stays as it is, with its links."""
    check_reason(reason)
    # In the order of their keys: two people superseding crosswise wait, and do not lock each other out.
    held = {row.pk: row for row in map(locked, sorted((evidence, by_evidence), key=lambda row: row.pk))}
    old, new = held[evidence.pk], held[by_evidence.pk]
    check_in_case(old.case, new)
    check_stands(old)
    check_stands(new)
    if old.protection_mark != new.protection_mark:
        raise Superseded(_("Evidence is superseded by a piece that bears the same mark."))
    if old.pk == new.pk or hasattr(new, "supersedes"):
        raise Superseded(_("Evidence supersedes one other piece, and never itself."))
    old.superseded_by = new
    save(old, "superseded_by")
    for link in old.links.select_related("requirement", "task", "notice", "flagged_content"):
        new_link(new, proved_by(link), by=by, at=at)
    facts = {"superseded_by": new.uid}
    write_log("supersede_evidence", old, case=old.case, by=by, at=at, reason=reason, facts=facts)
    return old


# ---- Opening and verifying -------------------------------------------------------------------------------------------
@transaction.atomic
def open_evidence(*, evidence: Evidence, by: Person, at: datetime) -> BinaryIO:
    """The bytes, after the download stands in custody; what cannot be opened is not recorded as downloaded."""
    add_custody(evidence, CustodyAction.DOWNLOAD, by=by, at=at)
    facts = {"sha256": evidence.blob.sha256}
    write_log("open_evidence", evidence, case=evidence.case, by=by, at=at, facts=facts)
    try:
        return the_store().open(evidence.blob.sha256)
    except store.NotStored as error:
        raise BytesMissing(_("The file is not in the store. Tell an administrator.")) from error
    except store.Unreachable as error:
        raise StoreUnreachable(_("The store of the files does not answer. Try again.")) from error


def verify_evidence(*, evidence: Evidence, by: Person, at: datetime) -> bool:
    """Reads the bytes again and says whether they are those taken in. The reading is outside the transaction."""
    try:
        found = hash_now(evidence.blob.sha256)
    except store.Unreachable as error:
        raise StoreUnreachable(_("The store of the files does not answer. Try again.")) from error
    return record_verification(evidence=evidence, found=found, by=by, at=at)


def hash_now(sha256: str) -> str | None:
    """None: the bytes are gone."""
    try:
        with the_store().open(sha256) as stream, store.reaching():
            return store.sha256_of(stream)
    except store.NotStored:
        return None


@transaction.atomic
def record_verification(*, evidence: Evidence, found: str | None, by: Person, at: datetime) -> bool:
    evidence = locked(evidence)
    is_sound = found == evidence.blob.sha256
    if is_sound:
        evidence.verified_at, evidence.mismatch_at = at, None
    else:
        evidence.mismatch_at = evidence.mismatch_at or at
    evidence.save(update_fields=["verified_at", "mismatch_at"])
    action = CustodyAction.VERIFICATION if is_sound else CustodyAction.MISMATCH
    add_custody(evidence, action, by=by, at=at, values={"found": found})
    facts = {"sound": is_sound, "found": found}
    write_log("verify_evidence", evidence, case=evidence.case, by=by, at=at, facts=facts)
    return is_sound
