"""Which words of the outbox to show."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.forms.typed import TypedForm
from tracker.models import ReminderState


class OutboxForm(TypedForm):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *ReminderState.choices], required=False)

    def filters(self) -> dict[str, str]:
        """What is not on offer narrows nothing."""
        self.is_valid()
        return {"state": self.cleaned_data.get("state", "")}
