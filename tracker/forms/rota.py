"""One turn of the rota: who is on call, from when until when, by the clock of the authority."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.models import Person, TaskForce
from tracker.forms.typed import DayField, HourField, KnownPersonField, TypedForm, instant


class ShiftEndForm(TypedForm):
    """Its hours are of the zone the page names."""

    ends_on = DayField(label=_("Until, day"), required=True)
    ends_hour = HourField(label=_("Until, hour"), required=True)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def moment(self, name: str) -> datetime:
        found = instant(self.cleaned_data[f"{name}_on"], self.cleaned_data[f"{name}_hour"], self.zone)
        assert found is not None
        return found

    def given(self) -> dict[str, Any]:
        return {"ends_at": self.moment("ends")}


class ShiftForm(ShiftEndForm):
    person = KnownPersonField(label=_("Who"), required=True, empty_label=_("choose"))
    starts_on = DayField(label=_("From, day"), required=True)
    starts_hour = HourField(label=_("From, hour"), required=True)
    field_order = ("person", "starts_on", "starts_hour", "ends_on", "ends_hour")

    def __init__(self, *args: Any, task_force: TaskForce, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = task_force.members.filter(until_on__isnull=True).values("person")
        members: Any = self.fields["person"]
        members.queryset = Person.objects.active().filter(pk__in=standing)

    def given(self) -> dict[str, Any]:
        return {
            "person": self.cleaned_data["person"], "starts_at": self.moment("starts"), "ends_at": self.moment("ends")
        }  # fmt: skip
