"""Who may know of a case, asked for many at once, is what the queryset asks one by one."""

from datetime import timedelta
from itertools import product

import pytest

from cases.actions.case import end_access, grant_access, lift_barrier, raise_barrier
from cases.knowing import Knowing
from cases.models import Case, CaseAccess, Person, Role
from cases.permissions import cases_visible_to
from tests.factories import NOW, a_case, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(counsel: Person) -> list[Person]:
    everybody = [a_person(role) for role in Role]
    return [counsel, *everybody, a_person(Role.COUNSEL, is_active=False)]


@pytest.fixture
def some_cases(counsel: Person, people: list[Person]) -> list[Case]:
    """Named people only; everybody named; open to staff; open but barred; ended; barrier lifted."""
    named, ended, lifted = (a_case(by=counsel) for _ in range(3))
    opened, barred = (a_case(by=counsel, is_open_to_staff=True) for _ in range(2))
    for person in people[1:]:
        for case in (named, ended, lifted):
            grant_access(case=case, person=person, reason="works on it", by=counsel, at=NOW)
        raise_barrier(case=barred, person=person, reason="worked for the other side", by=counsel, at=NOW)
        barrier = raise_barrier(case=lifted, person=person, reason="worked for the other side", by=counsel, at=NOW)
        lift_barrier(barrier=barrier, by=counsel, at=NOW)
    for access in CaseAccess.objects.filter(case=ended).exclude(person=counsel):
        end_access(access=access, by=counsel, at=NOW)
    return [a_case(by=counsel), named, ended, lifted, opened, barred]


@pytest.mark.parametrize("at", [NOW - timedelta(days=1), NOW, NOW + timedelta(days=1)])
def test_knowing_agrees_with_the_queryset_for_every_case_and_role(people, some_cases, at):
    knowing = Knowing([case.pk for case in some_cases], at=at)

    for case, person in product(some_cases, people):
        assert knowing.has(case.pk, person) == cases_visible_to(person, at=at).filter(pk=case.pk).exists(), (
            case,
            person,
        )


def test_knowing_takes_three_statements(people, some_cases, django_assert_num_queries):
    with django_assert_num_queries(3):
        knowing = Knowing([case.pk for case in some_cases], at=NOW)
        for case, person in product(some_cases, people):
            knowing.has(case.pk, person)
