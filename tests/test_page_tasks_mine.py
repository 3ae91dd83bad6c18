"""One's own tasks on a phone: tick, say, save; then the proof of what was ticked."""

from datetime import date
from io import BytesIO

import pytest

from cases.actions.case import raise_barrier
from cases.models import Task, Update
from tests.factories import NOW, a_case
from tests.pages import let_in, signed_in, text_of
from tests.work import a_task, some_evidence

pytestmark = pytest.mark.django_db

MINE = "/en/tasks/mine/"
PROOF = "/en/tasks/mine/proof/"
QUERIES = 5


@pytest.fixture
def case(counsel, member):
    case = a_case(by=counsel)
    let_in(case, member, by=counsel)
    return case


@pytest.fixture
def task(case, counsel, member):
    return a_task(case, by=counsel, assignee=member, due_on=date(2026, 9, 25))


def a_file(words, name="proof.txt"):
    file = BytesIO(words)
    file.name = name
    return file


def test_only_my_open_tasks_are_shown(case, counsel, member, task):
    a_task(case, by=counsel, title_en="Somebody else’s")

    shown = text_of(signed_in(member).get(MINE))

    assert "Take the entry down" in shown
    assert "Somebody else’s" not in shown


def test_task_behind_a_barrier_is_not_shown_and_cannot_be_closed(case, counsel, member, task):
    raise_barrier(case=case, person=member, reason="conflict", by=counsel, at=NOW)
    client = signed_in(member)

    assert "Take the entry down" not in text_of(client.get(MINE))
    assert client.post(PROOF, {"task": task.uid}).url == MINE
    assert Task.objects.get().state == "todo"


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_page_asks_the_same_for_any_number_of_tasks(case, counsel, member, rows, django_assert_num_queries):
    for n in range(rows):
        a_task(case, by=counsel, assignee=member, title_en=f"Task {n}")
    client = signed_in(member)
    client.get(MINE)

    with django_assert_num_queries(QUERIES):
        client.get(MINE)


def test_nothing_ticked_and_nothing_said_changes_nothing(member, task):
    assert signed_in(member).post(MINE, {}).url == MINE
    assert not Update.objects.exists()


def test_tick_goes_on_to_the_proof(member, task):
    client = signed_in(member)

    answer = client.post(MINE, {"task": task.uid, f"{task.uid}-tick": "on"}, follow=True)

    assert "A task closes with its proof" in text_of(answer)
    assert Task.objects.get().state == "todo"


def test_update_with_a_blocker_is_posted_on_save(member, task):
    sent = {"task": task.uid, f"{task.uid}-words": "Half done", f"{task.uid}-blocker": "The vendor"}

    answer = signed_in(member).post(MINE, sent, follow=True)

    assert "1 update is posted." in text_of(answer)
    assert Update.objects.values_list("words", "blocker", "task__uid").get() == ("Half done", "The vendor", task.uid)


def test_blocker_without_a_word_is_asked_for_one(member, task):
    answer = signed_in(member).post(MINE, {"task": task.uid, f"{task.uid}-blocker": "The vendor"})

    assert answer.status_code == 422
    assert "Say in a few words what blocks it." in text_of(answer)
    assert 'value="The vendor"' in text_of(answer)
    assert not Update.objects.exists()


def test_what_was_said_is_kept_though_the_list_moved_on(case, counsel, member, task):
    for n in range(60):
        a_task(case, by=counsel, assignee=member, title_en=f"Sooner {n}", due_on=date(2026, 9, 24))

    signed_in(member).post(MINE, {"task": task.uid, f"{task.uid}-words": "Half done"})

    assert Update.objects.get().task == task


def test_ticked_task_closes_with_a_file(member, task):
    sent = {"task": task.uid, f"{task.uid}-contains_state_secret": "no", f"{task.uid}-file": [a_file(b"proof")]}

    answer = signed_in(member).post(PROOF, sent, follow=True)

    assert "Closed: Take the entry down" in text_of(answer)
    assert Task.objects.get().state == "closed"


def test_ticked_task_with_proof_needs_no_other(member, counsel, task):
    some_evidence(task.case, by=counsel, proves=[task])

    signed_in(member).post(PROOF, {"task": task.uid})

    assert Task.objects.get().state == "closed"


def test_what_has_no_proof_stays_and_the_other_closes(case, counsel, member, task):
    bare = a_task(case, by=counsel, assignee=member, title_en="Without proof")
    sent = {
        "task": [task.uid, bare.uid],
        f"{task.uid}-contains_state_secret": "no",
        f"{task.uid}-file": [a_file(b"proof")],
    }

    answer = signed_in(member).post(PROOF, sent)

    assert answer.status_code == 422
    assert "Without proof" in text_of(answer)
    assert "Choose a file or name evidence of this case." in text_of(answer)
    assert dict(Task.objects.values_list("uid", "state")) == {task.uid: "closed", bare.uid: "todo"}


def test_same_file_again_is_refused_with_a_link_to_the_first(member, counsel, task):
    first = some_evidence(task.case, by=counsel, words=b"proof")

    answer = signed_in(member).post(
        PROOF, {"task": task.uid, f"{task.uid}-contains_state_secret": "no", f"{task.uid}-file": [a_file(b"proof")]}
    )

    assert answer.status_code == 409
    assert f"/evidence/{first.uid}/" in text_of(answer)


def test_task_of_somebody_else_cannot_be_closed_here(case, counsel, member):
    other = a_task(case, by=counsel, assignee=counsel)

    assert (
        signed_in(member)
        .post(
            PROOF, {"task": other.uid, f"{other.uid}-contains_state_secret": "no", f"{other.uid}-file": [a_file(b"p")]}
        )
        .url
        == MINE
    )
    assert Task.objects.get().state == "todo"


@pytest.mark.parametrize("role", ["executive", "auditor", "administrator"])
def test_page_is_for_those_who_do_the_work(role, request):
    assert signed_in(request.getfixturevalue(role)).get(MINE).status_code == 403


def test_anonymous_is_sent_to_sign_in(client):
    assert client.get(MINE).url == "/en/login/?next=/en/tasks/mine/"


def test_empty_says_so(member):
    assert "No task waits for you." in text_of(signed_in(member).get(MINE))
