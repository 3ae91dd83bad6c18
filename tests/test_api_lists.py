"""Lists of the API: one query whatever they hold, pages that meet every row once, filters that refuse nonsense."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from knox.models import AuthToken
from rest_framework.test import APIClient

from cases.models import Case, Deadline, Person
from tests.api_world import AT, ROWS, a_world, as_, more_rows, the_case, the_notice, url
from tests.status_rows import a_deadline

pytestmark = pytest.mark.django_db
OF_NO_CASE = {"people"}


def fetched(person: Person, path: str) -> dict[str, Any]:
    answer = as_(person).get(path if path.startswith("http") else url(path))
    assert answer.status_code == 200, answer.data
    return answer.data


@pytest.mark.parametrize("noun", sorted(ROWS))
def test_a_list_asks_once_for_1_3_and_300_rows(noun: str, counsel: Person) -> None:
    case = the_case(counsel)
    row = ROWS[noun](case, counsel)
    queries = []
    for more in (0, 2, 297):
        more_rows(noun, row, counsel, more)
        with CaptureQueriesContext(connection) as asked:
            results = fetched(counsel, f"{noun}/?size=200")["results"]
        queries.append(len(asked))

    # The rows, and how many cases the reader may know of.
    assert queries == ([1, 1, 1] if noun in OF_NO_CASE else [2, 2, 2])
    assert len(results) == 200


@pytest.mark.parametrize("noun", sorted(set(ROWS) - {"reminders"}))  # the outbox of the pages
def test_a_list_joins_nothing_that_it_only_names(noun: str, counsel: Person) -> None:
    ROWS[noun](the_case(counsel), counsel)

    with CaptureQueriesContext(connection) as asked:
        fetched(counsel, f"{noun}/")

    # The case of a row that has none of its own, and a task by which a deadline may be under legal advice.
    assert asked[-1]["sql"].count(" JOIN ") <= 2


@pytest.mark.parametrize("noun", sorted(ROWS))
def test_a_row_of_a_list_is_found_by_its_name(noun: str, counsel: Person) -> None:
    world = a_world(counsel)

    (named,) = [row for row in fetched(counsel, f"{noun}/?size=200")["results"] if world.names[noun] in row.values()]

    detail = fetched(counsel, f"{noun}/{world.names[noun]}/")
    assert {name: detail[name] for name in named} == named


def walked(person: Person, path: str) -> tuple[list[str], list[str]]:
    """The uids met going on to the end, and those met going back from there to the start."""
    there: list[str] = []
    page: dict[str, Any] = {"next": path}
    while page["next"]:
        page = fetched(person, page["next"])
        there += [row["uid"] for row in page["results"]]
    back = [row["uid"] for row in page["results"]]
    while page["previous"]:
        page = fetched(person, page["previous"])
        back = [row["uid"] for row in page["results"]] + back
    return there, back


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 8])
def test_every_deadline_is_met_once_both_ways_level_and_undated_too(size: int, counsel: Person) -> None:
    case = the_case(counsel)
    for day in (1, 1, 1, 5):
        a_deadline(case, counsel, AT, due_on=date(2026, 10, day))
    for _number in range(3):
        undated = a_deadline(case, counsel, AT, due_on=date(2026, 10, 9))
        Deadline.objects.filter(pk=undated.pk).update(due_on=None, due_at=None)

    there, back = walked(counsel, f"deadlines/?size={size}")

    wanted = list(Deadline.objects.by_due().values_list("uid", flat=True))
    assert (there, back) == (wanted, wanted)


def test_a_row_added_meanwhile_moves_no_page(counsel: Person) -> None:
    first, second, third = (the_case(counsel) for _number in range(3))
    page = fetched(counsel, "cases/?size=2")

    the_case(counsel)

    assert [row["reference"] for row in page["results"]] == [third.reference, second.reference]
    assert [row["reference"] for row in fetched(counsel, page["next"])["results"]] == [first.reference]


def test_a_cursor_shows_nothing_that_can_be_counted(counsel: Person) -> None:
    case = the_case(counsel)
    row = ROWS["tasks"](case, counsel)
    more_rows("tasks", row, counsel, 2)

    page = fetched(counsel, "tasks/?size=1")

    assert page["next"].endswith(f"cursor={page['results'][0]['uid']}")


@pytest.mark.parametrize(
    "query", ["cursor=nobody", "cursor=%00", "cursor=-", "size=0", "size=201", "size=x", "size=-1"]
)
def test_a_page_that_cannot_be_is_refused(query: str, counsel: Person) -> None:
    the_case(counsel)

    answer = as_(counsel).get(url(f"cases/?{query}"))

    # A lone minus is no cursor at all: the last page, read backwards.
    assert answer.status_code == (200 if query == "cursor=-" else 400)


def test_a_cursor_of_a_row_behind_the_wall_is_not_of_the_list(counsel: Person, outsider: Person) -> None:
    hidden = the_case(counsel)

    answer = as_(outsider).get(url(f"cases/?cursor={hidden.reference}"))

    assert answer.data["details"]["fields"]["cursor"] == ["This cursor is not of this list."]


def test_a_list_is_filtered_by_case_and_state(counsel: Person) -> None:
    mine, other = the_case(counsel), the_case(counsel)
    the_notice(mine, counsel)
    the_notice(other, counsel)

    of_mine = fetched(counsel, f"deadlines/?case={mine.reference}&state=running")["results"]

    assert {row["case"] for row in of_mine} == {mine.reference}
    assert len(of_mine) == mine.deadlines.count() > 0
    assert fetched(counsel, f"deadlines/?case={mine.reference}&state=met")["results"] == []


@pytest.mark.parametrize("query", ["state=nonsense", "kind=nonsense", "rule=%00"])
def test_a_filter_outside_its_closed_list_is_refused(query: str, counsel: Person) -> None:
    answer = as_(counsel).get(url(f"deadlines/?{query}"))

    assert (answer.status_code, answer.data["code"]) == (400, "invalid")


def test_a_case_is_shown_whole_in_few_queries(counsel: Person) -> None:
    world = a_world(counsel)
    for number in range(25):
        ROWS["updates"](world.case, counsel) if number else None

    with CaptureQueriesContext(connection) as asked:
        detail = fetched(counsel, f"cases/{world.names['cases']}/")

    assert len(asked) == 7
    assert len(detail["log"]) == 20
    assert detail["log"][0]["verb"] == "post_update"
    assert (len(detail["tasks"]), detail["deadlines"][-1]["due_on"]) == (1, None)
    assert {row["case"] for row in detail["evidence"]} == {world.names["cases"]}


def test_the_detail_of_a_case_is_bounded(counsel: Person) -> None:
    case = the_case(counsel)
    row = ROWS["tasks"](case, counsel)
    more_rows("tasks", row, counsel, 120)

    assert len(fetched(counsel, f"cases/{case.reference}/")["tasks"]) == 100


def test_no_row_shows_a_key(counsel: Person) -> None:
    world = a_world(counsel)
    Case.objects.filter(pk=world.case.pk).update(opened_at=AT + timedelta(days=1))

    for noun, name in world.names.items():
        if noun not in {"rules", "calendars"}:
            assert not {"id", "pk"} & set(fetched(counsel, f"{noun}/{name}/"))


def with_token(person: Person) -> APIClient:
    _kept, token = AuthToken.objects.create(person)
    return APIClient(headers={"authorization": f"Token {token}"})


def test_with_its_token_a_request_keeps_within_its_queries(counsel: Person) -> None:
    world, client = a_world(counsel), with_token(counsel)
    new = {"party": world.names["parties"], "lead_authority": world.names["authorities"], "title_en": "Another"}

    with CaptureQueriesContext(connection) as listed:
        client.get(url("cases/"))
    with CaptureQueriesContext(connection) as shown:
        client.get(url(f"cases/{world.names['cases']}/"))
    with CaptureQueriesContext(connection) as opened:
        client.post(url("cases/"), new)

    assert (len(listed), len(shown), len(opened)) == (4, 9, 11)
