"""Flagged content with the rules that find it, the captures it was seen on, and the imports that read them."""

from django.utils import timezone
from rest_framework import serializers
from rest_framework.response import Response

from cases.actions import flagged as flaggeds
from cases.actions.hot_list import import_hot_list, reflag
from cases.api.rooms import Given, Room, opens, verb
from cases.api.shapes import Instant, Known, KnownCase, Reason, Shape, StateSecretAnswer, Words, choice
from cases.api.uploads import DataAndFile, file_field
from cases.asked import Asked
from cases.models import Basis, Capture, Disposition, FlaggedContent, FlaggingRule, Import, Notice


class FlaggedShape(Shape[FlaggedContent]):
    class Meta:
        model = FlaggedContent
        fields = (
            "uid", "case", "revision", "surface", "title", "category", "basis", "rule", "provision", "notice", "state",
            "reviewed_at", "reviewed_by", "review_reason", "disposition", "disposed_at", "first_seen_at",
            "last_seen_at", "best_rank", "hours", "spells", "is_matched",
        )  # fmt: skip


class FlaggingRuleShape(Shape[FlaggingRule]):
    class Meta:
        model = FlaggingRule
        fields = (
            "uid",
            "case",
            "revision",
            "provision",
            "label_en",
            "label_zh",
            "categories",
            "words",
            "recorded_at",
            "retired_at",
        )


class CaptureShape(Shape[Capture]):
    class Meta:
        model = Capture
        fields = (
            "uid", "case", "surface", "captured_at", "evidence", "made_by_import", "rows", "advertisements",
            "present_10", "present_20", "present_50", "unknown_10", "unknown_20", "unknown_50",
        )  # fmt: skip


class ImportShape(Shape[Import]):
    class Meta:
        model = Import
        fields = (
            "uid", "case", "revision", "surface", "evidence", "is_reflag", "state", "rows_read", "rows_matched",
            "rows_unmatched", "rows_rejected", "captures_added", "candidates_added", "failure", "recorded_at",
            "started_at", "finished_at",
        )  # fmt: skip


class ImportDetail(ImportShape):
    conflicts = serializers.ListField(child=serializers.DictField(), read_only=True)
    rejected = serializers.ListField(child=serializers.DictField(), read_only=True)

    class Meta(ImportShape.Meta):
        fields = (*ImportShape.Meta.fields, "conflicts", "rejected")  # type: ignore[assignment]  # longer


class Imported(ImportDetail):
    """`is_repeat`: this file was read before, nothing was added, and this is that first import."""

    is_repeat = serializers.BooleanField(read_only=True)

    class Meta(ImportDetail.Meta):
        fields = (*ImportDetail.Meta.fields, "is_repeat")  # type: ignore[assignment]  # longer


# ---- In --------------------------------------------------------------------------------------------------------------
class FlaggedIn(Asked):
    case = KnownCase()
    surface = serializers.CharField(max_length=80)
    title = serializers.CharField(max_length=500)
    basis = choice(Basis)
    provision = Words(max_length=40)
    notice = Known(Notice, required=False, allow_null=True)


class Why(Asked):
    reason = Words()


class Disposed(Asked):
    disposition = serializers.ChoiceField(choices=[each for each in Disposition.choices if each[0]])
    disposed_at = Instant(required=True, allow_null=False)


class FlaggingRuleIn(Asked):
    case = KnownCase()
    provision = serializers.CharField(max_length=40)
    categories = serializers.ListField(child=serializers.CharField(max_length=60), required=False)
    words = serializers.ListField(child=serializers.CharField(max_length=60), required=False)
    label_en = Words(max_length=200)
    label_zh = Words(max_length=200)


class DefaultRules(Asked):
    case = KnownCase()


class RulesAdded(Shape[FlaggingRule]):
    """The rules that were added."""

    added = FlaggingRuleShape(many=True, read_only=True)

    class Meta:
        model = FlaggingRule
        fields = ("added",)


class ImportIn(Asked):
    case = KnownCase()
    surface = serializers.CharField(max_length=80)
    file = file_field()
    contains_state_secret = StateSecretAnswer()


class ReflagIn(Asked):
    case = KnownCase()
    surface = serializers.CharField(max_length=80)


class FlaggedRoom(Room):
    """Most hours on the board first. Candidates are our own working material until a person confirms them."""

    model, shape = FlaggedContent, FlaggedShape
    order = ("-hours", "pk")
    filters = {
        "case": "case__reference", "state": "state", "basis": "basis", "provision": "provision", "rule": "rule__uid",
        "surface": "surface",
    }  # fmt: skip

    @opens("flag", FlaggedIn)
    def create(self, given: Given) -> FlaggedContent:
        """Content a person names, and on what basis."""
        return flaggeds.add_flagged(**given)

    @verb("confirm", "review_flagged", Why)
    def confirm(self, flagged: FlaggedContent, given: Given) -> FlaggedContent:
        return flaggeds.confirm_flagged(flagged=flagged, **given)

    @verb("dismiss", "review_flagged", Reason)
    def dismiss(self, flagged: FlaggedContent, given: Given) -> FlaggedContent:
        """It leaves the figures of exposure and stays in the record."""
        return flaggeds.dismiss_flagged(flagged=flagged, **given)

    @verb("dispose", "flag", Disposed)
    def dispose(self, flagged: FlaggedContent, given: Given) -> FlaggedContent:
        """What was done about it on the platform, and when."""
        return flaggeds.set_disposition(flagged=flagged, **given)


class FlaggingRules(Room):
    model, shape = FlaggingRule, FlaggingRuleShape

    @opens("flag", FlaggingRuleIn)
    def create(self, given: Given) -> FlaggingRule:
        return flaggeds.add_flagging_rule(**given)

    @opens("flag", DefaultRules, name="defaults", gives=RulesAdded)
    def defaults(self, given: Given) -> Response:
        """Adds the rules of the taxonomy that the case has not; answers with those added."""
        added = flaggeds.add_default_rules(**given)
        rows = self.rows(FlaggingRuleShape).filter(pk__in=[rule.pk for rule in added]).order_by("pk")
        return Response({"added": FlaggingRuleShape(rows, many=True).data}, status=201)

    @verb("retire", "flag")
    def retire(self, rule: FlaggingRule, given: Given) -> FlaggingRule:
        return flaggeds.retire_flagging_rule(rule=rule, **given)


class Captures(Room):
    """Each look at a list, with how many rows were there. An hour without one is a gap, not a zero."""

    model, shape = Capture, CaptureShape
    order = ("captured_at", "pk")
    filters = {"case": "case__reference", "surface": "surface", "import": "made_by_import__uid"}


class Imports(Room):
    """Readings of captured lists."""

    model, shape, whole = Import, ImportShape, ImportDetail
    filters = {"case": "case__reference", "state": "state", "surface": "surface"}
    parser_classes = (DataAndFile,)

    @opens("import_hot_list", ImportIn, gives=Imported)
    def create(self, given: Given) -> Response:
        """The file becomes evidence and is read. The same file again adds nothing and answers with the first import."""
        made = import_hot_list(**given, filename=given["file"].name, clock=timezone.now)
        shown = ImportDetail(self.rows(ImportDetail).get(pk=made.record.pk)).data
        return Response(shown | {"is_repeat": made.is_repeat}, status=200 if made.is_repeat else 201)

    @opens("import_hot_list", ReflagIn, name="reflag")
    def reflag(self, given: Given) -> Import:
        """Reads every kept file of the list again under the rules of today."""
        return reflag(**given, clock=timezone.now)
