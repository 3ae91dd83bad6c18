"""The demonstration fits its windows whatever the day it is seeded and read on: its dates are told from that day."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.browsing import PHONE, WIDE, Visit, sideways
from tests.test_browser_pages import UNFOLD
from tracker.demo.people import the_cast
from tracker.demo.twin import REFERENCE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 320, "height": 640}
# The pages with the longest words beside the narrowest columns, each opened once and then only resized.
WIDEST = ("", "deadlines/", "status/", "flagged/")
DAYS = [
    datetime(2026, 1, 1, 2, 0, tzinfo=UTC),  # a holiday, and the year behind it
    datetime(2026, 9, 29, 2, 0, tzinfo=UTC),  # two days before the longest holiday
    datetime(2026, 11, 25, 2, 0, tzinfo=UTC),
    datetime(2026, 12, 31, 2, 0, tzinfo=UTC),  # before a year whose holidays are not published
]


@pytest.fixture
def day(request: Any, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """A page and the seeding read the clock at their doors; this is the clock they read."""
    told: datetime = request.param
    monkeypatch.setattr(timezone, "now", lambda: told)
    return told


@pytest.mark.parametrize("day", DAYS, indirect=True, ids=lambda day: f"{day:%d %b}")
def test_the_widest_pages_fit_on_any_day(day: datetime, visit: Visit, settings: Any, tmp_path: Any) -> None:
    settings.EMBEDDED, settings.DATA_DIR = True, tmp_path
    settings.EVIDENCE_URL = (tmp_path / "evidence").as_uri()
    call_command("seed_demo")
    page, too_wide = visit(the_cast().counsel), []

    for address in WIDEST:
        page.goto(f"/en/cases/{REFERENCE}/{address}")
        page.evaluate(UNFOLD)
        for size in (WIDE, PHONE, NARROW):
            page.set_viewport_size(size)
            too_wide += [(address, size["width"], sideways(page))] if sideways(page) else []

    assert too_wide == []
