"""Deadlines: confirming, extending, suspending, choosing a reading, setting by hand, ending. Versions are appended."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases import legislation
from cases.actions import RuleBroken, expiry, reckoning, revising
from cases.actions.belonging import check_knows, check_open, check_reason, locked_case
from cases.actions.countable import check_reaches, counted_alike, fall_back, recount
from cases.actions.extension import AlreadyDecided, asked
from cases.actions.log import check_revision, save, write_log
from cases.actions.marking import check_sees
from cases.actions.orders import order_of
from cases.models import (
    Case,
    Cause,
    Deadline,
    DeadlineKind,
    DeadlineVersion,
    Extension,
    ExtensionState,
    Notice,
    Outcome,
    Person,
    Suspension,
    Task,
    VersionStatus,
)

end = reckoning.end
run_again = reckoning.run_again
new_internal = reckoning.open_internal


class DeadlineEnded(RuleBroken):
    code = "deadline_ended"


class NothingToConfirm(RuleBroken):
    code = "nothing_to_confirm"


class WhichProposal(RuleBroken):
    code = "which_proposal"


class NoSuchReading(RuleBroken):
    code = "no_such_reading"


class NotExtendable(RuleBroken):
    code = "not_extendable"


class NeedsFiling(RuleBroken):
    code = "needs_filing"


class OfAPlan(RuleBroken):
    code = "of_a_plan"


class NotGranted(RuleBroken):
    code = "not_granted"


class OverlappingSuspension(RuleBroken):
    code = "overlapping_suspension"


def locked(deadline: Deadline) -> Deadline:
    """The row as it now stands, held until the action ends; an ended deadline takes no further change."""
    return held(deadline, {Outcome.RUNNING})


def movable(deadline: Deadline) -> Deadline:
    """As `locked`, and one that lapsed too: more time, or a corrected day, may show that it had not."""
    return held(deadline, {Outcome.RUNNING, Outcome.LAPSED})


def held(deadline: Deadline, outcomes: Collection[str]) -> Deadline:
    """The law is held before the row: whoever imports an arrangement takes them in that order too."""
    legislation.hold()
    rows = Deadline.objects.select_for_update(of=("self",)).select_related(
        "case", "event", "measure", "notice", "current"
    )
    found = rows.get(pk=deadline.pk)
    check_open(found.case)
    if found.outcome not in outcomes:
        raise DeadlineEnded(_("This deadline has ended: %(how)s.") % {"how": found.get_outcome_display()})
    return found


@transaction.atomic
def set_internal_deadline(
    *,
    case: Case,
    due_on: date,
    by: Person,
    at: datetime,
    title_en: str = "",
    title_zh: str = "",
    owner: Person | None = None,
) -> Deadline:
    check_open(locked_case(case))
    check_knows(owner, case=case, at=at)
    deadline = new_internal(case, title_en=title_en, title_zh=title_zh, due_on=due_on, owner=owner, by=by, at=at)
    write_log("set_internal_deadline", deadline, case=case, by=by, at=at, facts={"due_on": due_on})
    return deadline


@transaction.atomic
def confirm_version(
    *, deadline: Deadline, by: Person, at: datetime, version: DeadlineVersion | None = None
) -> DeadlineVersion:
    """An open proposal takes effect and the version before it is superseded; without one, the date is confirmed.

    `version`: which, where several are proposed. Another stays open, counted anew on what is then in force.
    """
    deadline = movable(deadline)
    proposal = the_proposal(deadline, version)
    chosen = proposal or deadline.current
    if chosen is None or (chosen.due_at is None and proposal is None) or chosen.confirmed_at:
        raise NothingToConfirm(_("There is nothing to confirm: the date is confirmed, or cannot be worked out yet."))
    old = deadline.due_on
    if proposal:
        reckoning.supersede(deadline)
        deadline.current = chosen
    chosen.status, chosen.confirmed_at, chosen.confirmed_by = VersionStatus.IN_FORCE, at, by
    chosen.save(update_fields=["status", "confirmed_at", "confirmed_by"])
    revising.settle(deadline, by=by, at=at)
    facts: dict[str, object] = {"version": chosen.number, "from": old, "to": chosen.due_on}
    facts |= expiry.follow(deadline, by=by, at=at)
    write_log("confirm_version", deadline, case=deadline.case, by=by, at=at, facts=facts)
    return chosen


@transaction.atomic
def withdraw_proposal(
    *, deadline: Deadline, reason: str, by: Person, at: datetime, version: DeadlineVersion | None = None
) -> Deadline:
    """Of a fact, that is left out of every later count of this deadline; of a calendar, this move of this date is over.

    Another proposal stays open.
    """
    deadline = movable(deadline)
    proposal = the_proposal(deadline, version)
    if proposal is None:
        raise NothingToConfirm(_("No new date is proposed."))
    revising.reject(proposal, at=at)
    revising.settle(deadline, by=by, at=at)
    facts = {"version": proposal.number}
    write_log("withdraw_proposal", deadline, case=deadline.case, by=by, at=at, reason=reason, facts=facts)
    return deadline


def the_proposal(deadline: Deadline, version: DeadlineVersion | None) -> DeadlineVersion | None:
    """The one named, which must still be open; else the only one there is."""
    waiting = list(deadline.versions.filter(status=VersionStatus.PROPOSED).order_by("number"))
    if version is not None and version not in waiting:
        raise NothingToConfirm(_("That date is no longer proposed. Look at the deadline again."))
    if version is None and len(waiting) > 1:
        raise WhichProposal(_("Several new dates are proposed. Say which one is meant."))
    return waiting[0] if waiting and version is None else next((row for row in waiting if row == version), None)


@transaction.atomic
def ask_extension(
    *,
    deadline: Deadline,
    by: Person,
    at: datetime,
    amount: int | None = None,
    unit: str = "",
    until_on: date | None = None,
    asked_on: date | None = None,
    reason: str = "",
) -> Extension:
    deadline = movable(deadline)
    extension = Extension.objects.create(
        deadline=deadline,
        amount=amount,
        unit=unit,
        until_on=until_on,
        asked_on=asked_on,
        reason=reason,
        recorded_at=at,
        recorded_by=by,
    )
    facts = {"amount": amount, "unit": unit, "until_on": until_on, "extension": extension.uid}
    write_log("ask_extension", deadline, case=deadline.case, by=by, at=at, reason=reason, facts=facts)
    return extension


@transaction.atomic
def grant_extension(
    *, extension: Extension, decided_on: date, by: Person, at: datetime, document: Notice | None = None
) -> Extension:
    """The date moves at once: the authority's decision is the confirmation. The original date stays a version."""
    extension = asked(extension, decided_on=decided_on)
    deadline = movable(extension.deadline)
    if deadline.due_on is None or (deadline.event is None and extension.until_on is None):
        raise NotExtendable(_("Only a dated deadline can be extended; one set by hand is extended to a date."))
    old = deadline.due_on
    extension.state, extension.decided_on, extension.document = ExtensionState.GRANTED, decided_on, document
    save(extension, "state", "decided_on", "document")
    if deadline.event is None and extension.until_on is not None:
        reckoning.set_by_hand(deadline, extension.until_on, cause=Cause.EXTENSION, by=by, at=at)
    else:
        check_reaches(deadline, extension)
        recount(deadline, cause=Cause.EXTENSION, by=by, at=at)
    facts: dict[str, object] = {"extension": extension.uid, "from": old, "to": deadline.due_on}
    facts |= expiry.follow(deadline, by=by, at=at)
    write_log("grant_extension", deadline, case=deadline.case, by=by, at=at, facts=facts)
    return extension


