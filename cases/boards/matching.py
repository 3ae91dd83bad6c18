"""Finds, for one row of a board, the flagging rules it meets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cases.boards.entries import Entry
from cases.boards.folding import fold_category, title_key


class Pattern(NamedTuple):
    """What one flagging rule is after: a row in one of its categories and with one of its words.

    Left empty, either is no condition. A category covers its children: 明星 covers 明星-内地.
    """

    uid: str
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class Matcher:
    """Finds, for each entry, the patterns it meets, in the order given."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = tuple(_checked(pattern) for pattern in patterns)
        self._by_category: dict[str | None, tuple[Pattern, ...]] = {}

    def match(self, entry: Entry) -> tuple[str, ...]:
        found = self._by_category.get(entry.category)
        if found is None:
            found = tuple(each for each in self._patterns if _covers(each, entry.category))
            self._by_category[entry.category] = found
        key = entry.title_key
        return tuple([each.uid for each in found if not each.words or any(word in key for word in each.words)])


def matches(entry: Entry, *, patterns: Iterable[Pattern]) -> tuple[str, ...]:
    return Matcher(patterns).match(entry)


def _checked(pattern: Pattern) -> Pattern:
    categories = tuple(fold_category(each) for each in pattern.categories)
    words = tuple(title_key(word) for word in pattern.words)
    if not (categories or words):
        raise ValueError(f"{pattern.uid}: neither category nor word")
    if None in categories or "" in words:
        raise ValueError(f"{pattern.uid}: a category or word that says nothing")
    return Pattern(pattern.uid, tuple(each.casefold() for each in categories if each), words)


def _covers(pattern: Pattern, category: str | None) -> bool:
    if not pattern.categories:
        return True
    if category is None:
        return False
    told = category.casefold()
    return any(told == each or told.startswith(f"{each}-") for each in pattern.categories)
