"""The schema without a warning, and the docs page made from it: offline, no scripts of its own, every door on it."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from tests.test_api_walls import PUBLIC, doors


@pytest.fixture(scope="module")
def schema() -> str:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    return out.getvalue()


def test_the_schema_is_valid_and_names_every_door(schema: str) -> None:
    found = set(re.findall(r"^  (/api/v1/\S+):$", schema, re.MULTILINE))

    assert len(found) > 90
    assert {f"/api/v1/{noun}/" for noun in ("cases", "notices", "deadlines", "reminders", "rules")} <= found
    assert "/api/v1/deadlines/{uid}/extend/" in found
    assert {path.split("/")[3] for path in found if "{id}" in path} == {"rules", "calendars"}


@pytest.mark.django_db
def test_the_docs_show_every_door_with_its_fields_and_an_example() -> None:
    answer = Client().get("/api/v1/docs/")

    shown = set(re.findall(r"<b>([A-Z]+)</b> (/api/v1/\S+)</code>", answer.text))
    wanted = [door for door in doors() if (door.method, door.name) not in PUBLIC - {("post", "token")}]
    assert len(shown) == len(wanted)
    assert ("POST", "/api/v1/notices/") in shown
    assert "service_mode" in answer.text
    assert "沪网信罚" in answer.text
    listed = answer.text.split('id="deadlines_list"')[1].split("</details>")[0]
    assert "<code>safe_due_on</code>" in listed


@pytest.mark.django_db
def test_the_docs_keep_to_the_page_policy_and_ask_no_other_host() -> None:
    text = Client().get("/api/v1/docs/").text

    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\sstyle=|\son[a-z]+=", text)
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//[^\"]+", text) == []


@pytest.mark.django_db
def test_the_docs_are_titled_in_the_language_of_the_reader() -> None:
    english = Client(headers={"accept-language": "en"}).get("/api/v1/docs/")

    assert "How to call it" in english.text


@pytest.mark.django_db
def test_the_schema_is_served_as_json() -> None:
    answer = Client().get("/api/v1/schema/")

    assert answer.json()["openapi"].startswith("3.")
