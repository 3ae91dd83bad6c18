"""The evidence of a case: brought, opened, verified, linked, reviewed, superseded; and the legal holds over it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions import evidence as actions
from cases.actions.hold import issue_hold, release_hold
from cases.actions.marking import change_mark
from cases.models import Case, Evidence, Person
from cases.permissions import can, check_can, sees_advice, shown_to
from tracker.forms.access import ReasonForm
from tracker.forms.evidence import EvidenceFilterForm, HoldForm, LinkForm, NewEvidenceForm, SupersedeForm
from tracker.forms.marking import ChangeMarkForm
from tracker.forms.task import StepForm
from tracker.status.barred import classified_papers
from tracker.status.exhibits import all_holds, custody, evidence_page
from tracker.status.listings import evidence_list
from tracker.status.proof import EvidenceRow, evidence_figures
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame
from tracker.views.looking import looked_at
from tracker.views.paging import page_urls
from tracker.views.secret import check_answer
from tracker.views.taking import take_each

SECTION: Final = "case_evidence"
VERBS: Final = ("add_evidence", "read_evidence", "review_evidence", "hold", "note_classified_paper", "change_mark")
# Whatever was taken in must not act in a browser that holds a session of ours.
OCTETS: Final = "application/octet-stream"
GUARDED: Final = (("X-Content-Type-Options", "nosniff"), ("Content-Security-Policy", "sandbox; default-src 'none'"))
ACCEPTED: Final = gettext_lazy("The evidence is accepted.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a piece of evidence, by whom and when."""

    case: Case
    piece: Evidence
    by: Person
    at: datetime
    to: str


def ask(request: HttpRequest, reference: str, uid: str, verb: str) -> Asked:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, verb)
    person = reader(request)
    known = shown_to(person, at=now)(case.evidence.select_related("case", "blob", "superseded_by"))
    return Asked(case, get_object_or_404(known, uid=uid), person, now, reverse("evidence", args=[reference, uid]))


