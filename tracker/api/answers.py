"""The frozen dataclasses of the read side as JSON: their values, and their schema from their own type hints."""

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]

PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    Decimal: {"type": "string", "format": "decimal"},
}


def plain(value: object) -> Any:
    """Values that the JSON encoder knows; a dataclass by its fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    return value


@cache
def schema_of(found: Any) -> Schema:
    """OpenAPI 3.0 of a type hint."""
    if found in PLAIN:
        return PLAIN[found]
    if is_dataclass(found):
        hints = get_type_hints(found)
        inner = {field.name: schema_of(hints[field.name]) for field in fields(found)}
        return {"type": "object", "required": list(inner), "properties": inner}
    return schema_of_generic(get_origin(found), get_args(found))


def schema_of_generic(origin: Any, inner: tuple[Any, ...]) -> Schema:
    if origin in {Union, types.UnionType}:
        kinds = [kind for kind in inner if kind is not type(None)]
        either: Schema = schema_of(kinds[0]) if len(kinds) == 1 else {"anyOf": [schema_of(kind) for kind in kinds]}
        return {**either, "nullable": True} if len(kinds) < len(inner) else either
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": True}
    if isinstance(origin, type) and issubclass(origin, Sequence):
        kinds = [kind for kind in inner if kind is not Ellipsis]
        return {"type": "array", "items": schema_of(kinds[0]) if len(set(kinds)) == 1 else {}}
    return {}
