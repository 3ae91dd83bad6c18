"""The case itself: opening, who may know of it, closing and reopening."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import legislation, permissions
from cases.actions import RuleBroken, reckoning, track
from cases.actions.belonging import check_reason
from cases.actions.closed import reopen
from cases.actions.drafts import CaseDraft
from cases.actions.log import check_revision, kind_of, save, write_log
from cases.actions.marking import NotAdmitted
from cases.actions.proof import standing_proofs
from cases.actions.secrecy import LABELS, check_draft, check_no_mark
from cases.law import tracks
from cases.models import (
    Barrier,
    Case,
    CaseAccess,
    CaseAuthority,
    CaseState,
    Outcome,
    Person,
    RequirementState,
    TaskState,
)
from cases.models.record import Record, new_uid
from cases.working import in_language

CHANGEABLE = frozenset(
    {
        "title_en",
        "title_zh",
        "title_zh_hant",
        "lead_counsel",
        "allegation",
        "announced_on",
        "conduct_from",
        "conduct_until",
        "is_open_to_staff",
        "is_named_in_mail",
        "protection_mark",
    }
)


@dataclass(frozen=True)
class Obstacle:
    """Why a case cannot close yet, and which object stands in the way."""

    code: str
    message: str | Promise
    object_kind: str
    object_uid: str


class CannotClose(RuleBroken):
    """`details["obstacles"]`: list of Obstacle."""

    code = "cannot_close"


class WrongState(RuleBroken):
    code = "wrong_state"


class AccessStands(RuleBroken):
    code = "access_stands"


class NotChangeable(RuleBroken):
    code = "not_changeable"


@dataclass(frozen=True)
class Admitted:
    """What one named in the case sees besides what every one of them does."""

    sees_advice: bool = False
    sees_persons: bool = False


NOT_ADMITTED: Final = Admitted()


def new_reference(draft: CaseDraft, at: datetime) -> str:
    """`XIA-2025-K7QD`: from the party's name and the year, and a random end so that it cannot be counted."""
    letters = re.sub(r"[^A-Z]", "", draft.party.name_en.upper())[:3] or "CASE"
    year = (draft.announced_on or at).year
    return f"{letters}-{year}-{new_uid()[:6].upper()}"


def new_case(draft: CaseDraft, *, by: Person, at: datetime) -> Case:
    """The case, its further authorities, and access for the one who opens it and the lead; no log of its own."""
    case = Case.objects.create(
        reference=draft.reference or new_reference(draft, at),
        title_en=draft.title_en,
        title_zh=draft.title_zh,
        title_zh_hant=draft.title_zh_hant,
        party=draft.party,
        lead_authority=draft.lead_authority,
        lead_counsel=draft.lead_counsel or by,
        allegation=draft.allegation,
        allegation_language=draft.allegation_language,
        announced_on=draft.announced_on,
        conduct_from=draft.conduct_from,
        conduct_until=draft.conduct_until,
        is_open_to_staff=draft.is_open_to_staff,
        is_named_in_mail=draft.is_named_in_mail,
        is_fictional=draft.is_fictional,
        protection_mark=draft.protection_mark,
        opened_at=at,
        recorded_at=at,
        recorded_by=by,
    )
    CaseAuthority.objects.bulk_create(
        CaseAuthority(case=case, authority=authority, role=role) for authority, role in draft.further_authorities
    )
    named = {person.pk: person for person in (by, case.lead_counsel) if person}
    admitted = {"sees_advice": True, "sees_persons": True}
    CaseAccess.objects.bulk_create(
        CaseAccess(case=case, person=person, from_at=at, reason="opened", granted_by=by, **admitted)
        for person in named.values()
    )
    return case


@transaction.atomic
def open_case(*, draft: CaseDraft, by: Person, at: datetime) -> Case:
    check_draft(draft)
    case = new_case(draft, by=by, at=at)
    write_log("open_case", case, case=case, by=by, at=at, facts={"reference": case.reference})
    return case


@transaction.atomic
def change_case(
    *, case: Case, fields: Mapping[str, object], by: Person, at: datetime, revision: int | None = None
) -> Case:
    case = locked(case)
    check_revision(case, revision)
    if unknown := fields.keys() - CHANGEABLE:
        raise NotChangeable(_("This cannot be changed: %(fields)s.") % {"fields": ", ".join(sorted(unknown))})
    check_no_mark({LABELS[name]: str(value) for name, value in fields.items() if name in LABELS})
    changed = [name for name, value in fields.items() if getattr(case, name) != value]
    for name in changed:
        setattr(case, name, fields[name])
    save(case, *changed)
    write_log("change_case", case, case=case, by=by, at=at, facts={"fields": sorted(changed)})
    return case


def locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("lead_authority", "party").get(pk=case.pk)


# ---- Who may know of it ----------------------------------------------------------------------------------------------
def give_access(
    case: Case,
    person: Person,
    *,
    reason: str,
    by: Person,
    at: datetime,
    until_at: datetime | None = None,
    admitted: Admitted = NOT_ADMITTED,
) -> CaseAccess | None:
    """Lets a person know of the case unless they may already; no log of its own."""
    begun = case.accesses.filter(person=person, from_at__lte=at)
    if begun.filter(Q(until_at__isnull=True) | Q(until_at__gt=at)).exists():
        return None
    return CaseAccess.objects.create(
        case=case, person=person, from_at=at, until_at=until_at, reason=reason, granted_by=by, **asdict(admitted)
    )  # fmt: skip


@transaction.atomic
def grant_access(
    *,
    case: Case,
    person: Person,
    reason: str,
    by: Person,
    at: datetime,
    until_at: datetime | None = None,
    sees_advice: bool = False,
    sees_persons: bool = False,
) -> CaseAccess:
    """Nobody lets another see what they may not see themselves."""
    case = locked(case)
    admitted = Admitted(sees_advice, sees_persons)
    check_may_admit(case, admitted, by=by, at=at)
    access = give_access(case, person, reason=reason, by=by, at=at, until_at=until_at, admitted=admitted)
    if access is None:
        raise AccessStands(_("This person may know of the case already."))
    facts = {"person": person.uid, **asdict(admitted)}
    write_log("grant_access", access, case=case, by=by, at=at, reason=reason, facts=facts)
    return access


def check_may_admit(case: Case, admitted: Admitted, *, by: Person, at: datetime) -> None:
    lacks_advice = admitted.sees_advice and not permissions.sees_advice(by, case, at=at)
    if lacks_advice or (admitted.sees_persons and not permissions.sees_persons(by, case, at=at)):
        raise NotAdmitted(_("You can let others see only what you may see yourself in this case."))


@transaction.atomic
def admit(
    *, access: CaseAccess, sees_advice: bool, sees_persons: bool, reason: str, by: Person, at: datetime
) -> CaseAccess:
    """Widens or narrows what somebody who may know of the case sees in it."""
    check_reason(reason)
    access = CaseAccess.objects.select_for_update(of=("self",)).select_related("case", "person").get(pk=access.pk)
    check_stands(access, at)
    before, after = Admitted(access.sees_advice, access.sees_persons), Admitted(sees_advice, sees_persons)
    if before == after:
        raise AccessStands(_("This person sees just that already."))
    widened = Admitted(sees_advice and not before.sees_advice, sees_persons and not before.sees_persons)
    check_may_admit(access.case, widened, by=by, at=at)
    access.sees_advice, access.sees_persons = sees_advice, sees_persons
    access.save(update_fields=["sees_advice", "sees_persons"])
    facts = {"person": access.person.uid, **asdict(after)}
    write_log("admit", access, case=access.case, by=by, at=at, reason=reason, facts=facts)
    return access


def check_stands(access: CaseAccess, at: datetime) -> None:
    if access.until_at is not None and access.until_at <= at:
        raise WrongState(_("This access has ended already."))


@transaction.atomic
def end_access(*, access: CaseAccess, by: Person, at: datetime) -> CaseAccess:
    access = CaseAccess.objects.select_for_update(of=("self",)).select_related("case", "person").get(pk=access.pk)
    check_stands(access, at)
    access.until_at = at
    access.save(update_fields=["until_at"])
    rearm(access.case, access.person)
    write_log("end_access", access, case=access.case, by=by, at=at, facts={"person": access.person.uid})
    return access


def rearm(case: Case, owner: Person) -> None:
    """The watch must find somebody else to tell."""
    case.deadlines.running().filter(owner=owner).update(rearm=True)


@transaction.atomic
def raise_barrier(*, case: Case, person: Person, reason: str, by: Person, at: datetime) -> Barrier:
    case = locked(case)
    if case.barriers.filter(person=person, lifted_at__isnull=True).exists():
        raise WrongState(_("This person is kept from the case already."))
    barrier = Barrier.objects.create(case=case, person=person, reason=reason, raised_at=at, raised_by=by)
    rearm(case, person)
    write_log("raise_barrier", barrier, case=case, by=by, at=at, reason=reason, facts={"person": person.uid})
    return barrier


