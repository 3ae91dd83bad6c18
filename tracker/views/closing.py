"""Closing a case: what stands in the way, each with its page; and opening it again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cases.actions import case as actions
from cases.models import Case, CaseState
from cases.permissions import check_can
from tracker.addresses import address
from tracker.forms.closing import CloseForm, ReopenForm, UnknownForm
from tracker.forms.typed import TypedForm
from tracker.views.answering import settle, show
from tracker.views.finding import find_case, reader
from tracker.views.frame import case_frame


@dataclass(frozen=True)
class Way:
    form: type[TypedForm]
    act: Callable[..., object]
    said: Promise


WAYS: Final[Mapping[str, Way]] = {
    "close": Way(CloseForm, actions.close_case, _("The case is closed.")),
    "unknown": Way(UnknownForm, actions.close_unknown, _("The case is closed; how it ended is not known.")),
    "reopen": Way(ReopenForm, actions.reopen_case, _("The case is open again.")),
}


@login_required
def closing(request: HttpRequest, reference: str) -> HttpResponse:
    case = find_case(request, reference, at=timezone.now())
    check_can(request.user, "close_case")
    return detail(request, case)


@login_required
@require_POST
def close(request: HttpRequest, reference: str, way: str) -> HttpResponse:
    now: datetime = timezone.now()
    case = find_case(request, reference, at=now)
    check_can(request.user, "close_case")
    if way not in WAYS:
        raise Http404(way)
    chosen, form = WAYS[way], WAYS[way].form(request.POST, prefix=way)
    act = lambda: chosen.act(case=case, **form.cleaned_data, by=reader(request), at=now)  # noqa: E731
    to = reverse("case_close" if way == "reopen" else "case", args=[reference])
    return settle(request, form, act, said=str(chosen.said), to=to) or detail(request, case, **{way: form})


def detail(request: HttpRequest, case: Case, **typed: TypedForm) -> HttpResponse:
    """What stands in the way of an open case, and the ways that are open."""
    is_open = case.state == CaseState.OPEN
    obstacles = actions.closing_obstacles(case) if is_open else ()
    rows = [(found, address(found.object_kind, case.reference, found.object_uid)) for found in obstacles]
    proof = [found for found in obstacles if found.code != "track_open"]
    ways = {name: way.form(prefix=name) for name, way in WAYS.items()} | typed
    context = {"obstacles": rows, "lacks_proof": bool(proof), "ways": ways, "form": next(iter(typed.values()), None)}
    frame = case_frame(request, case, section="case")
    return show(request, "tracker/case_close.html", {**frame, **context}, *typed.values())
