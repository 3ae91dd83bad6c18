"""What is asked for on the status pages: the words of a briefing, and which cases to show."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.forms.typed import TypedForm, WordsField
from tracker.status.listings import CaseFilters

STATES: Final = [("open", _("open")), ("closed", _("closed"))]


class SignForm(TypedForm):
    words = WordsField(
        label=_("Where the case stands, in your words"), rows=3, required=True, max_length=5000,
        help_text=_("Signing freezes the page as a numbered briefing with these words."),
    )  # fmt: skip


class PortfolioForm(TypedForm):
    state = forms.ChoiceField(label=_("Cases"), choices=STATES, required=False)

    def wanted(self) -> CaseFilters:
        """The open cases, unless the closed ones are asked for."""
        self.is_valid()
        return CaseFilters(state=self.cleaned_data.get("state") or "open")
