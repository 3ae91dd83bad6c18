"""Flagged content and the outbox as lists: figures of the rows, constant queries, and nothing past the wall."""

from datetime import date, datetime
from typing import Any

import pytest

from cases.models import Case, FlaggedContent, Person
from tests.factories import a_case
from tests.status_rows import a_deadline
from tracker.models import Reminder
from tracker.status.flagged import flagged_figures, flagged_list
from tracker.status.outbox import outbox_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person, now: datetime) -> Case:
    return a_case(by=counsel, at=now, lead_counsel=counsel)


def flagged(case: Case, by: Person, at: datetime, title: str, **fields: Any) -> FlaggedContent:
    if fields.get("state", "candidate") != "candidate":
        fields = {"reviewed_at": at, "reviewed_by": by, "review_reason": "Seen."} | fields
    defaults = {"surface": "top list", "title": title, "title_key": title, "basis": "rule"}
    return FlaggedContent.objects.create(case=case, recorded_at=at, recorded_by=by, **(defaults | fields))


def a_reminder(case: Case, to: Person, by: Person, at: datetime, **fields: Any) -> Reminder:
    deadline = a_deadline(case, by, at, due_on=date(2026, 10, 9))
    times = {"occasion_at": at, "made_at": at, "planned_at": at, "try_at": at}
    return Reminder.objects.create(
        case=case, deadline=deadline, version=deadline.current, occasion="5wd@2026-10-09", person=to,
        address=to.email, **(times | fields),
    )  # fmt: skip


def test_flagged_content_stands_by_hours_with_its_figures(counsel: Person, case: Case, now: datetime) -> None:
    flagged(case, counsel, now, "short", hours=2, best_rank=9)
    flagged(case, counsel, now, "long", hours=30, best_rank=1, spells=2)

    rows = flagged_list(counsel, now=now, case=case).rows

    assert [(row.title, row.hours, row.best_rank, row.spells) for row in rows] == [
        ("long", 30, 1, 2),
        ("short", 2, 9, 0),
    ]


def test_what_a_reflag_no_longer_matches_is_out_of_the_figures(counsel: Person, case: Case, now: datetime) -> None:
    flagged(case, counsel, now, "one")
    flagged(case, counsel, now, "two", state="confirmed", disposition="taken_down", disposed_at=now)
    flagged(case, counsel, now, "three", state="dismissed")
    flagged(case, counsel, now, "four", is_matched=False)

    found = flagged_figures(case)

    assert (found.candidates, found.confirmed, found.dismissed, found.disposed) == (1, 1, 1, 1)


def test_the_outbox_says_to_whom_about_which_date(counsel: Person, member: Person, case: Case, now: datetime) -> None:
    a_reminder(case, member, counsel, now, state="sent", sent_at=now, subject="Due Fri 9 Oct")

    (row,) = outbox_list(counsel, now=now).rows

    assert (row.person.uid, row.due_on, row.deadline_title.en, row.subject) == (
        member.uid, date(2026, 10, 9), "Interim report", "Due Fri 9 Oct",
    )  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_both_lists_ask_one_question(
    rows: int, counsel: Person, case: Case, now: datetime, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        flagged(case, counsel, now, f"title {number}")
        a_reminder(case, counsel, counsel, now)

    for listed in (flagged_list, outbox_list):
        counsel.known_cases = None  # as the person of another request
        with django_assert_num_queries(2):
            assert len(listed(counsel, now=now).rows) == rows


def test_neither_list_shows_what_is_behind_the_wall(
    counsel: Person, outsider: Person, case: Case, now: datetime
) -> None:
    flagged(case, counsel, now, "secret")
    a_reminder(case, outsider, counsel, now)  # said while they still knew the case

    assert flagged_list(outsider, now=now).rows == outbox_list(outsider, now=now).rows == ()
    assert flagged_list(counsel, now=now).rows != ()
