"""One row of a captured hot list: from the words published to an entry, or to the reason it is none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from cases.boards.folding import fold_category, title_key

MAX_TITLE = 500
MAX_RANK = 100_000
LARGEST = 2**63 - 1

Fields = Mapping[str, object]

_TRUE = frozenset({"true", "t", "1", "yes", "y", "是"})
_FALSE = frozenset({"false", "f", "0", "no", "n", "否"})


class Entry(NamedTuple):
    """One row as published; None is "the board did not say", never a zero."""

    line: int
    captured_at: datetime
    rank: int
    title: str
    title_key: str
    category: str | None
    heat: int | None
    is_ad: bool | None
    read_count: int | None


class Rejected(NamedTuple):
    line: int
    reason_code: str
    detail: str


class _Bad(Exception):
    def __init__(self, reason: str, value: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.value = value


class RowParser:
    """Turns the named values of one row into an entry; remembers the last time stamp, which fifty rows share."""

    def __init__(self, default_zone: tzinfo | None) -> None:
        self._zone = default_zone
        self._last: tuple[object, datetime] | None = None

    def __call__(self, line: int, fields: Fields) -> Entry | Rejected:
        try:
            title, key = _title(fields["title"])
            return Entry(
                line,
                self._captured_at(fields["captured_at"]),
                _rank(fields["rank"]),
                title,
                key,
                _category(fields["category"]),
                _count("heat", fields.get("heat")),
                _flag(fields.get("is_ad")),
                _count("read_count", fields.get("read_count")),
            )
        except _Bad as bad:
            return Rejected(line, bad.reason, short(bad.value))

    def _captured_at(self, value: object) -> datetime:
        if self._last is not None and self._last[0] == value:
            return self._last[1]
        moment = _moment(value, self._zone)
        self._last = (value, moment)
        return moment


def _moment(value: object, default_zone: tzinfo | None) -> datetime:
    text = value.strip() if isinstance(value, str) else ""
    try:
        # A date alone does not say which hour's list it is.
        moment = datetime.fromisoformat(text) if text[10:11] in ("T", "t", " ") else None
    except ValueError:
        moment = None
    if moment is None:
        raise _Bad("captured_at", value)
    if moment.tzinfo is None:
        if default_zone is None:
            raise _Bad("no_zone", value)
        moment = moment.replace(tzinfo=default_zone)
    try:
        moment.astimezone(UTC)
    except OverflowError:
        raise _Bad("captured_at", value) from None
    return moment


def _title(value: object) -> tuple[str, str]:
    title = _text("title", value, longest=MAX_TITLE)
    key = title_key(title)
    if not key or len(key) > MAX_TITLE:  # one character can fold into eighteen
        raise _Bad("title", value)
    return title, key


def _category(value: object) -> str | None:
    return None if value is None else fold_category(_text("category", value, longest=None))


def _text(reason: str, value: object, *, longest: int | None) -> str:
    if not isinstance(value, str) or "\x00" in value:
        raise _Bad(reason, value)
    text = value.strip()
    if longest is not None and len(text) > longest:
        raise _Bad(reason, value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _Bad("encoding", ascii(value)) from None
    return text


def _rank(value: object) -> int:
    rank = _count("rank", value)
    if not rank or rank > MAX_RANK:
        raise _Bad("rank", value)
    return rank


def _count(reason: str, value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str):
        text = value.strip()
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < len(str(LARGEST)) + 1):
            raise _Bad(reason, value)
        number = int(text)
    else:
        raise _Bad(reason, value)
    if not 0 <= number <= LARGEST:
        raise _Bad(reason, value)
    return number


def _flag(value: object) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if not word:
        return None
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise _Bad("is_ad", value)


def short(value: object) -> str:
    text = str(value)
    printable = "".join(char if char.isprintable() else " " for char in text[:80])
    return printable.strip() + ("…" if len(text) > len(printable) else "")
