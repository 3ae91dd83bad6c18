"""The administrator's desk: the people, one who leaves or is erased, and the cases that nobody is left to lead."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions.leaving import deactivate, leaderless, name_counsel
from cases.models import Person
from cases.permissions import check_can
from tracker.erasing import erase_person
from tracker.forms.keeping import ErasingForm, LeavingForm, NamingForm
from tracker.forms.timeline import SystemLogForm
from tracker.status.failed import failed_count
from tracker.status.keeping import kept, people_list, unled
from tracker.status.system_log import system_log_list
from tracker.views.answering import settle, show
from tracker.views.finding import reader
from tracker.views.paging import page_urls

VERB = "keep_people"


@login_required
def everybody(request: HttpRequest) -> HttpResponse:
    check_can(request.user, VERB)
    return listed(request, at=timezone.now())


def listed(request: HttpRequest, *, at: datetime, wrong: NamingForm | None = None, of: str = "") -> HttpResponse:
    """Each case that nobody leads has a form of its own; of the case nothing is shown."""
    found = people_list(cursor=request.GET.get("cursor", ""))
    naming = [(uid, wrong if wrong and uid == of else NamingForm(prefix=uid)) for uid in unled(now=at)]
    context: dict[str, Any] = {"rows": found.rows, "naming": naming, "form": wrong, "failed": failed_count()}
    context |= page_urls(request, found)
    return show(request, "tracker/person_list.html", context, *([wrong] if wrong else []))


@login_required
@require_POST
def name(request: HttpRequest, uid: str) -> HttpResponse:
    now = timezone.now()
    check_can(request.user, VERB)
    found, form = get_object_or_404(leaderless(at=now), uid=uid), NamingForm(request.POST, prefix=uid)
    run = lambda: name_counsel(case=found, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, run, said=_("The counsel leads the case now."), to=reverse("people"))
    return away or listed(request, at=now, wrong=form, of=uid)


# ---- One of them -----------------------------------------------------------------------------------------------------
@login_required
def person(request: HttpRequest, uid: str) -> HttpResponse:
    check_can(request.user, VERB)
    return detail(request, get_object_or_404(Person, uid=uid))


def detail(request: HttpRequest, found: Person, **forms: Any) -> HttpResponse:
    shown = {"leaving": LeavingForm(prefix="leave"), "erasing": ErasingForm(prefix="erase")} | forms
    context = {"kept": kept(found), "form": next(iter(forms.values()), None), **shown}
    return show(request, "tracker/person_detail.html", context, *forms.values())


@login_required
@require_POST
def leave(request: HttpRequest, uid: str) -> HttpResponse:
    now = timezone.now()
    check_can(request.user, VERB)
    found, form = get_object_or_404(Person, uid=uid), LeavingForm(request.POST, prefix="leave")
    run = lambda: deactivate(person=found, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, run, said=_("The person is deactivated."), to=reverse("person", args=[uid]))
    return away or detail(request, found, leaving=form)


@login_required
@require_POST
def erase(request: HttpRequest, uid: str) -> HttpResponse:
    now = timezone.now()
    check_can(request.user, VERB)
    found, form = get_object_or_404(Person, uid=uid), ErasingForm(request.POST, prefix="erase")
    run = lambda: erase_person(person=found, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, run, said=_("The names are erased."), to=reverse("person", args=[uid]))
    return away or detail(request, found, erasing=form)


# ---- What was done in no case ----------------------------------------------------------------------------------------
@login_required
def system_log(request: HttpRequest) -> HttpResponse:
    person, form = reader(request), SystemLogForm(request.GET)
    check_can(person, "see_system_log")
    cursor = request.GET.get("cursor", "")
    found = system_log_list(person, now=timezone.now(), kind=form.chosen, cursor=cursor)
    context = {"rows": found.rows, "filters": form, **page_urls(request, found)}
    return render(request, "tracker/system_log.html", context)
