"""What we sent to an authority, and the receipt it gave; files are uploaded here or named by their evidence number."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions.border import is_across
from cases.models import Actor, Authority, Case, Deadline, Evidence, FilingKind, Outcome
from cases.permissions import Shown, known_to_all
from tracker.dates import day_text
from tracker.forms.cases import AuthorityField
from tracker.forms.secret import AsksSecret
from tracker.forms.typed import DayField, HourField, ZoneField, instant
from tracker.status.nouns import Titles
from tracker.wording import pick


class DeadlineField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    def label_from_instance(self, obj: Deadline) -> str:
        title = pick(Titles(obj.title_en, obj.title_zh))
        return f"{title} · {day_text(obj.due_on)}" if obj.due_on else title


class EvidenceNumberField(forms.IntegerField):
    """A piece of evidence of the case, by its number there."""

    known: "QuerySet[Evidence]" = Evidence.objects.none()

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, min_value=1, max_value=2**31 - 1, **options)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if number is None:
            return None
        found = self.known.filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("This case has no evidence of that number."), code="no_evidence")
        return found


def authorities_of(case: Case) -> "QuerySet[Authority]":
    """Those a case has to do with: its lead, the further ones, and whoever served something in it."""
    further = Authority.objects.filter(pk__in=case.further_authorities.values("authority"))
    issued = Authority.objects.filter(pk__in=case.notices.order_by().values("authority"))
    lead = Authority.objects.filter(pk=case.lead_authority_id)
    return (lead | further | issued).distinct()


class ReceiptForm(AsksSecret):
    brings = False  # until a file is chosen

    receipt = EvidenceNumberField(label=_("Receipt, as evidence no."), help_text=_("Or choose the file below."))
    receipt_number = forms.CharField(label=_("Number of the receipt"), required=False, max_length=120)
    received_on = DayField(label=_("Received by the authority on"))

    def __init__(self, *args: Any, case: Case, shown: Shown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, EvidenceNumberField):
                field.known = shown(case.evidence.all())

    def given(self) -> dict[str, Any]:
        """The action's own keywords."""
        return dict(self.cleaned_data)


class FilingForm(ReceiptForm):
    kind = forms.ChoiceField(label=_("What was sent"), choices=FilingKind.choices)
    authority = AuthorityField(Authority.objects.none(), label=_("Authority"), to_field_name="uid", empty_label=None)
    deadline = DeadlineField(
        Deadline.objects.none(), label=_("Deadline it meets"), required=False, to_field_name="uid",
        empty_label=_("none"), help_text=_("With its receipt, the filing meets this deadline as of the sending."),
    )  # fmt: skip
    title_zh = forms.CharField(label=_("Title in Chinese"), required=False, max_length=300)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=300)
    sent_on = DayField(label=_("Sent on"), required=True)
    sent_time = HourField(label=_("at"), required=True)
    zone = ZoneField(label=_("Time zone"))
    way = forms.CharField(
        label=_("By which way"), required=False, max_length=120, help_text=_("Counter, post with number, portal…")
    )
    is_handed_in = forms.BooleanField(
        label=_("Handed in at the counter"), required=False,
        help_text=_("Then the counter’s closing hour is the last moment, not the end of the day."),
    )  # fmt: skip
    carries_nothing_stored = forms.BooleanField(
        label=_("It carries nothing stored in mainland China"), required=False,
        help_text=_(
            "This authority is outside mainland China. Without a recorded approval only what carries nothing stored "
            "there, and attaches no document, may go to it."
        ),
    )  # fmt: skip
    document = EvidenceNumberField(label=_("What was sent, as evidence no."), help_text=_("Or choose the file below."))
    field_order = ["kind", "authority", "deadline", "title_zh", "title_en", "sent_on", "sent_time", "zone", "way",
                   "is_handed_in"]  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        """What is under legal advice is no date of the authority's: nothing is filed on it."""
        super().__init__(*args, case=case, **kwargs)
        running = known_to_all(case.deadlines.filter(outcome__in=(Outcome.RUNNING, Outcome.MET), actor=Actor.PARTY))
        self.fields["authority"].queryset = authorities_of(case)  # type: ignore[attr-defined]
        self.fields["deadline"].queryset = running.order_by("due_at", "pk")  # type: ignore[attr-defined]
        self.initial.setdefault("authority", case.lead_authority.uid)
        self.initial.setdefault("zone", case.lead_authority.zone)
        self.across = self.authority_across(case)
        if self.across is None:
            del self.fields["carries_nothing_stored"]

    def authority_across(self, case: Case) -> Authority | None:
        """The one chosen, if what is stored here would cross the border of mainland China to reach it."""
        uid = self["authority"].value()
        chosen = case.lead_authority if uid == case.lead_authority.uid else authorities_of(case).filter(uid=uid).first()
        return chosen if chosen and is_across(chosen) else None

    def given(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        day, hour = typed.pop("sent_on"), typed.pop("sent_time")
        return {**typed, "sent_at": instant(day, hour, typed["zone"])}
