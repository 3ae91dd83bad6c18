"""What a breach may cost: fines by tier, and what may be ordered besides, each version with its article.

The version in force at the time of the conduct applies, or a later lighter one (行政处罚法 37). Which is lighter is
said only where every figure agrees; otherwise both are shown and counsel decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from cases.law.provisions import CONFIDENCES, MEASURE_KINDS
from cases.law.reading import Path as At
from cases.law.reading import Source, Table, text

FILE = "liability.toml"


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of gravity: money in whole units, `share_most` in percent of turnover, None if unsaid."""

    when_en: str
    when_zh: str
    when_zh_hant: str
    entity_least: int | None
    entity_most: int | None
    person_least: int | None
    person_most: int | None
    share_most: float | None
    besides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Liability:
    """One version of one provision on what a breach costs."""

    id: str
    rules: tuple[str, ...]
    citation_en: str
    citation_zh: str
    currency: str
    confidence: str
    source: str
    valid_from: date
    valid_to: date | None
    tiers: tuple[Tier, ...]

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def most(self) -> tuple[float, float, float]:
        """The worst for the entity, for a person, and by turnover."""
        return (
            max(tier.entity_most or 0 for tier in self.tiers),
            max(tier.person_most or 0 for tier in self.tiers),
            max(tier.share_most or 0 for tier in self.tiers),
        )

    @property
    def besides(self) -> frozenset[str]:
        return frozenset(kind for tier in self.tiers for kind in tier.besides)


@dataclass(frozen=True, slots=True)
class Exposure:
    """The version that applies, and why (a code); where that is not settled, `others` may apply instead.

    Codes: conduct (the law at that time), later_lighter, one_version, conduct_unknown, spans_change, undetermined.
    """

    leading: Liability
    why: str
    others: tuple[Liability, ...] = ()


def exposures(
    rule_id: str, *, conduct_from: date | None, conduct_until: date | None, on: date, known: Liabilities | None = None
) -> tuple[Exposure, ...]:
    """What breaching the rule may cost, judged on the day `on`; one entry a provision, none where none is known."""
    found = (known or liabilities()).behind(rule_id)
    judged = (_exposure(versions, conduct_from, conduct_until, on) for versions in found)
    return tuple(exposure for exposure in judged if exposure)


def _exposure(
    versions: tuple[Liability, ...], conduct_from: date | None, conduct_until: date | None, on: date
) -> Exposure | None:
    known = [version for version in versions if version.valid_from <= on]
    if not known:
        return None
    first, last = conduct_from or conduct_until, conduct_until or conduct_from
    if len(known) == 1:
        return Exposure(known[0], "one_version") if last is None or known[0].in_force(last) else None
    if first is None or last is None:
        return Exposure(known[-1], "conduct_unknown", tuple(known[:-1]))
    of_conduct = [version for version in known if version.valid_from <= last and not _ended(version, first)]
    if not of_conduct:
        return None
    leading, spanned = of_conduct[-1], tuple(of_conduct[:-1])
    if spanned:
        return Exposure(leading, "spans_change", spanned)
    return _or_lighter(leading, next(version for version in reversed(known) if version.valid_from <= on))


def _ended(version: Liability, before: date) -> bool:
    return version.valid_to is not None and version.valid_to < before


def _or_lighter(then: Liability, now: Liability) -> Exposure:
    if now is then or is_lighter(then, now):
        return Exposure(then, "conduct")
    if is_lighter(now, then):
        return Exposure(now, "later_lighter", (then,))
    return Exposure(then, "undetermined", (now,))


def is_lighter(one: Liability, other: Liability) -> bool:
    """Nothing in it is worse than in the other, and something is better. False also where they cannot be compared."""
    if one.currency != other.currency or not one.besides <= other.besides:
        return False
    no_worse = all(ours <= theirs for ours, theirs in zip(one.most, other.most, strict=True))
    return no_worse and (one.most, one.besides) != (other.most, other.besides)


