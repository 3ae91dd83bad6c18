"""When clocks remind and who is told next, wherever a case or a deadline says nothing else: the house's own."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.permissions import check_can
from tracker.reminders.planned import ladders_of, steps_of_kinds
from tracker.views.stepping import (
    LadderHere,
    StepsHere,
    clock_named,
    give_back_ladder,
    give_back_steps,
    kind_named,
    set_here,
    set_ladder_here,
)

VERB: Final = "keep_reminders"


@login_required
def reminders(request: HttpRequest) -> HttpResponse:
    check_can(request.user, VERB)
    context = {"kinds": steps_of_kinds(None), "ladders": [(each, ()) for each in ladders_of(None)]}
    return render(request, "tracker/house_reminders.html", context)


@login_required
def steps(request: HttpRequest, kind: str) -> HttpResponse:
    check_can(request.user, VERB)
    (in_force,) = steps_of_kinds(None, [kind_named(kind)])
    here = StepsHere(None, in_force, reverse("house_reminders"))
    return set_here(request, here, "tracker/house_steps.html", {}, at=timezone.now())


@login_required
@require_POST
def steps_back(request: HttpRequest, kind: str) -> HttpResponse:
    check_can(request.user, VERB)
    return give_back_steps(request, None, kind_named(kind), to=reverse("house_reminders"), at=timezone.now())


@login_required
def ladder(request: HttpRequest, clock: str) -> HttpResponse:
    check_can(request.user, VERB)
    here = LadderHere(None, ladders_of(None)[clock_named(clock)], reverse("house_reminders"))
    return set_ladder_here(request, here, "tracker/house_ladder.html", {"clock": clock}, at=timezone.now())


@login_required
@require_POST
def ladder_back(request: HttpRequest, clock: str) -> HttpResponse:
    check_can(request.user, VERB)
    to = reverse("house_reminders")
    return give_back_ladder(request, None, is_hourly=clock_named(clock), to=to, at=timezone.now())
