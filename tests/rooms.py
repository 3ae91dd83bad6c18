"""For the tests of pages: a case opened long before any clock a test may run by, and what a reader sees of it."""

from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from cases.actions.case import grant_access
from cases.models import Case, Notice, Person
from tests.factories import a_case, a_notice

# Pages read the clock themselves: what they are shown was recorded earlier than it, whenever the tests run.
EARLIER = datetime(2025, 1, 6, 1, 30, tzinfo=UTC)


def an_old_case(by: Person, *known_to: Person, **fields: Any) -> Case:
    case = a_case(by=by, at=EARLIER, **fields)
    for person in known_to:
        grant_access(case=case, person=person, reason="works on it", by=by, at=EARLIER)
    return case


def an_old_notice(case: Case, by: Person, **fields: Any) -> Notice:
    return a_notice(case=case, by=by, at=EARLIER, **({"issued_on": date(2025, 1, 3)} | fields))


def reading(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def main_of(answer: Any) -> str:
    """What stands in the page itself, without the places around it."""
    text: str = answer.content.decode()
    return text[text.index("<main") : text.index("</main>")]