# ---- Reading ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Liabilities:
    """Every provision on what a breach costs: its versions, oldest first."""

    by_id: Mapping[str, tuple[Liability, ...]]

    def behind(self, rule_id: str) -> tuple[tuple[Liability, ...], ...]:
        return tuple(versions for versions in self.by_id.values() if any(rule_id in each.rules for each in versions))

    @property
    def rule_ids(self) -> frozenset[str]:
        return frozenset(name for versions in self.by_id.values() for each in versions for name in each.rules)


@lru_cache(maxsize=1)
def liabilities() -> Liabilities:
    """What ships with Casebook."""
    return read_liabilities((Path(__file__).parent / FILE).read_text("utf-8"))


_WANTED: Mapping[str, type] = {
    **dict.fromkeys(("id", "citation_en", "citation_zh", "currency", "confidence", "source"), str),
    "rules": list,
    "valid_from": date,
    "tier": list,
}
_MONEY = ("entity_least", "entity_most", "person_least", "person_most")
_TIER_MAY: Mapping[str, type] = {**dict.fromkeys(_MONEY, int), "share_most": float, "besides": list}


def read_liabilities(content: str, file: str = FILE) -> Liabilities:
    """From the TOML text, strictly; a mistake raises BadRulebook with file and line."""
    source = Source(file, content)
    source.check(source.data, (), {"liability": list}, {})
    tables = source.data["liability"]
    assert isinstance(tables, list)
    by_id: dict[str, list[Liability]] = {}
    for i, table in enumerate(tables):
        version = _liability(source, ("liability", i), table)
        by_id.setdefault(version.id, []).append(version)
    for versions in by_id.values():
        versions.sort(key=lambda version: version.valid_from)
        for older, newer in pairwise(versions):
            if older.valid_to is None or older.valid_to >= newer.valid_from:
                source.refuse(f"{newer.id} has two versions in force on {newer.valid_from}")
    return Liabilities({name: tuple(versions) for name, versions in by_id.items()})


def _liability(source: Source, path: At, value: object) -> Liability:
    table = source.check(value, path, _WANTED, {"valid_to": date})
    if table["confidence"] not in CONFIDENCES:
        source.refuse(f"unknown confidence {table['confidence']!r}", *path, "confidence")
    valid_from, valid_to, tiers = table["valid_from"], table.get("valid_to"), table["tier"]
    assert isinstance(valid_from, date)
    assert isinstance(valid_to, date | None)
    assert isinstance(tiers, list)
    if not tiers:
        source.refuse("a liability needs a tier", *path, "tier")
    return Liability(
        **{key: text(table, key) for key, wanted in _WANTED.items() if wanted is str},
        rules=source.words(table, path, "rules", None, "rule"),
        valid_from=valid_from,
        valid_to=valid_to,
        tiers=tuple(_tier(source, (*path, "tier"), tier) for tier in tiers),
    )


def _tier(source: Source, path: At, value: object) -> Tier:
    table = source.check(value, path, {"when_en": str, "when_zh": str, "when_zh_hant": str}, _TIER_MAY)
    for least, most in (_MONEY[:2], _MONEY[2:]):
        if _money(table, least) is not None and (_money(table, least) or 0) > (_money(table, most) or 0):
            source.refuse(f"{least} is more than {most}", *path)
    share = table.get("share_most")
    assert isinstance(share, int | float | None)
    return Tier(
        when_en=text(table, "when_en"),
        when_zh=text(table, "when_zh"),
        when_zh_hant=text(table, "when_zh_hant"),
        **{key: _money(table, key) for key in _MONEY},
        share_most=share,
        besides=source.words(table, path, "besides", MEASURE_KINDS, "measure kind"),
    )


def _money(table: Table, key: str) -> int | None:
    amount = table.get(key)
    assert isinstance(amount, int | None)
    return amount
