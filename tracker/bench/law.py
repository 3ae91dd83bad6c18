"""What a date costs: clocks a second in one process, and `due --batch` from its start to its last line."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from cases.law.clocks import Due, reckon
from cases.law.clocks.lines import ask_from
from cases.law.rulebook import Rule, book
from tracker.bench.figures import Figure, Goal
from tracker.bench.stopwatch import p50, seconds_of

CLOCKS: Final = 20_000
ROUNDS: Final = 3
FIRST: Final = date(2025, 2, 3)
DAYS: Final = 540
BARE_LOOP: Final = """
import json, sys
for line in open(sys.argv[1], "rb"):
    sys.stdout.write(json.dumps(json.loads(line)) + "\\n")
"""


def figures(*, lines: int, place: Path) -> Iterator[Figure]:
    yield clocks(min(lines, CLOCKS))
    yield batch(lines, place)


def questions(count: int) -> list[dict[str, Any]]:
    """Every rule that a first fact alone can answer, over a year and a half of triggers."""
    law = book()
    rules = [rule for rule in law.rules if rule.enabled and answers(rule)]
    return [question(number, rule) for number, rule in enumerate(islice(cycle(rules), count))]


def answers(rule: Rule) -> bool:
    law = book()
    if not rule.parts or rule.valid_to:
        return False
    return isinstance(reckon(ask_from(question(0, rule), law), book=law), Due)


def question(number: int, rule: Rule) -> dict[str, Any]:
    day = max(rule.valid_from, FIRST) + timedelta(days=number * 7 % DAYS)
    is_hours = book().profile(rule.profile).is_hours if rule.profile else False
    trigger = f"{day}T09:30:00+08:00" if is_hours else str(day)
    return {"id": number, "rule": rule.id, "trigger": trigger, "zone": "Asia/Shanghai", "calendar": "CN"}


def clocks(count: int) -> Figure:
    law = book()
    asks = [ask_from(each, law) for each in questions(count)]

    def reckon_all() -> None:
        for ask in asks:
            reckon(ask, book=law)

    rate = count / p50(reckon_all, rounds=ROUNDS)
    return Figure("clocks reckoned, one core", Goal(per_second=20_000), per_second=rate)


def batch(count: int, place: Path) -> Figure:
    file = place / "questions.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in questions(count)))
    ours = seconds_of(lambda: _run([str(settings.BASE_DIR / "manage.py"), "due", "--batch", str(file)], count, place))
    bare = seconds_of(lambda: _run(["-c", BARE_LOOP, str(file)], count, place))
    goal = Goal(per_second=10_000, ratio=8)
    return Figure(f"due --batch, {count:,} lines with traces", goal, per_second=count / ours, ratio=ours / bare)


def _run(arguments: Sequence[str], count: int, place: Path) -> None:
    answer = place / "answers.jsonl"
    with answer.open("wb") as output:
        subprocess.run([sys.executable, *arguments], stdout=output, cwd=settings.BASE_DIR, check=True)
    with answer.open("rb") as lines:
        answered = sum(1 for _line in lines)
    if answered != count:
        raise AssertionError(f"{answered} answers to {count} questions")
