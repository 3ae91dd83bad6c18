"""Notices: logging, recording service, voiding, replacing, moving to the right case. Nothing is deleted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken, event, instalments, serving, track
from cases.actions.belonging import check_open, locked_case
from cases.actions.case import new_case
from cases.actions.closed import wake
from cases.actions.demands import NOTHING_KNOWN, check_service, lacks_measures, take_in
from cases.actions.drafts import CaseDraft, EvidenceDraft, MeasureDraft, NoticeDraft, RequirementDraft
from cases.actions.evidence import enter
from cases.actions.log import check_revision, save, write_log
from cases.actions.received import Received
from cases.actions.secrecy import check_draft, check_no_secret
from cases.models import Case, Evidence, Mover, Notice, Person, ServiceMode


class AlreadyVoided(RuleBroken):
    code = "already_voided"


class NotPosted(RuleBroken):
    code = "not_posted"


def document_of(notice: NoticeDraft, file: Received, case: Case, *, by: Person, at: datetime) -> Evidence:
    """The document itself becomes evidence of the case."""
    draft = EvidenceDraft(
        title_en=notice.title_en,
        title_zh=notice.title_zh or notice.number,
        source=notice.source,
        protection_mark=notice.protection_mark,
    )
    return enter(locked_case(case), file, draft, by=by, at=at)


@transaction.atomic
def log_notice(
    *,
    notice: NoticeDraft,
    case: Case | CaseDraft,
    by: Person,
    at: datetime,
    measures: Sequence[MeasureDraft] = (),
    requirements: Sequence[RequirementDraft] = (),
    file: Received | None = None,
    facts: Mapping[str, bool | None] = NOTHING_KNOWN,
    contains_state_secret: bool = False,
) -> Notice:
    """Opens a case or joins one. `facts`: what is known of the lawful conditions (`prior_notice_served`: False …).

    `file`: the document, which the door has put into the store with `received.receive`.
    """
    check_no_secret(contains=contains_state_secret)
    check_draft(notice, *measures, *requirements, *([case] if isinstance(case, CaseDraft) else []))
    opened = isinstance(case, CaseDraft)
    home = new_case(case, by=by, at=at) if isinstance(case, CaseDraft) else case
    paper = document_of(notice, file, home, by=by, at=at) if file else None
    intake = take_in(notice, home, measures, requirements, evidence=paper, facts=facts, by=by, at=at)
    told: dict[str, object] = {"kind": notice.kind, "opened_case": opened, "served_on": intake.notice.served_on}
    told["measures"] = [measure.kind for measure in intake.measures]
    told["evidence"] = paper.uid if paper else None
    if lacks_measures(notice.kind, measures):
        told["no_measure"] = True
    told |= {} if opened else wake(home, by=by, at=at)
    write_log("log_notice", intake.notice, case=home, by=by, at=at, occurred_at=notice.served_at, facts=told)
    return intake.notice


# ---- Service ---------------------------------------------------------------------------------------------------------
def locked(notice: Notice) -> Notice:
    found = Notice.objects.select_for_update(of=("self",)).select_related("case", "authority").get(pk=notice.pk)
    if found.voided_at:
        raise AlreadyVoided(_("This notice was voided."))
    check_open(found.case)
    return found


@transaction.atomic
def record_service(
    *,
    notice: Notice,
    served_on: date | None,
    mode: str,
    by: Person,
    at: datetime,
    served_at: datetime | None = None,
    posted_on: date | None = None,
    zone: str | None = None,
    revision: int | None = None,
) -> Notice:
    """The day and way of service become known, or are corrected: waiting deadlines appear, moved ones are proposed.

    `posted_on`: of a public notice, which counts as served only once its days are over.
    """
    notice = locked(notice)
    check_revision(notice, revision)
    zone = zone or notice.zone
    check_posting(posted_on, mode)
    day = event.day_of(served_on, served_at, zone) or (notice.served_on if posted_on else None)
    for known in (day, posted_on):
        check_service(known, issued_on=notice.issued_on, zone=zone, at=at)
    old = notice.served_on
    notice.served_on, notice.served_at, notice.zone, notice.service_mode = day, served_at, zone, mode
    save(notice, "served_on", "served_at", "zone", "service_mode")
    facts: dict[str, object] = {"from": old, "to": day, "mode": mode}
    if posted_on:
        facts |= {"posted_on": posted_on, "posted": serving.post(notice, posted_on, by=by, at=at).uid}
    elif day:
        serving.served_otherwise(notice, at=at)
    if day != old or not posted_on:
        serving.date_own(notice, by=by, at=at)
    write_log("record_service", notice, case=notice.case, by=by, at=at, occurred_at=served_at, facts=facts)
    return notice


def check_posting(posted_on: date | None, mode: str) -> None:
    if posted_on and mode != ServiceMode.PUBLIC_NOTICE:
        raise NotPosted(_("Only service by public notice has a day of posting."))


# ---- Mistakes --------------------------------------------------------------------------------------------------------
def void(notice: Notice, *, reason: str, by: Person, at: datetime) -> None:
    """Voids the notice with all it brought; no log of its own."""
    for measure in notice.measures.filter(voided_at__isnull=True):
        measure.voided_at, measure.voided_by, measure.void_reason = at, by, reason
        save(measure, "voided_at", "voided_by", "void_reason")
        instalments.end_clocks(measure, at=at, reason=reason)
    for happened in notice.events.filter(voided_at__isnull=True):
        event.void(happened, reason=reason, by=by, at=at)
    for own in notice.case.tracks.filter(measure__notice=notice, ended_at__isnull=True):
        track.move(own, "not_opened", mover=Mover.AUTHORITY, reason=reason, by=by, at=at)
    take_back_official(notice, reason=reason, by=by, at=at)
    notice.voided_at, notice.voided_by, notice.void_reason = at, by, reason
    save(notice, "voided_at", "voided_by", "void_reason")


def take_back_official(notice: Notice, *, reason: str, by: Person, at: datetime) -> None:
    """A shared track goes back to where it stood before the notice, or was never opened."""
    for shared in notice.case.tracks.filter(measure__isnull=True, moves__document=notice).distinct():
        last = shared.moves.order_by("-recorded_at", "-pk").first()
        if last is None or last.document_id != notice.pk:
            continue
        first = shared.moves.filter(document=notice).order_by("recorded_at", "pk").first()
        state = "not_opened" if shared.notice_id == notice.pk or first is None else first.from_state
        track.move(shared, state, mover=Mover.AUTHORITY, reason=reason, by=by, at=at)
    for opened in notice.tracks.filter(measure__isnull=True, ended_at__isnull=True, moves__isnull=True):
        track.move(opened, "not_opened", mover=Mover.AUTHORITY, reason=reason, by=by, at=at)


@transaction.atomic
def void_notice(*, notice: Notice, reason: str, by: Person, at: datetime) -> Notice:
    notice = locked(notice)
    void(notice, reason=reason, by=by, at=at)
    write_log("void_notice", notice, case=notice.case, by=by, at=at, reason=reason)
    return notice


@transaction.atomic
def replace_notice(
    *,
    notice: Notice,
    draft: NoticeDraft,
    reason: str,
    by: Person,
    at: datetime,
    measures: Sequence[MeasureDraft] = (),
    requirements: Sequence[RequirementDraft] = (),
    facts: Mapping[str, bool | None] = NOTHING_KNOWN,
    contains_state_secret: bool = False,
) -> Notice:
    """Logged wrongly: the old one is voided and points to the new one, which keeps the file."""
    check_no_secret(contains=contains_state_secret)
    check_draft(draft, *measures, *requirements)
    notice = locked(notice)
    void(notice, reason=reason, by=by, at=at)
    intake = take_in(draft, notice.case, measures, requirements, evidence=notice.evidence, facts=facts, by=by, at=at)
    notice.replaced_by = intake.notice
    save(notice, "replaced_by")
    told = {"replaced_by": intake.notice.uid}
    write_log("replace_notice", notice, case=notice.case, by=by, at=at, reason=reason, facts=told)
    return intake.notice
