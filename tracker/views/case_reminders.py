"""When the clocks of a case remind, and who is told next: by its own steps and ladder, or by the house's."""

from datetime import datetime
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.models import Case, CaseState, Deadline, Outcome, Person
from cases.permissions import can, check_can, shown_to
from tracker.reminders.planned import (
    MOST_SHOWN,
    any_clocks,
    kind_of,
    ladders_of,
    rungs_held,
    steps_of_deadline,
    steps_of_kinds,
)
from tracker.views.deadline import find
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame
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

SECTION: Final = "case_deadlines"
VERB: Final = "change_reminders"


@login_required
def reminders(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    case, person = find_case(request, reference, at=now), reader(request)
    held = rungs_held(any_clocks(case), reader(request), now=now)
    own = shown_to(person, at=now)(case.deadlines.filter(steps__isnull=False)).distinct().order_by("due_at", "pk")
    context = {
        "kinds": steps_of_kinds(case), "ladders": [(each, held[each.is_hourly]) for each in ladders_of(case)],
        "with_own": own, "forces": case.task_forces.filter(dissolved_on__isnull=True), **may(person, case),
    }  # fmt: skip
    return render(request, "tracker/case_reminders.html", {**case_frame(request, case, section=SECTION), **context})


def may(person: Person, case: Case) -> dict[str, bool]:
    is_open = case.state == CaseState.OPEN
    return {"may": can(person, VERB) and is_open, "may_house": can(person, "keep_reminders")}


# ---- Its own steps and ladder ----------------------------------------------------------------------------------------
@login_required
def steps(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    (in_force,) = steps_of_kinds(case, [kind_named(kind)])
    concerned = running(case, reader(request), in_force.kind, is_hourly=in_force.is_hourly, at=now)
    here = StepsHere(case, in_force, reverse("case_reminders", args=[reference]), concerned)
    context = {**case_frame(request, case, section=SECTION), **may(reader(request), case)}
    return set_here(request, here, "tracker/case_steps.html", context, at=now)


def running(case: Case, person: Person, kind: str, *, is_hourly: bool, at: datetime) -> tuple[Deadline, ...]:
    """The next of those that go by them."""
    mine = case.deadlines.filter(kind=kind, is_hourly=is_hourly, outcome=Outcome.RUNNING, steps__isnull=True)
    found = shown_to(person, at=at)(mine.select_related("case")).by_due()  # type: ignore[attr-defined]
    return tuple(found[:MOST_SHOWN])


@login_required
@require_POST
def steps_back(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    now, to = timezone.now(), reverse("case_reminders", args=[reference])
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    return give_back_steps(request, case, kind_named(kind), to=to, at=now)


@login_required
def ladder(request: HttpRequest, reference: str, clock: str) -> HttpResponse:
    now = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    in_force = ladders_of(case)[clock_named(clock)]
    here = LadderHere(case, in_force, reverse("case_reminders", args=[reference]))
    held = rungs_held(any_clocks(case), reader(request), now=now)[in_force.is_hourly]
    context = {**case_frame(request, case, section=SECTION), "held": held, "clock": clock, **may(reader(request), case)}
    return set_ladder_here(request, here, "tracker/case_ladder.html", context, at=now)


@login_required
@require_POST
def ladder_back(request: HttpRequest, reference: str, clock: str) -> HttpResponse:
    now, to = timezone.now(), reverse("case_reminders", args=[reference])
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    return give_back_ladder(request, case, is_hourly=clock_named(clock), to=to, at=now)


# ---- Of one deadline -------------------------------------------------------------------------------------------------
@login_required
def deadline(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    """Whoever knows of it sees when it speaks and who would be told."""
    now = timezone.now()
    case = find_case(request, reference, at=now)
    found, to = find(case, uid, reader(request), at=now), reverse("deadline", args=[reference, uid])
    if request.method == "POST":
        check_can(request.user, VERB)
    here = StepsHere(found, steps_of_deadline(found), to, (found,))
    context = {**case_frame(request, case, section=SECTION), **beside(request, found, at=now)}
    return set_here(request, here, "tracker/deadline_reminders.html", context, at=now)


def beside(request: HttpRequest, found: Deadline, *, at: datetime) -> dict[str, Any]:
    allowed = may(reader(request), found.case)
    held = rungs_held([found], reader(request), now=at)[found.is_hourly]
    return {"deadline": found, "held": held, **allowed, "may": allowed["may"] and found.outcome == Outcome.RUNNING}


@login_required
@require_POST
def deadline_back(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now, to = timezone.now(), reverse("deadline_steps", args=[reference, uid])
    case = find_case(request, reference, at=now)
    check_can(request.user, VERB)
    found = find(case, uid, reader(request), at=now)
    return give_back_steps(request, found, kind_of(found), to=to, at=now)
