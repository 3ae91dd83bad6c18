"""Parties, authorities and cases named by typing: a few are offered, none is sent in a list without end."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.law.rulebook import book
from cases.models import Authority, Case, CaseState, Level, Party, PartyKind
from cases.working import in_language
from tracker.forms.filing import authorities_of
from tracker.forms.typed import TypedForm, ZoneField

OFFERED: Final = 200


def by_name(name: str) -> Q:
    return Q(name_en__iexact=name) | Q(name_zh=name) | Q(name_zh_hant=name)


def names(rows: "QuerySet[Any]") -> list[str]:
    """What is offered while a name is typed, each once."""
    found = rows.order_by("name_en", "pk").values_list("name_en", "name_zh")[:OFFERED]
    return list(dict.fromkeys(name for pair in found for name in pair if name))


def own_first(known: "QuerySet[Authority]", case: Case) -> "QuerySet[Authority]":
    """Of several of one name, the one this case names already."""
    own = ExpressionWrapper(Q(pk__in=authorities_of(case).order_by().values("pk")), BooleanField())
    return known.order_by(own.desc(), *known.query.order_by)


class NamedField(forms.CharField):
    """One of what is known, by its name in either language; the form gives it the rows the reader may know of.

    `apart`: the field that tells two of one name apart. Rows alike in both, named for different cases, are one: the
    first of them.
    """

    known: "QuerySet[Any] | None" = None

    def __init__(self, *, apart: str, listed: str, unknown: str | Promise, **options: Any) -> None:
        self.apart, self.unknown = apart, unknown
        options.setdefault("max_length", 200)
        super().__init__(widget=forms.TextInput(attrs={"list": listed, "autocomplete": "off"}), **options)

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if not name:
            return None
        match self.find(name):
            case [found]:
                return found
            case []:
                raise ValidationError(str(self.unknown), code="unknown")
        raise ValidationError(_("Several have this name. Give the English name in full."), code="several")

    def find(self, name: str) -> list[Any]:
        alike: dict[tuple[str, str], Any] = {}
        for row in self.known.filter(by_name(name))[:OFFERED] if self.known is not None else ():
            alike.setdefault((row.name_en, getattr(row, self.apart)), row)
        return list(alike.values())


class CaseField(forms.CharField):
    """A case of the reader's own, by its reference."""

    mine: "QuerySet[Case] | None" = None

    def clean(self, value: Any) -> Any:
        reference = super().clean(value).strip().upper()
        if not reference:
            return None
        found = self.mine.filter(reference=reference).first() if self.mine is not None else None
        if found is None:
            raise ValidationError(_("There is no such case that you may know of."), code="unknown_case")
        return found


class OpenCaseField(CaseField):
    """One that takes more than the authority's papers."""

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found and found.state == CaseState.CLOSED:
            raise ValidationError(_("This case is closed. Reopen it first."), code="closed_case")
        return found


def calendars() -> list[tuple[str, str]]:
    words = _("%(title)s (%(code)s)")
    return [
        (name, words % {"title": in_language(found, "title"), "code": name})
        for name, found in sorted(book().calendars.items())
    ]


class NewAuthorityForm(TypedForm):
    """An authority that no case has named before."""

    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=200)
    name_zh = forms.CharField(label=_("Name in Chinese"), required=False, max_length=200)
    level = forms.ChoiceField(label=_("Level"), required=False, choices=Level.choices, initial=Level.OTHER)
    jurisdiction = forms.CharField(
        label=_("Jurisdiction"), required=False, max_length=10, initial="CN", help_text=_("CN, HK, EU, IE, DE, UK…")
    )
    zone = ZoneField(label=_("Time zone"), required=False, initial="Asia/Shanghai")
    calendar = forms.ChoiceField(label=_("Calendar"), required=False, choices=calendars, initial="CN")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.has_changed():
            return typed
        if not typed.get("name_en", "").strip():
            self.add_error("name_en", _("Give its name in English: references and lists are made of it."))
        return typed

    def authority(self, known: "QuerySet[Authority]") -> Authority:
        """Unsaved; or the one of those known, so that a name typed anew makes no second one."""
        same = {name: self.cleaned_data[name] for name in ("name_en", "jurisdiction")}
        return known.filter(**same).first() or Authority(**self.cleaned_data)


class NewPartyForm(TypedForm):
    """A party that no case has named before."""

    kind = forms.ChoiceField(
        label=_("What it is"), required=False, choices=PartyKind.choices, initial=PartyKind.LEGAL_ENTITY
    )
    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=200)
    name_zh = forms.CharField(label=_("Name in Chinese"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.has_changed():
            return typed
        if not typed.get("name_en", "").strip():
            self.add_error("name_en", _("Give its name in English: references and lists are made of it."))
        return typed

    def party(self, known: "QuerySet[Party]") -> Party:
        """Unsaved; or the one of those known."""
        same = {name: self.cleaned_data[name] for name in ("name_en", "kind")}
        return known.filter(**same).first() or Party(**self.cleaned_data)
