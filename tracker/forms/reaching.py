"""How words reach a person: by which channels, to which chats, which of them by the timetable; the room of a case."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case, CaseState, Language
from tracker import channels
from tracker.forms.typed import HourField, TypedForm
from tracker.models import Rhythm, Subject, WordKind
from tracker.models.subscription import MORNING
from tracker.reminders.choosing import MOST_DAYS_BEFORE, wrong_in
from tracker.reminders.ways import Way

KINDS: Final[Mapping[WordKind, Any]] = {
    WordKind.REMINDER: _("Reminders of dates"),
    WordKind.DIGEST: _("Digests"),
    WordKind.STATUS: _("Status mails"),
    WordKind.ALARM: _("Alarms of the system"),
}
HINTS: Final = {
    WordKind.REMINDER: _("A reminder climbs when nobody acknowledges it, also one that is shown on the Desk alone."),
}
DAYS: Final = [(day + 1, name) for day, name in WEEKDAYS.items()]


class ChannelsForm(TypedForm):
    """A field a kind of word: the ways on offer, and those that are chosen."""

    def __init__(
        self, *args: Any, ways: Sequence[Way], chosen: Mapping[WordKind, Sequence[Way]], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {str(kind): [way.name for way in found] for kind, found in chosen.items()}
        super().__init__(*args, **kwargs)
        self.ways = {way.name: way for way in ways}
        for kind in chosen:
            self.fields[str(kind)] = forms.MultipleChoiceField(
                label=KINDS[kind],
                help_text=HINTS.get(kind, ""),
                choices=[(way.name, label(way)) for way in ways],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Choose at least one channel for each kind of word.")},
            )

    @property
    def chosen(self) -> dict[WordKind, list[Way]]:
        return {WordKind(kind): [self.ways[name] for name in names] for kind, names in self.cleaned_data.items()}


def label(way: Way) -> Any:
    return f"{way.chat.get_service_display()} {way.chat.hint}" if way.chat is not None else way.channel.label


# ---- Chats -----------------------------------------------------------------------------------------------------------
class AddressField(forms.CharField):
    """What opens a chat, for whoever holds it. Clean, it is an `Opened`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Address of the chat"))
        told = _(
            "The link that DingTalk, Feishu, WeCom, Slack, Teams or a webhook gives out, or its apprise address. "
            "It is kept sealed and not shown again."
        )
        box = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(help_text=told, widget=box, **options)

    def clean(self, value: Any) -> Any:
        try:
            return channels.open_address(super().clean(value))
        except channels.BadAddress as error:
            raise ValidationError(str(error), code="bad_address") from error


class ChatForm(TypedForm):
    address = AddressField()


class RoomForm(TypedForm):
    address = AddressField()
    language = forms.ChoiceField(label=_("Language of the room"), choices=Language.choices)


# ---- By the timetable ------------------------------------------------------------------------------------------------
class StatusMailForm(TypedForm):
    """Of one subject, and of one case or all."""

    rhythm = forms.ChoiceField(label=pgettext_lazy("of a word", "How often"), choices=Rhythm.choices)
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"), choices=[("", _("no day")), *DAYS], coerce=int, empty_value=None, required=False,
        help_text=_("For a word that comes every week."),
    )  # fmt: skip
    days_before = forms.IntegerField(
        label=_("Working days before"), min_value=0, max_value=MOST_DAYS_BEFORE, required=False,
        help_text=_("For a word before dates set by law or order: 0 to 30."),
    )  # fmt: skip
    at = HourField(label=_("At what hour"), required=True, initial=MORNING)
    subject_of: Subject = Subject.STATUS

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if "rhythm" in typed and (subject := typed.get("subject", self.subject_of)):
            wrong = wrong_in(
                Subject(subject), Rhythm(typed["rhythm"]), weekday=typed.get("weekday"),
                days_before=typed.get("days_before"), case=typed.get("case"),
            )  # fmt: skip
            for field, why in wrong.items():
                if field not in self.errors:
                    self.add_error(field, str(why))
        return self.cleaned_data

    @property
    def wish(self) -> dict[str, Any]:
        """As the action takes it, but for the case."""
        typed = self.cleaned_data
        when: time = typed["at"]
        subject = Subject(typed.get("subject", self.subject_of))
        told = {"weekday": typed["weekday"], "days_before": typed["days_before"]}
        return {"subject": subject, "rhythm": Rhythm(typed["rhythm"]), "when": when, **told}


class WishForm(StatusMailForm):
    """Of any subject; `cases` are those the person may know of."""

    subject = forms.ChoiceField(label=pgettext_lazy("of a word", "What"), choices=Subject.choices)
    case = forms.CharField(
        label=_("Case, by its reference"), max_length=40, required=False,
        help_text=_("For where things stand in one case; empty for all you may know of."),
    )  # fmt: skip
    field_order = ["subject", "case", "rhythm", "weekday", "days_before", "at"]

    def __init__(self, *args: Any, cases: "QuerySet[Case]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cases = cases

    def clean_case(self) -> Case | None:
        reference = self.cleaned_data["case"].strip()
        if not reference:
            return None
        found = self.cases.filter(reference=reference).first()
        if found is None:
            raise ValidationError(_("There is no such case that you may know of."), code="unknown_case")
        if found.state != CaseState.OPEN:
            raise ValidationError(_("The case is closed."), code="closed_case")
        return found

    @property
    def wish(self) -> dict[str, Any]:
        return super().wish | {"case": self.cleaned_data["case"]}
