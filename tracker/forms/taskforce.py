"""The task force as it is formed, joined and left."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import MemberRole
from tracker.forms.typed import DayField, PersonField, TypedForm


class FormTaskForceForm(TypedForm):
    one_of = frozenset({"name_zh", "name_en"})
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    formed_on = DayField(label=_("Formed on"), required=True)
    lead = PersonField(
        label=pgettext_lazy("role", "Lead"), help_text=_("Email address. A member can read the case from then on.")
    )

    def clean(self) -> dict[str, object]:
        typed = super().clean() or self.cleaned_data
        if not (typed.get("name_en", "").strip() or typed.get("name_zh", "").strip()):
            self.add_error("name_zh", _("Give a name, in English or in Chinese."))
        return typed


class MemberForm(TypedForm):
    person = PersonField(label=_("Email address"), help_text=_("A member can read the case from then on."))
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("choose")), *MemberRole.choices])
    from_on = DayField(label=_("From"), required=True)


class EndForm(TypedForm):
    until_on = DayField(label=_("Last day"), required=True)
