"""`python -m config.bench`: makes what the measuring needs, measures, prints the table and leaves nothing behind."""

import argparse
import os
import platform
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Final
from urllib.parse import urlsplit

import django
import psycopg
from django.db import connections
from django.utils import timezone
from psycopg import sql

from config import embedded
from config.places import CannotStart
from config.processes import Child
from config.up import PYTHON, ROOT, answers, doors, say

PARTS: Final = ("start", "web", "watch", "law", "import", "calendar")


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    signal.signal(signal.SIGTERM, _stop)
    try:
        with ExitStack() as stack:
            measure(stack, options.cases, options.only)
    except CannotStart as error:
        print(error, file=sys.stderr, flush=True)  # noqa: T201  # a program of its own
        return 1
    except KeyboardInterrupt:
        say("Stopped; nothing is left behind.")
        return 130
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage.py bench", description="Measures Casebook on a database of its own.")
    parser.add_argument("--cases", type=int, default=100_000, help="how many; a tenth of them is measured as well")
    parser.add_argument("--only", type=_parts, default=PARTS, metavar="NAME,...", help=", ".join(PARTS))
    options = parser.parse_args(arguments)
    if options.cases < 1100:
        parser.error("--cases must be 1100 at least: a tenth of them must still have a case of every sort")
    return options


def _parts(text: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(","))
    if unknown := set(found) - set(PARTS):
        raise argparse.ArgumentTypeError(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    return found


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001  # the signature is the kernel's
    raise KeyboardInterrupt


def measure(stack: ExitStack, cases: int, only: Sequence[str]) -> None:
    place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="casebook-bench-")))
    # Root's embedded database runs under another account, which must pass through.
    place.chmod(0o711)
    url = stack.enter_context(scratch(place))
    _name_everything(url, place)
    migrated = _migrate()
    django.setup()
    stack.callback(connections.close_all)
    from tracker.bench import figures, plan  # noqa: PLC0415  # models exist only now

    say(_circumstances())
    base, started = _serve(stack, place)
    found = [
        figures.Figure("migrate an empty database", figures.Goal(seconds=15), seconds=migrated),
        figures.Figure("first answer after start", figures.Goal(seconds=2.5), seconds=started),
    ]
    found = found if "start" in only else []
    bench = plan.Bench(base, place, plan.sizes_for(cases), timezone.now, only, say)
    found += bench.run()
    say("")
    for line in figures.table(found):
        say(line)


# ---- The database ----------------------------------------------------------------------------------------------------
@contextmanager
def scratch(place: Path) -> Iterator[str]:
    """A database beside the one the environment names, or on a server of its own; gone at the end."""
    with ExitStack() as stack:
        named = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
        url = named or stack.enter_context(embedded.servers(place)).superuser
        name = f"casebook_bench_{secrets.token_hex(4)}"
        try:
            with psycopg.connect(url, autocommit=True) as connection:
                _check_superuser(connection)
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.Error as error:
            raise CannotStart(f"No database to measure on could be made: {str(error).strip()}") from error
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connections.close_all()
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _check_superuser(connection: "psycopg.Connection[tuple[bool]]") -> None:
    """Rows by the million are filled in with triggers and foreign keys set aside, which only a superuser may."""
    found = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if found != (True,):
        raise CannotStart("The bench needs a superuser of the database; without DATABASE_URL it starts its own server.")


def _name_everything(url: str, place: Path) -> None:
    """For this process and those it starts: nothing of the caller's Casebook is touched."""
    for variable in ("DATABASE_OWNER_URL", "EVIDENCE_URL", "STATIC_ROOT", "ALLOWED_HOSTS", "DATABASE_POOL", "DEBUG"):
        os.environ.pop(variable, None)
    os.environ |= {
        "DATABASE_URL": url,
        "DATA_DIR": str(place),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "BROKER_URL": "memory://",
        "EMAIL_URL": "memory://",
        "DJANGO_SETTINGS_MODULE": "config.bench.settings",
    }


def _migrate() -> float:
    say("Migrating an empty database ...")
    started = time.perf_counter()
    subprocess.run([PYTHON, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
    return time.perf_counter() - started


# ---- The server ------------------------------------------------------------------------------------------------------
def _serve(stack: ExitStack, place: Path) -> tuple[str, float]:
    """The same gunicorn that `manage.py up` starts; how long until it first answers."""
    subprocess.run([PYTHON, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"], cwd=ROOT, check=True)
    port = _free_port()
    web = next(child for child in doors(port, place) if child.name == "web")
    stack.callback(web.stop)
    started = time.perf_counter()
    web.start()
    _wait_answer(web, port)
    return f"http://127.0.0.1:{port}", time.perf_counter() - started


def _wait_answer(web: Child, port: int) -> None:
    end = time.monotonic() + 60
    while not answers(port):
        if not web.is_alive() or time.monotonic() > end:
            raise CannotStart("The server to be measured gave no answer.")
        time.sleep(0.02)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _circumstances() -> str:
    """What the figures were made on: without it they say nothing."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SHOW server_version")
        ((postgresql,),) = cursor.fetchall()
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, load {load:.1f}, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}, Django {django.get_version()}, PostgreSQL {postgresql}"
    )


if __name__ == "__main__":
    sys.exit(main())
