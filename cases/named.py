"""Columns of rows that a row names, by subqueries: of eight joins PostgreSQL weighs every order, which is slow."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, ForeignKey, Func, Model, TextField
from django.db.models.sql.compiler import SQLCompiler


class Named(Func):
    """Columns of the row that a foreign key names: one by itself, several that are text as an array."""

    def __init__(self, key: "ForeignKey[Any, Any]", names: tuple[str, ...]) -> None:
        fields: list[Any] = [key.related_model._meta.get_field(name) for name in names]
        shown = fields[0] if len(fields) == 1 else ArrayField(TextField())
        super().__init__(F(key.attname), output_field=shown)
        self.table, self.target = key.related_model._meta.db_table, str(key.target_field.column)
        self.columns = tuple(str(field.column) for field in fields)

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_rest: Any, **_extra: Any
    ) -> tuple[str, Any]:
        key, params = compiler.compile(self.source_expressions[0])
        quoted = connection.ops.quote_name
        columns = ", ".join(f"named.{quoted(column)}" for column in self.columns)
        shown = columns if len(self.columns) == 1 else f"ARRAY[{columns}]"
        found = f"SELECT {shown} FROM {quoted(self.table)} named WHERE named.{quoted(self.target)} = {key}"  # noqa: S608
        return f"({found})", params


@cache
def named_columns(model: type[Model], names: tuple[str, ...]) -> Mapping[str, Named]:
    """To annotate rows with, each under the name that `.values()` would join for: `notice__uid`."""
    found = {}
    for name in names:
        key, _dot, column = name.partition("__")
        field = model._meta.get_field(key)
        assert isinstance(field, ForeignKey)
        found[name] = Named(field, (column,))
    return found
