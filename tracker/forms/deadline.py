"""What is done to a clock: confirmed, extended, held, read another way, set by hand, given to somebody, ended."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.extension import TOO_EARLY, is_too_early
from cases.actions.reckoning import readings_of
from cases.law.rulebook import book
from cases.models import (
    Deadline,
    DeadlineVersion,
    Extension,
    ExtensionState,
    Notice,
    Suspension,
    VersionStatus,
)
from cases.working import in_language
from tracker.dates import day_text
from tracker.forms.edit import EditForm
from tracker.forms.requirement import NoticeField
from tracker.forms.typed import DayField, HourField, KnownPersonField, TypedForm, WordsField
from tracker.wording import UNIT_WORDS

UNITS: Final = [("", _("choose")), *UNIT_WORDS.items()]


class ClockForm(TypedForm):
    """A step of one deadline; the form knows which, and whom it may be given to."""

    def __init__(self, *args: Any, deadline: Deadline, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deadline, self.people = deadline, people
        self.settle()

    def settle(self) -> None:
        """Scopes the choices."""

    def given(self) -> dict[str, Any]:
        """The action's own keywords."""
        return dict(self.cleaned_data)


class VersionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, obj: DeadlineVersion) -> str:
        when = day_text(obj.due_on) if obj.due_on else _("no date")
        return f"{when} · {obj.get_cause_display()}"


class ConfirmForm(ClockForm):
    """`version`: the proposal the page showed; one that was replaced since is refused by the action."""

    version = VersionField(
        DeadlineVersion.objects.none(), required=False, to_field_name="uid", widget=forms.HiddenInput
    )

    def settle(self) -> None:
        self.fields["version"].queryset = self.deadline.versions.all()  # type: ignore[attr-defined]


class WhyForm(ClockForm):
    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)


class WithdrawForm(WhyForm):
    """Of several proposals one is chosen; a single one is not asked for."""

    field_order = ("version", "reason")
    version = VersionField(
        DeadlineVersion.objects.none(), label=_("Which date"), required=False, to_field_name="uid",
        empty_label=_("choose"),
    )  # fmt: skip

    def settle(self) -> None:
        waiting = self.deadline.versions.filter(status=VersionStatus.PROPOSED).order_by("due_at", "number")
        field = self.fields["version"]
        field.queryset = waiting  # type: ignore[attr-defined]
        field.required = len(waiting) > 1
        if len(waiting) == 1:
            field.widget, self.initial["version"] = forms.HiddenInput(), waiting[0].uid
            field.queryset = self.deadline.versions.all()  # type: ignore[attr-defined]


class MetForm(ClockForm):
    reason = WordsField(label=_("How it was met"), rows=2, max_length=2000)


class ReadingForm(ClockForm):
    profile = forms.ChoiceField(label=_("The order’s period is counted as"))

    def settle(self) -> None:
        names = [profile for profile, _unit in readings_of(self.deadline)]
        self.fields["profile"].choices = [  # type: ignore[attr-defined]
            (name, in_language(book().profile(name), "title")) for name in names
        ]


class AskForm(ClockForm):
    amount = forms.IntegerField(label=_("More time"), required=False, min_value=1, max_value=10_000)
    unit = forms.ChoiceField(label=_("Unit"), required=False, choices=UNITS)
    until_on = DayField(label=_("or until"))
    asked_on = DayField(label=_("Asked on"))
    reason = WordsField(label=_("Why"), rows=2)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if "amount" in self.errors or "until_on" in self.errors:
            return typed
        period = bool(typed.get("amount")), bool(typed.get("unit"))
        if period not in {(True, True), (False, False)}:
            self.add_error("unit" if period[0] else "amount", _("Give the number and the unit."))
        elif any(period) == bool(typed.get("until_on")):
            self.add_error("amount", _("Give either how much more time, or until which day."))
        return typed


class ExtensionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, obj: Extension) -> str:
        return f"+{obj.amount} {UNIT_WORDS[obj.unit]}" if obj.until_on is None else day_text(obj.until_on)