@transaction.atomic
def withdraw_extension(*, extension: Extension, reason: str, by: Person, at: datetime) -> Extension:
    """Granted in the record by mistake: it stays to be seen, and the date falls back by another version."""
    check_reason(reason)
    deadline = movable(extension.deadline)
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    if extension.state != ExtensionState.GRANTED:
        raise NotGranted(_("Only time that was granted can be withdrawn."))
    if extension.instalment_id is not None:
        raise OfAPlan(_("Instalments gave this time. Withdraw them, or record those that were agreed instead."))
    old = deadline.due_on
    extension.state = ExtensionState.WITHDRAWN
    save(extension, "state")
    fall_back(deadline, extension, by=by, at=at)
    facts: dict[str, object] = {"extension": extension.uid, "from": old, "to": deadline.due_on}
    facts |= expiry.follow(deadline, by=by, at=at)
    write_log("withdraw_extension", deadline, case=deadline.case, by=by, at=at, reason=reason, facts=facts)
    return extension


@transaction.atomic
def refuse_extension(
    *, extension: Extension, decided_on: date, reason: str, by: Person, at: datetime, document: Notice | None = None
) -> Extension:
    extension = asked(extension, decided_on=decided_on)
    check_open(extension.deadline.case)
    extension.state, extension.decided_on, extension.document = ExtensionState.REFUSED, decided_on, document
    save(extension, "state", "decided_on", "document")
    deadline = extension.deadline
    facts = {"extension": extension.uid}
    write_log("refuse_extension", deadline, case=deadline.case, by=by, at=at, reason=reason, facts=facts)
    return extension


