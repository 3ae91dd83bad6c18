"""What the tests of pages share: who may, who may not, and how each is answered."""

from typing import Any

from django.test import Client

from cases.actions.case import grant_access
from cases.models import Case, Person
from tests.factories import NOW


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def let_in(case: Case, *people: Person, by: Person) -> None:
    """Once: who stands in the case already stays."""
    for person in people:
        if not case.accesses.filter(person=person).exists():
            grant_access(case=case, person=person, reason="works on it", by=by, at=NOW)


def text_of(answer: Any) -> str:
    """Without the frame around the page, so that a word is found in the page itself; white space folded."""
    main = answer.content.decode().split("<main", 1)[-1].split("</main>")[0]
    return " ".join(main.split())
