"""The whole sheet of an intake: the notice, its case, what it imposes and demands, what the law asked, who may know.

Asked for more rows, or for a step back, everything typed is kept and nothing is judged yet.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.actions.drafts import CaseDraft, MeasureDraft, NoticeDraft, RequirementDraft
from cases.law import tracks
from cases.models import Authority, Case, Party, Person
from cases.permissions import cases_visible_to, known_authorities, known_parties
from cases.working import in_language
from tracker.forms.contact import Rows
from tracker.forms.kept import KeptFile
from tracker.forms.measure import DemandForm, MeasureForm
from tracker.forms.naming import (
    CaseField,
    NamedField,
    NewAuthorityForm,
    NewPartyForm,
    names,
    own_first,
)
from tracker.forms.notice import NoticeForm, OwnTranslationForm
from tracker.forms.typed import DayField, PersonField, TypedForm, WordsField

MOST_PEOPLE: Final = 50
ANSWERS: Final = [("", _("unknown")), ("yes", _("yes")), ("no", _("no"))]
SAID: Final[Mapping[str, bool | None]] = {"yes": True, "no": False, "": None}
KEEPING: Final = frozenset({"more", "back"})


class HomeForm(TypedForm):
    """The case: one that is open, or a new one with its titles and its party."""

    one_of = frozenset({"joins", "title_zh", "title_en"})
    or_new = frozenset({"party"})
    joins = CaseField(
        label=_("Reference of an open case"), required=False, max_length=40, help_text=_("Leave empty for a new case.")
    )
    title_zh = forms.CharField(label=_("Title of the new case in Chinese"), required=False, max_length=300)
    title_en = forms.CharField(label=_("Title of the new case in English"), required=False, max_length=300)
    party = NamedField(
        apart="kind", label=_("Party addressed"), required=False, listed="parties",
        unknown=_("No party of this name is known. Choose one of those offered, or describe a new one."),
    )  # fmt: skip
    announced_on = DayField(label=_("Announced to the public on"))
    lead = PersonField(label=_("Lead counsel"), required=False, help_text=_("Leave empty to lead it yourself."))
    may_know = WordsField(
        label=_("Who else may know of it"), rows=3, help_text=_("One email address a line. Nobody else sees the case.")
    )
    is_open_to_staff = forms.BooleanField(label=_("Everybody here may know of the case"), required=False)

    def __init__(self, *args: Any, mine: "QuerySet[Case]", parties: "QuerySet[Party]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(CaseField, self.fields["joins"]).mine = mine
        cast(NamedField, self.fields["party"]).known = parties

    def clean_may_know(self) -> list[Person]:
        emails = self.cleaned_data["may_know"].replace(",", "\n").split()
        for email in emails:
            validate_email(email)
        found = [Person.objects.active().filter(email__iexact=email).first() for email in emails[:MOST_PEOPLE]]
        unknown = [email for email, person in zip(emails, found, strict=False) if person is None]
        if unknown or len(emails) > MOST_PEOPLE:
            told = _("Nobody here has this address: %(emails)s.") % {
                "emails": ", ".join(unknown or emails[MOST_PEOPLE:])
            }
            raise forms.ValidationError(told)
        return [person for person in found if person]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        is_new = not typed.get("joins") and "joins" not in self.errors
        if is_new and not (typed.get("title_en", "").strip() or typed.get("title_zh", "").strip()):
            self.add_error("title_zh", _("Give the new case a title, in English or in Chinese."))
        return typed


class ConditionsForm(TypedForm):
    """What is known of what the law asks of the authority before it decides; unknown stays unknown."""

    def __init__(self, *args: Any, kind: str = "official", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in tracks.conditions(kind):
            self.fields[asked.code] = forms.ChoiceField(
                label=in_language(asked, "question"), help_text=in_language(asked, "article"), required=False,
                choices=ANSWERS,
            )  # fmt: skip

    def known(self) -> dict[str, bool | None]:
        return {code: SAID[answer] for code, answer in self.cleaned_data.items() if answer}


def check_one(form: TypedForm, name: str, new: TypedForm, told: Any) -> None:
    if name not in form.errors and not form.cleaned_data.get(name) and not new.has_changed():
        form.add_error(name, told)


class Sheet:
    """One request's worth of intake. `case`: the one it joins, if the page was opened for one."""

    def __init__(
        self,
        person: Person,
        data: QueryDict | None,
        files: Mapping[str, Any],
        *,
        at: datetime,
        case: Case | None = None,
        first: Mapping[str, Any] | None = None,
    ) -> None:
        self.person, self.case, self.sent = person, case, data
        self.is_keeping = bool((data is not None and data.get("step") in KEEPING) or (data and "more" in data))
        mine = cases_visible_to(person, at=at)
        self.parties, self.authorities = known_parties(person, at=at), known_authorities(person, at=at)
        self.authorities = own_first(self.authorities, case) if case else self.authorities
        self.known_parties, self.known_authorities = names(self.parties), names(self.authorities)
        self.first = first or {}
        self.notice = self._form(NoticeForm, "", authorities=self.authorities)
        joinable = mine.select_related("lead_authority", "party")
        self.home = None if case else self._form(HomeForm, "case", mine=joinable, parties=self.parties)
        self.new_authority = self._form(NewAuthorityForm, "authority", empty_permitted=True)
        self.new_party = None if case else self._form(NewPartyForm, "party", empty_permitted=True)
        self.translation = self._form(OwnTranslationForm, "translation", empty_permitted=True)
        self.conditions = self._form(ConditionsForm, "known")
        self.measures = self._rows(MeasureForm, "measures")
        self.demands = self._rows(DemandForm, "demands")
        self.file = KeptFile("document", person, data, files)

    def _form(self, form: type[Any], prefix: str, **options: Any) -> Any:
        """Bound, unless everything is only to be kept as it was typed."""
        if self.sent is None:
            return form(prefix=prefix or None, initial=self.first.get(prefix, {}), **options)
        if not self.is_keeping:
            return form(self.sent, prefix=prefix or None, **options)
        made = form(prefix=prefix or None, **options)
        made.initial = {name: self.sent.get(made.add_prefix(name), "") for name in made.fields}
        return made

    def _rows(self, form: type[Any], prefix: str) -> Rows:
        if self.sent is None:
            return Rows(form, prefix, self._known_rows(prefix))
        if not self.is_keeping:
            return Rows(form, prefix, self.sent)
        kept = self.sent.copy()
        kept.setdefault("more", "nothing")
        return Rows(form, prefix, kept)

    def _known_rows(self, prefix: str) -> dict[str, Any] | None:
        """What the rows hold when the page opens, as if it had been typed."""
        rows = self.first.get(prefix)
        if not rows:
            return None
        typed = {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
        return {**typed, f"{prefix}-count": len(rows) + 1, "more": "nothing"}

    # ---- Judging -----------------------------------------------------------------------------------------------------
    def parts(self) -> Iterator[Any]:
        """Every form of the sheet, in the order of the page."""
        yield self.notice
        yield self.new_authority
        yield from (part for part in (self.home, self.new_party) if part)
        yield self.translation
        yield from self.measures.forms
        yield from self.demands.forms
        yield self.conditions

    def is_valid(self) -> bool:
        """Every part is judged, so that every mistake is shown at once."""
        judged = [part.is_valid() for part in self.parts()]
        self._check_named()
        self._check_demands()
        return all([*judged, not any(part.errors for part in self.parts()), not self.file.error])

    def _check_named(self) -> None:
        """An authority, and for a new case a party: known or described. What is misspelt has been said already."""
        check_one(self.notice, "authority", self.new_authority, _("Name the authority, or describe a new one."))
        if self.home and self.new_party and "joins" not in self.home.errors and not self.home.cleaned_data["joins"]:
            check_one(self.home, "party", self.new_party, _("Name the party, or describe a new one."))

    def _check_demands(self) -> None:
        for row in self.demands.filled():
            if (row.cleaned_data.get("measure") or 0) not in {0, *self.numbers}:
                row.add_error("measure", _("The notice has no such measure."))

    @property
    def numbers(self) -> dict[int, int]:
        """The number a measure has on the page → its place among those filled in."""
        filled = [n for n, row in enumerate(self.measures.forms, start=1) if row.has_changed()]
        return {number: place for place, number in enumerate(filled)}

    @property
    def unfolded(self) -> dict[str, bool]:
        """Which of the folded parts hold something, and are shown open."""
        folded = {"authority": self.new_authority, "party": self.new_party, "translation": self.translation}
        told = {
            name: form and (form["name_en"] if "name_en" in form.fields else form["words"]).value()
            for name, form in folded.items()
        }
        return {name: bool(value) for name, value in told.items()} | {
            "known": any(field.value() for field in self.conditions)
        }

    @property
    def answer(self) -> int:
        answers: list[int] = [part.answer for part in self.parts()]
        return max(*answers, self.file.answer)

    def refuse(self, refusal: Any) -> None:
        self.notice.refuse(refusal)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(anchor, words) of every mistake, for the summary on top."""
        found = [("", str(error)) for part in self.parts() for error in part.non_field_errors()]
        for part in self.parts():
            for name, errors in part.errors.items():
                if name != NON_FIELD_ERRORS:
                    field = part[name]
                    found += [(field.id_for_label or field.auto_id, f"{field.label}: {error}") for error in errors]
        return [*found, *([(f"id_{self.file.name}", self.file.error)] if self.file.error else [])]

    # ---- Drafts ------------------------------------------------------------------------------------------------------
    @property
    def authority(self) -> Authority:
        """Unsaved where it is new."""
        named: Authority | None = self.notice.cleaned_data["authority"]
        return named or self.new_authority.authority(self.authorities)

    @property
    def party(self) -> Party:
        if self.home is None or self.new_party is None:
            raise ValueError("A notice that joins a case names no party.")
        named: Party | None = self.home.cleaned_data["party"]
        return named or self.new_party.party(self.parties)

    @property
    def joined(self) -> Case | None:
        return self.case or (self.home.cleaned_data["joins"] if self.home else None)

    def notice_draft(self, authority: Authority) -> NoticeDraft:
        draft: NoticeDraft = self.notice.draft(authority)
        return draft

    def case_draft(self, party: Party, authority: Authority) -> CaseDraft:
        typed = self.home.cleaned_data if self.home else {}
        same = ("title_en", "title_zh", "announced_on", "is_open_to_staff")
        mark = self.notice.cleaned_data["protection_mark"]
        return CaseDraft(
            party=party,
            lead_authority=authority,
            lead_counsel=typed["lead"],
            protection_mark=mark,
            **{name: typed[name] for name in same},
        )

    def measure_drafts(self, zone: str) -> list[MeasureDraft]:
        return [row.draft(zone) for row in self.measures.filled()]

    def demand_drafts(self) -> list[RequirementDraft]:
        language = self.notice.cleaned_data["original_language"]
        return [row.draft(language, self.numbers) for row in self.demands.filled()]

    @property
    def named_people(self) -> list[Person]:
        found: list[Person] = self.home.cleaned_data["may_know"] if self.home and not self.joined else []
        return found

    def carried(self) -> Iterator[tuple[str, str]]:
        """Every value typed, to be carried through the check as hidden fields; the file as its note."""
        left_out = {"csrfmiddlewaretoken", "once", "step", "more", self.file.note_name, self.file.drop_name}
        for name, values in self.sent.lists() if self.sent is not None else ():
            if name not in left_out:
                yield from ((name, value) for value in values)
        if self.file.note:
            yield self.file.note_name, self.file.note
