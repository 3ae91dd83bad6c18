"""What was measured and the goal it is held to; a goal not met is printed as such."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

WIDTHS: Final = (46, 14, 8, 8, 8, 42, 3)
HEADS: Final = ("operation", "measured", "x bare", "queries", "growth", "goal", "met")
GROWTH: Final = 1.2


@dataclass(frozen=True, slots=True)
class Goal:
    """Limits of which each is kept or not; one that is empty is not asked for."""

    seconds: float | None = None
    per_second: float | None = None
    ratio: float | None = None
    ratio_at_least: float | None = None
    queries: int | None = None
    growth: float | None = None
    megabytes: float | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One operation. `ratio` is to the bare reference of the same run, `growth` what it is to a tenth the cases."""

    name: str
    goal: Goal = Goal()
    seconds: float | None = None
    per_second: float | None = None
    ratio: float | None = None
    queries: int | None = None
    growth: float | None = None
    megabytes: float | None = None
    # Why nothing could be measured; then no goal is met.
    missing: str = ""

    def is_met(self) -> bool:
        return not self.missing and not tuple(self.unmet())

    def unmet(self) -> Iterator[str]:
        for name in ("seconds", "ratio", "queries", "growth", "megabytes"):
            limit, measured = getattr(self.goal, name), getattr(self, name)
            if limit is not None and (measured is None or measured > limit):
                yield name
        for name, least in (("per_second", self.goal.per_second), ("ratio", self.goal.ratio_at_least)):
            if least is not None and (getattr(self, name) or 0) < least:
                yield name

    def grown_from(self, smaller: "Figure") -> "Figure":
        """Of the ratio to the bare reference where there is one: a machine that grew busier meanwhile is no growth."""
        ours, theirs = (each.ratio or each.seconds for each in (self, smaller))
        return replace(self, growth=ours / theirs) if ours and theirs else self


def table(figures: Sequence[Figure]) -> Iterator[str]:
    yield _line(HEADS)
    yield _line(["-" * width for width in WIDTHS])
    for figure in figures:
        yield _line(_cells(figure))
    unmet = [figure.name for figure in figures if not figure.is_met()]
    yield ""
    yield f"{len(figures) - len(unmet)} of {len(figures)} met." + (f" Not met: {', '.join(unmet)}." if unmet else "")


def _line(cells: Sequence[str]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True)).rstrip()


def _cells(figure: Figure) -> Sequence[str]:
    return (
        figure.name,
        figure.missing or measured_text(figure),
        f"{figure.ratio:.2f}" if figure.ratio is not None else "",
        str(figure.queries) if figure.queries is not None else "",
        f"{figure.growth:.2f}" if figure.growth is not None else "",
        goal_text(figure.goal),
        "yes" if figure.is_met() else "NO",
    )


def measured_text(figure: Figure) -> str:
    parts = []
    if figure.per_second is not None:
        parts.append(f"{figure.per_second:,.0f}/s")
    elif figure.seconds is not None:
        parts.append(seconds_text(figure.seconds))
    if figure.megabytes is not None:
        parts.append(f"{figure.megabytes:.0f} MB")
    return ", ".join(parts)


def goal_text(goal: Goal) -> str:
    parts = []
    if goal.seconds is not None:
        parts.append(f"<= {seconds_text(goal.seconds)}")
    if goal.per_second is not None:
        parts.append(f">= {goal.per_second:,.0f}/s")
    if goal.ratio is not None:
        parts.append(f"<= {goal.ratio:g} x bare")
    if goal.ratio_at_least is not None:
        parts.append(f">= {goal.ratio_at_least:g} x")
    if goal.queries is not None:
        parts.append(f"<= {goal.queries} queries")
    if goal.growth is not None:
        parts.append(f"growth <= {goal.growth:g}")
    if goal.megabytes is not None:
        parts.append(f"<= {goal.megabytes:g} MB")
    return ", ".join(parts) or "-"


def seconds_text(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
