"""The real list of two months, where the shared folder is at hand; nothing of it is kept in this repository."""

import csv
import gzip
import io
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Sum

from cases.actions.flagged import add_flagging_rule
from cases.actions.hot_list import import_hot_list, reflag
from cases.boards import fold_category
from cases.models import Capture, Case, Evidence, FlaggedContent, Person, Sighting
from tests.factories import NOW, a_case
from tests.hot_lists import REAL_FILE, SHANGHAI
from tracker.status.exposure import daily, hourly

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL_FILE.exists(), reason="left out: the shared list of 66,324 rows is not at hand"),
]


@pytest.fixture
def case(counsel: Person) -> Case:
    found = a_case(by=counsel)
    add_flagging_rule(case=found, provision="O5-7-2", categories=["明星"], by=counsel, at=NOW)
    return found


def bring(case: Case, by: Person):
    with REAL_FILE.open("rb") as file:
        return import_hot_list(case=case, surface="热搜榜", file=file, filename=REAL_FILE.name, by=by, at=NOW)


def rows() -> list[dict[str, str]]:
    """Read by the standard library alone, so that it can disagree."""
    with gzip.open(REAL_FILE, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(io.StringIO(file.read(), newline="")))


def is_celebrity(row: dict[str, str]) -> bool:
    category = fold_category(row["category"]) or ""
    return category == "明星" or category.startswith("明星-")


def test_the_real_file_reconciles_and_a_second_import_adds_nothing(case, counsel):
    record = bring(case, counsel).record
    again = bring(case, counsel)

    matched = sum(map(is_celebrity, rows()))
    assert (record.rows_read, record.rows_matched, record.rows_rejected) == (66_324, matched, 0)
    assert record.rows_unmatched == 66_324 - matched
    assert record.captures_added == Capture.objects.count() == 1_269
    assert Capture.objects.aggregate(Sum("rows"))["rows__sum"] == 66_324
    assert Capture.objects.aggregate(Sum("advertisements"))["advertisements__sum"] == 1_675
    assert FlaggedContent.objects.aggregate(Sum("hours"))["hours__sum"] == Sighting.objects.count() == matched
    assert again.is_repeat
    assert (again.record, Evidence.objects.count(), Capture.objects.count()) == (record, 1, 1_269)


def test_the_exposure_of_the_real_file_is_that_of_its_rows(case, counsel):
    bring(case, counsel)
    present, matched = Counter(), Counter()
    for row in rows():
        for depth in (10, 20, 50):
            present[row["captured_at"], depth] += int(row["rank"]) <= depth
            matched[row["captured_at"], depth] += int(row["rank"]) <= depth and is_celebrity(row)

    exposure = hourly(case, surface="热搜榜", zone=ZoneInfo("Asia/Shanghai"))

    shown = {
        (point.at.isoformat(), top.depth): top
        for point in exposure.points
        for top in (point.top10, point.top20, point.top50)
    }
    assert {key: top.present for key, top in shown.items()} == dict(present)
    assert {key: top.matched for key, top in shown.items()} == {key: matched[key] for key in present}
    assert (exposure.hours, exposure.hours_missing) == (1_269, 1_464 - 1_269)


def test_the_days_of_the_real_file_add_up_to_its_hours(case, counsel):
    bring(case, counsel)

    days = daily(case, surface="热搜榜", zone=SHANGHAI)
    hours = hourly(case, surface="热搜榜", zone=SHANGHAI)

    assert sum(day.top50.matched for day in days.points) == sum(hour.top50.matched for hour in hours.points)
    assert sum(day.hours for day in days.points) == len(hours.points) == 1_269
    assert days.gaps == hours.gaps


def test_reading_the_real_file_again_changes_nothing(case, counsel):
    record = bring(case, counsel).record
    before = list(FlaggedContent.objects.order_by("pk").values())

    again = reflag(case=case, surface="热搜榜", by=counsel, at=NOW)

    assert (again.rows_matched, again.candidates_added) == (record.rows_matched, 0)
    assert list(FlaggedContent.objects.order_by("pk").values()) == before
