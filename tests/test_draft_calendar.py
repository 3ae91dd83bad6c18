"""`manage.py draft_calendar`: a year drafted from the libraries, their traps avoided; refused where they have none."""

import io
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import cases.law
from cases.law.calendars import read_calendar
from cases.law.rulebook import book

FOLDER = Path(cases.law.__file__).parent / "calendars"


def draft(name, year):
    out = io.StringIO()
    call_command("draft_calendar", name, str(year), stdout=out)
    return out.getvalue()


def off_days(text, year):
    table = tomllib.loads(text)["statutory"][str(year)]
    spans = [(item["from"], item.get("to", item["from"])) for item in table["off"]]
    return {first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)}


def test_draft_is_marked_and_does_not_count_as_published():
    said = draft("HK", 2027)

    assert said.startswith("# DRAFT, to be reviewed: HK 2027 as the calendar libraries have it")
    assert not read_calendar(said, "draft.toml", book().calendars).is_published(2027)


def test_draft_of_hong_kong_holds_good_friday_and_the_day_after():
    assert {date(2026, 4, 3), date(2026, 4, 4), date(2026, 4, 7)} <= off_days(draft("HK", 2026), 2026)


def test_draft_of_indonesia_holds_joint_leave_and_marks_what_is_estimated():
    said = draft("ID", 2027)

    assert date(2026, 3, 20) in off_days(draft("ID", 2026), 2026)
    assert '{ from = 2027-03-10, name = "eid_al_fitr" }, # estimated by the library' in said
    assert 'eid_al_fitr = { en = "Eid al-Fitr", zh = "", zh_hant = "" }' in said


def test_draft_of_china_holds_the_make_up_days():
    drafted = read_calendar(draft("CN", 2026), "draft.toml", book().calendars)
    shipped = book().calendar("CN")
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    assert {day: drafted.day(day).kind for day in days} == {day: shipped.day(day).kind for day in days}


@pytest.mark.parametrize("name", ["AU", "DE", "HK", "IE", "IN", "SG", "UK", "US"])
def test_draft_of_2026_agrees_with_the_shipped_calendar(name):
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    assert off_days(draft(name, 2026), 2026) == {d for d in days if book().calendar(name).day(d).kind == "holiday"}


@pytest.mark.parametrize(
    ("name", "year", "why"),
    [
        ("CN", 2027, "the arrangement of 2027 is not known to chinesecalendar; nothing is guessed"),
        ("EU", 2027, "take them from the yearly Commission decision"),
        ("EU-COURT", 2027, "take them from the Court's list"),
        ("XX", 2027, "unknown calendar 'XX'"),
        ("HK", 20270, "a year between 1970 and 2099 is wanted, not '20270'"),
        ("HK", "next", "a year between 1970 and 2099 is wanted, not 'next'"),
    ],
)
def test_refuses_what_no_library_has(name, year, why):
    with pytest.raises(CommandError, match=why):
        draft(name, year)


@pytest.mark.parametrize(("name", "library"), [("HK", "holidays"), ("CN", "chinese_calendar")])
def test_without_the_libraries_it_says_how_to_get_them(monkeypatch, name, library):
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(CommandError, match=r"^the calendar libraries .*: pip install -r requirements-dev\.txt$"):
        draft(name, 2026)


def test_changes_no_file():
    before = {path.name: path.read_bytes() for path in FOLDER.iterdir()}

    draft("SG", 2027)

    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == before
