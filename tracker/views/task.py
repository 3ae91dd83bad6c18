"""One task: its state, its proof, what is said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.actions import task as actions
from cases.actions.evidence import link_evidence
from cases.actions.marking import change_mark
from cases.models import Case, Person, Task
from cases.permissions import can, check_can, sees_advice, shown_to
from tracker.forms.access import ReasonForm
from tracker.forms.evidence import ProofForm
from tracker.forms.marking import ChangeMarkForm, mark_of
from tracker.forms.secret import FIELD
from tracker.forms.task import AssignForm, StepForm, UpdateForm
from tracker.status.doing import task_page
from tracker.status.work import TaskRow
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, people_of, reader
from tracker.views.frame import case_frame
from tracker.views.looking import looked_at
from tracker.views.secret import check_answer
from tracker.views.taking import plain_draft, take_each

VERBS: Final = ("work_on_task", "assign_task", "add_evidence", "post_update", "change_mark")
# step → the action, and what is said once it is taken.
STEPS: Final[dict[str, tuple[Callable[..., Task], Any]]] = {
    "start": (actions.start_task, gettext_lazy("The task is under way.")),
    "submit": (actions.submit_task, gettext_lazy("The task is in review.")),
    "complete": (actions.complete_task, gettext_lazy("The task is closed.")),
}
REASONED: Final[dict[str, tuple[Callable[..., Task], Any]]] = {
    "block": (actions.block_task, gettext_lazy("The task is blocked.")),
    "reopen": (actions.reopen_task, gettext_lazy("The task is open again.")),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a step is asked of, by whom and when."""

    case: Case
    task: Task
    by: Person
    at: datetime
    to: str


def ask(request: HttpRequest, reference: str, uid: str, verb: str) -> Asked:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, verb)
    person = reader(request)
    known = shown_to(person, at=now)(case.tasks.select_related("case", "assignee", "deadline", "requirement"))
    return Asked(case, get_object_or_404(known, uid=uid), person, now, reverse("task", args=[reference, uid]))


