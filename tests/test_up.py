"""`manage.py up`, run for real: what it starts, says, restarts, leaves behind, and comes back from."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from config import addresses, up

pytestmark = [pytest.mark.slow, pytest.mark.embedded]
ROOT = Path(__file__).resolve().parent.parent
NAMED = {"DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Run:
    """One `manage.py up` and what it printed."""

    def __init__(self, data_dir, port):
        self.data_dir, self.port = data_dir, port
        environment = {name: value for name, value in os.environ.items() if name not in NAMED}
        self.output = data_dir.parent / f"{data_dir.name}-{time.monotonic_ns()}.txt"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                cwd=ROOT,
                env={**environment, "PORT": str(port), "DATA_DIR": str(data_dir)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self):
        return self.output.read_text()

    def wait_said(self, words, seconds=180):
        end = time.monotonic() + seconds
        while words not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.1)

    def wait_ready(self):
        self.wait_said(f"Casebook is ready at http://localhost:{self.port}/")

    def family(self):
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, word):
        """The living child with this word in its command, if there is one."""
        alive = [p for p in psutil.Process(self.process.pid).children() if p.status() != psutil.STATUS_ZOMBIE]
        return next((p for p in alive if word in p.cmdline()), None)

    def kill_everything(self):
        family = self.family()
        self.process.kill()
        for process in family:
            # Some are gone already: the kernel told them that their supervisor died.
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait()
        psutil.wait_procs(family, timeout=10)

    def sql(self, statement):
        url = json.loads((self.data_dir / "running.json").read_text())["DATABASE_OWNER_URL"]
        address = addresses.database(url)
        with psycopg.connect(
            host=address["HOST"], user=address["USER"], dbname=address["NAME"], autocommit=True
        ) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def database_answers(self):
        try:
            return self.sql("SELECT 1") == [(1,)]
        except psycopg.OperationalError:
            return False

    def status(self, path):
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=10) as response:
            return response.status


@contextmanager
def running(data_dir, port=None):
    run = Run(data_dir, port or free_port())
    try:
        yield run
    finally:
        if run.process.poll() is None:
            run.process.terminate()
            run.process.wait(60)


@pytest.fixture(scope="module")
def place():
    """Where root's unprivileged account can pass as well; pytest's own directories are closed."""
    with tempfile.TemporaryDirectory(prefix="casebook-up-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.fixture(scope="module")
def data_dir(place):
    """One for every test here, since each must find a usable one whatever the last one did to it."""
    return without_demo(place / "data")


def without_demo(data_dir):
    data_dir.mkdir(mode=0o711)
    (data_dir / "demo-seeded").touch()
    return data_dir


@pytest.fixture(scope="module")
def start(data_dir):
    """Starts a run on the directory of all; whatever still runs at the end is stopped."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(running(data_dir))


@pytest.fixture(scope="module")
def runs():
    return []


@pytest.fixture
def run(runs, start):
    """A run that is ready: the one the last test left, or a new one where that ended."""
    if not runs or runs[-1].process.poll() is not None:
        runs.append(start())
    runs[-1].wait_ready()
    return runs[-1]


def test_up_serves_and_leaves_nothing_behind(run, data_dir):
    family = run.family()
    assert run.status("/healthz") == 200
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(60) == 0

    assert not [process for process in family if process.is_running()]
    assert not [name for name in ("lock", "running.json") if (data_dir / name).exists()]
    assert not [path for path in data_dir.rglob("*") if path.is_socket() or path.name == "postmaster.pid"]


def test_two_copies_run_side_by_side_but_not_on_one_data_dir(run, data_dir, place):
    with running(without_demo(place / "other")) as second:
        second.wait_ready()
        with running(data_dir) as third:
            assert third.process.wait(30) == 1
            assert third.said() == f"Casebook already runs on DATA_DIR {data_dir}. Stop it or set DATA_DIR.\n"
        with running(place / "third", run.port) as fourth:
            assert fourth.process.wait(30) == 1
        wanted = f"Port {run.port} is taken by another program. Choose another one: make run PORT={run.port + 1}\n"
        assert fourth.said() == wanted
        assert run.status("/healthz") == second.status("/healthz") == 200


def test_a_dead_child_is_said_and_started_again(run):
    for word, name in (("gunicorn", "web"), ("-D", "postgresql"), ("beat", "beat")):
        run.child(word).kill()
        run.wait_said(f"{name} has ended and is started again")
    end = time.monotonic() + 60
    while not up.answers(run.port) or not run.child("beat") or not run.database_answers():
        assert time.monotonic() < end, run.said()
        time.sleep(0.1)


def test_everything_killed_comes_up_again_with_its_data(run, runs, start):
    run.sql("CREATE TABLE kept AS SELECT 42 AS answer")
    run.kill_everything()

    runs.append(start())
    runs[-1].wait_ready()

    assert runs[-1].sql("SELECT answer FROM kept") == [(42,)]


def test_only_the_supervisor_killed_leaves_no_orphan(run):
    family = run.family()
    run.process.kill()
    run.process.wait()
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []


def test_the_application_may_not_change_the_log(run, data_dir):
    url = json.loads((data_dir / "running.json").read_text())["DATABASE_URL"]
    address = addresses.database(url)
    with psycopg.connect(
        host=address["HOST"], user=address["USER"], dbname=address["NAME"], autocommit=True
    ) as connection:
        for statement in (
            "UPDATE cases_logentry SET verb = 'x'",
            "DELETE FROM cases_logentry",
            "TRUNCATE cases_logentry CASCADE",
            "UPDATE cases_custodyentry SET number = 1",
            "DELETE FROM cases_casehistory",
            "ALTER TABLE cases_logentry DISABLE TRIGGER ALL",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
        connection.execute("SELECT count(*) FROM cases_logentry")


@pytest.mark.parametrize("port", ["0", "http", "70000", "-1"])
def test_a_port_that_is_no_port_is_refused(data_dir, port):
    with running(data_dir, port) as run:
        assert run.process.wait(30) == 1
    assert run.said() == f"PORT must be a number from 1 to 65535, not '{port}'.\n"
