"""Why a case is closed, closed without knowing how it ended, or opened again."""

from django.utils.translation import gettext_lazy as _

from tracker.forms.typed import TypedForm, WordsField


class CloseForm(TypedForm):
    reason = WordsField(label=_("How it ended"), rows=3, required=True, max_length=2000)


class UnknownForm(TypedForm):
    reason = WordsField(label=_("Why its end is not known"), rows=3, required=True, max_length=2000)


class ReopenForm(TypedForm):
    reason = WordsField(label=_("Why it is opened again"), rows=3, required=True, max_length=2000)
