"""Every page, found from the resolver: each method has its stated policy, and each who comes gets the answer it says.

Some come through the whole house, as a browser does; the others knock at the door itself, where nothing around it is
made, and those within the case, whose pages are made once for counsel, are only asked whether they are let in.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import Http404
from django.template.base import Template
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import resolve, reverse

from cases import legislation
from cases.actions import RuleBroken
from cases.models import Person, Role
from cases.permissions import POLICY, Forbidden
from config import health
from tests.page_doors import REACHES, WORDS, Door, doors, expected, found, stated
from tests.page_world import PageWorld, Visitor, the_pages_world
from tests.test_api_walls import verbs

pytestmark = pytest.mark.django_db
# Of each role; and counsel, who may do most, also by way of another case, behind a barrier, and past their time.
STRANGERS = [f"a stranger, {role}" for role in Role]
OUTSIDE = [*STRANGERS, "with another case", "barred", "past"]
WITHIN = ["counsel", "member", "executive", "auditor"]
handler = ClientHandler(enforce_csrf_checks=False)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[PageWorld]:
    """Built once for all of these, and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield the_pages_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _unwritten(caplog: pytest.LogCaptureFixture) -> None:
    """Two thousand refusals are no news here."""
    caplog.set_level(logging.CRITICAL, "django.request")


@dataclass(frozen=True)
class Answer:
    code: object
    told: str = ""  # its headers and its body


def browse(visitor: Visitor, method: str, address: str) -> Answer:
    """An empty form where it is a POST."""
    return answered(handler(asking(method, address, cookie=visitor.cookie).environ))


def knock(visitor: Visitor, method: str, address: str) -> Answer:
    """At the view, with what the middleware would have put into the request."""
    request, door = asking(method, address), resolve(address.partition("?")[0])
    assert visitor.person is not None
    request.user, request.resolver_match = Person.objects.get(pk=visitor.person.pk), door
    request.session, request._messages = SessionStore(), CookieStorage(request)
    request._dont_enforce_csrf_checks = True
    legislation.forget()
    try:
        return answered(door.func(request, *door.args, **door.kwargs))
    except Http404:
        return Answer(404)
    except Forbidden:
        return Answer(403)
    except RuleBroken as refusal:
        return Answer(409, str(refusal))


def asking(method: str, address: str, cookie: str = "") -> Any:
    return getattr(RequestFactory(), method.lower())(address, headers={"cookie": cookie} if cookie else {})


def answered(answer: Any) -> Answer:
    led_to = answer.headers.get("Location", "")
    code = "sign in" if led_to.startswith(reverse("login")) else answer.status_code
    if hasattr(answer, "render"):
        answer.render()
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for close in answer._resource_closers:
        close()
    headers = [f"{name}: {value}" for name, value in answer.items()]
    return Answer(code, "\n".join([*headers, answer.cookies.output(), body.decode(errors="replace")]))


Come = Callable[[Visitor, str, str], Answer]


def undone(come: Come, visitor: Visitor, door: Door, address: str) -> Answer:
    """Whatever was done is taken back: each comes to the same world."""
    with transaction.atomic():
        answer = come(visitor, door.method, address)
        transaction.set_rollback(True)
    return answer


def wrong_answers(come: Come, who: str, world: PageWorld, at: Iterable[Door]) -> Iterator[tuple[object, ...]]:
    visitor = world.visitors[who]
    for door in at:
        address = world.address(door)
        answer, wanted = undone(come, visitor, door, address), expected(door, visitor.standing)
        if answer.code not in wanted:
            yield door.method, door.name, answer.code, wanted
        if who not in WITHIN and (leaked := world.leaked(answer.told, address)):
            yield door.method, door.name, leaked


def for_people() -> list[Door]:
    return [door for door in doors() if door.reach != "machine"]


def one_of_a_kind() -> list[Door]:
    return list({(door.reach, door.method, door.asks): door for door in for_people()}.values())


