"""Who was held responsible and what was decided about them. Nothing here is shown to those not admitted to persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_in_case, check_open, check_reason, locked_case
from cases.actions.log import check_revision, save, write_log
from cases.models import (
    Accountability,
    AccountabilityKind,
    AccountabilityState,
    Case,
    DecidedBy,
    Measure,
    Party,
    PartyKind,
    Person,
)

CHANGEABLE = frozenset({"capacity", "kind", "words", "state", "decided_on"})


class WhoseRecord(RuleBroken):
    code = "whose_record"


class NotDecided(RuleBroken):
    code = "not_decided"


class NotChangeable(RuleBroken):
    code = "not_changeable"


class AlreadyVoided(RuleBroken):
    code = "already_voided"


@dataclass(frozen=True, kw_only=True)
class AccountabilityDraft:
    kind: str
    state: str
    person: Person | None = None
    party: Party | None = None
    capacity: str = ""
    decided_by: str = DecidedBy.HOUSE
    measure: Measure | None = None
    words: str = ""
    decided_on: date | None = None


@transaction.atomic
def record_accountability(*, case: Case, draft: AccountabilityDraft, by: Person, at: datetime) -> Accountability:
    """One person and one decision a record; a day not known stays unknown."""
    held = locked_case(case)
    check_open(held)
    check_in_case(held, draft.measure)
    check_whose(draft)
    check_day(draft.decided_on, at=at)
    row = Accountability.objects.create(
        case=held,
        person=draft.person,
        party=draft.party,
        capacity=draft.capacity,
        decided_by=DecidedBy.AUTHORITY if draft.measure else DecidedBy(draft.decided_by),
        measure=draft.measure,
        kind=AccountabilityKind(draft.kind),
        words=draft.words,
        state=AccountabilityState(draft.state),
        decided_on=draft.decided_on,
        recorded_at=at,
        recorded_by=by,
    )
    write_log("record_accountability", row, case=held, by=by, at=at, facts={"kind": row.kind, "state": row.state})
    return row


def check_whose(draft: AccountabilityDraft) -> None:
    if (draft.person is None) == (draft.party is None):
        raise WhoseRecord(_("Name one of our people, or one other natural person."))
    if draft.party is not None and draft.party.kind != PartyKind.NATURAL_PERSON:
        raise WhoseRecord(_("Only a natural person is held responsible here."))


def check_day(day: date | None, *, at: datetime) -> None:
    if day is not None and day > at.date():
        raise NotDecided(_("This is still to come. Record it as proposed, without a day."))


@transaction.atomic
def change_accountability(
    *, record: Accountability, fields: Mapping[str, object], by: Person, at: datetime, revision: int | None = None
) -> Accountability:
    held = locked(record)
    check_revision(held, revision)
    if unknown := fields.keys() - CHANGEABLE:
        raise NotChangeable(_("This cannot be changed: %(fields)s.") % {"fields": ", ".join(sorted(unknown))})
    day = fields.get("decided_on")
    check_day(day if isinstance(day, date) else None, at=at)
    changed = sorted(name for name, value in fields.items() if getattr(held, name) != value)
    for name in changed:
        setattr(held, name, fields[name])
    save(held, *changed)
    facts = {"fields": changed, "state": held.state}
    write_log("change_accountability", held, case=held.case, by=by, at=at, facts=facts)
    return held


@transaction.atomic
def void_accountability(*, record: Accountability, reason: str, by: Person, at: datetime) -> Accountability:
    check_reason(reason)
    held = locked(record)
    held.voided_at, held.voided_by, held.void_reason = at, by, reason
    save(held, "voided_at", "voided_by", "void_reason")
    write_log("void_accountability", held, case=held.case, by=by, at=at, reason=reason)
    return held


def locked(record: Accountability) -> Accountability:
    held = Accountability.objects.select_for_update(of=("self",)).select_related("case").get(pk=record.pk)
    check_open(held.case)
    if held.voided_at is not None:
        raise AlreadyVoided(_("This record was voided."))
    return held
