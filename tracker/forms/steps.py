"""When a clock reminds, and who is told next: each a whole set, row by row; of two at once both versions are shown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.actions import RuleBroken
from cases.actions.log import Conflict
from cases.models import LogEntry
from tracker.forms.edit import Side, Versions, change
from tracker.forms.typed import TypedForm
from tracker.ladder_words import role_text, whole_text
from tracker.models import LadderRole, StepUnit
from tracker.reminders.drafts import (
    MOST_MINUTES,
    MOST_STEPS,
    Fault,
    StepDraft,
    faults,
    faults_of_rungs,
    read_line,
)

SPARE: Final = 3


class SetForm(TypedForm):
    """`opened` is what stood there of its own when the page was opened, as one line; empty where it followed others.

    `scope`: the uid by which the log knows whose they are; of the house, its entries bear no case.
    """

    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    verbs: tuple[str, ...] = ()
    heading: Any = ""
    versions: Versions | None = None

    def __init__(self, *args: Any, opened: str, logged: Mapping[str, Any], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["opened"] = opened
        super().__init__(*args, **kwargs)
        self.logged = logged

    def refuse(self, refusal: RuleBroken) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Conflict):
            self.meet(str(refusal.details["now"]))

    def meet(self, now: str) -> None:
        """Both versions; saving again puts what was typed in the place of what stands now."""
        stands, typed = self.in_words(now), self.typed_in_words()
        last = LogEntry.objects.filter(**self.logged, verb__in=self.verbs).select_related("person").order_by("-pk")[:1]
        sides = (Side(str(self.heading), stands, typed, "both"),) if stands != typed else ()
        self.versions = Versions(tuple(map(change, last)), sides)
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("opened")] = now
        self.data = data

    def in_words(self, line: str) -> str:
        raise NotImplementedError

    def typed_in_words(self) -> str:
        raise NotImplementedError

    def tell(self, fault: Fault, names: Sequence[str]) -> None:
        """At the row it is about, else at the first."""
        self.add_error(names[fault.place or 0], str(fault.words))


class StepsForm(SetForm):
    """A row left without its number is no step."""

    verbs = ("set_steps", "drop_steps", "set_house_steps", "drop_house_steps")
    heading = gettext_lazy("When it reminds")

    def __init__(self, *args: Any, current: Sequence[StepDraft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(self.wanted(len(current)))
        for number in self.numbers:
            self.add_row(number, current[number] if number < len(current) else None)

    def wanted(self, current: int) -> int:
        """As many rows as were sent, or what there is and a few more."""
        if not self.is_bound:
            return min(current + SPARE, MOST_STEPS + 1)
        sent = (number for number in range(MOST_STEPS + 1) if self.add_prefix(f"amount{number}") in self.data)
        return max(sent, default=0) + 1

    def add_row(self, number: int, step: StepDraft | None) -> None:
        told = {"n": number + 1}
        rows: dict[str, forms.Field] = {
            f"amount{number}": forms.IntegerField(label=_("Step %(n)s: how many") % told, required=False, min_value=0),
            f"unit{number}": forms.ChoiceField(
                label=_("Step %(n)s: of what") % told, choices=StepUnit.choices, required=False
            ),
            f"within{number}": forms.IntegerField(
                label=_("Step %(n)s: to be acknowledged within, in minutes") % told, required=False, min_value=0,
                max_value=MOST_MINUTES,
            ),
        }  # fmt: skip
        self.fields.update(rows)
        if step:
            self.initial[f"amount{number}"], self.initial[f"unit{number}"] = step.amount, step.unit
            self.initial[f"within{number}"] = step.acknowledge_within

    def rows(self) -> Iterator[tuple[forms.BoundField, ...]]:
        for number in self.numbers:
            yield self[f"amount{number}"], self[f"unit{number}"], self[f"within{number}"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for number in self.numbers:
            has_within = typed.get(f"within{number}") is not None
            if has_within and typed.get(f"amount{number}") is None and f"amount{number}" not in self.errors:
                self.add_error(f"amount{number}", _("Say how many, or leave the whole row empty."))
        if not self.errors:
            given = self.given()
            names = [f"amount{number}" for number, _step in given] or ["amount0"]
            for fault in faults([step for _number, step in given]):
                self.tell(fault, names)
        return typed

    def given(self) -> list[tuple[int, StepDraft]]:
        return [
            (number, StepDraft(typed[f"unit{number}"] or StepUnit.WORKING_DAY, amount, typed.get(f"within{number}")))
            for typed in [self.cleaned_data]
            for number in self.numbers
            if (amount := typed.get(f"amount{number}")) is not None
        ]

    def steps(self) -> list[StepDraft]:
        return [step for _number, step in self.given()]

    def in_words(self, line: str) -> str:
        return "\n".join(map(whole_text, read_line(line))) or _("none of its own")

    def typed_in_words(self) -> str:
        return "\n".join(map(whole_text, self.steps()))


class LadderForm(SetForm):
    """The roles in the order in which they are told; an empty place is passed over."""

    verbs = ("set_ladder", "drop_ladder", "set_house_ladder", "drop_house_ladder")
    heading = gettext_lazy("Who is told, in this order")

    def __init__(self, *args: Any, current: Sequence[str], is_hourly: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_hourly = is_hourly
        self.names = [f"role{number}" for number in range(len(LadderRole))]
        for number, name in enumerate(self.names):
            label = _("Rung %(n)s") % {"n": number + 1}
            choices = [("", _("nobody")), *LadderRole.choices]
            field = forms.ChoiceField(label=label, choices=choices, required=False)
            field.is_asked = True  # type: ignore[attr-defined]  # as a whole: no place is more optional than another
            self.fields[name] = field
            self.initial[name] = current[number] if number < len(current) else ""

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        named = [name for name in self.names if typed.get(name)]
        for fault in faults_of_rungs(self.roles(), is_hourly=self.is_hourly) if not self.errors else ():
            self.tell(fault, named or self.names)
        return typed

    def roles(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.names if self.cleaned_data.get(name)]

    def in_words(self, line: str) -> str:
        return "\n".join(map(role_text, line.split())) or _("none of its own")

    def typed_in_words(self) -> str:
        return "\n".join(map(role_text, self.roles()))
