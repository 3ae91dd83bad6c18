"""Who is outside a restricted case is told the same, to the byte and the query, whether or not that case exists."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from tests.twin_questions import Ask, lists, questions
from tests.twins import OUTSIDE, Answers, Told, a_cast, chance, hide, told, undone, watched

pytestmark = pytest.mark.django_db
# What is made by page and by the API, and refused in either world.
REFUSED = {"names as if known", "joining", "task", "event"}


@dataclass(frozen=True)
class Worlds:
    """What was told without the hidden cases, and with them; and what the one who made them sees."""

    alone: Answers
    beside: Answers
    insider: Answers


def two_worlds() -> Worlds:
    """Nothing of either is left behind."""
    ContentType.objects.get_for_models(*apps.get_models())  # a process asks for them once
    cast = a_cast()
    with undone():
        with chance(3):
            hidden = hide(cast)
        beside = watched(cast) | answers(questions(cast, hidden))
        insider = answers(lists(cast))
    with undone():
        alone = watched(cast) | answers(questions(cast, hidden))
    return Worlds(alone, beside, insider)


def answers(asked: Iterable[Ask]) -> Answers:
    return {
        (role, f"{method} {name}"): told(client, method, address, data, **options)
        for role, name, client, method, address, data, options in asked
    }


def differences(name: str, alone: Told, beside: Told) -> Iterator[str]:
    if (alone.status, alone.queries, alone.headers) != (beside.status, beside.queries, beside.headers):
        pair = [(each.status, each.queries, each.headers) for each in (alone, beside)]
        yield f"{name}: {pair[0]} became {pair[1]}"
    lines = unified_diff(alone.body.splitlines(), beside.body.splitlines(), n=0, lineterm="")
    yield from (f"{name}: {line[:600]}" for line in lines)


@pytest.mark.slow
def test_whoever_is_outside_is_told_the_same_in_both_worlds() -> None:
    """One test: the worlds are built once, wherever it runs."""
    worlds = two_worlds()

    for role in OUTSIDE:
        nothing_that_can_be_asked_tells_of_the_hidden_cases(str(role), worlds)
    no_word_of_them_comes_back_but_what_was_sent(worlds)
    what_could_be_told_is_there(worlds)
    what_is_made_is_made(worlds)
    assert worlds.beside["counsel", "letters"].status > 1


def nothing_that_can_be_asked_tells_of_the_hidden_cases(role: str, worlds: Worlds) -> None:
    mine = {name: pair for pair in worlds.alone if pair[0] == role for name in pair[1:]}

    found = [line for name, pair in mine.items() for line in differences(name, worlds.alone[pair], worlds.beside[pair])]

    assert not found, "\n".join([role, *found[:40]])
    assert len(mine) > 50


def no_word_of_them_comes_back_but_what_was_sent(worlds: Worlds) -> None:
    read = {
        pair: each.body for pair, each in worlds.beside.items() if pair[1].startswith("get ") and "?" not in pair[1]
    }

    assert {pair for pair, body in read.items() if "Hidden" in body or "\u9690\u540d" in body} == set()


def what_could_be_told_is_there(worlds: Worlds) -> None:
    """The insider finds something of them on every list."""
    empty = {name for (_who, name), each in worlds.insider.items() if each.status != 200 or '"results":[]' in each.body}

    assert empty == set()
    assert "Hidden Tribunal" in worlds.insider["insider", "get log_notice"].body
    for name in ("cases", "cases_csv", "desk", "tasks_mine", "status_portfolio", "outbox"):
        assert "Hidden" in worlds.insider["insider", f"get {name}"].body, name


def what_is_made_is_made(worlds: Worlds) -> None:
    """Handed out alike because it was handed out, and not because it was refused."""
    made = {name.removeprefix("post made "): each for (_role, name), each in worlds.beside.items() if "made " in name}
    refused = {name for name, each in made.items() if each.status not in {200, 201, 302}}

    assert refused == REFUSED
    assert len(made) > 30
