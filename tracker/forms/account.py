"""What a person sets for themselves."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Language, Person
from tracker.forms.typed import DayField, HourField, PersonField, TypedForm, ZoneField

SPANS: Final = [("30", _("30 days")), ("90", _("90 days")), ("365", _("a year"))]


class SettingsForm(TypedForm):
    language = forms.ChoiceField(label=_("Language of mails"), choices=Language.choices)
    zone = ZoneField(label=_("Time zone"))
    quiet_from = HourField(label=_("Quiet from"))
    quiet_until = HourField(
        label=_("Quiet until"), help_text=_("Reminders wait for the end of your quiet hours where they still can.")
    )
    keys_off = forms.BooleanField(
        label=_("Keyboard shortcuts off"), required=False, help_text=_("For speech input and other tools that type.")
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        names = ("language", "zone", "quiet_from", "quiet_until", "keys_off")
        kwargs["initial"] = {name: getattr(person, name) for name in names}
        super().__init__(*args, **kwargs)
        zone = self.fields["zone"]
        if isinstance(zone, ZoneField):
            zone.offer(person.zone)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if "quiet_from" in typed and "quiet_until" in typed and bool(typed["quiet_from"]) != bool(typed["quiet_until"]):
            missing = "quiet_until" if typed["quiet_from"] else "quiet_from"
            self.add_error(missing, _("Quiet hours need both ends."))
        return typed


class LeaveForm(TypedForm):
    from_on = DayField(label=_("First day away"), required=True)
    until_on = DayField(label=_("Last day away"), required=True)
    stand_in = PersonField(label=_("Stand-in, by email address"), required=False)


class TokenForm(TypedForm):
    days = forms.TypedChoiceField(label=_("Good for"), choices=SPANS, coerce=int)
