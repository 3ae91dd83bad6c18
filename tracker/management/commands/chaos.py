"""Hands over to the stage that the settings name: tracker may not import config, and config starts the servers."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Kills, restarts and refuses everything while reminders fall due, and counts what was lost or sent twice."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", metavar="N", help="how long the storm lasts, 180 by default")
        parser.add_argument("--words", metavar="N", help="how many reminders fall due in it, 1000 by default")
        parser.add_argument("--seed", metavar="N", help="another number, another storm")
        parser.add_argument("--keep", metavar="DIRECTORY", help="where to leave what the processes wrote")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        asked = {f"--{name}": options[name] for name in ("seconds", "words", "seed", "keep")}
        passed_on = [part for name, value in asked.items() if value is not None for part in (name, value)]
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, [sys.executable, "-m", settings.CHAOS, *passed_on])
