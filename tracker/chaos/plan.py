"""What happens when: blows spread over the storm by chance, the same for the same seed. Deals none of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

# Kind of blow → one in so many seconds, once at least.
EVERY: Final = {
    "worker killed with all it started": 12,
    "worker's sending process killed": 12,
    "worker's main process killed": 20,
    "worker killed right after the server's 250": 8,
    "beat killed": 12,
    "web killed": 15,
    "broker flushed": 20,
    "broker killed and started": 45,
    "broker stopped and started": 45,
    "PostgreSQL restarted, fast": 50,
    "PostgreSQL restarted, immediate": 50,
}
# The mail server's moods besides the open one: each has its turn in every round.
MOODS: Final = ("refuses connections", "answers 4xx", "answers slowly", "accepts and falls silent")
ROUND: Final = 60
JUMPS: Final = {"clock a day back, and forth again": (0.2, 0.3), "clock a day ahead, and back again": (0.75, 0.8)}


@dataclass(frozen=True, slots=True)
class Blow:
    """`at` and `lasts` in seconds of the storm; a killed process is down for as long as it lasts."""

    at: float
    kind: str
    lasts: float = 0.0


def blows(*, seconds: float, seed: int) -> Sequence[Blow]:
    """In order; within each kind spread evenly, with chance deciding the rest."""
    chance = Random(seed)  # noqa: S311  # a plan is no secret
    return sorted([*_strikes(seconds, chance), *_moods(seconds, chance), *_jumps(seconds, chance)], key=lambda b: b.at)


def _strikes(seconds: float, chance: Random) -> Iterator[Blow]:
    for kind, every in EVERY.items():
        count = max(1, round(seconds / every))
        for number in range(count):
            at = (number + chance.random()) * seconds / count
            yield Blow(at, kind, lasts=chance.uniform(0.1, 2.0))


def _moods(seconds: float, chance: Random) -> Iterator[Blow]:
    rounds = max(1, int(seconds // ROUND))
    turn = seconds / (rounds * len(MOODS))
    for number in range(rounds):
        order = chance.sample(MOODS, len(MOODS))
        for place, mood in enumerate(order):
            begins = (number * len(MOODS) + place) * turn
            yield Blow(begins + chance.uniform(0.1, 0.5) * turn, mood, lasts=chance.uniform(0.25, 0.45) * turn)


def _jumps(seconds: float, chance: Random) -> Iterator[Blow]:
    for kind, (earliest, latest) in JUMPS.items():
        yield Blow(chance.uniform(earliest, latest) * seconds, kind, lasts=min(8.0, seconds / 10))
