"""What was paid on one measure, what is owed, and the parts agreed."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions import instalments as plans
from cases.actions import payment as actions
from cases.models import Case, Measure, NoticeKind, Payment
from cases.permissions import can, check_can, shown_to
from tracker.forms.access import ReasonForm
from tracker.forms.payment import InstalmentsForm, PaymentForm
from tracker.status.paying import payment_page
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame

SECTION: Final = "case_notices"
VERB: Final = "record_payment"


def find(case: Case, uid: str) -> Measure:
    """One that is owed: a fine only threatened has no payments, nor has a measure without an amount."""
    owing = case.measures.filter(amount__isnull=False).exclude(notice__kind=NoticeKind.PRIOR_NOTICE)
    return get_object_or_404(owing.select_related("case", "notice"), uid=uid)


@login_required
def payments(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    found = find(case, uid)
    if request.method != "POST":
        return detail(request, case, found, at=now)
    check_can(request.user, VERB)
    form = PaymentForm(request.POST, measure=found, shown=shown_to(reader(request), at=now), prefix="payment")
    act = lambda: actions.record_payment(  # noqa: E731
        measure=found, **form.cleaned_data, by=reader(request), at=now
    )
    away = settle(request, form, act, said=_("The payment is recorded."), to=reverse("payments", args=[reference, uid]))
    return away or detail(request, case, found, at=now, paying=form)


@login_required
@require_POST
def instalments(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("payments", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    found = find(case, uid)
    form = InstalmentsForm(request.POST, measure=found, prefix="plan")
    act = lambda: plans.agree_instalments(  # noqa: E731
        measure=found, **form.cleaned_data, by=reader(request), at=now
    )
    away = settle(request, form, act, said=_("The instalments are recorded."), to=to)
    return away or detail(request, case, found, at=now, agreeing=form)


@login_required
@require_POST
def withdraw(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("payments", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    found, form = find(case, uid), ReasonForm(request.POST, prefix="withdraw")
    act = lambda: plans.withdraw_instalments(measure=found, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, act, said=_("The instalments are withdrawn."), to=to)
    return away or detail(request, case, found, at=now, withdrawing=form)


@login_required
@require_POST
def void(request: HttpRequest, reference: str, uid: str, payment: str) -> HttpResponse:
    now, to = timezone.now(), reverse("payments", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    found, form = find(case, uid), ReasonForm(request.POST, prefix="void")
    row = get_object_or_404(Payment.objects.select_related("measure"), measure=found, uid=payment)
    act = lambda: actions.void_payment(payment=row, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, act, said=_("The payment is voided."), to=to)
    return away or detail(request, case, found, at=now, voiding=form)


def detail(request: HttpRequest, case: Case, found: Measure, *, at: datetime, **forms: Any) -> HttpResponse:
    """The page with empty forms, or with the one that was refused."""
    empty = {
        "paying": PaymentForm(measure=found, shown=shown_to(reader(request), at=at), prefix="payment"),
        "agreeing": InstalmentsForm(measure=found, prefix="plan"),
        "voiding": ReasonForm(prefix="void"),
        "withdrawing": ReasonForm(prefix="withdraw"),
    }
    context = {"measure": found, "page": payment_page(found, at=at), "may": can(request.user, VERB), **(empty | forms)}
    context["form"] = next(iter(forms.values()), None)
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/payments.html", {**frame, **context}, *forms.values())
