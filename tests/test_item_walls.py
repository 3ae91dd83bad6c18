"""What is kept apart within a case: legal advice from all but those admitted to it, persons from all but theirs."""

from io import BytesIO
from typing import Any

import pytest

from cases.actions.accountability import AccountabilityDraft, record_accountability
from cases.actions.case import admit, grant_access
from cases.actions.contact import ContactDraft, log_contact
from cases.actions.drafts import EvidenceDraft
from cases.actions.evidence import SameBytes, take_in
from cases.actions.filing import file
from cases.actions.marking import NotAdmitted, UnderAdvice, change_mark
from cases.actions.task import assign_task, post_update
from cases.models import Case, CaseAccess, Evidence, Person
from cases.permissions import known_parties, known_to_all, visible_to, within_case
from tests.api_world import AT, DAY, as_, the_case, url
from tests.factories import a_party, an_authority
from tests.work import a_task
from tracker.models import Step

pytestmark = pytest.mark.django_db
ADVICE = "legal_advice"
POINTING = {"custodyentry", "logentry", "deadline", "deadlineversion", "evidencelink"}


def evidence(case: Case, by: Person, content: bytes = b"advice", mark: str = ADVICE) -> Evidence:
    draft = EvidenceDraft(protection_mark=mark, title_en="Opinion on the fine")
    return take_in(case=case, file=BytesIO(content), filename="opinion.pdf", draft=draft, by=by, at=AT)


def contact(case: Case, by: Person) -> Any:
    draft = ContactDraft(
        kind="talk", authority=an_authority(), subject="With outside counsel", held_on=DAY, protection_mark=ADVICE
    )
    return log_contact(case=case, contact=draft, by=by, at=AT)


def task(case: Case, by: Person) -> Any:
    return a_task(case, by=by, at=AT, assignee=by, due_on=DAY, protection_mark=ADVICE)


def update(case: Case, by: Person) -> Any:
    return post_update(case=case, words="We should not contest.", protection_mark=ADVICE, by=by, at=AT)


ITEMS = {"evidence": evidence, "contacts": contact, "tasks": task, "updates": update}


@pytest.mark.parametrize("noun", ITEMS)
def test_legal_advice_is_for_those_admitted_to_it(noun: str, counsel: Person, member: Person) -> None:
    case = the_case(counsel)
    access = grant_access(case=case, person=member, reason="works on it", by=counsel, at=AT)
    item = ITEMS[noun](case, counsel)
    log = as_(counsel).get(url("log/")).data["results"]

    def found(person: Person) -> tuple[int, int]:
        listed = as_(person).get(url(f"{noun}/"), {"case": case.reference}).data["results"]
        return as_(person).get(url(f"{noun}/{item.uid}/")).status_code, len(listed)

    assert (found(counsel), found(member)) == ((200, 1), (404, 0))
    assert log[0]["object_uid"] == item.uid
    assert item.uid not in {row["object_uid"] for row in as_(member).get(url("log/")).data["results"]}

    admit(access=access, sees_advice=True, sees_persons=False, reason="drafts the answer", by=counsel, at=AT)
    assert found(member) == (200, 1)


def test_one_whom_the_case_is_open_to_by_their_role_is_not_admitted(counsel: Person, outsider: Person) -> None:
    case = the_case(counsel, is_open_to_staff=True)
    item = evidence(case, counsel)

    assert as_(outsider).get(url(f"cases/{case.reference}/")).status_code == 200
    assert as_(outsider).get(url(f"evidence/{item.uid}/")).status_code == 404


def test_the_detail_of_a_case_counts_nothing_that_is_apart(counsel: Person, member: Person) -> None:
    case = the_case(counsel)
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=AT)

    before = as_(member).get(url(f"cases/{case.reference}/")).data
    for make in ITEMS.values():
        make(case, counsel)

    assert as_(member).get(url(f"cases/{case.reference}/")).data == before


def test_the_date_of_a_task_under_advice_is_apart_with_it(counsel: Person, member: Person) -> None:
    case = the_case(counsel)
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=AT)
    made = task(case, counsel)

    assert as_(counsel).get(url(f"deadlines/{made.deadline.uid}/")).status_code == 200
    assert as_(member).get(url(f"deadlines/{made.deadline.uid}/")).status_code == 404


def test_a_step_of_its_own_before_that_date_tells_of_it_to_nobody_else(counsel: Person, member: Person) -> None:
    case = the_case(counsel)
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=AT)
    own = {"kind": "internal", "unit": "working_day", "amount": 2}
    Step.objects.create(**own, deadline=task(case, counsel).deadline)
    Step.objects.create(**own, case=case)

    def known(person: Person) -> list[int]:
        found = [visible_to(Step.objects.all(), person, at=AT), within_case(Step.objects.all(), person, at=AT)]
        return [rows.count() for rows in (*found, known_to_all(Step.objects.all()))]

    # One of a deadline names no case: it is met by way of its deadline or not at all.
    assert (known(counsel), known(member)) == ([1, 1, 1], [1, 1, 1])


