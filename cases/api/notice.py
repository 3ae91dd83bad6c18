"""Notices and measures: what was served on us and what it imposes, with the clocks that this started."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from cases.actions import notice as notices
from cases.actions.demands import NO_MEASURE, lacks_measures
from cases.actions.drafts import CaseDraft, MeasureDraft, NoticeDraft, RequirementDraft
from cases.actions.moving import move_notice
from cases.actions.received import receive
from cases.actions.secrecy import check_draft
from cases.api.case import CaseIn, case_draft
from cases.api.deadline import DeadlineShape
from cases.api.requirement import RequirementShape, RequirementWords
from cases.api.rooms import Given, Room, nested, opens, verb
from cases.api.shapes import Day, Instant, Known, KnownCase, Reason, Shape, StateSecretAnswer, Words, Zone, choice
from cases.api.track import ConditionsKnown, EventShape, TrackShape
from cases.api.uploads import DataAndFile, file_field
from cases.asked import Asked, EachKeyOnce
from cases.law.readings import UNITS, profiles
from cases.law.rulebook import book
from cases.models import (
    OPEN_MARKS,
    Authority,
    Case,
    Language,
    LegalNature,
    Measure,
    MeasureKind,
    Notice,
    NoticeKind,
    Procedure,
    ServiceMode,
)


class MeasureShape(Shape[Measure]):
    class Meta:
        model = Measure
        fields = (
            "uid", "case", "revision", "notice", "kind", "legal_nature", "procedure", "words", "amount", "currency",
            "ordered_on", "ordered_at", "period_amount", "period_unit", "period_profile", "effective_from",
            "effective_until", "voided_at", "void_reason",
        )  # fmt: skip


class NoticeShape(Shape[Notice]):
    class Meta:
        model = Notice
        fields = (
            "uid", "case", "revision", "kind", "number", "authority", "title_en", "title_zh", "issued_on", "served_on",
            "served_at", "zone", "service_mode", "ordered_on", "ordered_at", "period_amount", "period_unit",
            "period_profile", "source", "protection_mark", "evidence", "recorded_at", "voided_at",
            "void_reason", "replaced_by",
        )  # fmt: skip


class NoticeDetail(NoticeShape):
    """With all it brought. `missing`: the facts that deadlines still wait for; `warnings`: what its record lacks;
    `no_law_for`: the authority's jurisdiction, where no rule of it is known and so no clock starts by itself."""

    measures = MeasureShape(many=True, read_only=True)
    tracks = TrackShape(many=True, read_only=True)
    events = EventShape(many=True, read_only=True)
    requirements = RequirementShape(many=True, read_only=True)
    deadlines = DeadlineShape(many=True, read_only=True)
    missing = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()
    no_law_for = serializers.SerializerMethodField()

    class Meta(NoticeShape.Meta):
        fields = (  # type: ignore[assignment]  # longer than the list's
            *NoticeShape.Meta.fields, "original_words", "original_language", "cited_provisions", "measures", "tracks",
            "events", "requirements", "deadlines", "missing", "warnings", "no_law_for",
        )  # fmt: skip

    def get_missing(self, notice: Notice) -> list[str]:
        running = [each.current for each in notice.deadlines.all() if each.outcome == "running" and each.current]
        return sorted({fact for version in running for fact in version.missing})

    def get_warnings(self, notice: Notice) -> list[str]:
        """Sentences in the reader's language."""
        stands = notice.voided_at is None
        return [str(NO_MEASURE)] if stands and lacks_measures(notice.kind, notice.measures.all()) else []

    def get_no_law_for(self, notice: Notice) -> str:
        code = notice.authority.jurisdiction
        return "" if book().has_law_for(code) else code


# ---- In --------------------------------------------------------------------------------------------------------------
class OwnDate(Asked):
    """A day or a period that a document sets itself."""

    ordered_on = Day()
    ordered_at = Instant()
    period_amount = serializers.IntegerField(min_value=1, max_value=100_000, required=False)
    period_unit = serializers.ChoiceField(choices=UNITS, required=False)
    period_profile = serializers.CharField(max_length=12, required=False)


class MeasureIn(OwnDate):
    kind = choice(MeasureKind)
    legal_nature = choice(LegalNature, required=False, help_text="Left out: what the kind is by law.")
    procedure = choice(Procedure, required=False)
    words = Words()
    amount = serializers.DecimalField(max_digits=16, decimal_places=2, min_value=0, required=False)
    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False)
    effective_from = Instant()
    effective_until = Instant()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        together(attrs, "amount", "currency")
        check_own_date(attrs)
        start, end = attrs.get("effective_from"), attrs.get("effective_until")
        if end and (start is None or end < start):
            raise serializers.ValidationError({"effective_until": [_("An effect ends after it starts.")]})
        return attrs


def check_own_date(attrs: dict[str, Any]) -> None:
    together(attrs, "period_amount", "period_unit")
    if attrs.get("period_amount") and (attrs.get("ordered_on") or attrs.get("ordered_at")):
        raise serializers.ValidationError({"period_amount": [_("An order sets a date or a period, not both.")]})
    if attrs.get("period_profile") and attrs["period_profile"] not in profiles(attrs.get("period_unit", "")):
        raise serializers.ValidationError({"period_profile": [_("The order cannot be read that way.")]})


def together(attrs: dict[str, Any], first: str, second: str) -> None:
    if (first in attrs) != (second in attrs):
        lacking = second if first in attrs else first
        told = _("%(one)s and %(other)s go together.") % {"one": first, "other": second}
        raise serializers.ValidationError({lacking: [told]})


