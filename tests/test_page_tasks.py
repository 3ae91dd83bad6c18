"""The tasks of a case and one task: its states, its proof, what is said of it."""

from io import BytesIO

import pytest
from django.test import Client

from cases.actions.task import block_task, complete_task, start_task
from cases.models import Evidence, Task, Update
from tests.factories import NOW, a_case
from tests.pages import let_in, signed_in, text_of
from tests.work import a_requirement, a_task, some_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel, member):
    case = a_case(by=counsel)
    let_in(case, member, by=counsel)
    return case


@pytest.fixture
def task(case, counsel, member):
    return a_task(case, by=counsel, assignee=member, title_zh="下架词条")


def url_of(task, step=""):
    return f"/en/cases/{task.case.reference}/tasks/{task.uid}/{step}"


def a_file(words=b"proof", name="proof.txt"):
    file = BytesIO(words)
    file.name = name
    return file


# ---- The list --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3, 300])
def test_list_asks_the_same_for_any_number_of_rows(case, counsel, rows, django_assert_num_queries):
    for n in range(rows):
        a_task(case, by=counsel, title_en=f"Task {n}", workstream_en=f"Stream {n % 3}")
    client = signed_in(counsel)
    client.get(f"/en/cases/{case.reference}/tasks/")

    with django_assert_num_queries(LIST_QUERIES):
        client.get(f"/en/cases/{case.reference}/tasks/")


LIST_QUERIES = 11


def test_list_goes_by_workstream_and_marks_what_is_blocked(case, counsel, task):
    a_task(case, by=counsel, title_en="Check the list each hour", workstream_en="Review", workstream_zh="审核")
    block_task(task=task, reason="Waits for the vendor", by=counsel, at=NOW)

    shown = text_of(signed_in(counsel).get(f"/en/cases/{case.reference}/tasks/"))

    assert shown.index("Without a workstream") < shown.index("审核")
    assert "Waits for the vendor" in shown
    assert "下架词条" in shown


def test_list_narrows_to_a_state_and_ignores_one_that_is_not(case, counsel, task):
    client, url = signed_in(counsel), f"/en/cases/{case.reference}/tasks/"

    assert "No task is in this state." in text_of(client.get(url, {"state": "closed"}))
    assert "Take the entry down" in text_of(client.get(url, {"state": "nonsense"}))


def test_page_after_the_last_is_no_page(case, counsel):
    assert signed_in(counsel).get(f"/en/cases/{case.reference}/tasks/", {"cursor": "!!"}).status_code == 404


# ---- Adding ----------------------------------------------------------------------------------------------------------
def test_task_without_a_title_keeps_what_was_typed(case, member):
    answer = signed_in(member).post(
        f"/en/cases/{case.reference}/tasks/new/", {"workstream_zh": "审核", "title_en": "  "}
    )

    assert answer.status_code == 422
    assert "Give a title, in English or in Chinese." in text_of(answer)
    assert 'value="审核"' in text_of(answer)


def test_task_is_not_given_to_one_who_may_not_know(case, counsel, outsider):
    sent = {"title_en": "Read the file", "assignee": outsider.uid}

    answer = signed_in(counsel).post(f"/en/cases/{case.reference}/tasks/new/", sent)

    assert answer.status_code == 422
    assert not Task.objects.exists()


def test_task_is_added_on_a_requirement(case, counsel, member):
    wanted = a_requirement(case, by=counsel)
    sent = {"title_zh": "逐小时审核", "requirement": wanted.uid, "assignee": member.uid, "due_on": "2026-10-09"}

    signed_in(member).post(f"/en/cases/{case.reference}/tasks/new/", sent)

    task = Task.objects.get()
    assert (task.requirement, task.assignee, str(task.deadline.due_on)) == (wanted, member, "2026-10-09")


# ---- Moving ----------------------------------------------------------------------------------------------------------
def test_task_closes_only_with_proof_and_the_page_says_so(task, member):
    answer = signed_in(member).post(url_of(task, "complete/"))

    assert answer.status_code == 409
    assert "Nothing proves this yet." in text_of(answer)
    task.refresh_from_db()
    assert task.state == "todo"


def test_block_asks_for_a_reason(task, member):
    answer = signed_in(member).post(url_of(task, "block/"), {"block-reason": "   "})

    assert answer.status_code == 422
    task.refresh_from_db()
    assert task.state == "todo"


def test_task_is_blocked_and_goes_on(task, member):
    client = signed_in(member)
    client.post(url_of(task, "block/"), {"block-reason": "Waits for the vendor"})
    shown = text_of(client.get(url_of(task)))

    client.post(url_of(task, "start/"))

    task.refresh_from_db()
    assert "Waits for the vendor" in shown
    assert task.state == "in_progress"


def test_task_is_proved_by_files_and_closed(task, member):
    client = signed_in(member)

    client.post(
        url_of(task, "proof/"),
        {"proof-contains_state_secret": "no", "proof-file": [a_file(b"one"), a_file(b"two", "two.txt")]},
    )
    client.post(url_of(task, "complete/"))

    task.refresh_from_db()
    assert task.state == "closed"
    assert task.proofs.count() == 2


