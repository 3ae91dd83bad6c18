"""What an import costs: a made-up hot list of the size of the real one, read by the command in a process of its own."""

import csv
import gzip
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from cases.actions.flagged import add_default_rules
from cases.models import Authority, Case, CaseAccess, Import, Party
from tracker.bench import peak
from tracker.bench.figures import Figure, Goal
from tracker.bench.filling import Cast

HOURS: Final = 1269
ROWS: Final = 66_324
TITLES: Final = 9000
CATEGORIES: Final = ("明星", "社会", "", "综艺", "财经", "科技", "艺人", "")
FIRST: Final = datetime(2025, 8, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
HEAD: Final = ("captured_at", "rank", "title", "category", "heat", "is_ad", "read_count")


def figure(*, hours: int, cast: Cast, place: Path, at: datetime) -> Figure:
    rows = hours * ROWS // HOURS
    file = place / "list.csv.gz"
    write_list(file, hours, rows)
    case = _case(cast, at)
    seconds, megabytes = _imported(file, case, cast)
    made = Import.objects.get(case=case)
    if (made.rows_read, made.captures_added) != (rows, hours) or not made.rows_matched:
        raise AssertionError(f"{made.rows_read} rows and {made.captures_added} captures were read of {rows}, {hours}")
    return Figure(f"import of {rows:,} rows", Goal(seconds=20, megabytes=300), seconds=seconds, megabytes=megabytes)


def write_list(file: Path, hours: int, rows: int) -> None:
    with gzip.open(file, "wt", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEAD)
        for number in range(rows):
            hour, rank = number * hours // rows, number - -(-(number * hours // rows) * rows // hours) + 1
            # A title stays on the list for some hours, moving.
            title = (hour // 5 * 13 + rank * 7) % TITLES
            at = FIRST + timedelta(hours=hour)
            category = CATEGORIES[title % len(CATEGORIES)]
            writer.writerow((at.isoformat(), rank, f"话题第{title}号", category, 5_000_000 // rank, "false", ""))


def _case(cast: Cast, at: datetime) -> Case:
    """Of the measured reader alone, with the rules a case begins with."""
    case = Case.objects.create(
        reference="LIST-2026-MEASURED",
        title_en="The list",
        party=Party.objects.earliest("pk"),
        lead_authority=Authority.objects.earliest("pk"),
        lead_counsel=cast.reader,
        opened_at=at,
        recorded_at=at,
        recorded_by=cast.reader,
    )
    CaseAccess.objects.create(case=case, person=cast.reader, from_at=at, reason="Measured", granted_by=cast.reader)
    add_default_rules(case=case, by=cast.reader, at=at)
    return case


def _imported(file: Path, case: Case, cast: Cast) -> tuple[float, float]:
    """Seconds from the start of the command to its end, and the most memory it held."""
    command = [sys.executable, "-m", "tracker.bench.peak", "import_hot_list", str(file)]
    command += ["--case", case.reference, "--by", cast.reader.email]
    started = perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=settings.BASE_DIR, text=True, check=False)
    if done.returncode:
        raise AssertionError("the import failed; the lines above say why")
    return perf_counter() - started, peak.told_in(done.stdout) / 1024
