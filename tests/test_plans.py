"""The main queries take the index made for them: asked of the planner over 20,000 rows."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from cases.api.urls import router
from cases.known_cases import SOME
from cases.models import (
    Barrier,
    Case,
    CaseAccess,
    Deadline,
    DeadlineVersion,
    Evidence,
    LogEntry,
    Person,
    Task,
)
from cases.permissions import cases_visible_to, visible_to
from tracker.bench.filling import BARRED, NAMED, Cast, fill_cases, fill_ground
from tracker.forms.cases import CaseFilterForm
from tracker.models import Reminder, Watch
from tracker.reminders.claiming import ANY
from tracker.reminders.many import DUE
from tracker.reminders.sweep import WAITING
from tracker.status.board import calendars
from tracker.status.lists import PAGE

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 24, 1, 30, tzinfo=UTC)
ROWS = 20_000
ONE_A_CASE = (Case, CaseAccess, Barrier, Deadline, DeadlineVersion, Watch)
SEVERAL_A_CASE = (LogEntry, Task, Evidence)


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Filled once for all of these, and rolled back."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            made = fill_ground(at=AT)
            fill_cases(1, ROWS, cast=made, at=AT, only=ONE_A_CASE)
            fill_cases(1, ROWS // 5, cast=made, at=AT, only=SEVERAL_A_CASE)
            say_what_is_due()
            yield made
            transaction.set_rollback(True)
        forget_the_rows()


def say_what_is_due() -> None:
    """Ten bells rung, ten words due, ten waiting among 20,000 said."""
    Deadline.objects.filter(pk__lte=10).update(rearm=True)
    Watch.objects.filter(pk__lte=10).update(next_word_at=AT)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tracker_reminder (uid, kind, case_id, deadline_id, version_id, occasion, person_id, channel,"
            " address, role, rung, text, acknowledged_by, state, state_reason, occasion_at, made_at, planned_at,"
            " try_at, tries, sent_at, subject,"
            " message_id, answer)"
            " SELECT lpad(n::text, 10, '0'), 'reminder', n, n, n, '3wd', %(person)s, 'mail', 'a@bench.example',"
            " 'owner', 0, '', '',"
            " CASE WHEN n <= 10 THEN 'unsent' ELSE 'sent' END, '', %(at)s, %(at)s, %(at)s, %(at)s, 0,"
            " CASE WHEN n > 10 THEN %(at)s::timestamptz END, '', '', '' FROM generate_series(1, %(rows)s) AS n",
            {"person": Person.objects.earliest("pk").pk, "at": AT, "rows": ROWS},
        )
        # Checked here once: what still waits to be checked, every test would check again at its end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("ANALYZE")


def forget_the_rows() -> None:
    """No rollback takes back what ANALYZE counted, nor the room: every later test would be planned for 20,000 rows."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def plan(rows: "QuerySet[Any, Any]") -> str:
    return rows.explain()


# ---- The watch -------------------------------------------------------------------------------------------------------
def test_what_is_due_is_found_by_the_index_of_next_words(cast: Cast) -> None:
    due = Watch.objects.filter(next_word_at__lte=AT).order_by("next_word_at", "pk")[:500]

    assert len(due) == 10
    assert "watch_next_word" in plan(due)


def test_whatever_is_due_and_plain_is_read_by_index_alone(cast: Cast) -> None:
    with transaction.atomic():
        found, told = DUE.rows(AT), DUE.plan(AT)

    assert len(found) == 10
    assert "watch_next_word" in told
    assert "Seq Scan on cases_" not in re.sub(r"Seq Scan on cases_(person|leave|barrier)", "", told)


def test_an_idle_sweep_reads_four_partial_indexes(cast: Cast) -> None:
    told = WAITING.plan(AT)

    assert all(index in told for index in ("watch_next_word", "deadline_to_rearm", "reminder_unsent"))
    assert "Seq Scan on cases_deadline" not in told


def test_a_word_is_claimed_by_the_index_of_what_waits_before_anything_is_joined(cast: Cast) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # As it is planned for good, with its instants left open.
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        found, told = ANY.rows(AT), ANY.plan(AT)

    assert len(found) == 1
    assert "$1" in told
    assert re.search(r"Limit .*\n.*LockRows .*\n.*Index Scan using reminder_unsent", told)


def test_rung_bells_are_found_by_their_partial_index(cast: Cast) -> None:
    rung = Deadline.objects.filter(rearm=True).order_by("pk")[:500]

    assert len(rung) == 10
    assert "deadline_to_rearm" in plan(rung)


