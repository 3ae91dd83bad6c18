"""A clock a day ahead of its time is put right: what it put off leaves at its own hour, and the beat does not rest."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail

from cases.models import Deadline, Person
from config.beat import Beat
from config.celery import app
from tests.watching import MORNING, a_deadline, a_known_case, swept, told
from tracker.models import Reminder, Watch
from tracker.reminders import rebuild
from tracker.reminders.arming import arm_all
from tracker.reminders.making import make_due

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEFORE = MORNING - 2 * HOUR


@pytest.fixture
def deadline(counsel: Person, member: Person, settings) -> Deadline:
    """All has been said of it but the word of MORNING."""
    settings.ROOT_URLCONF = "tests.watch_urls"
    made = a_deadline(a_known_case(counsel, member), counsel, owner=member)
    swept(BEFORE - HOUR)
    mail.outbox.clear()
    return made


def make_a_day_ahead() -> Reminder:
    """The worker is killed before it sends."""
    arm_all(now=BEFORE + DAY)
    make_due(now=BEFORE + DAY)
    return Reminder.objects.unsent().get()


@pytest.mark.django_db
def test_word_made_by_a_clock_ahead_leaves_at_its_own_hour(deadline, member):
    word = make_a_day_ahead()

    swept(BEFORE)
    assert told() == []
    swept(MORNING)

    assert told() == [member.email]
    word.refresh_from_db()
    assert (word.occasion, word.made_at, word.planned_at, word.sent_at) == (
        "1wd@2026-10-16", BEFORE, MORNING, MORNING,
    )  # fmt: skip


@pytest.mark.django_db
def test_it_climbs_from_its_own_hour(deadline, counsel):
    make_a_day_ahead()

    for at in (BEFORE, MORNING, MORNING + 4 * HOUR):
        swept(at)

    assert told()[1:] == [counsel.email]
    assert rebuild(now=MORNING + 4 * HOUR) == 0


@pytest.mark.django_db
def test_word_put_off_by_a_clock_ahead_is_tried_at_once(deadline, member):
    arm_all(now=MORNING)
    make_due(now=MORNING)
    Reminder.objects.unsent().update(tries=3, try_at=MORNING + DAY)

    swept(MORNING + HOUR)

    assert told() == [member.email]


@pytest.mark.django_db
@pytest.mark.parametrize("ahead", [timedelta(seconds=2), timedelta(minutes=5)])
def test_clocks_that_differ_a_little_change_nothing(deadline, ahead):
    arm_all(now=MORNING + ahead)
    make_due(now=MORNING + ahead)

    swept(MORNING)

    assert told() == []
    assert Reminder.objects.unsent().get().made_at == MORNING + ahead


@pytest.mark.django_db
def test_quiet_hours_still_put_a_word_off(deadline, member):
    member.quiet_from, member.quiet_until = time(8), time(10)
    member.save(update_fields=["quiet_from", "quiet_until"])

    swept(MORNING)
    swept(MORNING + HOUR / 2)

    assert told() == []
    assert Watch.objects.get(deadline=deadline).next_occasion == "morning@2026-10-16"


@pytest.mark.django_db
def test_the_beat_rings_within_its_interval_after_its_clock_was_a_day_ahead(tmp_path, monkeypatch):
    beat = Beat(app, schedule_filename=str(tmp_path / "schedule"), lazy=False)
    rung = []
    monkeypatch.setattr(beat, "apply_async", lambda entry, **_options: rung.append(entry.name))
    beat.tick()
    for entry in beat.schedule.values():
        entry.last_run_at = datetime.now(UTC) + DAY

    waits = [beat.tick() for _tick in range(3)]
    for entry in beat.schedule.values():
        entry.last_run_at -= 2 * timedelta(minutes=1)
    beat._heap = None
    while beat.tick() == 0:
        pass

    assert max(waits) <= 10
    assert {"remind", "read_lists", "expire"} <= set(rung)
    beat.close()
