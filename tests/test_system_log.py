"""What was done in no case: for auditors and administrators, and it tells them of no case and of no hidden person."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.actions.accountability import AccountabilityDraft, record_accountability
from cases.actions.arrangement import confirm_proposals
from cases.actions.case import grant_access
from cases.actions.leaving import deactivate
from cases.actions.log import write_log
from cases.actions.person import change_settings, take_leave
from cases.actions.reading import log_export
from cases.actions.reference import add_authority, add_party
from cases.actions.refusing import log_refusal
from cases.models import Authority, Deadline, LogEntry, Party, Person, Role
from tests.arrangements import LATE, LATER, an_order, imported
from tests.factories import NOW, a_case, a_person
from tests.rooms import main_of, reading
from tracker.status.system_log import system_log_list

pytestmark = pytest.mark.django_db
URL = "/en/log/"
PLACE = {"level": "other", "jurisdiction": "CN", "zone": "Asia/Shanghai", "calendar": "CN"}
# Session, reader, whether they know of many cases, entries, their names, and the open cases at hand.
QUERIES = 6


def kept_by_the_house(named: Authority | Party) -> None:
    """Known to everybody, as what an administrator adds."""
    type(named).objects.filter(pk=named.pk).update(named_by=None)


def told(person: Person, kind: str = "") -> list[str]:
    return [row.verb for row in system_log_list(person, now=LATER, kind=kind).rows]


def titles(person: Person) -> dict[str, str]:
    return {row.verb: row.title.en for row in system_log_list(person, now=LATER).rows}


@pytest.mark.parametrize("role", list(Role))
def test_it_is_for_auditors_and_administrators(role: str, counsel: Person) -> None:
    kept_by_the_house(add_authority(name_en="A new office", **PLACE, by=counsel, at=NOW))
    add_authority(name_en="Named for a case to come", **PLACE, by=counsel, at=NOW)
    person = a_person(role)
    may = role in {Role.AUDITOR, Role.ADMINISTRATOR}

    answer = reading(person).get(URL)

    assert answer.status_code == (200 if may else 403)
    assert told(person) == (["add_authority"] if may else [])
    assert ("Added an authority: A new office" in main_of(answer)) == may


def test_each_entry_names_what_it_is_about(
    administrator: Person, auditor: Person, member: Person, counsel: Person
) -> None:
    leaver = a_person(family_en="Xu", given_en="Ran", family_zh="徐", given_zh="然")
    deactivate(person=leaver, reason="Leaves the house.", by=administrator, at=NOW)
    days = {"from_on": date(2026, 10, 1), "until_on": date(2026, 10, 8)}
    take_leave(person=member, **days, stand_in=None, by=member, at=NOW)
    kept_by_the_house(add_party(kind="brand", name_en="A brand", name_zh="某品牌", by=counsel, at=NOW))
    add_party(kind="brand", name_en="Named for a case to come", name_zh="", by=counsel, at=NOW)
    imported(counsel, at=NOW)

    assert titles(auditor) == {
        "import_arrangement": "CN@2027-invented", "add_party": "A brand", "take_leave": member.name_en,
        "deactivate": "Xu Ran",
    }  # fmt: skip
    page = main_of(reading(auditor).get("/zh-hant/log/"))
    assert all(words in page for words in ("徐然", "Leaves the house.", "匯入了放假安排", "系統日誌"))


def test_nothing_of_a_case_is_in_it_nor_how_many_it_touched(counsel: Person, administrator: Person) -> None:
    case = a_case(by=counsel, title_en="HIDDEN case")
    grant_access(case=case, person=a_person(), reason="HIDDEN", by=counsel, at=NOW)
    an_order(case, counsel, LATE)
    arrangement = imported(counsel, at=LATER).arrangement
    confirm_proposals(arrangement=arrangement, among=Deadline.objects.all(), by=counsel, at=LATER)

    page = main_of(reading(administrator).get(URL))

    assert told(administrator) == ["import_arrangement"]
    assert LogEntry.objects.get(verb="import_arrangement").facts["moved"] == 1
    assert ("HIDDEN" in page, case.reference in page, "moved" in page) == (False, False, False)


def test_a_natural_person_is_named_to_those_admitted_and_to_no_administrator(
    counsel: Person, auditor: Person, administrator: Person
) -> None:
    case = a_case(by=counsel)
    somebody = add_party(kind="natural_person", name_en="Hidden Somebody", name_zh="某人", by=counsel, at=NOW)
    draft = AccountabilityDraft(party=somebody, kind="warning", state="proposed")
    record_accountability(case=case, draft=draft, by=counsel, at=NOW)

    before = told(auditor)
    grant_access(case=case, person=auditor, reason="audit", sees_persons=True, by=counsel, at=NOW)

    assert (before, told(auditor), told(administrator)) == ([], ["add_party"], [])


def test_who_looked_and_who_was_refused_is_for_auditors(
    counsel: Person, auditor: Person, administrator: Person
) -> None:
    log_export(record=counsel, case=None, by=counsel, at=NOW, facts={"format": "csv", "count": 7})
    log_refusal(names=[], verb="keep_people", by=counsel, at=NOW)
    log_refusal(names=[], verb="log_notice", by=auditor, at=NOW)

    assert (told(auditor), told(administrator)) == (["refused", "export"], [])


def test_an_attempt_at_nothing_is_shown_to_nobody_as_one_at_a_hidden_case_is_not(
    counsel: Person, outsider: Person, auditor: Person
) -> None:
    hidden = a_case(by=counsel)

    for reference in ("XIA-2026-NOBODY", hidden.reference):
        log_refusal(names=[reference], verb="", by=outsider, at=NOW)

    assert list(LogEntry.objects.filter(verb="refused").order_by("pk").values_list("case", flat=True)) == [
        None, hidden.pk,
    ]  # fmt: skip
    assert told(auditor) == []


def test_it_is_narrowed_by_kind_and_an_unknown_kind_narrows_nothing(counsel: Person, auditor: Person) -> None:
    kept_by_the_house(add_party(kind="brand", name_en="A brand", name_zh="", by=counsel, at=NOW))
    change_settings(person=counsel, fields={"language": "zh-hans"}, by=counsel, at=NOW)
    read = reading(auditor).get

    assert (told(auditor, "party"), told(auditor, "person")) == (["add_party"], ["change_settings"])
    assert "A brand" not in main_of(read(URL, {"kind": "person"}))
    assert "A brand" in main_of(read(URL, {"kind": "nonsense"}))
    assert "Nothing of this kind is recorded." in main_of(read(URL, {"kind": "arrangement"}))


@pytest.mark.parametrize("rows", [1, 3, 120])
def test_a_page_asks_the_same_for_any_number_of_entries(
    rows: int, counsel: Person, auditor: Person, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(rows):
        write_log("change_settings", counsel, case=None, by=counsel, at=NOW + timedelta(seconds=number))
    client = reading(auditor)

    with django_assert_num_queries(QUERIES):
        answer = client.get(URL)

    assert answer.status_code == 200


def test_its_pages_hold_every_entry_once(counsel: Person, auditor: Person) -> None:
    for number in range(120):
        write_log("change_settings", counsel, case=None, by=counsel, at=NOW + timedelta(seconds=number // 2))

    cursor, seen = "", []
    while True:
        found = system_log_list(auditor, now=LATER, cursor=cursor)
        seen += [row.uid for row in found.rows]
        if not (cursor := found.next):
            break

    assert (len(seen), len(set(seen))) == (120, 120)
    assert reading(auditor).get(URL, {"cursor": "nonsense"}).status_code == 404


def test_a_stranger_signs_in_first(client: object) -> None:
    assert client.get(URL).url == f"{reverse('login')}?next={URL}"
