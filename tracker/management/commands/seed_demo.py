"""Loads the demonstration into an embedded Casebook: the public cases, a fictional twin, and four ways to sign in."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.demo.accounts import accounts_file, line
from tracker.demo.people import Cast, the_cast
from tracker.demo.public import log_all_published
from tracker.demo.twin import log_twin
from tracker.reminders import subscribe_everybody, sweep


class Command(BaseCommand):
    help = "Load the demonstration (embedded mode only). Run again it adds what is missing and changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        if not settings.EMBEDDED:
            raise CommandError("The demonstration, with its known accounts, is for the embedded mode only.")
        now = timezone.now()
        accounts = accounts_file()
        cast = the_cast()
        if not accounts.exists():
            give_password(cast, accounts)
        log_all_published(counsel=cast.counsel, at=now)
        if log_twin(cast=cast, now=now) is not None:
            sweep(now=now)
            subscribe_everybody(now=now)
        self.stdout.write(f"The demonstration is loaded. How to sign in: {accounts}")


def give_password(cast: Cast, path: Path) -> None:
    """A new one at each first run, in a file its owner alone may read. Nobody can sign in before it is written."""
    password = secrets.token_urlsafe(9)
    for _role, person in cast.sign_ins:
        person.set_password(password)
        person.save(update_fields=["password"])
    lines = [line(role, person.email, password) for role, person in cast.sign_ins]
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