class DecisionForm(ClockForm):
    extension = ExtensionField(
        Extension.objects.none(), label=_("Extension asked for"), to_field_name="uid", empty_label=None
    )
    decided_on = DayField(label=_("Decided on"), required=True)
    document = NoticeField(
        Notice.objects.none(), label=_("By which document"), required=False, to_field_name="uid", empty_label=_("none")
    )

    def settle(self) -> None:
        asked = self.deadline.extensions.filter(state=ExtensionState.ASKED)
        self.fields["extension"].queryset = asked  # type: ignore[attr-defined]
        offer_documents(self, self.deadline)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        asked, decided_on = typed.get("extension"), typed.get("decided_on")
        if asked and decided_on and is_too_early(decided_on, asked):
            self.add_error("decided_on", TOO_EARLY)
        return typed


class RefusalForm(DecisionForm):
    reason = WordsField(label=_("Why it was refused"), rows=2, required=True, max_length=2000)


class TakeBackForm(ClockForm):
    extension = ExtensionField(
        Extension.objects.none(), label=_("Extension granted"), to_field_name="uid", empty_label=None
    )
    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)

    def settle(self) -> None:
        granted = self.deadline.extensions.filter(state=ExtensionState.GRANTED, instalment__isnull=True)
        self.fields["extension"].queryset = granted  # type: ignore[attr-defined]


class SuspendForm(ClockForm):
    from_on = DayField(label=_("Stands still from"), required=True)
    until_on = DayField(label=_("Runs again from"), help_text=_("Leave empty while it stands still."))
    document = NoticeField(
        Notice.objects.none(), label=_("By which document"), required=False, to_field_name="uid", empty_label=_("none")
    )
    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)

    def settle(self) -> None:
        offer_documents(self, self.deadline)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        start, end = typed.get("from_on"), typed.get("until_on")
        if start and end and end < start:
            self.add_error("until_on", _("It runs again after it stood still, not before."))
        return typed


class SuspensionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, obj: Suspension) -> str:
        return day_text(obj.from_on)


class ResumeForm(ClockForm):
    suspension = SuspensionField(
        Suspension.objects.none(), label=_("Standing still since"), to_field_name="uid", empty_label=None
    )
    until_on = DayField(label=_("Runs again from"), required=True, help_text=_("The first day that counts again."))

    def settle(self) -> None:
        standing = self.deadline.suspensions.filter(until_on__isnull=True)
        self.fields["suspension"].queryset = standing  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        held, end = typed.get("suspension"), typed.get("until_on")
        if held and end and end < held.from_on:
            self.add_error("until_on", _("It runs again after it stood still, not before."))
        return typed


class OverrideForm(EditForm, ClockForm):
    is_filled = False
    due_on = DayField(label=_("The date to work to"), required=True)
    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)

    def settle(self) -> None:
        self.edits(self.deadline)

    def held(self, row: Deadline) -> dict[str, Any]:
        return {"due_on": row.due_on}


class OwnerForm(EditForm, ClockForm):
    owner = KnownPersonField(label=_("Owner"))

    def settle(self) -> None:
        self.fields["owner"].queryset = self.people  # type: ignore[attr-defined]
        self.edits(self.deadline)

    def held(self, row: Deadline) -> dict[str, Any]:
        return {"owner": row.owner.uid if row.owner else None}


class InternalForm(TypedForm):
    one_of = frozenset({"title_zh", "title_en"})
    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    due_on = DayField(label=_("Due on"), required=True)
    owner = KnownPersonField(label=_("Owner"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not (typed.get("title_en", "").strip() or typed.get("title_zh", "").strip()):
            self.add_error("title_zh", _("Give a title, in English or in Chinese."))
        return typed


class WhatIfForm(TypedForm):
    """Asks and writes nothing: the answer stands in the address."""

    on = DayField(label=_("If it had happened on"), required=True)
    hour = HourField(label=_("at"))


def offer_documents(form: forms.Form, deadline: Deadline) -> None:
    standing = deadline.case.notices.filter(voided_at__isnull=True)
    form.fields["document"].queryset = standing  # type: ignore[attr-defined]
