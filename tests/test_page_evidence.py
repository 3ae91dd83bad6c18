"""The evidence of a case: brought by page, opened, verified, reviewed, superseded; the legal holds over it."""

from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from cases.models import CustodyEntry, Evidence, LegalHold
from tests.factories import a_case, a_notice
from tests.pages import let_in, signed_in, text_of
from tests.work import a_requirement, a_task, some_evidence

pytestmark = pytest.mark.django_db

LIST_QUERIES = 10


@pytest.fixture
def case(counsel, member):
    case = a_case(by=counsel)
    let_in(case, member, by=counsel)
    return case


def url_of(case, step=""):
    return f"/en/cases/{case.reference}/evidence/{step}"


def piece_url(piece, step=""):
    return url_of(piece.case, f"{piece.uid}/{step}")


def a_file(words=b"rank,title", name="list.csv"):
    file = BytesIO(words)
    file.name = name
    return file


def sent(*files, **fields):
    said = {"captured_zone": "Asia/Shanghai", "protection_mark": "internal", "contains_state_secret": "no"}
    return {"file": list(files)} | said | fields


# ---- Bringing --------------------------------------------------------------------------------------------------------
def test_no_file_is_asked_for(case, member):
    answer = signed_in(member).post(url_of(case, "add/"), sent(source="热搜榜"))

    assert answer.status_code == 422
    assert 'value="热搜榜"' in text_of(answer)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"captured_on": "2026-09-20"}, "A moment of capture has its day and its hour."),
        ({"captured_hour": "09:00"}, "A moment of capture has its day and its hour."),
        ({"captured_on": "20 September", "captured_hour": "09:00"}, "Enter a valid date."),
        ({"captured_zone": "Mars/Olympus"}, "Select a valid choice."),
        ({"source_url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"proves": "task:nosuch"}, "There is no such thing in this case."),
        ({"proves": "person:1"}, "There is no such thing in this case."),
    ],
)
def test_awkward_facts_are_told_and_nothing_is_taken_in(case, member, typed, words):
    answer = signed_in(member).post(url_of(case, "add/"), sent(a_file(), **typed))

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Evidence.objects.exists()


def test_proof_of_a_task_of_another_case_is_refused(case, counsel, member):
    other = a_task(a_case(by=counsel), by=counsel)

    answer = signed_in(member).post(url_of(case, "add/"), sent(a_file(), proves=f"task:{other.uid}"))

    assert answer.status_code == 422
    assert not Evidence.objects.exists()


def test_piece_keeps_all_that_was_said_of_it(case, member, counsel):
    wanted = a_requirement(case, by=counsel)
    facts = {
        "captured_on": "2026-09-20", "captured_hour": "09:30", "source": "热搜榜", "method": "export",
        "title_zh": "榜单", "proves": f"requirement:{wanted.uid}",
    }  # fmt: skip

    signed_in(member).post(url_of(case, "add/"), sent(a_file(), **facts))

    piece = Evidence.objects.get()
    assert piece.captured_at.isoformat() == "2026-09-20T01:30:00+00:00"
    assert (piece.captured_by, piece.source, piece.title_zh, piece.method) == (member, "热搜榜", "榜单", "export")
    assert wanted.proofs.get().evidence == piece


def test_several_files_become_several_pieces(case, member):
    answer = signed_in(member).post(
        url_of(case, "add/"), sent(a_file(b"1", "a.csv"), a_file(b"2", "b.csv")), follow=True
    )

    assert "Taken in: a.csv, b.csv" in text_of(answer)
    assert Evidence.objects.count() == 2


def test_what_failed_is_said_and_the_others_are_kept(case, member, counsel):
    first = some_evidence(case, by=counsel, words=b"same")
    files = sent(a_file(b"same", "again.csv"), a_file(b"", "empty.csv"), a_file(b"new", "new.csv"), source="榜")

    answer = signed_in(member).post(url_of(case, "add/"), files)

    shown = text_of(answer)
    assert answer.status_code == 409
    assert f'again.csv: The same file is in this case already, as {first}. <a href="{piece_url(first)}"' in shown
    assert "empty.csv: The file is empty." in shown
    assert Evidence.objects.get(filename="new.csv").uid in shown
    assert 'value="榜"' in shown


def test_file_name_is_shown_as_text(case, member):
    client = signed_in(member)
    client.post(url_of(case, "add/"), sent(a_file(b"x", "<script>alert(1)</script>.csv")))

    assert b"<script>alert" not in client.get(url_of(case)).content


