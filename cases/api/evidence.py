"""Evidence: taken in by its hash, linked to what it proves, reviewed, opened and verified; and legal holds."""

from collections.abc import Mapping
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from cases.actions import evidence as evidences
from cases.actions import hold as holds
from cases.actions.drafts import EvidenceDraft
from cases.actions.marking import change_mark
from cases.api.rooms import Given, Room, nested, opens, verb
from cases.api.shapes import (
    Instant,
    Known,
    KnownCase,
    Marking,
    Reason,
    Shape,
    Someone,
    StateSecretAnswer,
    Words,
    Worked,
    Zone,
    choice,
)
from cases.api.uploads import DataAndFile, file_field
from cases.asked import Asked
from cases.models import (
    CustodyEntry,
    Event,
    Evidence,
    EvidenceLink,
    FlaggedContent,
    LegalHold,
    Notice,
    ProtectionMark,
    Requirement,
    Task,
)
from cases.models.evidence import exhibit

PROVABLE = ("requirement", "task", "notice", "flagged_content")


class EvidenceShape(Shape[Evidence]):
    sha256 = serializers.CharField(source="blob.sha256", read_only=True)
    size = serializers.IntegerField(source="blob.size", read_only=True)
    verified_at = serializers.DateTimeField(read_only=True, allow_null=True)
    name = Worked("number", by=exhibit)
    beside = ("derived_from__protection_mark",)

    class Meta:
        model = Evidence
        fields = (
            "uid", "case", "revision", "number", "name", "title_en", "title_zh", "filename", "media_type", "sha256",
            "size", "verified_at", "source", "captured_at", "captured_zone", "captured_by", "protection_mark", "state",
            "state_reason", "reviewed_at", "reviewed_by", "superseded_by", "derived_from", "derivation", "recorded_at",
            "recorded_by",
        )  # fmt: skip

    @classmethod
    def veiled(cls, shown: dict[str, Any], beside: Mapping[str, Any]) -> dict[str, Any]:
        """A copy that others see does not name the original that is under legal advice."""
        if beside["derived_from__protection_mark"] == ProtectionMark.LEGAL_ADVICE != shown["protection_mark"]:
            shown |= {name: "" for name in ("derived_why",) if name in shown} | {"derived_from": None}
        return shown


class LinkShape(Shape[EvidenceLink]):
    class Meta:
        model = EvidenceLink
        fields = ("uid", *PROVABLE, "linked_at", "linked_by")


class CustodyShape(Shape[CustodyEntry]):
    class Meta:
        model = CustodyEntry
        fields = ("uid", "number", "action", "person", "at", "values", "previous", "hash")


class EvidenceDetail(EvidenceShape):
    links = LinkShape(many=True, read_only=True)
    custody = CustodyShape(many=True, read_only=True)

    class Meta(EvidenceShape.Meta):
        fields = (  # type: ignore[assignment]  # longer than the list's
            *EvidenceShape.Meta.fields, "source_url", "method", "tool", "derived_why", "links", "custody",
        )  # fmt: skip


class HoldShape(Shape[LegalHold]):
    class Meta:
        model = LegalHold
        fields = (
            "uid", "case", "revision", "scope", "reason", "event", "issued_at", "released_at", "released_by",
            "release_reason",
        )  # fmt: skip


