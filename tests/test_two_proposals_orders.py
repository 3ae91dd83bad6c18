"""What a fact moves and what a calendar moves are decided apart, in whatever order they come and are decided."""

from datetime import date

import pytest

from cases.models import Case, Person
from tests.factories import a_case
from tests.two_proposals import BOTH_A, BOTH_B, BY_A, BY_B, PLAIN, SERVED_EARLIER, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel, lead_counsel=counsel)


ORDERS = [
    ("serve import-a", (PLAIN, SERVED_EARLIER, BY_A, BOTH_A)),
    ("import-a serve", (PLAIN, SERVED_EARLIER, BY_A, BOTH_A)),
    # Either is rejected.
    ("serve import-a reject-calendar", (PLAIN, SERVED_EARLIER, None, SERVED_EARLIER)),
    ("serve import-a reject-fact", (PLAIN, None, BY_A, PLAIN)),
    ("import-a serve reject-calendar", (PLAIN, SERVED_EARLIER, None, SERVED_EARLIER)),
    ("import-a serve reject-fact", (PLAIN, None, BY_A, PLAIN)),
    ("serve import-a reject-calendar reject-fact", (PLAIN, None, None, PLAIN)),
    ("serve import-a reject-all-a", (PLAIN, SERVED_EARLIER, None, SERVED_EARLIER)),
    # Either is confirmed first; the other is counted on it.
    ("serve import-a confirm-fact", (SERVED_EARLIER, None, BOTH_A, BOTH_A)),
    ("serve import-a confirm-calendar", (BY_A, BOTH_A, None, BOTH_A)),
    ("import-a serve confirm-calendar", (BY_A, BOTH_A, None, BOTH_A)),
    ("serve import-a confirm-all-a", (BY_A, BOTH_A, None, BOTH_A)),
    ("serve import-a confirm-fact confirm-calendar", (BOTH_A, None, None, BOTH_A)),
    ("serve import-a confirm-calendar confirm-fact", (BOTH_A, None, None, BOTH_A)),
    ("serve import-a confirm-fact reject-calendar", (SERVED_EARLIER, None, None, SERVED_EARLIER)),
    ("serve import-a confirm-calendar reject-fact", (BY_A, None, None, BY_A)),
    # One is decided before the other comes.
    ("serve reject-fact import-a", (PLAIN, None, BY_A, PLAIN)),
    ("import-a reject-calendar serve", (PLAIN, SERVED_EARLIER, None, SERVED_EARLIER)),
    ("import-a reject-all-a serve confirm-fact", (SERVED_EARLIER, None, BOTH_A, BOTH_A)),
    ("import-a confirm-calendar serve", (BY_A, BOTH_A, None, BOTH_A)),
    # The service is corrected back.
    ("serve import-a serve-back", (PLAIN, None, BY_A, PLAIN)),
    # The arrangement goes.
    ("serve import-a withdraw-a", (PLAIN, SERVED_EARLIER, None, SERVED_EARLIER)),
    ("import-a serve withdraw-a", (PLAIN, SERVED_EARLIER, None, SERVED_EARLIER)),
    ("serve import-a confirm-fact withdraw-a", (SERVED_EARLIER, None, None, SERVED_EARLIER)),
    ("serve import-a confirm-calendar withdraw-a", (BY_A, BOTH_A, PLAIN, BOTH_A)),
    ("import-a reject-calendar withdraw-a", (PLAIN, None, None, PLAIN)),
    ("import-a confirm-calendar withdraw-a reject-calendar", (BY_A, None, None, BY_A)),
    ("import-a confirm-calendar withdraw-a reject-calendar serve", (BY_A, BOTH_A, None, BOTH_A)),
    # Two of them: one proposal, of the last that moves it on.
    ("import-a import-b", (PLAIN, None, BY_B, PLAIN)),
    ("import-a serve import-b", (PLAIN, SERVED_EARLIER, BY_B, SERVED_EARLIER)),
    ("import-a import-b reject-calendar", (PLAIN, None, BY_A, PLAIN)),
    ("import-a import-b reject-all-b", (PLAIN, None, BY_A, PLAIN)),
    ("import-a import-b withdraw-b", (PLAIN, None, BY_A, PLAIN)),
    ("import-a import-b withdraw-a", (PLAIN, None, BY_B, PLAIN)),
    ("import-a reject-calendar import-b", (PLAIN, None, BY_B, PLAIN)),
    ("import-a confirm-calendar import-b withdraw-a", (BY_A, None, BY_B, BY_A)),
    ("import-a confirm-calendar import-b withdraw-a withdraw-b", (BY_A, None, PLAIN, PLAIN)),
    ("import-a serve import-b withdraw-a withdraw-b", (PLAIN, SERVED_EARLIER, None, SERVED_EARLIER)),
    ("import-a serve import-b reject-calendar", (PLAIN, SERVED_EARLIER, BY_A, BOTH_A)),
    ("import-a serve import-b reject-all-b", (PLAIN, SERVED_EARLIER, BY_A, BOTH_A)),
    ("import-a serve import-b confirm-calendar", (BY_B, BOTH_B, None, BOTH_B)),
]


@pytest.mark.parametrize(("words", "dates"), ORDERS, ids=[words.replace(" ", ">") for words, _dates in ORDERS])
def test_each_is_decided_apart(case: Case, counsel: Person, words: str, dates: tuple[date | None, ...]) -> None:
    assert World(case, counsel).do(words).dates() == dates
