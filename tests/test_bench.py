"""`manage.py bench`: every figure is printed beside its goal, and nothing is left behind. No time is asserted."""

import os
import subprocess
import sys
from pathlib import Path

import psutil
import psycopg
import pytest

from tracker.bench.figures import Figure, Goal, table

ROOT = Path(__file__).parent.parent
NAMES = [
    "migrate an empty database",
    "first answer after start",
    "bare list",
    "bare detail",
    "case list, endpoint",
    "case list, endpoint, 10 rows",
    "case list, page",
    "case list, endpoint, filtered",
    "case list, page, filtered",
    "case list, one who knows of a fifth",
    "case list, one who knows of three",
    "cases, endpoint, one of 2 %",
    "deadlines, endpoint, one of 2 %",
    "tasks, endpoint, one of 2 %",
    "evidence, endpoint, one of 2 %",
    "requirements, endpoint, one of 2 %",
    "log, endpoint, one of 2 %",
    "cases, page, one of 2 %",
    "case detail, endpoint",
    "case overview, page",
    "deadlines, endpoint",
    "tasks, endpoint",
    "evidence, endpoint",
    "log, endpoint",
    "desk, page",
    "portfolio, page",
    "outbox, page",
    "log a notice, endpoint",
    "upload 1 MB, endpoint",
    "idle sweep",
    "sweep: find and write 11 words",
    "sweep: send, one message a transaction",
    "mail server of 20 ms: one worker",
    "mail server of 20 ms: 4 workers, x one",
    "import of 679 rows",
    "new calendar: 1,100 dates proposed",
    "sweep: find 11 due of 11,000",
    "idle sweep of 11,000, in the database",
    "clocks reckoned, one core",
    "due --batch, 1,100 lines with traces",
]


def bench(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "bench", *arguments]
    inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        command, cwd=ROOT, env=inherited | environment, capture_output=True, text=True, timeout=300, check=False
    )


def scratch_databases() -> list[str]:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'casebook_bench_%'")
        return [name for (name,) in found]


@pytest.mark.slow
def test_whole_run_prints_every_figure_and_leaves_nothing(tmp_path):
    before = scratch_databases()

    ran = bench("--cases", "1100", TMPDIR=str(tmp_path))

    assert ran.returncode == 0, ran.stderr
    rows = [line for line in ran.stdout.splitlines() if line.endswith(("  yes", "  NO"))]
    assert [row[:46].rstrip() for row in rows] == NAMES
    assert scratch_databases() == before
    assert list(tmp_path.iterdir()) == []
    assert [p.pid for p in psutil.Process().children(recursive=True) if "gunicorn" in " ".join(p.cmdline())] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--cases", "10"), "--cases must be 1100 at least"),
        (("--only", "webb"), "no such part: webb"),
    ],
)
def test_what_cannot_be_measured_is_refused(arguments, told):
    ran = bench(*arguments)

    assert ran.returncode == 2
    assert told in ran.stderr


def test_database_out_of_reach_is_one_sentence():
    ran = bench("--only", "law", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing", SECRET_KEY="x" * 50)

    assert ran.returncode == 1
    assert ran.stderr.startswith("No database to measure on could be made: ")


# ---- The table -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("goal", "measured", "met"),
    [
        (Goal(seconds=0.005), {"seconds": 0.005}, True),
        (Goal(seconds=0.005), {"seconds": 0.0051}, False),
        (Goal(per_second=250), {"per_second": 250}, True),
        (Goal(per_second=250), {"per_second": 249}, False),
        (Goal(ratio_at_least=3), {"ratio": 3.1}, True),
        (Goal(ratio_at_least=3), {"ratio": 2.9}, False),
        (Goal(ratio=1.5, queries=6), {"ratio": 1.4, "queries": 7}, False),
        (Goal(growth=1.2), {"seconds": 1.0}, False),  # what was not measured is not met
        (Goal(), {"seconds": 9.0}, True),
    ],
)
def test_goal_is_kept_or_said_not_to_be(goal, measured, met):
    figure = Figure("list", goal, **measured)

    lines = list(table([figure]))

    assert figure.is_met() is met
    assert lines[2].endswith("yes" if met else "NO")
    assert lines[-1] == ("1 of 1 met." if met else "0 of 1 met. Not met: list.")


def test_growth_is_to_the_same_operation_at_a_tenth():
    figure = Figure("list", Goal(growth=1.2), seconds=0.012).grown_from(Figure("list", seconds=0.010))

    assert round(figure.growth, 2) == 1.2
    assert figure.is_met()
