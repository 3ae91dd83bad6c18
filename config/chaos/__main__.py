"""`python -m config.chaos`: a world of its own, the storm let loose on it, calm, and the count."""

import argparse
import json
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Final

import django
from django.db import connections

from config.chaos.clock import PACE, Clock
from config.chaos.machine import Machine, wait_for
from config.chaos.storm import OPEN, Storm, set_mood
from config.places import CannotStart
from config.up import HOST, prepare, say

# A Wednesday morning in Shanghai. The real day does not matter: nobody here asks for it.
BEGINS: Final = datetime(2026, 11, 25, 2, tzinfo=UTC)
FEWEST: Final = 20
SHORTEST: Final = 15
# The words fall due in this part of the storm, so that the last of them meet it too.
DUE: Final = (0.05, 0.9)
# Afterwards the clock runs faster still: a word that left by a clock a day ahead climbs a day later.
CALM_PACE: Final = 3600.0
CALM_SECONDS: Final = 120.0
READY_SECONDS: Final = 90.0


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        with ExitStack() as stack:
            return run(stack, options)
    except CannotStart as error:
        print(error, file=sys.stderr, flush=True)  # noqa: T201  # a program of its own
        return 1
    except KeyboardInterrupt:
        say("Stopped; nothing is left behind.")
        return 130


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py chaos", description="Breaks everything while reminders fall due.")
    parser.add_argument("--seconds", type=int, default=180, help="how long the storm lasts")
    parser.add_argument("--words", type=int, default=1000, help="how many reminders fall due in it")
    parser.add_argument("--seed", type=int, default=1, help="another number, another storm")
    parser.add_argument("--keep", metavar="DIRECTORY", help="where to leave what the processes wrote")
    options = parser.parse_args(arguments)
    if options.words < FEWEST or options.seconds < SHORTEST:
        parser.error(f"a storm takes {SHORTEST} seconds and {FEWEST} words at least")
    return options


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature is the kernel's
    # One is enough: a second Ctrl-C must not interrupt the stopping.
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def run(stack: ExitStack, options: argparse.Namespace) -> int:
    place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="casebook-chaos-", ignore_cleanup_errors=True)))
    # Root's embedded database runs under another account, which must pass through.
    place.chmod(0o711)
    if options.keep:
        stack.callback(_keep, place, Path(options.keep))
    machine = Machine(place, _free_port(), _free_port())
    stack.callback(machine.stop)
    clock = Clock(place / "clock")
    clock.start(BEGINS - timedelta(hours=1), pace=1)
    say("Starting the servers and migrating an empty database ...")
    machine.start_servers()
    _name_everything(machine)
    prepare()
    django.setup()
    return Run(machine, clock, options).go()


def _name_everything(machine: Machine) -> None:
    """For this process and those it starts: nothing of the caller's Casebook is touched."""
    for variable in ("EVIDENCE_URL", "STATIC_ROOT", "ALLOWED_HOSTS", "DATABASE_POOL", "DEBUG", "SITE_URL"):
        os.environ.pop(variable, None)
    # What is killed cannot clear away after itself.
    (machine.place / "tmp").mkdir()
    os.environ |= {
        "TMPDIR": str(machine.place / "tmp"),
        "DATABASE_URL": machine.postgres.url("casebook"),
        "DATABASE_OWNER_URL": machine.postgres.url("casebook_owner"),
        "BROKER_URL": machine.valkey.url(),
        "EMAIL_URL": f"smtp://{HOST}:{machine.smtp_port}",
        "DATA_DIR": str(machine.place),
        "PORT": str(machine.port),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DJANGO_SETTINGS_MODULE": "config.chaos.settings",
    }


def _keep(place: Path, directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for name in ("journal", "blows", "logs", "postgres/postgresql.log"):
        source = place / name
        if source.is_dir():
            shutil.copytree(source, directory / name, dirs_exist_ok=True)
        elif source.exists():
            shutil.copy(source, directory / source.name)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


class Run:
    """From the filled world to the verdict."""

    def __init__(self, machine: Machine, clock: Clock, options: argparse.Namespace) -> None:
        from tracker.chaos import world  # noqa: PLC0415  # models exist only now

        self._machine, self._clock = machine, clock
        self._seconds, self._seed = options.seconds, options.seed
        length = timedelta(seconds=options.seconds * PACE)
        self._expected = world.fill(options.words, since=BEGINS + length * DUE[0], until=BEGINS + length * DUE[1])
        (machine.place / "gone").write_text(world.GONE)
        set_mood(machine.place, OPEN)

    def go(self) -> int:
        from tracker.chaos import plan  # noqa: PLC0415

        # A worker started by fork, or a server stopped, must not meet this process's own session.
        connections.close_all()
        self._machine.checkpoint()
        self._machine.start_doors()
        if not self._is_ready_in(READY_SECONDS):
            raise CannotStart(f"Casebook did not get ready: {self._readiness()}")
        storm = Storm(self._machine, self._clock, seed=self._seed)
        blows = plan.blows(seconds=self._seconds, seed=self._seed)
        faster = f"the clock runs {PACE:.0f} times as fast"
        say(f"{len(blows)} blows in {self._seconds} seconds, seed {self._seed}; {faster}.")
        self._clock.start(BEGINS, pace=PACE)
        self._began = time.monotonic()
        storm.rage(blows, seconds=self._seconds)
        say("The storm is over; everything is left in peace until nothing is due.")
        calm = self._grow_calm()
        return self._tell(storm, calm)

    def _grow_calm(self) -> float | None:
        """Seconds until nothing was due and everything ran; None where that did not come to be."""
        began = time.monotonic()
        self._clock.set_pace(CALM_PACE)
        is_calm = wait_for(self._is_calm, CALM_SECONDS, self._machine.tend)
        self._clock.set_pace(1)
        took = time.monotonic() - began
        return took if is_calm and self._is_ready_in(READY_SECONDS) else None

    def _is_calm(self) -> bool:
        from tracker.chaos import verdict  # noqa: PLC0415

        is_calm = verdict.is_over(self._expected, now=self._clock.now())
        connections.close_all()
        return is_calm

    def _tell(self, storm: Storm, calm: float | None) -> int:
        from tracker import reminders  # noqa: PLC0415
        from tracker.chaos import journal, table, verdict  # noqa: PLC0415

        kept = journal.read(self._machine.place / "journal")
        found = verdict.Verdict(self._expected, verdict.rows(), kept, self._machine.cuts)
        for line in (*table.done(storm.counts), "", *table.came(found, started=self._began)):
            say(line)
        for name, count in self._machine.ended.items():
            say(f"{name} ended by itself {count} times and was started again")
        wrong = reminders.rebuild(now=self._clock.now())
        connections.close_all()
        say(f"watches that differ when worked out anew: {wrong}")
        say(f"calm after {calm:.0f} s, ready: {self._readiness()}" if calm else f"NOT CALM: {self._readiness()}")
        return 0 if found.is_good and calm is not None and not wrong else 1

    # ---- Readiness ---------------------------------------------------------------------------------------------------
    def _is_ready_in(self, seconds: float) -> bool:
        return wait_for(lambda: bool(self._readiness().get("ready")), seconds, self._machine.tend)

    def _readiness(self) -> dict[str, object]:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self._machine.port}/readyz", timeout=10) as answer:
                found: dict[str, object] = json.load(answer)
        except urllib.error.HTTPError as error:
            found = json.load(error)
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            return {"web": str(error)}
        return found


if __name__ == "__main__":
    sys.exit(main())
