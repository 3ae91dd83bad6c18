"""A form sent twice, by a double click or out of the history, acts once; the second is led where the first was."""

import re
from pathlib import Path
from typing import Any

import pytest

from cases.models import Authority, Case, Contact, IdempotentAnswer, Notice, Person, Requirement, Task, Update
from tests.factories import a_party, an_authority
from tests.pages import signed_in, text_of
from tests.rooms import EARLIER, an_old_case
from tests.test_page_log_notice import URL, carried, typed
from tests.work import a_requirement, at_once

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parent.parent / "tracker" / "templates" / "tracker"


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return an_old_case(counsel, member)


def token_of(by: Person, path: str) -> str:
    found = re.search(r'name="once" value="([\w-]{22})"', signed_in(by).get(path).content.decode())
    assert found
    return found[1]


def url(case: Case, rest: str) -> str:
    return f"/en/cases/{case.reference}/{rest}"


def test_a_requirement_sent_twice_is_added_once(case: Case, counsel: Person) -> None:
    path = url(case, "requirements/new/")
    sent = {"title_en": "Log it", "origin": "ordered", "clause_language": "en", "once": token_of(counsel, path)}
    client = signed_in(counsel)

    first, again = (client.post(path, sent | {"csrfmiddlewaretoken": each}) for each in ("a", "b"))

    assert (first.status_code, again.status_code) == (302, 302)
    assert again["Location"] == first["Location"]
    assert Requirement.objects.count() == 1
    assert "This was sent twice and is done once." in client.get(again["Location"]).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one(counsel: Person) -> None:
    case = an_old_case(counsel)
    path = url(case, "tasks/new/")
    sent = {"title_en": "Take it down", "once": token_of(counsel, path)}
    clients = [signed_in(counsel) for _ in range(6)]

    answers = at_once(*(lambda client=client: client.post(path, sent) for client in clients))

    assert {(each.status_code, each["Location"]) for each in answers} == {(302, url(case, "tasks/"))}
    assert Task.objects.count() == 1


def test_the_same_page_with_other_words_is_asked_whether_it_is_a_second(case: Case, counsel: Person) -> None:
    path = url(case, "tasks/new/")
    sent, client = {"title_en": "Take it down", "once": token_of(counsel, path)}, signed_in(counsel)
    client.post(path, sent)

    other = client.post(path, sent | {"title_en": "Tell the press"})

    assert (other.status_code, Task.objects.count()) == (409, 1)
    text = text_of(other)
    assert "This form was saved before, with other words." in text
    assert 'value="Tell the press"' in text
    token = re.search(r'name="once" value="([\w-]{22})"', text)
    assert client.post(path, sent | {"title_en": "Tell the press", "once": token[1]}).status_code == 302
    assert Task.objects.count() == 2


def test_a_form_that_was_wrong_is_mended_under_its_token(case: Case, counsel: Person) -> None:
    path = url(case, "tasks/new/")
    sent, client = {"title_en": " ", "once": token_of(counsel, path)}, signed_in(counsel)

    wrong, right = client.post(path, sent), client.post(path, sent | {"title_en": "Take it down"})

    assert (wrong.status_code, right.status_code, Task.objects.count()) == (422, 302, 1)


@pytest.mark.parametrize("token", ["", "short", "x" * 300, "漢" * 22])
def test_a_token_that_is_none_does_not_stand_in_the_way(token: str, case: Case, counsel: Person) -> None:
    answer = signed_in(counsel).post(url(case, "tasks/new/"), {"title_en": "Take it down", "once": token})

    assert (answer.status_code, Task.objects.count()) == (302, 1)
    assert not IdempotentAnswer.objects.exists()


def test_an_edit_sent_twice_is_no_conflict_with_oneself(case: Case, counsel: Person) -> None:
    requirement = a_requirement(case, by=counsel, at=EARLIER)
    path = url(case, f"requirements/{requirement.uid}/change/")
    sent = {"title_en": "New", "clause_language": "en", "revision": "1", "once": token_of(counsel, path)}

    answers = [signed_in(counsel).post(path, sent) for _ in range(2)]

    assert [each.status_code for each in answers] == [302, 302]


def test_an_update_beside_other_forms_is_posted_once(case: Case, counsel: Person) -> None:
    path = url(case, "updates/")
    sent = {"update-words": "On it.", "update-language": "en", "once": token_of(counsel, url(case, "tasks/"))}

    for _ in range(2):
        signed_in(counsel).post(path, sent)

    assert Update.objects.count() == 1


def test_a_notice_saved_twice_is_logged_once_with_all_it_names_anew(counsel: Person) -> None:
    """The second names as new an authority and a party that the first has made."""
    client = signed_in(counsel)
    new = {"authority": "", "authority-name_en": "Dublin DPC", "case-party": "", "party-name_en": "Weibo"}
    check = client.post(URL, typed(**new))
    hidden = carried(check.content.decode())

    first, again = (client.post(URL, hidden | {"step": "save"}) for _ in range(2))

    assert (first.status_code, again.status_code, again["Location"]) == (302, 302, first["Location"])
    assert (Notice.objects.count(), Case.objects.count(), Authority.objects.count()) == (1, 1, 1)


def test_a_notice_may_be_saved_after_going_back_and_changing_it(counsel: Person) -> None:
    an_authority(), a_party()
    client = signed_in(counsel)
    hidden = carried(client.post(URL, typed()).content.decode())
    back = client.post(URL, hidden | {"step": "back"})
    again = carried(client.post(URL, typed(number="2")).content.decode())

    saved = client.post(URL, again | {"step": "save"})

    assert (back.status_code, saved.status_code, len(again["once"])) == (200, 302, 1)


def test_a_contact_sent_twice_is_logged_once(case: Case, counsel: Person) -> None:
    path = url(case, "contacts/new/")
    rows = dict.fromkeys(("officers-count", "ours-count", "promises-count"), "2")
    sent = {
        "kind": "talk", "subject": "The list", "authority": case.lead_authority.uid, "minutes_language": "en", **rows,
        "once": token_of(counsel, path),
    }  # fmt: skip

    answers = [signed_in(counsel).post(path, sent) for _ in range(2)]

    assert [each.status_code for each in answers] == [302, 302]
    assert Contact.objects.count() == 1


# Each refuses a repeat by itself, as the bytes of a file do; shows what must be kept nowhere; or makes nothing, as a
# test word to a chat.
WITHOUT: Any = {
    "account.html", "acknowledge.html", "account_password.html", "arrangement_rows.html", "evidence_add.html",
    "flagged_list.html",
    "import_add.html", "log_notice.html", "reaching.html", "task_mine.html", "task_proof.html",
}  # fmt: skip


def test_every_form_that_is_posted_carries_a_token_of_its_own() -> None:
    forms = {path.name: path.read_text() for path in TEMPLATES.glob("*.html") if "{% csrf_token %}" in path.read_text()}

    bare = {name for name, text in forms.items() if text.count("{% csrf_token %}") > text.count("{{ once }}")}

    assert bare == WITHOUT
