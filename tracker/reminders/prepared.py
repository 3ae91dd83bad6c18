"""Questions a sweep asks again and again: to work out their SQL anew each time costs more than the answer."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache, cached_property
from itertools import count
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.models import Field, Model, QuerySet
from psycopg.sql import Literal

ANCHOR: Final = datetime(2000, 1, 1, tzinfo=UTC)

# Of what it costs to find a page by an index PostgreSQL thinks as of a slow disk: for a thousand rows it would read
# tables of a million. Said anew in each transaction, since a pooled connection keeps nothing.
BY_INDEX: Final = "SET LOCAL random_page_cost = 0.1; "

# By session: the names of the statements it keeps. They outlive a transaction that was undone.
KNOWN: Final["WeakKeyDictionary[Any, set[str]]"] = WeakKeyDictionary()

Question = Callable[[datetime], "QuerySet[Any, Any]"]


class Prepared:
    """What is asked about an instant of rows picked first, and locked if the picking says so; without `asks`, the rows
    themselves.

    The SQL is worked out once, at an anchor; asked at another instant, every instant and day in it moves along. The
    picking stands where the table would, so that whatever the planner believes of the table, nothing but what was
    picked is looked into. `asks` narrows nothing and orders nothing: that is for `picks`.

    `name`: the database keeps it, planned, by that name for as long as it is connected: for what is asked of one row at
    a time, where planning costs most.
    """

    def __init__(self, *, picks: Question, asks: Question | None = None, of_many: bool = False, name: str = "") -> None:
        self._picks, self._asks, self._name = picks, asks, name
        self._before = BY_INDEX if of_many else ""

    def rows(self, now: datetime) -> Sequence[tuple[Any, ...]]:
        return self._answer("", now)

    def plan(self, now: datetime) -> str:
        return "\n".join(line for (line,) in self._answer("EXPLAIN ", now))

    def _answer(self, prefix: str, now: datetime) -> Sequence[tuple[Any, ...]]:
        # So Django is told that a pooler may give each transaction another session, which knows none of our names.
        if self._name and not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            self._keep()
            params = self._kept[1]
            sql = f"EXECUTE {self._name}({', '.join('%s' for _ in params)})"
        else:
            sql, params = self._statement
        with connection.cursor() as cursor:
            cursor.execute(self._before + prefix + sql, [_moved(each, now) for each in params])
            while cursor.nextset():
                pass
            found: Sequence[tuple[Any, ...]] = cursor.fetchall()
        return found

    def _keep(self) -> None:
        connection.ensure_connection()
        known = KNOWN.setdefault(connection.connection, set())
        if self._name not in known:
            with connection.cursor() as cursor:
                cursor.execute(self._kept[0])
            known.add(self._name)

    @cached_property
    def _kept(self) -> tuple[str, Sequence[Any]]:
        """Only what moves is left open: without the constants no partial index would be taken for it."""
        sql, params = self._statement
        first, *pieces = sql.split("%s")
        moving = [each for each in params if isinstance(each, date)]
        types = ", ".join("timestamptz" if isinstance(each, datetime) else "date" for each in moving)
        places = (f"${number}" for number in count(1))
        text = "".join(
            (next(places) if isinstance(param, date) else Literal(param).as_string(connection.connection)) + piece
            for param, piece in zip(params, pieces, strict=True)
        )
        return f"PREPARE {self._name} ({types}) AS {first}{text}", moving

    @cached_property
    def _statement(self) -> tuple[str, Sequence[Any]]:
        picking, more = self._picks(ANCHOR).query.sql_with_params()
        if self._asks is None:
            return picking, more
        asked = self._asks(ANCHOR).order_by()
        sql, params = asked.query.sql_with_params()
        table = f'"{asked.model._meta.db_table}"'
        # The last: those before it are of questions within the question.
        columns, _from, joins = sql.rpartition(f" FROM {table} ")
        assert joins.startswith(("INNER JOIN", "LEFT OUTER JOIN")), "what is asked must join, and narrow nothing"
        return f"{columns} FROM ({picking}) {table} {joins}", (*params, *more)


def save(row: Model, *names: str) -> None:
    """As the row's own `save` of these fields, at a third of its cost: the statement is worked out once."""
    statement, fields = _update(type(row), names)
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, row.pk])


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> tuple[str, "Sequence[Field[Any, Any]]"]:
    fields: list[Field[Any, Any]] = [model._meta.get_field(name) for name in names]  # type: ignore[misc]  # of columns
    columns = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {columns} WHERE "id" = %s', fields  # noqa: S608  # ours alone


def _moved(param: Any, now: datetime) -> Any:
    if isinstance(param, datetime):
        return now + (param - ANCHOR)
    if isinstance(param, date):
        return now.astimezone(UTC).date() + (param - ANCHOR.date())
    return param
