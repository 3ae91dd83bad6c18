"""`manage.py remind`: a sweep now, or a rehearsal that sends and writes nothing and tells what a sweep would send."""

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from cases.models import Deadline, Person
from tests import smtp_sink
from tests.factories import NOW
from tests.watching import MORNING, a_deadline, a_known_case, shanghai, swept
from tracker.models import Reminder, Sweep, Watch
from tracker.reminders import rehearse

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]


@pytest.fixture
def deadlines(counsel: Person, member: Person) -> list[Deadline]:
    case = a_known_case(counsel, member)
    days = [date(2026, 10, 16), date(2026, 10, 20), date(2026, 12, 18)]
    return [a_deadline(case, counsel, owner=owner, due_on=day) for day in days for owner in (member, counsel)]


def remind(**options: str) -> str:
    out = StringIO()
    call_command("remind", stdout=out, **options)
    return out.getvalue()


def test_a_rehearsal_names_whom_what_and_why(deadlines, member):
    lines = remind(at="2026-10-15T09:00+08:00").splitlines()

    assert len(lines) == 5
    assert lines[-1] == "4 reminders would go at 2026-10-15T09:00:00+08:00. Nothing was sent."
    to, subject, why = lines[0].split("\t")
    assert (to, why) == (member.email, "owner, 1wd@2026-10-16")
    assert subject.startswith("Due Fri 16 Oct 2026, 1 working day left: Send the plan [")


def test_a_rehearsal_sends_and_writes_nothing(deadlines):
    remind(at="2026-10-15T09:00+08:00")

    assert mail.outbox == []
    assert (Reminder.objects.count(), Watch.objects.count(), Sweep.objects.count()) == (0, 0, 0)
    assert Deadline.objects.filter(rearm=True).count() == 6


def plain(text: str) -> str:
    """Message-IDs and links of acknowledgement differ: the rows of the rehearsal are gone."""
    return re.sub(r"/acknowledge/[^/]+/", "/acknowledge/…/", text)


def test_a_rehearsal_equals_what_is_then_sent(deadlines):
    swept(NOW)
    mail.outbox.clear()
    rehearsed = [(each.letter.to, each.letter.subject, plain(each.letter.text)) for each in rehearse(now=MORNING)]

    swept(MORNING)

    assert rehearsed == [(message.to[0], message.subject, plain(message.body)) for message in mail.outbox]
    assert len(rehearsed) == 4


def test_a_rehearsal_of_next_week_counts_what_is_said_until_then(deadlines, counsel, member):
    # Sweeps at the moments foretold and every twelve hours besides, which must say nothing more.
    swept(NOW)
    mail.outbox.clear()
    begin = shanghai(2026, 10, 12, 8, 0)
    end = begin + timedelta(days=7)
    foretold = rehearse(now=end, since=begin)

    hours = {begin + timedelta(hours=12 * n) for n in range(7 * 2 + 1)}
    for moment in sorted(hours | {each.at for each in foretold}):
        swept(moment)

    would_go = [(each.letter.to, plain(each.letter.text)) for each in foretold if not each.obsolete]
    assert sorted(would_go) == sorted((message.to[0], plain(message.body)) for message in mail.outbox)
    assert len({each.at for each in foretold}) > 4
    assert {each.reminder.rung for each in foretold} >= {0, 1}


def test_a_rehearsal_of_next_week_leaves_nothing(deadlines):
    before = (Reminder.objects.count(), Watch.objects.count())
    assert rehearse(now=shanghai(2026, 10, 19, 8, 0), since=shanghai(2026, 10, 12, 8, 0))

    assert (Reminder.objects.count(), Watch.objects.count()) == before
    assert mail.outbox == []


def test_without_a_time_it_sweeps_now(deadlines):
    said = remind()

    assert said.startswith("Sent ")
    assert Sweep.objects.get().finished_at is not None


@pytest.mark.parametrize("at", ["tomorrow", "2026-13-01T00:00", ""])
def test_a_time_that_is_none_is_one_sentence(db, at):
    with pytest.raises(CommandError, match="is no time"):
        remind(at=at)


def test_a_time_without_an_offset_is_utc(deadlines):
    assert "at 2026-10-15T01:00:00+00:00" in remind(at="2026-10-15T01:00")


def test_a_mail_server_away_is_told(counsel, member):
    a_deadline(a_known_case(counsel, member), counsel, owner=member, due_on=date(2026, 1, 5))

    with smtp_sink.through(smtp_sink.free_port()), pytest.raises(CommandError, match="gives no answer"):
        remind()
