"""Cases: opening, changing, who may know of one, closing and reopening."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.response import Response

from cases.actions import case as cases
from cases.actions.drafts import CaseDraft
from cases.api.deadline import DeadlineShape
from cases.api.evidence import EvidenceShape
from cases.api.log import LogShape
from cases.api.rooms import Given, Room, opens, verb
from cases.api.shapes import Day, Instant, Known, Reason, Shape, Someone, Words, choice, rows_for
from cases.api.taskforce import TaskShape
from cases.asked import Asked
from cases.known_cases import admitted
from cases.models import (
    OPEN_MARKS,
    Authority,
    AuthorityRole,
    Barrier,
    Case,
    CaseAccess,
    CaseAuthority,
    Language,
    Party,
    PartyKind,
    Person,
)
from cases.permissions import within_case

# The whole lists have addresses of their own; a detail stays one page.
SHOWN = 100
LAST = 20


class CaseShape(Shape[Case]):
    class Meta:
        model = Case
        fields = (
            "uid", "reference", "revision", "title_en", "title_zh", "title_zh_hant", "state", "party", "lead_authority",
            "lead_counsel", "announced_on", "is_open_to_staff", "is_named_in_mail", "is_fictional", "protection_mark",
            "opened_at", "closed_at", "closing_reason",
        )  # fmt: skip

    beside = ("shows_persons",)

    @classmethod
    def veiled(cls, shown: dict[str, Any], beside: Mapping[str, Any]) -> dict[str, Any]:
        """Who a natural person is, is for those admitted to the persons of the case (`shows_persons`)."""
        if shown["party"]["kind"] == PartyKind.NATURAL_PERSON and not beside["shows_persons"]:
            shown["party"] = shown["party"] | dict.fromkeys(("name_en", "name_zh", "name_zh_hant"), "")
        return shown


class FurtherAuthority(Shape[CaseAuthority]):
    class Meta:
        model = CaseAuthority
        fields = ("authority", "role")


class AccessShape(Shape[CaseAccess]):
    class Meta:
        model = CaseAccess
        fields = ("uid", "person", "from_at", "until_at", "reason", "granted_by", "sees_advice", "sees_persons")


class BarrierShape(Shape[Barrier]):
    class Meta:
        model = Barrier
        fields = ("uid", "person", "raised_at", "raised_by", "lifted_at", "reason")


class CaseDetail(CaseShape):
    further_authorities = FurtherAuthority(many=True, read_only=True)
    deadlines = DeadlineShape(many=True, read_only=True, source="shown_deadlines")
    tasks = TaskShape(many=True, read_only=True, source="shown_tasks")
    evidence = EvidenceShape(many=True, read_only=True, source="shown_evidence")
    log = LogShape(many=True, read_only=True, source="last_log")

    class Meta(CaseShape.Meta):
        fields = (  # type: ignore[assignment]  # longer than the list's
            *CaseShape.Meta.fields, "allegation", "allegation_language", "conduct_from", "conduct_until",
            "further_authorities", "deadlines", "tasks", "evidence", "log",
        )  # fmt: skip


class CasePeople(Shape[Case]):
    accesses = AccessShape(many=True, read_only=True)
    barriers = BarrierShape(many=True, read_only=True)

    class Meta:
        model = Case
        fields = ("accesses", "barriers")


# ---- In --------------------------------------------------------------------------------------------------------------
class FurtherAuthorityIn(Asked):
    authority = Known(Authority, case="")
    role = choice(AuthorityRole)


class CaseWords(Asked):
    """What may be said at the opening and changed later."""

    title_en = Words(max_length=300)
    title_zh = Words(max_length=300)
    title_zh_hant = Words(max_length=300)
    lead_counsel = Someone(required=False, allow_null=True)
    allegation = Words()
    announced_on = Day()
    conduct_from = Day()
    conduct_until = Day()
    is_open_to_staff = serializers.BooleanField(required=False)
    is_named_in_mail = serializers.BooleanField(required=False)
    protection_mark = serializers.ChoiceField(OPEN_MARKS, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        start, end = attrs.get("conduct_from"), attrs.get("conduct_until")
        if start and end and end < start:
            raise serializers.ValidationError({"conduct_until": [_("This is before the conduct began.")]})
        return attrs


class CaseIn(CaseWords):
    party = Known(Party, case="")
    lead_authority = Known(Authority, case="")
    allegation_language = choice(Language, required=False)
    is_fictional = serializers.BooleanField(required=False)
    further_authorities = FurtherAuthorityIn(many=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        if not (attrs.get("title_en") or attrs.get("title_zh")):
            raise serializers.ValidationError({"title_en": [_("Give a title, in English or in Chinese.")]})
        return attrs


def case_draft(given: Given) -> CaseDraft:
    further = tuple((each["authority"], each["role"]) for each in given.pop("further_authorities", ()))
    return CaseDraft(**given, further_authorities=further)


class Access(Asked):
    person = Someone()
    reason = serializers.CharField()
    until_at = Instant()
    sees_advice = serializers.BooleanField(required=False)
    sees_persons = serializers.BooleanField(required=False)


class Admitting(Asked):
    access = Known(CaseAccess)
    sees_advice = serializers.BooleanField()
    sees_persons = serializers.BooleanField()
    reason = serializers.CharField()


class Shut(Asked):
    person = Someone()
    reason = serializers.CharField()


class AccessNamed(Asked):
    access = Known(CaseAccess)


class BarrierNamed(Asked):
    barrier = Known(Barrier)


class Cases(Room):
    """One incident a case, by its reference. The lists of what it holds are asked by `?case=`."""

    model, shape, whole = Case, CaseShape, CaseDetail
    order = ("-opened_at", "-pk")
    filters = {
        "state": "state", "authority": "lead_authority__uid", "party": "party__uid", "lead": "lead_counsel__uid",
    }  # fmt: skip
    lookup_field = "reference"
    lookup_value_regex = r"[\w.-]{1,40}"

    def rows(self, shape: type[Shape[Any]]) -> QuerySet[Any]:
        shows_persons = admitted(self.person, self.at, case="", to="sees_persons")
        rows: QuerySet[Any] = super().rows(shape).annotate(shows_persons=shows_persons)
        return rows.prefetch_related(*parts(self.person, self.at)) if shape is CaseDetail else rows

    @opens("log_notice", CaseIn, gives=CaseShape)
    def create(self, given: Given) -> Case:
        """Opens a case without a notice yet; `POST /notices/` opens one with its first notice."""
        by, at = given.pop("by"), given.pop("at")
        return cases.open_case(draft=case_draft(given), by=by, at=at)

    @verb("change", "change_case", CaseWords)
    def change(self, case: Case, given: Given) -> Case:
        """Changes the fields sent. With `If-Match`, only if nobody has changed the case since."""
        by, at = given.pop("by"), given.pop("at")
        return cases.change_case(case=case, fields=given, by=by, at=at)

    @verb("close", "close_case", Reason)
    def close(self, case: Case, given: Given) -> Case:
        """Refused while a track that binds has not ended or something marked done lacks proof; 409 lists what."""
        return cases.close_case(case=case, **given)

    @verb("close-unknown", "close_case", Reason)
    def close_unknown(self, case: Case, given: Given) -> Case:
        """How it ended is not known: open tracks end as `closed_unknown`, with the reason."""
        return cases.close_unknown(case=case, **given)

    @verb("reopen", "close_case", Reason)
    def reopen(self, case: Case, given: Given) -> Case:
        return cases.reopen_case(case=case, **given)

    @verb("grant-access", "grant_access", Access)
    def grant_access(self, case: Case, given: Given) -> CaseAccess:
        """Lets a person know of the case, from now until an instant or for good."""
        return cases.grant_access(case=case, **given)

    @verb("admit", "grant_access", Admitting)
    def admit(self, _case: Case, given: Given) -> CaseAccess:
        """Whether one who may know of the case also sees the legal advice, and the persons held responsible."""
        return cases.admit(**given)

    @verb("people", "grant_access", methods=["get"], gives=CasePeople)
    def people(self, case: Case, _given: Given) -> Response:
        """Who may know of the case and who is kept from it."""
        accesses = rows_for(AccessShape).filter(case=case)
        barriers = rows_for(BarrierShape).filter(case=case)
        shown = {"accesses": AccessShape(accesses, many=True).data, "barriers": BarrierShape(barriers, many=True).data}
        return Response(shown)

    @verb("end-access", "grant_access", AccessNamed)
    def end_access(self, _case: Case, given: Given) -> CaseAccess:
        return cases.end_access(**given)

    @verb("raise-barrier", "grant_access", Shut)
    def raise_barrier(self, case: Case, given: Given) -> Barrier:
        """Keeps a person from the case whatever their role."""
        return cases.raise_barrier(case=case, **given)

    @verb("lift-barrier", "grant_access", BarrierNamed)
    def lift_barrier(self, _case: Case, given: Given) -> Barrier:
        return cases.lift_barrier(**given)


def parts(person: Person, at: datetime) -> list[Any]:
    """What a case holds, bounded, in one query each, as far as the person may know."""

    def shown(shape: type[Shape[Any]]) -> Any:
        return within_case(rows_for(shape), person, at=at)

    deadlines = shown(DeadlineShape).order_by(F("due_at").asc(nulls_last=True), "pk")
    tasks = shown(TaskShape).order_by("number", "pk")
    return [
        Prefetch("further_authorities", rows_for(FurtherAuthority)),
        Prefetch("deadlines", deadlines[:SHOWN], to_attr="shown_deadlines"),
        Prefetch("tasks", tasks[:SHOWN], to_attr="shown_tasks"),
        Prefetch("evidence", shown(EvidenceShape).order_by("-number", "-pk")[:SHOWN], to_attr="shown_evidence"),
        Prefetch("log", shown(LogShape).order_by("-recorded_at", "-pk")[:LAST], to_attr="last_log"),
    ]
