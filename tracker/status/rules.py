"""The rulebook as it is looked up: its rules found by filter and by words, one rule with its versions and its kin.

It reads the law alone; the deadlines that rest on a rule are the only rows asked for, and only those one may know of.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Final

from cases.law.rulebook import Profile, Rule, Rulebook
from cases.models import Person
from tracker.status.listings import deadlines_list
from tracker.status.nouns import Clock, Titles

JURISDICTIONS: Final = ("CN", "EU", "UK", "IN", "SG", "ID", "AU", "US", "HK")
STANDINGS: Final = ("in_force", "history", "not_used")
MOST_DEADLINES: Final = 20
# Where the article begins, in a citation that names the instrument first.
_ARTICLE_EN: Final = re.compile(
    r"[\s,]+(?:arts?|ss?|secs?|sections?|regs?|regulations?|rules?|cls?|paras?)\b\.?\s*\d.*$"
)
_ARTICLE_ZH: Final = re.compile(r"第[一二三四五六七八九十百零〇\d]+条.*$")
WORDS: Final = (
    "id", "title_en", "title_zh", "title_zh_hant", "citation_en", "citation_zh", "clause", "consequence_en",
    "consequence_zh", "note_en", "note_zh",
)  # fmt: skip
_UNTOLD: Final = frozenset({"id", "valid_from", "valid_to"})  # what sets versions apart by nature is no difference


@dataclass(frozen=True, slots=True)
class RuleFilters:
    """`standing`: in_force, history (a version that no longer is) or not_used (disabled or unverified)."""

    jurisdiction: str = ""
    kind: str = ""
    actor: str = ""
    standing: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """The version in force on the day, else the newest."""

    rule: Rule
    profile: Profile | None
    is_in_force: bool
    is_used: bool
    versions: int


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rules of one instrument of one jurisdiction."""

    jurisdiction: str
    instrument: Titles
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version; `changed` names what it says otherwise than the one before."""

    rule: Rule
    is_in_force: bool
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """`row` is the version shown; `caps` are the rules that cap it, `capped` the one it caps."""

    row: RuleRow
    jurisdiction: str
    instrument: Titles
    versions: tuple[Version, ...]
    creates: tuple[Rule, ...]
    created_by: tuple[Rule, ...]
    caps: tuple[Rule, ...]
    capped: Rule | None
    deadlines: tuple[Clock, ...]


def jurisdiction_of(rule: Rule) -> str:
    """By the rule's own word, where the law's data gives one; else by the first letters of its id."""
    return str(getattr(rule, "jurisdiction", "")) or rule.id.partition("-")[0]


def instrument_of(rule: Rule) -> Titles:
    """The citation without its article."""
    return Titles(
        _ARTICLE_EN.sub("", rule.citation_en).strip(" ,"), _ARTICLE_ZH.sub("", rule.citation_zh).strip(" ，、")
    )


def is_used(rule: Rule) -> bool:
    """What is disabled or of weak confidence starts no clock."""
    return rule.enabled and rule.confidence != "L"


def jurisdictions(law: Rulebook) -> tuple[str, ...]:
    found = {jurisdiction_of(rule) for rule in law.rules}
    return (*(name for name in JURISDICTIONS if name in found), *sorted(found - set(JURISDICTIONS)))


def kinds(law: Rulebook) -> frozenset[str]:
    return frozenset(rule.kind for rule in law.rules)


def rule_groups(law: Rulebook, wanted: RuleFilters, *, today: date) -> tuple[RuleGroup, ...]:
    """In the order of the jurisdictions; an instrument stands where its first rule does."""
    rows = [
        row_of(versions, law, today=today) for versions in law.by_id.values() if _is_wanted(versions, wanted, today)
    ]
    order = {name: n for n, name in enumerate(jurisdictions(law))}
    rows.sort(key=lambda row: (order[jurisdiction_of(row.rule)], _id_key(row.rule.id)))
    first: dict[tuple[str, str], int] = {}
    for n, row in enumerate(rows):
        first.setdefault(_group_key(row), n)
    rows.sort(key=lambda row: first[_group_key(row)])
    return tuple(
        RuleGroup(key[0], instrument_of(members[0].rule), tuple(members))
        for key, members in ((key, list(found)) for key, found in groupby(rows, key=_group_key))
    )


def row_of(versions: Sequence[Rule], law: Rulebook, *, today: date) -> RuleRow:
    rule = next((version for version in versions if version.in_force(today)), versions[-1])
    profile = law.profile(rule.profile) if rule.profile else None
    return RuleRow(rule, profile, rule.in_force(today), is_used(rule), len(versions))


def _id_key(rule_id: str) -> tuple[str, int, str]:
    """CN-9 before CN-12 before CN-12b."""
    place, _dash, rest = rule_id.partition("-")
    number = re.match(r"\d+", rest)
    return place, int(number[0]) if number else 0, rest


def _group_key(row: RuleRow) -> tuple[str, str]:
    named = instrument_of(row.rule)
    return jurisdiction_of(row.rule), named.en or named.zh


def _is_wanted(versions: Sequence[Rule], wanted: RuleFilters, today: date) -> bool:
    newest = versions[-1]
    plain = (
        (wanted.jurisdiction, jurisdiction_of(newest)),
        (wanted.kind, newest.kind),
        (wanted.actor, newest.actor),
    )
    if any(asked and asked != found for asked, found in plain):
        return False
    if wanted.standing and wanted.standing not in _standings(versions, today):
        return False
    words = folded(wanted.words).split()
    return not words or any(all(word in folded(text_of(rule)) for word in words) for rule in versions)


def _standings(versions: Sequence[Rule], today: date) -> Iterator[str]:
    if any(rule.in_force(today) and is_used(rule) for rule in versions):
        yield "in_force"
    if any(rule.valid_to and rule.valid_to < today for rule in versions):
        yield "history"
    if not is_used(versions[-1]):
        yield "not_used"


def text_of(rule: Rule) -> str:
    """All that a rule says in words; Chinese has no spaces, so what is sought is sought anywhere in it."""
    return "\n".join(str(getattr(rule, name)) for name in WORDS)


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def rule_page(law: Rulebook, rule_id: str, person: Person, *, now: datetime, today: date) -> RulePage:
    """Raises UnknownName for a rule there is not."""
    versions = law.versions(rule_id)
    row = row_of(versions, law, today=today)
    rule = row.rule
    found = deadlines_list(person, now=now, filters={"rule_id": rule.id}, size=MOST_DEADLINES)
    return RulePage(
        row=row,
        jurisdiction=jurisdiction_of(rule),
        instrument=instrument_of(rule),
        versions=_versions(versions, today),
        creates=_newest(law, rule.creates),
        created_by=tuple(other for other in law.rules if rule.id in other.creates),
        caps=law.caps(rule),
        capped=law.versions(rule.cap_of)[-1] if rule.cap_of else None,
        deadlines=found.rows,
    )


def _newest(law: Rulebook, names: Iterable[str]) -> tuple[Rule, ...]:
    return tuple(law.versions(name)[-1] for name in names)


def _versions(versions: Sequence[Rule], today: date) -> tuple[Version, ...]:
    """Newest first; the oldest has nothing to differ from."""
    changes: list[tuple[str, ...]] = [(), *(differences(older, newer) for older, newer in pairwise(versions))]
    told = [Version(rule, rule.in_force(today), changed) for rule, changed in zip(versions, changes, strict=True)]
    return tuple(reversed(told))


def differences(older: Rule, newer: Rule) -> tuple[str, ...]:
    names = (field.name for field in fields(Rule) if field.name not in _UNTOLD)
    return tuple(name for name in names if getattr(older, name) != getattr(newer, name))
