"""Who was held responsible in a case: a page that is there only for those admitted to its persons."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions import accountability as actions
from cases.actions.reference import add_party
from cases.models import Accountability, Case, Party, PartyKind, Person
from cases.permissions import can, check_can, known_parties, sees_persons, shown_to
from tracker.forms.access import ReasonForm
from tracker.forms.accountability import AccountabilityForm, ChangeAccountabilityForm
from tracker.status.accountability import accountability
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame

SECTION: Final = "case_accountability"
VERB: Final = "hold_responsible"


def find_admitted(request: HttpRequest, reference: str, *, at: datetime) -> Case:
    """404 for others: that there is such a page for this case is nothing they may know."""
    case = find_case(request, reference, at=at)
    if not sees_persons(reader(request), case, at=at):
        raise Http404(reference)
    return case


@login_required
def records(request: HttpRequest, reference: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    case = find_admitted(request, reference, at=now)
    if request.method != "POST":
        return listed(request, case, at=now)
    check_can(person, VERB)
    form = AccountabilityForm(request.POST, prefix="record", case=case)
    run = lambda: record(form, case, by=person, at=now)  # noqa: E731
    away = settle(request, form, run, said=_("The record is kept."), to=reverse(SECTION, args=[reference]))
    return away or listed(request, case, at=now, recording=form)


@transaction.atomic
def record(form: AccountabilityForm, case: Case, *, by: Person, at: datetime) -> Accountability:
    """A person named here for the first time becomes a party, with the record or not at all."""
    typed = dict(form.cleaned_data)
    names = {name: typed.pop(name).strip() for name in ("name_en", "name_zh")}
    party = party_of(**names, by=by, at=at) if names["name_en"] else None
    draft = actions.AccountabilityDraft(**typed, party=party)
    return actions.record_accountability(case=case, draft=draft, by=by, at=at)


def party_of(*, name_en: str, name_zh: str, by: Person, at: datetime) -> Party:
    """The one of this name they may know of; one that only a case hidden from them names is as good as none."""
    kind = PartyKind.NATURAL_PERSON
    known = known_parties(by, at=at).filter(kind=kind, name_en=name_en).first()
    return known or add_party(kind=kind, name_en=name_en, name_zh=name_zh, by=by, at=at)


def listed(request: HttpRequest, case: Case, *, at: datetime, **forms: Any) -> HttpResponse:
    """The records with their empty forms, or with the one that was refused."""
    person = reader(request)
    rows = accountability(case, shown_to(person, at=at))
    lines = [
        (row, forms.get(row.uid) or ChangeAccountabilityForm.of(row), forms.get(f"void-{row.uid}") or empty(row.uid))
        for row in rows
    ]
    context = {
        "lines": lines,
        "may": can(person, VERB) and case.state == "open",
        "recording": forms.get("recording") or AccountabilityForm(prefix="record", case=case),
        "form": next(iter(forms.values()), None),
    }
    frame = case_frame(request, case, section="case_people")
    return show(request, "tracker/case_accountability.html", {**frame, **context}, *forms.values())


def empty(uid: str) -> ReasonForm:
    return ReasonForm(prefix=f"void-{uid}")


@login_required
@require_POST
def change(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    case = find_admitted(request, reference, at=now)
    check_can(person, VERB)
    found, form = find(case, uid), ChangeAccountabilityForm(request.POST, prefix=f"change-{uid}")

    def act() -> object:
        fields = {name: form.cleaned_data[name] for name in ("state", "decided_on")}
        revision = form.cleaned_data["revision"]
        return actions.change_accountability(record=found, fields=fields, revision=revision, by=person, at=now)

    away = settle(request, form, act, said=_("The record is changed."), to=reverse(SECTION, args=[reference]))
    return away or listed(request, case, at=now, **{uid: form})


@login_required
@require_POST
def void(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    case = find_admitted(request, reference, at=now)
    check_can(person, VERB)
    found, form = find(case, uid), ReasonForm(request.POST, prefix=f"void-{uid}")
    run = lambda: actions.void_accountability(record=found, **form.cleaned_data, by=person, at=now)  # noqa: E731
    away = settle(request, form, run, said=_("The record is voided."), to=reverse(SECTION, args=[reference]))
    return away or listed(request, case, at=now, **{f"void-{uid}": form})


def find(case: Case, uid: str) -> Accountability:
    return get_object_or_404(case.accountability.select_related("case"), uid=uid)
