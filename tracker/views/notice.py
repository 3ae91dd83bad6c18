"""One notice: its facts, its words in both languages, what it imposes and started; and its mistakes put right."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions import notice as actions
from cases.actions.moving import move_notice
from cases.actions.translation import add_translation, review_translation
from cases.models import Case, Notice, Translation
from cases.permissions import can, cases_visible_to, check_can, shown_to
from tracker.forms.access import ReasonForm
from tracker.forms.notice import MoveNoticeForm, RecordServiceForm
from tracker.forms.requirement import TranslationForm
from tracker.status.served import OF_NOTICE, notice_page
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame

SECTION: Final = "case_notices"
VERBS: Final = ("record_service", "void", "move_notice", "translate", "read_evidence", "log_notice", "log_event")


@login_required
def notice(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    return detail(request, find_case(request, reference, at=now), uid, at=now)


def detail(request: HttpRequest, case: Case, uid: str, *, at: datetime, **forms: Any) -> HttpResponse:
    """The page with empty forms, or with the one that was refused."""
    try:
        page = notice_page(case, uid, shown_to(reader(request), at=at), now=at)
    except Notice.DoesNotExist as error:
        raise Http404 from error
    shown = empty_forms(find(case, uid)) | forms
    context = {"page": page, "may": {verb: can(request.user, verb) for verb in VERBS}}
    context["form"] = next(iter(forms.values()), None)
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/notice_detail.html", {**frame, **context, **shown}, *forms.values())


def empty_forms(found: Notice) -> dict[str, Any]:
    return {
        "serving": RecordServiceForm(prefix="service", notice=found),
        "translating": TranslationForm(prefix="translation"),
        "voiding": ReasonForm(prefix="void"),
        "moving": MoveNoticeForm(prefix="move"),
    }


def find(case: Case, uid: str) -> Notice:
    return get_object_or_404(case.notices.select_related("case", "authority"), uid=uid)


@login_required
@require_POST
def service(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("notice", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, "record_service")
    found = find(case, uid)
    form = RecordServiceForm(request.POST, prefix="service", notice=found)
    act = lambda: actions.record_service(  # noqa: E731
        notice=found, **form.given(found), by=reader(request), at=now
    )
    away = settle(request, form, act, said=_("The service is recorded."), to=to)
    return away or detail(request, case, uid, at=now, serving=form)


@login_required
@require_POST
def void(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("notice", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, "void")
    found, form = find(case, uid), ReasonForm(request.POST, prefix="void")
    act = lambda: actions.void_notice(notice=found, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, act, said=_("The notice is voided."), to=to)
    return away or detail(request, case, uid, at=now, voiding=form)


@login_required
@require_POST
def move(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    """Into a case the reader may know of; any other is as good as none."""
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "move_notice")
    found, form = find(case, uid), MoveNoticeForm(request.POST, prefix="move")
    form.scope(cases_visible_to(request.user, at=now))
    act = lambda: move_notice(notice=found, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    to = reverse("notice", args=[form.named_reference or reference, uid])
    away = settle(request, form, act, said=_("The notice is in its right case."), to=to)
    return away or detail(request, case, uid, at=now, moving=form)


@login_required
@require_POST
def translate(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("notice", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, "translate")
    found, form = find(case, uid), TranslationForm(request.POST, prefix="translation")
    act = lambda: add_translation(  # noqa: E731
        record=found, field=OF_NOTICE, **form.cleaned_data, by=reader(request), at=now
    )
    away = settle(request, form, act, said=_("The translation is kept."), to=to)
    return away or detail(request, case, uid, at=now, translating=form)


@login_required
@require_POST
def review(request: HttpRequest, reference: str, uid: str, translation: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "translate")
    found = get_object_or_404(Translation, case=case, object_kind="notice", object_uid=uid, uid=translation)
    review_translation(translation=found, by=reader(request), at=now)
    return redirect("notice", reference, uid)
