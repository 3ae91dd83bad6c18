"""Which words of the outbox to show."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.forms.typed import TypedForm
from tracker.models import Channel, ReminderState, WordKind

ALL: Final = ("", _("all"))


class OutboxForm(TypedForm):
    state = forms.ChoiceField(label=_("State"), choices=[ALL, *ReminderState.choices], required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ALL, *WordKind.choices], required=False)
    channel = forms.ChoiceField(label=_("Channel"), choices=[ALL, *Channel.choices], required=False)

    def filters(self) -> dict[str, str]:
        """What is not on offer narrows nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
