"""Something that happened and may start a clock, by its name in the law's closed list."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions.applicability import PROCEDURE_TRAITS, asks_procedure
from cases.law.rulebook import book
from cases.models import Authority, Case, Event, Notice
from cases.working import in_language
from tracker.forms.edit import EditForm
from tracker.forms.intake import ANSWERS, SAID
from tracker.forms.naming import NamedField
from tracker.forms.requirement import NoticeField
from tracker.forms.typed import DayField, HourField, TypedForm, WordsField, ZoneField, instant
from tracker.status.event_list import theme_names, theme_of, theme_title
from tracker.wording import pick


def event_choices() -> list[tuple[str, str]]:
    return [(name, in_language(found, "title")) for name, found in book().events.items()]


def grouped_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The same, by theme."""
    grouped: dict[str, list[tuple[str, str]]] = {name: [] for name in theme_names()}
    for name, title in event_choices():
        grouped[theme_of(book().event(name))].append((name, title))
    return [(pick(theme_title(name)) or str(_("Other")), choices) for name, choices in grouped.items() if choices]


class WhenForm(TypedForm):
    occurred_on = DayField(label=_("On"), help_text=_("Leave empty if the day is not known."))
    occurred_time = HourField(label=_("Hour"), help_text=_("Clocks in hours ask for it."))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("occurred_time") and not typed.get("occurred_on"):
            self.add_error("occurred_on", _("An hour needs its day."))
        return typed

    def given_in(self, zone: str) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        hour = typed.pop("occurred_time")
        return {**typed, "occurred_at": instant(typed["occurred_on"], hour, zone)}


class ProcedureForm(WhenForm):
    """With what is known of the procedure, by the names the law gives its traits."""

    summary_reconsideration = forms.ChoiceField(
        label=_("Reconsideration by the summary procedure?"), required=False, choices=ANSWERS,
        help_text=_("Only where a reconsideration was accepted; unknown, the shorter period is shown."),
    )  # fmt: skip

    def given_in(self, zone: str) -> dict[str, Any]:
        typed = super().given_in(zone)
        answers = {name: SAID[typed.pop(name)] for name in PROCEDURE_TRAITS if name in typed}
        return {**typed, "traits": {name: answer for name, answer in answers.items() if answer is not None}}


class EventForm(ProcedureForm):
    name = forms.ChoiceField(label=_("What happened"), choices=grouped_choices)
    zone = ZoneField(label=_("Time zone"))
    authority = NamedField(
        apart="jurisdiction", label=_("Authority concerned"), required=False, listed="authorities",
        unknown=_("No authority of this name is known."),
        help_text=_("Its law decides which clocks start. Leave empty for the notice’s, or the case’s own."),
    )  # fmt: skip
    notice = NoticeField(
        Notice.objects.none(), label=_("Notice it belongs to"), required=False, to_field_name="uid",
        empty_label=_("none"),
    )  # fmt: skip
    source = forms.CharField(label=_("Source"), required=False, max_length=300)
    note = WordsField(label=_("Note"), rows=2)
    field_order = ["name", "occurred_on", "occurred_time", "zone", "notice", "authority"]

    def __init__(self, *args: Any, case: Case, authorities: "QuerySet[Authority]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.authorities = authorities
        cast(NamedField, self.fields["authority"]).known = authorities
        self.fields["notice"].queryset = case.notices.filter(voided_at__isnull=True)  # type: ignore[attr-defined]
        self.initial.setdefault("zone", case.lead_authority.zone)

    def given(self) -> dict[str, Any]:
        return self.given_in(self.cleaned_data["zone"])


class CorrectionForm(EditForm, ProcedureForm):
    """Asks what the procedure is only where a clock hangs on it."""

    reason = WordsField(label=_("Why it is corrected"), rows=2, required=True, max_length=2000)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_procedure(event):
            for name in PROCEDURE_TRAITS:
                self.fields.pop(name, None)
        self.edits(event)

    def held(self, row: Event) -> dict[str, Any]:
        return {name: value for name, value in event_as_typed(row).items() if name in self.fields}


def event_as_typed(event: Event) -> dict[str, Any]:
    local = event.occurred_at.astimezone(ZoneInfo(event.zone)).time() if event.occurred_at else None
    answers = {name: "yes" if so else "no" for name, so in event.traits.items()}
    return {"occurred_on": event.occurred_on, "occurred_time": local, **answers}
