"""Questions a sweep asks again and again: to work out their SQL anew each time costs more than the answer."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

ANCHOR: Final = datetime(2000, 1, 1, tzinfo=UTC)

Question = Callable[[datetime], "QuerySet[Any, Any]"]


class Prepared:
    """What is asked about an instant of rows picked first, and locked if the picking says so.

    The SQL is worked out once, at an anchor; asked at another instant, every instant and day in it moves along. The
    picking stands where the table would, so that whatever the planner believes of the table, nothing but what was
    picked is looked into. `asks` narrows nothing and orders nothing: that is for `picks`.
    """

    def __init__(self, *, picks: Question, asks: Question) -> None:
        self._picks, self._asks = picks, asks

    def rows(self, now: datetime) -> Sequence[tuple[Any, ...]]:
        return self._answer("", now)

    def plan(self, now: datetime) -> str:
        return "\n".join(line for (line,) in self._answer("EXPLAIN ", now))

    def _answer(self, prefix: str, now: datetime) -> Sequence[tuple[Any, ...]]:
        sql, params = self._statement
        with connection.cursor() as cursor:
            cursor.execute(prefix + sql, [_moved(each, now) for each in params])
            found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found

    @cached_property
    def _statement(self) -> tuple[str, Sequence[Any]]:
        asked, picked = self._asks(ANCHOR).order_by(), self._picks(ANCHOR)
        sql, params = asked.query.sql_with_params()
        picking, more = picked.query.sql_with_params()
        table = f'"{asked.model._meta.db_table}"'
        # The last: those before it are of questions within the question.
        columns, _from, joins = sql.rpartition(f" FROM {table} ")
        return f"{columns} FROM ({picking}) {table} {joins}", (*params, *more)


def _moved(param: Any, now: datetime) -> Any:
    if isinstance(param, datetime):
        return now + (param - ANCHOR)
    if isinstance(param, date):
        return now.astimezone(UTC).date() + (param - ANCHOR.date())
    return param
