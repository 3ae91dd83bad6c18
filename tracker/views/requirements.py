"""The requirements of a case: what was demanded or promised, its proof, and who signed it off."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions import requirement as actions
from cases.actions.translation import add_translation, review_translation
from cases.models import Case, Requirement, Translation
from cases.permissions import can, check_can, shown_to
from tracker.forms.access import ReasonForm
from tracker.forms.requirement import ChangeRequirementForm, NewRequirementForm, TranslationForm
from tracker.status.listings import requirements_list
from tracker.status.sections import requirement_page
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, people_of, reader
from tracker.views.frame import case_frame
from tracker.views.paging import page_urls

SECTION = "case_requirements"


@login_required
def requirements(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    case = find_case(request, reference, at=now)
    found = requirements_list(person, now=now, case=case, cursor=request.GET.get("cursor", ""))
    context = {"rows": found.rows, "may_add": can(person, "add_requirement"), **page_urls(request, found)}
    return render(request, "tracker/requirement_list.html", {**case_frame(request, case), **context})


@login_required
def add(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "add_requirement")
    form = NewRequirementForm(request.POST or None, case=case, people=people_of(case, at=now))
    done = settle(
        request, form, lambda: actions.add_requirement(case=case, draft=form.draft(), by=reader(request), at=now),
        said=_("The requirement is added."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    frame = case_frame(request, case, section=SECTION)
    return done or show(request, "tracker/requirement_add.html", {**frame, "form": form}, form)


@login_required
def requirement(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    return detail(request, find_case(request, reference, at=now), uid, at=now)


def detail(request: HttpRequest, case: Case, uid: str, *, at: Any, **forms: Any) -> HttpResponse:
    """The page with empty forms beside it, or with the one that was refused."""
    person = reader(request)
    try:
        page = requirement_page(case, uid, shown_to(person, at=at), now=at)
    except Requirement.DoesNotExist as error:
        raise Http404 from error
    shown = {"reopening": ReasonForm(prefix="reopen"), "withdrawing": ReasonForm(prefix="withdraw")}
    shown |= {"translating": TranslationForm(prefix="translation")} | forms
    is_second = page.row.state == "done" and (page.row.done_by is None or page.row.done_by.uid != person.uid)
    context = {"page": page, "is_second": is_second, "may": may(person), "form": next(iter(forms.values()), None)}
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/requirement_detail.html", {**frame, **context, **shown}, *forms.values())


def may(person: Any) -> dict[str, bool]:
    verbs = ("add_requirement", "mark_requirement_done", "sign_off", "translate", "add_evidence", "add_task")
    return {verb: can(person, verb) for verb in verbs}


@login_required
def change(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "add_requirement")
    found = find(case, uid)
    form = ChangeRequirementForm(request.POST or None, requirement=found, people=people_of(case, at=now))
    done = settle(
        request, form, lambda: actions.change_requirement(
            requirement=found, fields=form.changes(), revision=form.cleaned_data["revision"],
            by=reader(request), at=now,
        ), said=_("The requirement is changed."), to=reverse("requirement", args=[reference, uid]),
    )  # fmt: skip
    context = {**case_frame(request, case, section=SECTION), "form": form, "requirement": found}
    return done or show(request, "tracker/requirement_change.html", context, form)


def find(case: Case, uid: str) -> Requirement:
    return get_object_or_404(case.requirements.select_related("case", "owner", "deadline"), uid=uid)


# ---- Its steps -------------------------------------------------------------------------------------------------------
@login_required
@require_POST
def done(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "mark_requirement_done")
    actions.mark_requirement_done(requirement=find(case, uid), by=reader(request), at=now)
    return redirect("requirement", reference, uid)


@login_required
@require_POST
def sign_off(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "sign_off")
    actions.sign_off(requirement=find(case, uid), by=reader(request), at=now)
    return redirect("requirement", reference, uid)


@login_required
@require_POST
def reopen(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("requirement", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, "sign_off")
    found, form = find(case, uid), ReasonForm(request.POST, prefix="reopen")

    def act() -> object:
        return actions.reopen_requirement(
            requirement=found, reason=form.cleaned_data["reason"], by=reader(request), at=now
        )

    away = settle(request, form, act, said=_("The requirement is open again."), to=to)
    return away or detail(request, case, uid, at=now, reopening=form)


@login_required
@require_POST
def withdraw(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("requirement", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, "add_requirement")
    found, form = find(case, uid), ReasonForm(request.POST, prefix="withdraw")

    def act() -> object:
        return actions.withdraw_requirement(
            requirement=found, reason=form.cleaned_data["reason"], by=reader(request), at=now
        )

    away = settle(request, form, act, said=_("The requirement is withdrawn."), to=to)
    return away or detail(request, case, uid, at=now, withdrawing=form)


# ---- Its translations ------------------------------------------------------------------------------------------------
@login_required
@require_POST
def translate(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("requirement", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, "translate")
    found, form = find(case, uid), TranslationForm(request.POST, prefix="translation")

    def act() -> object:
        return add_translation(record=found, field="clause", **form.cleaned_data, by=reader(request), at=now)

    away = settle(request, form, act, said=_("The translation is kept."), to=to)
    return away or detail(request, case, uid, at=now, translating=form)


@login_required
@require_POST
def review(request: HttpRequest, reference: str, uid: str, translation: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "translate")
    found = get_object_or_404(Translation, case=case, object_kind="requirement", object_uid=uid, uid=translation)
    review_translation(translation=found, by=reader(request), at=now)
    return redirect("requirement", reference, uid)
