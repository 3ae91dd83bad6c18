"""What we sent to the authorities of a case, with receipts; and what was recorded by mistake, voided."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import filing as actions
from cases.actions.drafts import EvidenceDraft
from cases.actions.evidence import record as take_in
from cases.actions.received import Received
from cases.models import Case, Evidence, Filing, Person
from cases.permissions import can, check_can, known_to_all, shown_to
from tracker.forms.access import ReasonForm
from tracker.forms.filing import FilingForm, ReceiptForm
from tracker.forms.kept import KeptFile
from tracker.status.barred import export_approvals
from tracker.status.listings import filings_list
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame
from tracker.views.paging import page_urls
from tracker.views.secret import check_answer

SECTION: Final = "case_filings"


@login_required
def filings(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    case = find_case(request, reference, at=now)
    found = filings_list(person, now=now, case=case, cursor=request.GET.get("cursor", ""))
    may = {verb: can(person, verb) for verb in ("file", "record_export_approval")}
    context = {"rows": found.rows, "may_file": may["file"], "may": may, "approvals": export_approvals(case)}
    context |= page_urls(request, found)
    return render(request, "tracker/filing_list.html", {**case_frame(request, case), **context})


@login_required
def add(request: HttpRequest, reference: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    case = find_case(request, reference, at=now)
    check_can(person, "file")
    check_answer(request)
    form = FilingForm(
        request.POST or None,
        case=case,
        shown=shown_to(person, at=now),
        initial={"deadline": request.GET.get("deadline", "")},
    )
    files = {name: KeptFile(f"{name}-file", person, request.POST, request.FILES) for name in ("document", "receipt")}
    done = sent(request, form, files) and settle(
        request, form, lambda: file(case, form, files, by=person, at=now),
        said=_("The filing is recorded."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    frame = case_frame(request, case, section=SECTION)
    return done or show(request, "tracker/filing_add.html", {**frame, "form": form, "files": files}, form)


def sent(request: HttpRequest, form: ReceiptForm, files: dict[str, KeptFile]) -> bool:
    """A file that could not be taken stops the form, which says so at once with everything else."""
    form.brings = any(kept.is_brought for kept in files.values())
    for kept in files.values():
        if kept.error:
            form.add_error(None, kept.error)
    return request.method == "POST"


@transaction.atomic
def file(case: Case, form: FilingForm, files: dict[str, KeptFile], *, by: Person, at: datetime) -> Filing:
    """The papers first, then what was sent: all of it or nothing."""
    given = form.given()
    for name, kept in files.items():
        given[name] = paper(case, kept.received, given[name], by=by, at=at)
    return actions.file(case=case, **given, by=by, at=at)


def paper(
    case: Case, received: Received | None, named: Evidence | None, *, by: Person, at: datetime
) -> Evidence | None:
    """A file chosen here becomes evidence of the case; the same bytes are the piece that is there already."""
    if received is None:
        return named
    standing = known_to_all(Evidence.objects.filter(case=case, blob__sha256=received.sha256)).first()
    return standing or take_in(case=case, received=received, draft=EvidenceDraft(), proves=(), by=by, at=at)


@login_required
def receipt(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    case = find_case(request, reference, at=now)
    check_can(person, "file")
    found = find(case, uid)
    check_answer(request)
    form = ReceiptForm(request.POST or None, case=case, shown=shown_to(person, at=now))
    files = {"receipt": KeptFile("receipt-file", person, request.POST, request.FILES)}
    done = sent(request, form, files) and settle(
        request, form, lambda: attach(found, form, files, by=person, at=now),
        said=_("The receipt is recorded."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    context = {**case_frame(request, case, section=SECTION), "form": form, "files": files, "filing": found}
    return done or show(request, "tracker/filing_receipt.html", context, form)


@transaction.atomic
def attach(found: Filing, form: ReceiptForm, files: dict[str, KeptFile], *, by: Person, at: datetime) -> Filing:
    given = form.given()
    given["receipt"] = paper(found.case, files["receipt"].received, given["receipt"], by=by, at=at)
    return actions.attach_receipt(filing=found, **given, by=by, at=at)


@login_required
def void(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "void")
    found, form = find(case, uid), ReasonForm(request.POST or None)
    done = settle(
        request, form, lambda: actions.void_filing(filing=found, **form.cleaned_data, by=reader(request), at=now),
        said=_("The filing is voided."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    context: dict[str, Any] = {**case_frame(request, case, section=SECTION), "form": form, "filing": found}
    return done or show(request, "tracker/filing_void.html", context, form)


def find(case: Case, uid: str) -> Filing:
    return get_object_or_404(case.filings.select_related("case", "deadline", "authority"), uid=uid)
