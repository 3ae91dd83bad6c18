"""What is answered where nothing else answers: the API's own shape under its address, a page everywhere else."""

from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

from cases.api import errors
from tracker.views import refusals

API: Final = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Told as too large where it is: the rest of what is wrong here no form of ours sends."""
    is_large = isinstance(exception, RequestDataTooBig)
    if request.path.startswith(API):
        told = refusals.TOO_LARGE if is_large else _("This request cannot be read.")
        return as_json(413 if is_large else 400, "too_large" if is_large else "bad_request", str(told))
    return refusals.bad_request(request, is_large=is_large)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path.startswith(API):
        return as_json(404, "not_found", str(errors.known_as(exception)))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(API):
        return as_json(500, "error", _("Something broke on our side"), reference=refusals.logged(request))
    return refusals.server_error(request)


def as_json(status: int, code: str, message: str, **details: str) -> JsonResponse:
    return JsonResponse(errors.told(code, message, details), status=status)
