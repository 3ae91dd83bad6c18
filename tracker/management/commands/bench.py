"""Hands over to the stage that the settings name: tracker may not import config, and config starts the servers."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Measures Casebook on a database of its own and prints each figure beside its goal."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", metavar="N", help="how many, 100000 by default; a tenth is measured as well")
        parser.add_argument("--only", metavar="NAME,...", help="only: start, web, watch, law, import, calendar")

    def handle(self, *_arguments: Any, cases: str | None, only: str | None, **_options: Any) -> None:
        asked = {"--cases": cases, "--only": only}
        passed_on = [part for name, value in asked.items() if value is not None for part in (name, value)]
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, [sys.executable, "-m", settings.BENCH, *passed_on])
