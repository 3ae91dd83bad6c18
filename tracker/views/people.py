"""Who may know of a case and who is kept from it; given and taken by counsel, each time with a reason."""

from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions import case as actions
from cases.actions.case import Admitted
from cases.models import Case, Person
from cases.permissions import can, check_can, sees_what
from tracker.forms.access import AdmitForm, BarrierForm, GrantForm
from tracker.status.people import members
from tracker.status.sections import accesses, barriers
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame

SECTION: Final = "case_people"


@login_required
def people(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    return listed(request, find_case(request, reference, at=now), at=now)


def listed(request: HttpRequest, case: Case, *, at: datetime, **forms: Any) -> HttpResponse:
    """Barriers are shown to those who may raise them: that one stands is a confidence of its own."""
    may_grant, own = can(request.user, "grant_access"), seen_by(reader(request), case, at=at)
    shown = {"granting": GrantForm(prefix="grant", own=own), "barring": BarrierForm(prefix="barrier")} | forms
    today = at.astimezone(ZoneInfo(case.lead_authority.zone)).date()
    context = {
        "accesses": [(row, forms.get(row.uid) or AdmitForm.of(row, own=own)) for row in accesses(case, now=at)],
        "sees_persons": own.sees_persons,
        "barriers": barriers(case) if may_grant else (),
        "members": members(case, today=today),
        "may_grant": may_grant,
        "may_change": can(request.user, "change_case"),
        "form": next(iter(forms.values()), None),
    }
    return show(request, "tracker/case_people.html", {**case_frame(request, case), **context, **shown}, *forms.values())


def seen_by(person: Person, case: Case, *, at: datetime) -> Admitted:
    return Admitted(*sees_what(person, case, at=at))


@login_required
@require_POST
def grant(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "grant_access")
    form = GrantForm(request.POST, prefix="grant", own=seen_by(reader(request), case, at=now))
    away = settle(
        request, form, lambda: actions.grant_access(
            case=case, person=form.cleaned_data["person"], reason=form.cleaned_data["reason"],
            until_at=end_of(form.cleaned_data["until_on"], case), **form.seen, by=reader(request), at=now,
        ), said=_("Access is given."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    return away or listed(request, case, at=now, granting=form)


def end_of(day: Any, case: Case) -> datetime | None:
    """The last instant of a day where the authority sits."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(case.lead_authority.zone))


@login_required
@require_POST
def admit(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    """What the granter does not see is neither given nor taken by this form."""
    now, person = timezone.now(), reader(request)
    case = find_case(request, reference, at=now)
    check_can(person, "grant_access")
    access = get_object_or_404(case.accesses, uid=uid)
    form = AdmitForm(request.POST, prefix=f"admit-{uid}", own=seen_by(person, case, at=now))

    def act() -> object:
        kept = {"sees_advice": access.sees_advice, "sees_persons": access.sees_persons}
        return actions.admit(access=access, **kept | form.seen, reason=form.cleaned_data["reason"], by=person, at=now)

    away = settle(
        request, form, act, said=_("What this person sees is changed."), to=reverse(SECTION, args=[reference])
    )
    return away or listed(request, case, at=now, **{uid: form})


@login_required
@require_POST
def end(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "grant_access")
    actions.end_access(access=get_object_or_404(case.accesses, uid=uid), by=reader(request), at=now)
    return redirect(SECTION, reference)


@login_required
@require_POST
def bar(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "grant_access")
    form = BarrierForm(request.POST, prefix="barrier")

    def act() -> object:
        return actions.raise_barrier(case=case, **form.cleaned_data, by=reader(request), at=now)

    away = settle(request, form, act, said=_("The barrier stands."), to=reverse(SECTION, args=[reference]))
    return away or listed(request, case, at=now, barring=form)


@login_required
@require_POST
def lift(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "grant_access")
    actions.lift_barrier(barrier=get_object_or_404(case.barriers, uid=uid), by=reader(request), at=now)
    return redirect(SECTION, reference)