def test_what_a_task_asks_for_is_offered(case, member, counsel):
    task = a_task(case, by=counsel)

    shown = text_of(signed_in(member).get(url_of(case, "add/"), {"proves": f"task:{task.uid}"}))

    assert f'<option value="task:{task.uid}" selected>' in shown


# ---- The list --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3, 300])
def test_list_asks_the_same_for_any_number_of_rows(case, counsel, rows, django_assert_num_queries):
    for n in range(rows):
        some_evidence(case, by=counsel, words=str(n).encode())
    client = signed_in(counsel)
    client.get(url_of(case))

    with django_assert_num_queries(LIST_QUERIES):
        client.get(url_of(case))


def test_list_narrows_to_a_state(case, counsel):
    some_evidence(case, by=counsel, filename="list.csv")
    client = signed_in(counsel)

    assert "No evidence is in this state." in text_of(client.get(url_of(case), {"state": "accepted"}))
    assert "list.csv" in text_of(client.get(url_of(case), {"state": "in_review"}))


def test_empty_list_offers_the_first(case, member, executive, counsel):
    let_in(case, executive, by=counsel)

    assert "Add the first piece" in text_of(signed_in(member).get(url_of(case)))
    assert "Add the first piece" not in text_of(signed_in(executive).get(url_of(case)))


# ---- Opening and verifying -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("method", ["get", "post"])
def test_download_is_an_attachment_that_cannot_act_and_leaves_custody(case, member, counsel, method):
    piece = some_evidence(case, by=counsel, words=b"<html><script>", filename="page.html")

    answer = getattr(signed_in(member), method)(piece_url(piece, "download/"))

    assert b"".join(answer.streaming_content) == b"<html><script>"
    assert answer["Content-Disposition"] == 'attachment; filename="page.html"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    last = CustodyEntry.objects.latest("number")
    assert (last.action, last.person) == ("download", member)


def test_custody_names_who_opened_it(case, member, counsel):
    piece = some_evidence(case, by=counsel)
    b"".join(signed_in(member).get(piece_url(piece, "download/")).streaming_content)

    shown = text_of(signed_in(counsel).get(piece_url(piece)))

    assert shown.index("Downloaded") < shown.index("Taken in")
    assert piece.blob.sha256 in shown


def test_looking_at_a_piece_asks_the_same_for_a_long_chain(case, counsel, django_assert_num_queries):
    piece = some_evidence(case, by=counsel)
    client = signed_in(counsel)
    client.get(piece_url(piece))
    for _n in range(3):
        client.post(piece_url(piece, "verify/"))

    with django_assert_num_queries(20):
        client.get(piece_url(piece))


def test_altered_bytes_are_found_and_told(case, counsel):
    piece = some_evidence(case, by=counsel)
    store = Path(urlsplit(settings.EVIDENCE_URL).path)
    kept = next(path for path in store.rglob(f"*{piece.blob.sha256[4:]}*") if path.is_file())
    kept.chmod(0o600)
    kept.write_bytes(b"forged")

    answer = signed_in(counsel).post(piece_url(piece, "verify/"), follow=True)

    kept.unlink()
    assert "The file is no longer what was taken in." in text_of(answer)
    assert "do not rely on this file" in text_of(answer)


def test_sound_bytes_are_verified(case, counsel):
    piece = some_evidence(case, by=counsel)

    answer = signed_in(counsel).post(piece_url(piece, "verify/"), follow=True)

    assert "it is what was taken in" in text_of(answer)
    assert "verified on" in text_of(answer)


# ---- Review ----------------------------------------------------------------------------------------------------------
def test_sending_back_asks_for_a_reason(case, counsel):
    piece = some_evidence(case, by=counsel)

    answer = signed_in(counsel).post(piece_url(piece, "send-back/"), {"return-reason": " "})

    assert answer.status_code == 422
    assert Evidence.objects.get().state == "in_review"


def test_piece_sent_back_says_why(case, counsel):
    piece = some_evidence(case, by=counsel)

    answer = signed_in(counsel).post(
        piece_url(piece, "send-back/"), {"return-reason": "Cut off at the top"}, follow=True
    )

    assert "Cut off at the top" in text_of(answer)
    assert Evidence.objects.get().state == "sent_back"


