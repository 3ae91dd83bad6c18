"""Tasks as they are typed in: a new one, who does it, what there is to say of it."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.task import TaskDraft
from cases.models import Case, Language, Requirement, RequirementState, Task, TaskState
from tracker.forms.edit import EditForm
from tracker.forms.marking import MarkField
from tracker.forms.typed import DayField, KnownPersonField, TypedForm, WordsField

LANGUAGES: Final = [("zh-hans", _("Simplified Chinese")), ("zh-hant", _("Traditional Chinese")), ("en", _("English"))]


class RequirementField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, obj: Requirement) -> str:
        return f"{obj.number}. {obj.title_zh or obj.title_en}"


class NewTaskForm(TypedForm):
    one_of = frozenset({"title_zh", "title_en"})
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    requirement = RequirementField(
        Requirement.objects.none(), label=_("Requirement it works on"), required=False, to_field_name="uid",
        empty_label=_("none"),
    )  # fmt: skip
    workstream_zh = forms.CharField(label=_("Workstream in Chinese"), max_length=120, required=False)
    workstream_en = forms.CharField(label=_("Workstream in English"), max_length=120, required=False)
    assignee = KnownPersonField(label=_("Who does it"))
    due_on = DayField(label=_("To be done by"), help_text=_("Our own date; reminders of it go to who does it."))
    protection_mark = MarkField()

    def __init__(self, *args: Any, case: Case, people: Any, sees_advice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["protection_mark"].offer(sees_advice=sees_advice)  # type: ignore[attr-defined]
        takes_work = case.requirements.filter(state=RequirementState.OPEN)
        self.fields["requirement"].queryset = takes_work  # type: ignore[attr-defined]
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not (typed.get("title_en", "").strip() or typed.get("title_zh", "").strip()):
            self.add_error("title_zh", _("Give a title, in English or in Chinese."))
        return typed

    def draft(self) -> TaskDraft:
        return TaskDraft(**self.cleaned_data)


class AssignForm(EditForm):
    assignee = KnownPersonField(label=_("Who does it"), empty_label=_("nobody"))

    def __init__(self, *args: Any, people: Any, task: Task | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"].queryset = people  # type: ignore[attr-defined]
        self.edits(task)

    def held(self, row: Task) -> dict[str, Any]:
        return {"assignee": row.assignee.uid if row.assignee else None}


class UpdateForm(TypedForm):
    words = WordsField(label=_("What is new"), rows=3, required=True, max_length=5000)
    blocker = forms.CharField(
        label=_("What blocks it"), required=False, max_length=500,
        help_text=_("Seen on the status page. Leave empty if nothing does."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGES)
    protection_mark = MarkField()

    def __init__(self, *args: Any, sees_advice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["protection_mark"].offer(sees_advice=sees_advice)  # type: ignore[attr-defined]
        self.fields["language"].choices = Language.choices  # type: ignore[attr-defined]


class StepForm(TypedForm):
    """A step that asks for nothing: it can only be refused."""


class TaskFilterForm(TypedForm):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *TaskState.choices], required=False)

    def filters(self) -> dict[str, str]:
        """What is not on offer narrows nothing."""
        self.is_valid()
        return {"state": self.cleaned_data.get("state", "")}


class MineForm(TypedForm):
    """One row of one's own tasks: ticked, or something said of it."""

    tick = forms.BooleanField(label=_("Done"), required=False)
    words = WordsField(label=_("What is new"), rows=2, max_length=5000)
    blocker = forms.CharField(label=_("What blocks it"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("blocker") and not typed.get("words", "").strip():
            self.add_error("words", _("Say in a few words what blocks it."))
        return typed
