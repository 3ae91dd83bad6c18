"""What the environment says, as Django gets it; and what is refused with a sentence."""

import os
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core import mail

from config import addresses

ROOT = Path(__file__).resolve().parent.parent
SERVER = {
    "DATABASE_URL": "postgresql://casebook:pw@db.example.org/casebook",
    "BROKER_URL": "amqp://broker.example.org//",
    "ALLOWED_HOSTS": "casebook.example.org",
    "SECRET_KEY": "r4nd0m-" * 10,
}


def database(url):
    found = addresses.database(url)
    return tuple(found[name] for name in ("HOST", "PORT", "USER", "PASSWORD", "NAME", "OPTIONS"))


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("postgresql://u:p@h:5433/n", ("h", "5433", "u", "p", "n", {})),
        ("postgres://h/n?sslmode=require", ("h", "", "", "", "n", {"sslmode": "require"})),
        ("postgresql://u:p%40%2F@h/n%C3%A9", ("h", "", "u", "p@/", "né", {})),
        ("postgresql://u@/n?host=/run/pg&port=6432", ("/run/pg", "6432", "u", "", "n", {})),
        ("postgresql://%2Frun%2Fpg/n", ("/run/pg", "", "", "", "n", {})),
        ("postgresql://[::1]:5432/n", ("::1", "5432", "", "", "n", {})),
    ],
)
def test_database_address(url, wanted):
    assert database(url) == wanted


@pytest.mark.parametrize("url", ["mysql://h/n", "postgresql://h", "postgresql://h:x/n", "postgresql://[h/n", "none"])
def test_database_address_that_is_none_names_the_variable(url):
    with pytest.raises(addresses.BadAddress, match=r"^DATABASE_URL "):
        addresses.database(url)


@pytest.mark.parametrize("url", ["", "http://h", "smtp://", "file://"])
def test_mail_address_that_is_none_names_the_variable(url):
    with pytest.raises(addresses.BadAddress, match=r"^EMAIL_URL "):
        addresses.email(url)


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [("smtp://h", 25, False, False), ("smtp+tls://h", 587, True, False), ("smtps://h:1465", 1465, False, True)],
)
def test_mail_address_of_a_server(url, port, tls, ssl):
    found = addresses.email(url)
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, tls, ssl)


def test_mail_without_a_server_is_one_whole_file_a_message(settings, tmp_path):
    for name, value in addresses.email(tmp_path.joinpath("mail box").as_uri()).items():
        setattr(settings, name, value)

    mail.send_mail("约谈：期限将至", "截止 10 月 9 日", "a@example.org", ["b@example.org"])

    (file,) = (tmp_path / "mail box").iterdir()
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert file.suffix == ".eml"
    assert (message["subject"], message.get_content().strip()) == ("约谈：期限将至", "截止 10 月 9 日")


def manage(*arguments, **environment):
    named = {"PATH": os.environ["PATH"], "DATA_DIR": "/nonexistent", **environment}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=named, capture_output=True, text=True, check=False, timeout=60)


def test_a_server_without_a_secret_key_is_refused():
    done = manage("check", **{name: value for name, value in SERVER.items() if name != "SECRET_KEY"})
    assert done.returncode != 0
    assert "SECRET_KEY is not set. Give every process the same long random text as SECRET_KEY." in done.stderr


def test_the_deployment_check_is_clean_for_a_server():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **SERVER)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


def test_a_flag_that_is_neither_yes_nor_no_is_refused():
    done = manage("check", **SERVER, DEBUG="perhaps")
    assert "DEBUG must be 1 or 0, not 'perhaps'." in done.stderr


def test_reading_the_settings_starts_nothing_and_writes_nothing(tmp_path):
    done = manage("check", DATA_DIR=str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []


COOKIES = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "casebook_session casebook_csrf"),
        ({"PORT": "8000"}, "casebook_session casebook_csrf"),
        ({"PORT": "8123"}, "casebook_session_8123 casebook_csrf_8123"),
        (SERVER | {"PORT": "8123"}, "casebook_session casebook_csrf"),
    ],
    ids=["as usual", "at 8000", "a second copy", "a server"],
)
def test_two_copies_on_one_machine_keep_their_own_cookies(environment, named):
    assert manage("shell", "--no-imports", "-c", COOKIES, **environment).stdout.strip() == named


@pytest.mark.django_db
def test_every_answer_carries_the_strict_policy(client):
    policies = client.get("/healthz")["Content-Security-Policy"].split("; ")
    assert sorted(policies) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
    ]
