"""`manage.py due`: one due date with its working, or a batch of them as JSON lines. Needs no database."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext

from cases.law.calendars import read_calendar
from cases.law.clocks import Ask, Due, Missing, lines, reckon
from cases.law.rulebook import LawError, Rule, Rulebook, book
from cases.working import in_language, missing_sentence, steps, summary

LINES_AT_ONCE = 1000
TWICE = "Of an hour that comes twice there, when clocks go back, the earlier is meant: give the offset for the later."


class Command(BaseCommand):
    help = "Work out a due date and show how; or answer JSON lines with --batch."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rule", nargs="?", help="the rule, such as CN-12")
        parser.add_argument("--on", metavar="WHEN", help="the date, or date-time, that starts the clock")
        parser.add_argument("--zone", help=f"the zone of the date-times, such as Europe/Berlin. {TWICE}")
        parser.add_argument("--calendar", help="the calendar, such as IE")
        parser.add_argument("--json", action="store_true", dest="as_json", help="answer in JSON")
        parser.add_argument("--batch", metavar="FILE", help="answer the JSON lines of a file, or of - (stdin)")
        parser.add_argument("--calendar-file", metavar="FILE", help="use this calendar besides the shipped ones")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            law = _law(options["calendar_file"])
            if options["batch"]:
                self._batch(options["batch"], law)
            elif options["rule"] and options["on"]:
                self._one(options, law)
            else:
                raise CommandError("say which RULE and --on which date; or --batch FILE")
        except LawError as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:
            _leave_quietly()

    def _one(self, options: dict[str, Any], law: Rulebook) -> None:
        asked = {"rule": options["rule"], "trigger": options["on"], "zone": options["zone"]}
        ask = lines.ask_from({**asked, "calendar": options["calendar"]}, law)
        found = reckon(ask, book=law)
        if options["as_json"]:
            self.stdout.write(json.dumps(found.as_json()))
        else:
            self.stdout.write("\n".join(_told(ask, found, law)))

    def _batch(self, name: str, law: Rulebook) -> None:
        at_once = 1 if name == "-" else LINES_AT_ONCE  # who types a question waits for its answer
        asked = _lines(name)
        while chunk := [lines.reply(line, book=law) for line in islice(asked, at_once)]:
            self.stdout.write("\n".join(chunk))
            self.stdout.flush()


def _law(calendar_file: str | None) -> Rulebook:
    law = book()
    if calendar_file is None:
        return law
    path = Path(calendar_file)
    try:
        content = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"cannot read {calendar_file}: {error}") from error
    return law.with_calendar(read_calendar(content, path.name, law.calendars))


def _lines(name: str) -> Iterator[bytes]:
    if name == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield from file
    except OSError as error:
        raise CommandError(f"cannot read {name}: {error}") from error


def _told(ask: Ask, found: Due | Missing, law: Rulebook) -> list[str]:
    assert isinstance(ask.rule, str)
    on = _rule_of(ask.rule, found, law)
    heading = [f"{on.id} {in_language(on, 'title')}", in_language(on, "citation"), ""]
    if isinstance(found, Missing):
        return [*heading, missing_sentence(found, law)]
    told = [f"{label}: {value}" for label, value in summary(found, on)]
    numbered = [f"{number}. {step}" for number, step in enumerate(steps(found), start=1)]
    return [*heading, *told, "", gettext("How it was worked out"), *numbered]


def _rule_of(rule_id: str, found: Due | Missing, law: Rulebook) -> Rule:
    versions = law.versions(rule_id)
    if isinstance(found, Missing):
        return versions[-1]
    return next(rule for rule in versions if rule.version == found.rule_version)


def _leave_quietly() -> None:
    """The reader went away. What is still buffered goes nowhere, so that the interpreter's last flush is silent too."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(1)
