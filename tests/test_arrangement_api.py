"""Calendars by the API: an arrangement is imported as text or as a file, and named beside the calendar it lies over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Arrangement, Deadline, Person
from tests.api_world import as_, url
from tests.arrangements import FILE, INVENTED, LATE, VERSION, an_order
from tests.factories import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(counsel: Person) -> Deadline:
    return an_order(a_case(by=counsel, lead_counsel=counsel), counsel, LATE)


def test_text_is_imported_and_the_calendar_names_it(order: Deadline, counsel: Person) -> None:
    made = as_(counsel).post(url("calendars/"), {"text": INVENTED, "file_name": "cn.toml"}, format="json")

    assert (made.status_code, made.data["version"], made.data["moved"]) == (201, VERSION, 1)
    shown = as_(counsel).get(url("calendars/CN/?year=2027")).data
    assert (shown["version"], shown["is_published"], shown["is_fictional"]) == (VERSION, True, True)
    assert [each["uid"] for each in shown["arrangements"]] == [made.data["uid"]]
    assert {"date": "2027-01-30", "kind": "make_up"}.items() <= {
        key: str(value) for key, value in next(d for d in shown["days"] if str(d["date"]) == "2027-01-30").items()
    }.items()
    listed = {each["id"]: each["arrangements"] for each in as_(counsel).get(url("calendars/")).data["results"]}
    assert [name for name, laid in listed.items() if laid] == ["CN"]


def test_a_file_is_imported(order: Deadline, administrator: Person) -> None:
    sent = {"file": SimpleUploadedFile(FILE.name, INVENTED.encode())}

    assert as_(administrator).post(url("calendars/"), sent, format="multipart").status_code == 201
    assert Arrangement.objects.get().file_name == FILE.name


def test_a_due_date_by_address_counts_by_it(order: Deadline, counsel: Person) -> None:
    asked = {"trigger": "2026-09-21", "period": {"amount": LATE, "unit": "working_day", "profile": "CN-WD"}}
    before = as_(counsel).post(url("rules/CN-22/due/"), asked, format="json").data["due"]
    as_(counsel).post(url("calendars/"), {"text": INVENTED}, format="json")

    after = as_(counsel).post(url("rules/CN-22/due/"), asked, format="json").data

    assert (before, after["due"], after["calendar_version"]) == ("2027-02-11", "2027-02-16", VERSION)


def test_what_is_wrong_or_not_allowed_is_refused(counsel: Person, member: Person) -> None:
    wrong = as_(counsel).post(url("calendars/"), {"text": "id = 3", "file_name": "x.toml"}, format="json")

    assert (wrong.status_code, wrong.data["code"]) == (409, "bad_arrangement")
    assert wrong.data["details"]["line"] == 1
    assert as_(counsel).post(url("calendars/"), {}, format="json").status_code == 400
    assert as_(member).post(url("calendars/"), {"text": INVENTED}, format="json").status_code == 403
    assert not Arrangement.objects.exists()