# ---- In --------------------------------------------------------------------------------------------------------------
class Proves(Asked):
    """What it proves: exactly one."""

    requirement = Known(Requirement, required=False)
    task = Known(Task, required=False)
    notice = Known(Notice, required=False)
    flagged_content = Known(FlaggedContent, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if sum(name in attrs for name in PROVABLE) != 1:
            raise serializers.ValidationError(_("Name one thing it proves."))
        return {"proves": next(attrs[name] for name in PROVABLE if name in attrs)}


class EvidenceIn(Asked):
    case = KnownCase()
    file = file_field()
    contains_state_secret = StateSecretAnswer()
    title_en = Words(max_length=300)
    title_zh = Words(max_length=300)
    source = Words(max_length=300)  # type: ignore[assignment]  # a field of that name
    source_url = Words()
    captured_at = Instant()
    captured_zone = Zone(required=False, allow_blank=True)
    captured_by = Someone(required=False, allow_null=True)
    method = Words(max_length=200)
    tool = Words(max_length=200)
    protection_mark = choice(ProtectionMark, required=False)
    requirement = Known(Requirement, required=False)
    task = Known(Task, required=False)
    notice = Known(Notice, required=False)
    flagged_content = Known(FlaggedContent, required=False)


class Superseding(Asked):
    by_evidence = Known(Evidence)
    reason = serializers.CharField()


class HoldIn(Asked):
    case = KnownCase()
    scope = serializers.CharField()
    reason = serializers.CharField()
    event = Known(Event, required=False, allow_null=True)


class EvidenceRoom(Room):
    """Newest first, by its number in the case."""

    model, shape, whole = Evidence, EvidenceShape, EvidenceDetail
    order = ("-recorded_at", "-pk")
    filters = {"case": "case__reference", "state": "state", "sha256": "blob__sha256"}
    parser_classes = (DataAndFile,)

    def rows(self, shape: type[Shape[Any]]) -> Any:
        rows = super().rows(shape)
        return rows.prefetch_related(*nested(EvidenceDetail, self.person, self.at)) if shape is EvidenceDetail else rows

    @opens("add_evidence", EvidenceIn)
    def create(self, given: Given) -> Evidence:
        """Hashed while it streams to the store. The same bytes again in a case are refused, naming the first."""
        who = {name: given.pop(name) for name in ("case", "file", "by", "at")}
        proves = [given.pop(name) for name in PROVABLE if name in given]
        is_secret = given.pop("contains_state_secret", False)
        draft = EvidenceDraft(**given, media_type=who["file"].content_type or "")
        return evidences.take_in(
            **who, filename=who["file"].name, draft=draft, proves=proves, contains_state_secret=is_secret
        )

    @extend_schema(request=None, responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @verb("download", "read_evidence", methods=["get", "post"])
    def download(self, evidence: Evidence, given: Given) -> FileResponse:
        """The bytes, as they were taken in; who opened them stands in the custody chain."""
        stream = evidences.open_evidence(evidence=evidence, **given)
        response = FileResponse(stream, as_attachment=True, filename=evidence.filename, content_type=OCTETS)
        for name, value in (*GUARDED, ("Content-Length", str(evidence.blob.size)), ("X-Sha256", evidence.blob.sha256)):
            response[name] = value
        return response

    @verb("accept", "review_evidence")
    def accept(self, evidence: Evidence, given: Given) -> Evidence:
        return evidences.accept_evidence(evidence=evidence, **given)

    @verb("send-back", "review_evidence", Reason)
    def send_back(self, evidence: Evidence, given: Given) -> Evidence:
        """It stays, with the reason, and proves nothing any more."""
        return evidences.send_back_evidence(evidence=evidence, **given)

    @verb("link", "add_evidence", Proves)
    def link(self, evidence: Evidence, given: Given) -> EvidenceLink:
        return evidences.link_evidence(evidence=evidence, **given)

    @verb("supersede", "review_evidence", Superseding)
    def supersede(self, evidence: Evidence, given: Given) -> Evidence:
        """A better copy takes over all it proves; it stays as it is."""
        return evidences.supersede_evidence(evidence=evidence, **given)

    @verb("verify", "read_evidence")
    def verify(self, evidence: Evidence, given: Given) -> bool:
        """Reads the bytes again and notes in custody whether they are those taken in."""
        return evidences.verify_evidence(evidence=evidence, **given)

    @verb("mark", "change_mark", Marking)
    def mark(self, evidence: Evidence, given: Given) -> Any:
        """Under legal advice, internal or disclosable: who may know of it, and whether it may leave the house."""
        return change_mark(item=evidence, **given)


OCTETS = "application/octet-stream"
# Whatever was taken in must not act in a browser that holds a session of ours.
GUARDED = (("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "sandbox; default-src 'none'"))


class LegalHolds(Room):
    """Internal orders not to destroy."""

    model, shape = LegalHold, HoldShape
    order = ("-issued_at", "-pk")

    @opens("hold", HoldIn)
    def create(self, given: Given) -> LegalHold:
        return holds.issue_hold(**given)

    @verb("release", "hold", Reason)
    def release(self, hold: LegalHold, given: Given) -> LegalHold:
        return holds.release_hold(hold=hold, **given)