@login_required
def task(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    answer = detail(request, case, uid, at=now)
    looked_at(request, case.tasks.get(uid=uid), case, at=now)
    return answer


def detail(request: HttpRequest, case: Case, uid: str, *, at: datetime, **forms: Any) -> HttpResponse:
    """The page with empty forms beside it, or with the one that was refused."""
    person = reader(request)
    try:
        page = task_page(case, uid, shown_to(person, at=at), now=at)
    except Task.DoesNotExist as error:
        raise Http404 from error
    shown = empty_forms(case, page.row, person, at=at) | forms
    may = {verb: can(person, verb) for verb in VERBS}
    context = {"page": page, "may": may, "form": next(iter(forms.values()), None)}
    frame = case_frame(request, case, section="case_tasks")
    return show(request, "tracker/task_detail.html", {**frame, **context, **shown}, *forms.values())


def empty_forms(case: Case, row: TaskRow, person: Person, *, at: datetime) -> dict[str, Any]:
    holds = {"assignee": row.assignee.uid if row.assignee else "", "revision": row.revision}
    is_admitted = sees_advice(person, case, at=at)
    return {
        "blocking": ReasonForm(prefix="block"),
        "reopening": ReasonForm(prefix="reopen"),
        "telling": UpdateForm(
            prefix="update", sees_advice=is_admitted,
            initial={"language": person.language, "protection_mark": mark_of(row.protection_mark)},
        ),
        "proving": ProofForm(prefix="proof", case=case, shown=shown_to(person, at=at)),
        "assigning": AssignForm(prefix="assign", people=people_of(case, at=at), initial=holds),
        "marking": ChangeMarkForm.of(row, sees_advice=is_admitted),
    }  # fmt: skip


@login_required
@require_POST
def step(request: HttpRequest, reference: str, uid: str, name: str) -> HttpResponse:
    asked, form = ask(request, reference, uid, "work_on_task"), StepForm(request.POST)
    act, said = STEPS[name]
    away = settle(request, form, lambda: act(task=asked.task, by=asked.by, at=asked.at), said=str(said), to=asked.to)
    return away or detail(request, asked.case, uid, at=asked.at, stepping=form)


@login_required
@require_POST
def reasoned(request: HttpRequest, reference: str, uid: str, name: str) -> HttpResponse:
    asked, form = ask(request, reference, uid, "work_on_task"), ReasonForm(request.POST, prefix=name)
    act, said = REASONED[name]
    run = lambda: act(task=asked.task, reason=form.cleaned_data["reason"], by=asked.by, at=asked.at)  # noqa: E731
    away = settle(request, form, run, said=str(said), to=asked.to)
    shown = {"block": "blocking", "reopen": "reopening"}[name]
    return away or detail(request, asked.case, uid, at=asked.at, **{shown: form})


@login_required
@require_POST
def assign(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    asked = ask(request, reference, uid, "assign_task")
    form = AssignForm(request.POST, prefix="assign", people=people_of(asked.case, at=asked.at), task=asked.task)
    run = lambda: actions.assign_task(task=asked.task, **form.cleaned_data, by=asked.by, at=asked.at)  # noqa: E731
    away = settle(request, form, run, said=_("The task is given."), to=asked.to)
    return away or detail(request, asked.case, uid, at=asked.at, assigning=form)


@login_required
@require_POST
def tell(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    asked = ask(request, reference, uid, "post_update")
    form = UpdateForm(request.POST, prefix="update", sees_advice=sees_advice(asked.by, asked.case, at=asked.at))
    run = lambda: actions.post_update(  # noqa: E731
        case=asked.case, task=asked.task, **form.cleaned_data, by=asked.by, at=asked.at
    )
    away = settle(request, form, run, said=_("The update is posted."), to=f"{asked.to}#update")
    return away or detail(request, asked.case, uid, at=asked.at, telling=form)


@login_required
@require_POST
def mark(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    asked = ask(request, reference, uid, "change_mark")
    form = ChangeMarkForm(request.POST, prefix="mark", sees_advice=sees_advice(asked.by, asked.case, at=asked.at))
    run = lambda: change_mark(item=asked.task, **form.cleaned_data, by=asked.by, at=asked.at)  # noqa: E731
    away = settle(request, form, run, said=_("The mark is changed."), to=asked.to)
    return away or detail(request, asked.case, uid, at=asked.at, marking=form)


@login_required
@require_POST
def prove(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    """Files are taken in one by one; evidence of the case is linked."""
    asked = ask(request, reference, uid, "add_evidence")
    form = ProofForm(
        request.POST, request.FILES, prefix="proof", case=asked.case, shown=shown_to(asked.by, at=asked.at)
    )
    check_answer(request, name=form.add_prefix(FIELD))
    run = lambda: bring(request, form, asked.task, by=asked.by, at=asked.at)  # noqa: E731
    away = settle(request, form, run, said=_("The proof is recorded."), to=f"{asked.to}#proof")
    return away or detail(request, asked.case, uid, at=asked.at, proving=form)


def bring(request: HttpRequest, form: ProofForm, task: Task, *, by: Person, at: datetime) -> None:
    """Raises when nothing at all was recorded; beside others, what failed is told as a message."""
    evidence, files = form.cleaned_data["evidence"], form.cleaned_data["file"]
    if evidence:
        link_evidence(evidence=evidence, proves=task, by=by, at=at)
    taken = take_each(
        files, case=task.case, draft=plain_draft, proves=(task,), by=by, at=at, contains_state_secret=form.is_secret
    )
    refused = [(each.filename, each.refusal) for each in taken if each.refusal]
    if refused and len(refused) == len(taken) and not evidence:
        raise refused[0][1]
    for name, refusal in refused:
        messages.error(request, _("%(file)s was not kept: %(why)s") % {"file": name, "why": refusal})
