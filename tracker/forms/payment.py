"""What was paid on a fine, with its proof; and the parts the authority lets it be paid by."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.instalments import Part
from cases.actions.payment import SamePayment
from cases.models import Measure, Notice
from cases.permissions import Shown
from tracker.forms.filing import EvidenceNumberField
from tracker.forms.requirement import NoticeField
from tracker.forms.typed import DayField, TypedForm, WordsField

LINE = re.compile(r"^(\d{4}-\d{2}-\d{2})\s+(\d{1,13}(?:\.\d{1,2})?)$")


class PaymentForm(TypedForm):
    amount = forms.DecimalField(min_value=Decimal("0.01"), max_digits=16, decimal_places=2, localize=False)
    paid_on = DayField(label=_("Paid on"), required=True)
    evidence = EvidenceNumberField(
        label=_("Proof, as evidence no."), help_text=_("Only what is proved meets the deadline to pay.")
    )

    def __init__(self, *args: Any, measure: Measure, shown: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = measure.case
        self.fields["amount"].label = _("Amount paid, in %(currency)s") % {"currency": measure.currency}
        self.fields["evidence"].known = shown(case.evidence.all())  # type: ignore[attr-defined]
        if self.add_prefix("is_second") in self.data:
            self.ask_second()

    def refuse(self, refusal: RuleBroken) -> None:
        """Of a payment that stands already it is asked whether this is another."""
        super().refuse(refusal)
        if isinstance(refusal, SamePayment):
            self.ask_second()

    def ask_second(self) -> None:
        self.fields["is_second"] = forms.BooleanField(label=_("This is a second payment"), required=False)


class InstalmentsForm(TypedForm):
    parts = WordsField(label="", rows=4, required=True, help_text=_("One a line: day and amount, as 2026-04-10 50000."))
    decided_on = DayField(label=_("Decided on"), required=True)
    document = NoticeField(
        Notice.objects.none(), label=_("By which document"), required=False, to_field_name="uid", empty_label=_("none")
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parts"].label = _("Instalments, in %(currency)s") % {"currency": measure.currency}
        self.fields["document"].queryset = measure.case.notices.filter(voided_at__isnull=True)  # type: ignore[attr-defined]

    def clean_parts(self) -> list[Part]:
        lines = [line.strip() for line in self.cleaned_data["parts"].splitlines() if line.strip()]
        return [self.part(line) for line in lines]

    def part(self, line: str) -> Part:
        found = LINE.match(line)
        try:
            if found:
                return Part(date.fromisoformat(found[1]), Decimal(found[2]))
        except (ValueError, InvalidOperation):
            pass
        raise forms.ValidationError(_("This line is not a day and an amount: %(line)s") % {"line": line[:60]})
