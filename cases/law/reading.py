"""Strict reading of the law's TOML files: an unknown or missing key, or a value of the wrong type, is
refused with the file, the line and what is wrong. It knows no rule and no calendar."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path as FilePath
from reprlib import repr as shorten
from typing import NoReturn

from cases.law.sentences import SENTENCES, Said, say

Path = tuple[str | int, ...]
Table = Mapping[str, object]


class LawError(ValueError):
    """What was asked cannot be answered by the rulebook: `said` in a code, and as text in English."""

    def __init__(self, said: Said | str) -> None:
        super().__init__(str(said))
        self.said = said


class UnknownName(LawError):
    """A rule, profile, unit, calendar, zone, event or fact that does not exist."""

    def __init__(self, kind: str, name: object, known: str = "") -> None:
        code = "unknown_of" if known else "unknown"
        super().__init__(say(code, kind=kind_said(kind), name=shorten(name), known=known))
        self.kind, self.name = kind, name


def kind_said(kind: str) -> Said | str:
    """What only the makers of the law's files read has a word in English alone."""
    code = "kind_" + kind.replace(" ", "_")
    return say(code) if code in SENTENCES else kind


class OutOfRange(LawError):
    """A date outside what the calendars or the machine can hold."""


class BadRulebook(LawError):
    """The data of the law are wrong; nothing is reckoned until they are put right."""

    def __init__(self, file: str, line: int, what: Said | str) -> None:
        super().__init__(f"{file}, line {line}: {what}")
        self.file, self.line, self.what, self.said = file, line, str(what), what


def read_file(path: FilePath) -> str:
    """The text of a file of the law; one that is no UTF-8 is refused with the line where it stops being that."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRulebook(path.name, content[: error.start].count(b"\n") + 1, say("no_utf8")) from error


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*(\"[^\"]+\"|[\w-]+)\s*=")


@dataclass(frozen=True)
class Source:
    """One TOML text, and where in it each table and key stands."""

    file: str
    text: str

    @cached_property
    def data(self) -> dict[str, object]:
        try:
            return tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = int(found[1]) if found else self.text.count("\n") + 1
            raise BadRulebook(self.file, line, say("no_toml", error=str(error))) from error
        except RecursionError as error:  # brackets within brackets by the thousand
            raise BadRulebook(self.file, 1, say("too_deep")) from error

    @cached_property
    def _lines(self) -> dict[Path, int]:
        at: Path = ()
        lines: dict[Path, int] = {(): 1}
        seen: dict[str, int] = {}
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := _HEADER.match(line):
                at = self._path(header[1], header[2], seen)
                for depth in range(1, len(at) + 1):
                    lines.setdefault(at[:depth], number)
            elif key := _KEY.match(line):
                lines.setdefault((*at, key[1].strip('"')), number)
        return lines

    @staticmethod
    def _path(bracket: str, name: str, seen: dict[str, int]) -> Path:
        names: Path = tuple(part.strip().strip('"') for part in name.split("."))
        if bracket == "[[":
            seen[name] = seen.get(name, -1) + 1
            return (*names, seen[name])
        return names

    def line_of(self, *path: str | int) -> int:
        """The line of the key or table at `path`, or of the nearest table above it."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def refuse(self, what: Said | str, *path: str | int) -> NoReturn:
        raise BadRulebook(self.file, self.line_of(*path), what)

    def check(self, table: object, path: Path, required: Mapping[str, type], optional: Mapping[str, type]) -> Table:
        """The table at `path`, when its keys are the required and perhaps the optional ones, each of its type."""
        if not isinstance(table, dict):
            self.refuse(say("table_wanted"), *path)
        for key, value in table.items():
            wanted = required.get(key) or optional.get(key)
            if wanted is None:
                self.refuse(say("unknown_key", key=repr(key)), *path, key)
            if not _is_a(value, wanted):
                self.refuse(say("wrong_type", key=key, wanted=_TYPE_WORDS[wanted], value=repr(value)), *path, key)
        for key in required:
            if key not in table or _is_blank(table[key]):
                self.refuse(say("missing_key", key=key), *path, *((key,) if key in table else ()))
        return table

    def words(self, table: Table, path: Path, key: str, known: frozenset[str] | None, kind: str) -> tuple[str, ...]:
        """The list of names under `key`, each of them among `known`."""
        names = table.get(key, [])
        assert isinstance(names, list)
        for name in names:
            if not isinstance(name, str) or not name or (known is not None and name not in known):
                self.refuse(say("unknown_in", kind=kind_said(kind), name=repr(name), key=key), *path, key)
        return tuple(names)


def _is_a(value: object, wanted: type) -> bool:
    if wanted is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if wanted is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))


_TYPE_WORDS: Mapping[type, Said] = {
    str: say("type_text"),
    int: say("type_whole_number"),
    float: say("type_number"),
    bool: say("type_truth"),
    list: say("type_list"),
    dict: say("type_table"),
    date: say("type_date"),
}


def text(table: Table, key: str) -> str:
    """The text under `key`, or "" where an optional key was left out."""
    value = table.get(key, "")
    assert isinstance(value, str)
    return value
