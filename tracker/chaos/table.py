"""What was done and what came of it, in lines to print."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tracker.chaos.verdict import Verdict
from tracker.models import ReminderState

WIDTH: Final = 52
LONGEST: Final = 20


def done(counts: Mapping[str, int]) -> Iterator[str]:
    yield f"{'what was done':{WIDTH}}  times"
    yield f"{'-' * WIDTH}  -----"
    for what, count in counts.items():
        yield f"{what:{WIDTH}}  {count:>5}"


def came(verdict: Verdict, *, started: float) -> Iterator[str]:
    sent = verdict.count(ReminderState.SENT)
    yield (
        f"{sent} words sent, {verdict.climbed()} of them to somebody higher up; "
        f"{len(verdict.kept)} deliveries in the mail server's journal"
    )
    yield f"the mail server refused {verdict.refusals()} times with 4xx or 5xx"
    for (state, reason, answer), count in sorted(verdict.reasons().items()):
        yield f"{state} {count}: {reason} {answer}".rstrip()
    yield from _some(verdict.lost)
    yield from (
        f"twice: {each.what}, delivered first at {each.first_at - started:.3f} s; "
        + (f"{each.cut.name} at {each.cut.since - started:.3f} s" if each.cut else "NOTHING EXPLAINS IT")
        for each in verdict.twice
    )
    yield f"lost {len(verdict.lost)}"
    most = "the kills and cuts that fell between the server's 250 and the commit"
    yield f"duplicates {len(verdict.twice)} (at most {verdict.explained}: {most})"


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"LOST: {line}" for line in lines[:LONGEST])
    if len(lines) > LONGEST:
        yield f"LOST: and {len(lines) - LONGEST} more"
