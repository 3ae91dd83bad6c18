"""Measures: what notices impose, what was paid on them, and what is still owed."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.actions import instalments, payment
from cases.actions.owed import Owed, owed
from cases.api.notice import MeasureShape
from cases.api.rooms import Given, Room, nested, verb
from cases.api.shapes import Known, OneDay, Reason, Shape
from cases.asked import Asked
from cases.models import Evidence, Instalment, Measure, Notice, NoticeKind, Payment
from cases.working import surcharge_sentences


class PaymentShape(Shape[Payment]):
    currency = serializers.CharField(source="measure.currency", read_only=True)

    class Meta:
        model = Payment
        fields = (
            "uid",
            "amount",
            "currency",
            "paid_on",
            "evidence",
            "recorded_at",
            "recorded_by",
            "voided_at",
            "void_reason",
        )


class InstalmentShape(Shape[Instalment]):
    currency = serializers.CharField(source="measure.currency", read_only=True)

    class Meta:
        model = Instalment
        fields = (
            "uid", "number", "due_on", "amount", "currency", "decided_on", "document", "deadline", "voided_at",
            "void_reason",
        )  # fmt: skip


def _said(found: Owed) -> list[str]:
    if not found.surcharge:
        return []
    return surcharge_sentences(own_on=found.own_on, is_part_missed=found.is_part_missed)


class OwedShape(serializers.Serializer[Any]):
    """As of today where the authority sits. `surcharge`: on the whole fine, as the law says; on the unpaid, milder.

    `own_on`: the document's own last day to pay, where that is before the law's; `said`: how the days are counted.
    """

    currency = serializers.CharField()
    paid = serializers.DecimalField(max_digits=16, decimal_places=2)
    outstanding = serializers.DecimalField(max_digits=16, decimal_places=2)
    due_on = serializers.DateField(allow_null=True)
    as_of = serializers.DateField()
    surcharge_days = serializers.IntegerField(source="surcharge.days", allow_null=True, default=None)
    surcharge = serializers.DecimalField(
        source="surcharge.amount", max_digits=18, decimal_places=2, allow_null=True, default=None
    )
    surcharge_on_unpaid = serializers.DecimalField(
        source="surcharge.on_unpaid", max_digits=18, decimal_places=2, allow_null=True, default=None
    )
    surcharge_before_plan = serializers.DecimalField(
        source="before_plan.amount", max_digits=18, decimal_places=2, allow_null=True, default=None,
        help_text="What had accrued when instalments were agreed after the fine was overdue; for counsel to clear up.",
    )  # fmt: skip
    overpaid = serializers.DecimalField(max_digits=16, decimal_places=2)
    surcharge_capped_on = serializers.DateField(source="surcharge.capped_on", allow_null=True, default=None)
    own_on = serializers.DateField(allow_null=True)
    said = serializers.SerializerMethodField()

    def get_said(self, found: Owed) -> list[str]:
        return _said(found)


class MeasureDetail(MeasureShape):
    """With what was paid on it, what was agreed, and what is still owed."""

    payments = PaymentShape(many=True, read_only=True)
    instalments = InstalmentShape(many=True, read_only=True)
    owed = serializers.SerializerMethodField()
    is_threatened = serializers.SerializerMethodField(help_text="By a prior notice alone: nothing is owed, nor paid.")

    class Meta(MeasureShape.Meta):
        fields = (*MeasureShape.Meta.fields, "is_threatened", "payments", "instalments", "owed")  # type: ignore[assignment]

    @extend_schema_field(OwedShape(allow_null=True))
    def get_owed(self, measure: Measure) -> Any:
        found = owed(measure, at=self.context["at"])
        return OwedShape(found).data if found else None

    def get_is_threatened(self, measure: Measure) -> bool:
        return measure.amount is not None and measure.notice.kind == NoticeKind.PRIOR_NOTICE


# ---- In -------------------------------------------------------------------------------------------------------------
class PaymentIn(Asked):
    amount = serializers.DecimalField(max_digits=16, decimal_places=2, min_value=Decimal("0.01"))
    paid_on = OneDay()
    evidence = Known(Evidence, required=False, allow_null=True)
    is_second = serializers.BooleanField(
        default=False, help_text="As much was paid twice on that day; unsaid, the same again is refused."
    )


class Proof(Asked):
    payment = Known(Payment, case="measure__case")
    evidence = Known(Evidence)


class PaymentVoid(Asked):
    payment = Known(Payment, case="measure__case")
    reason = serializers.CharField()


class PartIn(Asked):
    due_on = OneDay()
    amount = serializers.DecimalField(max_digits=16, decimal_places=2, min_value=Decimal("0.01"))


class Plan(Asked):
    parts = PartIn(many=True, allow_empty=False)
    decided_on = OneDay()
    document = Known(Notice, required=False, allow_null=True)


class Measures(Room):
    """What notices impose; each has its own legal nature, its clocks and its remedy."""

    model, shape, whole = Measure, MeasureShape, MeasureDetail
    filters = {"case": "case__reference", "kind": "kind", "notice": "notice__uid", "nature": "legal_nature"}

    def rows(self, shape: type[Shape[Any]]) -> QuerySet[Any]:
        rows = super().rows(shape)
        return rows.prefetch_related(*nested(MeasureDetail, self.person, self.at)) if shape is MeasureDetail else rows

    @verb("payments", "record_payment", PaymentIn)
    def payments(self, measure: Measure, given: Given) -> Payment:
        """A payment, with its proof where there is one; paid whole and proved, it meets the deadline to pay."""
        return payment.record_payment(measure=measure, **given)

    @verb("prove-payment", "record_payment", Proof)
    def prove_payment(self, measure: Measure, given: Given) -> Payment:
        return payment.prove_payment(payment=of_measure(measure, given), **given)

    @verb("void-payment", "record_payment", PaymentVoid)
    def void_payment(self, measure: Measure, given: Given) -> Payment:
        """Recorded by mistake: it stays, with the reason, and what it paid is owed again."""
        return payment.void_payment(payment=of_measure(measure, given), **given)

    @verb("agree-instalments", "record_payment", Plan)
    def agree_instalments(self, measure: Measure, given: Given) -> Any:
        """What the authority lets us pay by parts: the deadline is extended to the last of them."""
        parts = [instalments.Part(**part) for part in given.pop("parts")]
        return instalments.agree_instalments(measure=measure, parts=parts, **given)

    @verb("withdraw-instalments", "record_payment", Reason)
    def withdraw_instalments(self, measure: Measure, given: Given) -> Measure:
        """Recorded by mistake: they stay, with the reason, and the time they gave goes."""
        return instalments.withdraw_instalments(measure=measure, **given)


def of_measure(measure: Measure, given: Given) -> Payment:
    found: Payment = given.pop("payment")
    if found.measure_id != measure.pk:
        raise serializers.ValidationError({"payment": [_("This measure has no such payment.")]})
    return found
