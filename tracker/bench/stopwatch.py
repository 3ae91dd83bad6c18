"""Taking time: medians; two things turn and turn about, so that a busy machine slows both; statements counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

COUNT = "X-Count-Queries"


@dataclass(slots=True)
class Counted:
    """Statements sent to the database, those that open or close a savepoint aside, and how long their answers took."""

    statements: int = 0
    seconds: float = 0.0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.statements += "SAVEPOINT" not in sql
        started = perf_counter()
        try:
            return execute(sql, *rest)
        finally:
            self.seconds += perf_counter() - started


@contextmanager
def counted() -> Iterator[Counted]:
    counter = Counted()
    with connection.execute_wrapper(counter):
        yield counter


class QueryCount:
    """Middleware: a request that asks for it is told how many statements it took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if COUNT not in request.headers:
            return self.get_response(request)
        with counted() as counter:
            response = self.get_response(request)
        response[COUNT] = str(counter.statements)
        return response


def seconds_of(do: Callable[[], object]) -> float:
    started = perf_counter()
    do()
    return perf_counter() - started


def database_seconds_of(do: Callable[[], object]) -> float:
    """How long it waited for the database; a COMMIT of its own aside."""
    with counted() as counter:
        do()
    return counter.seconds


def p50(do: Callable[[], object], *, rounds: int) -> float:
    return median(seconds_of(do) for _ in range(rounds))


def p50_of_both(one: Callable[[], object], other: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    """Each called in turn, after one call of each that is not counted."""
    one(), other()
    pairs = [(seconds_of(one), seconds_of(other)) for _ in range(rounds)]
    return median(first for first, _second in pairs), median(second for _first, second in pairs)
