"""A holiday arrangement as it is brought: a file, or its text; and why one is taken back."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.arrangement import LONGEST, text_of
from tracker.forms.typed import TypedForm, WordsField

PASTED: Final = "pasted.toml"
TOO_LONG: Final = _("Longer than any year’s arrangement: %(most)s characters at most.")


class ArrangementForm(TypedForm):
    """A file chosen replaces the text; once read, the text stays in the form, so that nothing is chosen twice."""

    file = forms.FileField(
        label=_("File"), required=False, allow_empty_file=True,
        help_text=_("A TOML file with the calendar, its version, and for each year the notice and its days."),
    )  # fmt: skip
    text = WordsField(label=_("Or its text"), rows=12, strip=False)
    file_name = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if upload := typed.get("file"):
            typed["file_name"] = upload.name
            try:
                typed["text"] = text_of(upload.read(), file_name=upload.name)
            except RuleBroken as refusal:
                self.refuse(refusal)
        elif not typed.get("text", "").strip():
            self.add_error("file", _("Choose a file, or paste its text."))
        text = typed.get("text", "")
        if len(text) > LONGEST:
            self.add_error("file" if upload else "text", TOO_LONG % {"most": f"{LONGEST:,}"})
        typed["file_name"] = typed.get("file_name") or PASTED
        # What was read goes back into the form.
        self.data = {**self.data, "text": text, "file_name": typed["file_name"]}
        return typed

    def given(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("text", "file_name")}


class ReasonForm(TypedForm):
    reason = WordsField(label=_("Reason"), rows=2, required=True)
