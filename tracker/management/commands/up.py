"""Hands over to the supervisor that the settings name: tracker may not import config, and needs nothing of it."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Starts every process of one machine: the servers nobody named, web, worker and beat."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--prepare", action="store_true", help=_("migrate, grant and collect static files, then end")
        )

    def handle(self, *_arguments: Any, prepare: bool, **_options: Any) -> None:
        # The same process goes on as the supervisor: signals sent to it arrive where they are meant.
        command = [sys.executable, "-m", settings.SUPERVISOR, *(["--prepare"] if prepare else [])]
        os.environ["DATA_DIR"] = str(settings.DATA_DIR)
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, command)
