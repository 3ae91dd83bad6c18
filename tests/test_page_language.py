"""Languages: the address says which, switching keeps the page, hours are the reader's own."""

import pytest

from tests.rooms import an_old_case, main_of, reading


@pytest.mark.parametrize(
    ("here", "to", "there"),
    [
        ("/en/cases/?status=open", "zh-hans", "/zh-hans/cases/?status=open"),
        ("/zh-hans/account/", "zh-hant", "/zh-hant/account/"),
        ("/zh-hant/", "en", "/en/"),
    ],
)
def test_switching_the_language_keeps_the_page(counsel, here, to, there):
    assert reading(counsel).post("/i18n/setlang/", {"language": to, "next": here}).url == there


def test_switching_inside_a_case_keeps_the_section(counsel):
    case = an_old_case(counsel)
    here = f"/en/cases/{case.reference}/timeline/?kind=case"

    answer = reading(counsel).post("/i18n/setlang/", {"language": "zh-hans", "next": here})

    assert answer.url == f"/zh-hans/cases/{case.reference}/timeline/?kind=case"


@pytest.mark.parametrize("to", ["tlh", "", "../../x"])
def test_language_we_do_not_speak_changes_nothing(counsel, to):
    assert reading(counsel).post("/i18n/setlang/", {"language": to, "next": "/en/cases/"}).url == "/en/cases/"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/en/", "//elsewhere.example"])
def test_switching_leads_nowhere_else(counsel, elsewhere):
    answer = reading(counsel).post("/i18n/setlang/", {"language": "zh-hans", "next": elsewhere})

    assert "elsewhere.example" not in answer.url


@pytest.mark.parametrize(("prefix", "tag"), [("en", "en"), ("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant")])
def test_page_says_its_language(counsel, prefix, tag):
    assert f'<html lang="{tag}"' in reading(counsel).get(f"/{prefix}/cases/").text


def test_bare_address_leads_to_the_language_chosen_before(counsel):
    reader = reading(counsel)
    reader.post("/i18n/setlang/", {"language": "zh-hant", "next": "/en/"})

    assert reader.get("/").url == "/zh-hant/"


@pytest.mark.parametrize(
    ("zone", "hour"),
    [("Asia/Shanghai", "Mon 6 Jan 2025 09:30"), ("Europe/Dublin", "Mon 6 Jan 2025 01:30"),
     ("America/New_York", "Sun 5 Jan 2025 20:30")],
)  # fmt: skip
def test_hours_are_the_reader_s_own_and_the_page_names_the_zone(counsel, zone, hour):
    case = an_old_case(counsel)
    type(counsel).objects.update(zone=zone)

    shown = main_of(reading(counsel).get(f"/en/cases/{case.reference}/timeline/"))

    assert hour in shown
    assert zone in shown


def test_zone_of_one_reader_is_not_left_for_the_next(counsel, client):
    type(counsel).objects.update(zone="America/New_York")
    reading(counsel).get("/en/cases/")

    from django.utils import timezone

    assert timezone.get_current_timezone_name() == "UTC"
