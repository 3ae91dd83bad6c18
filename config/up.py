"""`manage.py up`: every process of one machine, started in order, restarted when it dies, stopped together."""

import argparse
import fcntl
import json
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from config.embedded import Postgres, Valkey
from config.places import CannotStart, check_writable
from config.processes import Child

HOST: Final = "127.0.0.1"
ROOT: Final = Path(__file__).resolve().parent.parent
PYTHON: Final = sys.executable


class Stopped(Exception):
    """Somebody asked Casebook to stop."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="manage.py up", description=__doc__)
    parser.add_argument("--prepare", action="store_true", help="migrate, grant and collect static files, then end")
    options = parser.parse_args(arguments)
    _listen_for_stop()
    try:
        if options.prepare:
            prepare()
        else:
            run()
    except CannotStart as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    except Stopped:
        say("Casebook has stopped.")
    return 0


def run() -> None:
    port = _port()
    data_dir = Path(os.environ.get("DATA_DIR") or ROOT / ".data").absolute()
    os.environ["DATA_DIR"], os.environ["PORT"] = str(data_dir), str(port)
    check_writable(data_dir)
    with ExitStack() as stack:
        stack.enter_context(_only_one(data_dir))
        check_port(port)
        machine = Machine(data_dir)
        stack.callback(machine.stop)
        machine.start_servers()
        prepare()
        _check_alive(machine.children)
        machine.start_doors(port)
        machine.wait_answer(port)
        say(f"Casebook is ready at http://localhost:{port}/")
        _say_accounts(data_dir / "demo-accounts.txt")
        machine.watch()


class Machine:
    """The children, in the order they were started; they are stopped the other way round."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.children: list[Child] = []
        self.forget: list[Callable[[], None]] = []
        self.running_file = data_dir / "running.json"

    def start_servers(self) -> None:
        """Starts what the environment does not name and writes down where it listens, for every other command."""
        found: dict[str, str] = {}
        if not os.environ.get("DATABASE_URL"):
            postgres = Postgres(self.data_dir)
            if postgres.is_elsewhere:
                say(f"The database is kept in {postgres.home}: root's way to {self.data_dir} is closed to others.")
            self._start_server(postgres)
            found["DATABASE_URL"] = postgres.url("casebook")
            found["DATABASE_OWNER_URL"] = postgres.url("casebook_owner")
            _keep_secret_key(self.data_dir / "secret_key")
        if not os.environ.get("BROKER_URL"):
            valkey = Valkey(self.data_dir)
            self._start_server(valkey)
            found["BROKER_URL"] = valkey.url()
        _write_private(self.running_file, json.dumps(found))

    def _start_server(self, server: Postgres | Valkey) -> None:
        child = server.prepare()
        self.children.append(child)
        self.forget.append(server.forget)
        child.start()
        server.wait_ready(child)

    def start_doors(self, port: int) -> None:
        for child in doors(port, self.data_dir):
            self.children.append(child)
            child.start()

    def wait_answer(self, port: int, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not answers(port):
            _check_alive(self.children)
            if time.monotonic() > end:
                raise CannotStart(f"Casebook gave no answer at http://localhost:{port}/ in {seconds:.0f} seconds.")
            time.sleep(0.1)

    def watch(self) -> None:
        """For ever: a child that died is said and started again, later each time it dies at once."""
        said: set[str] = set()
        while True:
            for child in self.children:
                if child.is_alive():
                    said.discard(child.name)
                    continue
                wait = child.seconds_until_restart(time.monotonic())
                if child.name not in said:
                    say(f"{child.name} has ended and is started again in {wait:.0f} s.")
                    said.add(child.name)
                if not wait:
                    child.restart()
            time.sleep(0.5)

    def stop(self) -> None:
        """Doors first, so that a request or a job in hand can still reach its server."""
        self.running_file.unlink(missing_ok=True)
        servers = [child for child in self.children if child.name in {"postgresql", "valkey"}]
        for group in ([child for child in self.children if child not in servers], servers):
            for child in group:
                child.ask_to_stop()
            for child in group:
                child.wait_stopped(20)
        for forget in self.forget:
            forget()


def doors(port: int, data_dir: Path) -> list[Child]:
    """The processes that are Casebook itself."""
    # Celery warns root about pickled messages; ours are JSON and arrive through a socket only this account may open.
    environment = {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
    celery = [PYTHON, "-m", "celery", "--quiet", "--app", "config.celery"]
    quick = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    bind = ["--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4", "--log-level", "warning"]
    worker = ["worker", "--concurrency", "1", "--loglevel", "warning", "--hostname", f"casebook-{port}@%h", *quick]
    beat = [
        "beat",
        "--loglevel",
        "warning",
        "--pidfile",
        "",
        "--scheduler",
        "config.beat.Beat",
        "--schedule",
        str(data_dir / "beat-schedule"),
    ]
    return [
        Child("web", [PYTHON, "-m", "gunicorn", *bind, "config.wsgi"], directory=ROOT),
        Child("worker", [*celery, *worker], environment, directory=ROOT),
        Child("beat", [*celery, *beat], directory=ROOT),
    ]


def prepare() -> None:
    child = Child("prepare", [PYTHON, "-m", "config.prepare"], directory=ROOT)
    child.start()
    try:
        failed = child.wait()
    finally:
        child.stop()
    if failed:
        raise CannotStart("Casebook could not be prepared; the lines above say why.")


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            reason = "is taken by another program" if not isinstance(error, PermissionError) else "may not be used"
            raise CannotStart(f"Port {port} {reason}. Choose another one: make run PORT={port + 1}") from error


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


@contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    """A lock the kernel drops with the process that holds it: nothing to clear away after a kill."""
    with (data_dir / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotStart(f"Casebook already runs on DATA_DIR {data_dir}. Stop it or set DATA_DIR.") from error
        try:
            yield
        finally:
            Path(lock.name).unlink(missing_ok=True)


def _listen_for_stop() -> None:
    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature is the kernel's
        # One signal is enough: a second Ctrl-C must not interrupt the stopping.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        raise Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        # Started by nohup, Casebook outlives the terminal; otherwise it ends with it.
        signal.signal(signal.SIGHUP, stop)


def _check_alive(children: list[Child]) -> None:
    for child in children:
        if not child.is_alive():
            raise CannotStart(f"{child.name} ended while Casebook was starting; the lines above say why.")


def _keep_secret_key(path: Path) -> None:
    from django.core.management.utils import get_random_secret_key  # noqa: PLC0415  # Django only where it is needed

    if not path.exists():
        _write_private(path, get_random_secret_key())


def _write_private(path: Path, text: str) -> None:
    """Whole or not at all, and for its owner's eyes only from the first byte."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    unfinished.replace(path)


def _say_accounts(path: Path) -> None:
    if path.exists():
        say(path.read_text().rstrip())


if __name__ == "__main__":
    sys.exit(main())
