"""The protection mark of an item: chosen when it is recorded, changed later with a reason."""

from typing import Any, Protocol, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import OPEN_MARKS, ProtectionMark
from tracker.forms.typed import TypedForm, WordsField


class Marked(Protocol):
    @property
    def protection_mark(self) -> str: ...

    @property
    def revision(self) -> int: ...


class MarkField(forms.ChoiceField):
    """Legal advice is offered to those alone who are admitted to it: others would lose sight of what they mark so."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Protection mark"))
        options.setdefault("initial", ProtectionMark.INTERNAL)
        options.setdefault(
            "help_text",
            _(
                "What it protects depends on the forum: PRC law knows no attorney–client privilege, EU competition law "
                "none for in-house counsel."
            ),
        )
        super().__init__(choices=OPEN_MARKS, **options)

    def clean(self, value: Any) -> Any:
        return super().clean(value or ProtectionMark.INTERNAL)

    def offer(self, *, sees_advice: bool) -> None:
        self.choices = ProtectionMark.choices if sees_advice else OPEN_MARKS


class ChangeMarkForm(TypedForm):
    mark = MarkField()
    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sees_advice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mark"].offer(sees_advice=sees_advice)  # type: ignore[attr-defined]

    @classmethod
    def of(cls, row: Marked, *, sees_advice: bool) -> Self:
        """Empty, beside the row as it is shown."""
        initial = {"mark": row.protection_mark, "revision": row.revision}
        return cls(prefix="mark", sees_advice=sees_advice, initial=initial)


def mark_of(mark: str) -> str:
    """Of what is said of an item so marked: apart with it, else internal."""
    return mark if mark == ProtectionMark.LEGAL_ADVICE else ProtectionMark.INTERNAL
