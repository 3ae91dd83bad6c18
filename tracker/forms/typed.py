"""What the forms of every page share: the status they answer with, and fields for people, dates and zones."""

from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.secrecy import mark_words
from cases.custody.secrecy import find_mark
from cases.law.calendars import NoSuchTime, placed
from cases.models import Person

ZONES: Final = (
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Tokyo", "Asia/Kolkata", "Asia/Dubai", "Europe/Dublin",
    "Europe/London", "Europe/Brussels", "Europe/Berlin", "Europe/Paris", "America/New_York", "America/Los_Angeles",
    "Australia/Sydney", "UTC",
)  # fmt: skip

FIRST_DAY: Final = date(1970, 1, 1)
LAST_DAY: Final = date(2089, 12, 31)


class TypedForm(forms.Form):
    """Required marks come from the server, in the reader's language: the browser's own would stop at the first.

    `one_of` are fields none of which is asked for by itself, but one of which must be given; `or_new` name what
    is known, or else something new is described beside them.
    """

    use_required_attribute = False
    one_of: frozenset[str] = frozenset()
    or_new: frozenset[str] = frozenset()
    refusal: RuleBroken | None = None

    def clean(self) -> dict[str, Any]:
        """A field that bears a secrecy mark is told at once, before any action refuses it."""
        for name, value in list(self.cleaned_data.items()):
            mark = find_mark(value) if isinstance(value, str) else None
            if mark:
                self.add_error(name, mark_words(self.fields[name].label or name, mark))
        return self.cleaned_data

    def refuse(self, refusal: RuleBroken) -> None:
        if isinstance(refusal, NoSuchHour):
            hours = (name for name, field in self.fields.items() if isinstance(field, HourField))
            self.add_error(next((n for n in hours if self.cleaned_data.get(n) == refusal.hour), None), str(refusal))
            return
        self.refusal = refusal
        self.add_error(None, str(refusal))

    @property
    def answer(self) -> int:
        if self.refusal:
            return 409
        return 422 if self.is_bound and self.errors else 200


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class DayField(forms.DateField):
    """A day, as the browser's own control sends it: one that the calendars reach, with room for the longest period."""

    widget = DateInput
    input_formats = ["%Y-%m-%d"]

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(widget=DateInput(), **options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not FIRST_DAY <= value <= LAST_DAY:
            raise ValidationError(_("Check the year: no calendar here reaches this day."), code="out_of_reach")


class HourField(forms.TimeField):
    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(widget=TimeInput(), **options)


class WordsField(forms.CharField):
    """A passage of text."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


class PersonField(forms.EmailField):
    """One of our people, named by email address: no list of everybody is sent to a page."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Email address"))
        options.setdefault("widget", forms.EmailInput(attrs={"autocomplete": "off"}))
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        email = super().clean(value)
        if not email:
            return None
        person = Person.objects.active().filter(email__iexact=email).first()
        if person is None:
            raise ValidationError(_("Nobody here has this address."), code="unknown_person")
        return person


class KnownPersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    """One of the people named in a case; the form scopes the queryset."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("empty_label", _("nobody yet"))
        super().__init__(Person.objects.none(), to_field_name="uid", **options)

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name_en} {obj.name_zh}".strip()


class ZoneField(forms.ChoiceField):
    """The zones of the authorities we know and a few more; one already set stays to be chosen."""

    def __init__(self, *, empty: Any = None, **options: Any) -> None:
        choices: list[tuple[str, Any]] = [("", empty)] if empty else []
        choices += [(zone, zone.replace("_", " ")) for zone in ZONES]
        self.offered = choices
        super().__init__(choices=choices, **options)

    def offer(self, zone: str) -> None:
        if zone in available_timezones() and zone not in ZONES:
            self.choices = [*self.offered, (zone, zone.replace("_", " "))]


class NoSuchHour(RuleBroken):
    """On the night when clocks go forward, an hour that they pass over."""

    code = "no_such_hour"

    def __init__(self, hour: time, zone: str) -> None:
        told = {"hour": f"{hour:%H:%M}", "zone": zone}
        super().__init__(_("The hour %(hour)s does not exist on this day in %(zone)s: the clocks go forward.") % told)
        self.hour = hour


def instant(day: date | None, hour: time | None, zone: str) -> datetime | None:
    """The moment of a day and hour in a zone; without both there is none. Of an hour that comes twice, the earlier."""
    if not (day and hour):
        return None
    try:
        return placed(datetime.combine(day, hour), ZoneInfo(zone))
    except NoSuchTime as error:
        raise NoSuchHour(hour, zone) from error
