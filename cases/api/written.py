"""Rows of a list, written from columns alone: of a shape's own fields, once a process, so that both have one source.

A model's row is never made of them: loading whole rows and asking each field anew costs more than all the rest. What
a row names is asked by subqueries: of eight joins the planner weighs every order, longer than it takes to answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import CharField, ForeignKey, Model, QuerySet, TextField
from django.utils.timezone import get_current_timezone
from rest_framework import serializers
from rest_framework.fields import DateTimeField

from cases.api.shapes import Shape, Worked
from cases.named import Named, named_columns

Row = Mapping[str, Any]  # as `.values()` gives it
Read = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row: what it asks for, columns of the row's own and of those it names, and what comes of it."""

    name: str
    read: Read
    own: tuple[str, ...]
    named: Mapping[str, Named]


@dataclass(frozen=True, slots=True)
class Written:
    """What to ask the database for, and what becomes of a row of its answer."""

    own: tuple[str, ...]
    named: Mapping[str, Named]
    row: Callable[[Row], dict[str, Any]]

    def asked(self, rows: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
        return rows.values(*self.own, **self.named)


@cache
def written(shape: type[Shape[Any]]) -> Written:
    model: type[Model] = shape.Meta.model
    shown = tuple(cell(model, name, field) for name, field in shape().fields.items())
    beside = tuple(column_cell(model, name, name) for name in shape.beside)
    read, read_beside = reader(shown), reader(beside)
    cells = (*shown, *beside)
    own = tuple(dict.fromkeys(column for each in cells for column in each.own))
    named = {alias: named for each in cells for alias, named in each.named.items()}
    return Written(own, named, lambda row: shape.veiled(read(row), read_beside(row)))


def reader(cells: tuple[Cell, ...]) -> Callable[[Row], dict[str, Any]]:
    reads = tuple((each.name, each.read) for each in cells)
    return lambda row: {name: read(row) for name, read in reads}


# ---- One value -------------------------------------------------------------------------------------------------------
def cell(model: type[Model], name: str, field: "serializers.Field[Any, Any, Any, Any]") -> Cell:
    source = "__".join(field.source_attrs)
    if isinstance(field, Worked):
        return worked_cell(model, name, field)
    if isinstance(field, serializers.SlugRelatedField):
        return column_cell(model, name, f"{source}__{field.slug_field}")
    if isinstance(field, serializers.ModelSerializer):
        return related_cell(model, name, field)
    if isinstance(field, serializers.BaseSerializer | serializers.SerializerMethodField):
        raise NotImplementedError(f"{name} takes more than columns of one row: it belongs to the detail.")
    return column_cell(model, name, source, instant if type(field) is DateTimeField else field.to_representation)


def instant(value: datetime) -> str:
    """As the framework's field says it, which asks its settings anew for each value."""
    told = value.astimezone(get_current_timezone()).isoformat()
    return f"{told[:-6]}Z" if told.endswith("+00:00") else told


def column_cell(model: type[Model], name: str, column: str, shown: Callable[[Any], Any] | None = None) -> Cell:
    own, named = asked(model, (column,))
    if shown is None:
        return Cell(name, lambda row: row[column], own, named)
    return Cell(name, lambda row: None if row[column] is None else shown(row[column]), own, named)


def worked_cell(model: type[Model], name: str, field: Worked) -> Cell:
    columns, by = field.columns, field.by
    return Cell(name, lambda row: by(*[row[column] for column in columns]), *asked(model, columns))


def related_cell(model: type[Model], name: str, field: "serializers.ModelSerializer[Any]") -> Cell:
    """Names of people, authorities and parties are text all through: one array of it, read by the shape's own cells."""
    key = model._meta.get_field("__".join(field.source_attrs))
    related: type[Model] = field.Meta.model
    cells = tuple(cell(related, inner, each) for inner, each in field.fields.items())
    names = tuple(dict.fromkeys(column for each in cells for column in each.own))
    assert isinstance(key, ForeignKey)
    assert all(is_text(related._meta.get_field(each)) for each in names)
    alias, shown = f"the_{key.name}", reader(cells)
    read = lambda row: None if row[alias] is None else shown(dict(zip(names, row[alias], strict=True)))  # noqa: E731
    return Cell(name, read, (), {alias: Named(key, names)})


def is_text(field: object) -> bool:
    return isinstance(field, CharField | TextField)


def asked(model: type[Model], columns: tuple[str, ...]) -> tuple[tuple[str, ...], Mapping[str, Named]]:
    """The row's own, and those of rows that it names: `case__reference`."""
    own = tuple(column for column in columns if "__" not in column)
    return own, named_columns(model, tuple(column for column in columns if "__" in column))
