"""Questions to the clocks as JSON objects and their answers, as `due --batch` and the API take them. A bad
question gets an error of its own; nothing here ever raises for what a line contains."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from reprlib import repr as shorten

from cases.law.clocks import reckon
from cases.law.clocks.asks import Ask, BadAsk, Bare, Due, Extension, Suspension
from cases.law.reading import LawError
from cases.law.rulebook import Rulebook
from cases.law.sentences import say

KEYS = frozenset(
    (
        "id", "rule", "profile", "amount", "unit", "direction", "trigger", "facts", "zone", "calendar", "ordered",
        "period", "extensions", "suspensions",
    )
)  # fmt: skip
PLAIN = frozenset(("id", "rule", "trigger", "facts"))


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


class _Twice(ValueError):
    """A key that an object has twice: one of the two would be passed over in silence."""


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


_decode = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_each_once).decode
_encode = json.JSONEncoder(allow_nan=False).encode


def reply(line: bytes, *, book: Rulebook) -> str:
    """The answer to one line of bytes as one line of ASCII JSON."""
    try:
        asked, found = _answered(line.decode("utf-8-sig"), book)
        return _written(asked, found) if isinstance(found, Due) else _encode({"id": asked, **found})
    except UnicodeDecodeError as error:
        return _encode({"id": None, "error": f"not UTF-8: {error}"})
    except (ValueError, RecursionError):
        return _encode({"id": None, "error": "the id is not one that JSON can hold"})


def answer(line: str, *, book: Rulebook) -> dict[str, object]:
    """The answer to one line: a due date, what is missing, or an error."""
    asked, found = _answered(line, book)
    return {"id": asked, **(found.as_json() if isinstance(found, Due) else found)}


def _answered(line: str, book: Rulebook) -> tuple[object, Due | dict[str, object]]:
    """The id of the question, and its due date or what else there is to say."""
    try:
        data = _decode(line)
    except _Twice as error:
        asked = json.loads(line).get("id") if str(error) != "id" and line.lstrip().startswith("{") else None
        return asked, {"error": f"the key {shorten(str(error))} is given twice"}
    except (ValueError, RecursionError) as error:
        return None, {"error": f"not JSON: {error}"}
    if not isinstance(data, dict):
        return None, {"error": "a line is a JSON object"}
    try:
        found = reckon(ask_from(data, book), book=book)
    except LawError as error:
        return data.get("id"), {"error": str(error)}
    return data.get("id"), found if isinstance(found, Due) else found.as_json()


_quoted = lru_cache(maxsize=1024)(_encode)


def _written(asked: object, due: Due) -> str:
    """What encoding `due.as_json()` gives, in half the time: the dates need no escaping, the citations recur."""
    runs = ", ".join(
        f'{{"from": "{run.start.isoformat()}", "to": "{run.end.isoformat()}", "as": "{run.code}", "n": {run.n}, '
        f'"cite": {_quoted(run.cite)}}}'
        for run in due.trace
    )
    return (
        f'{{"id": {_encode(asked)}, "due": "{due.due.isoformat()}", "nominal": "{due.nominal.isoformat()}", '
        f'"safe_due": "{due.safe_due.isoformat()}", "provisional": {"true" if due.provisional else "false"}, '
        f'"rule_version": {_quoted(due.rule_version or None)}, '
        f'"calendar_version": {_quoted(due.calendar_version or None)}, "trace": [{runs}]}}'
    )


def ask_from(data: Mapping[str, object], book: Rulebook) -> Ask:
    """The question a JSON object asks. Raises BadAsk for what is not understood."""
    if not KEYS.issuperset(data):
        _only(data, KEYS, "line")
    rule = _rule(data)
    facts = _facts(data, rule, book)
    if PLAIN.issuperset(data):  # most lines say nothing else
        return Ask(rule, facts)
    period = data.get("period")
    return Ask(
        rule,
        facts,
        zone=_text(data, "zone"),
        calendar=_text(data, "calendar"),
        ordered=_when(data, "ordered"),
        period=None if period is None else _period(period),
        extensions=tuple(_extension(item) for item in _list(data, "extensions")),
        suspensions=tuple(_suspension(item) for item in _list(data, "suspensions")),
    )


def _rule(data: Mapping[str, object]) -> str | Bare:
    rule = _text(data, "rule")
    given = [key for key in ("profile", "amount", "unit", "direction") if data.get(key) is not None]
    if rule and given:
        raise BadAsk(say("rule_has_its_own", key=given[0]))
    return rule or _bare(data)


def _bare(data: Mapping[str, object]) -> Bare:
    for key in ("profile", "amount", "unit"):
        if data.get(key) is None:
            raise BadAsk(say("wanted_or_rule" if key == "profile" else "wanted", key=key))
    return Bare(
        _text(data, "profile") or "", _amount(data), _text(data, "unit") or "", _text(data, "direction") or "forward"
    )


def _period(value: object) -> Bare:
    table = _table(value, "period", frozenset({"amount", "unit", "profile"}))
    if table.get("amount") is None or table.get("unit") is None:
        raise BadAsk(say("period_wants"))
    return Bare(_text(table, "profile") or "", _amount(table), _text(table, "unit") or "")


def _facts(data: Mapping[str, object], rule: str | Bare, book: Rulebook) -> dict[str, date | None]:
    given = data.get("facts")
    facts: dict[str, date | None] = {}
    if given is not None:
        table = _table(given, "facts", None)
        facts = {name: _when(table, name) for name in table}
    trigger = _when(data, "trigger")
    if trigger is not None:
        first = book.versions(rule)[-1].fact if isinstance(rule, str) else "trigger"
        if facts.get(first, trigger) not in (None, trigger):
            raise BadAsk(say("facts_differ", fact=first))
        facts[first] = trigger
    return facts


def _extension(value: object) -> Extension:
    table = _table(value, "extension", frozenset({"amount", "unit", "until"}))
    until = _when(table, "until")
    if until is not None:
        if table.get("amount") is not None or table.get("unit") is not None:
            raise BadAsk(say("extension_of_both"))
        return Extension(until=until)
    if table.get("amount") is None or table.get("unit") is None:
        raise BadAsk(say("extension_wants"))
    return Extension(_amount(table), _text(table, "unit") or "")


def _suspension(value: object) -> Suspension:
    table = _table(value, "suspension", frozenset({"from", "until"}))
    start = _when(table, "from")
    if start is None:
        raise BadAsk(say("suspension_wants"))
    return Suspension(start, _when(table, "until"))


def _only(table: Mapping[str, object], keys: frozenset[str], what: str) -> None:
    for key in table:
        if key not in keys:
            raise BadAsk(say("unknown_key_in", key=shorten(key), what=what))


def _table(value: object, what: str, keys: frozenset[str] | None) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BadAsk(say("no_object", what=what, value=shorten(value)))
    if keys is not None:
        _only(value, keys, what)
    return value


def _list(data: Mapping[str, object], key: str) -> list[object]:
    value = data.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadAsk(say("no_list", key=key, value=shorten(value)))
    return value


def _text(data: Mapping[str, object], key: str) -> str | None:
    value = data.get(key)
    if value is not None and (not isinstance(value, str) or not value):
        raise BadAsk(say("no_name", key=key, value=shorten(value)))
    return value


def _amount(data: Mapping[str, object]) -> int:
    value = data["amount"]
    if type(value) is not int:
        raise BadAsk(say("no_whole_number", value=shorten(value)))
    return value


def _when(data: Mapping[str, object], key: str) -> date | None:
    value = data.get(key)
    if value is None:
        return None
    if isinstance(value, str):
        return when(value, key)
    raise BadAsk(say("no_moment", key=key, value=shorten(value)))


def when(value: str, what: str = "date") -> date:
    """2026-03-02, or 2026-03-02T09:30 with or without an offset; no other of ISO 8601's many shapes."""
    try:
        if len(value) == 10 and value[4] == value[7] == "-":
            return date.fromisoformat(value)
        if len(value) > 10 and value[4] == value[7] == "-" and value[10] in "T ":
            return datetime.fromisoformat(value)
    except ValueError:
        pass
    raise BadAsk(say("no_such_shape", key=what, value=shorten(value)))
