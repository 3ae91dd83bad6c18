"""Contacts: the talk, call, letter or visit as it was held, who was there, and what we promised in it."""

from typing import Any

from rest_framework import serializers

from cases.actions.contact import AttendeeDraft, ContactDraft, log_contact
from cases.actions.drafts import RequirementDraft
from cases.actions.marking import change_mark
from cases.api.requirement import RequirementShape, RequirementWords
from cases.api.rooms import Given, Room, nested, opens, verb
from cases.api.shapes import (
    Day,
    Instant,
    Known,
    KnownCase,
    Marking,
    Shape,
    Someone,
    StateSecretAnswer,
    Words,
    Zone,
    choice,
)
from cases.asked import Asked
from cases.models import Attendee, Authority, Contact, ContactKind, Evidence, Language, Notice, ProtectionMark, Side


class AttendeeShape(Shape[Attendee]):
    class Meta:
        model = Attendee
        fields = ("side", "person", "name", "capacity", "card_number")


class ContactShape(Shape[Contact]):
    class Meta:
        model = Contact
        fields = (
            "uid", "case", "revision", "kind", "authority", "notice", "held_on", "held_at", "zone", "place", "subject",
            "minutes_language", "evidence", "protection_mark", "recorded_at",
        )  # fmt: skip


class ContactDetail(ContactShape):
    attendees = AttendeeShape(many=True, read_only=True)
    requirements = RequirementShape(many=True, read_only=True)

    class Meta(ContactShape.Meta):
        fields = (*ContactShape.Meta.fields, "minutes", "attendees", "requirements")  # type: ignore[assignment]


# ---- In --------------------------------------------------------------------------------------------------------------
class AttendeeIn(Asked):
    side = choice(Side)
    person = Someone(required=False, allow_null=True)
    name = Words(max_length=120)
    capacity = Words(max_length=120)
    card_number = Words(max_length=60)


class ContactIn(Asked):
    case = KnownCase()
    kind = choice(ContactKind)
    authority = Known(Authority, case="")
    subject = serializers.CharField(max_length=300)
    notice = Known(Notice, required=False, allow_null=True)
    held_on = Day()
    held_at = Instant()
    zone = Zone(required=False, help_text="Left out: the authority's.")
    place = Words(max_length=200)
    minutes = Words()
    minutes_language = choice(Language, required=False)
    contains_state_secret = StateSecretAnswer()
    evidence = Known(Evidence, required=False, allow_null=True)
    attendees = AttendeeIn(many=True, required=False)
    promises = RequirementWords(many=True, required=False)
    protection_mark = choice(ProtectionMark, required=False)


class Contacts(Room):
    model, shape, whole = Contact, ContactShape, ContactDetail
    filters = {"case": "case__reference", "kind": "kind", "notice": "notice__uid", "authority": "authority__uid"}

    def rows(self, shape: type[Shape[Any]]) -> Any:
        rows = super().rows(shape)
        return rows.prefetch_related(*nested(ContactDetail, self.person, self.at)) if shape is ContactDetail else rows

    @opens("log_contact", ContactIn)
    def create(self, given: Given) -> Contact:
        """What was promised becomes requirements of ours."""
        case, by, at = given.pop("case"), given.pop("by"), given.pop("at")
        promises = [RequirementDraft(**each) for each in given.pop("promises", ())]
        attendees = tuple(AttendeeDraft(**each) for each in given.pop("attendees", ()))
        is_secret = given.pop("contains_state_secret", False)
        draft = ContactDraft(**given, attendees=attendees)
        return log_contact(case=case, contact=draft, promises=promises, contains_state_secret=is_secret, by=by, at=at)

    @verb("mark", "change_mark", Marking)
    def mark(self, contact: Contact, given: Given) -> Any:
        """Under legal advice, internal or disclosable: who may know of it, and whether it may leave the house."""
        return change_mark(item=contact, **given)