def test_its_numbers_leave_no_gap_in_the_others(counsel: Person) -> None:
    case = the_case(counsel)
    numbers = [
        evidence(case, counsel, content, mark).number
        for content, mark in ((b"1", "internal"), (b"2", ADVICE), (b"3", "internal"), (b"4", ADVICE))
    ]

    assert numbers == [1, 900_001, 2, 900_002]


def test_the_same_bytes_are_taken_in_again_by_one_who_may_not_know_of_the_first(counsel: Person) -> None:
    case = the_case(counsel)
    evidence(case, counsel)

    assert evidence(case, counsel, mark="internal").number == 1
    with pytest.raises(SameBytes):
        evidence(case, counsel)


def test_only_one_admitted_may_mark_so(counsel: Person, member: Person) -> None:
    case = the_case(counsel)
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=AT)

    for make in ITEMS.values():
        with pytest.raises(NotAdmitted, match="Only those admitted"):
            make(case, member)


def test_nobody_lets_others_see_what_they_may_not_see_themselves(
    counsel: Person, outsider: Person, member: Person
) -> None:
    case = the_case(counsel)
    grant_access(case=case, person=outsider, reason="second counsel", by=counsel, at=AT)

    for seen in ({"sees_advice": True}, {"sees_persons": True}):
        with pytest.raises(NotAdmitted, match="only what you may see yourself"):
            grant_access(case=case, person=member, reason="x", by=outsider, at=AT, **seen)
    assert not CaseAccess.objects.filter(person=member).exists()


def test_work_under_advice_is_given_to_those_admitted(counsel: Person, member: Person) -> None:
    case = the_case(counsel)
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=AT)
    made = task(case, counsel)
    open_task = a_task(case, by=counsel, at=AT, assignee=member)

    with pytest.raises(NotAdmitted, match="not admitted to the legal advice"):
        assign_task(task=made, assignee=member, by=counsel, at=AT)
    with pytest.raises(NotAdmitted, match="not admitted to the legal advice"):
        change_mark(item=open_task, mark=ADVICE, reason="strategy", by=counsel, at=AT)


def test_what_others_work_with_cannot_be_put_apart_nor_sent_while_it_is(counsel: Person) -> None:
    case = the_case(counsel)
    piece, filed = evidence(case, counsel), evidence(case, counsel, b"report", "internal")
    sending: dict[str, Any] = {"case": case, "kind": "other", "authority": an_authority(), "sent_at": AT}

    with pytest.raises(UnderAdvice, match="EV-900001 is under legal advice"):
        file(**sending, document=piece, by=counsel, at=AT)
    file(**sending, document=filed, by=counsel, at=AT)
    with pytest.raises(UnderAdvice, match="Others see this already"):
        change_mark(item=filed, mark=ADVICE, reason="too late", by=counsel, at=AT)


def test_a_mark_is_changed_with_its_reason_and_the_wall_follows(counsel: Person, member: Person) -> None:
    case = the_case(counsel)
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=AT)
    piece = evidence(case, counsel)

    answer = as_(counsel).post(url(f"evidence/{piece.uid}/mark/"), {"mark": "disclosable", "reason": "waived"})

    assert (answer.status_code, answer.data["protection_mark"]) == (200, "disclosable")
    assert as_(member).get(url(f"evidence/{piece.uid}/")).status_code == 200
    assert case.log.filter(verb="change_mark").get().facts == {"from": ADVICE, "to": "disclosable"}


# ---- Persons ---------------------------------------------------------------------------------------------------------
def test_who_was_held_responsible_is_known_to_those_admitted_to_persons(counsel: Person, outsider: Person) -> None:
    case = the_case(counsel)
    access = grant_access(case=case, person=outsider, reason="second counsel", sees_advice=True, by=counsel, at=AT)
    somebody = a_party(kind="natural_person", name_en="Somebody Responsible", name_zh="某负责人")
    draft = AccountabilityDraft(party=somebody, kind="warning", state="decided", decided_on=DAY)
    record = record_accountability(case=case, draft=draft, by=counsel, at=AT)

    def found(person: Person) -> tuple[int, bool, bool]:
        seen = as_(person).get(url(f"accountability/{record.uid}/")).status_code
        parties = as_(person).get(url("parties/")).data["results"]
        log = as_(person).get(url("log/")).data["results"]
        named = any(row["uid"] == somebody.uid for row in parties)
        return seen, named, any(row["object_uid"] == record.uid for row in log)

    assert (found(counsel), found(outsider)) == ((200, True, True), (404, False, False))
    admit(access=access, sees_advice=True, sees_persons=True, reason="leads the inquiry", by=counsel, at=AT)
    assert found(outsider) == (200, True, True)
    assert somebody in known_parties(outsider, at=AT)


def test_every_kind_of_row_has_its_wall_or_none_is_shown(counsel: Person) -> None:
    with pytest.raises(KeyError):
        visible_to(Person.objects.all(), counsel, at=AT)
