"""What a new calendar costs: an invented arrangement that moves the clock of every filled case, by the command.

Each clock is of the law, with an event of its own: five working days around the turn of a year not yet arranged.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from psycopg.types.json import Jsonb

from cases.law.clocks import Due, reckon
from cases.law.clocks.lines import ask_from
from cases.law.rulebook import book
from cases.models import DeadlineVersion, VersionStatus
from tracker.bench.figures import Figure, Goal
from tracker.bench.filling import Cast

RULE: Final = "CN-05"
EVENT: Final = "hearing_right_told"
ARRANGED: Final = """
id = "CN"
base = "CN"
version = "measured"
fictional = true
[years.{year}]
source = "invented to be measured"
off = [{{ from = {year}-01-01, to = {year}-01-17, name = "new_year" }}]
"""
EVENTS: Final = """
INSERT INTO cases_event (id, uid, revision, case_id, name, occurred_on, zone, source, note, void_reason,
                         traits, recorded_at, recorded_by_id)
SELECT id + 1000000000, 'e' || substr(uid, 2), 1, case_id, %(event)s, %(told_on)s, zone, '', '', '', '{}', recorded_at,
       recorded_by_id
FROM cases_deadline WHERE id <= %(last)s AND id %% 5 = %(remainder)s"""
DEADLINES: Final = """
UPDATE cases_deadline SET kind = 'statutory', rule_id = %(rule)s, event_id = id + 1000000000, due_on = %(due_on)s,
       due_at = %(due_at)s, calendar = 'CN' WHERE id <= %(last)s AND id %% 5 = %(remainder)s"""
VERSIONS: Final = """
UPDATE cases_deadlineversion SET due_on = %(due_on)s, due_at = %(due_at)s, nominal_on = %(nominal)s,
       safe_due_on = %(safe)s, provisional = %(provisional)s, provisional_why = %(why)s, trace = %(trace)s,
       rule_version = %(rule_version)s, calendar_version = %(calendar_version)s, profile = 'CN-WD'
WHERE id <= %(last)s AND id %% 5 = %(remainder)s"""


def figure(count: int, *, cast: Cast, place: Path, at: datetime) -> Figure:
    """Of the most memory the command held, too: it must not grow with the number of deadlines."""
    make_clocks(count, year=at.year)
    file = place / "measured.toml"
    file.write_text(ARRANGED.format(year=at.year + 1))
    seconds, megabytes = _imported(file, cast)
    proposed = DeadlineVersion.objects.filter(status=VersionStatus.PROPOSED).count()
    if proposed != count:
        raise AssertionError(f"{proposed} dates were proposed where {count} were to move")
    goal = Goal(seconds=30, megabytes=300)
    return Figure(f"new calendar: {count:,} dates proposed", goal, seconds=seconds, megabytes=megabytes)


def make_clocks(last: int, *, year: int) -> None:
    """The deadlines numbered up to `last` become clocks told of in the last five days of the year."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for values in _asked(year):
            for statement in (EVENTS, DEADLINES, VERSIONS):
                cursor.execute(statement, values | {"last": last})
        cursor.execute("SET LOCAL session_replication_role = origin")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE cases_deadline, cases_deadlineversion, cases_event")


def _asked(year: int) -> Iterator[dict[str, Any]]:
    law = book()
    for remainder in range(5):
        told_on = date(year, 12, 31) - timedelta(days=remainder)
        asked = {"id": 0, "rule": RULE, "trigger": str(told_on), "zone": "Asia/Shanghai", "calendar": "CN"}
        found = reckon(ask_from(asked, law), book=law)
        assert isinstance(found, Due)
        assert found.due_at is not None
        yield {
            "remainder": remainder,
            "event": EVENT,
            "rule": RULE,
            "told_on": told_on,
            "due_on": found.due,
            "due_at": found.due_at,
            "nominal": found.nominal,
            "safe": found.safe_due,
            "provisional": found.provisional,
            "why": found.provisional_why,
            "trace": Jsonb([run.as_json() for run in found.trace]),
            "rule_version": found.rule_version,
            "calendar_version": found.calendar_version,
        }


def _imported(file: Path, cast: Cast) -> tuple[float, float]:
    """Seconds from the start of the command to its end, every moved date printed, and the most memory it held."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_arrangement", str(file)]
    command += ["--by", cast.reader.email]
    started = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=settings.BASE_DIR)
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise AssertionError("the import failed; the lines above say why")
    return perf_counter() - started, usage.ru_maxrss / 1024
