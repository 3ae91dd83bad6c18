"""The dates of a case; one date with its working, and every step that can be taken with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.actions import deadline as actions
from cases.actions.filing import counter_closes
from cases.actions.orders import order_of
from cases.models import Case, Deadline, Person
from cases.permissions import can, check_can, shown_to
from tracker import pictures
from tracker.forms import deadline as forms
from tracker.forms.typed import NoSuchHour, instant
from tracker.reminders.acknowledging import to_acknowledge
from tracker.status.clocks import day_of
from tracker.status.days import shut
from tracker.status.deadline import DeadlinePage, deadline_page
from tracker.status.foretold import on_another_day, open_readings
from tracker.status.listings import deadlines_list
from tracker.status.outbox import outbox_list
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, people_of, reader
from tracker.views.frame import case_frame
from tracker.views.paging import page_urls

SECTION: Final = "case_deadlines"
VERB: Final = "decide_deadline"


@dataclass(frozen=True)
class Step:
    """One thing done to a deadline: what is typed for it, the action, what is said once it is done.

    `row`: the keyword of the action by which it takes its row, where that is not the deadline itself.
    """

    form: type[forms.ClockForm]
    act: Callable[..., object]
    said: Promise
    row: str = "deadline"


STEPS: Final[Mapping[str, Step]] = {
    "confirm": Step(forms.ConfirmForm, actions.confirm_version, gettext_lazy("The date is confirmed.")),
    "withdraw": Step(forms.WithdrawForm, actions.withdraw_proposal, gettext_lazy("The proposed date is withdrawn.")),
    "reading": Step(forms.ReadingForm, actions.choose_profile, gettext_lazy("The order is read that way.")),
    "ask": Step(forms.AskForm, actions.ask_extension, gettext_lazy("The extension asked for is recorded.")),
    "grant": Step(
        forms.DecisionForm, actions.grant_extension, gettext_lazy("The extension is granted."), row="extension"
    ),
    "refuse": Step(
        forms.RefusalForm, actions.refuse_extension, gettext_lazy("The refusal is recorded."), row="extension"
    ),
    "takeback": Step(
        forms.TakeBackForm, actions.withdraw_extension, gettext_lazy("The extension is withdrawn."), row="extension"
    ),
    "suspend": Step(forms.SuspendForm, actions.suspend, gettext_lazy("The clock stands still.")),
    "resume": Step(forms.ResumeForm, actions.resume, gettext_lazy("The clock runs again."), row="suspension"),
    "override": Step(forms.OverrideForm, actions.override_deadline, gettext_lazy("The date is set by hand.")),
    "waive": Step(forms.WhyForm, actions.waive_deadline, gettext_lazy("The deadline is waived.")),
    "meet": Step(forms.MetForm, actions.meet_deadline, gettext_lazy("The deadline is met.")),
    "assign": Step(forms.OwnerForm, actions.assign_deadline, gettext_lazy("The deadline has its owner.")),
}


# What may still show that a period had not ended: more time, time that stood, another day.
AFTER_ITS_END: Final = frozenset(
    {"confirm", "withdraw", "ask", "grant", "refuse", "takeback", "suspend", "resume", "override"}
)


@login_required
def deadlines(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    case = find_case(request, reference, at=now)
    found = deadlines_list(person, now=now, case=case, cursor=request.GET.get("cursor", ""))
    context = {"rows": found.rows, "may": can(person, VERB), "gantt": gantt(case, found.rows, at=now)}
    return render(
        request, "tracker/deadline_list.html", {**case_frame(request, case), **context, **page_urls(request, found)}
    )


def gantt(case: Case, clocks: Any, *, at: datetime) -> Any:
    """The legal dates that run, as bars; nothing to draw without one."""
    running = [clock for clock in clocks if clock.outcome == "running" and clock.kind not in pictures.OUR_OWN]
    if not any(clock.due_on for clock in running):
        return None
    today = day_of(at, case.lead_authority.zone)
    last = max([today, *(clock.due_on for clock in running if clock.due_on)])
    holidays = shut(case.lead_authority.calendar, today, last)
    return pictures.gantt_figure(running, "case-deadlines", today=today, holidays=holidays)


@login_required
def add(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    form = forms.InternalForm(request.POST or None, people=people_of(case, at=now))
    done = settle(
        request, form, lambda: actions.set_internal_deadline(
            case=case, **form.cleaned_data, by=reader(request), at=now
        ), said=_("The internal date is set."), to=reverse(SECTION, args=[reference]),
    )  # fmt: skip
    frame = case_frame(request, case, section=SECTION)
    return done or show(request, "tracker/deadline_add.html", {**frame, "form": form}, form)


@login_required
def deadline(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now = timezone.now()
    return detail(request, find_case(request, reference, at=now), uid, at=now)


@login_required
@require_POST
def step(request: HttpRequest, reference: str, uid: str, step: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    found, chosen = find(case, uid, reader(request), at=now), named(step)
    form = chosen.form(request.POST, prefix=step, deadline=found, people=people_of(case, at=now))

    def act() -> object:
        given = {chosen.row: found} | form.given()
        return chosen.act(**given, by=reader(request), at=now)

    away = settle(request, form, act, said=str(chosen.said), to=reverse("deadline", args=[reference, uid]))
    return away or detail(request, case, uid, at=now, **{step: form})


def named(step: str) -> Step:
    if step not in STEPS:
        raise Http404(step)
    return STEPS[step]


def find(case: Case, uid: str, person: Person, *, at: datetime) -> Deadline:
    related = ("case__lead_authority", "event", "measure", "owner", "notice__authority")
    return get_object_or_404(shown_to(person, at=at)(case.deadlines.select_related(*related)), uid=uid)


def detail(request: HttpRequest, case: Case, uid: str, *, at: datetime, **typed: forms.ClockForm) -> HttpResponse:
    """The page with an empty form for each step that is open now, or with the one that was refused."""
    person = reader(request)
    page, found = page_of(case, uid, person, at=at), find(case, uid, person, at=at)
    context = {
        "page": page, "deadline": found, "form": next(iter(typed.values()), None),
        **beside(page, found, person, at=at), **what_if(request, found, page, at=at),
    }  # fmt: skip
    if can(person, VERB) and page.clock.outcome in {"running", "lapsed"}:
        context["steps"] = empty_forms(page, found, at=at) | typed
    context["to_acknowledge"] = to_acknowledge(found, person)
    asking = [context["asking"]] if context["asking"].is_bound else []
    frame = case_frame(request, case, section=SECTION)
    return show(request, "tracker/deadline_detail.html", {**frame, **context}, *typed.values(), *asking)


def page_of(case: Case, uid: str, person: Person, *, at: datetime) -> DeadlinePage:
    try:
        return deadline_page(uid, person, now=at, case=case)
    except Deadline.DoesNotExist as error:
        raise Http404 from error


def beside(page: DeadlinePage, found: Deadline, person: Person, *, at: datetime) -> dict[str, Any]:
    """What was said of the date, and where to go from it."""
    told = outbox_list(person, now=at, case=found.case, filters={"deadline__uid": found.uid}, size=20)
    return {
        "reminders": told.rows,
        "missing_url": missing_url(found.case, found, page),
        "can_log": can(person, "log_event"),
        "can_remind": can(person, "change_reminders") and page.clock.outcome == "running",
        "counter": counter_closes(found, found.notice.authority if found.notice else found.case.lead_authority),
        "can_file": can(person, "file") and page.clock.is_ours,
        "readings": open_readings(found) if "reading_not_chosen" in page.clock.marks else (),
    }


def empty_forms(page: DeadlinePage, found: Deadline, *, at: datetime) -> dict[str, forms.ClockForm]:
    """One for each step that makes sense now; what would only be refused is not offered."""
    people = people_of(found.case, at=at)
    is_open = {**about_date(page, found), **about_extension(page), **about_suspension(page, found), **about_end(page)}
    offered = STEPS.keys() if page.clock.outcome == "running" else AFTER_ITS_END
    return {
        name: chosen.form(prefix=name, deadline=found, people=people)
        for name, chosen in STEPS.items()
        if is_open[name] and name in offered
    }


def about_date(page: DeadlinePage, found: Deadline) -> dict[str, bool]:
    clock, order = page.clock, order_of(found.measure, found.notice)
    return {
        "confirm": clock.has_proposal or (clock.due_on is not None and not clock.is_confirmed),
        "withdraw": clock.has_proposal,
        "reading": clock.kind == "ordered" and order is not None and order.period_unit == "day",
        "override": True,
        "assign": True,
    }


def about_extension(page: DeadlinePage) -> dict[str, bool]:
    is_asked = any(row.state == "asked" for row in page.extensions)
    return {
        "ask": page.clock.due_on is not None and page.clock.is_ours,
        "grant": is_asked,
        "refuse": is_asked,
        "takeback": any(row.state == "granted" and not row.pays_uid for row in page.extensions),
    }


def about_suspension(page: DeadlinePage, found: Deadline) -> dict[str, bool]:
    is_held = any(row.until_on is None for row in page.suspensions)
    return {"suspend": found.event is not None and not is_held, "resume": is_held}


def about_end(page: DeadlinePage) -> dict[str, bool]:
    """What the law or an order asks of us is met by a filing, never by hand."""
    is_legal = page.clock.kind in {"statutory", "ordered"} and page.clock.is_ours
    return {"meet": not is_legal, "waive": True}


def missing_url(case: Case, found: Deadline, page: DeadlinePage) -> str:
    """Where the fact it waits for is added: the notice's service, else the event's own date."""
    if not page.clock.missing or page.clock.is_beyond_law:
        return ""
    if found.notice and page.event_name != "regulator_announced" and found.event and not found.event.track_move_id:
        return f"{reverse('notice', args=[case.reference, found.notice.uid])}#service"
    return reverse("event", args=[case.reference, page.event_uid]) if page.event_uid else ""


def what_if(request: HttpRequest, found: Deadline, page: DeadlinePage, *, at: datetime) -> dict[str, Any]:
    """The date of another day, asked for in the address; nothing is written."""
    asking = forms.WhatIfForm(request.GET if "on" in request.GET else None)
    if found.event is None or not asking.is_bound or not asking.is_valid():
        return {"asking": asking, "answered": None}
    typed = asking.cleaned_data
    try:
        hour = instant(typed["on"], typed["hour"], page.clock.zone)
    except NoSuchHour as refusal:
        asking.refuse(refusal)
        return {"asking": asking, "answered": None}
    return {"asking": asking, "asked": typed["on"], "answered": on_another_day(found, on=typed["on"], at=hour, now=at)}