@login_required
def pieces(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    return listed(request, find_case(request, reference, at=now), at=now)


def listed(request: HttpRequest, case: Case, *, at: datetime, **forms: Any) -> HttpResponse:
    person, filters = reader(request), EvidenceFilterForm(request.GET)
    cursor = request.GET.get("cursor", "")
    found = evidence_list(person, now=at, case=case, filters=filters.filters(), cursor=cursor)
    shown = {"holding": HoldForm(prefix="hold"), "releasing": ReasonForm(prefix="release")} | forms
    context = {
        "rows": found.rows, "figures": evidence_figures(case, shown_to(person, at=at)), "holds": all_holds(case),
        "classified": classified_papers(case), "filters": filters,
        "is_filtered": bool(filters.filters()["state"]), "may": {verb: can(person, verb) for verb in VERBS},
        "form": next(iter(forms.values()), None), **shown, **page_urls(request, found),
    }  # fmt: skip
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/evidence_list.html", {**frame, **context}, *forms.values())


@login_required
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Each file for itself: with one refused the page stays and says what became of each."""
    now, person = timezone.now(), reader(request)
    case = find_case(request, reference, at=now)
    check_can(person, "add_evidence")
    check_answer(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NewEvidenceForm(
        *sent, case=case, shown=shown_to(person, at=now), sees_advice=sees_advice(person, case, at=now),
        also=request.GET.get("proves", ""),
    )  # fmt: skip
    taken = take_in(form, case, by=person, at=now) if form.is_valid() else []
    if taken and not any(each.refusal for each in taken):
        messages.success(request, _("Taken in: %(files)s") % {"files": _(", ").join(each.filename for each in taken)})
        return redirect("case_evidence", reference)
    frame = case_frame(request, case, section=SECTION)
    context = {**frame, "form": form, "taken": taken}
    return render(request, "tracker/evidence_add.html", context, status=409 if taken else form.answer)


def take_in(form: NewEvidenceForm, case: Case, *, by: Person, at: datetime) -> list[Any]:
    draft: Callable[[Any], Any] = lambda file: form.draft(file, by=by)  # noqa: E731
    return take_each(
        form.cleaned_data["file"], case=case, draft=draft, proves=form.proves_what, by=by, at=at,
        contains_state_secret=form.is_secret,
    )  # fmt: skip


# ---- One piece -------------------------------------------------------------------------------------------------------
@login_required
def piece(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    answer = detail(request, case, uid, at=now)
    looked_at(request, case.evidence.select_related("blob").get(uid=uid), case, at=now)
    return answer


def detail(request: HttpRequest, case: Case, uid: str, *, at: datetime, **forms: Any) -> HttpResponse:
    """The page with empty forms beside it, or with the one that was refused."""
    person = reader(request)
    known = shown_to(person, at=at)
    try:
        page = evidence_page(case, uid, known)
    except Evidence.DoesNotExist as error:
        raise Http404 from error
    shown = empty_forms(case, page.row, person, at=at) | forms
    chain = custody(case, uid, known, cursor=request.GET.get("cursor", ""))
    may = {verb: can(person, verb) for verb in VERBS}
    context = {"page": page, "chain": chain.rows, "may": may, "form": next(iter(forms.values()), None)}
    frame = case_frame(request, case, section=SECTION)
    context |= {**frame, **shown, **page_urls(request, chain)}
    return show(request, "tracker/evidence_detail.html", context, *forms.values())


def empty_forms(case: Case, row: EvidenceRow, person: Person, *, at: datetime) -> dict[str, Any]:
    known = shown_to(person, at=at)
    return {
        "linking": LinkForm(prefix="link", case=case, shown=known),
        "returning": ReasonForm(prefix="return"),
        "superseding": SupersedeForm(prefix="supersede", case=case, shown=known),
        "marking": ChangeMarkForm.of(row, sees_advice=sees_advice(person, case, at=at)),
    }


@login_required
@require_http_methods(["GET", "POST"])
def download(request: HttpRequest, reference: str, uid: str) -> HttpResponseBase:
    """The bytes as they were taken in, never shown in the page; who opened them stands in the custody chain."""
    asked = ask(request, reference, uid, "read_evidence")
    stream = actions.open_evidence(evidence=asked.piece, by=asked.by, at=asked.at)
    response = FileResponse(stream, as_attachment=True, filename=asked.piece.filename, content_type=OCTETS)
    for name, value in (*GUARDED, ("Content-Length", str(asked.piece.blob.size))):
        response[name] = value
    return response


@login_required
@require_POST
def verify(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    asked = ask(request, reference, uid, "read_evidence")
    if actions.verify_evidence(evidence=asked.piece, by=asked.by, at=asked.at):
        messages.success(request, _("The file was read again: it is what was taken in."))
    else:
        messages.error(request, _("The file is no longer what was taken in. This stands in its custody."))
    return redirect(asked.to)


@login_required
@require_POST
def accept(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    asked, form = ask(request, reference, uid, "review_evidence"), StepForm(request.POST)
    run = lambda: actions.accept_evidence(evidence=asked.piece, by=asked.by, at=asked.at)  # noqa: E731
    away = settle(request, form, run, said=str(ACCEPTED), to=asked.to)
    return away or detail(request, asked.case, uid, at=asked.at, stepping=form)


@login_required
@require_POST
def send_back(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    asked, form = ask(request, reference, uid, "review_evidence"), ReasonForm(request.POST, prefix="return")
    run = lambda: actions.send_back_evidence(  # noqa: E731
        evidence=asked.piece, **form.cleaned_data, by=asked.by, at=asked.at
    )
    away = settle(request, form, run, said=_("The evidence is sent back."), to=asked.to)
    return away or detail(request, asked.case, uid, at=asked.at, returning=form)


@login_required
@require_POST
def supersede(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    asked = ask(request, reference, uid, "review_evidence")
    form = SupersedeForm(request.POST, prefix="supersede", case=asked.case, shown=shown_to(asked.by, at=asked.at))
    run = lambda: actions.supersede_evidence(  # noqa: E731
        evidence=asked.piece, **form.cleaned_data, by=asked.by, at=asked.at
    )
    away = settle(request, form, run, said=_("The evidence is superseded."), to=asked.to)
    return away or detail(request, asked.case, uid, at=asked.at, superseding=form)


@login_required
@require_POST
def link(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    asked = ask(request, reference, uid, "add_evidence")
    form = LinkForm(request.POST, prefix="link", case=asked.case, shown=shown_to(asked.by, at=asked.at))
    run = lambda: actions.link_evidence(  # noqa: E731
        evidence=asked.piece, **form.cleaned_data, by=asked.by, at=asked.at
    )
    away = settle(request, form, run, said=_("The evidence is linked."), to=f"{asked.to}#links")
    return away or detail(request, asked.case, uid, at=asked.at, linking=form)


@login_required
@require_POST
def mark(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    asked = ask(request, reference, uid, "change_mark")
    form = ChangeMarkForm(request.POST, prefix="mark", sees_advice=sees_advice(asked.by, asked.case, at=asked.at))
    run = lambda: change_mark(item=asked.piece, **form.cleaned_data, by=asked.by, at=asked.at)  # noqa: E731
    away = settle(request, form, run, said=_("The mark is changed."), to=asked.to)
    return away or detail(request, asked.case, uid, at=asked.at, marking=form)


# ---- Legal holds -----------------------------------------------------------------------------------------------------
@login_required
@require_POST
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "hold")
    form = HoldForm(request.POST, prefix="hold")
    run = lambda: issue_hold(case=case, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, run, said=_("The legal hold stands."), to=reverse(SECTION, args=[reference]))
    return away or listed(request, case, at=now, holding=form)


@login_required
@require_POST
def release(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "hold")
    found = get_object_or_404(case.legal_holds.select_related("case"), uid=uid)
    form = ReasonForm(request.POST, prefix="release")
    run = lambda: release_hold(hold=found, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, run, said=_("The legal hold is released."), to=reverse(SECTION, args=[reference]))
    return away or listed(request, case, at=now, releasing=form)
