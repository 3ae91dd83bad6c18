"""One shape for every refusal of the API: {code, message, details}. The only place where an error becomes a status."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from cases.actions import RuleBroken
from cases.actions.idempotency import KeyReused, NoKey
from cases.api.conditions import Stale, tagged
from cases.law.rulebook import LawError
from cases.law.sentences import Said
from cases.permissions import Forbidden
from cases.sayings import in_words

# The way into a nested object and the number of an item: `measures[0].kind`.
Path = str
# What breaks a rule of the protocol and none of the record.
STATUS: Final = {KeyReused: status.HTTP_422_UNPROCESSABLE_ENTITY, NoKey: status.HTTP_400_BAD_REQUEST}


def handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """None: not anticipated, so it propagates."""
    if isinstance(error, Stale):
        return stale(context)
    if isinstance(error, RuleBroken):
        return refusal(STATUS.get(type(error), status.HTTP_409_CONFLICT), error.code, str(error), plain(error.details))
    if isinstance(error, Forbidden):
        answer = refusal(status.HTTP_403_FORBIDDEN, "forbidden", str(error), {"roles": list(error.roles)})
        answer.refused_verb = error.verb  # type: ignore[attr-defined]  # for the log, which the middleware writes
        return answer
    if isinstance(error, LawError):
        return refusal(status.HTTP_400_BAD_REQUEST, "law", in_words(error), of_the_law(error))
    return of_the_framework(error, context)


def stale(context: Mapping[str, Any]) -> Response | None:
    """With the row as it now stands, whole, and its tag; or as if it were not there, if one may not know of it now."""
    try:
        shown = context["view"].as_it_stands()
    except Http404 as error:
        return of_the_framework(error, context)
    said = _("Somebody else has changed this since you opened it.")
    response = refusal(status.HTTP_412_PRECONDITION_FAILED, "stale", said, {"current": shown})
    for name, value in tagged(shown).items():
        response[name] = value
    return response


def refusal(number: int, code: str, message: str, details: object) -> Response:
    return Response(told(code, message, details), status=number)


def told(code: str, message: str, details: object) -> dict[str, object]:
    return {"code": code, "message": message, "details": details}


def of_the_law(error: LawError) -> dict[str, str]:
    """What kind of refusal, and which one."""
    which = {"why": error.said.code} if isinstance(error.said, Said) else {}
    return {"error": type(error).__name__, **which}


def of_the_framework(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """The framework's own errors keep their status and headers and take our shape."""
    response = exception_handler(error, dict(context))
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError):
        wrong = {"fields": dict(in_paths(response.data))}
        response.data = told("invalid", _("Check what you sent."), wrong)
        return response
    found: exceptions.APIException = error if isinstance(error, exceptions.APIException) else known_as(error)
    code = getattr(found.detail, "code", None) or found.default_code
    response.data = told(str(code), str(found.detail), {})
    return response


def known_as(error: Exception) -> exceptions.APIException:
    """Never Django's own words: they name the model that was searched."""
    if isinstance(error, Http404):
        return exceptions.NotFound(_("There is nothing here that you may know of."))
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    raise error


def in_paths(found: object, path: Path = "") -> Iterator[tuple[Path, list[str]]]:
    """Nested errors as one list of messages a field path."""
    if isinstance(found, Mapping):
        for name, inner in found.items():
            # DRF names the items of a list of plain values by their number.
            step = f"{path}[{name}]" if isinstance(name, int) else f"{path}.{name}" if path else str(name)
            yield from in_paths(inner, path if name == "non_field_errors" else step)
    elif isinstance(found, list) and any(isinstance(item, Mapping) for item in found):
        for number, inner in enumerate(found):
            yield from in_paths(inner, f"{path}[{number}]")
    elif isinstance(found, list):
        yield path or "body", [str(message) for message in found]
    else:
        yield path or "body", [str(found)]


def plain(value: object) -> Any:
    """Details as JSON: dataclasses by their fields, lazy words in the reader's language."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
