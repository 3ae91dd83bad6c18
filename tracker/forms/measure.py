"""What a notice imposes and what it demands, one small form each: a measure, a clause."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.drafts import MeasureDraft, RequirementDraft
from cases.law.readings import CHINA, UNITS
from cases.law.rulebook import book
from cases.models import LegalNature, Measure, MeasureKind, Procedure, Requirement
from cases.working import in_language
from tracker.forms.typed import DayField, HourField, TypedForm, WordsField, instant
from tracker.wording import UNIT_WORDS


def readings() -> Iterator[tuple[str, str]]:
    """The ways an order's period may be counted, in the rulebook's words."""
    yield "", str(_("not settled: the earlier reading leads"))
    for profile in sorted({name for pairs in CHINA.values() for name, _unit in pairs}):
        yield profile, in_language(book().profile(profile), "title")


class MeasureForm(TypedForm):
    kind = forms.ChoiceField(
        label=_("Measure"), required=False, choices=[("", _("choose")), *MeasureKind.choices]
    )  # fmt: skip
    procedure = forms.ChoiceField(
        label=_("Procedure"), required=False, choices=Procedure.choices, initial=Procedure.UNKNOWN
    )
    legal_nature = forms.ChoiceField(
        label=_("Legal nature"), required=False, choices=[("", _("what it is by law")), *LegalNature.choices]
    )
    words = WordsField(label=_("In the notice’s words"), rows=2)
    amount = forms.DecimalField(
        label=_("Amount"), required=False, min_value=0, max_digits=16, decimal_places=2, localize=False
    )
    currency = forms.RegexField(
        r"^[A-Z]{3}$", label=_("Currency"), required=False, help_text=_("Three letters, as CNY.")
    )
    ordered_on = DayField(label=_("To be done by, as ordered"), help_text=_("Only where the document names a day."))
    ordered_time = HourField(label=_("and hour"))
    period_amount = forms.IntegerField(label=_("or within"), required=False, min_value=1, max_value=10_000)
    period_unit = forms.ChoiceField(
        label=_("Unit"), required=False, choices=[("", _("choose")), *((name, UNIT_WORDS[name]) for name in UNITS)]
    )
    period_profile = forms.ChoiceField(label=_("Counted as"), required=False, choices=readings)
    effective_from = DayField(label=_("In effect from"))
    effective_until = DayField(label=_("In effect until"), help_text=_("The last day."))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.has_changed():
            return typed
        if not typed.get("kind"):
            self.add_error("kind", _("Say which measure it is."))
        self._check_pairs(typed)
        self._check_reading(typed)
        if typed.get("effective_until") and not typed.get("effective_from"):
            self.add_error("effective_from", _("An end needs its beginning."))
        elif typed.get("effective_until") and typed["effective_until"] < typed["effective_from"]:
            self.add_error("effective_until", _("An effect ends after it starts."))
        return typed

    def _check_pairs(self, typed: dict[str, Any]) -> None:
        if (typed.get("amount") is None) != (not typed.get("currency")) and "amount" not in self.errors:
            self.add_error("currency" if typed.get("amount") is not None else "amount", _("Give amount and currency."))
        if bool(typed.get("period_amount")) != bool(typed.get("period_unit")) and "period_amount" not in self.errors:
            self.add_error(
                "period_unit" if typed.get("period_amount") else "period_amount", _("Give the number and the unit.")
            )
        if typed.get("ordered_on") and typed.get("period_amount"):
            self.add_error("period_amount", _("An order sets a date or a period, not both."))
        if typed.get("ordered_time") and not typed.get("ordered_on"):
            self.add_error("ordered_on", _("An hour needs its day."))

    def _check_reading(self, typed: dict[str, Any]) -> None:
        chosen, unit = typed.get("period_profile"), typed.get("period_unit")
        if chosen and chosen not in {profile for profile, _unit in CHINA.get(unit or "", ())}:
            self.add_error("period_profile", _("The order cannot be read that way."))

    def draft(self, zone: str) -> MeasureDraft:
        typed = dict(self.cleaned_data)
        hour, start, end = typed.pop("ordered_time"), typed.pop("effective_from"), typed.pop("effective_until")
        return MeasureDraft(
            **{**typed, "legal_nature": typed["legal_nature"] or None},
            ordered_at=instant(typed["ordered_on"], hour, zone),
            effective_from=midnight(start, zone),
            effective_until=midnight(end + timedelta(days=1), zone) if end else None,
        )


def midnight(day: date | None, zone: str) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(zone)) if day else None


def measure_as_typed(measure: Measure, zone: str) -> dict[str, Any]:
    same = ("kind", "procedure", "legal_nature", "words", "amount", "currency", "ordered_on", "period_amount")
    local = ZoneInfo(zone)
    start, end = measure.effective_from, measure.effective_until
    return {name: getattr(measure, name) for name in (*same, "period_unit", "period_profile")} | {
        "ordered_time": measure.ordered_at.astimezone(local).time() if measure.ordered_at else None,
        "effective_from": start.astimezone(local).date() if start else None,
        "effective_until": (end.astimezone(local) - timedelta(microseconds=1)).date() if end else None,
    }


class DemandForm(TypedForm):
    """A clause of the notice, which becomes a requirement."""

    one_of = frozenset({"title_zh", "title_en"})
    clause = WordsField(label=_("Clause, verbatim"), rows=2)
    title_zh = forms.CharField(label=_("Title in Chinese"), required=False, max_length=300)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=300)
    acceptance_test = forms.CharField(label=_("How it is tested"), required=False, max_length=1000)
    due_on = DayField(label=_("Our own date for it"))
    measure = forms.IntegerField(
        label=_("Demanded by measure no."), required=False, min_value=1, help_text=_("Counted from 1, as above.")
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if self.has_changed() and not (typed.get("title_en", "").strip() or typed.get("title_zh", "").strip()):
            self.add_error("title_zh", _("Give a title, in English or in Chinese."))
        return typed

    def draft(self, language: str, numbers: Mapping[int, int]) -> RequirementDraft:
        """`numbers`: the number a measure has on the page → its place among those filled in."""
        typed = dict(self.cleaned_data)
        number = typed.pop("measure")
        return RequirementDraft(**typed, clause_language=language, measure_index=numbers[number] if number else None)


def demand_as_typed(requirement: Requirement, measures: list[Measure]) -> dict[str, Any]:
    same = ("clause", "title_zh", "title_en", "acceptance_test")
    return {name: getattr(requirement, name) for name in same} | {
        "due_on": requirement.deadline.due_on if requirement.deadline else None,
        "measure": measures.index(requirement.measure) + 1 if requirement.measure in measures else None,
    }
