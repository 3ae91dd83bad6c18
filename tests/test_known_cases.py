"""Who knows of few cases, of some and of many is asked about them in three ways, and told the same."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Exists, OuterRef

from cases.actions.case import grant_access, raise_barrier
from cases.known_cases import FEW, SOME, Way, how_many
from cases.models import Case, Person, Task
from cases.permissions import WALLS, cases_visible_to, visible_to
from tests.api_world import AT, ROWS, a_world, as_, more_rows, the_case, url

pytestmark = pytest.mark.django_db
NOW = AT + timedelta(days=1)
NUMBERS = (0, FEW + 1, SOME + 1)


def cases_of(person: Person, **ways: Any) -> set[str]:
    found = []
    for person.known_cases in NUMBERS:
        found.append(set(cases_visible_to(person, at=NOW, **ways).values_list("reference", flat=True)))
    assert found[0] == found[1] == found[2]
    return found[0]


def test_named_open_barred_and_ended_cases_are_the_same_each_way(counsel: Person, member: Person) -> None:
    named, opened, ended, barred = the_case(counsel, member), the_case(counsel), the_case(counsel), the_case(counsel)
    Case.objects.filter(pk__in=(opened.pk, barred.pk)).update(is_open_to_staff=True)
    grant_access(case=ended, person=member, reason="for a day", until_at=NOW, by=counsel, at=AT)
    raise_barrier(case=barred, person=member, reason="acted for them", by=counsel, at=AT)

    known = {named.reference, opened.reference}
    assert [cases_of(member, way=way) for way in Way] == [known] * 3


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("many", NUMBERS)
def test_each_kind_behind_a_wall_is_hidden_and_shown_each_way(
    many: int, way: Way, counsel: Person, outsider: Person
) -> None:
    a_world(counsel)
    counsel.known_cases = outsider.known_cases = many

    for label in WALLS:
        rows: Any = apps.get_model(label)._default_manager.all()
        assert not visible_to(rows, outsider, at=NOW, way=way).exists(), label
        assert visible_to(rows, counsel, at=NOW, way=way).exists() == rows.exists(), label


@pytest.mark.parametrize("way", NUMBERS)
def test_a_wall_holds_inside_a_subquery_over_its_own_table(way: int, counsel: Person, outsider: Person) -> None:
    task = ROWS["tasks"](the_case(counsel), counsel)
    counsel.known_cases = outsider.known_cases = way

    def known(person: Person) -> list[Any]:
        twin = visible_to(Task.objects.filter(pk=OuterRef("pk")), person, at=NOW, way=Way.PAGE)
        return list(Task.objects.filter(Exists(twin)))

    assert (known(counsel), known(outsider)) == ([task], [])


def test_cases_are_counted_no_further_than_it_matters(counsel: Person) -> None:
    for _number in range(3):
        the_case(counsel)

    counsel.known_cases = None
    assert how_many(counsel, NOW) == 3


@pytest.mark.parametrize("noun", sorted(ROWS))
def test_a_list_is_the_same_each_way(noun: str, counsel: Person, outsider: Person) -> None:
    more_rows(noun, ROWS[noun](the_case(counsel), counsel), counsel, 2)
    client, stranger = as_(counsel), as_(outsider)

    found = []
    for way in NUMBERS:
        counsel.known_cases = outsider.known_cases = way
        found.append((client.get(url(f"{noun}/")).json(), stranger.get(url(f"{noun}/")).json()))

    assert found[0] == found[1] == found[2]