def test_unsent_reminders_are_found_by_their_partial_index(cast: Cast) -> None:
    waiting = Reminder.objects.to_try(AT)[:1]

    assert len(waiting) == 1
    assert "reminder_unsent" in plan(waiting)


# ---- The lists -------------------------------------------------------------------------------------------------------
def test_case_list_of_a_scoped_person_walks_the_index_of_opening(cast: Cast) -> None:
    known = cases_visible_to(cast.reader, at=AT)
    newest = known.order_by("-opened_at", "-pk")[:51]

    assert known.count() == ROWS // NAMED - ROWS // BARRED
    assert len(newest) == 51
    assert "case_by_opening" in plan(newest)
    assert "Seq Scan" not in plan(newest)


def test_walls_are_asked_by_index_not_by_lists_of_ids(cast: Cast) -> None:
    newest = cases_visible_to(cast.stranger, at=AT).order_by("-opened_at", "-pk")[:51]

    assert len(newest) == 3
    assert "Seq Scan on cases_caseaccess" not in plan(newest)
    assert not re.search(r"IN \(\d+, \d+", str(newest.query))


@pytest.mark.parametrize(
    ("model", "order", "index"),
    [
        (Deadline, ("due_at", "pk"), "deadline_by_due"),
        (LogEntry, ("-recorded_at", "-pk"), "log_newest"),
        (Evidence, ("-recorded_at", "-pk"), "evidence_newest"),
    ],
)
def test_lists_over_all_cases_walk_an_index_in_their_order(cast: Cast, model: Any, order: Any, index: str) -> None:
    first = visible_to(model.objects.all(), cast.reader, at=AT).order_by(*order)[:51]

    assert len(first) == 51
    assert index in plan(first)
    assert "Sort" not in plan(first).replace("Incremental Sort", "")


@pytest.mark.parametrize(
    ("model", "order", "index"),
    [
        (Deadline, ("due_at", "pk"), "deadline_by_case_and_due"),
        (LogEntry, ("-recorded_at", "-pk"), "log_by_case"),
        (Task, ("number", "pk"), "one_task_per_number_and_case"),
        (Evidence, ("-number", "-pk"), "one_evidence_per_number_and_case"),
    ],
)
def test_lists_of_one_case_take_an_index_that_begins_with_the_case(
    cast: Cast, model: Any, order: Any, index: str
) -> None:
    first = model.objects.filter(case=100).order_by(*order)[:21]

    assert first
    assert re.search(rf"{index}|cases_\w+_case_id_\w+", plan(first))
    assert "Seq Scan" not in plan(first)


# ---- Small questions about all cases ---------------------------------------------------------------------------------
def test_filters_of_the_case_list_are_asked_of_the_few_not_of_every_case(cast: Cast) -> None:
    form = CaseFilterForm({}, mine=cases_visible_to(cast.reader, at=AT))
    asked = [form.fields["authority"].queryset, form.fields["owner"].queryset]

    assert [rows.count() for rows in asked] == [2, 1]
    assert all("Seq Scan on cases_case " not in plan(rows) for rows in asked)


def test_calendars_of_the_desk_are_asked_of_the_few_not_of_every_case(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = calendars(cast.reader, now=AT)

    assert found == {"CN"}
    assert not any(query["sql"].startswith("SELECT DISTINCT") for query in asked.captured_queries)


# ---- What no list does -----------------------------------------------------------------------------------------------
LISTS = [f"/api/v1/{noun}/" for noun, _room, _name in router.registry if noun not in {"rules", "calendars"}]
PAGES = ["/en/", "/en/cases/", "/en/status/", "/en/tasks/mine/", "/en/outbox/"]


@pytest.mark.parametrize("address", [*LISTS, *PAGES])
def test_no_list_counts_all_rows_or_searches_inside_words_or_scopes_by_ids(
    cast: Cast, client: Any, address: str
) -> None:
    client.force_login(cast.reader)

    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)

    assert response.status_code == 200
    said = [query["sql"] for query in asked.captured_queries]
    # How many cases the reader knows of is counted no further than where it changes how the question is put.
    counted = [sql for sql in said if re.search(r"SELECT COUNT\(\*\)", sql)]
    assert [sql for sql in counted if not (f"LIMIT {SOME + 1})" in sql and "cases_caseaccess" in sql)] == []
    assert [sql for sql in said if re.search(r"LIKE (UPPER\()?'%", sql)] == []
    assert [sql for sql in said if len(re.findall(r"\d+", in_list(sql))) > PAGE] == []


def in_list(sql: str) -> str:
    """The longest list of ids in a statement; those of one page's rows are no way of scoping."""
    return max(re.findall(r" IN \(([\d, ]+)\)", sql), key=len, default="")
