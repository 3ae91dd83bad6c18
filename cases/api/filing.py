"""Filings: what we sent to the authority, with its receipt and the deadline it meets."""

from rest_framework import serializers

from cases.actions import filing as filings
from cases.api.rooms import Given, Room, opens, verb
from cases.api.shapes import Day, Instant, Known, KnownCase, Reason, Shape, StateSecretAnswer, Words, Zone, choice
from cases.asked import Asked
from cases.models import Authority, Deadline, Evidence, Filing, FilingKind


class FilingShape(Shape[Filing]):
    deadline_outcome = serializers.CharField(source="deadline.outcome", read_only=True, allow_null=True)

    class Meta:
        model = Filing
        fields = (
            "uid", "case", "revision", "kind", "authority", "title_en", "title_zh", "sent_at", "zone", "way",
            "is_handed_in", "deadline", "deadline_outcome", "document", "receipt", "receipt_number", "received_on",
            "export_approval", "carries_nothing_stored", "recorded_at", "recorded_by", "voided_at", "void_reason",
        )  # fmt: skip


class ReceiptIn(Asked):
    receipt = Known(Evidence, required=False, allow_null=True)
    receipt_number = Words(max_length=120)
    received_on = Day()
    contains_state_secret = StateSecretAnswer()


class FilingIn(ReceiptIn):
    case = KnownCase()
    kind = choice(FilingKind)
    authority = Known(Authority, case="")
    sent_at = Instant(required=True, allow_null=False)
    zone = Zone(required=False)
    deadline = Known(Deadline, required=False, allow_null=True)
    title_en = Words(max_length=300)
    title_zh = Words(max_length=300)
    way = Words(max_length=120)
    is_handed_in = serializers.BooleanField(required=False, help_text="At the counter: it closes before the day ends.")
    document = Known(Evidence, required=False, allow_null=True)
    carries_nothing_stored = serializers.BooleanField(
        required=False,
        help_text="To an authority outside mainland China without a recorded approval: nothing stored there is sent.",
    )


class Filings(Room):
    """What was sent last, first."""

    model, shape = Filing, FilingShape
    order = ("-sent_at", "-pk")
    filters = {"case": "case__reference", "kind": "kind", "deadline": "deadline__uid", "authority": "authority__uid"}

    @opens("file", FilingIn)
    def create(self, given: Given) -> Filing:
        """With a receipt it meets its deadline as of the sending; late is met late, and the log says by how much.

        To an authority outside mainland China only by an approval (`/export-approvals/`), or with nothing stored there.
        """
        return filings.file(**given)

    @verb("attach-receipt", "file", ReceiptIn)
    def attach_receipt(self, filing: Filing, given: Given) -> Filing:
        """The receipt came later: the deadline is met as of the sending."""
        return filings.attach_receipt(filing=filing, **given)

    @verb("void", "void", Reason)
    def void(self, filing: Filing, given: Given) -> Filing:
        """The deadline it met runs again."""
        return filings.void_filing(filing=filing, **given)
