"""One's own tasks, for a phone: tick what is done, say what is new, save; then bring the proof of what was ticked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.actions import RuleBroken
from cases.actions.task import complete_task, post_update
from cases.models import Person, Task
from cases.permissions import Shown, check_can, shown_to
from tracker.forms.evidence import ProofForm
from tracker.forms.marking import mark_of
from tracker.forms.secret import FIELD
from tracker.forms.task import MineForm
from tracker.status.doing import my_tasks, open_tasks_of, proofs_of
from tracker.status.work import TaskRow
from tracker.views.answering import show
from tracker.views.finding import reader
from tracker.views.paging import page_urls
from tracker.views.secret import check_answer
from tracker.views.task import bring

# So many are ticked at once: as many as a page holds.
MOST_TICKED: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    row: TaskRow
    form: MineForm


@dataclass(frozen=True, slots=True)
class Wanted:
    """A ticked task and the form for its proof; `proofs` stand already."""

    task: Task
    proofs: int
    form: ProofForm


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    person, now = reader(request), timezone.now()
    check_can(person, "work_on_task")
    sent = request.POST if request.method == "POST" else None
    # What the form showed, though the list may have moved on since.
    shown = None if sent is None else sent.getlist("task")[:MOST_TICKED]
    found = my_tasks(person, now=now, shown=shown, cursor=request.GET.get("cursor", "") if sent is None else "")
    lines = [Line(row, MineForm(sent, prefix=row.uid)) for row in found.rows]
    if sent is not None and all([line.form.is_valid() for line in lines]):
        return save(request, lines, by=person, at=now)
    context = {"lines": lines, **page_urls(request, found)}
    return show(request, "tracker/task_mine.html", context, *(line.form for line in lines))


def save(request: HttpRequest, lines: Sequence[Line], *, by: Person, at: datetime) -> HttpResponse:
    """What was said is posted at once; what was ticked goes on to its proof."""
    told = [line for line in lines if line.form.cleaned_data["words"].strip()]
    held = {task.uid: task for task in own(by, [line.row.uid for line in told], at=at)}
    for line in told:
        task, typed = held[line.row.uid], line.form.cleaned_data
        words = {"words": typed["words"], "blocker": typed["blocker"], "language": by.language}
        words["protection_mark"] = mark_of(task.protection_mark)
        post_update(case=task.case, task=task, **words, by=by, at=at)
    if told:
        said = ngettext("%(n)s update is posted.", "%(n)s updates are posted.", len(told))
        messages.success(request, said % {"n": len(told)})
    ticked = [("task", line.row.uid) for line in lines if line.form.cleaned_data["tick"]]
    return redirect(f"{reverse('tasks_proof')}?{urlencode(ticked)}" if ticked else reverse("tasks_mine"))


def own(person: Person, uids: Sequence[str], *, at: datetime) -> list[Task]:
    """Those of the named tasks that are the person's and still open."""
    held = open_tasks_of(person, now=at).filter(uid__in=uids[:MOST_TICKED])
    return list(held.select_related("case", "deadline").order_by("deadline__due_at", "pk"))


@login_required
def proof(request: HttpRequest) -> HttpResponse:
    """Each task closes for itself: what cannot be closed stays here with the reason, the others are done."""
    person, now = reader(request), timezone.now()
    check_can(person, "work_on_task")
    check_can(person, "add_evidence")
    wanted = wanted_by(request, person, at=now)
    for each in wanted:
        check_answer(request, name=each.form.add_prefix(FIELD), reference=each.task.case.reference)
    if request.method == "POST" and wanted:
        wanted = [each for each in wanted if not closes(request, each, by=person, at=now)]
    if not wanted:
        return redirect("tasks_mine")
    return show(request, "tracker/task_proof.html", {"wanted": wanted}, *(each.form for each in wanted))


def wanted_by(request: HttpRequest, person: Person, *, at: datetime) -> list[Wanted]:
    asked = request.POST if request.method == "POST" else request.GET
    tasks = own(person, asked.getlist("task"), at=at)
    known = shown_to(person, at=at)
    proofs = proofs_of(Task.objects.filter(pk__in=[task.pk for task in tasks]), known)
    return [
        Wanted(task, proofs.get(task.uid, 0), form_of(request, task, proofs.get(task.uid, 0), known)) for task in tasks
    ]


def form_of(request: HttpRequest, task: Task, proofs: int, shown: Shown) -> ProofForm:
    data: tuple[Any, ...] = (request.POST, request.FILES) if request.method == "POST" else ()
    return ProofForm(*data, prefix=task.uid, case=task.case, shown=shown, has_proof=proofs > 0)


def closes(request: HttpRequest, wanted: Wanted, *, by: Person, at: datetime) -> bool:
    if not wanted.form.is_valid():
        return False
    try:
        bring(request, wanted.form, wanted.task, by=by, at=at)
        complete_task(task=wanted.task, by=by, at=at)
    except RuleBroken as refusal:
        wanted.form.refuse(refusal)
        return False
    messages.success(request, _("Closed: %(task)s") % {"task": wanted.task})
    return True
