"""Small made-up captures of a hot list, and the shared real one where it is at hand."""

import csv
import io
import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cases.actions.hot_list import Imported, import_hot_list
from cases.models import Case, Person
from tests.factories import NOW

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEAD = ("captured_at", "rank", "title", "category", "heat", "is_ad", "read_count")
SHARED = Path(os.environ.get("SHARED_DIR", Path(__file__).parents[2] / "shared")) / "data"
REAL_FILE = SHARED / "hot-search-2025-08-09.csv.gz"


class Row(NamedTuple):
    hour: str  # "08-01 09" of 2025, in Shanghai
    rank: int | str
    title: str
    category: str = "明星"
    is_ad: str = "false"
    heat: int | str = 1000


def moment(hour: str) -> datetime:
    day, _, clock = hour.partition(" ")
    return datetime.fromisoformat(f"2025-{day}T{clock}:00").replace(tzinfo=SHANGHAI)


def a_list(*rows: Row | tuple) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for row in (Row(*each) for each in rows):
        at = moment(row.hour).isoformat() if len(row.hour) == len("08-01 09") else row.hour
        writer.writerow((at, row.rank, row.title, row.category, row.heat, row.is_ad, ""))
    return out.getvalue().encode()


def import_bytes(raw: bytes, *, case: Case, by: Person, surface: str = "榜", at: datetime = NOW) -> Imported:
    return import_hot_list(case=case, surface=surface, file=io.BytesIO(raw), filename="list.csv", by=by, at=at)


def import_rows(*rows: Row | tuple, case: Case, by: Person, surface: str = "榜", at: datetime = NOW) -> Imported:
    return import_bytes(a_list(*rows), case=case, by=by, surface=surface, at=at)
