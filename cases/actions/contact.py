"""Contacts: the talk, call, letter or visit as it was held, who was there, and what we promised in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_in_case, locked_case
from cases.actions.drafts import RequirementDraft
from cases.actions.log import write_log
from cases.actions.marking import UnderAdvice, check_free, check_mark
from cases.actions.requirement import new_requirement
from cases.actions.secrecy import check_draft, check_no_secret
from cases.models import (
    Attendee,
    Authority,
    Case,
    Contact,
    ContactKind,
    Evidence,
    Notice,
    Origin,
    Person,
    ProtectionMark,
    Requirement,
    Side,
)


class NoSubject(RuleBroken):
    code = "no_subject"


class WrongDay(RuleBroken):
    code = "wrong_day"


class UnclearAttendee(RuleBroken):
    code = "unclear_attendee"


@dataclass(frozen=True, kw_only=True)
class AttendeeDraft:
    side: str
    person: Person | None = None
    name: str = ""
    capacity: str = ""
    card_number: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactDraft:
    kind: str
    authority: Authority
    subject: str
    notice: Notice | None = None
    held_on: date | None = None
    held_at: datetime | None = None
    zone: str = ""  # empty: the authority's
    place: str = ""
    minutes: str = ""
    minutes_language: str = "zh-hans"
    evidence: Evidence | None = None  # the minutes as a file
    attendees: tuple[AttendeeDraft, ...] = ()
    protection_mark: str = "internal"


@transaction.atomic
def log_contact(
    *,
    case: Case,
    contact: ContactDraft,
    promises: Sequence[RequirementDraft] = (),
    by: Person,
    at: datetime,
    contains_state_secret: bool = False,
) -> Contact:
    """What was promised becomes requirements of ours; a talk that is not dated yet stays undated."""
    check_no_secret(contains=contains_state_secret)
    check_draft(contact, *promises)
    if not contact.subject.strip():
        raise NoSubject(_("Say what it was about."))
    held = locked_case(case)
    check_in_case(held, contact.notice, contact.evidence)
    if contact.protection_mark != ProtectionMark.LEGAL_ADVICE:
        check_free(contact.evidence)
    elif promises:
        raise UnderAdvice(_("What was promised to an authority is no legal advice. Log the talk and the advice apart."))
    row = new_contact(held, contact, by=by, at=at)
    Attendee.objects.bulk_create(new_attendee(row, draft) for draft in contact.attendees)
    promised = [new_promise(row, draft, by=by, at=at) for draft in promises]
    facts = {"kind": row.kind, "held_on": row.held_on, "promises": [promise.uid for promise in promised]}
    write_log("log_contact", row, case=held, by=by, at=at, occurred_at=row.held_at, facts=facts)
    return row


def new_contact(case: Case, draft: ContactDraft, *, by: Person, at: datetime) -> Contact:
    zone = draft.zone or draft.authority.zone
    contact = Contact(
        case=case,
        kind=ContactKind(draft.kind),
        authority=draft.authority,
        notice=draft.notice,
        held_on=day_held(draft, zone=zone, at=at),
        held_at=draft.held_at,
        zone=zone,
        place=draft.place,
        subject=draft.subject,
        minutes=draft.minutes,
        minutes_language=draft.minutes_language,
        evidence=draft.evidence,
        protection_mark=check_mark(case, draft.protection_mark, by=by, at=at),
        recorded_at=at,
        recorded_by=by,
    )
    contact.save(force_insert=True)
    return contact


def day_held(draft: ContactDraft, *, zone: str, at: datetime) -> date | None:
    """The hour's day where it was held. A contact is logged after it was held, not before."""
    place = ZoneInfo(zone)
    day = draft.held_on
    if draft.held_at is not None:
        of_hour = draft.held_at.astimezone(place).date()
        if day is not None and day != of_hour:
            raise WrongDay(_("The day and the hour do not agree. Check both."))
        day = of_hour
    if (day and day > at.astimezone(place).date()) or (draft.held_at and draft.held_at > at):
        raise WrongDay(_("This is still to come. Log it when it was held."))
    return day


def new_attendee(contact: Contact, draft: AttendeeDraft) -> Attendee:
    """A person of ours by key, anybody else by name: never both, never neither."""
    name = draft.name.strip()
    if (draft.person is None) == (not name):
        raise UnclearAttendee(_("Name each attendee, or choose one of our people."))
    if draft.person is not None and draft.side != Side.PARTY:
        raise UnclearAttendee(_("One of our people cannot sit on the side of the authority."))
    return Attendee(
        contact=contact,
        side=Side(draft.side),
        person=draft.person,
        name=name,
        capacity=draft.capacity,
        card_number=draft.card_number,
    )


def new_promise(contact: Contact, draft: RequirementDraft, *, by: Person, at: datetime) -> Requirement:
    """A promise is ours whatever the draft says of its origin."""
    promise = replace(draft, origin=Origin.COMMITTED, contact=contact, notice=draft.notice or contact.notice)
    return new_requirement(case=contact.case, draft=promise, by=by, at=at)