@transaction.atomic
def suspend(
    *,
    deadline: Deadline,
    from_on: date,
    reason: str,
    by: Person,
    at: datetime,
    until_on: date | None = None,
    document: Notice | None = None,
) -> Suspension:
    deadline = movable(deadline)
    for other in deadline.suspensions.all():
        if (until_on is None or other.from_on < until_on) and (other.until_on is None or from_on < other.until_on):
            raise OverlappingSuspension(_("The clock already stands still in that time."))
    suspension = Suspension.objects.create(
        deadline=deadline,
        from_on=from_on,
        until_on=until_on,
        document=document,
        reason=reason,
        recorded_at=at,
        recorded_by=by,
    )
    recount(deadline, cause=Cause.SUSPENSION, by=by, at=at)
    facts: dict[str, object] = {
        "suspension": suspension.uid,
        "from_on": from_on,
        "until_on": until_on,
        "to": deadline.due_on,
    }
    facts |= expiry.follow(deadline, by=by, at=at)
    write_log("suspend", deadline, case=deadline.case, by=by, at=at, reason=reason, facts=facts)
    return suspension


@transaction.atomic
def resume(*, suspension: Suspension, until_on: date, by: Person, at: datetime) -> Suspension:
    """`until_on`: the first day the clock runs again."""
    deadline = movable(suspension.deadline)
    suspension = Suspension.objects.select_for_update().get(pk=suspension.pk)
    if suspension.until_on is not None:
        raise AlreadyDecided(_("This suspension has ended already."))
    suspension.until_on = until_on
    save(suspension, "until_on")
    recount(deadline, cause=Cause.SUSPENSION, by=by, at=at)
    facts: dict[str, object] = {"suspension": suspension.uid, "until_on": until_on, "to": deadline.due_on}
    facts |= expiry.follow(deadline, by=by, at=at)
    write_log("resume", deadline, case=deadline.case, by=by, at=at, facts=facts)
    return suspension


@transaction.atomic
def choose_profile(*, deadline: Deadline, profile: str, by: Person, at: datetime) -> Deadline:
    """Counsel settles what the order's "days" are; for every deadline of that measure or notice."""
    deadline = locked(deadline)
    order = order_of(deadline.measure, deadline.notice)
    if order is None or profile not in {name for name, _unit in reckoning.readings_of(deadline)}:
        raise NoSuchReading(_("The order cannot be read that way."))
    order.period_profile = profile
    save(order, "period_profile")
    for each in [deadline, *counted_alike(deadline, order)]:
        revising.recount(each, cause=Cause.CHOICE, by=by, at=at)
    write_log("choose_profile", deadline, case=deadline.case, by=by, at=at, facts={"profile": profile})
    return deadline


@transaction.atomic
def override_deadline(
    *, deadline: Deadline, due_on: date, reason: str, by: Person, at: datetime, revision: int | None = None
) -> Deadline:
    """Counsel sets another date, with the reason; the reckoned one stays as a superseded version."""
    deadline = movable(deadline)
    check_revision(deadline, revision)
    old = deadline.due_on
    reckoning.set_by_hand(deadline, due_on, cause=Cause.OVERRIDE, by=by, at=at, reason=reason)
    facts: dict[str, object] = {"from": old, "to": due_on}
    facts |= expiry.follow(deadline, by=by, at=at)
    write_log("override_deadline", deadline, case=deadline.case, by=by, at=at, reason=reason, facts=facts)
    return deadline


@transaction.atomic
def waive_deadline(*, deadline: Deadline, reason: str, by: Person, at: datetime) -> Deadline:
    """We let it pass on purpose, or it no longer binds us."""
    deadline = locked(deadline)
    end(deadline, Outcome.WAIVED, at=at, reason=reason)
    write_log("waive_deadline", deadline, case=deadline.case, by=by, at=at, reason=reason)
    return deadline


@transaction.atomic
def meet_deadline(*, deadline: Deadline, reason: str, by: Person, at: datetime) -> Deadline:
    """Done without a filing: an internal date kept, a payment made, the authority's own limit kept."""
    deadline = locked(deadline)
    if deadline.actor == "party" and deadline.kind in (DeadlineKind.STATUTORY, DeadlineKind.ORDERED):
        raise NeedsFiling(_("A legal deadline of ours is met by a filing with its receipt."))
    end(deadline, Outcome.MET, at=at, reason=reason)
    write_log("meet_deadline", deadline, case=deadline.case, by=by, at=at, reason=reason)
    return deadline


@transaction.atomic
def assign_deadline(
    *, deadline: Deadline, owner: Person | None, by: Person, at: datetime, revision: int | None = None
) -> Deadline:
    """To nobody, too; of a task under legal advice only to who is admitted to it, whose task it need not be."""
    deadline = locked(deadline)
    check_revision(deadline, revision)
    check_knows(owner, case=deadline.case, at=at)
    for mark in Task.objects.filter(deadline=deadline).values_list("protection_mark", flat=True):
        check_sees(owner, mark, case=deadline.case, at=at)
    deadline.owner, deadline.rearm = owner, True
    save(deadline, "owner", "rearm")
    facts = {"owner": owner.uid if owner else None}
    write_log("assign_deadline", deadline, case=deadline.case, by=by, at=at, facts=facts)
    return deadline
