"""The job that finishes imports: one unreadable file stops no other, and a done one is left alone."""

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cases.actions.hot_list import begin_import
from cases.models import Import, Person
from tests.factories import a_case
from tracker.jobs import read_lists

LIST = "captured_at,rank,title,category\n2026-09-20T10:00:00+08:00,1,示例艺人甲,明星\n"


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_URL = (tmp_path / "evidence").as_uri()


def begin(counsel: Person, now: datetime, *, words: str) -> Import:
    file = io.BytesIO(words.encode())
    case = a_case(by=counsel)
    return begin_import(case=case, surface="热搜榜", file=file, filename="list.csv", by=counsel, at=now).record


def test_an_unreadable_file_stops_no_other(counsel: Person, now: datetime) -> None:
    broken = begin(counsel, now, words="no,such,columns\n1,2,3\n")
    whole = begin(counsel, now, words=LIST)

    read_lists()

    broken.refresh_from_db()
    whole.refresh_from_db()
    assert (broken.state, whole.state, whole.rows_matched) == ("failed", "done", 1)
    assert whole.started_at < whole.finished_at


def test_what_is_done_is_not_read_again(counsel: Person, now: datetime) -> None:
    whole = begin(counsel, now, words=LIST)
    read_lists()
    finished_at = Import.objects.get(pk=whole.pk).finished_at

    read_lists()

    assert Import.objects.get(pk=whole.pk).finished_at == finished_at
