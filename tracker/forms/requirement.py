"""One thing demanded or promised, as it is typed in and changed."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.drafts import RequirementDraft
from cases.models import Case, Language, Notice, Origin, Requirement
from tracker.forms.edit import EditForm
from tracker.forms.typed import DayField, KnownPersonField, TypedForm, WordsField

LANGUAGES: Final = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]


class NoticeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, obj: Notice) -> str:
        return f"{obj.get_kind_display()} {obj.number}".strip()


class RequirementForm(TypedForm):
    one_of = frozenset({"title_zh", "title_en"})
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    clause = WordsField(label=_("Clause, verbatim"), help_text=_("In the words of the document, unchanged."))
    clause_language = forms.ChoiceField(label=_("Language of the clause"), choices=LANGUAGES)
    acceptance_test = WordsField(label=_("How it is tested"), rows=2)
    owner = KnownPersonField(label=_("Owner"))
    due_on = DayField(
        label=_("To be done by"), help_text=_("Our own date. A date of the law stands with the deadlines.")
    )

    def __init__(self, *args: Any, people: "Any", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not (typed.get("title_en", "").strip() or typed.get("title_zh", "").strip()):
            self.add_error("title_zh", _("Give a title, in English or in Chinese."))
        return typed


class NewRequirementForm(RequirementForm):
    origin = forms.ChoiceField(label=_("Origin"), choices=Origin.choices)
    notice = NoticeField(
        Notice.objects.none(), label=_("Notice it comes from"), required=False, to_field_name="uid",
        empty_label=_("none"),
    )  # fmt: skip
    field_order = ["origin", "notice"]

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notice"].queryset = case.notices.filter(voided_at__isnull=True)  # type: ignore[attr-defined]

    def draft(self) -> RequirementDraft:
        return RequirementDraft(**self.cleaned_data)


class ChangeRequirementForm(EditForm, RequirementForm):
    def __init__(self, *args: Any, requirement: Requirement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edits(requirement)

    def held(self, row: Requirement) -> dict[str, Any]:
        words = ("title_zh", "title_en", "clause", "clause_language", "acceptance_test")
        return {name: getattr(row, name) for name in words} | {
            "owner": row.owner.uid if row.owner else None,
            "due_on": row.deadline.due_on if row.deadline else None,
        }


class TranslationForm(TypedForm):
    language = forms.ChoiceField(label=_("Into"), choices=Language.choices)
    words = WordsField(label=_("Translation"), required=True)
    made_by = forms.ChoiceField(
        label=_("Made by"),
        choices=[("human", _("Human")), ("machine", _("Machine")), ("sworn", _("Sworn translator"))],
    )
    translator = forms.CharField(label=_("Name of the translator"), required=False, max_length=120)
