"""A notice logged in the wrong case moves, with everything it brought, to the right one."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import locked_case, next_number
from cases.actions.custody import add_custody
from cases.actions.demands import NOTHING_KNOWN, Intake, move_official
from cases.actions.log import save, write_log
from cases.actions.notice import locked, take_back_official
from cases.custody.chain import Json
from cases.models import (
    Case,
    CaseState,
    CustodyAction,
    Deadline,
    Derivation,
    Event,
    Evidence,
    EvidenceLink,
    Filing,
    Measure,
    Notice,
    Person,
    Requirement,
    Track,
    TrackKind,
    TrackMove,
)
from cases.models.record import new_uid


class CannotMove(RuleBroken):
    code = "cannot_move"


@transaction.atomic
def move_notice(*, notice: Notice, to: Case, reason: str, by: Person, at: datetime) -> Notice:
    """Its file is copied with its custody told in both cases; work begun on its demands keeps it where it is."""
    notice = locked(notice)
    home = notice.case
    check_movable(notice, to)
    if notice.evidence:
        notice.evidence = copy_to(notice.evidence, to, by=by, at=at)
    carry(notice, home, to)
    carry_shared_tracks(notice, to, reason=reason, by=by, at=at)
    notice.case = to
    save(notice, "case", "evidence")
    facts = {"from": home.reference, "to": to.reference}
    write_log("move_notice", notice, case=to, by=by, at=at, reason=reason, facts=facts)
    return notice


def check_movable(notice: Notice, to: Case) -> None:
    if to.pk == notice.case_id:
        raise CannotMove(_("The notice is in that case already."))
    if to.state == CaseState.CLOSED:
        raise CannotMove(_("That case is closed. Reopen it first."))
    own = Q(requirement__notice=notice) | Q(notice=notice)
    if EvidenceLink.objects.filter(own | Q(task__requirement__notice=notice)).exists():
        raise CannotMove(
            _("Evidence of this case proves its demands. Void the notice here and log it in the other case.")
        )
    if notice.case.tasks.filter(requirement__notice=notice).exists():
        raise CannotMove(_("Work on its demands has begun here. Void the notice here and log it in the other case."))
    if Filing.objects.filter(deadline__notice=notice, voided_at__isnull=True).exists():
        raise CannotMove(_("Something was filed on its deadlines. Void the notice here and log it in the other case."))
    if notice.contacts.exists():
        raise CannotMove(_("A contact refers to it. Void the notice here and log it in the other case."))


def carry(notice: Notice, home: Case, to: Case) -> None:
    """The rows that hang on the notice follow it."""
    Measure.objects.filter(notice=notice).update(case=to)
    Event.objects.filter(Q(notice=notice) | Q(measure__notice=notice)).update(case=to)
    own = Q(notice=notice) | Q(measure__notice=notice)
    Deadline.objects.filter(own | Q(instalment__measure__notice=notice)).update(case=to, rearm=True)
    demanded = Requirement.objects.filter(notice=notice).order_by("number")
    last = to.requirements.aggregate(last=Max("number"))["last"] or 0
    for number, requirement in enumerate(demanded, start=last + 1):
        Deadline.objects.filter(requirement=requirement).update(case=to, rearm=True)
        requirement.case, requirement.number = to, number
        save(requirement, "case", "number")
    Track.objects.filter(measure__notice=notice, case=home).update(case=to)


def carry_shared_tracks(notice: Notice, to: Case, *, reason: str, by: Person, at: datetime) -> None:
    """A track the notice has for itself follows it; one shared with other notices goes back to where it stood."""
    of_others = TrackMove.objects.filter(track=OuterRef("pk")).exclude(document=notice)
    own = notice.tracks.filter(~Exists(of_others), measure__isnull=True)
    carried = own.filter(kind=TrackKind.OFFICIAL).exists()
    own.update(case=to)
    take_back_official(notice, reason=reason, by=by, at=at)
    if not carried:
        moved = Intake(to, notice, list(notice.measures.all()), NOTHING_KNOWN, by, at)
        move_official(moved)


def copy_to(evidence: Evidence, case: Case, *, by: Person, at: datetime) -> Evidence:
    """The same bytes as evidence of another case, each custody telling of the other; no log. Theirs, where it has them.

    For what moves between cases: the one who moves it must know of both.
    """
    held = locked_case(case)
    standing = Evidence.objects.filter(case=held, blob=evidence.blob).first()
    if standing is not None:
        return standing
    copy = Evidence.objects.get(pk=evidence.pk)
    copy.pk, copy.uid, copy.case = None, new_uid(), held
    copy.number = next_number(held, Evidence, mark=copy.protection_mark)
    copy.superseded_by = copy.derived_from = None
    copy.derivation, copy.derived_why, copy.revision = Derivation.NONE, "", 1
    copy.recorded_at, copy.recorded_by = at, by
    copy.save(force_insert=True)
    add_custody(evidence, CustodyAction.TRANSFER, by=by, at=at, values={"to": copy.uid, "case": held.reference})
    told: dict[str, Json] = {"from": evidence.uid, "sha256": evidence.blob.sha256, "size": evidence.blob.size}
    add_custody(copy, CustodyAction.INTAKE, by=by, at=at, values=told)
    return copy
