"""The servers and processes of a run, each of which can be killed and is started again; what was cut off is noted.

One thread, as `config.processes` asks of whoever starts children.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import psutil
import psycopg

from config.celery import app
from config.embedded import SUPERUSER, Postgres, Valkey
from config.places import CannotStart
from config.processes import Child, signal_group
from config.up import ROOT, doors
from tracker.chaos.journal import Cut

WORKERS: Final = 2
BEATS: Final = 2


@dataclass
class Door:
    """A process that is Casebook itself; `back_at`: when it is to be started again."""

    child: Child
    back_at: float | None = None

    @property
    def pid(self) -> int:
        assert self.child.process is not None
        return self.child.process.pid

    def session(self) -> frozenset[int]:
        """It and all that it started, orphans included."""
        return frozenset(process.pid for process in psutil.process_iter() if _session_of(process.pid) == self.pid)


def _session_of(pid: int) -> int:
    try:
        return os.getsid(pid)
    except (ProcessLookupError, PermissionError):
        return 0


class Machine:
    def __init__(self, place: Path, port: int, smtp_port: int) -> None:
        self.place, self.port, self.smtp_port = place, port, smtp_port
        self.postgres, self.valkey = Postgres(place), Valkey(place)
        self.servers: dict[str, Child] = {}
        self.doors: list[Door] = []
        self.sink = Child(
            "mail", [sys.executable, "-m", "tracker.chaos.sink", str(smtp_port), str(place)], directory=ROOT
        )
        self.cuts: list[Cut] = []
        # Doors that ended without having been killed.
        self.ended: Counter[str] = Counter()

    # ---- Servers -----------------------------------------------------------------------------------------------------
    def start_servers(self) -> None:
        self.start_postgres()
        self.start_valkey()

    def start_postgres(self) -> None:
        self._start("postgresql", self.postgres)

    def checkpoint(self) -> None:
        """So that a server which is dropped recovers what was written since, not the whole making of the database."""
        with psycopg.connect(self.postgres.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def start_valkey(self) -> None:
        self._start("valkey", self.valkey)

    def _start(self, name: str, server: Postgres | Valkey) -> None:
        child = self.servers[name] = server.prepare()
        child.start()
        server.wait_ready(child)

    def restart_postgres(self, how: signal.Signals, name: str) -> None:
        """SIGINT ends every session and writes all down, SIGQUIT drops everything and recovers at the next start."""
        with self._cutting(name, None):
            self._end(self.servers["postgresql"], how)
        self.start_postgres()

    def restart_valkey(self, how: signal.Signals) -> None:
        self._end(self.servers["valkey"], how)
        self.start_valkey()

    def flush_valkey(self) -> None:
        with app.connection_for_write() as connection:
            connection.default_channel.client.flushall()

    def _end(self, child: Child, how: signal.Signals) -> None:
        assert child.process is not None
        child.process.send_signal(how)
        child.wait_stopped(60)

    # ---- Doors -------------------------------------------------------------------------------------------------------
    def start_doors(self) -> None:
        (self.place / "logs").mkdir()
        self.sink.start()
        for child in self._children():
            child.start()
            self.doors.append(Door(child))

    def _children(self) -> Iterator[Child]:
        """Those of `manage.py up`, with two workers and two beats, on the faster clock."""
        web, worker, beat = (
            replace(child, command=[_faster(part) for part in child.command]) for child in doors(self.port, self.place)
        )
        yield replace(web, log=self.place / "logs" / "web")
        for number in range(WORKERS):
            name = f"worker-{number}"
            command = [*worker.command, "--hostname", f"{name}@%h"]
            yield replace(worker, name=name, command=command, log=self.place / "logs" / name)
        for number in range(BEATS):
            name = f"beat-{number}"
            command = [*beat.command, "--schedule", self.place / f"schedule-{number}"]
            yield replace(beat, name=name, command=command, log=self.place / "logs" / name)

    def named(self, start: str) -> list[Door]:
        return [door for door in self.doors if door.child.name.startswith(start)]

    def kill_all_of(self, door: Door, down: float, name: str) -> None:
        self._kill(door, door.session(), name)
        door.back_at = time.monotonic() + down

    def kill_main(self, door: Door, down: float, name: str) -> None:
        """What it started lives on as an orphan, until its own end or the next start."""
        self._kill(door, frozenset({door.pid}), name)
        door.back_at = time.monotonic() + down

    def kill_inner(self, door: Door, name: str) -> None:
        """One of those it started; it is left to notice by itself."""
        if inner := door.session() - {door.pid}:
            self._kill(door, frozenset({max(inner)}), name)

    def kill_process(self, pid: int, name: str) -> None:
        """Whichever door it belongs to."""
        with self._cutting(name, frozenset({pid})), suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def _kill(self, door: Door, pids: frozenset[int], name: str) -> None:
        with self._cutting(f"{name} ({door.child.name})", pids):
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    @contextmanager
    def _cutting(self, name: str, pids: frozenset[int] | None) -> Iterator[None]:
        since = time.monotonic()
        yield
        self.cuts.append(Cut(name, since, time.monotonic(), pids))

    def tend(self) -> None:
        """Starts again what is dead and has been down for as long as it was to be."""
        if not self.sink.is_alive():
            raise CannotStart("The mail server of the storm has ended; nothing can be counted.")
        for door in self.doors:
            if door.child.is_alive():
                continue
            if door.back_at is None:
                self.ended[door.child.name.partition("-")[0]] += 1
            if door.back_at is None or time.monotonic() >= door.back_at:
                self._start_again(door)

    def _start_again(self, door: Door) -> None:
        orphans = door.session()
        with self._cutting(f"orphans of {door.child.name} killed", orphans):
            door.child.restart()
        door.back_at = None

    def stop(self) -> None:
        """Doors first; in the midst of a storm nobody need end politely."""
        for door in self.doors:
            if door.child.process:
                signal_group(door.pid, signal.SIGKILL)
                door.child.process.wait()
        children = [self.sink, *self.servers.values()]
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait_stopped(20)
        for name, server in (("postgresql", self.postgres), ("valkey", self.valkey)):
            if name in self.servers:
                server.forget()


def _faster(part: str | Path) -> str | Path:
    return "config.chaos.celery" if part == "config.celery" else part


def wait_for(is_so: Callable[[], bool], seconds: float, pulse: Callable[[], None]) -> bool:
    """Whether it came to be so in time."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        pulse()
        time.sleep(0.2)
    return True
