"""How each provision is read from its TOML table: every key known, every rule cited and dated, every name it uses on
the closed lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, TypeVar

from cases.law.calendars import Calendar, zone_named
from cases.law.provisions import (
    ACTORS,
    CITED,
    CONFIDENCES,
    COUNTED_KINDS,
    MEASURE_KINDS,
    RULE_KINDS,
    TRAITS,
    UNITS,
    Named,
    Names,
    Profile,
    Rule,
    Vocabulary,
)  # fmt: skip
from cases.law.reading import Path, Source, Table, UnknownName, text

N = TypeVar("N", bound=Named)


def _tables(source: Source, key: str) -> Iterator[tuple[Path, object]]:
    tables = source.data.get(key)
    if not isinstance(tables, list):
        source.refuse(f"[[{key}]] is wanted")
    yield from (((key, i), table) for i, table in enumerate(tables))


def read_named(
    source: Source, key: str, cls: Callable[..., N], may: Mapping[str, type], among: Mapping[str, Names]
) -> dict[str, N]:
    """The themes, events or facts of events.toml, with what each `may` say besides, some of it `among` given names."""
    named: dict[str, N] = {}
    for path, value in _tables(source, key):
        table = source.check(value, path, {"name": str, **_TITLES}, may)
        for word in set(may) & set(among):
            _one_of(source, table, path, word, among[word])
        if text(table, "name") in named:
            source.refuse(f"{key} {table['name']!r} is given twice", *path)
        named[text(table, "name")] = cls(**table)
    return named


_TITLES: Mapping[str, type] = {"title_en": str, "title_zh": str, "title_zh_hant": str}
_PROFILE: Mapping[str, type] = {**_TITLES, "units": list, "rolls": bool, "basis": str, "confidence": str}
_PROFILE_MAY: Mapping[str, type] = {
    **dict.fromkeys(("zone", "calendar", "note"), str),
    "short_days": int,
    "strict_hour": bool,
    "cite": dict,
}


def read_profiles(source: Source, calendars: Mapping[str, Calendar]) -> dict[str, Profile]:
    """The ways of counting in profiles.toml."""
    source.check(source.data, (), {"profiles": dict}, {})
    profiles = source.data["profiles"]
    assert isinstance(profiles, dict)
    return {name: _profile(source, name, value, calendars) for name, value in profiles.items()}


def _profile(source: Source, name: str, value: object, calendars: Mapping[str, Calendar]) -> Profile:
    path: Path = ("profiles", name)
    table = source.check(value, path, _PROFILE, _PROFILE_MAY)
    units = source.words(table, path, "units", frozenset(UNITS), "unit")
    hours = "hour" in units
    if not units or (hours and len(units) > 1):
        source.refuse("units must be hour alone, or units of days", *path, "units")
    _one_of(source, table, path, "calendar", frozenset(calendars))
    _one_of(source, table, path, "confidence", CONFIDENCES)
    if text(table, "zone"):
        try:
            zone_named(text(table, "zone"))
        except UnknownName as error:
            source.refuse(str(error), *path, "zone")
    short, strict = table.get("short_days", 0), table.get("strict_hour", False)
    assert isinstance(short, int)
    assert isinstance(strict, bool)
    return Profile(
        name=name,
        **{key: text(table, key) for key in (*_TITLES, "zone", "calendar", "basis", "confidence", "note")},
        units=units,
        rolls=table["rolls"] is True,
        short_days=short,
        strict_hour=strict,
        cites=_cites(source, table, path),
    )


def _cites(source: Source, table: Table, path: Path) -> Mapping[str, str]:
    cites = table.get("cite", {})
    return source.check(cites, (*path, "cite"), {}, dict.fromkeys(CITED, str))  # type: ignore[return-value]


def _one_of(source: Source, table: Table, path: Path, key: str, known: Names) -> None:
    if key in table and table[key] not in known:
        source.refuse(f"unknown {key} {table[key]!r}", *path, key)


RULE_ID: Final = re.compile(r"[A-Z]{2}-\d{2}[a-z]?")
_RULE: Mapping[str, type] = {
    **dict.fromkeys(("id", *_TITLES, "kind", "actor", "citation_en", "citation_zh", "confidence", "source"), str),
    "facts": list,
    "valid_from": date,
}
_RULE_MAY: Mapping[str, type] = {
    **dict.fromkeys(("clause", "unit", "profile", "calendar", "direction", "extends", "on_expiry"), str),
    **dict.fromkeys(("restarts_on", "cap_of", "cap_when", "instead_of", "jurisdiction"), str),
    **dict.fromkeys(("consequence_en", "consequence_zh", "note_en", "note_zh", "reviewed_by", "gap"), str),
    **dict.fromkeys(
        ("starts_on", "applies_to", "only_for", "not_for", "plus", "suspended_by", "creates", "bars"), list
    ),
    "amount": float,
    "at_least": dict,
    "cite": dict,
    "counts_trigger_day": bool,
    "valid_to": date,
    "enabled": bool,
}


def read_rules(sources: list[Source], known: Vocabulary) -> dict[str, tuple[Rule, ...]]:
    """Every rule of the files, its versions oldest first."""
    found: dict[str, list[Rule]] = {}
    places: list[tuple[Source, Path, Rule]] = []
    for source in sources:
        source.check(source.data, (), {"rule": list, "jurisdiction": str}, {})
        _one_of(source, source.data, (), "jurisdiction", known.jurisdictions)
        for path, value in _tables(source, "rule"):
            rule = _rule(source, path, value, known)
            if not RULE_ID.fullmatch(rule.id):
                source.refuse(f"{rule.id!r} is not the id of a rule: CN-12, CN-27b", *path, "id")
            found.setdefault(rule.id, []).append(rule)
            places.append((source, path, rule))
    for source, path, rule in places:
        _check_among(source, path, rule, found)
    return {rule_id: tuple(sorted(rules, key=lambda rule: rule.valid_from)) for rule_id, rules in found.items()}


def _rule(source: Source, path: Path, value: object, known: Vocabulary) -> Rule:
    table = source.check(value, path, _RULE, _RULE_MAY)
    for key, words in (
        ("kind", RULE_KINDS),
        ("actor", ACTORS),
        ("confidence", CONFIDENCES),
        ("profile", frozenset(known.profiles)),
        ("calendar", frozenset(known.calendars)),
        ("direction", frozenset({"forward", "back"})),
        ("extends", frozenset({"due", "trigger"})),
        ("on_expiry", frozenset(known.events)),
        ("jurisdiction", known.jurisdictions),
    ):
        _one_of(source, table, path, key, words)
    rule = _made(source, path, table, known)
    _check_alone(source, path, rule, known)
    return rule


def _made(source: Source, path: Path, table: Table, known: Vocabulary) -> Rule:
    events, traits = frozenset(known.events), TRAITS
    valid_from, valid_to, amount = table["valid_from"], table.get("valid_to"), table.get("amount")
    assert isinstance(valid_from, date)
    assert isinstance(valid_to, date | None)
    assert isinstance(amount, int | float | None)
    texts = {key: text(table, key) for key, wanted in {**_RULE, **_RULE_MAY}.items() if wanted is str}
    texts["direction"] = texts["direction"] or "forward"
    texts["extends"] = texts["extends"] or "due"
    texts["jurisdiction"] = texts["jurisdiction"] or text(source.data, "jurisdiction")
    return Rule(
        **texts,
        starts_on=source.words(table, path, "starts_on", events, "event"),
        applies_to=source.words(table, path, "applies_to", MEASURE_KINDS, "measure kind"),
        only_for=source.words(table, path, "only_for", traits, "trait"),
        not_for=source.words(table, path, "not_for", traits, "trait"),
        facts=source.words(table, path, "facts", frozenset(known.facts), "fact"),
        suspended_by=source.words(table, path, "suspended_by", events, "event"),
        creates=source.words(table, path, "creates", None, "rule"),
        bars=source.words(table, path, "bars", None, "rule"),
        amount=amount,
        plus=_plus(source, path, table),
        at_least=_at_least(source, path, table),
        cites=_cites(source, table, path),
        counts_trigger_day=table.get("counts_trigger_day") is True,
        valid_from=valid_from,
        valid_to=valid_to,
        enabled=table.get("enabled", True) is True,
    )


def _plus(source: Source, path: Path, table: Table) -> tuple[tuple[int | float, str], ...]:
    parts = table.get("plus", [])
    assert isinstance(parts, list)
    checked = [source.check(part, (*path, "plus"), {"amount": int, "unit": str}, {}) for part in parts]
    return tuple((part["amount"], part["unit"]) for part in checked)  # type: ignore[misc]  # checked just above


def _at_least(source: Source, path: Path, table: Table) -> tuple[int, str] | None:
    """The shortest period an order may set."""
    if "at_least" not in table:
        return None
    part = source.check(table["at_least"], (*path, "at_least"), {"amount": int, "unit": str}, {})
    if part["unit"] not in UNITS:
        source.refuse(f"unknown unit {part['unit']!r}", *path, "at_least")
    return part["amount"], part["unit"]  # type: ignore[return-value]  # checked just above


def _check_alone(source: Source, path: Path, rule: Rule, known: Vocabulary) -> None:
    """What must hold within one rule."""
    if not rule.facts:
        source.refuse("a rule needs the fact it starts from", *path, "facts")
    if rule.valid_to and rule.valid_to < rule.valid_from:
        source.refuse(f"valid_to {rule.valid_to} lies before valid_from {rule.valid_from}", *path, "valid_to")
    if not (rule.starts_on or rule.cap_of):
        source.refuse("no event starts this rule, so it can never run", *path, "starts_on")
    if rule.confidence == "L" and rule.enabled:
        source.refuse("a rule of confidence L ships with enabled = false", *path, "confidence")
    _check_further_facts(source, path, rule)
    if rule.kind in COUNTED_KINDS:
        _check_period(source, path, rule, known)
    elif rule.amount is not None or rule.unit or rule.plus:
        at = "amount" if rule.amount else "unit"
        source.refuse(f"a rule of kind {rule.kind} has no period of its own", *path, at)


def _check_further_facts(source: Source, path: Path, rule: Rule) -> None:
    if rule.restarts_on and rule.restarts_on not in rule.facts[1:]:
        source.refuse(f"restarts_on {rule.restarts_on!r} is not a further fact of the rule", *path, "restarts_on")
    if rule.cap_when and not rule.cap_of:
        source.refuse("cap_when stands only in a rule that is the cap_of another", *path, "cap_when")
    if rule.instead_of and not rule.only_for:
        source.refuse("instead_of stands only in a rule that is only_for some", *path, "instead_of")
    if rule.bars and rule.kind != "gate":
        source.refuse("bars stands only in a rule of kind gate", *path, "bars")
    if rule.at_least and rule.kind != "ordered":
        source.refuse("at_least stands only in a rule of kind ordered", *path, "at_least")


def _check_period(source: Source, path: Path, rule: Rule, known: Vocabulary) -> None:
    if rule.amount is None or not rule.unit or not rule.profile:
        source.refuse(f"a rule of kind {rule.kind} needs amount, unit and profile", *path)
    units = known.profiles[rule.profile].units
    for amount, unit in rule.parts:
        if unit not in UNITS:
            source.refuse(f"unknown unit {unit!r}", *path, "unit")
        if unit not in units:
            source.refuse(f"profile {rule.profile} does not count in {unit}", *path, "unit")
        if amount <= 0 or (amount % 1 and unit != "hour"):
            source.refuse(f"{amount} {unit} is not a period", *path, "amount")


def _check_among(source: Source, path: Path, rule: Rule, found: Mapping[str, list[Rule]]) -> None:
    """What must hold between the rules."""
    for key, names in (
        ("creates", rule.creates),
        ("bars", rule.bars),
        ("cap_of", (rule.cap_of,) if rule.cap_of else ()),
        ("instead_of", (rule.instead_of,) if rule.instead_of else ()),
    ):
        for name in names:
            if name not in found:
                source.refuse(f"unknown rule {name!r} in {key}", *path, key)
    versions = sorted(found[rule.id], key=lambda version: version.valid_from)
    for older, newer in pairwise(versions):
        if newer is rule and (older.valid_to is None or older.valid_to >= newer.valid_from):
            source.refuse(f"{rule.id} has two versions in force on {newer.valid_from}", *path, "valid_from")
    _check_gap(source, path, rule, versions)


def _check_gap(source: Source, path: Path, rule: Rule, versions: Sequence[Rule]) -> None:
    """Days between two versions on which none was in force are a mistake, unless the later says why there are any."""
    older = [version for version in versions if version.valid_from < rule.valid_from]
    end = older[-1].valid_to if older else None
    is_gap = end is not None and end + timedelta(days=1) < rule.valid_from
    if is_gap and not rule.gap:
        source.refuse(
            f"{rule.id} has no version between {end} and {rule.valid_from}: say why in gap", *path, "valid_from"
        )
    if rule.gap and not is_gap:
        source.refuse("gap stands only in a version that does not follow the one before it at once", *path, "gap")
