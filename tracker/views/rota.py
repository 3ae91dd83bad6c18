"""The rota of a task force: who is on call, a shift added, ended or taken back, and when nobody is on call."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions.taskforce import add_shift, end_shift, withdraw_shift
from cases.models import Case, CaseState, Shift, TaskForce
from cases.permissions import can, check_can
from tracker.forms.rota import ShiftEndForm, ShiftForm
from tracker.status.rota import rota_of
from tracker.views.answering import once, settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame

SECTION: Final = "case_tasks"
VERB: Final = "form_task_force"


@login_required
def rota(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    force = get_object_or_404(case.task_forces.select_related("case"), uid=uid)
    if request.method != "POST":
        return listed(request, case, force, at=now)
    check_can(request.user, VERB)
    form = ShiftForm(request.POST, task_force=force, zone=case.lead_authority.zone, prefix="shift")
    act = lambda: add_shift(task_force=force, **form.given(), by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, act, said=_("The shift is added."), to=reverse("rota", args=[reference, uid]))
    return away or listed(request, case, force, at=now, adding=form)


def listed(request: HttpRequest, case: Case, force: TaskForce, *, at: datetime, **forms: Any) -> HttpResponse:
    """The page with empty forms, or with the one that was refused."""
    zone = case.lead_authority.zone
    empty = {
        "adding": ShiftForm(task_force=force, zone=zone, prefix="shift"),
        "ending": ShiftEndForm(zone=zone, prefix="end"),
    }
    may = can(request.user, VERB) and case.state == CaseState.OPEN and not force.dissolved_on
    context = {"force": force, "rota": rota_of(force, now=at), "zone": zone, "may": may, **(empty | forms)}
    context["form"] = next(iter(forms.values()), None)
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/rota.html", {**frame, **context}, *forms.values())


def find_shift(case: Case, uid: str) -> Shift:
    shifts = Shift.objects.filter(task_force__case=case)
    return get_object_or_404(shifts.select_related("task_force__case", "person"), uid=uid)


@login_required
@require_POST
def end(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    shift = find_shift(case, uid)
    form = ShiftEndForm(request.POST, zone=case.lead_authority.zone, prefix="end")
    act = lambda: end_shift(shift=shift, **form.given(), by=reader(request), at=now)  # noqa: E731
    to = reverse("rota", args=[reference, shift.task_force.uid])
    away = settle(request, form, act, said=_("The shift ends then."), to=to)
    return away or listed(request, case, shift.task_force, at=now, ending=form)


@login_required
@require_POST
def withdraw(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    shift = find_shift(case, uid)
    to = reverse("rota", args=[reference, shift.task_force.uid])
    act = lambda: withdraw_shift(shift=shift, by=reader(request), at=now)  # noqa: E731
    return once(request, act, said=_("The shift is taken back."), to=lambda _made: to)
