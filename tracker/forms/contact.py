"""A talk, call, letter or visit as it was held: who was there on both sides, the minutes, what we promised."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.contact import AttendeeDraft, ContactDraft
from cases.actions.drafts import RequirementDraft
from cases.models import Authority, Case, ContactKind, Notice, Side
from tracker.forms.cases import AuthorityField
from tracker.forms.marking import MarkField
from tracker.forms.requirement import LANGUAGES, NoticeField
from tracker.forms.secret import AsksSecret
from tracker.forms.typed import DayField, HourField, KnownPersonField, TypedForm, WordsField, ZoneField, instant

FIRST_ROWS: Final = 2
MOST_ROWS: Final = 40


class ContactForm(AsksSecret):
    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind.choices)
    authority = AuthorityField(Authority.objects.none(), label=_("Authority"), to_field_name="uid", empty_label=None)
    subject = forms.CharField(label=_("What it was about"), max_length=300)
    notice = NoticeField(
        Notice.objects.none(), label=_("Notice that called for it"), required=False, to_field_name="uid",
        empty_label=_("none"),
    )  # fmt: skip
    held_on = DayField(label=_("Held on"), help_text=_("Leave empty if the day is not known."))
    held_time = HourField(label=_("Hour"))
    zone = ZoneField(label=_("Time zone"), required=False, empty=_("the authority’s"))
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    minutes = WordsField(label=_("Minutes"), rows=8)
    minutes_language = forms.ChoiceField(label=_("Language of the minutes"), choices=LANGUAGES)
    protection_mark = MarkField()

    def __init__(self, *args: Any, case: Case, sees_advice: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["protection_mark"].offer(sees_advice=sees_advice)  # type: ignore[attr-defined]
        others = Authority.objects.filter(pk__in=case.further_authorities.values("authority"))
        lead = Authority.objects.filter(pk=case.lead_authority_id)
        self.fields["authority"].queryset = lead | others  # type: ignore[attr-defined]
        self.fields["notice"].queryset = case.notices.filter(voided_at__isnull=True)  # type: ignore[attr-defined]
        self.initial.setdefault("authority", case.lead_authority.uid)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("held_time") and not typed.get("held_on"):
            self.add_error("held_on", _("An hour needs its day."))
        return typed

    def is_brought(self, typed: Mapping[str, Any]) -> bool:
        return bool(typed.get("minutes"))

    def draft(self, attendees: tuple[AttendeeDraft, ...]) -> ContactDraft:
        typed = self.said()
        hour, zone = typed.pop("held_time"), typed["zone"] or typed["authority"].zone
        return ContactDraft(**typed, held_at=instant(typed["held_on"], hour, zone), attendees=attendees)


class OfficerForm(TypedForm):
    """One who sat for the authority: officers show their card, and two of them must."""

    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    capacity = forms.CharField(label=_("Office held"), required=False, max_length=120)
    card_number = forms.CharField(label=_("Law-enforcement card"), required=False, max_length=60)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if self.has_changed() and not name:
            raise forms.ValidationError(_("Name the officer."))
        return name

    def draft(self) -> AttendeeDraft:
        return AttendeeDraft(side=Side.AUTHORITY, **self.cleaned_data)


class OursForm(TypedForm):
    """One who sat for us: of the case, or anybody by name."""

    person = KnownPersonField(label=_("One of ours"), empty_label=_("somebody else"))
    name = forms.CharField(label=_("or a name"), required=False, max_length=120)
    capacity = forms.CharField(label=_("In what capacity"), required=False, max_length=120)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if self.has_changed() and bool(typed.get("person")) == bool(typed.get("name", "").strip()):
            self.add_error("name", _("Choose one of ours or give a name, not both."))
        return typed

    def draft(self) -> AttendeeDraft:
        return AttendeeDraft(side=Side.PARTY, **self.cleaned_data)


class PromiseForm(TypedForm):
    """What we promised becomes a requirement of ours."""

    one_of = frozenset({"title_zh", "title_en"})
    title_zh = forms.CharField(label=_("Promise, in Chinese"), required=False, max_length=300)
    title_en = forms.CharField(label=_("Promise, in English"), required=False, max_length=300)
    due_on = DayField(label=_("By"))

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if self.has_changed() and not (typed.get("title_en") or typed.get("title_zh")):
            self.add_error("title_zh", _("Say what was promised, in English or in Chinese."))
        return typed

    def draft(self) -> RequirementDraft:
        return RequirementDraft(origin="committed", **self.cleaned_data)


class Rows:
    """Several small forms of one kind; those left empty count for nothing. More rows come without a script."""

    def __init__(self, form: type[TypedForm], prefix: str, data: Mapping[str, Any] | None, **options: Any) -> None:
        self.prefix, self.data = prefix, data
        self.is_growing = bool(data and data.get("more") == prefix)
        count = self._count() + (FIRST_ROWS if self.is_growing else 0)
        keep = bool(data and data.get("more"))
        self.forms = [
            form(
                None if keep else data,
                prefix=f"{prefix}-{n}",
                empty_permitted=True,
                initial=self._typed(form, n) if keep else None,
                **options,
            )
            for n in range(min(count, MOST_ROWS))
        ]

    def _count(self) -> int:
        typed = str((self.data or {}).get(f"{self.prefix}-count", FIRST_ROWS))
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else FIRST_ROWS

    def _typed(self, form: type[TypedForm], n: int) -> dict[str, Any]:
        data = self.data or {}
        return {name: data.get(f"{self.prefix}-{n}-{name}", "") for name in form.base_fields}

    @property
    def count(self) -> int:
        return len(self.forms)

    def is_valid(self) -> bool:
        """Every row is judged, so that every mistake is shown at once."""
        return False not in {form.is_valid() for form in self.forms}

    def filled(self) -> list[Any]:
        return [form for form in self.forms if form.has_changed()]

    @property
    def answer(self) -> int:
        return max((form.answer for form in self.forms), default=200)

    @property
    def is_wrong(self) -> bool:
        return self.answer != 200
