"""Which kind of object the timeline, or the system log, is narrowed to."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.forms.typed import TypedForm

KINDS: Final = (
    ("", _("everything")),
    ("case", _("The case")),
    ("notice", _("Notices")),
    ("track", _("Tracks")),
    ("event", _("Events")),
    ("deadline", _("Deadlines")),
    ("contact", _("Contacts")),
    ("requirement", _("Requirements")),
    ("task", _("Tasks")),
    ("evidence", _("Evidence")),
    ("filing", _("Filings")),
    ("flagged_content", _("Flagged content")),
    ("import", _("Imports")),
    ("legal_hold", _("Legal holds")),
    ("case_access", _("Access")),
    ("translation", _("Translations")),
)


OF_NO_CASE: Final = (
    ("", _("everything")),
    ("person", _("People")),
    ("leave", _("Leave")),
    ("party", _("Parties")),
    ("authority", _("Authorities")),
    ("arrangement", _("Holiday arrangements")),
)


class TimelineForm(TypedForm):
    kind = forms.ChoiceField(label=_("Show"), choices=KINDS, required=False)

    def filters(self) -> dict[str, str]:
        """What is not on offer narrows nothing."""
        self.is_valid()
        return {"object_kind": self.cleaned_data.get("kind", "")}


class SystemLogForm(TypedForm):
    kind = forms.ChoiceField(label=_("Show"), choices=OF_NO_CASE, required=False)

    @property
    def chosen(self) -> str:
        """What is not on offer narrows nothing."""
        self.is_valid()
        return str(self.cleaned_data.get("kind", ""))
