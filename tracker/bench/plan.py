"""The run: which operations there are, in which order, on how many cases; every figure is told as it comes."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Final

from tracker.bench import arrangement, law, lists, watch, web
from tracker.bench.figures import Figure
from tracker.bench.filling import Cast, fill_cases, fill_clocks, fill_ground

PARTS: Final = ("web", "watch", "law", "import", "calendar")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured; smaller for a look, the whole for figures to keep."""

    cases: int = 100_000
    deadlines: int = 1_000_000
    due: int = 1000
    lines: int = 100_000
    hours: int = lists.HOURS
    rounds: int = 31


WHOLE: Final = Sizes()
FEWEST_ROUNDS: Final = 3


def sizes_for(cases: int) -> Sizes:
    """The whole, or as small a part of everything as of the cases."""
    share = min(1.0, cases / WHOLE.cases)
    due, lines, hours = (int(each * share) for each in (WHOLE.due, WHOLE.lines, WHOLE.hours))
    rounds = WHOLE.rounds if cases >= WHOLE.cases // 10 else FEWEST_ROUNDS
    return Sizes(cases, 10 * cases, max(10, due), max(100, lines), max(5, hours), rounds)


@dataclass(slots=True)
class Bench:
    """One run on one scratch database and one running server."""

    base: str
    place: Path
    sizes: Sizes
    now: Callable[[], datetime]
    only: Collection[str]
    say: Say
    started: float = field(default_factory=perf_counter)

    def run(self) -> Iterator[Figure]:
        if {"web", "watch", "import", "calendar"} & set(self.only):
            cast = fill_ground(at=self.now())
            yield from self._on_cases(cast)
        if "law" in self.only:
            self.tell("reckoning clocks")
            yield from law.figures(lines=self.sizes.lines, place=self.place)

    def _on_cases(self, cast: Cast) -> Iterator[Figure]:
        small = self.sizes.cases // 10
        self._fill(1, small, cast)
        before = self._web(cast) if "web" in self.only else {}
        self._fill(small + 1, self.sizes.cases, cast)
        after = self._web(cast) if "web" in self.only else {}
        for name, figure in after.items():
            yield figure.grown_from(before[name])
        if "watch" in self.only:
            self.tell("sweeping")
            yield from watch.figures(due=self.sizes.due, at=self.now())
        if "import" in self.only:
            self.tell("importing a list")
            yield lists.figure(hours=self.sizes.hours, cast=cast, place=self.place, at=self.now())
        if "calendar" in self.only:
            self.tell("importing an arrangement")
            yield arrangement.figure(self.sizes.cases, cast=cast, place=self.place, at=self.now())
        if "watch" in self.only:
            yield from self._on_many_deadlines(cast)

    def _on_many_deadlines(self, cast: Cast) -> Iterator[Figure]:
        """Last, since no other figure is of so many."""
        cases, deadlines = self.sizes.cases, self.sizes.deadlines
        self.tell(f"filling deadlines {cases + 1:,} to {deadlines:,}")
        fill_clocks(cases + 1, deadlines, cases=cases, cast=cast, at=self.now())
        self.tell(f"sweeping {deadlines:,} deadlines")
        yield from watch.figures_of_many(deadlines, due=self.sizes.due, at=self.now())

    def _fill(self, first: int, last: int, cast: Cast) -> None:
        self.tell(f"filling cases {first:,} to {last:,}")
        fill_cases(first, last, cast=cast, at=self.now())

    def _web(self, cast: Cast) -> Mapping[str, Figure]:
        bare = web.by_token(self.base, cast.reader)
        found = {}
        for operation in web.operations(self.base, cast):
            self.tell(operation.name)
            found[operation.name] = web.measure(operation, bare, rounds=self.sizes.rounds)
        return found

    def tell(self, what: str) -> None:
        self.say(f"{perf_counter() - self.started:6.1f} s  {what}")
