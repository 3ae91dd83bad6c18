"""What a person is told when there is no page: 403 names the roles, 404 hides, 409 gives the rule, 500 a reference."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults

from cases.actions import RuleBroken
from cases.actions.refusing import log_refusal
from cases.actions.secrecy import StateSecret
from cases.models import Case, Person
from cases.models.record import new_uid
from cases.permissions import Forbidden
from tracker.models import Briefing, Reminder
from tracker.status.lists import BadCursor
from tracker.views.secret import led_away

TOO_LARGE: Final = gettext_lazy("What was sent is too large: 8 MB of text at most. Nothing was saved.")
logger = logging.getLogger(__name__)
# What of the watch an address can name, beside the record's own.
WATCHED: Final = (("reminder", Reminder.objects.all()), ("briefing", Briefing.objects.all()))


class Refusals:
    """Middleware: turns the refusals that permissions, lists and actions raise into their pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        verb = getattr(answer, "refused_verb", "")
        if (verb or answer.status_code == HTTPStatus.NOT_FOUND) and isinstance(request.user, Person):
            note(request, request.user, verb)
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case Forbidden():
                answer = defaults.permission_denied(request, exception)
                answer.refused_verb = exception.verb  # type: ignore[attr-defined]  # for the log
                return answer
            case Case.DoesNotExist() | BadCursor():
                return defaults.page_not_found(request, exception)
            case StateSecret():
                return led_away(request, exception)
            case RuleBroken():
                return render(request, "tracker/refused.html", {"refusal": exception}, status=409)
        return None


def note(request: HttpRequest, person: Person, verb: str) -> None:
    """Outside the request's own transaction, which a refusal may have undone. That it fails is no answer's fault."""
    match = request.resolver_match
    names = [str(value) for value in match.kwargs.values() if value] if match else []
    if not (names or verb):
        return
    try:
        log_refusal(names=names, verb=verb, by=person, at=timezone.now(), also=WATCHED)
    except DatabaseError:
        logger.exception("An attempt that was refused could not be logged")


def bad_request(request: HttpRequest, *, is_large: bool) -> HttpResponse:
    """Before anybody is known to be signed in: the form could not be read at all."""
    context = {"told": TOO_LARGE if is_large else _("This request cannot be read.")}
    return render(request, "400.html", context, status=413 if is_large else 400)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html", {"reference": logged(request)}), status=500)


def logged(request: HttpRequest) -> str:
    """A reference that stands in the log beside the traceback that Django writes."""
    reference = new_uid()
    logger.error("Error page with reference %s for %s %s", reference, request.method, request.path)
    return reference
