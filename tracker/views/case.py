"""One case at a glance, and its facts to change."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actions.case import change_case
from cases.permissions import can, check_can
from tracker.dates import day_text
from tracker.figures import Phase
from tracker.forms.cases import ChangeCaseForm
from tracker.status.case import case_overview
from tracker.status.course import MoveRow, TrackRow
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, people_of, reader
from tracker.views.frame import case_frame
from tracker.views.looking import looked_at
from tracker.wording import pick

VERBS = ("post_update", "add_evidence", "log_notice", "record_service", "close_case", "change_case")


@login_required
def case(request: HttpRequest, reference: str) -> HttpResponse:
    person, now = reader(request), timezone.now()
    found = find_case(request, reference, at=now)
    overview = case_overview(found, person, now=now)
    context = {
        "overview": overview,
        "steps": steps(overview.tracks, overview.row.phase.kind if overview.row.phase else ""),
        "may": {verb: can(person, verb) for verb in VERBS},
    }
    looked_at(request, found, found, at=now)
    frame = case_frame(request, found, counts=overview.counts)
    return render(request, "tracker/case_overview.html", {**frame, **context})


@login_required
def change(request: HttpRequest, reference: str) -> HttpResponse:
    now = timezone.now()
    found = find_case(request, reference, at=now)
    check_can(request.user, "change_case")
    form = ChangeCaseForm(request.POST or None, case=found, people=people_of(found, at=now))
    done = settle(
        request, form, lambda: change_case(
            case=found, fields=form.changes(), revision=form.cleaned_data["revision"], by=reader(request), at=now
        ), said=_("The case is changed."), to=reverse("case", args=[reference]),
    )  # fmt: skip
    frame = case_frame(request, found, section="case")
    return done or show(request, "tracker/case_change.html", {**frame, "form": form}, form)


def steps(tracks: Sequence[TrackRow], kind: str) -> tuple[Phase, ...]:
    """The course of the track that tells where the case stands; a course of one step is told by its word alone."""
    course = next((track for track in tracks if track.phase.kind == kind and len(track.moves) > 1), None)
    return tuple(step(move, course) for move in course.moves) if course else ()


def step(move: MoveRow, course: TrackRow) -> Phase:
    is_here = move is course.moves[-1] and not course.phase.is_terminal
    return Phase(
        pick(move.title),
        "blue" if is_here else "green",
        day_text(move.occurred_on, weekday=False) if move.occurred_on else "",
    )
