"""Who was held responsible: one of our people or another natural person, and what was decided about them."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import AccountabilityKind, AccountabilityState, Case, DecidedBy, Measure
from tracker.forms.typed import DayField, PersonField, TypedForm, WordsField
from tracker.status.accountability import AccountabilityRow


class MeasureField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, obj: Measure) -> str:
        return f"{obj.get_kind_display()} · {obj.notice.get_kind_display()} {obj.notice.number}".strip()


class AccountabilityForm(TypedForm):
    one_of = frozenset({"person", "name_en"})
    person = PersonField(label=_("One of our people, by email address"), required=False)
    name_en = forms.CharField(label=_("or another person, in Latin letters"), required=False, max_length=200)
    name_zh = forms.CharField(label=_("The same name in Chinese"), required=False, max_length=200)
    capacity = forms.CharField(label=_("In what capacity"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("What was decided"), choices=AccountabilityKind.choices)
    state = forms.ChoiceField(label=_("How far it is"), choices=AccountabilityState.choices)
    decided_by = forms.ChoiceField(label=_("Decided by"), choices=DecidedBy.choices, initial=DecidedBy.HOUSE)
    measure = MeasureField(
        Measure.objects.none(), label=_("By which measure"), required=False, to_field_name="uid",
        empty_label=_("none"), help_text=_("Then it was the authority that decided."),
    )  # fmt: skip
    decided_on = DayField(label=_("Decided on"), help_text=_("Leave empty if the day is not known."))
    words = WordsField(label=_("In the decision’s words"), rows=3, max_length=5000)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = case.measures.filter(voided_at__isnull=True).select_related("notice").order_by("pk")
        self.fields["measure"].queryset = standing  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("name_zh", "").strip() and not typed.get("name_en", "").strip():
            self.add_error("name_en", _("Give the name in Latin letters too: lists are made of it."))
        elif not self.errors and bool(typed.get("person")) == bool(typed.get("name_en", "").strip()):
            self.add_error("person", _("Name one of our people, or one other natural person."))
        return typed


class ChangeAccountabilityForm(TypedForm):
    state = forms.ChoiceField(label=_("How far it is"), choices=AccountabilityState.choices)
    decided_on = DayField(label=_("Decided on"))
    revision = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, row: AccountabilityRow) -> Self:
        """As it stands."""
        initial = {"state": row.state, "decided_on": row.decided_on, "revision": row.revision}
        return cls(prefix=f"change-{row.uid}", initial=initial)
