"""What we sent: recorded with its papers, its receipt now or later, voided; nothing chosen is lost."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.actions import filing as actions
from cases.actions.case import grant_access
from cases.models import Deadline, Evidence, Filing, Outcome, Person
from tests.factories import NOW, a_case, a_notice, an_authority
from tests.work import some_evidence


@pytest.fixture
def case(counsel: Person) -> Any:
    return a_case(by=counsel)


@pytest.fixture
def desk(client: Client, counsel: Person) -> Client:
    client.force_login(counsel)
    return client


@pytest.fixture
def deadline(case: Any, counsel: Person) -> Deadline:
    a_notice(case=case, by=counsel, served_on=date(2026, 8, 31), service_mode="direct")
    return case.deadlines.get(rule_id="CN-18")


def url(case: Any, step: str = "") -> str:
    return f"/en/cases/{case.reference}/filings/{step}"


def typed(case: Any, **more: Any) -> dict[str, Any]:
    return {
        "kind": "litigation", "authority": case.lead_authority.uid, "sent_on": "2026-09-20", "sent_time": "09:30",
        "zone": "Asia/Shanghai", "way": "EMS 1234", "contains_state_secret": "no",
    } | more  # fmt: skip


def a_file(words: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words, "application/pdf")


def words(answer: Any) -> str:
    return unescape(answer.text).replace("\N{NO-BREAK SPACE}", " ")


def a_filing(case: Any, by: Person, **more: Any) -> Filing:
    given = {"kind": "other", "authority": an_authority(), "sent_at": NOW} | more
    return actions.file(case=case, **given, by=by, at=NOW)


@pytest.mark.parametrize("step", ["", "new/"])
def test_filings_are_hidden_from_an_outsider(client, outsider, case, step):
    client.force_login(outsider)

    assert client.get(url(case, step)).status_code == 404


@pytest.mark.parametrize("who", ["member", "executive", "auditor"])
def test_others_read_filings_and_record_none(client, request, counsel, case, who):
    person, filed = request.getfixturevalue(who), a_filing(case, counsel)
    grant_access(case=case, person=person, reason="asked", by=counsel, at=NOW)
    client.force_login(person)

    shown = client.get(url(case))

    assert "no receipt yet" in shown.text
    assert "Record a filing" not in shown.text
    for step in ("new/", f"{filed.uid}/receipt/", f"{filed.uid}/void/"):
        assert client.post(url(case, step), typed(case)).status_code == 403
    assert not Evidence.objects.exists()


def test_filing_with_its_papers_meets_its_deadline(desk, case, deadline):
    sent = typed(case, deadline=deadline.uid, receipt_number="(2026)沪01行初1号")
    files = {"document-file": a_file(b"%PDF claim", "起诉状.pdf"), "receipt-file": a_file(b"%PDF stamp", "回执.pdf")}

    shown = desk.post(url(case, "new/"), sent | files, follow=True)

    filed = Filing.objects.get()
    assert (filed.document.filename, filed.receipt.filename) == ("起诉状.pdf", "回执.pdf")
    assert Deadline.objects.get(pk=deadline.pk).outcome == Outcome.MET
    assert "Sun 20 Sep 2026 09:30" in words(shown)
    assert "(2026)沪01行初1号" in shown.text


def test_filing_without_receipt_leaves_the_deadline_running_until_it_comes(desk, case, deadline):
    desk.post(url(case, "new/"), typed(case, deadline=deadline.uid))
    listed = words(desk.get(url(case)))
    filed = Filing.objects.get()

    desk.post(url(case, f"{filed.uid}/receipt/"), {"receipt_number": "1", "received_on": "2026-09-22"})

    assert "the deadline runs on" in listed
    assert Deadline.objects.get(pk=deadline.pk).outcome == Outcome.MET
    assert Filing.objects.get().received_on == date(2026, 9, 22)


def test_papers_may_be_evidence_that_is_there(desk, counsel, case):
    some_evidence(case, by=counsel, words=b"claim")

    desk.post(url(case, "new/"), typed(case, document="1"))

    assert Filing.objects.get().document.number == 1
    assert Evidence.objects.count() == 1


def test_same_bytes_as_evidence_that_is_there_are_that_evidence(desk, counsel, case):
    standing = some_evidence(case, by=counsel, words=b"claim")

    desk.post(url(case, "new/"), typed(case) | {"document-file": a_file(b"claim", "again.pdf")})

    assert Filing.objects.get().document == standing


AWKWARD = [
    ({"sent_on": ""}, 422, "This field is required."),
    ({"sent_on": "0206-09-20"}, 422, "Check the year: no calendar here reaches this day."),
    ({"sent_time": "25:00"}, 422, "Enter a valid time."),
    ({"sent_on": "2089-01-01"}, 409, "This is still to come."),
    ({"kind": "love_letter"}, 422, "Select a valid choice"),
    ({"authority": "nobody"}, 422, "Select a valid choice"),
    ({"deadline": "nothing"}, 422, "Select a valid choice"),
    ({"document": "7"}, 422, "This case has no evidence of that number."),
    ({"document": "0"}, 422, "greater than or equal to 1"),
    ({"document": "99999999999999999999"}, 422, "less than or equal to"),
    ({"received_on": "2026-09-01"}, 409, "receives a filing after it is sent"),
]


@pytest.mark.parametrize(("changed", "status", "told"), AWKWARD)
def test_awkward_filing_is_named_kept_and_records_nothing(desk, case, changed, status, told):
    answer = desk.post(url(case, "new/"), typed(case) | changed | {"document-file": a_file(b"claim", "起诉状.pdf")})

    assert answer.status_code == status
    assert told in words(answer)
    assert "起诉状.pdf" in answer.text
    assert "EMS 1234" in answer.text
    assert not Filing.objects.exists()
    assert not Evidence.objects.exists()


def test_file_chosen_before_a_mistake_need_not_be_chosen_again(desk, case):
    wrong = desk.post(url(case, "new/"), typed(case, sent_on="") | {"document-file": a_file(b"claim", "起诉状.pdf")})
    note = re.search(r'name="document-file-note" value="([^"]+)"', wrong.text)

    desk.post(url(case, "new/"), typed(case) | {"document-file-note": note[1]})

    assert Filing.objects.get().document.filename == "起诉状.pdf"


def test_empty_file_is_refused(desk, case):
    answer = desk.post(url(case, "new/"), typed(case) | {"document-file": a_file(b"", "起诉状.pdf")})

    assert answer.status_code == 422
    assert "The file is empty." in answer.text
    assert not Filing.objects.exists()


def test_the_document_is_not_its_own_receipt(desk, case):
    same = {name: a_file(b"claim", "起诉状.pdf") for name in ("document-file", "receipt-file")}

    answer = desk.post(url(case, "new/"), typed(case) | same)

    assert answer.status_code == 409
    assert "The receipt is the paper the authority gave back" in answer.text
    assert not Evidence.objects.exists()


def test_receipt_of_nothing_is_refused(desk, counsel, case):
    filed = a_filing(case, counsel)

    answer = desk.post(url(case, f"{filed.uid}/receipt/"), {"received_on": "2026-09-24"})

    assert answer.status_code == 409
    assert "Give the receipt: the file, or its number." in answer.text


def test_voided_filing_stays_struck_out_and_its_deadline_runs_again(desk, counsel, case, deadline):
    filed = a_filing(case, counsel, kind="litigation", deadline=deadline, receipt_number="1")

    shown = desk.post(url(case, f"{filed.uid}/void/"), {"reason": "Never sent"}, follow=True)

    assert "Never sent" in shown.text
    assert "<s>Statement of claim</s>" in shown.text
    assert Deadline.objects.get(pk=deadline.pk).outcome == Outcome.RUNNING


def test_void_needs_a_reason(desk, counsel, case):
    filed = a_filing(case, counsel)

    answer = desk.post(url(case, f"{filed.uid}/void/"), {"reason": ""})

    assert answer.status_code == 422
    assert Filing.objects.get().voided_at is None


def test_form_opened_from_a_deadline_has_it_chosen(desk, case, deadline):
    shown = desk.get(url(case, f"new/?deadline={deadline.uid}"))

    assert f'<option value="{deadline.uid}" selected>' in shown.text


@pytest.mark.parametrize("count", [1, 3, 300])
def test_list_asks_the_same_whatever_its_length(desk, counsel, case, django_assert_num_queries, count):
    for _n in range(count):
        a_filing(case, counsel)

    with django_assert_num_queries(8):
        answer = desk.get(url(case))

    assert answer.text.count('<th scope="row">') == min(count, 50)