def test_accepting_twice_is_refused_with_the_rule(case, counsel):
    piece = some_evidence(case, by=counsel)
    client = signed_in(counsel)
    client.post(piece_url(piece, "accept/"))

    answer = client.post(piece_url(piece, "accept/"))

    assert answer.status_code == 409
    assert "This evidence is marked so already: Accepted." in text_of(answer)


def test_better_copy_takes_over_and_the_old_one_points_to_it(case, counsel):
    old, new = some_evidence(case, by=counsel, words=b"old"), some_evidence(case, by=counsel, words=b"new")

    answer = signed_in(counsel).post(
        piece_url(old, "supersede/"), {"supersede-by_evidence": "EV-002", "supersede-reason": "Whole page"}, follow=True
    )

    assert f'Superseded by <a href="{piece_url(new)}">' in text_of(answer)


def test_piece_does_not_supersede_itself(case, counsel):
    piece = some_evidence(case, by=counsel)
    typed = {"supersede-by_evidence": "1", "supersede-reason": "Whole page"}

    assert signed_in(counsel).post(piece_url(piece, "supersede/"), typed).status_code == 409


def test_piece_is_linked_to_a_notice(case, counsel, member):
    piece, notice = some_evidence(case, by=counsel), a_notice(case=case, by=counsel)

    answer = signed_in(member).post(piece_url(piece, "link/"), {"link-proves": f"notice:{notice.uid}"}, follow=True)

    assert notice.number in text_of(answer)


# ---- Legal holds -----------------------------------------------------------------------------------------------------
def test_hold_is_issued_and_released_with_reasons(case, counsel):
    client = signed_in(counsel)
    client.post(url_of(case).replace("evidence", "holds"), {"hold-scope": "All logs", "hold-reason": "Summons"})
    hold = LegalHold.objects.get()
    url = f"/en/cases/{case.reference}/holds/{hold.uid}/release/"

    assert client.post(url, {"release-reason": ""}).status_code == 422
    client.post(url, {"release-reason": "The case is over"})

    shown = text_of(client.get(url_of(case)))
    assert "All logs" in shown
    assert "The case is over" in shown


# ---- Who may ---------------------------------------------------------------------------------------------------------
REVIEW = ["accept/", "send-back/", "supersede/"]
STEPS = [*REVIEW, "link/", "verify/", "download/"]


@pytest.mark.parametrize("step", ["", *STEPS])
def test_outsider_finds_no_such_piece_and_the_attempt_stands_in_custody(case, counsel, outsider, step):
    piece = some_evidence(case, by=counsel)
    client = signed_in(outsider)

    assert (client.post if step else client.get)(piece_url(piece, step)).status_code == 404
    assert list(CustodyEntry.objects.order_by("pk").values_list("action", flat=True)) == ["intake", "refused"]


@pytest.mark.parametrize("step", REVIEW)
@pytest.mark.parametrize("role", ["member", "executive", "auditor"])
def test_only_counsel_reviews(case, counsel, role, step, request):
    person = request.getfixturevalue(role)
    let_in(case, person, by=counsel)
    piece = some_evidence(case, by=counsel)

    assert signed_in(person).post(piece_url(piece, step)).status_code == 403
    assert "Send it back" not in text_of(signed_in(person).get(piece_url(piece)))


@pytest.mark.parametrize(("role", "status"), [("member", 200), ("executive", 403), ("auditor", 403)])
def test_only_those_who_work_add_evidence(case, counsel, role, status, request):
    person = request.getfixturevalue(role)
    let_in(case, person, by=counsel)

    assert signed_in(person).get(url_of(case, "add/")).status_code == status


@pytest.mark.parametrize("role", ["executive", "auditor"])
def test_readers_of_the_case_download(case, counsel, role, request):
    person = request.getfixturevalue(role)
    let_in(case, person, by=counsel)

    answer = signed_in(person).get(piece_url(some_evidence(case, by=counsel, words=b"the bytes"), "download/"))

    assert b"".join(answer.streaming_content) == b"the bytes"


def test_anonymous_is_sent_to_sign_in(case):
    assert Client().get(url_of(case)).url == f"/en/login/?next={url_of(case)}"


@pytest.mark.parametrize("step", STEPS[:-1])
def test_state_is_not_changed_by_reading(case, counsel, step):
    assert signed_in(counsel).get(piece_url(some_evidence(case, by=counsel), step)).status_code == 405
