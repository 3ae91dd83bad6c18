"""A status page as it was frozen, read back into the dataclasses it was made of, so that one template shows both."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tracker.status.executive import CaseStatus

Plain = Mapping[str, Any]


def thawed(figures: Plain) -> CaseStatus:
    """The status that `tracker.briefings.plain` froze."""
    status: CaseStatus = _made(CaseStatus, figures["status"])
    return status


def _made(kind: Any, value: Any) -> Any:
    """A plain value as the type says; a shape nobody froze raises. What has a default may have come later."""
    origin = get_origin(kind)
    if value is None or kind in (Any, object) or origin is Literal:
        return value
    if origin in (Union, UnionType):
        return _made_one_of([each for each in get_args(kind) if each is not NoneType], value)
    if origin is not None:
        return _collected(kind, origin, value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{field.name: _made(hints[field.name], value[field.name]) for field in _frozen(kind, value)})
    return _plain(kind, value)


def _frozen(kind: Any, value: Plain) -> "list[Field[Any]]":
    """What has a default may have come after the page was frozen."""
    return [field for field in fields(kind) if field.name in value or field.default is MISSING]


def _collected(kind: Any, origin: type, value: Any) -> Any:
    if issubclass(origin, Mapping):
        return {name: _made(get_args(kind)[1], each) for name, each in value.items()}
    return _many(kind, value)


def _made_one_of(kinds: Sequence[Any], value: Any) -> Any:
    """One type beside None; of several plain ones the value says which: a text stays a text."""
    return _made(kinds[0], value) if len(kinds) == 1 else _dated(kinds, value)


def _dated(kinds: Sequence[Any], value: Any) -> Any:
    """Dates were frozen as ISO texts."""
    if isinstance(value, str) and date in kinds:
        try:
            return datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _many(kind: Any, values: Sequence[Any]) -> tuple[Any, ...]:
    inner = get_args(kind)
    if (len(inner) == 2 and inner[1] is Ellipsis) or len(inner) == 1:
        return tuple(_made(inner[0], value) for value in values)
    return tuple(_made(each, value) for each, value in zip(inner, values, strict=True))


def _plain(kind: Any, value: Any) -> Any:
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
