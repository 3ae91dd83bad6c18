"""/healthz and /readyz: what is asked, and that each part that fails is named."""

import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from config import health
from config.celery import app
from config.processes import Child
from tracker.models import Sweep

ROOT = Path(__file__).resolve().parent.parent


def test_alive_needs_nothing_but_the_process(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("finished", "wanted"),
    [
        (None, "never"),
        (timedelta(minutes=3), "ok"),
        (timedelta(minutes=3, seconds=1), "2026-09-24T01:26:59Z"),
        (timedelta(days=2), "2026-09-22T01:30:00Z"),
        (timedelta(days=-1), "never"),  # by a clock that was ahead
    ],
)
def test_last_sweep(now, finished, wanted):
    Sweep.objects.create(started_at=now, finished_at=finished and now - finished)
    assert health.last_sweep(now) == wanted


@pytest.mark.django_db
def test_the_last_sweep_and_its_length_are_told(now):
    assert health.pulse() == {"swept_at": None, "sweep_seconds": None}
    Sweep.objects.create(started_at=now, finished_at=now + timedelta(seconds=2.5))
    Sweep.objects.create(started_at=now + timedelta(minutes=1), finished_at=None)  # killed, or still at it
    assert health.pulse() == {"swept_at": "2026-09-24T01:30:02Z", "sweep_seconds": 2.5}


@pytest.mark.django_db
def test_a_silent_broker_is_named_and_nobody_waits_long(client, now, monkeypatch):
    monkeypatch.setitem(app.conf, "broker_url", "redis://localhost:1/0")
    monkeypatch.setitem(app.conf, "broker_write_url", "redis://localhost:1/0")
    begun = time.monotonic()
    assert health.broker(now) == health.NO_ANSWER
    assert time.monotonic() - begun < 5


def process(name, *arguments):
    """A real worker or beat on the test's database and the run's broker."""
    database = connection.settings_dict
    url = f"postgresql://{quote(database['USER'])}:{quote(database['PASSWORD'])}@/{database['NAME']}"
    named = {
        "DATABASE_URL": f"{url}?host={quote(database['HOST'])}&port={database['PORT'] or 5432}",
        "BROKER_URL": os.environ["BROKER_URL"],
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    return Child(
        name, [sys.executable, "-m", "celery", "--quiet", "--app", "config.celery", *arguments], named, directory=ROOT
    )


def wait(client, ready, seconds=40):
    end = time.monotonic() + seconds
    while (answer := client.get("/readyz")).json()["ready"] is not ready:
        assert time.monotonic() < end, answer.json()
        time.sleep(0.3)
    return answer


@pytest.mark.broker
@pytest.mark.django_db(transaction=True)
def test_ready_is_said_with_every_part_there_and_each_missing_one_is_named(client, tmp_path):
    worker = process("worker", "worker", "--concurrency", "1", "--loglevel", "error", "--without-mingle")
    schedule = str(tmp_path / "schedule")
    beat = process("beat", "beat", "--pidfile", "", "--scheduler", "config.beat.Beat", "--schedule", schedule)
    Sweep.objects.create(started_at=datetime.now(UTC), finished_at=datetime.now(UTC))
    assert client.get("/readyz").json()["beat"] == "is not running"
    try:
        worker.start()
        beat.start()
        said = wait(client, True)
        assert said.status_code == 200
        told = said.json()
        assert (told.pop("swept_at") is not None, told.pop("sweep_seconds")) == (True, 0.0)
        assert told == {
            "ready": True, "database": "ok", "broker": "ok", "worker": "ok", "beat": "ok", "last_sweep": "ok",
        }  # fmt: skip
    finally:
        worker.stop()
        beat.stop()
    said = wait(client, False)
    assert said.status_code == 503
    assert (said.json()["worker"], said.json()["beat"]) == ("gives no answer", "is not running")
