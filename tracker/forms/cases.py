"""How the list of cases is narrowed; every filter stands in the address."""

from typing import Any, Final

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import OPEN_MARKS, Authority, Case, CaseState, Person
from tracker.forms.edit import EditForm
from tracker.forms.typed import DayField, KnownPersonField, TypedForm, WordsField
from tracker.status.listings import CASE_ORDERS, CaseFilters

ORDER_WORDS: Final = {
    "newest": _("Newest first"),
    "oldest": _("Oldest first"),
    "announced": _("Last announced first"),
}
ANY: Final = ("", _("any"))


class AuthorityField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, obj: Authority) -> str:
        return f"{obj.name_en} {obj.name_zh}".strip()


class LeadField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.name_en} {obj.name_zh}".strip()


class CaseFilterForm(TypedForm):
    """Authorities and leads are those of the reader's own cases: nothing of another case shows in a list."""

    q = forms.CharField(label=_("Reference begins with"), required=False, max_length=40)
    status = forms.ChoiceField(label=_("State"), required=False, choices=[ANY, *CaseState.choices])
    authority = AuthorityField(
        Authority.objects.none(), label=_("Authority"), required=False, to_field_name="uid", empty_label=ANY[1]
    )
    owner = LeadField(
        Person.objects.none(), label=_("Lead counsel"), required=False, to_field_name="uid", empty_label=ANY[1]
    )
    sort = forms.ChoiceField(
        label=pgettext_lazy("sort", "Order"),
        required=False,
        choices=[(name, ORDER_WORDS[name]) for name in CASE_ORDERS],
    )

    def __init__(self, *args: Any, mine: "QuerySet[Case]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Asked of each authority and person, of which there are few, not of each case.
        acting, leading = mine.filter(lead_authority=OuterRef("pk")), mine.filter(lead_counsel=OuterRef("pk"))
        self.fields["authority"].queryset = Authority.objects.filter(Exists(acting.order_by()))  # type: ignore[attr-defined]
        self.fields["owner"].queryset = Person.objects.filter(Exists(leading.order_by()))  # type: ignore[attr-defined]

    def filters(self) -> CaseFilters:
        """A filter that names nothing known is left out, and said so beside its field."""
        self.is_valid()
        typed = self.cleaned_data
        authority, owner = typed.get("authority"), typed.get("owner")
        return CaseFilters(
            state=typed.get("status", ""),
            authority=authority.uid if authority else "",
            lead=owner.uid if owner else "",
            reference=typed.get("q", "").strip().upper(),
            sort=typed.get("sort") or "newest",
        )

    def chosen(self) -> dict[str, str]:
        """Field → the words of what was chosen, for the filters that narrow."""
        typed = getattr(self, "cleaned_data", {})
        words = {"q": typed.get("q"), "authority": typed.get("authority"), "owner": typed.get("owner")}
        words["status"] = CaseState(typed["status"]).label if typed.get("status") else None
        return {name: f"{self.fields[name].label}: {value}" for name, value in words.items() if value}


FACTS: Final = (
    "title_zh", "title_en", "title_zh_hant", "allegation", "announced_on", "conduct_from", "conduct_until",
    "protection_mark", "is_open_to_staff", "is_named_in_mail",
)  # fmt: skip


class ChangeCaseForm(EditForm):
    """The facts of a case."""

    one_of = frozenset({"title_zh", "title_en"})
    title_zh = forms.CharField(label=_("Title in Simplified Chinese"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    title_zh_hant = forms.CharField(label=_("Title in Traditional Chinese"), max_length=300, required=False)
    lead_counsel = KnownPersonField(label=_("Lead counsel"))
    allegation = WordsField(label=_("Allegation, in the original words"))
    announced_on = DayField(label=_("Announced on"))
    conduct_from = DayField(label=_("Conduct from"))
    conduct_until = DayField(label=_("Conduct until"))
    protection_mark = forms.ChoiceField(label=_("Protection mark"), choices=OPEN_MARKS)
    is_open_to_staff = forms.BooleanField(
        label=_("Open to staff"), required=False, help_text=_("Everybody but administrators may then read it.")
    )
    is_named_in_mail = forms.BooleanField(
        label=_("Messages may name its titles"),
        required=False,
        help_text=_("Mail and chat are read on locked screens. Without this they name the reference and the day."),
    )

    def __init__(self, *args: Any, case: Case, people: "QuerySet[Person]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_counsel"].queryset = people  # type: ignore[attr-defined]
        self.edits(case)

    def held(self, row: Case) -> dict[str, Any]:
        lead = row.lead_counsel.uid if row.lead_counsel else None
        return {name: getattr(row, name) for name in FACTS} | {"lead_counsel": lead}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not (typed.get("title_en") or typed.get("title_zh")):
            self.add_error("title_zh", _("Give a title, in English or in Chinese."))
        first, last = typed.get("conduct_from"), typed.get("conduct_until")
        if first and last and last < first:
            self.add_error("conduct_until", _("The conduct cannot end before it began."))
        return typed
