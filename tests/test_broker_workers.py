"""Real workers and beats on a real broker: however many, one mail a word; a killed one's work is done by another."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction

from cases.models import Deadline, Person
from config.celery import app
from tests import smtp_sink, sweepers
from tests.watching import a_deadline, a_known_case
from tracker import jobs
from tracker.models import Reminder, Sweep

pytestmark = [pytest.mark.broker, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.watch_urls")]
COUNT = 40


@pytest.fixture
def queue() -> Iterator[str]:
    """Of this test alone: other runs on the same broker are not disturbed, nor do they disturb."""
    name = f"casebook-test-{uuid4().hex}"
    before = app.conf.task_default_queue
    app.conf.task_default_queue = name
    yield name
    app.conf.task_default_queue = before
    with app.connection_for_write() as connection:
        connection.default_channel.queue_delete(name)


@pytest.fixture
def sink() -> Iterator[smtp_sink.Sink]:
    with smtp_sink.running(delay=0.05) as sink:
        yield sink


@pytest.fixture
def deadlines(counsel: Person, member: Person) -> list[Deadline]:
    case = a_known_case(counsel, member)
    return [a_deadline(case, counsel, owner=member, due_on=date(2026, 1, 5)) for _ in range(COUNT)]


@contextmanager
def worker(queue: str, sink: smtp_sink.Sink):
    """One that has reported for work."""
    name = f"watch@{uuid4().hex}"
    with at_work(name, queue, sink) as process:
        wait_reported(name)
        yield process


def at_work(name: str, queue: str, sink: smtp_sink.Sink):
    arguments = ("-m", "celery", "-A", "config.celery", "worker", "--pool", "solo", "-Q", queue, "-n", name)
    return sweepers.started(*arguments, smtp_port=sink.port, BROKER_URL=os.environ["BROKER_URL"])


def wait_reported(*names: str) -> None:
    sweepers.wait_until(lambda: len(app.control.ping(names, timeout=0.5)) == len(names), f"{names} to report")


def beat(schedule: Path, queue: str, sink: smtp_sink.Sink):
    arguments = ("-m", "celery", "-A", "tests.quick_beat", "beat", "--scheduler", "config.beat.Beat", "--pidfile", "")
    named = {"BROKER_URL": os.environ["BROKER_URL"], "QUEUE": queue}
    return sweepers.started(*arguments, "--schedule", str(schedule), smtp_port=sink.port, **named)


def ring(queue: str, times: int = 1) -> None:
    for _ in range(times):
        app.send_task("tracker.jobs.remind", queue=queue)


def test_two_workers_at_once_send_one_mail_each(deadlines, sink, queue):
    with worker(queue, sink), worker(queue, sink):
        ring(queue)
        sweepers.wait_until(lambda: len(sink.received) > 0, "the first mail")
        ring(queue, times=3)
        sweepers.wait_until(lambda: Sweep.objects.filter(finished_at__isnull=False).count() == 4, "four sweeps")

    assert set(Counter(message["Message-ID"] for message in sink.received).values()) == {1}
    assert len(sink.received) == COUNT
    assert Sweep.objects.filter(sent__gt=0).count() >= 2, "both workers sent"


@pytest.mark.slow
def test_two_beats_and_four_workers_send_one_mail_each(deadlines, sink, queue, tmp_path):
    names = [f"watch@{uuid4().hex}" for _ in range(4)]
    with ExitStack() as started:
        for name in names:
            started.enter_context(at_work(name, queue, sink))
        wait_reported(*names)
        for number in range(2):
            started.enter_context(beat(tmp_path / f"schedule-{number}", queue, sink))
        sweepers.wait_until(lambda: Reminder.objects.filter(state="sent").count() == COUNT, "every mail")
        swept = Sweep.objects.count()
        sweepers.wait_until(lambda: Sweep.objects.filter(finished_at__isnull=False).count() > swept + 8, "more sweeps")

    assert Counter(message["Message-ID"] for message in sink.received) == dict.fromkeys(message_ids(), 1)
    assert len(message_ids()) == Reminder.objects.count() == COUNT
    assert Sweep.objects.filter(sent__gt=0).count() >= 2, "more than one worker sent"


def message_ids() -> list[str]:
    return [f"<{uid}@localhost>" for uid in Reminder.objects.values_list("uid", flat=True)]


def test_a_worker_killed_in_mid_sweep_every_word_is_sent(deadlines, sink, queue):
    with worker(queue, sink) as process:
        ring(queue)
        sweepers.wait_until(lambda: len(sink.received) >= COUNT // 4, "the first mails")
        process.kill()
        process.wait()
    before = len(sink.received)

    with worker(queue, sink):
        ring(queue)  # as the beat does each minute
        sweepers.wait_until(lambda: not Reminder.objects.unsent().exists(), "the rest of the mails")

    assert before < COUNT
    assert Reminder.objects.filter(state="sent").count() == COUNT
    assert COUNT <= len(sink.received) <= COUNT + 1


def test_a_door_rings_after_its_transaction_and_the_worker_sweeps(deadlines, sink, queue):
    with worker(queue, sink):
        with transaction.atomic():
            jobs.nudge()
        sweepers.wait_until(lambda: Reminder.objects.filter(state="sent").count() == COUNT, "the mails")

    assert len(sink.received) == COUNT


def test_a_transaction_rolled_back_rings_nothing(queue):
    with pytest.raises(ZeroDivisionError):
        ring_and_fail()

    assert waiting_in(queue) is None


def test_a_transaction_committed_rings_once(queue):
    with transaction.atomic():
        jobs.nudge()

    assert waiting_in(queue) is not None
    assert waiting_in(queue) is None


@transaction.atomic
def ring_and_fail() -> None:
    jobs.nudge()
    raise ZeroDivisionError


def waiting_in(queue: str):
    with app.connection_for_write() as connection:
        channel = connection.default_channel
        channel.queue_declare(queue=queue, durable=True, auto_delete=False)
        return channel.basic_get(queue, no_ack=True)


def test_a_broker_away_does_not_fail_the_door():
    code = (
        "import django; django.setup(); import config.celery; from tracker import jobs; jobs.nudge(); print('served')"
    )
    away = {"BROKER_URL": f"amqp://127.0.0.1:{smtp_sink.free_port()}//", "DJANGO_SETTINGS_MODULE": "tests.settings"}

    done = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | away, capture_output=True, text=True, timeout=30, check=True
    )

    assert done.stdout == "served\n"
    assert "no sweep could be asked for" in done.stderr
