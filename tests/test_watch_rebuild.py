"""The watch worked out again from nothing equals the watch kept; what differs is an error in the log and put right."""

from datetime import date, datetime, timedelta

import pytest

from cases.actions.deadline import override_deadline, waive_deadline
from cases.models import Deadline, Person
from tests.factories import NOW, a_notice
from tests.watching import a_deadline, a_known_case, shanghai, swept
from tracker.models import Sweep, Watch
from tracker.reminders import rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]
FIELDS = ("deadline_id", "version_id", "next_word_at", "next_occasion", "rung")


@pytest.fixture
def deadlines(counsel: Person, member: Person) -> list[Deadline]:
    """Dates near and far, one that has ended, one moved, and those of a notice whose service is unknown."""
    case = a_known_case(counsel, member)
    a_notice(case=case, by=counsel)
    days = [date(2026, 9, 20), date(2026, 9, 30), date(2026, 10, 16), date(2026, 12, 18)]
    dated = [a_deadline(case, counsel, owner=member, due_on=day) for day in days]
    waive_deadline(deadline=dated[1], reason="no longer asked for", by=counsel, at=NOW)
    override_deadline(deadline=dated[2], due_on=date(2026, 10, 20), reason="by letter", by=counsel, at=NOW)
    return dated


def kept() -> list[tuple[object, ...]]:
    return list(Watch.objects.order_by("pk").values_list(*FIELDS))


@pytest.mark.parametrize("hours", [0, 1, 24, 200, 700])
def test_rebuilt_equals_kept_at_any_time(deadlines, hours, caplog):
    at = NOW
    while at <= NOW + timedelta(hours=hours):
        swept(at)
        at += timedelta(hours=max(1, hours // 40))

    assert rebuild(now=at) == 0
    assert caplog.records == []


def test_rebuilt_from_nothing_equals_kept(deadlines):
    at = shanghai(2026, 10, 15, 12)
    for moment in (NOW, at):
        swept(moment)
    before = [row for row in kept() if row[2] is not None]
    Watch.objects.all().delete()

    rebuild(now=at)

    assert kept() == before


def test_a_watch_set_wrong_is_put_right_and_told(deadlines, caplog):
    swept(NOW)
    before = kept()
    Watch.objects.filter(deadline=deadlines[2]).update(next_word_at=datetime.max.replace(tzinfo=NOW.tzinfo))

    wrong = rebuild(now=NOW)

    assert wrong == 1
    assert kept() == before
    assert deadlines[2].uid in caplog.text


def test_a_watch_lost_is_found(deadlines):
    swept(NOW)
    before = kept()
    Watch.objects.filter(deadline=deadlines[0]).delete()

    assert rebuild(now=NOW) == 1
    assert kept() == before


def test_a_watch_left_on_an_ended_deadline_is_silenced(deadlines):
    swept(NOW)
    Watch.objects.filter(deadline=deadlines[1]).update(next_word_at=NOW)

    assert rebuild(now=NOW) == 1
    assert Watch.objects.get(deadline=deadlines[1]).next_word_at is None


def test_a_bell_not_yet_heard_is_no_difference(deadlines):
    swept(NOW)
    Deadline.objects.filter(pk=deadlines[3].pk).update(rearm=True)
    Watch.objects.filter(deadline=deadlines[3]).delete()

    assert rebuild(now=NOW) == 0


def test_old_sweeps_are_forgotten(db):
    for days in (91, 1):
        Sweep.objects.create(started_at=NOW - timedelta(days=days))

    rebuild(now=NOW)

    assert Sweep.objects.get().started_at == NOW - timedelta(days=1)
