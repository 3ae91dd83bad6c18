"""Every page, found from the resolver: each method has its stated policy, and each who comes gets the answer it says.

Some come through the whole house, as a browser does; the others knock at the door itself, where nothing around the page
is made: the answers must be the same.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.urls import resolve, reverse

from cases import legislation
from cases.actions import RuleBroken
from cases.models import Person
from cases.permissions import POLICY, Forbidden
from tests.page_doors import REACHES, WORDS, Door, doors, expected, found, stated
from tests.page_world import PageWorld, Visitor, the_pages_world
from tests.test_api_walls import verbs

pytestmark = pytest.mark.django_db
# Strangers of each role; counsel, who may do most, also by way of another case, behind a barrier, and past their time.
BROWSING = ["anonymous", "a stranger, counsel", "counsel"]
KNOCKING = [
    "a stranger, member", "a stranger, executive", "a stranger, auditor", "a stranger, administrator",
    "with another case", "barred", "past", "member", "executive", "auditor",
]  # fmt: skip
WITHIN = {"counsel", "member", "executive", "auditor"}
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


def wrong_answers(come: Come, who: str, world: PageWorld) -> Iterator[tuple[object, ...]]:
    visitor = world.visitors[who]
    for door in doors():
        if door.reach == "machine" and visitor.person:
            continue
        address = world.address(door)
        answer, wanted = undone(come, visitor, door, address), expected(door, visitor.standing)
        if answer.code not in wanted:
            yield door.method, door.name, answer.code, wanted
        if who not in WITHIN and (leaked := world.leaked(answer.told, address)):
            yield door.method, door.name, leaked


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


@pytest.mark.parametrize("who", BROWSING)
def test_who_browses_gets_the_answer_the_policy_says(who: str, world: PageWorld) -> None:
    assert list(wrong_answers(browse, who, world)) == []


@pytest.mark.parametrize("who", KNOCKING)
def test_who_knocks_gets_the_answer_the_policy_says(who: str, world: PageWorld) -> None:
    assert list(wrong_answers(knock, who, world)) == []


def test_everybody_comes(world: PageWorld) -> None:
    assert set(world.visitors) == {*BROWSING, *KNOCKING}


def test_who_is_within_reads_the_words_that_are_hidden_from_others(world: PageWorld) -> None:
    """Else that nobody outside was told them would prove nothing."""
    told = {
        door.name: undone(browse, world.visitors["counsel"], door, world.address(door)).told
        for door in doors()
        if door.method == "GET" and door.reach != "house" and door.asks == "view"
    }

    assert [name for name, words in told.items() if not world.leaked(words, "")] == []
    assert len(told) > 25


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
