"""Two proposals on the page and by the API: each with its own button or name, neither decided for the other."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from cases.actions.deadline import waive_deadline
from cases.api.deadline import sentence
from cases.models import Case, Deadline, DeadlineVersion, Person
from tests.api_world import as_, url
from tests.arrangements import LATER
from tests.factories import a_case
from tests.pages import signed_in, text_of
from tests.two_proposals import BOTH_A, BY_A, PLAIN, SERVED_EARLIER, World
from tracker.models import Reminder
from tracker.reminders.letters import _notes as notes_of
from tracker.reminders.timetable import leading
from tracker.status.arrangements import moved_list
from tracker.status.clocks import by_due, clocks, running_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel, lead_counsel=counsel)


@pytest.fixture
def world(case: Case, counsel: Person) -> World:
    return World(case, counsel).do("serve import-a")


def page(world: World, step: str = "") -> str:
    return reverse("deadline", args=[world.order.case.reference, world.order.uid]) + step


def test_the_page_shows_both_and_what_both_together_would_give(world: World, counsel: Person) -> None:
    shown = text_of(signed_in(counsel).get(page(world)))

    days = ('datetime="2027-02-03"', 'datetime="2027-02-16"', 'datetime="2027-02-02"')
    assert [day for day in days if day not in shown] == []
    assert shown.count('name="confirm-version"') == 2
    assert "Were both confirmed:" in shown
    assert 'name="withdraw-version"' in shown


def test_the_page_confirms_the_one_whose_button_is_pressed(world: World, counsel: Person) -> None:
    signed_in(counsel).post(page(world, "confirm/"), {"confirm-version": world.open("calendar").uid})

    assert world.dates() == (BY_A, BOTH_A, None, BOTH_A)


def test_the_page_withdraws_the_one_that_is_chosen(world: World, counsel: Person) -> None:
    sent = {"withdraw-version": world.open("fact").uid, "withdraw-reason": "The receipt says the 21st."}
    signed_in(counsel).post(page(world, "withdraw/"), sent)

    assert world.dates() == (PLAIN, None, BY_A, PLAIN)


def test_a_single_proposal_needs_no_choice_on_the_page(world: World, counsel: Person) -> None:
    world.do("reject-calendar")

    signed_in(counsel).post(page(world, "withdraw/"), {"withdraw-reason": "The receipt says the 21st."})

    assert world.dates() == (PLAIN, None, None, PLAIN)


def test_a_button_of_a_page_that_is_out_of_date_decides_nothing(world: World, counsel: Person) -> None:
    old = world.open("fact").uid
    world.do("serve-back")

    answer = signed_in(counsel).post(page(world, "confirm/"), {"confirm-version": old})

    assert answer.status_code == 409
    assert world.dates() == (PLAIN, None, BY_A, PLAIN)


def test_the_page_says_from_which_day_the_date_in_force_counts(world: World, counsel: Person) -> None:
    world.do("reject-fact")
    rejected = text_of(signed_in(counsel).get(page(world)))
    world.do("serve confirm-fact")
    confirmed = text_of(signed_in(counsel).get(page(world)))

    assert 'The date in force counts from <time datetime="2026-09-21">' in rejected
    assert "The date in force counts from" not in confirmed


def test_the_working_alone_has_a_sheet_for_each(world: World, counsel: Person) -> None:
    shown = text_of(signed_in(counsel).get(page(world, "working/")))

    assert shown.count("Proposed instead:") == 2


def test_a_list_shows_the_deadline_once_by_its_earliest_date(world: World, counsel: Person) -> None:
    found = clocks(by_due(running_for(counsel, now=LATER)), now=LATER, most=50)

    (shown,) = [each for each in found if each.uid == world.order.uid]
    assert (shown.due_on, shown.in_force_on, shown.proposed_on) == (BOTH_A, PLAIN, SERVED_EARLIER)
    assert "if_both" in shown.marks
    assert shown.has_proposal


def test_the_arrangement_lists_a_deadline_once_with_its_date_as_it_now_stands(world: World, counsel: Person) -> None:
    world.do("confirm-fact")

    listed = moved_list(world.open("calendar").arrangement, counsel, now=LATER).rows

    mine = [row for row in listed if row.uid == world.order.uid]
    assert [(row.old, row.new, row.is_open) for row in mine] == [(SERVED_EARLIER, BOTH_A, True)]


def decide(world: World, by: Person, verb: str, **sent: Any) -> Any:
    return as_(by).post(url(f"deadlines/{world.order.uid}/{verb}/"), sent)


def test_the_api_asks_which_of_two_is_meant(world: World, counsel: Person) -> None:
    answers = [decide(world, counsel, "confirm"), decide(world, counsel, "withdraw-proposal", reason="x")]

    assert [(answer.status_code, answer.data["code"]) for answer in answers] == [(409, "which_proposal")] * 2


def test_the_api_decides_the_one_named(world: World, counsel: Person) -> None:
    answer = decide(world, counsel, "confirm", version=world.open("fact").uid)

    proposed = [row["due_on"] for row in answer.data["versions"] if row["status"] == "proposed"]
    assert (answer.data["current"]["due_on"], proposed) == (str(SERVED_EARLIER), [str(BOTH_A)])


def test_the_api_knows_no_version_of_another_deadline(world: World, case: Case, counsel: Person) -> None:
    other: DeadlineVersion = World(case, counsel, days=80).order.current

    answer = decide(world, counsel, "confirm", version=other.uid)

    assert (answer.status_code, world.dates()[0]) == (409, date(2027, 2, 11))


# ---- What leads, and what the date in force rests on -----------------------------------------------------------------
def test_the_page_says_why_the_date_of_both_leads(world: World, counsel: Person) -> None:
    shown = text_of(signed_in(counsel).get(page(world)))

    told = ("earliest if both are confirmed", "earlier than each, so that it leads", "Each is confirmed or withdrawn")
    assert [words for words in told if words not in shown] == []


def test_the_api_names_the_date_of_both(world: World, counsel: Person) -> None:
    found = as_(counsel).get(url(f"deadlines/{world.order.uid}/")).data

    assert (found["due_on"], found["if_both_on"]) == (str(BOTH_A), BOTH_A)


def test_a_letter_of_the_date_of_both_says_so(world: World, counsel: Person) -> None:
    deadline = Deadline.objects.get(pk=world.order.pk)
    versions = list(deadline.versions.order_by("number"))
    version = leading(deadline, versions)
    assert version == world.open("fact")

    word = Reminder(deadline=deadline, version=version, occasion_at=LATER, made_at=LATER)
    notes = notes_of(word, deadline, version, LATER)

    assert [note for note in notes if "if both dates that are proposed" in note]
    assert not [note for note in notes if "the earlier date leads" in note]


RESTS = "counted with the holiday arrangement CN@2027-invented"


@pytest.mark.parametrize(
    ("words", "rests"),
    [
        ("", False),
        ("reject-calendar withdraw-a", False),
        ("confirm-calendar", False),
        ("confirm-calendar withdraw-a", True),
        ("confirm-calendar withdraw-a reject-calendar", True),
        ("confirm-calendar withdraw-a reject-calendar serve confirm-fact", True),
        ("confirm-calendar withdraw-a reject-calendar serve confirm-fact confirm-calendar", False),
        ("confirm-calendar withdraw-a confirm-calendar", False),
        ("confirm-calendar withdraw-a reject-calendar import-a", False),
    ],
)  # fmt: skip
def test_a_date_that_rests_on_a_withdrawn_arrangement_says_so(
    case: Case, counsel: Person, words: str, *, rests: bool
) -> None:
    world = World(case, counsel).do(f"import-a {words}")

    shown = text_of(signed_in(counsel).get(page(world)))
    told = as_(counsel).get(url(f"deadlines/{world.order.uid}/")).data["rests_on_withdrawn"]
    found = clocks(by_due(running_for(counsel, now=LATER)), now=LATER, most=50)
    (listed,) = [each for each in found if each.uid == world.order.uid]
    assert (RESTS in shown, told) == (rests, ["CN@2027-invented"] if rests else [])
    assert ("rests_on_withdrawn" in listed.marks) is rests


def test_of_an_ended_deadline_the_arrangement_says_how_it_ended(world: World, counsel: Person) -> None:
    arrangement = world.open("calendar").arrangement
    waive_deadline(deadline=world.order, reason="no longer asked for", by=counsel, at=LATER)

    (mine,) = [row for row in moved_list(arrangement, counsel, now=LATER).rows if row.uid == world.order.uid]
    shown = text_of(signed_in(counsel).get(reverse("arrangement", args=[arrangement.uid])))

    assert (mine.is_open, mine.outcome) == (False, "waived")
    assert "Waived" in shown


def test_what_waits_while_the_clock_stands_still_is_shown_without_a_date(world: World, counsel: Person) -> None:
    world.do("suspend")

    shown = text_of(signed_in(counsel).get(page(world)))
    answer = decide(world, counsel, "confirm", version=world.open("fact").uid)

    assert shown.count("Proposed instead:") == 2
    assert (answer.status_code, answer.data["due_on"]) == (200, None)


def test_an_hour_is_told_by_the_deadlines_own_clock() -> None:
    at = datetime(2026, 9, 24, 2, 30, 0, 250, tzinfo=UTC)

    told = sentence(date(2026, 9, 24), at, True, (), "", "CN-27c", date(2026, 9, 23), "Asia/Shanghai")

    assert told == "Due 2026-09-24T10:30:00+08:00"
