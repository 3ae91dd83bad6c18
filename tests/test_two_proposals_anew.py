"""A rejection stands for the one move that was rejected; what a calendar moves of any other date is proposed anew.

And the earliest of all leads: of what is in force, of each proposal, and of what would hold were both confirmed.
"""

from datetime import date

import pytest

from cases.actions.deadline import override_deadline
from cases.models import Case, Deadline, Person
from tests.arrangements import LATER
from tests.factories import a_case
from tests.two_proposals import BOTH_A, BY_A, PLAIN, SERVED_EARLIER, Fine, World, state_of
from tracker.models import Watch
from tracker.reminders import rebuild

pytestmark = pytest.mark.django_db


def feb(day: int) -> date:
    return date(2027, 2, day)


JAN30 = date(2027, 1, 30)


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel, lead_counsel=counsel)


# In force; proposed of the fact; proposed of the calendar; leading. The day of the first service, and what then came.
FINES = [
    (5, "import-a", (feb(9), None, feb(15), feb(9))),
    (5, "import-a reject-calendar", (feb(9), None, None, feb(9))),
    (5, "import-a reject-calendar at-30-july", (feb(9), feb(1), None, feb(1))),
    (5, "import-a reject-calendar at-30-july confirm-fact", (feb(1), None, JAN30, JAN30)),
    (5, "import-a reject-all-a at-30-july confirm-fact", (feb(1), None, JAN30, JAN30)),
    (5, "import-a reject-calendar at-30-july confirm-fact confirm-calendar", (JAN30, None, None, JAN30)),
    (5, "import-a reject-calendar at-30-july confirm-fact reject-calendar", (feb(1), None, None, feb(1))),
    (5, "import-a at-30-july reject-calendar confirm-fact", (feb(1), None, JAN30, JAN30)),
    (5, "import-a at-30-july confirm-fact", (feb(1), None, JAN30, JAN30)),
    # The very date that was rejected is not proposed again, by whatever way it comes back.
    (5, "import-a reject-calendar at-30-july reject-fact", (feb(9), None, None, feb(9))),
    (5, "import-a reject-calendar extend take-back", (feb(9), None, None, feb(9))),
    (5, "import-a reject-calendar at-30-july confirm-fact at-5-august confirm-fact", (feb(9), None, None, feb(9))),
    # The way back.
    (20, "import-a confirm-calendar", (feb(20), None, None, feb(20))),
    (20, "import-a confirm-calendar withdraw-a", (feb(20), None, feb(22), feb(20))),
    (20, "import-a confirm-calendar withdraw-a reject-calendar", (feb(20), None, None, feb(20))),
    (20, "import-a confirm-calendar withdraw-a reject-calendar at-5-august", (feb(20), feb(15), None, feb(15))),
    (
        20, "import-a confirm-calendar withdraw-a reject-calendar at-5-august confirm-fact",
        (feb(15), None, feb(9), feb(9)),
    ),
    (
        20, "import-a confirm-calendar withdraw-a reject-calendar at-5-august confirm-fact confirm-calendar",
        (feb(9), None, None, feb(9)),
    ),
    # The date that holds if both are confirmed may be earlier than each.
    (20, "import-a confirm-calendar at-5-august withdraw-a", (feb(20), feb(15), feb(22), feb(9))),
    (20, "import-a confirm-calendar withdraw-a at-5-august", (feb(20), feb(15), feb(22), feb(9))),
    (20, "at-30-july import-a", (feb(22), feb(1), feb(20), JAN30)),
    (20, "import-a at-30-july", (feb(22), feb(1), feb(20), JAN30)),
    (20, "import-a at-30-july reject-calendar", (feb(22), feb(1), None, feb(1))),
    (20, "import-a at-30-july reject-all-a", (feb(22), feb(1), None, feb(1))),
    (20, "import-a at-30-july reject-fact", (feb(22), None, feb(20), feb(20))),
    (20, "import-a at-30-july confirm-all-a", (feb(20), JAN30, None, JAN30)),
    (20, "import-a at-30-july withdraw-a", (feb(22), feb(1), None, feb(1))),
]  # fmt: skip


