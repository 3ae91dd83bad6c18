"""What a person was shown is theirs: no proxy keeps it, nor the browser of a shared desk after they signed out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cases.models import Person


class Private:
    """Middleware. A token makes a person of a request as a session does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if isinstance(request.user, Person):
            answer["Cache-Control"] = "private, no-store"
        return answer
