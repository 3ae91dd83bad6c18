"""Folds titles and categories into the forms in which they are compared."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

UNCLASSIFIED = "暂无"
MAX_CATEGORY = 60

_VARIATION_SELECTORS = frozenset("\ufe0e\ufe0f")


@lru_cache(maxsize=65536)
def title_key(title: str) -> str:
    """The form in which titles are compared: folded, without invisible characters and the marks of a #topic#."""
    before, key = None, title
    while key != before:  # taking something out can bring together what folds further
        before, key = key, _folded_once(key)
    return key


def _folded_once(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    folded = " ".join(_visible(folded).split())
    return folded.strip("# ") if folded.startswith("#") else folded


def _visible(text: str) -> str:
    if text.isprintable() and not _VARIATION_SELECTORS.intersection(text):
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in _VARIATION_SELECTORS or unicodedata.category(char) in {"Cf", "Co", "Cs", "Cn"}:
        return ""
    return char if char.isprintable() else " "


@lru_cache(maxsize=4096)
def fold_category(raw: str) -> str | None:
    """The category the board published, or None where it published none.

    Scraped values may carry further lines of page furniture and private-use characters: the first line that
    says something is the category.
    """
    for line in raw.splitlines():
        told = " ".join(_visible(unicodedata.normalize("NFKC", line)).split())
        if told:
            return None if told == UNCLASSIFIED else told[:MAX_CATEGORY]
    return None
