"""What an administrator says when a person leaves, when names are erased, and who leads a case that nobody leads."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.forms.typed import PersonField, TypedForm, WordsField


class LeavingForm(TypedForm):
    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)


class ErasingForm(TypedForm):
    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)
    basis = forms.CharField(
        label=_("Legal basis"), max_length=200, help_text=_("The provision it rests on: PIPL art. 47, GDPR art. 17.")
    )


class NamingForm(TypedForm):
    person = PersonField(label=_("Email address of the counsel"))
