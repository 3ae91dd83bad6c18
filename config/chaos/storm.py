"""Deals the blows of a plan, each at its time, and keeps every process running that is not meant to be down."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from config.chaos.clock import Clock
from config.chaos.machine import Door, Machine
from tracker.chaos import journal
from tracker.chaos.plan import Blow

PULSE: Final = 0.02
DAY: Final = timedelta(days=1)
OPEN: Final = "open"
# How long a blow waits for the 250 it is to follow.
PATIENCE: Final = 1.0
TRIED_AGAIN_AFTER: Final = 0.5


class Storm:
    def __init__(self, machine: Machine, clock: Clock, *, seed: int) -> None:
        self._machine, self._clock = machine, clock
        self._chance = Random(seed)  # noqa: S311  # it only chooses among processes
        self.counts: Counter[str] = Counter()
        # What is to be undone: when, and how.
        self._later: list[tuple[float, Callable[[], None]]] = []
        self._deeds: dict[str, Callable[[Blow], bool]] = {
            "worker killed with all it started": lambda blow: self._kill_all_of("worker", blow),
            "beat killed": lambda blow: self._kill_all_of("beat", blow),
            "web killed": lambda blow: self._kill_all_of("web", blow),
            "worker's sending process killed": self._kill_inner,
            "worker's main process killed": self._kill_main,
            "worker killed right after the server's 250": self._kill_after_answer,
            "broker flushed": self._flush,
            "broker killed and started": lambda _blow: self._restart_broker(signal.SIGKILL),
            "broker stopped and started": lambda _blow: self._restart_broker(signal.SIGTERM),
            "PostgreSQL restarted, fast": lambda blow: self._restart_postgres(signal.SIGINT, blow),
            "PostgreSQL restarted, immediate": lambda blow: self._restart_postgres(signal.SIGQUIT, blow),
            "clock a day back, and forth again": lambda blow: self._jump(-DAY, blow),
            "clock a day ahead, and back again": lambda blow: self._jump(DAY, blow),
        }

    def rage(self, blows: Sequence[Blow], *, seconds: float) -> None:
        started = time.monotonic()
        self.counts.update({blow.kind: 0 for blow in sorted(blows, key=lambda blow: blow.kind)})
        for blow in blows:
            self._pass_time(started + blow.at)
            self._deal(blow)
        self._pass_time(started + seconds)
        for _at, undo in sorted(self._later, key=lambda each: each[0]):
            undo()
        self._later.clear()

    def _deal(self, blow: Blow) -> None:
        with (self._machine.place / "blows").open("a") as file:
            file.write(f"{time.monotonic():.3f} {blow.kind} {blow.lasts:.1f}\n")
        self.counts[blow.kind] += self._deeds.get(blow.kind, self._change_mood)(blow)

    def _pass_time(self, until: float) -> None:
        while True:
            for each in [each for each in self._later if each[0] <= time.monotonic()]:
                self._later.remove(each)
                each[1]()
            self._machine.tend()
            left = until - time.monotonic()
            if left <= 0:
                return
            time.sleep(min(left, PULSE))

    # ---- Processes ---------------------------------------------------------------------------------------------------
    def _one(self, name: str) -> Door | None:
        alive = [door for door in self._machine.named(name) if door.child.is_alive()]
        return self._chance.choice(alive) if alive else None

    def _kill_all_of(self, name: str, blow: Blow) -> bool:
        if door := self._one(name):
            self._machine.kill_all_of(door, blow.lasts, blow.kind)
        return door is not None

    def _kill_main(self, blow: Blow) -> bool:
        if door := self._one("worker"):
            self._machine.kill_main(door, blow.lasts, blow.kind)
        return door is not None

    def _kill_inner(self, blow: Blow) -> bool:
        if door := self._one("worker"):
            self._machine.kill_inner(door, blow.kind)
        return door is not None

    def _kill_after_answer(self, blow: Blow) -> bool:
        """As soon as the next message is in the journal."""
        for line in _growing(self._machine.place / "journal", time.monotonic() + PATIENCE):
            if '"kept"' in line:
                self._machine.kill_process(journal.entry(line).pid, blow.kind)
                return True
        self._later.append((time.monotonic() + TRIED_AGAIN_AFTER, lambda: self._deal(blow)))
        return False

    # ---- Servers -----------------------------------------------------------------------------------------------------
    def _flush(self, _blow: Blow) -> bool:
        self._machine.flush_valkey()
        return True

    def _restart_broker(self, how: signal.Signals) -> bool:
        self._machine.restart_valkey(how)
        return True

    def _restart_postgres(self, how: signal.Signals, blow: Blow) -> bool:
        self._machine.restart_postgres(how, blow.kind)
        return True

    # ---- The world around --------------------------------------------------------------------------------------------
    def _change_mood(self, blow: Blow) -> bool:
        set_mood(self._machine.place, blow.kind)
        self._later.append((time.monotonic() + blow.lasts, lambda: set_mood(self._machine.place, OPEN)))
        return True

    def _jump(self, by: timedelta, blow: Blow) -> bool:
        self._clock.jump(by)
        self._later.append((time.monotonic() + blow.lasts, lambda: self._clock.jump(-by)))
        return True


def set_mood(place: Path, mood: str) -> None:
    unfinished = place / "mood.unfinished"
    unfinished.write_text(mood)
    unfinished.replace(place / "mood")


def _growing(file: Path, end: float) -> Iterator[str]:
    """Lines written from now on."""
    with file.open() as lines:
        lines.seek(0, os.SEEK_END)
        while time.monotonic() < end:
            if line := lines.readline():
                yield line
            else:
                time.sleep(0.0003)