@transaction.atomic
def lift_barrier(*, barrier: Barrier, by: Person, at: datetime) -> Barrier:
    barrier = Barrier.objects.select_for_update(of=("self",)).select_related("case", "person").get(pk=barrier.pk)
    if barrier.lifted_at is not None:
        raise WrongState(_("This barrier was lifted already."))
    barrier.lifted_at = at
    barrier.save(update_fields=["lifted_at"])
    write_log("lift_barrier", barrier, case=barrier.case, by=by, at=at, facts={"person": barrier.person.uid})
    return barrier


# ---- Closing ---------------------------------------------------------------------------------------------------------
def closing_obstacles(case: Case) -> tuple[Obstacle, ...]:
    """A case closes when every track that binds has ended and nothing marked done lacks proof."""
    return (*open_tracks(case), *unproved_requirements(case), *unproved_tasks(case))


def named(row: Record) -> tuple[str, str]:
    return kind_of(row), row.uid


def open_tracks(case: Case) -> list[Obstacle]:
    return [
        Obstacle(
            "track_open",
            _("A track has not ended: %(kind)s, %(state)s.")
            % {"kind": row.get_kind_display(), "state": in_language(tracks.state(row.kind, row.state), "title")},
            *named(row),
        )
        for row in case.tracks.filter(ended_at__isnull=True).order_by("pk")
        if tracks.blocks_closing(row.kind)
    ]


def unproved_requirements(case: Case) -> list[Obstacle]:
    done = case.requirements.filter(state__in=(RequirementState.DONE, RequirementState.MET))
    direct = Exists(standing_proofs(requirement=OuterRef("pk")))
    by_task = Exists(standing_proofs(task__requirement=OuterRef("pk")))
    lacking = done.filter(~direct & ~by_task).order_by("number")
    words = _("Marked done without proof: %(title)s.")
    return [Obstacle("requirement_without_proof", words % {"title": row}, *named(row)) for row in lacking]


def unproved_tasks(case: Case) -> list[Obstacle]:
    """Those that all who know of the case may know of."""
    closed = permissions.known_to_all(case.tasks.filter(state=TaskState.CLOSED))
    lacking = closed.filter(~Exists(standing_proofs(task=OuterRef("pk"))))
    words = _("Closed without proof: %(title)s.")
    return [Obstacle("task_without_proof", words % {"title": row}, *named(row)) for row in lacking.order_by("number")]


@transaction.atomic
def close_case(*, case: Case, reason: str, by: Person, at: datetime) -> Case:
    case = locked(case)
    check_open(case)
    if obstacles := closing_obstacles(case):
        raise CannotClose(_("The case cannot be closed yet."), obstacles=list(obstacles))
    shut(case, reason=reason, at=at)
    write_log("close_case", case, case=case, by=by, at=at, reason=reason)
    return case


@transaction.atomic
def close_unknown(*, case: Case, reason: str, by: Person, at: datetime) -> Case:
    """How it ended is not known: every open track ends as `closed_unknown` with the reason. Proof is still asked."""
    case = locked(case)
    check_open(case)
    if obstacles := (*unproved_requirements(case), *unproved_tasks(case)):
        raise CannotClose(_("The case cannot be closed yet."), obstacles=list(obstacles))
    for row in case.tracks.filter(ended_at__isnull=True).select_related("case", "measure"):
        track.end_unknown(row, reason=reason, by=by, at=at)
    shut(case, reason=reason, at=at)
    write_log("close_unknown", case, case=case, by=by, at=at, reason=reason)
    return case


def check_open(case: Case) -> None:
    if case.state == CaseState.CLOSED:
        raise WrongState(_("This case is closed already."))


def shut(case: Case, *, reason: str, at: datetime) -> None:
    """What still runs is withdrawn with the case: nobody is reminded of a closed case."""
    for deadline in case.deadlines.running():
        reckoning.end(deadline, Outcome.WITHDRAWN, at=at, reason="case_closed")
    case.state, case.closed_at, case.closing_reason = CaseState.CLOSED, at, reason
    save(case, "state", "closed_at", "closing_reason")


@transaction.atomic
def reopen_case(*, case: Case, reason: str, by: Person, at: datetime) -> Case:
    """A decision changed, a new breach, a look-back: what was withdrawn by the closing runs again."""
    legislation.hold()
    case = locked(case)
    if case.state == CaseState.OPEN:
        raise WrongState(_("This case is open."))
    reopen(case, by=by, at=at)
    write_log("reopen_case", case, case=case, by=by, at=at, reason=reason)
    return case
