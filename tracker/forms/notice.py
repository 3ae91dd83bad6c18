"""The notice itself as it is typed in, and what is done to one afterwards: service, translation, void, move."""

from datetime import time
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions.drafts import NoticeDraft
from cases.law.readings import UNITS
from cases.models import (
    OPEN_MARKS,
    Authority,
    Case,
    Language,
    Notice,
    NoticeKind,
    ProtectionMark,
    ServiceMode,
    TranslationBy,
)
from tracker.forms.edit import EditForm
from tracker.forms.naming import NamedField, OpenCaseField
from tracker.forms.requirement import LANGUAGES
from tracker.forms.secret import AsksSecret
from tracker.forms.typed import DayField, HourField, TypedForm, WordsField, ZoneField, instant
from tracker.wording import UNIT_WORDS

MOST_PROVISIONS: Final = 200
LONGEST_PROVISION: Final = 300


class ServiceForm(TypedForm):
    """When and how it reached us: the day, the hour and the way may each be unknown."""

    served_on = DayField(
        label=_("Served on"),
        help_text=_(
            "The day the receipt was signed, the post was received, it was left at the premises, or it reached the"
            " confirmed electronic address. Leave empty if it is not known: its dates wait for it."
        ),
    )
    served_time = HourField(label=_("Hour of service"), help_text=_("Only clocks in hours ask for it."))
    zone = ZoneField(label=_("Time zone"), required=False, empty=_("the authority’s"))
    service_mode = forms.ChoiceField(
        label=_("How it was served"), choices=ServiceMode.choices, initial=ServiceMode.UNKNOWN
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("served_time") and not typed.get("served_on"):
            self.add_error("served_on", _("An hour needs its day."))
        return typed


class RecordServiceForm(EditForm, ServiceForm):
    posted_on = DayField(
        label=_("Public notice posted on"),
        help_text=_("Only for service by public notice: it counts as served once its thirty days are over."),
    )

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edits(notice)

    def held(self, row: Notice) -> dict[str, Any]:
        return service_as_typed(row)

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("posted_on") and typed.get("service_mode") != ServiceMode.PUBLIC_NOTICE:
            self.add_error("posted_on", _("Only service by public notice has a day of posting."))
        return typed

    def given(self, notice: Notice) -> dict[str, Any]:
        """The action's own keywords."""
        typed = self.cleaned_data
        zone = typed["zone"] or notice.zone
        return {
            "served_on": typed["served_on"],
            "served_at": instant(typed["served_on"], typed["served_time"], zone),
            "posted_on": typed["posted_on"],
            "mode": typed["service_mode"],
            "zone": zone,
            "revision": typed["revision"],
        }


def service_as_typed(notice: Notice) -> dict[str, Any]:
    return {
        "served_on": notice.served_on,
        "served_time": local_hour(notice),
        "zone": notice.zone,
        "service_mode": notice.service_mode,
    }


def local_hour(notice: Notice) -> time | None:
    return notice.served_at.astimezone(ZoneInfo(notice.zone)).time() if notice.served_at else None


class NoticeForm(AsksSecret, ServiceForm):
    or_new = frozenset({"authority"})
    kind = forms.ChoiceField(label=_("Kind of document"), choices=[("", _("choose")), *NoticeKind.choices])
    number = forms.CharField(label=_("Document number"), required=False, max_length=120)
    authority = NamedField(
        apart="jurisdiction", label=_("Issuing authority"), required=False, listed="authorities",
        unknown=_("No authority of this name is known. Choose one of those offered, or describe a new one."),
    )  # fmt: skip
    title_zh = forms.CharField(label=_("Title in Chinese"), required=False, max_length=300)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=300)
    issued_on = DayField(label=_("Date on the document"))
    ordered_on = DayField(
        label=_("To be answered by, as the notice says"),
        help_text=_("To defend, to come, to answer, to pay, to correct: only where the notice itself names a day."),
    )
    period_amount = forms.IntegerField(label=_("or within"), required=False, min_value=1, max_value=10_000)
    period_unit = forms.ChoiceField(
        label=_("Unit"), required=False, choices=[("", _("choose")), *((name, UNIT_WORDS[name]) for name in UNITS)]
    )
    original_words = WordsField(label=_("Original words"), rows=8, help_text=_("Verbatim, as on the document."))
    original_language = forms.ChoiceField(label=_("Language of the original"), choices=LANGUAGES)
    cited_provisions = WordsField(label=_("Provisions it cites"), rows=3, help_text=_("One a line."))
    source = forms.CharField(
        label=_("Source"), required=False, max_length=300, help_text=_("Where we have it from, if not served on us.")
    )
    protection_mark = forms.ChoiceField(label=_("Protection"), choices=OPEN_MARKS, initial=ProtectionMark.INTERNAL)
    field_order = [
        "kind", "number", "authority", "title_zh", "title_en", "issued_on", "served_on", "served_time", "zone",
        "service_mode", "original_words", "original_language",
    ]  # fmt: skip

    def __init__(self, *args: Any, authorities: "QuerySet[Authority]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(NamedField, self.fields["authority"]).known = authorities

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if bool(typed.get("period_amount")) != bool(typed.get("period_unit")) and "period_amount" not in self.errors:
            self.add_error(
                "period_unit" if typed.get("period_amount") else "period_amount", _("Give the number and the unit.")
            )
        if typed.get("ordered_on") and typed.get("period_amount"):
            self.add_error("period_amount", _("An order sets a date or a period, not both."))
        return typed

    def clean_cited_provisions(self) -> tuple[str, ...]:
        lines = tuple(line.strip() for line in self.cleaned_data["cited_provisions"].splitlines() if line.strip())
        if len(lines) > MOST_PROVISIONS or any(len(line) > LONGEST_PROVISION for line in lines):
            raise forms.ValidationError(_("One provision a line, no line longer than 300 characters."))
        return lines

    def draft(self, authority: Authority) -> NoticeDraft:
        typed = self.said()
        typed.pop("authority")
        zone, hour = typed["zone"] or authority.zone, typed.pop("served_time")
        typed["zone"] = zone
        return NoticeDraft(**typed, authority=authority, served_at=instant(typed["served_on"], hour, zone))


def notice_as_typed(notice: Notice) -> dict[str, Any]:
    same = (
        "kind", "number", "title_zh", "title_en", "issued_on", "ordered_on", "period_amount", "period_unit",
        "original_words", "original_language", "source", "protection_mark",
    )  # fmt: skip
    return {name: getattr(notice, name) for name in same} | {
        **service_as_typed(notice),
        "authority": notice.authority.name_en,
        "cited_provisions": "\n".join(notice.cited_provisions),
    }


class OwnTranslationForm(TypedForm):
    """A translation of the notice's words, given with it."""

    language = forms.ChoiceField(label=_("Translated into"), choices=Language.choices, initial=Language.EN)
    words = WordsField(label=_("Translation"), rows=6)
    made_by = forms.ChoiceField(label=_("Made by"), choices=TranslationBy.choices, initial=TranslationBy.HUMAN)
    translator = forms.CharField(label=_("Name of the translator"), required=False, max_length=120)


class MoveNoticeForm(TypedForm):
    to = OpenCaseField(label=_("Reference of the right case"), max_length=40)
    reason = WordsField(label=_("Why"), rows=2, required=True, max_length=2000)

    def scope(self, mine: "QuerySet[Case]") -> None:
        self.fields["to"].mine = mine  # type: ignore[attr-defined]

    @property
    def named_reference(self) -> str:
        """Empty unless the form has found the case."""
        return self.cleaned_data["to"].reference if self.is_valid() else ""
