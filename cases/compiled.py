"""Conditions that every list asks again, compiled once a process.

Put together anew for each request, the few subqueries of a wall cost more than the database takes to answer them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Sql = tuple[str, Any]  # with its parameters
Values = Mapping[str, object]
KEY: Final = "key"  # the argument that is a column of the row at hand


@dataclass(slots=True, eq=False)
class Rows:
    """Rows to be asked for: a function of `key` and further arguments, each with a value that stands in for it.

    A stand-in is of the argument's own type and is nowhere else in the statement.
    """

    asked: Callable[..., "QuerySet[Any]"]
    stand_ins: Values
    _compiled: tuple[list[str], list[Any]] | None = field(default=None, init=False)

    def exists(self, connection: BaseDatabaseWrapper, key: Sql, values: Values, *, each: bool = False) -> Sql:
        """EXISTS of those whose key is the column `key`.

        `each`: asked of each row by itself. Of EXISTS, PostgreSQL may first read all that might be asked into memory.
        """
        pieces, slots = self.compiled(connection)
        column, column_params = key
        sql, params = pieces[0], list[Any]()
        for slot, piece in zip(slots, pieces[1:], strict=True):
            sql += (column if slot == KEY else "%s") + piece
            params += column_params if slot == KEY else [values.get(slot, slot)]
        return (f"COALESCE((SELECT TRUE {sql} LIMIT 1), FALSE)" if each else f"EXISTS(SELECT 1 {sql})"), params

    def compiled(self, connection: BaseDatabaseWrapper) -> tuple[list[str], list[Any]]:
        """From its FROM on: the text between its parameters, and of each parameter the argument, or its value."""
        if self._compiled is None:
            query = self.asked(**self.stand_ins).order_by().query.exists(limit=False)
            # Whatever table the row at hand is of: no name in here may mean it.
            query.change_aliases({alias: f"asked{number}" for number, alias in enumerate(list(query.alias_map))})
            sql, params = query.get_compiler(connection=connection).as_sql()
            head, _from, tail = sql.partition(" FROM ")
            names = {stand_in: name for name, stand_in in self.stand_ins.items()}
            slots = [names.get(value, value) for value in params[head.count("%s") :]]
            self._compiled = f"FROM {tail}".split("%s"), slots
        return self._compiled


class Has(Func):
    """There are such rows of the row at hand, whose `column` is their key."""

    def __init__(self, rows: Rows, column: str, *, each: bool = False, **values: object) -> None:
        super().__init__(F(column), output_field=BooleanField())
        self.rows, self.each, self.values = rows, each, values

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_rest: Any, **_extra: Any) -> Sql:
        key = compiler.compile(self.source_expressions[0])
        return self.rows.exists(connection, key, self.values, each=self.each)


class HasOfItsKind(Func):
    """The row at hand points at one of such rows, by the kind that it says and their key."""

    def __init__(self, kinds: Mapping[str, Rows], kind: str, column: str) -> None:
        super().__init__(F(kind), F(column), output_field=BooleanField())
        self.kinds = kinds

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_rest: Any, **_extra: Any) -> Sql:
        kind, kind_params = compiler.compile(self.source_expressions[0])
        key = compiler.compile(self.source_expressions[1])
        conditions, params = [], list[Any]()
        for name, rows in self.kinds.items():
            sql, further = rows.exists(connection, key, {})
            conditions.append(f"({kind} = %s AND {sql})")
            params += [*kind_params, name, *further]
        return f"({' OR '.join(conditions)})", params
