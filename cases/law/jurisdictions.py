"""Whose law a rule is, and whether an authority acts under it; read from `jurisdictions.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cases.law.reading import Source


@dataclass(frozen=True)
class Jurisdiction:
    """`covers`: others whose authorities act under its law too, as those of a Member State under the Union's."""

    name: str
    title_en: str
    title_zh: str
    title_zh_hant: str
    covers: tuple[str, ...] = ()

    @property
    def reach(self) -> frozenset[str]:
        return frozenset((self.name, *self.covers))


def read_jurisdictions(source: Source) -> dict[str, Jurisdiction]:
    source.check(source.data, (), {"jurisdiction": list}, {})
    texts = dict.fromkeys(("name", "title_en", "title_zh", "title_zh_hant"), str)
    found: dict[str, Jurisdiction] = {}
    for number, value in enumerate(source.data["jurisdiction"]):  # type: ignore[arg-type,var-annotated]  # checked above
        path = ("jurisdiction", number)
        table = source.check(value, path, texts, {"covers": list})
        covers = source.words(table, path, "covers", None, "jurisdiction")
        made = Jurisdiction(**{key: str(table[key]) for key in texts}, covers=covers)
        if made.reach & named(found):
            source.refuse(f"jurisdiction {made.name!r} is given twice, or covers what another covers", *path)
        found[made.name] = made
    return found


def named(known: Mapping[str, Jurisdiction]) -> frozenset[str]:
    """Every name an authority may bear."""
    return frozenset(name for each in known.values() for name in each.reach)


def reach(known: Mapping[str, Jurisdiction], name: str) -> frozenset[str]:
    """Under a law of that name act these; a Member State's own law is for its own authorities alone."""
    return known[name].reach if name in known else frozenset((name,))
