"""What happened and may start a clock: logged, its date corrected or supplied later, voided."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions import event as actions
from cases.models import Case, Event
from cases.permissions import can, check_can, known_authorities
from tracker.forms.access import ReasonForm
from tracker.forms.event import CorrectionForm, EventForm
from tracker.forms.naming import names, own_first
from tracker.forms.typed import NoSuchHour
from tracker.status import event_list
from tracker.status.clocks import STANDS_ALONE, by_due, clocks
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame

SECTION: Final = "case_timeline"
MOST: Final = 50
MOST_LETTERS: Final = 100


@login_required
def add(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "log_event")
    asked = {name: request.GET[name] for name in ("name", "notice") if name in request.GET}
    authorities = own_first(known_authorities(reader(request), at=now), case)
    form = EventForm(request.POST or None, case=case, authorities=authorities, initial=asked)
    if request.POST.get("step") == "check":
        return sheet(request, case, form, at=now)
    done = settle(
        request, form, lambda: actions.log_event(case=case, **form.given(), by=reader(request), at=now),
        said=_("The event is logged."), to=reverse("case_deadlines", args=[reference]),
    )  # fmt: skip
    return done or sheet(request, case, form, at=now)


def sheet(request: HttpRequest, case: Case, form: EventForm, *, at: datetime) -> HttpResponse:
    """The events to choose from; the chosen one with what it would start, where that was asked."""
    query = request.GET.get("q", "").strip()[:MOST_LETTERS]
    told = None
    if request.POST.get("step") == "check" and form.is_valid():
        try:
            told = event_list.told(case, form.given(), by=reader(request), at=at)
        except NoSuchHour as refusal:
            form.refuse(refusal)
    context = {"form": form, "query": query, "themes": event_list.themes(case, query), "told": told}
    context["known_authorities"] = names(form.authorities)
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/event_add.html", {**frame, **context}, form)


@login_required
def event(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    return detail(request, find_case(request, reference, at=now), uid, at=now)


def detail(request: HttpRequest, case: Case, uid: str, *, at: datetime, **forms: Any) -> HttpResponse:
    """The page with empty forms, or with the one that was refused."""
    found = find(case, uid)
    shown = {"correcting": CorrectionForm(prefix="correct", event=found)}
    shown |= {"voiding": ReasonForm(prefix="void")} | forms
    started = clocks(by_due(found.deadlines.filter(STANDS_ALONE)), now=at, most=MOST)
    context = {"event": found, "clocks": started, "may": can(request.user, "log_event")}
    context["form"] = next(iter(forms.values()), None)
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/event_detail.html", {**frame, **context, **shown}, *forms.values())


def find(case: Case, uid: str) -> Event:
    return get_object_or_404(Event.objects.select_related("notice", "case", "measure", "authority"), case=case, uid=uid)


@login_required
@require_POST
def correct(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("event", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, "log_event")
    found = find(case, uid)
    form = CorrectionForm(request.POST, prefix="correct", event=found)
    act = lambda: actions.correct_event(  # noqa: E731
        event=found, **form.given_in(found.zone), by=reader(request), at=now
    )
    away = settle(request, form, act, said=_("The date is corrected; what it moves is proposed."), to=to)
    return away or detail(request, case, uid, at=now, correcting=form)


@login_required
@require_POST
def void(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("event", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, "void")
    found, form = find(case, uid), ReasonForm(request.POST, prefix="void")
    act = lambda: actions.void_event(event=found, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, act, said=_("The event is voided, with the dates it started."), to=to)
    return away or detail(request, case, uid, at=now, voiding=form)
