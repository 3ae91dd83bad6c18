"""The same POST sent again with its Idempotency-Key makes nothing more and is answered as the first time."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.actions.case import end_access
from cases.actions.idempotency import forget
from cases.models import Case, CaseAccess, Evidence, IdempotentAnswer, LogEntry, Person, Requirement, Task
from tests.api_world import AT, as_, the_case, url
from tests.hot_lists import a_list
from tests.work import a_requirement, a_task_force, at_once
from tracker.models import Briefing

pytestmark = pytest.mark.django_db
KEY = "8e03978e-40d5-43e8-bc93-6894a57f9324"


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return the_case(counsel, member)


def post(by: Person, path: str, sent: Any, key: str = KEY, **options: Any) -> Any:
    return as_(by).post(url(path), sent, headers={"idempotency-key": key}, **options)


def add(by: Person, case: Case, key: str = KEY, title: str = "Log it") -> Any:
    return post(by, "requirements/", {"case": case.reference, "title_en": title}, key)


def test_a_post_sent_again_is_answered_as_before_and_makes_one(case: Case, counsel: Person) -> None:
    first, again = add(counsel, case), add(counsel, case)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    assert Requirement.objects.count() == 1
    assert LogEntry.objects.filter(verb="add_requirement").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_post_ten_times_at_once_makes_one(counsel: Person) -> None:
    case = the_case(counsel)

    answers = at_once(*(lambda: add(counsel, case) for _ in range(10)))

    assert {each.status_code for each in answers} == {201}
    assert len({each.content for each in answers}) == 1
    assert Requirement.objects.count() == IdempotentAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_that_are_all_refused_leave_nothing_and_are_told_why(counsel: Person) -> None:
    case = the_case(counsel)

    answers = at_once(*(lambda: add(counsel, case, title="") for _ in range(10)))

    assert {each.status_code for each in answers} == {400}
    assert not IdempotentAnswer.objects.exists()


def test_a_key_sent_with_something_else_is_refused(case: Case, counsel: Person) -> None:
    add(counsel, case)

    other_words = add(counsel, case, title="Something else")
    other_door = post(counsel, "tasks/", {"case": case.reference, "title_en": "Log it"})

    assert (other_words.status_code, other_words.data["code"]) == (422, "key_reused")
    assert other_words.data["message"].startswith("This key was sent before with something else.")
    assert other_door.status_code == 422
    assert (Requirement.objects.count(), Task.objects.count()) == (1, 0)


def test_a_refused_post_is_mended_and_sent_again_with_its_key(case: Case, counsel: Person) -> None:
    refused, mended = add(counsel, case, title=" "), add(counsel, case)

    assert (refused.status_code, mended.status_code) == (400, 201)


def test_a_key_is_one_persons_own(case: Case, counsel: Person, member: Person) -> None:
    sent = {"case": case.reference, "title_en": "Look"}

    answers = [post(person, "tasks/", sent) for person in (counsel, member)]

    assert [each.data["number"] for each in answers] == [1, 2]


def test_without_a_key_each_post_makes_its_own(case: Case, counsel: Person) -> None:
    for _ in range(2):
        as_(counsel).post(url("requirements/"), {"case": case.reference, "title_en": "Log it"})

    assert Requirement.objects.count() == 2


@pytest.mark.parametrize("key", ["", '""', "x" * 201, "钥匙", "a\tb"])
def test_what_is_no_key_is_refused_and_nothing_is_done(key: str, case: Case, counsel: Person) -> None:
    answer = add(counsel, case, key)

    assert (answer.status_code, answer.data["code"]) == (400, "no_key")
    assert not Requirement.objects.exists()


@pytest.mark.parametrize("key", ["k", "x" * 200, "with a space", '"quoted"'])
def test_a_key_of_any_other_kind_will_do(key: str, case: Case, counsel: Person) -> None:
    assert [add(counsel, case, key).status_code for _ in range(2)] == [201, 201]
    assert Requirement.objects.count() == 1


def test_a_key_is_the_same_with_quotation_marks_or_without(case: Case, counsel: Person) -> None:
    add(counsel, case, KEY), add(counsel, case, f'"{KEY}"')

    assert Requirement.objects.count() == 1


def test_a_verb_that_makes_a_row_takes_a_key_too(case: Case, counsel: Person, member: Person) -> None:
    force = a_task_force(case, lead=counsel, by=counsel, at=AT)
    turn = {"person": counsel.uid, "starts_at": "2025-09-01T08:00+08:00", "ends_at": "2025-09-01T20:00+08:00"}

    answers = [post(counsel, f"task-forces/{force.uid}/shifts/", turn) for _ in range(2)]

    assert [each.status_code for each in answers] == [200, 200]
    assert force.rota.count() == 1


def test_a_repeat_does_not_ask_for_the_revision_that_its_first_has_moved(case: Case, counsel: Person) -> None:
    requirement = a_requirement(case, by=counsel, at=AT)
    headers = {"idempotency-key": KEY, "if-match": '"1"'}

    answers = [
        as_(counsel).post(url(f"requirements/{requirement.uid}/change/"), {"title_en": "New"}, headers=headers)
        for _ in range(2)
    ]

    assert [(each.status_code, each.data["revision"]) for each in answers] == [(200, 2), (200, 2)]


# ---- Files -----------------------------------------------------------------------------------------------------------
def bring(by: Person, case: Case, raw: bytes, path: str = "evidence/", **more: str) -> Any:
    sent = {"case": case.reference, "file": SimpleUploadedFile("list.csv", raw), **more}
    return post(by, path, sent, format="multipart")


def test_a_file_sent_again_is_the_same_only_by_its_bytes(case: Case, member: Person) -> None:
    first, again, other = (bring(member, case, raw) for raw in (b"one", b"one", b"two"))

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.data["uid"] == first.data["uid"]
    assert Evidence.objects.count() == 1


def test_an_import_sent_again_is_answered_as_new_as_it_was(case: Case, member: Person) -> None:
    raw = a_list(("08-01 09", 1, "某明星分手", "明星"))

    answers = [bring(member, case, raw, "imports/", surface="榜") for _ in range(2)]

    assert [(each.status_code, each.data["is_repeat"]) for each in answers] == [(201, False), (201, False)]


def test_a_briefing_is_signed_once(case: Case, counsel: Person) -> None:
    answers = [post(counsel, "briefings/", {"case": case.reference, "words": "On course."}) for _ in range(2)]

    assert [(each.status_code, each.data["number"]) for each in answers] == [(201, 1), (201, 1)]
    assert Briefing.objects.count() == 1


# ---- The wall --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("requirements/", {"title_en": "Log it"}),
        ("notices/", {"kind": "summons"}),
        ("flagging-rules/defaults/", {}),
        ("briefings/", {"words": "On course."}),
    ],
)
def test_a_kept_answer_is_no_hole_in_the_wall(
    path: str, sent: dict[str, Any], case: Case, counsel: Person, executive: Person
) -> None:
    sent = {**sent, "case": case.reference}
    if path == "notices/":
        sent["authority"] = case.lead_authority.uid
    assert post(counsel, path, sent).status_code == 201
    end_access(access=CaseAccess.objects.get(case=case, person=counsel), by=executive, at=AT)

    again = post(counsel, path, sent)

    assert (again.status_code, again.data["code"]) in {(404, "not_found"), (400, "invalid")}
    assert case.reference not in again.content.decode()


def test_a_case_opened_with_its_first_notice_is_behind_the_wall_too(counsel: Person, executive: Person) -> None:
    home = the_case(counsel)
    new = {"party": home.party.uid, "lead_authority": home.lead_authority.uid, "title_en": "New"}
    sent = {"kind": "summons", "authority": home.lead_authority.uid, "case": new}
    made = post(counsel, "notices/", sent)
    opened = Case.objects.get(reference=made.data["case"])
    for access in CaseAccess.objects.filter(case=opened):
        end_access(access=access, by=executive, at=access.from_at + timedelta(microseconds=1))

    again = post(counsel, "notices/", sent)

    assert (made.status_code, again.status_code, again.data["code"]) == (201, 404, "not_found")
    assert Case.objects.count() == 2


def test_who_may_no_longer_act_is_not_answered_from_memory(case: Case, counsel: Person) -> None:
    add(counsel, case)
    counsel.role = "auditor"
    counsel.save(update_fields=["role"])

    assert add(counsel, case).status_code == 403


# ---- How long --------------------------------------------------------------------------------------------------------
def test_an_answer_is_kept_for_a_week_and_swept_after(case: Case, counsel: Person) -> None:
    add(counsel, case)
    at = IdempotentAnswer.objects.get().at

    early, late = forget(at=at + timedelta(days=7, minutes=1)), forget(at=at + timedelta(days=9))

    assert (early, late) == (0, 1)


def test_the_schema_tells_of_the_headers() -> None:
    told = as_(None).get("/api/v1/schema/").json()["paths"]
    change, create = told["/api/v1/requirements/{uid}/change/"]["post"], told["/api/v1/requirements/"]["post"]
    detail = told["/api/v1/requirements/{uid}/"]["get"]

    assert {"If-Match", "Idempotency-Key"} <= {each["name"] for each in change["parameters"]}
    assert {"412", "422"} <= change["responses"].keys()
    assert "ETag" in change["responses"]["200"]["headers"]
    assert [each["name"] for each in create["parameters"]] == ["Idempotency-Key"]
    assert "304" in detail["responses"]
    assert "Idempotency-Key" not in str(told["/api/v1/token/"])
