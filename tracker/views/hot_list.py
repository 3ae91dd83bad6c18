"""Readings of captured lists: a file is brought, a worker reads it, and the page finds it again meanwhile and after."""

import logging
from datetime import datetime
from typing import BinaryIO, Final, cast

from celery import current_app
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from kombu.exceptions import OperationalError as BrokerError

from cases.actions import RuleBroken
from cases.actions.hot_list import WHY_REJECTED, WHY_UNREADABLE, Imported, begin_import, begin_reflag
from cases.models import Case, Import, Person, WorkState
from cases.permissions import check_can, shown_to
from tracker.forms.flagged import ImportForm
from tracker.views.answering import show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame
from tracker.views.secret import check_answer

logger = logging.getLogger(__name__)

SECTION: Final = "case_flagged"
MOST_SHOWN: Final = 200


@login_required
def bring(request: HttpRequest, reference: str) -> HttpResponse:
    """The same file again goes to its first reading, and says so."""
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "import_hot_list")
    check_answer(request)
    form = ImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if begun := begin(form, case, by=reader(request), at=now):
        return begun_with(request, begun.record, is_repeat=begun.is_repeat)
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/import_add.html", {**frame, "form": form}, form)


def begin(form: ImportForm, case: Case, *, by: Person, at: datetime) -> Imported | None:
    """None: the form was wrong or the file refused, and the form says why."""
    if not form.is_valid():
        return None
    file, surface = form.cleaned_data["file"], form.cleaned_data["surface"]
    try:
        return begin_import(
            case=case, surface=surface, file=cast(BinaryIO, file), filename=file.name, by=by, at=at,
            contains_state_secret=form.is_secret,
        )  # fmt: skip
    except RuleBroken as refusal:
        form.refuse(refusal)
        return None


def begun_with(request: HttpRequest, record: Import, *, is_repeat: bool) -> HttpResponse:
    if is_repeat:
        messages.info(request, _("This file was read before. Nothing was added; this is its first reading."))
    else:
        ring()
    return redirect("import", record.case.reference, record.uid)


def ring() -> None:
    """Asks for the reading at once; without a broker the next minute's round does it."""
    transaction.on_commit(_ask)


def _ask() -> None:
    try:
        current_app.send_task("tracker.jobs.read_lists", expires=55, retry=False)
    except (BrokerError, OSError) as error:
        logger.warning("no reading could be asked for, the next one comes within a minute: %s", error)


@login_required
@require_POST
def reflag(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "import_hot_list")
    surface = request.POST.get("surface", "")
    return begun_with(request, begin_reflag(case=case, surface=surface, by=reader(request), at=now), is_repeat=False)


@login_required
def importing(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    known = shown_to(reader(request), at=now)(case.imports.select_related("evidence__blob", "recorded_by"))
    found = get_object_or_404(known, uid=uid)
    context = {
        "importing": found,
        "is_waiting": found.state in (WorkState.WAITING, WorkState.RUNNING),
        "why": WHY_UNREADABLE.get(found.failure, found.failure),
        "rejected": rejected_of(found),
        "conflicts": found.conflicts[:MOST_SHOWN],
        "more": max(len(found.rejected), len(found.conflicts)) > MOST_SHOWN
        or found.rows_rejected > len(found.rejected),
    }
    return render(request, "tracker/import_detail.html", {**case_frame(request, case, section=SECTION), **context})


def rejected_of(found: Import) -> list[dict[str, object]]:
    """Each bad row with its line, and the reason in words."""
    return [{**row, "why": WHY_REJECTED.get(row["reason"], row["reason"])} for row in found.rejected[:MOST_SHOWN]]
