"""Legal holds: an internal order not to destroy (证据留存令), noted in the custody of all it covers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_in_case, check_reason, locked_case
from cases.actions.custody import add_custody
from cases.actions.log import save, write_log
from cases.models import Case, CustodyAction, Event, Evidence, LegalHold, Person, ProtectionMark


class NoScope(RuleBroken):
    code = "no_scope"


class AlreadyReleased(RuleBroken):
    code = "already_released"


@transaction.atomic
def issue_hold(
    *, case: Case, scope: str, reason: str, by: Person, at: datetime, event: Event | None = None
) -> LegalHold:
    check_reason(reason)
    if not scope.strip():
        raise NoScope(_("Say what the hold covers."))
    check_in_case(case, event)
    held = locked_case(case)
    hold = LegalHold.objects.create(
        case=held, scope=scope, reason=reason, event=event, issued_at=at, recorded_at=at, recorded_by=by
    )
    count = note_in_custody(hold, CustodyAction.HOLD, by=by, at=at)
    facts = {"evidence": count, "event": event.uid if event else None}
    write_log("issue_hold", hold, case=held, by=by, at=at, reason=reason, facts=facts)
    return hold


@transaction.atomic
def release_hold(*, hold: LegalHold, reason: str, by: Person, at: datetime) -> LegalHold:
    check_reason(reason)
    locked_case(hold.case)
    hold = LegalHold.objects.select_for_update(of=("self",)).select_related("case").get(pk=hold.pk)
    if hold.released_at:
        raise AlreadyReleased(_("This hold was released already."))
    hold.released_at, hold.released_by, hold.release_reason = at, by, reason
    save(hold, "released_at", "released_by", "release_reason")
    count = note_in_custody(hold, CustodyAction.RELEASE, by=by, at=at)
    write_log("release_hold", hold, case=hold.case, by=by, at=at, reason=reason, facts={"evidence": count})
    return hold


def note_in_custody(hold: LegalHold, action: CustodyAction, *, by: Person, at: datetime) -> int:
    """All evidence of the case, in the order of its keys; what comes in meanwhile waits for the lock on the case.

    Told is how many are known to all: the log of a hold is read by all.
    """
    covered = list(Evidence.objects.filter(case=hold.case).select_related("blob").order_by("pk"))
    for evidence in covered:
        add_custody(evidence, action, by=by, at=at, values={"hold": hold.uid})
    return sum(evidence.protection_mark != ProtectionMark.LEGAL_ADVICE for evidence in covered)
