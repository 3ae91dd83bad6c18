"""The log told briefly: one person's repeats of one act in one case become one line with how often."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tracker.status.nouns import LogRow, Titles


@dataclass(frozen=True, slots=True)
class Told:
    """The newest of the entries it stands for, and how many they are."""

    row: LogRow
    times: int = 1


def gathered(rows: Iterable[LogRow], *, most: int) -> tuple[Told, ...]:
    """Newest first, as they came. What is not the same in all of them is left out; a reason is never gathered away."""
    told: list[Told] = []
    for row in rows:
        if told and _same_act(told[-1].row, row):
            told[-1] = Told(_shared(told[-1].row, row), told[-1].times + 1)
        else:
            told.append(Told(row))
    return tuple(told[:most])


def _same_act(one: LogRow, other: LogRow) -> bool:
    if one.reason or other.reason:
        return False
    return (one.who, one.verb, one.case) == (other.who, other.verb, other.case)


def _shared(newest: LogRow, other: LogRow) -> LogRow:
    """Of different objects neither the title nor the page of one may stand for all: the case does."""
    if newest.object_uid == other.object_uid or newest.case is None:
        return newest
    return replace(newest, object_kind="case", object_uid=newest.case.uid, title=Titles("", ""))
