"""The law's closed list of events, as one is chosen from it: by theme, searched, each with what it would start."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cases.actions.applicability import laws_not_reached
from cases.actions.event import new_event
from cases.actions.rehearsal import clocks_started
from cases.law.provisions import TRAITS, Event
from cases.law.rulebook import Rule, book
from cases.models import Case, Person
from tracker.status.foretold import Foretold, in_order
from tracker.status.nouns import Titles

OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class Happening:
    """`starts`: the clocks of the law, under the authorities of this case; none where it would only be recorded."""

    name: str
    title: Titles
    starts: tuple[Titles, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """`title` is empty for what has none."""

    name: str
    title: Titles
    happenings: tuple[Happening, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What an event would start, and whose rules know it but are not reached by any authority concerned."""

    clocks: tuple[Foretold, ...]
    elsewhere: tuple[Titles, ...]


def themes(case: Case, query: str = "") -> tuple[Theme, ...]:
    """In two queries, whatever the law lists."""
    words, under = query.casefold().split(), jurisdictions(case)
    found: dict[str, list[Happening]] = {}
    for event in book().events.values():
        rules = book().started_by(event.name, None, unknown_traits=TRAITS, jurisdictions=under)
        if all(word in text(event, rules) for word in words):
            starts = tuple(titles(rule) for rule in rules)
            found.setdefault(theme_of(event), []).append(Happening(event.name, titles(event), starts))
    return tuple(Theme(name, theme_title(name), tuple(found[name])) for name in theme_names() if name in found)


def jurisdictions(case: Case) -> list[str]:
    further = case.further_authorities.order_by("pk").values_list("authority__jurisdiction", flat=True)
    return [case.lead_authority.jurisdiction, *further]


def theme_names() -> Iterator[str]:
    yield from book().themes
    yield from (name for name in book().jurisdictions if name not in book().themes)
    yield OTHER


def theme_of(event: Event) -> str:
    """Its own; else whose rules start on it."""
    if event.theme:
        return event.theme
    rules = book().started_by(event.name, None, unknown_traits=TRAITS)
    return next((rule.jurisdiction for rule in rules if rule.jurisdiction in book().jurisdictions), OTHER)


def theme_title(name: str) -> Titles:
    known: Any = book().themes.get(name) or book().jurisdictions.get(name)
    return titles(known) if known else Titles("", "")


def titles(found: Any) -> Titles:
    return Titles(found.title_en, found.title_zh, found.title_zh_hant)


def text(event: Event, rules: Collection[Rule]) -> str:
    """What a search looks in: names in all languages, and the rules by id and title."""
    parts = [event.name, *(f"{rule.id} {rule.title_en} {rule.title_zh} {rule.title_zh_hant}" for rule in rules)]
    return " ".join([*parts, event.title_en, event.title_zh, event.title_zh_hant]).casefold()


def told(case: Case, given: dict[str, Any], *, by: Person, at: datetime) -> Told:
    """Of an event as it would be logged; nothing is written."""
    event = new_event(case, **given, by=by, at=at)
    elsewhere = (book().jurisdictions.get(law) for law in laws_not_reached(event))
    return Told(in_order(clocks_started(event, by=by, at=at)), tuple(titles(law) for law in elsewhere if law))
