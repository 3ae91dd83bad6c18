"""Two sweeps at once say each word once; a sweep killed in the middle is finished by the next, and nothing is lost."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from cases.actions.deadline import waive_deadline
from cases.models import Deadline, Person
from tests import smtp_sink, sweepers
from tests.watching import MORNING, a_deadline, a_known_case, swept
from tracker.models import Reminder, Watch
from tracker.reminders.arming import arm_all

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.watch_urls")]
COUNT = 24


@pytest.fixture
def sink() -> Iterator[smtp_sink.Sink]:
    with smtp_sink.running(delay=0.02) as sink:
        yield sink


@pytest.fixture
def deadlines(counsel: Person, member: Person) -> list[Deadline]:
    """All overdue, so that each has one word to say whenever it is swept."""
    case = a_known_case(counsel, member)
    return [a_deadline(case, counsel, owner=member, due_on=date(2026, 1, 5)) for _ in range(COUNT)]


def at_once(*sweeps):
    """Runs each in a thread and a connection of its own, from the same moment."""
    ready = Barrier(len(sweeps))

    def run(sweep):
        try:
            ready.wait()
            return sweep()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sweeps)) as pool:
        return [future.result() for future in [pool.submit(run, sweep) for sweep in sweeps]]


def message_ids(sink: smtp_sink.Sink) -> Counter[str]:
    return Counter(message["Message-ID"] for message in sink.received)


def test_two_sweeps_at_once_send_one_mail_each(deadlines, sink):
    done = at_once(lambda: swept(MORNING), lambda: swept(MORNING))
    swept(MORNING)

    assert len(sink.received) == COUNT
    assert set(message_ids(sink).values()) == {1}
    assert sum(each.sent for each in done) <= COUNT
    assert Reminder.objects.filter(state="sent").count() == COUNT


def test_both_of_two_sweeps_do_some_of_the_work(deadlines, sink):
    arm_all(now=MORNING)
    from tracker.reminders.making import make_due

    make_due(now=MORNING)

    done = at_once(lambda: swept(MORNING), lambda: swept(MORNING))

    assert sum(each.sent for each in done) == COUNT
    assert min(each.sent for each in done) > 0


def test_a_deadline_an_action_holds_is_left_to_the_next_sweep(deadlines, counsel, sink):
    held, let_go = Event(), Event()

    def act():
        with transaction.atomic():
            waive_deadline(deadline=deadlines[0], reason="no longer asked for", by=counsel, at=MORNING)
            held.set()
            let_go.wait(30)

    def look():
        held.wait(30)
        try:
            return arm_all(now=MORNING)
        finally:
            let_go.set()

    _none, armed = at_once(act, look)
    swept(MORNING)

    assert armed == COUNT - 1
    assert len(sink.received) == COUNT - 1
    assert Watch.objects.get(deadline=deadlines[0]).next_word_at is None


def test_killed_in_mid_sweep_the_next_sweep_sends_the_rest(deadlines, sink):
    with sweepers.started("manage.py", "remind", smtp_port=sink.port) as process:
        sweepers.wait_until(lambda: len(sink.received) >= COUNT // 4, "mails of the sweep to be killed")
        process.kill()
        process.wait()
    before = len(sink.received)
    rows = Reminder.objects.filter(state="sent").count()

    with sweepers.started("manage.py", "remind", smtp_port=sink.port) as process:
        assert process.wait(sweepers.PATIENCE) == 0

    assert before < COUNT
    assert set(message_ids(sink)) == {f"<{uid}@localhost>" for uid in Reminder.objects.values_list("uid", flat=True)}
    assert len(message_ids(sink)) == COUNT
    # At most the one word whose answer came and whose commit did not.
    assert len(sink.received) - COUNT <= before - rows <= 1


def test_killed_before_anything_was_sent_nothing_is_lost(deadlines, sink):
    sink.delay = 30
    with sweepers.started("manage.py", "remind", smtp_port=sink.port) as process:
        sweepers.wait_until(lambda: Reminder.objects.count() == COUNT, "words to be made")
        process.kill()
        process.wait()
    sink.delay = 0

    with sweepers.started("manage.py", "remind", smtp_port=sink.port) as process:
        assert process.wait(sweepers.PATIENCE) == 0

    assert Reminder.objects.filter(state="sent").count() == COUNT
