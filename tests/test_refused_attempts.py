"""Attempts that are refused are logged, and the one who tries cannot tell something hidden from nothing."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.actions.custody import chain_fault
from cases.models import LogEntry
from tests.api_world import as_, url
from tests.factories import a_person
from tests.rooms import EARLIER, an_old_case, main_of, reading
from tests.work import a_task, some_evidence
from tracker.views import refusals

pytestmark = pytest.mark.django_db
NOBODY = "zzzzzzzzzz"


def refused():
    found = LogEntry.objects.filter(verb="refused").order_by("pk")
    return list(found.values_list("case", "object_kind", "object_uid", "person__email", "facts"))


@pytest.fixture
def case(counsel):
    return an_old_case(counsel)


def test_a_role_that_may_not_is_logged_with_the_object_and_what_it_tried(counsel, auditor):
    case = an_old_case(counsel, auditor)
    task = a_task(case, by=counsel, at=EARLIER)

    reading(auditor).post(f"/en/cases/{case.reference}/tasks/{task.uid}/start/")
    as_(auditor).post(url(f"cases/{case.reference}/close/"), {"reason": "done"})

    assert refused() == [
        (case.pk, "task", task.uid, auditor.email, {"verb": "work_on_task"}),
        (case.pk, "case", case.uid, auditor.email, {"verb": "close_case"}),
    ]


def test_a_refusal_outside_any_case_stands_with_the_person(administrator):
    answer = reading(administrator).get("/en/outbox/")

    assert answer.status_code == 403
    assert refused() == [(None, "person", administrator.uid, administrator.email, {"verb": "see_outbox"})]


def test_a_case_asked_for_by_one_who_may_not_know_of_it_stands_in_its_log(counsel, outsider, case):
    assert reading(outsider).get(f"/en/cases/{case.reference}/").status_code == 404

    assert refused() == [(case.pk, "case", case.uid, outsider.email, {"hidden": True})]
    assert "Was refused" in main_of(reading(counsel).get(f"/en/cases/{case.reference}/timeline/"))


def test_who_tried_never_sees_it_even_when_let_in_later(counsel, outsider, case):
    from cases.actions.case import grant_access

    reading(outsider).get(f"/en/cases/{case.reference}/")
    grant_access(case=case, person=outsider, reason="joins", by=counsel, at=EARLIER)

    assert "Was refused" not in main_of(reading(outsider).get(f"/en/cases/{case.reference}/timeline/"))
    assert as_(outsider).get(url(f"log/?case={case.reference}&verb=refused")).data["results"] == []


def test_evidence_by_its_uid_alone_stands_in_custody_too(counsel, outsider, case):
    piece = some_evidence(case, by=counsel, at=EARLIER)

    assert as_(outsider).get(url(f"evidence/{piece.uid}/")).status_code == 404

    assert refused() == [(case.pk, "evidence", piece.uid, outsider.email, {"hidden": True})]
    assert piece.custody.last().action == "refused"
    assert piece.custody.last().person == outsider
    assert chain_fault(piece) is None


def test_a_thing_of_a_hidden_case_asked_for_inside_a_known_one_stands_in_the_hidden_one(counsel, outsider, case):
    own, piece = an_old_case(outsider), some_evidence(case, by=counsel, at=EARLIER)

    assert reading(outsider).get(f"/en/cases/{own.reference}/evidence/{piece.uid}/").status_code == 404

    assert [row[:3] for row in refused()] == [(case.pk, "evidence", piece.uid)]


@pytest.mark.parametrize("door", ["page", "inner page", "api", "api verb"])
def test_hidden_and_absent_cost_the_same_and_answer_the_same(door, counsel, outsider, case):
    piece = some_evidence(case, by=counsel, at=EARLIER)
    addresses = {
        "page": lambda ref, _uid: f"/en/cases/{ref}/",
        "inner page": lambda ref, uid: f"/en/cases/{ref}/evidence/{uid}/",
        "api": lambda _ref, uid: url(f"evidence/{uid}/"),
        "api verb": lambda _ref, uid: url(f"evidence/{uid}/download/"),
    }
    client = as_(outsider) if door.startswith("api") else reading(outsider)
    client.get(addresses[door]("WARM-UP", "aaaaaaaaaa"))

    costs, answers, rows = [], [], []
    for ref, uid in ((case.reference, piece.uid), ("XIA-2025-NOBODY", NOBODY)) * 2:
        before = LogEntry.objects.count()
        with CaptureQueriesContext(connection) as asked:
            answers.append(client.get(addresses[door](ref, uid)))
        costs.append(len(asked))
        rows.append(LogEntry.objects.count() - before)

    assert len(set(costs)) == 1, costs
    assert rows == [1, 1, 0, 0]
    asked_for = f'{case.reference}|XIA-2025-NOBODY|{piece.uid}|{NOBODY}|"csrfmiddlewaretoken" value="\\w+"'
    assert len({re.sub(asked_for, "", answer.text) for answer in answers}) == 1


def test_what_is_not_there_is_logged_in_no_case(outsider):
    reading(outsider).get("/en/cases/XIA-2025-NOBODY/")

    ((case, kind, uid, _email, facts),) = refused()
    assert (case, kind, len(uid), facts) == (None, "nothing", 10, {"hidden": True})


def test_an_attempt_by_another_person_is_an_attempt_of_its_own(outsider, case):
    for person in (outsider, outsider, a_person("counsel")):
        reading(person).get(f"/en/cases/{case.reference}/")

    assert len(refused()) == 2


def test_a_visitor_writes_nothing(case):
    Client().get(f"/en/cases/{case.reference}/")
    as_(None).get(url(f"cases/{case.reference}/"))

    assert refused() == []


def test_a_log_that_cannot_be_written_leaves_the_answer_as_it_was(outsider, case, caplog):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_logentry ADD CONSTRAINT no_room CHECK (verb <> 'refused')")

    assert reading(outsider).get(f"/en/cases/{case.reference}/").status_code == 404
    assert "could not be logged" in caplog.text
    assert refused() == []


def test_the_door_knows_the_watch_too(counsel, outsider, case):
    from tracker.briefings import sign_briefing

    briefing = sign_briefing(case=case, words="On course.", by=counsel, at=EARLIER)

    as_(outsider).get(url(f"briefings/{briefing.uid}/"))

    assert [row[:3] for row in refused()] == [(case.pk, "briefing", briefing.uid)]
    assert [kind for kind, _rows in refusals.WATCHED] == ["reminder", "briefing"]
