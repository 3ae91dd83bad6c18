"""Requirements: what was demanded or promised, marked done with proof and signed off by a second person."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from cases.actions import requirement as requirements
from cases.actions.drafts import RequirementDraft
from cases.api.rooms import Given, Room, opens, verb
from cases.api.shapes import Day, Known, KnownCase, Reason, Shape, Someone, Words, choice
from cases.asked import Asked
from cases.models import Contact, Language, Measure, Notice, Origin, Requirement


class RequirementShape(Shape[Requirement]):
    due_on = serializers.DateField(source="deadline.due_on", read_only=True, allow_null=True)

    class Meta:
        model = Requirement
        fields = (
            "uid", "case", "revision", "number", "origin", "notice", "measure", "contact", "title_en", "title_zh",
            "clause", "clause_language", "acceptance_test", "owner", "deadline", "due_on", "state", "done_at",
            "done_by", "signed_off_at", "signed_off_by",
        )  # fmt: skip


# ---- In --------------------------------------------------------------------------------------------------------------
class Change(Asked):
    title_en = Words(max_length=300)
    title_zh = Words(max_length=300)
    clause = Words()
    clause_language = choice(Language, required=False)
    acceptance_test = Words()
    owner = Someone(required=False, allow_null=True)
    due_on = Day()


class RequirementWords(Asked):
    """Wherever requirements are made: alone, by a notice, or as promises of a contact."""

    title_en = Words(max_length=300)
    title_zh = Words(max_length=300)
    clause = Words()
    clause_language = choice(Language, required=False)
    acceptance_test = Words()
    owner = Someone(required=False, allow_null=True)
    due_on = Day()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs.get("title_en", "").strip() or attrs.get("title_zh", "").strip()):
            raise serializers.ValidationError({"title_en": [_("Give a title, in English or in Chinese.")]})
        return attrs


class RequirementIn(RequirementWords):
    case = KnownCase()
    origin = choice(Origin, required=False)
    notice = Known(Notice, required=False, allow_null=True)
    measure = Known(Measure, required=False, allow_null=True)
    contact = Known(Contact, required=False, allow_null=True)


class Requirements(Room):
    model, shape = Requirement, RequirementShape
    filters = {
        "case": "case__reference", "state": "state", "origin": "origin", "owner": "owner__uid", "notice": "notice__uid",
    }  # fmt: skip

    @opens("add_requirement", RequirementIn)
    def create(self, given: Given) -> Requirement:
        case, by, at = given.pop("case"), given.pop("by"), given.pop("at")
        return requirements.add_requirement(case=case, draft=RequirementDraft(**given), by=by, at=at)

    @verb("change", "add_requirement", Change)
    def change(self, requirement: Requirement, given: Given) -> Requirement:
        """Changes the fields sent. With `If-Match`, only if nobody has changed it since."""
        by, at = given.pop("by"), given.pop("at")
        return requirements.change_requirement(requirement=requirement, fields=given, by=by, at=at)

    @verb("done", "mark_requirement_done")
    def done(self, requirement: Requirement, given: Given) -> Requirement:
        """Needs a proof, its own or of one of its tasks, and no open task."""
        return requirements.mark_requirement_done(requirement=requirement, **given)

    @verb("sign-off", "sign_off")
    def sign_off(self, requirement: Requirement, given: Given) -> Requirement:
        """By somebody other than who marked it done."""
        return requirements.sign_off(requirement=requirement, **given)

    @verb("reopen", "sign_off", Reason)
    def reopen(self, requirement: Requirement, given: Given) -> Requirement:
        return requirements.reopen_requirement(requirement=requirement, **given)

    @verb("withdraw", "add_requirement", Reason)
    def withdraw(self, requirement: Requirement, given: Given) -> Requirement:
        return requirements.withdraw_requirement(requirement=requirement, **given)
