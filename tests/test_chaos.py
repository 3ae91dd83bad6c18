"""`manage.py chaos`: a short storm of real processes, and the parts that judge one. `make chaos` is the long form."""

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from config.chaos.clock import Clock
from config.processes import Child
from tests.smtp_sink import free_port
from tracker.chaos import journal, plan, table
from tracker.chaos.journal import Cut, Entry
from tracker.chaos.verdict import Row, Verdict
from tracker.chaos.world import Expected
from tracker.reminders.sending import OVERTAKEN

ROOT = Path(__file__).resolve().parent.parent
MINE = ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "DATA_DIR")


def chaos(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "chaos", *arguments]
    inherited = {name: value for name, value in os.environ.items() if name not in MINE}
    return subprocess.run(
        command, cwd=ROOT, env=inherited | environment, capture_output=True, text=True, timeout=400, check=False
    )


@pytest.fixture
def place():
    """Where root's unprivileged account can pass as well; pytest's own directories are closed."""
    with tempfile.TemporaryDirectory(prefix="chaos-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


@pytest.mark.slow
@pytest.mark.embedded
def test_storm_loses_nothing_and_leaves_nothing(place):
    ran = chaos("--seconds", "30", "--words", "80", "--seed", "3", TMPDIR=str(place))

    assert ran.returncode == 0, ran.stdout + ran.stderr
    said = ran.stdout.splitlines()
    assert {f"{kind:{table.WIDTH}}" for kind in (*plan.EVERY, *plan.MOODS, *plan.JUMPS)} <= {
        line[: table.WIDTH] for line in said
    }
    assert "lost 0" in said
    assert any(line.startswith("failed 3: It could not be delivered. 550") for line in said)
    assert "watches that differ when worked out anew: 0" in said
    assert [p.pid for p in psutil.Process().children(recursive=True) if "config.chaos" in " ".join(p.cmdline())] == []
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("arguments", [("--seconds", "3"), ("--words", "3")])
def test_storm_too_small_to_tell_anything_is_refused(arguments):
    ran = chaos(*arguments)

    assert ran.returncode == 2
    assert "a storm takes 15 seconds and 20 words at least" in ran.stderr


# ---- The plan --------------------------------------------------------------------------------------------------------
def test_same_seed_is_the_same_storm_and_another_is_not():
    one, same, other = (plan.blows(seconds=60, seed=seed) for seed in (7, 7, 8))

    assert one == same != other


@pytest.mark.parametrize("seconds", [15, 60, 180])
def test_every_kind_of_blow_is_dealt_and_within_the_storm(seconds):
    blows = plan.blows(seconds=seconds, seed=1)

    assert {blow.kind for blow in blows} == {*plan.EVERY, *plan.MOODS, *plan.JUMPS}
    assert [blow.at for blow in blows] == sorted(blow.at for blow in blows)
    assert all(0 <= blow.at < seconds for blow in blows)


def test_the_mail_server_has_one_mood_at_a_time():
    moods = [blow for blow in plan.blows(seconds=180, seed=1) if blow.kind in plan.MOODS]

    assert len(moods) == 12
    assert all(one.at + one.lasts <= next_.at for one, next_ in pairwise(moods))


# ---- The clock -------------------------------------------------------------------------------------------------------
def test_clock_runs_at_its_pace_and_jumps(tmp_path, now):
    clock = Clock(tmp_path / "clock")
    clock.start(now, pace=3600)
    time.sleep(0.1)
    later = clock.now()
    clock.set_pace(0)
    clock.jump(timedelta(days=-1))

    assert timedelta(minutes=6) <= later - now < timedelta(hours=1)
    assert timedelta() <= clock.now() + timedelta(days=1) - later < timedelta(hours=1)


# ---- The mail server -------------------------------------------------------------------------------------------------
@pytest.fixture
def sink(tmp_path):
    """Its port and where its journal and its moods are."""
    (tmp_path / "mood").write_text("open")
    (tmp_path / "gone").write_text("gone@chaos.example")
    port = free_port()
    child = Child("sink", [sys.executable, "-m", "tracker.chaos.sink", str(port), str(tmp_path)], directory=ROOT)
    child.start()
    yield port, tmp_path
    child.stop()


def mail(port, to="here@chaos.example", seconds=20):
    end = time.monotonic() + seconds
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", port, local_hostname="pid-4711", timeout=5) as server:
                return server.sendmail("casebook@chaos.example", to, "Message-ID: <one@localhost>\r\n\r\nwords")
        except ConnectionRefusedError:
            assert time.monotonic() < end
            time.sleep(0.05)


def test_message_is_in_the_journal_with_its_sender_when_it_is_answered(sink):
    port, place = sink
    mail(port)

    kept = journal.read(place / "journal")[-1]
    assert (kept.event, kept.pid, kept.message_id, kept.to) == ("kept", 4711, "<one@localhost>", "here@chaos.example")


def test_each_mood_refuses_in_its_own_way_and_keeps_nothing(sink):
    port, place = sink
    mail(port)

    with pytest.raises(smtplib.SMTPRecipientsRefused, match="550"):
        mail(port, "gone@chaos.example")
    (place / "mood").write_text("answers 4xx")
    time.sleep(0.2)
    with pytest.raises(smtplib.SMTPRecipientsRefused, match="450"):
        mail(port)
    (place / "mood").write_text("refuses connections")
    time.sleep(0.2)
    with pytest.raises(AssertionError):
        mail(port, seconds=0.2)

    assert [entry.event for entry in journal.read(place / "journal")].count("kept") == 1


# ---- The verdict -----------------------------------------------------------------------------------------------------
DUE = Expected("d1", "10wd@2026-12-04", 1)


def row(uid="w1", **fields) -> Row:
    usual = {"deadline": "d1", "occasion": "10wd@2026-12-04", "rung": 0, "to": "wang", "state": "sent", "reason": ""}
    return Row(**{**usual, "answer": "250 2.0.0 kept as 1", "uid": uid, **fields})


LATER_WORD = row("w2", occasion="1wd@2026-12-04")


def kept(number, at, pid=1, uid="w1") -> Entry:
    return Entry(number, at, "kept", pid, f"<{uid}@localhost>", "wang", "")


def judged(*, rows, entries, cuts=()) -> tuple[int, list[bool], int]:
    found = Verdict([DUE], rows, entries, cuts)
    return len(found.lost), [each.cut is not None for each in found.twice], found.explained


def test_word_delivered_and_marked_is_neither_lost_nor_twice():
    assert judged(rows=[row()], entries=[kept(1, 1.0)]) == (0, [], 0)


@pytest.mark.parametrize(
    ("rows", "entries", "lost"),
    [
        ([], [], 1),  # never made
        ([row(state="unsent", answer="")], [], 2),  # made, and still waits
        ([row()], [], 2),  # marked as sent, and never delivered
        ([row(state="failed", reason="no mailbox", answer="550")], [], 1),  # nobody told instead
        ([row(state="failed", reason="no mailbox"), row("w2", to="li")], [kept(1, 1.0, uid="w2")], 0),
        ([row(state="dropped"), row("w2", to="li")], [kept(1, 1.0, uid="w2")], 1),  # gives no reason
        ([row(state="dropped", reason=OVERTAKEN), LATER_WORD], [kept(1, 1.0, uid="w2")], 0),
        ([row(state="dropped", reason=OVERTAKEN)], [], 1),  # by what, if nothing reached its reader?
    ],
)
def test_what_counts_as_lost(rows, entries, lost):
    assert judged(rows=rows, entries=entries)[0] == lost


@pytest.mark.parametrize(
    ("cut", "explained"),
    [
        (Cut("killed", 1.1, 1.1, frozenset({1})), True),
        (Cut("PostgreSQL restarted", 0.5, 2.0, None), True),
        (Cut("killed", 1.1, 1.1, frozenset({9})), False),  # another process
        (Cut("killed", 3.5, 3.5, frozenset({1})), False),  # it had taken another word: this one was marked
    ],
)
def test_second_delivery_is_explained_where_the_first_was_cut_off(cut, explained):
    entries = [kept(1, 1.0), kept(2, 3.0, uid="w2"), kept(3, 5.0, pid=2)]
    rows = [row(answer="250 2.0.0 kept as 3"), row("w2", occasion="other", answer="250 2.0.0 kept as 2")]

    assert judged(rows=rows, entries=entries, cuts=[cut]) == (0, [explained], int(explained))


def test_one_kill_explains_one_word():
    entries = [kept(1, 1.0), kept(2, 1.2, uid="w2"), kept(3, 5.0, pid=2), kept(4, 5.1, pid=2, uid="w2")]
    rows = [row(answer="kept as 3"), row("w2", occasion="other", answer="kept as 4")]

    assert judged(rows=rows, entries=entries, cuts=[Cut("killed", 1.1, 1.1, frozenset({1}))])[1] == [True, False]


def test_two_words_of_one_occasion_to_one_person_are_explained_by_nothing():
    rows = [row(), row("w2", answer="kept as 2")]

    assert judged(rows=rows, entries=[kept(1, 1.0), kept(2, 2.0, uid="w2")])[1] == [False]
