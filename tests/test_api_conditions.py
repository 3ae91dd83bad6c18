"""Two people at once by the API: an answer has its ETag, If-Match guards a change, and of two at once one wins."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.actions.case import end_access
from cases.actions.requirement import change_requirement
from cases.models import Case, CaseAccess, LogEntry, Person, Requirement
from tests.api_world import AT, a_world, as_, the_case, url
from tests.work import a_requirement, a_task, at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return the_case(counsel, member)


@pytest.fixture
def requirement(case: Case, counsel: Person) -> Requirement:
    return a_requirement(case, by=counsel, at=AT)


def change(by: Person, requirement: Requirement, tag: str | None, language: str = "en", **fields: Any) -> Any:
    headers = {} if tag is None else {"if-match": tag}
    return as_(by, language).post(
        url(f"requirements/{requirement.uid}/change/"), fields or {"title_en": "Mine"}, headers=headers
    )


def seen(by: Person, requirement: Requirement) -> str:
    return str(as_(by).get(url(f"requirements/{requirement.uid}/"))["ETag"])


NOUNS = [
    "cases", "tracks", "events", "notices", "measures", "contacts", "requirements", "deadlines", "task-forces", "tasks",
    "flagged-content", "flagging-rules", "imports", "evidence", "legal-holds", "filings",
]  # fmt: skip


def test_every_row_with_a_revision_answers_with_its_tag(counsel: Person) -> None:
    world = a_world(counsel)

    answers = {noun: as_(counsel).get(url(f"{noun}/{world.names[noun]}/")) for noun in NOUNS}

    assert {noun for noun, answer in answers.items() if "ETag" not in answer} == set()
    for answer in answers.values():
        assert answer["ETag"].startswith(f'"{answer.data["revision"]}-')
    assert "ETag" not in as_(counsel).get(url("tasks/"))
    assert "ETag" not in as_(counsel).get(url(f"people/{counsel.uid}/"))


def test_a_create_and_a_change_answer_with_the_tag_of_what_they_made(case: Case, counsel: Person) -> None:
    made = as_(counsel).post(url("requirements/"), {"case": case.reference, "title_en": "Log"})
    found = Requirement.objects.get(uid=made.data["uid"])

    changed = change(counsel, found, made["ETag"])

    assert made["ETag"].startswith('"1-')
    assert (changed.status_code, changed["ETag"]) == (200, seen(counsel, found))


def test_an_old_tag_changes_nothing_and_gives_the_row_as_it_stands(requirement: Requirement, counsel: Person) -> None:
    mine = seen(counsel, requirement)
    change(counsel, requirement, None, title_en="Hers")
    entries = LogEntry.objects.count()

    answer = change(counsel, requirement, mine, title_en="Mine")

    assert (answer.status_code, answer.data["code"]) == (412, "stale")
    assert answer.data["message"] == "Somebody else has changed this since you opened it."
    assert answer.data["details"]["current"]["title_en"] == "Hers"
    assert answer["ETag"] == seen(counsel, requirement)
    assert LogEntry.objects.count() == entries
    assert change(counsel, requirement, answer["ETag"]).data["title_en"] == "Mine"


def test_the_refusal_is_in_the_language_of_the_one_who_asked(requirement: Requirement, counsel: Person) -> None:
    answer = change(counsel, requirement, '"99"', language="zh-hans")

    assert (answer.status_code, answer.data["message"]) == (412, "您打开之后，他人已修改此内容。")


@pytest.mark.parametrize(
    ("tag", "status"),
    [
        ('"1"', 200),
        ("*", 200),
        (' "7-ab" , "1-ab" ', 200),
        ('W/"1"', 412),
        ('W/"1", "2"', 412),
        ('"2"', 412),
        ('"1.0"', 412),
        ('""', 412),
        ("1", 400),
        ('"1" "2"', 400),
        ('"1', 400),
        ("", 400),
        ('*, "1"', 400),
    ],
)
def test_a_tag_matches_whole_strong_and_rightly_written(
    tag: str, status: int, requirement: Requirement, counsel: Person
) -> None:
    answer = change(counsel, requirement, tag)

    assert answer.status_code == status
    if status == 400:
        assert list(answer.data["details"]["fields"]) == ["If-Match"]
    requirement.refresh_from_db()
    assert (requirement.revision == 2) is (status == 200)


def test_every_verb_on_a_row_asks_it(case: Case, counsel: Person, member: Person) -> None:
    task = a_task(case, by=counsel, at=AT)

    old = as_(member).post(url(f"tasks/{task.uid}/start/"), headers={"if-match": '"3"'})
    right = as_(member).post(url(f"tasks/{task.uid}/start/"), headers={"if-match": '"1"'})

    assert (old.status_code, old.data["details"]["current"]["state"]) == (412, "todo")
    assert (right.status_code, right.data["state"]) == (200, "in_progress")


def test_a_row_without_a_revision_is_no_version_anybody_read(counsel: Person) -> None:
    party = the_case(counsel).party

    answer = as_(counsel).post(url(f"parties/{party.uid}/traits/"), {"traits": []}, headers={"if-match": '"1"'})

    assert answer.status_code == 412


def test_a_revision_in_the_body_is_refused_with_the_way_to_send_it(requirement: Requirement, counsel: Person) -> None:
    answer = change(counsel, requirement, None, title_en="Mine", revision=1)

    assert (answer.status_code, answer.data["details"]["fields"]) == (
        400, {"revision": ["Send it as If-Match, in the header."]},
    )  # fmt: skip


def test_nobody_is_shown_a_row_they_may_not_know_of(requirement: Requirement, counsel: Person, member: Person) -> None:
    end_access(access=CaseAccess.objects.get(case=requirement.case, person=member), by=counsel, at=AT)

    assert change(member, requirement, '"99"').status_code == 404
    assert change(member, requirement, "rubbish").status_code == 404


def test_what_was_read_already_is_not_sent_again(requirement: Requirement, counsel: Person) -> None:
    path = url(f"requirements/{requirement.uid}/")
    first = as_(counsel).get(path)

    same = as_(counsel).get(path, headers={"if-none-match": f'"x", W/{first["ETag"]}'})
    change_requirement(requirement=requirement, fields={"title_en": "Hers"}, by=counsel, at=AT)
    other = as_(counsel).get(path, headers={"if-none-match": first["ETag"]})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    assert (other.status_code, other.data["title_en"]) == (200, "Hers")
    assert as_(counsel).get(path, headers={"if-none-match": "1"}).status_code == 400
    assert as_(counsel).get(path, headers={"if-none-match": "*"}).status_code == 304


def test_a_detail_is_sent_again_when_only_what_stands_beside_the_row_has_changed(case: Case, counsel: Person) -> None:
    """A case keeps its revision while its tasks move: its tag must not say that nothing has."""
    path = url(f"cases/{case.reference}/")
    first = as_(counsel).get(path)
    a_task(case, by=counsel, at=AT)

    again = as_(counsel).get(path, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, len(again.data["tasks"])) == (200, 1)
    assert again["ETag"] != first["ETag"]
    changed = as_(counsel).post(f"{path}change/", {"title_en": "The list"}, headers={"if-match": first["ETag"]})
    assert changed.status_code == 200


def of_two_at_once(*clients: APIClient, path: str, tag: str, sent: list[dict[str, Any]]) -> list[Any]:
    calls = [
        lambda client=client, body=body: client.post(path, body, headers={"if-match": tag})
        for client, body in zip(clients, sent, strict=True)
    ]
    return at_once(*calls)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_with_one_tag_one_wins(counsel: Person, member: Person) -> None:
    case = the_case(counsel, member)
    requirement = a_requirement(case, by=counsel, at=AT)
    titles = [f"Title {number}" for number in range(6)]

    answers = of_two_at_once(
        *(as_(counsel) for _ in titles),
        path=url(f"requirements/{requirement.uid}/change/"), tag='"1"', sent=[{"title_en": each} for each in titles],
    )  # fmt: skip

    assert sorted(each.status_code for each in answers) == [200, 412, 412, 412, 412, 412]
    won = next(each for each in answers if each.status_code == 200)
    lost = next(each for each in answers if each.status_code == 412)
    requirement.refresh_from_db()
    assert (requirement.title_en, requirement.revision) == (won.data["title_en"], 2)
    assert lost.data["details"]["current"]["title_en"] == requirement.title_en
    assert LogEntry.objects.filter(verb="change_requirement").count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_was_refused_because_the_other_was_first_is_told_so(counsel: Person, member: Person) -> None:
    """The second start would be refused by the task's own rule: what it needs to hear is that it read an old one."""
    task = a_task(the_case(counsel, member), by=counsel, at=AT)

    answers = of_two_at_once(as_(counsel), as_(member), path=url(f"tasks/{task.uid}/start/"), tag='"1"', sent=[{}, {}])

    assert sorted(each.status_code for each in answers) == [200, 412]
