"""Where the cases stand: all of them, one of them, and the briefings that were signed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions.belonging import check_open
from cases.models import Case, DeadlineKind, Outcome, Person
from cases.permissions import can, check_can, sees_advice
from tracker import pictures
from tracker.briefings import is_intact, sign_briefing
from tracker.figures import BurnUp, Gantt
from tracker.forms.reaching import StatusMailForm
from tracker.forms.status import PortfolioForm, SignForm
from tracker.models import Briefing, Subject
from tracker.reminders.choosing import subscribe
from tracker.status.changes import differences
from tracker.status.clocks import day_of
from tracker.status.executive import CaseStatus, case_status, headline
from tracker.status.frozen import thawed
from tracker.status.portfolio import portfolio
from tracker.status.wishes import subscription_list
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame
from tracker.views.looking import opened
from tracker.views.paging import page_urls

MOST_BRIEFINGS: Final = 20
MOST_BARS: Final = 8  # so that the page prints on two sheets


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawings of a status; a case without tasks or dates has none."""

    burn_up: BurnUp | None
    gantt: Gantt | None


@login_required
def all_cases(request: HttpRequest) -> HttpResponse:
    person, now = reader(request), timezone.now()
    check_can(person, "see_portfolio")
    return all_of(request, person, at=now)


def all_of(request: HttpRequest, person: Person, *, at: datetime, asking: StatusMailForm | None = None) -> HttpResponse:
    form = PortfolioForm(request.GET)
    found = portfolio(person, now=at, filters=form.wanted(), cursor=request.GET.get("cursor", ""))
    asked = asked_for(person, None, asking, at=at)
    lights = [(tone, found.lights.get(tone, 0)) for tone in ("red", "amber", "green")]
    home = reverse("status_portfolio")  # also of the page that a refused form is answered with
    ways_on = {name: home + url if url else "" for name, url in page_urls(request, found.page).items()}
    context = {"portfolio": found, "lights": lights, "filters": form, "home": home, **asked, **ways_on}
    return show(request, "tracker/status_portfolio.html", context, asked["asking"])


def asked_for(person: Person, case: Case | None, asking: StatusMailForm | None, *, at: datetime) -> dict[str, Any]:
    """What of this comes to the person already, and the form to ask for more."""
    asked = subscription_list(person, now=at, of=Q(case=case, subject=Subject.STATUS)).rows
    to = reverse("case_status_subscribe", args=[case.reference]) if case else reverse("portfolio_subscribe")
    return {"asked": asked, "ask_url": to, "asking": asking or StatusMailForm(prefix="mail"), "form": asking}


@login_required
@require_POST
def ask_for_all(request: HttpRequest) -> HttpResponse:
    person, now = reader(request), timezone.now()
    check_can(person, "see_portfolio")
    form = StatusMailForm(request.POST, prefix="mail")
    run = lambda: subscribe(person=person, **form.wish, at=now)  # noqa: E731
    away = settle(request, form, run, said=_("It comes by that timetable from now on."), to=reverse("status_portfolio"))
    return away or all_of(request, person, at=now, asking=form)


@login_required
@require_POST
def ask_for_one(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    case = find_case(request, reference, at=now)
    form = StatusMailForm(request.POST, prefix="mail")

    def act() -> object:
        check_open(case)
        return subscribe(person=person, **form.wish, case=case, at=now)

    to = reverse("case_status", args=[reference])
    away = settle(request, form, act, said=_("It comes by that timetable from now on."), to=to)
    return away or live(request, case, at=now, form=SignForm(), asking=form)


@login_required
def case_page(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    return live(request, find_case(request, reference, at=now), at=now, form=SignForm())


def live(
    request: HttpRequest, case: Case, *, at: datetime, form: SignForm, asking: StatusMailForm | None = None
) -> HttpResponse:
    """`form` and `asking` as they stand, or the one that was refused."""
    person = reader(request)
    asked = asked_for(person, case, asking, at=at)
    signed = Briefing.objects.filter(case=case).order_by("-number", "-pk").select_related("signed_by")
    context = {
        **shown(request, case, case_status(case, person, now=at)),
        "briefings": signed.defer("figures")[:MOST_BRIEFINGS],
        "may_sign": can(person, "sign_briefing"),
        "sees_advice": sees_advice(person, case, at=at),
        "signing": form,
        **asked,
        "form": asking or form,
    }
    return show(request, "tracker/status_case.html", context, form, asked["asking"])


def shown(request: HttpRequest, case: Case, status: CaseStatus) -> dict[str, Any]:
    """A page to be read and printed: without the places around it."""
    return {**case_frame(request, case, section="case_status"), "status": status, "drawn": drawn(status), "nav": ()}


def drawn(status: CaseStatus) -> Drawn:
    running = [clock for group in status.clocks for clock in group.clocks if clock.outcome == Outcome.RUNNING]
    dated = sorted(running, key=lambda clock: (clock.due_on is None, clock.due_on or date.max))
    clocks = [clock for clock in dated if clock.kind != DeadlineKind.INTERNAL][:MOST_BARS]
    today = day_of(status.as_of, status.zone)
    return Drawn(
        pictures.burn_up_figure(status.burn_up, "burn-up", _("Tasks closed against plan")) if status.burn_up else None,
        pictures.gantt_figure(clocks, "gantt", today=today, holidays=status.holidays) if clocks else None,
    )


@login_required
@require_POST
def sign(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "sign_briefing")
    form = SignForm(request.POST)
    run = lambda: sign_briefing(case=case, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, run, said=_("The briefing is signed."), to=reverse("case_status", args=[reference]))
    return away or live(request, case, at=now, form=form)


@login_required
def briefing(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """As it was known then; and what has moved since."""
    now = timezone.now()
    case = find_case(request, reference, at=now)
    found = get_object_or_404(Briefing.objects.select_related("signed_by"), case=case, number=number)
    today = case_status(case, reader(request), now=now)
    moved = differences(found.figures["headline"], headline(today.row, today.main_clock, today.figures))
    context = {"briefing": found, "is_intact": is_intact(found), "moved": moved}
    opened(request, found, case, at=now)
    return render(request, "tracker/briefing.html", {**shown(request, case, thawed(found.figures)), **context})