@pytest.mark.parametrize(("day", "words", "dates"), FINES, ids=[f"{day}>{words}" for day, words, _dates in FINES])
def test_the_calendar_moves_each_date_anew(
    case: Case, counsel: Person, day: int, words: str, dates: tuple[date | None, ...]
) -> None:
    fine = Fine(case, counsel, served_on=date(2026, 8, day)).do(words)

    assert fine.dates() == dates


# What the authority decides happened: it is counted on the version in force, and what is proposed on top of it.
MOVED = [
    ("import-a reject-calendar extend", (feb(12), None, feb(17), feb(12))),
    ("import-a reject-calendar extend reject-calendar", (feb(12), None, None, feb(12))),
    ("import-a reject-calendar suspend resume", (feb(12), None, feb(17), feb(12))),
    ("import-a reject-all-a suspend resume", (feb(12), None, feb(17), feb(12))),
    ("serve import-a reject-fact reject-calendar suspend resume", (feb(12), None, feb(17), feb(12))),
    ("serve import-a confirm-fact reject-calendar suspend resume", (feb(4), None, feb(3), feb(3))),
    ("import-a confirm-calendar withdraw-a reject-calendar suspend resume", (feb(17), None, feb(12), feb(12))),
    ("serve extend", (feb(12), feb(4), None, feb(4))),
    ("import-a extend", (feb(12), None, feb(17), feb(12))),
    ("serve import-a extend", (feb(12), feb(4), feb(17), feb(3))),
    ("serve import-a extend take-back", (PLAIN, SERVED_EARLIER, BY_A, BOTH_A)),
    ("serve suspend", (None, None, None, None)),
    ("serve suspend resume", (feb(12), feb(4), None, feb(4))),
    ("import-a suspend resume", (feb(12), None, feb(17), feb(12))),
    ("serve import-a suspend", (None, None, None, None)),
    ("serve import-a suspend resume", (feb(12), feb(4), feb(17), feb(3))),
    ("serve import-a suspend resume reject-calendar", (feb(12), feb(4), None, feb(4))),
]


@pytest.mark.parametrize(("words", "dates"), MOVED, ids=[words.replace(" ", ">") for words, _dates in MOVED])
def test_the_authoritys_move_is_never_refused_and_confirms_nothing(
    case: Case, counsel: Person, words: str, dates: tuple[date | None, ...]
) -> None:
    assert World(case, counsel).do(words).dates() == dates


@pytest.mark.parametrize("words", ["serve suspend", "serve import-a suspend"])
def test_what_is_proposed_waits_while_the_clock_stands(case: Case, counsel: Person, words: str) -> None:
    world = World(case, counsel).do(words)

    proposed = set(world.order.versions.filter(status="proposed").values_list("cause", flat=True))
    assert proposed == {"fact", *(["calendar"] if "import-a" in words else [])}


# ---- The watch -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["at-30-july import-a", "import-a confirm-calendar at-5-august withdraw-a"])
def test_the_watch_runs_on_the_date_of_both_and_can_be_rebuilt(case: Case, counsel: Person, words: str) -> None:
    fine = Fine(case, counsel, served_on=date(2026, 8, 20)).do(words)
    state_of(fine)

    watch = Watch.objects.get(deadline=fine.order)
    assert watch.version == fine.open("fact")
    assert watch.next_occasion.endswith(f"@{Deadline.objects.get(pk=fine.order.pk).due_on}")
    assert rebuild(now=LATER) == 0


BEFORE = [
    "", "at-30-july", "import-b at-30-july", "import-b reject-calendar", "import-b reject-calendar at-30-july",
    "import-b reject-calendar at-30-july confirm-fact", "import-b confirm-calendar at-30-july",
]  # fmt: skip


@pytest.mark.parametrize("words", BEFORE)
def test_an_import_withdrawn_leaves_the_world_as_it_was(case: Case, counsel: Person, words: str) -> None:
    fine = Fine(case, counsel, served_on=date(2026, 8, 20)).do(words)
    before = state_of(fine)

    fine.do("import-a withdraw-a")

    assert state_of(fine) == before


def test_a_date_set_by_hand_lets_no_calendar_in_that_waited(case: Case, counsel: Person) -> None:
    world = World(case, counsel).do("import-a")
    override_deadline(deadline=world.order, due_on=feb(1), reason="agreed", by=counsel, at=LATER)

    world.do("suspend resume")

    assert world.dates() == (feb(12), None, feb(17), feb(12))