@pytest.fixture
def unmade(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages are asked for and answered with their code; only their templates are left unwritten."""
    monkeypatch.setattr(Template, "_render", lambda _template, _context: "")


def test_every_page_has_its_stated_policy_for_each_method() -> None:
    policy = stated()

    assert set(policy) == set(found())
    assert {reach for reach, _get, _post in policy.values()} == REACHES
    assert {asks for _reach, *both in policy.values() for asks in both} <= set(POLICY) | WORDS
    of_cases = {name for name, path in found().items() if "<slug:reference>" in path}
    assert {name for name, (reach, *_both) in policy.items() if reach in {"case", "persons"}} == of_cases


def test_a_page_and_its_door_of_the_api_ask_the_same() -> None:
    pages = {api_name(name): post for name, (_reach, _get, post) in stated().items() if post != "view"}
    both = verbs().keys() & pages.keys()

    assert {name: (pages[name], verbs()[name]) for name in both if pages[name] != verbs()[name]} == {}
    assert len(both) > 30


def api_name(page: str) -> str:
    """`requirement_sign_off` → `requirements-sign-off`."""
    noun, _underscore, verb = page.partition("_")
    noun = {"hold": "legal-hold", "approval": "export-approval", "classified": "classified-paper"}.get(noun, noun)
    verb = {"add": "list", "issue": "list", "close_way": "close"}.get(verb, verb.replace("_", "-"))
    return f"{noun}{'' if noun in {'evidence', 'accountability'} else 's'}-{verb}"


def test_nobody_who_did_not_sign_in_gets_further(world: PageWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.1)  # no worker runs that could answer

    assert list(wrong_answers(browse, "anonymous", world, doors())) == []


def test_a_stranger_who_browses_is_answered_as_at_the_door(world: PageWorld) -> None:
    """Each way a door can answer once: around one that is shut, one page is like another."""
    found = one_of_a_kind()

    assert list(wrong_answers(browse, "a stranger, counsel", world, found)) == []
    assert len(found) > 50


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_is_let_in_or_told_of_the_case(who: str, world: PageWorld) -> None:
    assert list(wrong_answers(knock, who, world, for_people())) == []


@pytest.mark.usefixtures("unmade")
@pytest.mark.parametrize("who", WITHIN)
def test_who_is_within_is_let_in_as_the_policy_says(who: str, world: PageWorld) -> None:
    # Counsel's pages are made below.
    asked = [door for door in for_people() if who != "counsel" or door.method == "POST"]

    assert list(wrong_answers(knock, who, world, asked)) == []


def test_counsel_reads_every_page_and_in_them_the_words_that_are_hidden_from_others(world: PageWorld) -> None:
    """Without which that nobody outside was told them would prove nothing."""
    counsel, pages = world.visitors["counsel"], [door for door in for_people() if door.method == "GET"]

    answers = {door: undone(browse, counsel, door, world.address(door)) for door in pages}

    wrong = {
        door.name: each.code for door, each in answers.items() if each.code not in expected(door, counsel.standing)
    }
    assert wrong == {}
    read = [door for door in pages if door.reach != "house" and door.asks == "view"]
    assert [door.name for door in read if not world.leaked(answers[door].told, "")] == []
    assert len(read) > 25


def test_everybody_comes(world: PageWorld) -> None:
    assert set(world.visitors) == {"anonymous", *OUTSIDE, *WITHIN}


@pytest.mark.parametrize("who", ["a stranger, counsel", "with another case", "barred", "past"])
def test_a_case_named_beside_the_address_is_not_there_either(who: str, world: PageWorld) -> None:
    asked = [
        f"{reverse('log_notice')}?case={world.case.reference}",
        f"{reverse('tasks_proof')}?task={world.names['tasks']}",
        *(f"{reverse(name)}?case={world.case.reference}" for name in ("outbox", "cases", "status_portfolio")),
    ]

    answers = [knock(world.visitors[who], "GET", address) for address in asked]

    assert [answer.code for answer in answers] == [404, 302, 200, 200, 200]
    assert [world.leaked(answer.told, address) for answer, address in zip(answers, asked, strict=True)] == [[]] * 5
