"""Every page of the administration, found from the resolver: only staff come in, and of the record nothing is there."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from cases.models import Authority, Leave, Party, Person, Role
from tests.addresses import patterns
from tests.factories import an_authority
from tests.page_world import WORD, PageWorld, the_pages_world

pytestmark = pytest.mark.django_db
ADMIN = "en/admin/"
# path → what the keeper, who has every right in it, and staff without any right are answered: GET and POST each.
# An empty form shows itself again, or a list leads back to itself.
OPEN, LED, SHUT, NONE, NO_SUCH = {200}, {302}, {403}, {404}, {405}
PAGES: dict[str, tuple[set[int], set[int], set[int], set[int]]] = {
    "": (OPEN, OPEN, OPEN, OPEN),
    "login/": (LED, OPEN, LED, OPEN),
    "logout/": (NO_SUCH, LED, NO_SUCH, LED),
    "password_change/": (OPEN, OPEN, OPEN, OPEN),
    "password_change/done/": (OPEN, NO_SUCH, OPEN, NO_SUCH),
    "autocomplete/": (SHUT, NO_SUCH, SHUT, NO_SUCH),
    "jsi18n/": (OPEN, NO_SUCH, OPEN, NO_SUCH),
    "^(?P<app_label>cases)/$": (OPEN, OPEN, NONE, NONE),
    "(?P<url>.*)$": (NONE, NONE, NONE, NONE),
    "cases/person/<id>/password/": (OPEN, OPEN, SHUT, SHUT),
}
OF_A_TABLE = {
    "": (OPEN, OPEN | LED, SHUT, SHUT),
    "add/": (OPEN, OPEN, SHUT, SHUT),
    "<path:object_id>/history/": (OPEN, OPEN, SHUT, SHUT),
    "<path:object_id>/delete/": (SHUT, SHUT, SHUT, SHUT),
    "<path:object_id>/change/": (OPEN, OPEN, SHUT, SHUT),
    "<path:object_id>/": (LED, LED, LED, LED),
}
TABLES = {"person": Person, "authority": Authority, "party": Party, "leave": Leave}
PAGES |= {f"cases/{table}/{page}": told for table in TABLES for page, told in OF_A_TABLE.items()}
PAGES["cases/leave/<path:object_id>/delete/"] = (OPEN, OPEN, SHUT, SHUT)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[PageWorld]:
    with django_db_blocker.unblock(), transaction.atomic():
        made = the_pages_world()
        an_authority()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _unwritten(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "django.request")


def found() -> list[str]:
    return [path.removeprefix(ADMIN) for path, _pattern in patterns(get_resolver()) if path.startswith(ADMIN)]


def address(path: str) -> str:
    table = next((model for name, model in TABLES.items() if path.startswith(f"cases/{name}/")), Person)
    row = str(table._default_manager.earliest("pk").pk)
    odd = {"^(?P<app_label>cases)/$": "cases/", "(?P<url>.*)$": "cases/case/"}
    return f"/{ADMIN}{odd.get(path, path)}".replace("<path:object_id>", row).replace("<id>", row)


def ask(client: Client, method: str, path: str) -> Any:
    with transaction.atomic():
        answer = getattr(client, method)(address(path))
        transaction.set_rollback(True)
    return answer


def by(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_every_page_has_its_stated_answer() -> None:
    assert sorted(found()) == sorted(PAGES)


@pytest.mark.parametrize("has_rights", [True, False])
def test_staff_are_answered_by_their_rights_and_told_nothing_of_the_case(has_rights: bool, world: PageWorld) -> None:
    role = {"email": "staff@platform.example", "family_en": "Staff", "role": Role.ADMINISTRATOR, "is_staff": True}
    person = Person.objects.create(**role, is_superuser=has_rights)
    at = 0 if has_rights else 2
    answers = {(path, n): ask(by(person), method, path) for path in PAGES for n, method in enumerate(("get", "post"))}

    wrong = {
        page: each.status_code for page, each in answers.items() if each.status_code not in PAGES[page[0]][at + page[1]]
    }
    assert wrong == {}
    assert [page for page, each in answers.items() if world.leaked(each.text, address(page[0]))] == []


def test_nobody_else_comes_in(world: PageWorld) -> None:
    others = [None, *(each.person for each in world.visitors.values() if each.person)]

    for person in others:
        client = by(person) if person else Client()
        answers = {(path, method): ask(client, method, path) for path in PAGES for method in ("get", "post")}
        ways = {page: each.headers.get("Location", "").split("?")[0] for page, each in answers.items()}
        assert {ways[page] for page in ways if page[0] not in {"login/", "logout/"}} == {f"/{ADMIN}login/"}
        assert [page for page, each in answers.items() if world.leaked(each.text, address(page[0]))] == []


def test_whom_a_case_holds_responsible_is_no_party_of_the_administration(world: PageWorld) -> None:
    keeper = by(Person.objects.create_superuser("keeper@platform.example", "correct horse", given_en="Keeper"))
    somebody = Party.objects.get(kind="natural_person")

    search = {"app_label": "cases", "model_name": "party", "field_name": "belongs_to", "term": WORD}
    found = keeper.get(f"/{ADMIN}autocomplete/", search).json()["results"]
    form = keeper.get(f"/{ADMIN}cases/party/add/").text

    assert keeper.get(f"/{ADMIN}cases/party/{somebody.pk}/change/").status_code == 302  # to where it says: not there
    assert (found, 'value="natural_person"' in form, 'value="brand"' in form) == ([], False, True)


def test_no_row_of_any_table_is_reached_by_its_number(world: PageWorld) -> None:
    keeper = by(Person.objects.create_superuser("keeper@platform.example", "correct horse", given_en="Keeper"))

    kinds = ContentType.objects.values_list("pk", flat=True)
    answers = {keeper.get(f"/{ADMIN}r/{kind}/{world.case.pk}/").status_code for kind in kinds}

    assert len(kinds) > 60
    assert answers == {404}
