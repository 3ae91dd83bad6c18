"""Who watches the watch: the banner on every page, the figures for a monitor, and the heartbeat."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from cases.models import Role
from tests import hooks
from tests.factories import a_person
from tests.watching import MORNING, a_deadline, a_known_case, swept
from tracker import jobs
from tracker.models import Reminder, Sweep
from tracker.views.signing_in import Reader

pytestmark = pytest.mark.django_db
STANDS = b"The watch has not run for more than five minutes"
NEVER = b"The watch has never run here"


def a_sweep(ago: timedelta) -> None:
    ended = datetime.now(UTC) - ago
    Sweep.objects.create(started_at=ended - timedelta(seconds=2), finished_at=ended)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_is_told_on_every_page_that_no_sweep_has_run_for_five_minutes(client, role):
    client.force_login(a_person(role=role))
    never = client.get("/en/account/").content
    a_sweep(timedelta(minutes=4, seconds=30))
    fresh = client.get("/en/account/").content
    Sweep.objects.all().delete()
    a_sweep(timedelta(minutes=5, seconds=30))
    stale = client.get("/en/account/").content

    assert (NEVER in never, STANDS in never) == (True, False)
    assert (NEVER in fresh, STANDS in fresh) == (False, False)
    assert (NEVER in stale, STANDS in stale) == (False, True)


def test_a_sweep_that_was_killed_does_not_count_as_run(client, counsel):
    client.force_login(counsel)
    Sweep.objects.create(started_at=datetime.now(UTC), finished_at=None)

    assert NEVER in client.get("/en/account/").content


def test_everybody_is_told_that_mail_gets_no_answer(client, counsel, member, settings):
    a_deadline(a_known_case(counsel, member), counsel, member)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = "config.mail.SmtpBackend", "127.0.0.1", 1
    swept(MORNING)
    client.force_login(member)
    waiting = client.get("/en/account/").content
    Reminder.objects.update(planned_at=datetime.now(UTC) - timedelta(minutes=14))
    patient = client.get("/en/account/").content
    Reminder.objects.update(state_reason="", planned_at=MORNING)  # of one mailbox alone, not of the server
    other = client.get("/en/account/").content

    assert [b"The mail server gives no answer" in page for page in (waiting, patient, other)] == [True, False, False]


def test_who_is_not_signed_in_is_told_nothing(client):
    assert NEVER not in client.get("/en/login/").content


def test_the_banner_costs_no_page_a_statement(counsel, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = Reader().get_user(counsel.pk)

    assert (found, found.swept_at) == (counsel, None)


def test_one_who_was_deactivated_is_nobody(client, counsel):
    client.force_login(counsel)
    counsel.is_active = False
    counsel.save(update_fields=["is_active"])

    assert client.get("/en/account/").status_code == 302


# ---- /metrics --------------------------------------------------------------------------------------------------------
def figures(client, **headers):
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.status_code
    lines = answer.content.decode().splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}


@override_settings(METRICS_TOKEN="read me")
def test_the_figures_of_the_watch_are_read_with_the_token(client, counsel, member):
    deadline = a_deadline(a_known_case(counsel, member), counsel, member)
    swept(MORNING)
    Sweep.objects.all().delete()
    a_sweep(timedelta(minutes=1))
    Reminder.objects.filter(deadline=deadline).update(state="unsent", sent_at=None)

    found = figures(client, authorization="Bearer read me")

    assert found["casebook_last_sweep_seconds"] == 2
    assert found['casebook_words_unsent{kind="reminder"}'] == 1
    assert found['casebook_words_unsent{kind="digest"}'] == 0
    assert found['casebook_words_late_seconds{kind="reminder"}'] > 0
    assert found["casebook_words_failed_last_day"] == 0
    assert found['casebook_swept_last_day{what="sweeps"}'] == 1


def test_before_the_first_sweep_the_figures_are_there_without_one(client):
    with override_settings(METRICS_TOKEN="read me"):
        found = figures(client, authorization="Bearer read me")

    assert "casebook_last_sweep_timestamp_seconds" not in found
    assert found["casebook_watch_due"] == 0


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer read m", "Bearer read me2", "Token read me", "bearer Read me"])
@override_settings(METRICS_TOKEN="read me")
def test_without_the_token_there_is_nothing(client, administrator, sent):
    client.force_login(administrator)
    assert client.get("/metrics", headers={"authorization": sent}).status_code == 404


@pytest.mark.parametrize(
    ("embedded", "headers", "address", "wanted"),
    [
        (True, {}, "127.0.0.1", 200),
        (True, {}, "", 200),
        (True, {}, "192.0.2.7", 404),
        (True, {"x-forwarded-for": "192.0.2.7"}, "127.0.0.1", 404),
        (True, {"forwarded": "for=192.0.2.7"}, "127.0.0.1", 404),
        (False, {}, "127.0.0.1", 404),
    ],
)
def test_where_no_token_is_set_only_this_machine_may_read(client, embedded, headers, address, wanted):
    with override_settings(EMBEDDED=embedded, METRICS_TOKEN=""):
        assert client.get("/metrics", headers=headers, REMOTE_ADDR=address).status_code == wanted


# ---- The heartbeat ---------------------------------------------------------------------------------------------------
def test_a_sweep_that_ran_to_its_end_asks_for_the_heartbeat():
    with hooks.running() as hook, override_settings(HEARTBEAT_URL=hook.url):
        jobs.remind()

    assert hook.asked == [("GET", "/hook")]
    assert Sweep.objects.filter(finished_at__isnull=False).count() == 1


@pytest.mark.parametrize("status", [500, 404])
def test_a_heartbeat_nobody_hears_stops_nothing(status, caplog):
    with hooks.running(status=status) as hook, override_settings(HEARTBEAT_URL=hook.url):
        jobs.remind()

    assert "the heartbeat was not heard" in caplog.text


def test_no_heartbeat_is_asked_for_when_the_sweep_fails(monkeypatch):
    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr("tracker.reminders.sweep", broken)
    with hooks.running() as hook, override_settings(HEARTBEAT_URL=hook.url), pytest.raises(RuntimeError):
        jobs.remind()

    assert hook.asked == []
