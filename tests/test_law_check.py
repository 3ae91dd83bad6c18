"""The system check of the rulebook: what ships is sound, each fault is named, and `manage.py check` fails on it."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from cases.checks import faults
from cases.law import tracks
from cases.law.rulebook import Event, book

ROOT = Path(__file__).resolve().parent.parent
UNSOUND = {
    "citation_en": ("", "citation_en is empty"),
    "citation_zh": (" ", "citation_zh is empty"),
    "title_zh_hant": ("", "title_zh_hant is empty"),
    "source": ("", "source is empty"),
    "valid_to": (book().rule("CN-05", None).valid_from.replace(year=2020), "lies before valid_from"),
    "id": ("CN-50", "is listed as CN-05"),
    "starts_on": ((), "no event starts it and it caps no other rule"),
    "facts": ((), "it starts from no fact"),
    "profile": ("CN-W", "unknown profile 'CN-W'"),
    "calendar": ("PRC", "unknown calendar 'PRC'"),
    "creates": (("CN-6",), "unknown rule 'CN-6'"),
    "cap_of": ("CN-6", "unknown rule 'CN-6'"),
    "bars": (("CN-6",), "unknown rule 'CN-6'"),
    "restarts_on": ("told", "unknown fact 'told'"),
    "suspended_by": (("rain",), "unknown event 'rain'"),
    "on_expiry": ("hearing_held", "its end 'hearing_held' starts no rule"),
}


def test_shipped_rulebook_is_sound():
    assert list(faults(book(), tracks.events())) == []
    call_command("check")


@pytest.mark.parametrize("key", UNSOUND)
def test_fault_of_a_rule_is_named_with_its_version(key):
    value, told = UNSOUND[key]
    rule = replace(book().rule("CN-05", None), **{key: value})
    unsound = replace(book(), by_id={**book().by_id, "CN-05": (rule,)})

    assert [fault for fault in faults(unsound, tracks.events()) if fault.startswith(rule.version) and told in fault]


def test_event_of_no_use_is_named_until_it_says_so():
    idle = Event("moon_rose", "Moon rose", "月出", "月出")

    def told(event):
        return list(faults(replace(book(), events={**book().events, event.name: event}), tracks.events()))

    assert told(idle) == ["event moon_rose is used by no rule and no track, and does not say only_recorded"]
    assert told(replace(idle, only_recorded=True)) == []


def test_event_that_is_used_must_not_say_it_is_only_recorded():
    busy = replace(book().event("order_served"), only_recorded=True)
    unsound = replace(book(), events={**book().events, "order_served": busy})

    assert list(faults(unsound, tracks.events())) == ["event order_served says only_recorded, but is used"]


def test_event_of_a_track_must_be_known():
    told = list(faults(book(), tracks.events() | {"sun_set"}))

    assert told == ["a track brings about the unknown event 'sun_set'"]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("rules/cn-01-penalty.toml", 'profile = "CN-WD"', 'profile = "CN-W"', "unknown profile 'CN-W'"),
        ("events.toml", "only_recorded = true\n", "", "information_request_served is used by no rule and no track"),
    ],
)
def test_broken_rulebook_fails_the_check(tmp_path, file, old, new, told):
    for name in ("cases", "tracker", "config"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("manage.py", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    broken = tmp_path / "cases" / "law" / file
    text = broken.read_text("utf-8")
    assert old in text
    broken.write_text(text.replace(old, new, 1), "utf-8")

    env = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert told in done.stderr
