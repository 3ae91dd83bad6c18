"""The people an administrator keeps, and how many open cases nobody is left to lead: of those no title is read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cases.actions.leaving import leaderless
from cases.models import Person
from tracker.status.lists import PAGE, Page, page
from tracker.status.nouns import Who
from tracker.status.people import PERSON, who_is

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Kept:
    """`state`: active, left or erased."""

    who: Who
    email: str
    role: str
    state: str


def people_list(*, cursor: str = "", size: int = PAGE) -> Page[Kept]:
    rows = Person.objects.only(*PERSON, "role", "is_active", "erased_at")
    found = page(rows, order=("family_en", "given_en", "pk"), cursor=cursor, size=size)
    return found.holding([kept(row) for row in found.rows])


def kept(person: Person) -> Kept:
    state = "active" if person.is_active else "erased" if person.erased_at else "left"
    return Kept(who_is(person), person.email, person.role, state)


def unled(*, now: datetime) -> tuple[str, ...]:
    """The uids of the cases, which say nothing of them."""
    return tuple(leaderless(at=now).order_by("pk").values_list("uid", flat=True)[:MOST])
