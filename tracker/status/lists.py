"""Lists by keyset: a page and the way on, in one query, without counting. Doors hand the cursor back as they got it."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, Final, Generic, TypeVar

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

R = TypeVar("R")
S = TypeVar("S")

PAGE: Final = 50
MOST: Final = 200
BACK: Final = "<"
ON: Final = ">"


class BadCursor(ValueError):
    """The cursor is not one of ours, or of another list."""


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """`next` and `previous` are cursors, empty at the ends."""

    rows: tuple[R, ...]
    next: str = ""
    previous: str = ""

    def holding(self, rows: "Sequence[S]") -> "Page[S]":
        """The same page of other rows."""
        return Page(tuple(rows), self.next, self.previous)


@dataclass(frozen=True, slots=True)
class _Key:
    """One column of an order. What is empty comes last, either way."""

    name: str
    descends: bool
    is_nullable: bool
    field: "Field[Any, Any]"

    def ordered(self, *, backward: bool) -> OrderBy:
        descends = self.descends != backward
        last, first = (True, None) if not backward else (None, True)
        empty: dict[str, Any] = {"nulls_last": last, "nulls_first": first} if self.is_nullable else {}
        return F(self.name).desc(**empty) if descends else F(self.name).asc(**empty)

    def beyond(self, value: object, *, backward: bool) -> Q:
        """Rows after (or, going back, before) the value in this column's order."""
        if value is None:
            return ~Q(**{f"{self.name}__isnull": True}) if backward else Q(pk__in=())
        compared = Q(**{f"{self.name}__{'lt' if self.descends != backward else 'gt'}": value})
        return compared | Q(**{f"{self.name}__isnull": True}) if self.is_nullable and not backward else compared

    def level(self, value: object) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


def page(queryset: "QuerySet[Any, R]", *, order: Sequence[str], cursor: str = "", size: int = PAGE) -> Page[R]:
    """One page of the rows in `order`, which ends in the primary key so that no two rows are level.

    The rows are what the queryset yields: instances, or `.values()` dicts that hold the order's columns.
    """
    keys = [_key(queryset.model, name) for name in order]
    if keys[-1].name != "pk":
        raise ValueError("an order ends in pk")
    direction, values = _read(cursor, keys) if cursor else (ON, None)
    backward = direction == BACK
    scoped = queryset.filter(_beyond(keys, values, backward=backward)) if values is not None else queryset
    size = min(size, MOST)
    found = list(scoped.order_by(*(key.ordered(backward=backward) for key in keys))[: size + 1])
    rows = found[:size][:: -1 if backward else 1]
    is_more = len(found) > size
    return Page(
        tuple(rows),
        next=_write(ON, keys, rows[-1]) if rows and (is_more or backward) else "",
        previous=_write(BACK, keys, rows[0]) if rows and (is_more if backward else bool(cursor)) else "",
    )


def _key(model: type[Model], name: str) -> _Key:
    bare = name.removeprefix("-")
    field = model._meta.pk if bare == "pk" else _field(model, bare)
    return _Key(bare, name.startswith("-"), bool(field.null) or "__" in bare, field)


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    *relations, last = name.split("__")
    for relation in relations:
        related = model._meta.get_field(relation).related_model
        if not isinstance(related, type):
            raise FieldDoesNotExist(name)
        model = related
    found = model._meta.get_field(last)
    if not isinstance(found, Field):
        raise FieldDoesNotExist(name)
    return found


def _beyond(keys: Sequence[_Key], values: Sequence[object], *, backward: bool) -> Q:
    """Lexicographic: beyond in the first column, or level in it and beyond in the next."""
    condition, level = Q(pk__in=()), Q()
    for key, value in zip(keys, values, strict=True):
        condition |= level & key.beyond(value, backward=backward)
        level &= key.level(value)
    return condition


def _write(direction: str, keys: Sequence[_Key], row: object) -> str:
    values = [_value(row, key.name) for key in keys]
    packed = json.dumps([direction, *values], cls=_Exact, separators=(",", ":"))
    return _seal(settings.SECRET_KEY).encrypt(packed.encode()).decode()


@cache
def _seal(secret: str) -> Fernet:
    """A cursor holds a primary key, which nobody may count: it is sealed, not only encoded."""
    return Fernet(urlsafe_b64encode(sha256(f"casebook.cursor {secret}".encode()).digest()))


def _value(row: object, name: str) -> object:
    if isinstance(row, Mapping):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part) if row is not None else None
    return row


class _Exact(DjangoJSONEncoder):
    """Django's encoder cuts microseconds, and a cursor that is cut repeats rows."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)


def _read(cursor: str, keys: Sequence[_Key]) -> tuple[str, list[object]]:
    try:
        direction, *values = json.loads(_seal(settings.SECRET_KEY).decrypt(cursor))
        if direction not in {ON, BACK} or len(values) != len(keys):
            raise BadCursor(cursor)
        return direction, [None if v is None else k.field.to_python(v) for k, v in zip(keys, values, strict=True)]
    except (InvalidToken, ValueError, TypeError, ValidationError) as error:
        raise BadCursor(cursor) from error
