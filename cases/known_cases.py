"""Which cases a person knows of, as a condition over any row of a case; put in the way that suits how many they are.

Who is named in few is led to them by their accesses. Who knows of more walks the list in its order and meets them soon:
some are read into memory once, and every row looks there; many would take longer to read than a page of a list, and
each row asks for itself. PostgreSQL cannot choose so: of an OR it assumes that most rows pass, of a page nothing.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Final, Literal

from django.db.models import Exists, Q, QuerySet

from cases.compiled import Has, Rows
from cases.models import Barrier, Case, CaseAccess, Person

FEW: Final = 500
SOME: Final = 10_000


def accesses(person: Person | int, at: datetime) -> "QuerySet[CaseAccess]":
    """Those of the person that stand at that instant."""
    standing = Q(until_at__isnull=True) | Q(until_at__gt=at)
    return CaseAccess.objects.filter(standing, person=person, from_at__lte=at)


OPENED: Final = Case.objects.filter(is_open_to_staff=True).order_by()
ONE: Final[Mapping[str, object]] = {"key": -1, "person": -2, "at": datetime(1, 1, 1, tzinfo=UTC)}
NAMED: Final = Rows(lambda key, person, at: accesses(person, at).filter(case=key), ONE)
LET_IN: Final = {
    "sees_advice": Rows(lambda key, person, at: accesses(person, at).filter(case=key, sees_advice=True), ONE),
    "sees_persons": Rows(lambda key, person, at: accesses(person, at).filter(case=key, sees_persons=True), ONE),
}
OPEN: Final = Rows(lambda key: OPENED.filter(pk=key), {"key": -1})
BARRED: Final = Rows(
    lambda key, person: Barrier.objects.filter(case=key, person=person, lifted_at__isnull=True),
    {"key": -1, "person": -2},
)


class Way(Enum):
    """What is asked for. PAGE: the first rows in some order, alone. ALL: all that there are, or something of them."""

    JOINED = auto()  # rows with their cases, as the figures and lists of pages have them
    PAGE = auto()
    ALL = auto()


def knows(person: Person, at: datetime, *, case: str, way: Way = Way.JOINED) -> Q:
    """Condition over any model: `case` is the path to its case (`"case"`, `"evidence__case"`, `""` for Case itself)."""
    outer, many = key_of(case), how_many(person, at)
    if many <= (SOME if way is Way.ALL else FEW):
        named = accesses(person, at).order_by().values("case")
        known = Q(**{f"{outer}__in": named.union(OPENED.values("pk"), all=True)})
    else:
        is_each = way is Way.PAGE and many > SOME
        known = Q(Has(NAMED, outer, each=is_each, person=person.pk, at=at)) | is_open_to_staff(case, way)
    return known & ~Q(Has(BARRED, outer, person=person.pk))


def is_open_to_staff(case: str, way: Way) -> Q:
    if way is not Way.PAGE or not case:
        return Q(**{f"{case}__is_open_to_staff" if case else "is_open_to_staff": True})
    # No case is joined, nor asked at all where none is open: most houses open few or none.
    return Q(Exists(OPENED)) & Q(Has(OPEN, key_of(case), each=True))


def admitted(person: Person, at: datetime, *, case: str, to: Literal["sees_advice", "sees_persons"]) -> Q:
    """Named in the case, and let into that part of it."""
    return Q(Has(LET_IN[to], key_of(case), person=person.pk, at=at))


def key_of(case: str) -> str:
    """`case_id` where the row itself holds the key: a join to the case would be for nothing."""
    return f"{case}_id" if case else "pk"


def how_many(person: Person, at: datetime) -> int:
    """Of how many cases the person may know, barriers aside and counted no further than SOME; once of an object.

    It decides only how the question is put: an answer grown old makes it slower and never wrong.
    """
    if person.known_cases is None:
        named = accesses(person, at).order_by().values("case")
        person.known_cases = named.union(OPENED.values("pk"), all=True)[: SOME + 1].count()
    return person.known_cases