def test_proof_that_is_in_the_case_already_is_refused_with_a_link_to_the_first(task, member, counsel):
    first = some_evidence(task.case, by=counsel, words=b"the same")

    answer = signed_in(member).post(
        url_of(task, "proof/"), {"proof-contains_state_secret": "no", "proof-file": [a_file(b"the same")]}
    )

    assert answer.status_code == 409
    assert f"/en/cases/{task.case.reference}/evidence/{first.uid}/" in text_of(answer)


def test_one_bad_file_does_not_lose_the_other(task, member):
    sent = {
        "proof-contains_state_secret": "no",
        "proof-file": [a_file(b"", "empty.txt"), a_file(b"whole", "whole.txt")],
    }

    answer = signed_in(member).post(url_of(task, "proof/"), sent, follow=True)

    assert "empty.txt was not kept: The file is empty." in text_of(answer)
    assert [piece.filename for piece in Evidence.objects.all()] == ["whole.txt"]


@pytest.mark.parametrize("typed", ["ev-001", "1", " EV-1 "])
def test_proof_is_named_by_its_number(task, member, counsel, typed):
    piece = some_evidence(task.case, by=counsel)

    signed_in(member).post(url_of(task, "proof/"), {"proof-evidence": typed})

    assert task.proofs.get().evidence == piece


@pytest.mark.parametrize("typed", ["EV-002", "abc", "0", "٣", "999999999999"])
def test_number_of_no_evidence_here_is_refused(task, member, counsel, typed):
    some_evidence(task.case, by=counsel)

    answer = signed_in(member).post(url_of(task, "proof/"), {"proof-evidence": typed})

    assert answer.status_code == 422
    assert not task.proofs.exists()


def test_nothing_chosen_is_no_proof(task, member):
    answer = signed_in(member).post(url_of(task, "proof/"), {})

    assert answer.status_code == 422
    assert "Choose a file or name evidence of this case." in text_of(answer)


def test_task_given_meanwhile_by_somebody_else_is_not_given_twice(task, member, counsel):
    client, page = signed_in(counsel), url_of(task, "assign/")
    client.post(page, {"assign-assignee": "", "assign-revision": task.revision})

    answer = client.post(page, {"assign-assignee": member.uid, "assign-revision": task.revision})

    assert answer.status_code == 409
    assert Task.objects.get().assignee is None


def test_reopening_asks_for_a_reason_and_opens(task, member, counsel):
    some_evidence(task.case, by=counsel, proves=[task])
    complete_task(task=start_task(task=task, by=member, at=NOW), by=member, at=NOW)
    client = signed_in(member)

    assert client.post(url_of(task, "reopen/"), {}).status_code == 422
    client.post(url_of(task, "reopen/"), {"reopen-reason": "The list still shows it"})

    task.refresh_from_db()
    assert task.state == "in_progress"


# ---- Saying ----------------------------------------------------------------------------------------------------------
def test_update_of_a_task_is_shown_with_its_blocker(task, member):
    sent = {"update-words": "<b>Waiting</b>", "update-blocker": "The vendor", "update-language": "en"}

    answer = signed_in(member).post(url_of(task, "update/"), sent, follow=True)

    assert "&lt;b&gt;Waiting&lt;/b&gt;" in text_of(answer)
    assert "The vendor" in text_of(answer)


def test_update_of_the_case_stands_on_the_page_of_tasks(case, member):
    sent = {"update-words": "The list is clean", "update-language": "en"}

    answer = signed_in(member).post(f"/en/cases/{case.reference}/updates/", sent, follow=True)

    assert "The list is clean" in text_of(answer)
    assert Update.objects.get().task is None


# ---- Who may ---------------------------------------------------------------------------------------------------------
STEPS = ["", "start/", "submit/", "complete/", "block/", "reopen/", "assign/", "update/", "proof/"]


@pytest.mark.parametrize("step", STEPS)
def test_outsider_finds_no_such_task(task, outsider, step):
    client = signed_in(outsider)

    assert (client.post if step else client.get)(url_of(task, step)).status_code == 404


@pytest.mark.parametrize("step", STEPS[1:])
@pytest.mark.parametrize("role", ["executive", "auditor"])
def test_reader_of_the_case_changes_nothing(task, counsel, role, step, request):
    person = request.getfixturevalue(role)
    let_in(task.case, person, by=counsel)

    answer = signed_in(person).post(url_of(task, step))

    assert answer.status_code == 403
    assert "Counsel" in text_of(answer)
    assert "Add the proof" not in text_of(signed_in(person).get(url_of(task)))


@pytest.mark.parametrize("step", STEPS[1:])
def test_state_is_not_changed_by_reading(task, member, step):
    assert signed_in(member).get(url_of(task, step)).status_code == 405


def test_anonymous_is_sent_to_sign_in(task):
    assert Client().get(url_of(task)).url.startswith("/en/login/?next=")


def test_task_of_another_case_is_not_found_under_this_one(task, counsel):
    other = a_case(by=counsel)

    assert signed_in(counsel).get(f"/en/cases/{other.reference}/tasks/{task.uid}/").status_code == 404


def test_task_is_read_in_chinese(task, member):
    shown = text_of(signed_in(member).get(url_of(task).replace("/en/", "/zh-hans/")))

    assert shown.index("下架词条") < shown.index("Take the entry down")
