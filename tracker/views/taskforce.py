"""The task force of a case and its tasks: formed, joined, left; the work by workstream; what there is to say of it."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions import taskforce as actions
from cases.actions.task import add_task, post_update
from cases.models import Case, Member, Person
from cases.permissions import can, check_can, sees_advice, shown_to
from tracker.forms.task import NewTaskForm, TaskFilterForm, UpdateForm
from tracker.forms.taskforce import EndForm, FormTaskForceForm, MemberForm
from tracker.status.doing import task_forces, tasks_by_stream, updates
from tracker.status.work import task_figures
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, people_of, reader
from tracker.views.frame import case_frame
from tracker.views.paging import page_urls

SECTION = "case_tasks"
VERBS = ("form_task_force", "add_task", "post_update", "work_on_task")
UPDATES_SHOWN = 20


@login_required
def tasks(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    return listed(request, find_case(request, reference, at=now), at=now)


def listed(request: HttpRequest, case: Case, *, at: datetime, **forms: Any) -> HttpResponse:
    """The page with empty forms beside it, or with the one that was refused."""
    person, filters = reader(request), TaskFilterForm(request.GET)
    today = at.astimezone(ZoneInfo(case.lead_authority.zone)).date()
    cursor = request.GET.get("cursor", "")
    found = tasks_by_stream(person, now=at, case=case, filters=filters.filters(), cursor=cursor)
    context = {
        "rows": found.rows, "filters": filters, "is_filtered": bool(filters.filters()["state"]),
        "may": {verb: can(person, verb) for verb in VERBS}, "form": next(iter(forms.values()), None),
        **beside(case, person, today=today, at=at), **empty_forms(case, person, today=today, at=at), **forms,
        **page_urls(request, found),
    }  # fmt: skip
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/task_list.html", {**frame, **context}, *forms.values())


def beside(case: Case, person: Person, *, today: date, at: datetime) -> dict[str, Any]:
    """Who does the work, what is said of it, how much is done."""
    shown = shown_to(person, at=at)
    return {
        "forces": task_forces(case, today=today), "updates": updates(case, shown, most=UPDATES_SHOWN),
        "figures": task_figures(case, shown, now=at), "today": today.isoformat(),
    }  # fmt: skip


def empty_forms(case: Case, person: Person, *, today: date, at: datetime) -> dict[str, Any]:
    return {
        "forming": FormTaskForceForm(prefix="force", initial={"formed_on": today}),
        "joining": MemberForm(prefix="member", initial={"from_on": today}),
        "ending": EndForm(prefix="end", initial={"until_on": today}),
        "telling": UpdateForm(
            prefix="update", sees_advice=sees_advice(person, case, at=at), initial={"language": person.language}
        ),
    }


@login_required
def add(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "add_task")
    asked = {"requirement": request.GET.get("requirement", "")}
    form = NewTaskForm(
        request.POST or None, case=case, people=people_of(case, at=now),
        sees_advice=sees_advice(reader(request), case, at=now), initial=asked,
    )  # fmt: skip
    done = settle(
        request, form, lambda: add_task(case=case, draft=form.draft(), by=reader(request), at=now),
        said=_("The task is added."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    frame = case_frame(request, case, section=SECTION)
    return done or show(request, "tracker/task_add.html", {**frame, "form": form}, form)


@login_required
@require_POST
def tell(request: HttpRequest, reference: str) -> HttpResponse:
    """An update of the case as a whole; one of a task is posted with the task."""
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "post_update")
    form = UpdateForm(request.POST, prefix="update", sees_advice=sees_advice(reader(request), case, at=now))
    act = lambda: post_update(case=case, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    to = reverse(SECTION, args=[reference]) + "#update"
    return settle(request, form, act, said=_("The update is posted."), to=to) or listed(
        request, case, at=now, telling=form
    )


# ---- The task force --------------------------------------------------------------------------------------------------
@login_required
@require_POST
def form_force(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "form_task_force")
    form = FormTaskForceForm(request.POST, prefix="force")
    act = lambda: actions.form_task_force(case=case, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, act, said=_("The task force is formed."), to=reverse(SECTION, args=[reference]))
    return away or listed(request, case, at=now, forming=form)


@login_required
@require_POST
def join(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "form_task_force")
    force = get_object_or_404(case.task_forces.select_related("case"), uid=uid)
    form = MemberForm(request.POST, prefix="member")
    act = lambda: actions.add_member(task_force=force, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, act, said=_("The member is added."), to=reverse(SECTION, args=[reference]))
    return away or listed(request, case, at=now, joining=form)


@login_required
@require_POST
def leave(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "form_task_force")
    seats = Member.objects.filter(task_force__case=case).select_related("task_force__case", "person")
    member, form = get_object_or_404(seats, uid=uid), EndForm(request.POST, prefix="end")
    act = lambda: actions.end_membership(member=member, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, act, said=_("The membership is ended."), to=reverse(SECTION, args=[reference]))
    return away or listed(request, case, at=now, ending=form)
