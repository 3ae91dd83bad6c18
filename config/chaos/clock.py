"""The clock of a run: a file says what time it is, how fast it runs and where it was set; whoever asks reads it anew.

It rests on the monotonic clock, which every process of a machine shares, so that all of them see the same time.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

# How much faster it runs during the storm: what is to be tried again in a minute is tried in two seconds.
PACE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Clock:
    """`pace`: how many of its seconds pass in one of ours."""

    file: Path

    def now(self) -> datetime:
        told, since, pace = self._read()
        return datetime.fromtimestamp(told + (time.monotonic() - since) * pace, UTC)

    def start(self, at: datetime, *, pace: float) -> None:
        self._write(at.timestamp(), pace)

    def set_pace(self, pace: float) -> None:
        self._write(self.now().timestamp(), pace)

    def jump(self, by: timedelta) -> None:
        self._write((self.now() + by).timestamp(), self._read()[2])

    def _read(self) -> tuple[float, float, float]:
        told, since, pace = self.file.read_text().split()
        return float(told), float(since), float(pace)

    def _write(self, told: float, pace: float) -> None:
        unfinished = self.file.with_suffix(".unfinished")
        unfinished.write_text(f"{told!r} {time.monotonic()!r} {pace!r}")
        unfinished.replace(self.file)
