"""Keyset lists: every row once, both ways, level rows and empty values too; the same queries for 1, 3 and 300 rows."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.drafts import MeasureDraft
from cases.known_cases import SOME
from cases.models import Case, Contact, Deadline, Filing, Person, Task
from tests.factories import a_case, a_notice, an_authority
from tests.status_rows import a_deadline, a_requirement, a_task, an_exhibit
from tracker.status import listings
from tracker.status.listings import CaseFilters
from tracker.status.lists import BadCursor, _seal, page
from tracker.status.portfolio import portfolio

pytestmark = pytest.mark.django_db

DUE = ("due_at", "pk")


def sealed(content: object) -> str:
    """As one who had the key would write it."""
    return _seal(settings.SECRET_KEY).encrypt(json.dumps(content).encode()).decode()


@pytest.fixture
def case(counsel: Person, now: datetime) -> Case:
    return a_case(by=counsel, at=now, lead_counsel=counsel)


def walk(queryset: Any, order: tuple[str, ...], size: int) -> tuple[list[int], list[int]]:
    """The keys met going on to the end, and those met going back from there to the start."""
    there, back, cursor = [], [], ""
    while True:
        found = page(queryset, order=order, cursor=cursor, size=size)
        there += [row.pk for row in found.rows]
        if not found.next:
            break
        cursor = found.next
    back = [row.pk for row in found.rows]
    while found.previous:
        found = page(queryset, order=order, cursor=found.previous, size=size)
        back = [row.pk for row in found.rows] + back
    return there, back


@pytest.mark.parametrize("size", [1, 2, 3, 4, 7, 8])
@pytest.mark.parametrize("order", [DUE, ("-due_at", "-pk"), ("-recorded_at", "-pk"), ("pk",)])
def test_every_row_is_met_once_both_ways_with_level_and_empty_values(
    counsel: Person, case: Case, now: datetime, order: tuple[str, ...], size: int
) -> None:
    for day in (1, 1, 1, 5):
        a_deadline(case, counsel, now, due_on=date(2026, 10, day))
    for _number in range(3):
        empty = a_deadline(case, counsel, now, due_on=date(2026, 10, 9))
        Deadline.objects.filter(pk=empty.pk).update(due_on=None, due_at=None)
    queryset = Deadline.objects.filter(case=case)

    there, back = walk(queryset, order, size)

    assert (len(there), len(set(there))) == (7, 7)
    assert back == there
    if order == DUE:
        dated = list(queryset.filter(due_at__isnull=False).order_by("due_at", "pk").values_list("pk", flat=True))
        assert there[:4] == dated  # those without a date come last


def test_instants_a_microsecond_apart_are_not_level(counsel: Person, case: Case, now: datetime) -> None:
    for micro in range(5):
        a_deadline(case, counsel, now + timedelta(microseconds=micro), due_on=date(2026, 10, 1))

    there, back = walk(Deadline.objects.filter(case=case), ("-recorded_at", "-pk"), 1)

    assert len(set(there)) == 5
    assert back == there


def test_a_row_added_while_turning_pages_repeats_and_hides_nothing(counsel: Person, case: Case, now: datetime) -> None:
    for _number in range(4):
        a_deadline(case, counsel, now, due_on=date(2026, 10, 1))
    queryset = Deadline.objects.filter(case=case)
    first = page(queryset, order=("-pk",), size=2)
    a_deadline(case, counsel, now, due_on=date(2026, 10, 1))

    second = page(queryset, order=("-pk",), cursor=first.next, size=2)

    keys = [row.pk for row in (*first.rows, *second.rows)]
    assert keys == sorted(keys, reverse=True)
    assert len(set(keys)) == 4


@pytest.mark.parametrize("cursor", ["x", "%%%", "bm90IGpzb24", urlsafe_b64encode(b'[">",null,1]').decode(), "é"])
def test_a_cursor_that_is_not_ours_is_refused(case: Case, cursor: str) -> None:
    with pytest.raises(BadCursor):
        page(Deadline.objects.all(), order=DUE, cursor=cursor)


@pytest.mark.parametrize("content", [[">", 1], ["?", None, 1], [">", "no date", 1], {"a": 1}])
def test_a_cursor_of_another_list_is_refused(case: Case, content: object) -> None:
    with pytest.raises(BadCursor):
        page(Deadline.objects.all(), order=DUE, cursor=sealed(content))


def test_a_cursor_shows_no_key(counsel: Person, case: Case, now: datetime) -> None:
    first, _second = (a_deadline(case, counsel, now, due_on=date(2026, 10, day)) for day in (1, 2))

    cursor = page(Deadline.objects.all(), order=DUE, size=1).next

    assert str(first.pk).encode() not in urlsafe_b64decode(cursor)


def test_an_order_without_the_key_is_an_error() -> None:
    with pytest.raises(ValueError, match="ends in pk"):
        page(Deadline.objects.all(), order=("due_at",))


def test_a_list_never_counts(counsel: Person, case: Case, now: datetime) -> None:
    with CaptureQueriesContext(connection) as asked:
        listings.deadlines_list(counsel, now=now)

    # Of the cases the reader knows of no more are counted than matters; of the list nothing is.
    known, listed = (statement["sql"].upper() for statement in asked)
    assert f"LIMIT {SOME + 1}" in known
    assert "COUNT(" not in listed


def a_row_of_everything(case: Case, by: Person, at: datetime) -> None:
    warning = MeasureDraft(kind="warning", procedure="ordinary")
    a_notice(case=case, by=by, at=at, served_on=date(2026, 9, 11), measures=(warning,))
    requirement = a_requirement(case, by, at)
    a_task(case, by, at, due_on=date(2026, 9, 30), requirement=requirement)
    an_exhibit(case, by, at)
    authority = an_authority()
    Contact.objects.create(case=case, kind="talk", authority=authority, subject="Talk", recorded_at=at, recorded_by=by)
    Filing.objects.create(case=case, kind="defence", authority=authority, sent_at=at, recorded_at=at, recorded_by=by)


LISTS: list[tuple[Callable[..., Any], int]] = [
    (listings.cases_list, 9),
    (listings.deadlines_list, 2),
    (listings.tasks_list, 2),
    (listings.requirements_list, 4),
    (listings.notices_list, 4),
    (listings.evidence_list, 2),
    (listings.contacts_list, 2),
    (listings.filings_list, 2),
    (listings.log_list, 3),
]
NAMES = [made.__name__ for made, _queries in LISTS]


@pytest.mark.parametrize("cases", [1, 3])
@pytest.mark.parametrize("listed", LISTS, ids=NAMES)
def test_a_list_asks_the_same_for_one_and_for_three(
    listed: tuple[Callable[..., Any], int], cases: int, counsel: Person, now: datetime, django_assert_num_queries: Any
) -> None:
    made, queries = listed
    for _number in range(cases):
        a_row_of_everything(a_case(by=counsel, at=now), counsel, now)

    with django_assert_num_queries(queries):
        assert len(made(counsel, now=now).rows) >= cases


@pytest.mark.slow
def test_three_hundred_cases_ask_no_more_than_one(
    counsel: Person, now: datetime, django_assert_num_queries: Any
) -> None:
    first = a_case(by=counsel, at=now, is_open_to_staff=True)
    same = {"party": first.party, "lead_authority": first.lead_authority, "is_open_to_staff": True}
    made = Case.objects.bulk_create(
        Case(
            reference=f"X-2026-{n:04}",
            title_en=f"Case {n}",
            opened_at=now,
            recorded_at=now,
            recorded_by=counsel,
            **same,
        )
        for n in range(299)
    )
    Task.objects.bulk_create(
        Task(case=case, number=1, title_en="Task", recorded_at=now, recorded_by=counsel) for case in made
    )

    with django_assert_num_queries(9):
        found = portfolio(counsel, now=now, size=200)

    assert (len(found.page.rows), found.lights["green"], bool(found.page.next)) == (200, 200, True)
    assert {row.tasks.total for row in found.page.rows} == {1}


@pytest.mark.parametrize("made", [made for made, _queries in LISTS], ids=NAMES)
def test_one_without_access_finds_every_list_empty(
    made: Callable[..., Any], counsel: Person, outsider: Person, case: Case, now: datetime
) -> None:
    a_row_of_everything(case, counsel, now)

    assert made(outsider, now=now).rows == ()
    assert made(counsel, now=now).rows != ()


def test_a_list_of_one_case_shows_nothing_of_another(counsel: Person, case: Case, now: datetime) -> None:
    other = a_case(by=counsel, at=now)
    a_row_of_everything(case, counsel, now)
    a_row_of_everything(other, counsel, now)

    found = [made(counsel, now=now, case=other).rows for made, _queries in LISTS[1:]]

    assert {row.case.uid for rows in found for row in rows} == {other.uid}
    assert all(found)


def test_cases_are_filtered_by_state_authority_and_lead(counsel: Person, member: Person, now: datetime) -> None:
    beijing = an_authority(name_en="Beijing CAC")
    mine = a_case(by=counsel, at=now, lead_counsel=counsel, lead_authority=beijing)
    closed = a_case(by=counsel, at=now)
    Case.objects.filter(pk=closed.pk).update(state="closed", closed_at=now, lead_counsel=member)

    def found(**filters: str) -> set[str]:
        return {row.case.uid for row in listings.cases_list(counsel, now=now, filters=CaseFilters(**filters)).rows}

    assert found() == {mine.uid, closed.uid}
    assert found(state="closed") == {closed.uid}
    assert found(authority=beijing.uid) == found(lead=counsel.uid) == found(state="open") == {mine.uid}
    assert found(reference=mine.reference[:12]) >= {mine.uid}
    assert found(lead=member.uid) == {closed.uid}


def test_the_portfolio_shows_light_phase_and_next_date(counsel: Person, case: Case, now: datetime) -> None:
    order = MeasureDraft(kind="order_to_correct", ordered_on=date(2026, 9, 28))
    a_notice(case=case, by=counsel, at=now, kind="rectification_order", served_on=date(2026, 9, 11), measures=(order,))

    (row,) = portfolio(counsel, now=now).page.rows

    assert (row.next_clock.due_on, row.rag.tone, row.phase.kind) == (date(2026, 9, 28), "amber", "rectification")


def test_the_next_date_is_the_cases_own_earliest(counsel: Person, case: Case, now: datetime) -> None:
    other = a_case(by=counsel, at=now)
    for one, days in ((case, (9, 8)), (other, (12, 10))):
        for day in days:
            order = MeasureDraft(kind="order_to_correct", ordered_on=date(2026, 10, day))
            served = datetime(2026, 9, 11, tzinfo=UTC).date()
            a_notice(case=one, by=counsel, at=now, kind="rectification_order", served_on=served, measures=(order,))

    found = {row.case.uid: row.next_clock.due_on for row in portfolio(counsel, now=now).page.rows}

    assert found == {case.uid: date(2026, 10, 8), other.uid: date(2026, 10, 10)}