class DemandIn(RequirementWords):
    """A requirement the notice makes; `measure_index` counts its measures from 0."""

    measure_index = serializers.IntegerField(min_value=0, required=False)


class NoticeWords(OwnDate):
    kind = choice(NoticeKind)
    authority = Known(Authority, case="")
    number = Words(max_length=120)
    title_en = Words(max_length=300)
    title_zh = Words(max_length=300)
    issued_on = Day()
    served_on = Day()
    served_at = Instant()
    zone = Zone(required=False, help_text="Left out: the authority's.")
    service_mode = choice(ServiceMode, required=False)
    original_words = Words()
    original_language = choice(Language, required=False)
    cited_provisions = serializers.ListField(
        child=serializers.CharField(max_length=300), required=False, max_length=200
    )
    source = Words(max_length=300)  # type: ignore[assignment]  # a field of that name
    protection_mark = serializers.ChoiceField(OPEN_MARKS, required=False)
    contains_state_secret = StateSecretAnswer()
    measures = MeasureIn(many=True, required=False)
    requirements = DemandIn(many=True, required=False)
    facts = ConditionsKnown(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_own_date(attrs)
        count = len(attrs.get("measures", ()))
        for number, demand in enumerate(attrs.get("requirements", ())):
            if demand.get("measure_index", -1) >= count:
                told = _("The notice has no such measure.")
                raise serializers.ValidationError({f"requirements[{number}].measure_index": [told]})
        return attrs


def drafts(given: Given) -> Given:
    """The nested parts as an action takes them, out of `given`."""
    parts = {
        "measures": [MeasureDraft(**each) for each in given.pop("measures", ())],
        "requirements": [RequirementDraft(**each) for each in given.pop("requirements", ())],
        "facts": given.pop("facts", {}),
        "contains_state_secret": given.pop("contains_state_secret", False),
        "by": given.pop("by"),
        "at": given.pop("at"),
    }
    given["cited_provisions"] = tuple(given.pop("cited_provisions", ()))
    return parts


@extend_schema_field({"oneOf": [{"type": "string"}, {"$ref": "#/components/schemas/CaseIn"}]})
class CaseNamedOrNew(serializers.Field[Any, Any, Any, Any]):
    """A case by its reference, or the object of a new one."""

    def to_internal_value(self, data: Any) -> Case | CaseDraft:
        if isinstance(data, dict):
            asked = CaseIn(data=data, context=self.context)
            asked.is_valid(raise_exception=True)
            return case_draft(asked.validated_data)
        named = KnownCase()
        named.bind("case", self.parent)
        found: Case = named.run_validation(data)
        return found


class NoticeIn(NoticeWords):
    case = CaseNamedOrNew()
    file = file_field(required=False)


class Replacement(NoticeWords):
    reason = serializers.CharField()


class Service(Asked):
    served_on = Day()
    served_at = Instant()
    posted_on = Day(help_text="Of a public notice: it counts as served once its thirty days are over.")
    mode = choice(ServiceMode)
    zone = Zone(required=False)


class Move(Asked):
    to = KnownCase()
    reason = serializers.CharField()


class Notices(Room):
    """Newest first."""

    model, shape, whole = Notice, NoticeShape, NoticeDetail
    filters = {"case": "case__reference", "kind": "kind", "number": "number", "authority": "authority__uid"}
    parser_classes = (EachKeyOnce, DataAndFile)

    def rows(self, shape: type[Shape[Any]]) -> QuerySet[Any]:
        rows = super().rows(shape)
        return rows.prefetch_related(*nested(NoticeDetail, self.person, self.at)) if shape is NoticeDetail else rows

    @opens("log_notice", NoticeIn)
    def create(self, given: Given) -> Notice:
        """Opens a case or joins one; answers with what is missing, and the deadlines that are not."""
        case, file, parts = given.pop("case"), given.pop("file", None), drafts(given)
        paper, is_secret = None, parts["contains_state_secret"]
        draft = NoticeDraft(**given)
        if file:
            opened = [case] if isinstance(case, CaseDraft) else []
            check_draft(draft, *parts["measures"], *parts["requirements"], *opened)  # before its file is stored
            declared = file.content_type or ""
            paper = receive(file, filename=file.name, declared=declared, contains_state_secret=is_secret)
        return notices.log_notice(notice=draft, case=case, file=paper, **parts)

    @verb("record-service", "record_service", Service)
    def record_service(self, notice: Notice, given: Given) -> Notice:
        """The day, hour or way of service becomes known or is corrected; waiting deadlines get their dates."""
        return notices.record_service(notice=notice, **{"served_on": None, **given})

    @verb("void", "void", Reason)
    def void(self, notice: Notice, given: Given) -> Notice:
        """Logged by mistake: it stays, with the reason, and all it started is withdrawn."""
        return notices.void_notice(notice=notice, **given)

    @verb("replace", "void", Replacement)
    def replace(self, notice: Notice, given: Given) -> Response:
        """Logged wrongly: voided, and logged anew. Answers with the new notice."""
        reason, parts = given.pop("reason"), drafts(given)
        made = notices.replace_notice(notice=notice, draft=NoticeDraft(**given), reason=reason, **parts)
        return self.answer(made, status=201)

    @verb("move", "move_notice", Move)
    def move(self, notice: Notice, given: Given) -> Notice:
        """To the case it belongs to, with everything it brought."""
        return move_notice(notice=notice, **given)
