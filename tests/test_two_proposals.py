"""A rejected date comes into force with nothing that is counted later; an import withdrawn leaves all as it was."""

from datetime import date
from itertools import product

import pytest

from cases.actions import deadline as act
from cases.actions.case import close_unknown, reopen_case
from cases.actions.deadline import NothingToConfirm, WhichProposal
from cases.actions.filing import file, void_filing
from cases.models import Case, Deadline, LogEntry, Person
from tests.arrangements import BEFORE, EARLIER, LATER, STAYS, an_order, imported
from tests.factories import NOW, a_case, an_authority
from tests.two_proposals import BY_A, LONGER, PLAIN, SERVED_EARLIER, World, state_of
from tracker.models import Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel, lead_counsel=counsel)


@pytest.fixture
def world(case: Case, counsel: Person) -> World:
    return World(case, counsel)


def now_of(world: World) -> Deadline:
    return Deadline.objects.get(pk=world.order.pk)


# ---- What is counted after a decision counts on what is in force -----------------------------------------------------
def extend(world: World) -> None:
    asked = act.ask_extension(deadline=world.order, amount=1, unit="working_day", by=world.by, at=LATER)
    world.extension = act.grant_extension(extension=asked, decided_on=date(2026, 9, 24), by=world.by, at=LATER)


def extend_and_take_back(world: World) -> None:
    extend(world)
    act.withdraw_extension(extension=world.extension, reason="Another order.", by=world.by, at=LATER)


def suspend_and_resume(world: World) -> None:
    stop = act.suspend(deadline=world.order, from_on=date(2026, 9, 23), reason="Force majeure", by=world.by, at=LATER)
    act.resume(suspension=stop, until_on=date(2026, 9, 24), by=world.by, at=LATER)


# One working day more, or stood still; what was rejected is on neither side of it.
REJECTED = [
    ("serve reject-fact", extend, date(2027, 2, 12)),
    ("serve reject-fact", extend_and_take_back, PLAIN),
    ("serve reject-fact", suspend_and_resume, date(2027, 2, 12)),
    ("import-a reject-calendar", extend_and_take_back, PLAIN),
    ("serve import-a reject-fact confirm-calendar", suspend_and_resume, date(2027, 2, 17)),
]


@pytest.mark.parametrize(("words", "then", "due_on"), REJECTED)
def test_what_was_rejected_does_not_sneak_in(world: World, words: str, then, due_on: date) -> None:
    world.do(words)

    then(world)

    assert world.dates() == (due_on, None, None, due_on)


def test_a_rejected_day_of_service_said_again_is_proposed_again(world: World) -> None:
    world.do("serve reject-fact serve")

    assert world.dates() == (PLAIN, SERVED_EARLIER, None, SERVED_EARLIER)


def test_a_date_set_by_hand_counts_on_from_the_facts_that_stood(world: World, counsel: Person) -> None:
    world.do("serve reject-fact")
    act.override_deadline(deadline=world.order, due_on=date(2027, 2, 1), reason="agreed", by=counsel, at=LATER)

    suspend_and_resume(world)

    assert world.dates()[0] == date(2027, 2, 12)


# ---- What came while it did not run ----------------------------------------------------------------------------------
def test_an_arrangement_imported_while_the_case_was_closed_is_proposed_when_it_is_reopened(
    world: World, case: Case, counsel: Person
) -> None:
    close_unknown(case=case, reason="settled", by=counsel, at=LATER)
    world.do("import-a")
    assert world.dates() == (PLAIN, None, None, PLAIN)

    reopen_case(case=case, reason="a new breach", by=counsel, at=LATER)

    assert world.dates() == (PLAIN, None, BY_A, PLAIN)


def test_an_arrangement_imported_while_it_was_met_is_proposed_when_it_runs_again(world: World, counsel: Person) -> None:
    sent = file(
        case=world.order.case, kind="rectification_report", authority=an_authority(), sent_at=NOW, by=counsel,
        at=LATER, deadline=world.order, receipt_number="R-1",
    )  # fmt: skip
    assert now_of(world).outcome == "met"
    world.do("import-a")
    assert world.dates() == (PLAIN, None, None, PLAIN)

    void_filing(filing=sent, reason="sent to another authority", by=counsel, at=LATER)

    assert world.dates() == (PLAIN, None, BY_A, PLAIN)


# ---- Deciding --------------------------------------------------------------------------------------------------------
def test_with_two_open_one_must_be_named(world: World, counsel: Person) -> None:
    world.do("serve import-a")

    with pytest.raises(WhichProposal):
        act.confirm_version(deadline=world.order, by=counsel, at=LATER)
    with pytest.raises(WhichProposal):
        act.withdraw_proposal(deadline=world.order, reason="x", by=counsel, at=LATER)


def test_one_that_is_no_longer_proposed_is_not_decided(world: World, counsel: Person) -> None:
    gone = world.do("serve").open("fact")
    world.do("serve-back import-a")

    with pytest.raises(NothingToConfirm):
        act.confirm_version(deadline=world.order, version=gone, by=counsel, at=LATER)


def test_each_decision_writes_one_log_entry(world: World) -> None:
    world.do("serve import-a")
    before = LogEntry.objects.count()

    world.do("confirm-fact reject-calendar")

    assert LogEntry.objects.count() == before + 2


# ---- The import and its withdrawal -----------------------------------------------------------------------------------
def test_it_moves_only_what_it_moves_itself(world: World, case: Case, counsel: Person) -> None:
    """A deadline for which only another day of service is proposed is none of those it moves."""
    others = [World(case, counsel, days=days) for days in (BEFORE, STAYS)]
    for other in others:
        other.do("serve")
    found = [an_order(case, counsel, EARLIER)]

    done = imported(counsel, at=LATER)

    moved = set(done.arrangement.versions.filter(status="proposed").values_list("deadline", flat=True))
    assert not {other.order.pk for other in others} & moved
    assert {world.order.pk, found[0].pk} <= moved
    assert len(moved) == done.tally.moved


def test_a_second_that_moves_nothing_on_moves_nothing(world: World, counsel: Person) -> None:
    world.do("import-a")
    before = list(world.order.versions.values_list("pk", "status"))
    same = LONGER.replace("2027-longer", "2028-only").replace("2027", "2028").split("[years.")[0]
    text = same + '[years.2028]\nsource = "虚构"\noff = [{ from = 2028-01-01, name = "new_year" }]\n'

    done = imported(counsel, text, at=LATER)

    assert done.tally.moved == 0
    assert list(world.order.versions.values_list("pk", "status")) == before


def test_the_watch_runs_on_the_earliest_of_three(world: World) -> None:
    world.do("serve import-a")

    state_of(world)

    assert Watch.objects.get(deadline=world.order).version == world.open("fact")


# Served on the 16th, the second arrangement moves nothing, and there is nothing of it to decide.
WORLDS = ["", "serve", "serve reject-fact", "serve serve-back", "serve reject-fact serve"]
MORE = ["", "import-b", "import-b confirm-calendar", "import-b reject-calendar", "import-b serve"]
AFTER = [*product(WORLDS, MORE), *product(["serve confirm-fact"], ["", "import-b", "import-b serve-back"])]


@pytest.mark.parametrize(("first", "then"), AFTER)
def test_an_import_withdrawn_leaves_the_world_as_it_was(
    world: World, case: Case, counsel: Person, first: str, then: str
) -> None:
    for days in (BEFORE, STAYS, EARLIER):
        an_order(case, counsel, days)
    world.do(f"{first} {then}")
    before = state_of(world)

    world.do("import-a withdraw-a")

    assert state_of(world) == before
