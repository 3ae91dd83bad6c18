"""Flagged content as people name, review and settle it; the rules that look for it; a list to be read."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.law.taxonomy import taxonomy
from cases.models import Basis, Case, Disposition, FlagState, Notice
from tracker.forms.requirement import NoticeField
from tracker.forms.secret import AsksSecret
from tracker.forms.typed import DayField, HourField, TypedForm, ZoneField, instant
from tracker.status.nouns import Titles
from tracker.wording import pick

PARTS: Final = re.compile(r"[,，、;；\n]+")


def provisions() -> list[tuple[str, str]]:
    """What the law forbids or has platforms resist, in the reader's language."""
    return [
        (each.code, f"{each.code} {pick(Titles(each.title_en, each.title_zh, each.title_zh_hant))}")
        for each in taxonomy().provisions
    ]


class PartsField(forms.CharField):
    """Several words in one field, parted by commas or lines."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **options)

    def clean(self, value: Any) -> Any:
        return [part.strip() for part in PARTS.split(super().clean(value)) if part.strip()]


class FlaggedFilterForm(TypedForm):
    state = forms.ChoiceField(label=_("State"), choices=[("", _("all")), *FlagState.choices], required=False)
    provision = forms.ChoiceField(label=_("Provision"), required=False)
    rule = forms.ChoiceField(label=_("Rule"), required=False)

    def __init__(self, *args: Any, rules: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(rule.uid, pick(rule.label) or rule.provision) for rule in rules]
        self.fields["provision"].choices = [("", _("all")), *provisions()]  # type: ignore[attr-defined]
        self.fields["rule"].choices = [("", _("all")), *named]  # type: ignore[attr-defined]

    def filters(self) -> dict[str, str]:
        """What is not on offer narrows nothing."""
        self.is_valid()
        typed = self.cleaned_data
        names = {"state": "state", "provision": "provision", "rule": "rule__uid"}
        return {column: typed.get(name, "") for name, column in names.items()}


class ReviewForm(TypedForm):
    """Over as many titles as are ticked; to dismiss takes a reason, which the action asks for."""

    verdict = forms.ChoiceField(choices=[("confirm", _("Confirm")), ("dismiss", _("Dismiss"))])
    reason = forms.CharField(label=_("Why"), required=False, max_length=2000)


class DispositionForm(TypedForm):
    disposition = forms.ChoiceField(
        label=_("What was done"), choices=[choice for choice in Disposition.choices if choice[0]]
    )
    disposed_on = DayField(label=_("On"), required=True)
    disposed_hour = HourField(label=_("Hour"), required=True)
    zone = ZoneField(label=_("Time zone"))

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].offer(case.lead_authority.zone)  # type: ignore[attr-defined]
        self.initial.setdefault("zone", case.lead_authority.zone)

    def settled(self) -> dict[str, Any]:
        typed = self.cleaned_data
        at = instant(typed["disposed_on"], typed["disposed_hour"], typed["zone"])
        return {"disposition": typed["disposition"], "disposed_at": at}


class NewFlaggedForm(TypedForm):
    title = forms.CharField(label=_("Title as it was shown"), max_length=500)
    surface = forms.CharField(label=_("List"), max_length=80, help_text=_("As the list is named in this case."))
    basis = forms.ChoiceField(label=_("Basis"), choices=[choice for choice in Basis.choices if choice[0] != Basis.RULE])
    provision = forms.ChoiceField(label=_("Provision"), required=False)
    notice = NoticeField(
        Notice.objects.none(), label=_("Notice that names it"), required=False, to_field_name="uid",
        empty_label=_("none"),
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provision"].choices = [("", _("none")), *provisions()]  # type: ignore[attr-defined]
        self.fields["notice"].queryset = case.notices.filter(voided_at__isnull=True)  # type: ignore[attr-defined]


class RuleForm(TypedForm):
    label_zh = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    label_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    provision = forms.ChoiceField(label=_("Provision it rests on"))
    categories = PartsField(label=_("Categories of the list"), help_text=_("Parted by commas. One of them must fit."))
    words = PartsField(label=_("Words in the title"), help_text=_("Parted by commas. One of them must be there."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provision"].choices = provisions()  # type: ignore[attr-defined]


class ImportForm(AsksSecret):
    file = forms.FileField(
        label=_("File"), allow_empty_file=True,
        help_text=_("CSV, gzipped CSV or JSON lines with captured_at, rank, title and category."),
    )  # fmt: skip
    surface = forms.CharField(label=_("List it was captured from"), max_length=80)
