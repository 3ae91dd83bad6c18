"""A form over what another may change meanwhile: it goes out with the values it was opened with, and when it comes back
too late both versions are laid side by side; what was typed stays, and saving it again is a decision."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from cases.actions import RuleBroken
from cases.actions.log import Conflict
from cases.models import LogEntry
from cases.models.record import Record
from tracker.dates import day_text
from tracker.forms.typed import TypedForm
from tracker.verbs import VERBS

MOST_TOLD: Final = 5


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did to the row, as the log has it."""

    who_en: str
    who_zh: str
    what: str
    at: Any


@dataclass(frozen=True, slots=True)
class Side:
    """One field in both versions. `mark`: both of us changed it, `theirs` or `mine` alone."""

    label: str
    now: str
    typed: str
    mark: str


@dataclass(frozen=True, slots=True)
class Versions:
    changes: tuple[Change, ...]
    sides: tuple[Side, ...]


class EditForm(TypedForm):
    """`revision` is the one the page was opened with. A form that was not filled from its row is compared all the
    same: then whatever differs was changed by both."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    is_filled = True
    beside = frozenset({"revision", "reason"})  # said of the change, not of the row
    row: Record | None = None
    versions: Versions | None = None

    def held(self, row: Any) -> Mapping[str, Any]:
        """The values of the row by field, as the form shows them."""
        raise NotImplementedError

    def edits(self, row: Any) -> None:
        """Once the fields are scoped: fills the form from the row and lets it carry what it was filled with."""
        self.row = row
        if row is not None:
            self.initial = {"revision": row.revision, **(self.held(row) if self.is_filled else {}), **self.initial}
        for name, field in self.fields.items():
            field.show_hidden_initial = self.is_filled and name not in self.beside

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def refuse(self, refusal: RuleBroken) -> None:
        super().refuse(refusal)
        if isinstance(refusal, Conflict) and self.row is not None:
            self.meet(type(self.row)._default_manager.get(pk=self.row.pk))  # noqa: SLF001

    def meet(self, now: Any) -> None:
        held, opened = self.held(now), self.cleaned_data["revision"]
        told = LogEntry.objects.filter(object_uid=now.uid).select_related("person").order_by("-pk")
        since = told[: min(MOST_TOLD, max(1, now.revision - opened))]
        sides = tuple(self.sides(held))
        self.versions = Versions(tuple(map(change, since)), sides)
        self.data = self.resolved(held, now.revision)

    def sides(self, held: Mapping[str, Any]) -> Iterator[Side]:
        for name, value in held.items():
            field, mark = self.fields[name], self.mark(name, value)
            if mark:
                now, typed = text_of(field, value), text_of(field, self.cleaned_data.get(name))
                yield Side(str(field.label), words_of(field, now), words_of(field, typed), mark)

    def mark(self, name: str, value: Any) -> str:
        """Empty: the same in both versions."""
        field, opened = self.fields[name], self.data.get(self[name].html_initial_name)
        now, typed = text_of(field, value), text_of(field, self.cleaned_data.get(name))
        if now == typed:
            return ""
        was = None if opened is None else plain(opened)
        return "mine" if was == now else "theirs" if was == typed else "both"

    def resolved(self, held: Mapping[str, Any], revision: int) -> Any:
        """What was typed, over the row as it stands: a field only the other changed is left as the other has it."""
        sent: Any = self.data
        data = sent.copy()
        data[self.add_prefix("revision")] = str(revision)
        for name, value in held.items():
            bound, text = self[name], text_of(self.fields[name], value)
            if self.mark(name, value) == "theirs":
                fill(data, bound.html_name, text, is_tick=isinstance(bound.field, forms.BooleanField))
            if bound.field.show_hidden_initial:
                data[bound.html_initial_name] = text
        return data


def fill(data: Any, name: str, text: str, *, is_tick: bool) -> None:
    """A box that is not ticked is not sent at all."""
    if is_tick and text != "True":
        data.pop(name, None)
    else:
        data[name] = text


def change(entry: LogEntry) -> Change:
    person = entry.person
    return Change(person.name_en, person.name_zh, str(VERBS.get(entry.verb, entry.verb)), entry.recorded_at)


def text_of(field: forms.Field, value: Any) -> str:
    """As a hidden field carries it, so that what was opened, what stands and what was typed compare."""
    shown = field.prepare_value(value)
    return "" if shown is None else plain(str(shown))


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def words_of(field: forms.Field, text: str) -> str:
    if isinstance(field, forms.BooleanField):
        return _("yes") if text == "True" else _("no")
    if not text:
        return _("empty")
    if isinstance(field, forms.ModelChoiceField):
        named = field.queryset.model._default_manager.filter(**{field.to_field_name or "pk": text}).first()  # type: ignore[union-attr]  # noqa: SLF001
        return field.label_from_instance(named) if named else text
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(text, text))  # type: ignore[arg-type]
    return day_text(date.fromisoformat(text)) if isinstance(field, forms.DateField) else text
