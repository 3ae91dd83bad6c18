"""One procedure: where it stands, how it came there, what the law made of each step, and the next one to record."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cases.actions.track import move_track
from cases.models import Case, Track
from cases.permissions import can, check_can
from tracker.forms.track import MoveForm
from tracker.status.ways import barred, track_row
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame


@login_required
def track(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    case = find_case(request, reference, at=timezone.now())
    return detail(request, find(case, uid))


@login_required
@require_POST
def move(request: HttpRequest, reference: str, uid: str) -> HttpResponse:
    now: datetime = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "move_track")
    found = find(case, uid)
    form = MoveForm(request.POST, track=found)
    act = lambda: move_track(track=found, **form.given(), by=reader(request), at=now)  # noqa: E731
    away = settle(request, form, act, said=_("The step is recorded."), to=reverse("track", args=[reference, uid]))
    return away or detail(request, found, form=form)


def find(case: Case, uid: str) -> Track:
    return get_object_or_404(case.tracks.select_related("case__lead_authority", "measure", "notice"), uid=uid)


def detail(request: HttpRequest, found: Track, **forms: Any) -> HttpResponse:
    """The page with an empty form, or with the one that was refused."""
    context = {"track": found, "row": track_row(found), "barred": barred(found, at=timezone.now()), "form": None}
    if can(request.user, "move_track"):
        context["form"] = MoveForm(track=found)
    frame = case_frame(request, found.case, section="case")
    return show(request, "tracker/track_detail.html", {**frame, **context, **forms}, *forms.values())
