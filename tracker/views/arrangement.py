"""Holiday arrangements: brought and looked at before they count; then the dates they move, to confirm or take back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cases.actions import RuleBroken
from cases.actions import arrangement as actions
from cases.actions.deadline import confirm_version
from cases.law.arrangements import Arranged
from cases.models import Arrangement, ArrangementState
from cases.permissions import can, check_can
from tracker.forms.arrangement import ArrangementForm, ReasonForm
from tracker.status.arrangements import arrangements, foresee, known, moved_list, waiting
from tracker.views.answering import settle, show
from tracker.views.finding import reader
from tracker.views.paging import page_urls

IMPORT, DECIDE = "import_arrangement", "decide_deadline"


@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Read first, with what it would change; imported with the second button."""
    person, now = reader(request), timezone.now()
    check_can(person, IMPORT)
    form = ArrangementForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    arranged = read(form) if form.is_bound and form.is_valid() else None
    if arranged and "import" in request.POST and (done := imported(form, request, at=now)):
        return done
    context: dict[str, Any] = {"form": form, "arranged": arranged, "arrangements": arrangements()}
    if arranged:
        context["foreseen"] = foresee(arranged, person, now=now)
    return show(request, "tracker/arrangement_add.html", context, form)


def read(form: ArrangementForm) -> Arranged | None:
    """None: it is no arrangement, and the form says why."""
    try:
        return actions.read(form.cleaned_data["text"], file_name=form.cleaned_data["file_name"])
    except RuleBroken as refusal:
        form.refuse(refusal)
        return None


def imported(form: ArrangementForm, request: HttpRequest, *, at: datetime) -> HttpResponse | None:
    try:
        done = actions.import_arrangement(**form.given(), by=reader(request), at=at)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, _("%(version)s is imported.") % {"version": done.arrangement.version})
    return redirect("arrangement", done.arrangement.uid)


@login_required
def arrangement(request: HttpRequest, uid: str) -> HttpResponse:
    return detail(request, find(uid), at=timezone.now())


def find(uid: str) -> Arrangement:
    return get_object_or_404(Arrangement.objects.select_related("recorded_by", "withdrawn_by"), uid=uid)


def detail(request: HttpRequest, found: Arrangement, *, at: datetime, **typed: ReasonForm) -> HttpResponse:
    person = reader(request)
    moved = moved_list(found, person, now=at, cursor=request.GET.get("cursor", ""))
    context: dict[str, Any] = {
        "arrangement": found,
        "rows": moved.rows,
        "waiting": waiting(found, person, now=at),
        "may_decide": can(person, DECIDE),
        "form": next(iter(typed.values()), None),
    }
    if can(person, IMPORT) and found.state == ArrangementState.IMPORTED:
        context["withdrawing"] = typed.get("withdraw") or ReasonForm(prefix="withdraw")
    if context["may_decide"] and context["waiting"]:
        context["rejecting"] = typed.get("reject") or ReasonForm(prefix="reject")
    return show(request, "tracker/arrangement_detail.html", context | page_urls(request, moved), *typed.values())


# ---- Deciding --------------------------------------------------------------------------------------------------------
@login_required
@require_POST
def confirm(request: HttpRequest, uid: str) -> HttpResponse:
    """Every date that waits, of the cases counsel may know of."""
    person, now = reader(request), timezone.now()
    check_can(person, DECIDE)
    found = find(uid)
    count = actions.confirm_proposals(arrangement=found, among=known(person, now=now), by=person, at=now)
    told = ngettext("%(n)s date is confirmed.", "%(n)s dates are confirmed.", count) % {"n": count}
    messages.success(request, told)
    return redirect("arrangement", uid)


@login_required
@require_POST
def confirm_one(request: HttpRequest, uid: str, deadline: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    found = get_object_or_404(known(person, now=now).filter(versions__arrangement=find(uid)).distinct(), uid=deadline)
    check_can(person, DECIDE)
    confirm_version(deadline=found, by=person, at=now)
    messages.success(request, _("The date is confirmed."))
    return redirect("arrangement", uid)


@login_required
@require_POST
def reject(request: HttpRequest, uid: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    check_can(person, DECIDE)
    found, form = find(uid), ReasonForm(request.POST, prefix="reject")

    def act() -> object:
        among = known(person, now=now)
        return actions.reject_proposals(arrangement=found, among=among, **form.cleaned_data, by=person, at=now)

    return answered(request, found, form, act, said=_("The dates in force stay."), at=now)


@login_required
@require_POST
def withdraw(request: HttpRequest, uid: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    check_can(person, IMPORT)
    found, form = find(uid), ReasonForm(request.POST, prefix="withdraw")

    def act() -> object:
        return actions.withdraw_arrangement(arrangement=found, **form.cleaned_data, by=person, at=now)

    return answered(request, found, form, act, said=_("The arrangement is withdrawn."), at=now)


def answered(
    request: HttpRequest, found: Arrangement, form: ReasonForm, act: Callable[[], object], *, said: str, at: datetime
) -> HttpResponse:
    away = settle(request, form, act, said=said, to=reverse("arrangement", args=[found.uid]))
    return away or detail(request, found, at=at, **{str(form.prefix): form})
