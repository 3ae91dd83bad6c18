"""Every case one may know, with light, phase and next date: one keyset page, a constant number of queries."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cases.models import Person
from tracker.status.listings import CaseFilters, cases_list
from tracker.status.lists import PAGE, Page
from tracker.status.nouns import CaseRow


@dataclass(frozen=True, slots=True)
class Portfolio:
    """`lights` counts the cases of this page by tone."""

    page: Page[CaseRow]
    lights: Mapping[str, int]
    as_of: datetime


def portfolio(
    person: Person, *, now: datetime, filters: CaseFilters | None = None, cursor: str = "", size: int = PAGE
) -> Portfolio:
    """The open cases unless the filters say otherwise."""
    wanted = filters if filters is not None else CaseFilters(state="open")
    page = cases_list(person, now=now, filters=wanted, cursor=cursor, size=size)
    return Portfolio(page, Counter(row.rag.tone for row in page.rows), now)
