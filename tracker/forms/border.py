"""An approval that lets what is stored in mainland China go to one authority outside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.border import ApprovalDraft, is_across
from cases.models import Authority, Case
from cases.permissions import Shown
from tracker.forms.cases import AuthorityField
from tracker.forms.filing import EvidenceNumberField, authorities_of
from tracker.forms.typed import DayField, TypedForm, WordsField


class ApprovalForm(TypedForm):
    one_of = frozenset({"organ_zh", "organ_en"})
    authority = AuthorityField(
        Authority.objects.none(), label=_("Receiving authority"), to_field_name="uid", empty_label=None
    )
    organ_zh = forms.CharField(label=_("Approving organ, in Chinese"), required=False, max_length=200)
    organ_en = forms.CharField(label=_("Approving organ, in English"), required=False, max_length=200)
    number = forms.CharField(label=_("Number of the approval"), max_length=120)
    approved_on = DayField(label=_("Approved on"), required=True)
    valid_until = DayField(label=_("Valid until"), help_text=_("Leave empty if it sets no end."))
    scope = WordsField(label=_("What it covers"), rows=3, required=True, max_length=2000)
    document = EvidenceNumberField(label=_("The approval itself, as evidence no."))

    def __init__(self, *args: Any, case: Case, shown: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        across = [authority.pk for authority in authorities_of(case) if is_across(authority)]
        self.fields["authority"].queryset = Authority.objects.filter(pk__in=across)  # type: ignore[attr-defined]
        self.fields["document"].known = shown(case.evidence.all())  # type: ignore[attr-defined]

    def draft(self) -> ApprovalDraft:
        return ApprovalDraft(**self.cleaned_data)
