"""The desk: late first, then the next legal date, what waits for the reader, and whether the watch runs."""

from datetime import date

import pytest

from cases.actions.deadline import set_internal_deadline
from cases.actions.drafts import MeasureDraft
from tests.rooms import EARLIER, an_old_case, an_old_notice, main_of, reading

DESK = "/en/"
QUERIES = 28


def test_empty_desk_says_that_nothing_is_due(member):
    shown = main_of(reading(member).get(DESK))

    assert "Nothing is due." in shown
    assert "Nothing waits for you." in shown
    assert "No case is open to you." in shown


def test_watch_that_never_ran_is_said(counsel):
    assert "The watch has never run here: no reminder is being sent." in main_of(reading(counsel).get(DESK))


def test_overdue_date_is_said_first_with_its_owner(counsel):
    case = an_old_case(counsel)
    set_internal_deadline(
        case=case, title_en="Interim report", due_on=date(2025, 1, 7), owner=counsel, by=counsel, at=EARLIER
    )

    shown = main_of(reading(counsel).get(DESK))

    assert "1 date is overdue." in shown
    assert "with Fang Lei" in shown
    assert shown.index("1 date is overdue.") < shown.index("Next four weeks")


def test_next_legal_date_is_the_hero(counsel):
    case = an_old_case(counsel)
    order = MeasureDraft(kind="order_to_correct", ordered_on=date(2099, 10, 9))
    an_old_notice(case, counsel, kind="rectification_order", measures=(order,))

    shown = main_of(reading(counsel).get(DESK))

    assert 'class="next"' in shown
    assert '<time datetime="2099-10-09">Fri 9 Oct 2099</time>' in shown
    assert "Show the working" in shown


def test_date_that_waits_for_a_fact_is_listed_with_what_is_missing(counsel):
    an_old_notice(an_old_case(counsel), counsel)

    shown = main_of(reading(counsel).get(DESK))

    assert "Waiting for a fact" in shown
    assert "Cannot be worked out: service date missing" in shown
    assert "Add the service date" in shown
    assert "2 deadlines wait for it" in shown


def test_desk_shows_nothing_of_a_case_the_reader_may_not_know_of(counsel, outsider):
    theirs = an_old_case(outsider, title_en="Secret matter")
    an_old_notice(theirs, outsider)

    answer = reading(counsel).get(DESK)

    assert "Secret matter" not in answer.text
    assert theirs.reference not in answer.text


@pytest.mark.parametrize(
    ("role", "places"),
    [
        ("counsel", ["desk", "log", "cases", "tasks", "status", "outbox", "rulebook"]),
        ("member", ["desk", "cases", "tasks", "status", "outbox"]),
        ("auditor", ["desk", "cases", "status", "outbox", "rulebook", "system"]),
        ("administrator", ["rulebook", "people", "system"]),
    ],
)
def test_places_are_those_the_role_may_use(role, places, request):
    answer = reading(request.getfixturevalue(role)).get("/en/account/")

    assert [item.key for item in answer.context["nav"]] == places


def test_executive_reads_without_a_sidebar(executive):
    assert '<header class="ebar">' in reading(executive).get(DESK).text


def test_open_cases_are_pinned_and_the_one_at_hand_is_marked(counsel):
    first, second = an_old_case(counsel), an_old_case(counsel)

    pinned = reading(counsel).get(f"/en/cases/{first.reference}/").context["pinned"]

    assert [(item.reference, item.current) for item in pinned] == [(second.reference, False), (first.reference, True)]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_desk_asks_the_same_number_of_queries(number, counsel, django_assert_num_queries):
    for _ in range(number):
        an_old_notice(an_old_case(counsel), counsel)
    reader = reading(counsel)
    reader.get("/en/account/")

    with django_assert_num_queries(QUERIES):
        reader.get(DESK)


def test_administrator_s_desk_is_the_people(administrator):
    assert reading(administrator).get(DESK).url == "/en/people/"


def test_case_without_a_task_shows_no_empty_bar(counsel):
    an_old_case(counsel)

    shown = main_of(reading(counsel).get(DESK))

    assert "no task yet" in shown
    assert "0 of 0 tasks" not in shown
    assert 'class="meter' not in shown
