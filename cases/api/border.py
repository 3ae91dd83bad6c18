"""Papers kept elsewhere because they contain a state secret, and approvals to give what is stored here to outside."""

from rest_framework import serializers

from cases.actions import border
from cases.actions.secrecy import note_classified_paper, void_classified_paper
from cases.api.rooms import Given, Room, opens, verb
from cases.api.shapes import Day, Known, KnownCase, Reason, Shape, Words, choice
from cases.asked import Asked
from cases.models import Authority, ClassifiedPaper, Evidence, ExportApproval, PaperKind, SecrecyLevel


class ClassifiedPaperShape(Shape[ClassifiedPaper]):
    class Meta:
        model = ClassifiedPaper
        fields = (
            "uid", "case", "revision", "kind", "level", "kept_where", "keeper", "noted_on", "recorded_at",
            "recorded_by", "voided_at", "void_reason",
        )  # fmt: skip


class ExportApprovalShape(Shape[ExportApproval]):
    class Meta:
        model = ExportApproval
        fields = (
            "uid", "case", "revision", "authority", "organ_en", "organ_zh", "number", "approved_on", "valid_until",
            "scope", "document", "recorded_at", "recorded_by", "voided_at", "void_reason",
        )  # fmt: skip


class ClassifiedPaperIn(Asked):
    """There is no field for a title, a number or what it says: those may be secret themselves."""

    case = KnownCase()
    kind = choice(PaperKind)
    level = choice(SecrecyLevel, required=False)
    kept_where = serializers.CharField(max_length=200)
    keeper = Words(max_length=120)


class ExportApprovalIn(Asked):
    case = KnownCase()
    authority = Known(Authority, case="", help_text="Who receives it, outside mainland China.")
    organ_en = Words(max_length=200)
    organ_zh = Words(max_length=200)
    number = serializers.CharField(max_length=120)
    approved_on = Day(required=True, allow_null=False)
    valid_until = Day()
    scope = serializers.CharField()
    document = Known(Evidence, required=False, allow_null=True)


class ClassifiedPapers(Room):
    """Newest first."""

    model, shape = ClassifiedPaper, ClassifiedPaperShape
    filters = {"case": "case__reference", "kind": "kind"}

    @opens("note_classified_paper", ClassifiedPaperIn)
    def create(self, given: Given) -> ClassifiedPaper:
        """Only that a paper exists and where it is kept."""
        return note_classified_paper(**given)

    @verb("void", "note_classified_paper", Reason)
    def void(self, paper: ClassifiedPaper, given: Given) -> ClassifiedPaper:
        """Noted by mistake: it stays, with the reason."""
        return void_classified_paper(paper=paper, **given)


class ExportApprovals(Room):
    """The newest first; one that is voided or has run out lets nothing more through."""

    model, shape = ExportApproval, ExportApprovalShape
    order = ("-approved_on", "-pk")
    filters = {"case": "case__reference", "authority": "authority__uid"}

    @opens("record_export_approval", ExportApprovalIn)
    def create(self, given: Given) -> ExportApproval:
        """What the competent authority of mainland China approved, for one authority outside it."""
        case, by, at = given.pop("case"), given.pop("by"), given.pop("at")
        return border.record_export_approval(case=case, approval=border.ApprovalDraft(**given), by=by, at=at)

    @verb("void", "record_export_approval", Reason)
    def void(self, approval: ExportApproval, given: Given) -> ExportApproval:
        """Recorded by mistake. What was filed by it stays as it was."""
        return border.void_export_approval(approval=approval, **given)
