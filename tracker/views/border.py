"""Approvals to give what is stored in mainland China to an authority outside it: recorded and voided."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions import border as actions
from cases.permissions import check_can, shown_to
from tracker.forms.access import ReasonForm
from tracker.forms.border import ApprovalForm
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame

SECTION: Final = "case_filings"


@login_required
def add(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "record_export_approval")
    form = ApprovalForm(
        request.POST or None,
        case=case,
        shown=shown_to(reader(request), at=now),
        initial={"authority": request.GET.get("authority", "")},
    )
    done = settle(
        request, form,
        lambda: actions.record_export_approval(case=case, approval=form.draft(), by=reader(request), at=now),
        said=_("The approval is recorded."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    context: dict[str, Any] = {**case_frame(request, case, section=SECTION), "form": form}
    return done or show(request, "tracker/approval_add.html", context, form)


@login_required
def void(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "record_export_approval")
    found = get_object_or_404(case.export_approvals.select_related("authority"), uid=uid)
    form = ReasonForm(request.POST or None)
    done = settle(
        request, form,
        lambda: actions.void_export_approval(approval=found, **form.cleaned_data, by=reader(request), at=now),
        said=_("The approval is voided."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    context = {**case_frame(request, case, section=SECTION), "form": form, "approval": found}
    return done or show(request, "tracker/approval_void.html", context, form)
