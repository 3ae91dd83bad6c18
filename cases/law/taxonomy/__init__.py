"""What the law forbids or has platforms resist, by provision, and the flagging rules a new case starts from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import resources

from cases.law.reading import Path, Source, Table, UnknownName, text

KINDS = frozenset({"illegal", "adverse", "position"})
CONFIDENCES = frozenset({"H*", "H", "M", "L"})
FILE = "cn.toml"

_INSTRUMENT = ("code", "title_en", "title_zh", "title_zh_hant", "confidence", "source")
_PROVISION = (
    "code", "kind", "confidence", "article_en", "article_zh", "title_en", "title_zh", "title_zh_hant",
    "clause_en", "clause_zh", "clause_zh_hant",
)  # fmt: skip
_DEFAULT_RULE = ("code", "provision", "title_en", "title_zh", "title_zh_hant")


@dataclass(frozen=True, slots=True)
class Instrument:
    code: str
    title_en: str
    title_zh: str
    title_zh_hant: str
    confidence: str
    source: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class Provision:
    """One clause: `illegal` (art. 6), `adverse` (art. 7), or about a key `position` (art. 11)."""

    code: str
    kind: str
    confidence: str
    article_en: str
    article_zh: str
    title_en: str
    title_zh: str
    title_zh_hant: str
    clause_en: str
    clause_zh: str
    clause_zh_hant: str
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class DefaultRule:
    """A flagging rule that a new case starts from; what it finds are candidates."""

    code: str
    provision: str
    title_en: str
    title_zh: str
    title_zh_hant: str
    categories: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Taxonomy:
    instrument: Instrument
    provisions: tuple[Provision, ...]
    defaults: tuple[DefaultRule, ...]

    @cached_property
    def by_code(self) -> dict[str, Provision]:
        return {each.code: each for each in self.provisions}

    def provision(self, code: str) -> Provision:
        try:
            return self.by_code[code]
        except KeyError:
            raise UnknownName("provision", code) from None


@cache
def taxonomy() -> Taxonomy:
    return read(resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8"))


def read(raw: str, *, file: str = FILE) -> Taxonomy:
    """Reads the data strictly; `BadRulebook` names the file, the line and what is wrong."""
    source = Source(file, raw)
    data = source.check(source.data, (), {"instrument": dict, "provision": list, "default_rule": list}, {})
    instrument = _instrument(source, data["instrument"])
    rows, rules = data["provision"], data["default_rule"]
    assert isinstance(rows, list)
    assert isinstance(rules, list)
    provisions = tuple(_provision(source, row, ("provision", n), instrument) for n, row in enumerate(rows))
    _check_unique(source, "provision", [each.code for each in provisions])
    known = frozenset(each.code for each in provisions)
    defaults = tuple(_default_rule(source, row, ("default_rule", n), known) for n, row in enumerate(rules))
    _check_unique(source, "default_rule", [each.code for each in defaults])
    return Taxonomy(instrument, provisions, defaults)


def _instrument(source: Source, row: object) -> Instrument:
    path: Path = ("instrument",)
    table = source.check(row, path, dict.fromkeys(_INSTRUMENT, str) | {"valid_from": date}, {})
    valid_from = table["valid_from"]
    assert isinstance(valid_from, date)
    _check_among(source, table, path, "confidence", CONFIDENCES)
    return Instrument(**_texts(table, _INSTRUMENT), valid_from=valid_from)


def _provision(source: Source, row: object, path: Path, instrument: Instrument) -> Provision:
    table = source.check(row, path, dict.fromkeys(_PROVISION, str), {})
    _check_among(source, table, path, "kind", KINDS)
    _check_among(source, table, path, "confidence", CONFIDENCES)
    if not text(table, "code").startswith(f"{instrument.code}-"):
        source.refuse(f"code must start with {instrument.code}-", *path, "code")
    return Provision(**_texts(table, _PROVISION), instrument=instrument)


def _default_rule(source: Source, row: object, path: Path, provisions: frozenset[str]) -> DefaultRule:
    table = source.check(row, path, dict.fromkeys(_DEFAULT_RULE, str) | {"categories": list, "words": list}, {})
    _check_among(source, table, path, "provision", provisions)
    categories = source.words(table, path, "categories", None, "category")
    words = source.words(table, path, "words", None, "word")
    if not (categories or words):
        source.refuse("a rule needs a category or a word", *path)
    return DefaultRule(**_texts(table, _DEFAULT_RULE), categories=categories, words=words)


def _texts(table: Table, keys: tuple[str, ...]) -> dict[str, str]:
    return {key: text(table, key) for key in keys}


def _check_among(source: Source, table: Table, path: Path, key: str, known: frozenset[str]) -> None:
    if table[key] not in known:
        source.refuse(f"unknown {key} {table[key]!r}", *path, key)


def _check_unique(source: Source, kind: str, codes: list[str]) -> None:
    for place, code in enumerate(codes):
        if code in codes[:place]:
            source.refuse(f"{code} is listed twice", kind, place, "code")
