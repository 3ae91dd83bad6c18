"""What the mail server wrote down before it answered, and what was cut off when. Instants are monotonic."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """`event`: hello, kept (and answered with 250 and its number), or refused. `pid`: of the process that sent."""

    number: int
    at: float
    event: str
    pid: int
    message_id: str = ""
    to: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """What ended a sender's work: these processes killed, or (`pids` is None) every connection to the database."""

    name: str
    since: float
    until: float
    pids: frozenset[int] | None


def read(file: Path) -> Sequence[Entry]:
    """Whole lines only: the server may be writing one."""
    text = file.read_text() if file.exists() else ""
    return [entry(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def entry(line: str) -> Entry:
    return Entry(**json.loads(line))
