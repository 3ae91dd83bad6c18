"""The question every page asks that takes a file or original words: does it contain a state secret?"""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.custody.secrecy import find_mark
from cases.models import PaperKind, SecrecyLevel
from tracker.forms.typed import TypedForm

FIELD: Final = "contains_state_secret"
NO: Final = "no"
YES: Final = "yes"
ANSWERS: Final = [(NO, _("No")), (YES, _("Yes"))]


class SecretField(forms.ChoiceField):
    """No answer is chosen beforehand. Whether one must be given depends on what else is: the form says."""

    is_asked = True

    def __init__(self) -> None:
        super().__init__(
            label=_("Does it contain a state secret (国家秘密)?"),
            help_text=_(
                "If yes, nothing you chose or typed here is kept. You are led to a short form that notes only that "
                "the paper exists and where it is."
            ),
            choices=ANSWERS,
            widget=forms.RadioSelect,
            required=False,
        )

    def clean(self, value: Any) -> Any:
        """True, False, or None for no answer."""
        return {YES: True, NO: False}.get(super().clean(value))


class AsksSecret(TypedForm):
    contains_state_secret = SecretField()
    # Whether the form brings what the question is about; a view or the form itself may find that it does not.
    brings = True

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if self.is_brought(typed) and typed.get(FIELD) is None and FIELD not in self.errors:
            self.add_error(FIELD, _("Say whether it contains a state secret."))
        typed[FIELD] = bool(typed.get(FIELD))
        return typed

    def is_brought(self, typed: Mapping[str, Any]) -> bool:  # noqa: ARG002  forms that bring files look there
        return self.brings

    def said(self) -> dict[str, Any]:
        """What was typed, without the answer: that is the action's own keyword."""
        return {name: value for name, value in self.cleaned_data.items() if name != FIELD}

    @property
    def is_secret(self) -> bool:
        return bool(self.cleaned_data[FIELD])


def may_keep(data: Mapping[str, Any] | None) -> bool:
    """Whether a file sent beside this may be stored while the form is corrected: answered no, and nothing is marked."""
    return bool(data) and (data or {}).get(FIELD) == NO and not is_marked(data)


def is_marked(data: Any) -> bool:
    return any(find_mark(value) for _name, values in data.lists() for value in values)


class ClassifiedPaperForm(TypedForm):
    """Only that a paper exists and where: there is no field for what it says or is called."""

    kind = forms.ChoiceField(label=_("What it would have been"), choices=PaperKind.choices)
    level = forms.ChoiceField(label=_("Level of secrecy"), choices=SecrecyLevel.choices)
    kept_where = forms.CharField(
        label=_("Where it is kept"), max_length=200, help_text=_("The room or the safe: no title, no number.")
    )
    keeper = forms.CharField(label=_("Who keeps it"), max_length=120, required=False)
