"""Idempotency-Key: a POST that may have been lost is sent again, and answered as the first time; nothing is done twice.

As draft-ietf-httpapi-idempotency-key-header has it. Without the header a POST is what it ever was.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.http import Http404
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from cases.actions import idempotency
from cases.actions.idempotency import Answer
from cases.api.conditions import tagged
from cases.models import Case, Person

HEADER: Final = "Idempotency-Key"

Act = Callable[[], tuple[Response, Case | None]]


def once(request: Request, act: Act, *, by: Person, at: datetime) -> Response:
    """`act` gives its answer, and the case one must know of to be given it again. A refusal is not kept."""
    if HEADER not in request.headers:
        return act()[0]
    key = idempotency.read_key(request.headers[HEADER])
    given: list[Response] = []

    def keep() -> Answer:
        response, case = act()
        given.append(response)
        return Answer(response.status_code, JSONRenderer().render(response.data).decode(), case)

    mark = idempotency.fingerprint(request.method or "", request.get_full_path(), request.data)
    try:
        answer = idempotency.once(key=key, fingerprint=mark, act=keep, by=by, at=at)
    except Case.DoesNotExist as error:
        raise Http404 from error
    return given[0] if given else repeat(answer)


def repeat(answer: Answer) -> Response:
    shown = json.loads(answer.body)
    return Response(shown, status=answer.status, headers={**tagged(shown), "Idempotent-Replayed": "true"})
