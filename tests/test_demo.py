"""The demonstration: loads on any day of the year, fills every page, and is loaded once."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case, Deadline, FlaggedContent, Import, LogEntry, Person
from tracker.demo.people import the_cast
from tracker.demo.twin import REFERENCE, log_twin

AWKWARD_DAYS = [
    datetime(2026, 9, 24, 1, 30, tzinfo=UTC),
    datetime(2026, 2, 20, 1, 30, tzinfo=UTC),  # in the Spring Festival
    datetime(2026, 10, 5, 22, 0, tzinfo=UTC),  # in the National Day week, after midnight in Beijing
    datetime(2026, 3, 1, 0, 5, tzinfo=UTC),  # a Sunday after a make-up Saturday
    datetime(2027, 4, 1, 16, 30, tzinfo=UTC),  # in a year whose arrangement is not published
]


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.EVIDENCE_URL = (tmp_path / "evidence").as_uri()


@pytest.mark.parametrize("now", AWKWARD_DAYS)
def test_the_twin_can_be_laid_on_any_day(db: None, now: datetime) -> None:
    case = log_twin(cast=the_cast(), now=now)

    assert case is not None
    running = set(Deadline.objects.running().values_list("kind", flat=True))
    assert running == {"statutory", "ordered", "regulator", "duty", "internal"}
    assert set(case.tasks.values_list("state", flat=True)) == {"todo", "in_progress", "blocked", "in_review", "closed"}
    assert set(case.requirements.values_list("state", flat=True)) == {"open", "done", "met"}
    assert not LogEntry.objects.filter(recorded_at__gt=now).exists()
    # Reconsideration of the fine was applied for; of the warning both ways are still open.
    ways = case.deadlines.filter(rule_id__in=("CN-12", "CN-18"), event__name="decision_served")
    assert set(ways.values_list("measure__kind", "rule_id", "outcome")) == {
        ("fine", "CN-12", "met"), ("fine", "CN-18", "not_chosen"),
        ("warning", "CN-12", "running"), ("warning", "CN-18", "running"),
    }  # fmt: skip


def test_the_made_up_captures_show_a_gap_and_unknown_rows(db: None) -> None:
    log_twin(cast=the_cast(), now=AWKWARD_DAYS[0])

    read = Import.objects.get()
    assert read.rows_read == (8 * 24 - 5) * 20
    assert read.rows_matched > 0
    assert FlaggedContent.objects.filter(state="confirmed").count() == 5
    assert read.case.captures.filter(unknown_20__gt=0).exists()


def test_seeding_twice_adds_nothing_and_keeps_the_passwords(db: None, settings: Any, tmp_path: Path) -> None:
    settings.EMBEDDED = True
    call_command("seed_demo")
    before = LogEntry.objects.count(), (tmp_path / "demo-accounts.txt").read_text()

    call_command("seed_demo")

    assert (LogEntry.objects.count(), (tmp_path / "demo-accounts.txt").read_text()) == before
    assert Case.objects.count() == 7
    assert Case.objects.get(is_fictional=True).reference == REFERENCE


def test_the_four_sign_ins_work_and_only_their_owner_may_read_them(db: None, settings: Any, tmp_path: Path) -> None:
    settings.EMBEDDED = True
    call_command("seed_demo")

    lines = (tmp_path / "demo-accounts.txt").read_text().splitlines()
    words = [line.split(": ", 1)[1].split() for line in lines]
    found = {email: password for email, _word, password in words}
    assert len(found) == 4
    assert all(Person.objects.get(email=email).check_password(password) for email, password in found.items())
    assert (tmp_path / "demo-accounts.txt").stat().st_mode & 0o077 == 0


def test_outside_the_embedded_mode_it_is_refused(db: None, settings: Any) -> None:
    settings.EMBEDDED = False

    with pytest.raises(CommandError, match="embedded mode only"):
        call_command("seed_demo")
    assert not Person.objects.exists()
