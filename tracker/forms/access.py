"""Who may know of a case, what they see in it, and who is kept from it: always with a reason."""

from typing import Any, Final, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.case import Admitted
from tracker.forms.typed import DayField, PersonField, TypedForm, WordsField
from tracker.status.sections import AccessRow

SEEN: Final = ("sees_advice", "sees_persons")


class SeenForm(TypedForm):
    """What somebody sees in a case, as far as the one who grants it sees it: nobody gives more than they have."""

    sees_advice = forms.BooleanField(label=_("Sees the legal advice"), required=False)
    sees_persons = forms.BooleanField(label=_("Sees the persons held responsible"), required=False)

    def __init__(self, *args: Any, own: Admitted, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SEEN:
            if not getattr(own, name):
                self.fields.pop(name)

    @property
    def seen(self) -> dict[str, bool]:
        return {name: self.cleaned_data[name] for name in SEEN if name in self.fields}


class GrantForm(SeenForm):
    person = PersonField()
    reason = forms.CharField(label=_("Why"), max_length=500)
    until_on = DayField(label=_("Last day"), help_text=_("Leave empty for as long as the case lasts."))
    field_order = ["person", "reason", "until_on", *SEEN]


class AdmitForm(SeenForm):
    reason = forms.CharField(label=_("Why"), max_length=500)

    @classmethod
    def of(cls, row: AccessRow, *, own: Admitted) -> Self:
        """As it stands."""
        return cls(prefix=f"admit-{row.uid}", own=own, initial={name: getattr(row, name) for name in SEEN})


class BarrierForm(TypedForm):
    person = PersonField()
    reason = forms.CharField(label=_("Why"), max_length=500)


class ReasonForm(TypedForm):
    """For every step back that needs nothing but a reason."""

    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)
