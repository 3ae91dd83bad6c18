"""The rest of the record by the API: cases and who may know of them, the work, flagged content, filings, briefings."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Case, FlaggedContent, LogEntry, Party, Person
from tests.api_world import AT, DAY, as_, the_case, the_notice, url
from tests.factories import a_party, an_authority
from tests.hot_lists import a_list
from tests.work import a_requirement, a_task, some_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return the_case(counsel, member)


def post(by: Person, path: str, /, **sent: Any) -> Any:
    return as_(by).post(url(path), sent)


# ---- Cases -----------------------------------------------------------------------------------------------------------
def test_a_case_is_opened_with_its_authorities(counsel: Person) -> None:
    lead, guide = an_authority(), an_authority(name_en="Cyberspace Administration of China")
    further = [{"authority": guide.uid, "role": "guiding"}]

    answer = post(
        counsel, "cases/", party=a_party().uid, lead_authority=lead.uid, title_zh="热搜", further_authorities=further
    )

    assert (answer.status_code, answer.data["state"], answer.data["lead_counsel"]["uid"]) == (201, "open", counsel.uid)
    shown = as_(counsel).get(url(f"cases/{answer.data['reference']}/")).data
    assert [each["authority"]["uid"] for each in shown["further_authorities"]] == [guide.uid]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"title_zh": ""}, "title_en"),
        ({"party": "nobody"}, "party"),
        ({"conduct_from": "2025-09-02", "conduct_until": "2025-09-01"}, "conduct_until"),
        ({"further_authorities": [{"role": "guiding"}]}, "further_authorities[0].authority"),
    ],
)
def test_a_case_wrongly_told_is_not_opened(wrong: dict[str, Any], path: str, counsel: Person) -> None:
    sent = {"party": a_party().uid, "lead_authority": an_authority().uid, "title_zh": "热搜"} | wrong

    answer = post(counsel, "cases/", **sent)

    assert (answer.status_code, list(answer.data["details"]["fields"])) == (400, [path])
    assert not Case.objects.exists()


def test_a_case_changed_meanwhile_is_not_overwritten(case: Case, counsel: Person) -> None:
    path, read = url(f"cases/{case.reference}/change/"), {"if-match": f'"{case.revision}"'}

    first = as_(counsel).post(path, {"title_en": "New title"}, headers=read)
    second = as_(counsel).post(path, {"title_en": "Other title"}, headers=read)

    assert first.data["title_en"] == "New title"
    assert (second.status_code, second.data["code"]) == (412, "stale")
    assert second.data["details"]["current"]["title_en"] == "New title"


def test_access_is_granted_seen_and_ended(case: Case, counsel: Person, executive: Person) -> None:
    post(counsel, f"cases/{case.reference}/grant-access/", person=executive.uid, reason="reads the status")
    assert as_(executive).get(url(f"cases/{case.reference}/")).status_code == 200
    people = as_(counsel).get(url(f"cases/{case.reference}/people/")).data
    access = next(each for each in people["accesses"] if each["person"]["uid"] == executive.uid)

    post(counsel, f"cases/{case.reference}/end-access/", access=access["uid"])

    assert as_(executive).get(url(f"cases/{case.reference}/")).status_code == 404


def test_who_bars_herself_is_told_once_and_then_knows_nothing(case: Case, counsel: Person) -> None:
    barred = post(counsel, f"cases/{case.reference}/raise-barrier/", person=counsel.uid, reason="a conflict")

    assert barred.status_code == 200
    assert as_(counsel).get(url(f"cases/{case.reference}/")).status_code == 404


def test_closing_is_refused_with_what_stands_in_the_way_then_allowed_as_unknown(case: Case, counsel: Person) -> None:
    the_notice(case, counsel)

    refused = post(counsel, f"cases/{case.reference}/close/", reason="done")
    closed = post(counsel, f"cases/{case.reference}/close-unknown/", reason="No end was published.")
    reopened = post(counsel, f"cases/{case.reference}/reopen/", reason="A look-back.")

    obstacles = refused.data["details"]["obstacles"]
    assert (refused.status_code, {each["code"] for each in obstacles}) == (409, {"track_open"})
    assert all(each["message"] and each["object_uid"] for each in obstacles)
    assert (closed.data["state"], closed.data["closing_reason"]) == ("closed", "No end was published.")
    assert reopened.data["state"] == "open"


def test_a_natural_person_is_shown_only_to_who_knows_of_the_case(counsel: Person, outsider: Person) -> None:
    officer = Party.objects.create(kind="natural_person", name_en="Li Wei", name_zh="李伟")
    the_case(counsel, party=officer)

    assert [row["uid"] for row in as_(counsel).get(url("parties/?kind=natural_person")).data["results"]] == [
        officer.uid
    ]
    assert as_(outsider).get(url("parties/?kind=natural_person")).data["results"] == []
    assert as_(outsider).get(url(f"parties/{officer.uid}/")).status_code == 404


def test_an_authority_is_added_once(counsel: Person) -> None:
    sent = {"name_en": "Irish DPC", "jurisdiction": "IE", "zone": "Europe/Dublin", "calendar": "IE"}

    made, again = post(counsel, "authorities/", **sent), post(counsel, "authorities/", **sent)

    assert (made.status_code, made.data["calendar"]) == (201, "IE")
    assert (again.status_code, again.data["details"]) == (409, {"uid": made.data["uid"]})
    assert post(counsel, "authorities/", **sent | {"name_en": "X", "zone": "Dublin"}).status_code == 400


# ---- Tracks and events -----------------------------------------------------------------------------------------------
def test_an_authoritys_move_out_of_order_is_recorded_with_the_article(case: Case, counsel: Person) -> None:
    track = the_notice(case, counsel, kind="filing_notice", measures=()).tracks.get(kind="official")

    answer = post(counsel, f"tracks/{track.uid}/move/", to_state="decided_penalty", mover="authority",
                  occurred_on="2025-08-30", conditions={"defence_heard_or_waived": False})  # fmt: skip

    assert answer.data["state"] == "decided_penalty"
    assert "defence_heard_or_waived" in {item["code"] for item in answer.data["moves"][-1]["irregular"]}


@pytest.mark.parametrize(("sent", "status"), [({"to_state": "nowhere"}, 409), ({"conditions": {"moon": True}}, 400)])
def test_a_move_the_law_does_not_know_is_refused(
    sent: dict[str, Any], status: int, case: Case, counsel: Person
) -> None:
    track = the_notice(case, counsel).tracks.get(kind="official")

    answer = post(counsel, f"tracks/{track.uid}/move/", **{"to_state": "legal_review", "mover": "authority"} | sent)

    assert answer.status_code == status


def test_an_event_starts_its_clock_and_a_correction_proposes_another_date(case: Case, counsel: Person) -> None:
    made = post(counsel, "events/", case=case.reference, name="hearing_right_told", occurred_on="2025-08-28")
    (started,) = as_(counsel).get(url(f"deadlines/?case={case.reference}&rule=CN-05")).data["results"]

    post(counsel, f"events/{made.data['uid']}/correct/", occurred_on="2025-08-27", reason="The receipt says so.")

    moved = as_(counsel).get(url(f"deadlines/{started['uid']}/")).data
    assert (started["due_on"], moved["current"]["due_on"]) == ("2025-09-04", "2025-09-04")
    assert [(each["due_on"], each["status"]) for each in moved["versions"]][-1] == ("2025-09-03", "proposed")
    assert post(counsel, f"deadlines/{started['uid']}/confirm/").data["current"]["due_on"] == "2025-09-03"


def test_an_event_of_no_known_name_is_refused(case: Case, counsel: Person) -> None:
    answer = post(counsel, "events/", case=case.reference, name="full_moon")

    assert (answer.status_code, answer.data["code"]) == (409, "unknown_event")


# ---- Work ------------------------------------------------------------------------------------------------------------
def test_a_promise_made_in_a_talk_becomes_a_requirement(case: Case, counsel: Person) -> None:
    officer = {"side": "authority", "name": "Officer Wang", "card_number": "沪网001"}

    answer = post(
        counsel, "contacts/", case=case.reference, kind="talk", authority=an_authority().uid, subject="The list",
        held_at="2025-08-29T10:00:00+08:00", attendees=[officer, {"side": "party", "person": counsel.uid}],
        promises=[{"title_zh": "三日内整改"}],
    )  # fmt: skip

    assert (answer.status_code, answer.data["held_on"]) == (201, "2025-08-29")
    assert {(each["side"], each["name"]) for each in answer.data["attendees"]} == {
        ("authority", "Officer Wang"),
        ("party", ""),
    }
    assert [each["origin"] for each in answer.data["requirements"]] == ["committed"]


def test_who_marked_it_done_does_not_sign_it_off(case: Case, counsel: Person, member: Person) -> None:
    requirement = a_requirement(case, by=counsel, at=AT)
    some_evidence(case, by=member, at=AT, proves=[requirement])

    done = post(counsel, f"requirements/{requirement.uid}/done/")
    own = post(counsel, f"requirements/{requirement.uid}/sign-off/")

    assert done.data["state"] == "done"
    assert (own.status_code, own.data["code"]) == (409, "second_person")


def test_a_requirement_is_changed_only_in_what_was_sent(case: Case, counsel: Person, member: Person) -> None:
    requirement = a_requirement(case, by=counsel, at=AT, owner=counsel, due_on=DAY)

    answer = post(counsel, f"requirements/{requirement.uid}/change/", owner=member.uid)

    assert (answer.data["owner"]["uid"], answer.data["due_on"]) == (member.uid, "2025-08-29")
    assert answer.data["clause"] == "加强榜单审核"


def test_a_task_goes_its_way_by_a_member(case: Case, member: Person) -> None:
    task = post(member, "tasks/", case=case.reference, title_en="Take it down", assignee=member.uid).data["uid"]

    states = [
        post(member, f"tasks/{task}/{verb}/", **sent).data.get("state")
        for verb, sent in [("start", {}), ("block", {"reason": "No access."}), ("start", {}), ("submit", {})]
    ]
    refused = post(member, f"tasks/{task}/complete/")

    assert states == ["in_progress", "blocked", "in_progress", "in_review"]
    assert (refused.status_code, refused.data["code"]) == (409, "no_proof")


def test_a_member_is_added_and_may_then_know_of_the_case(case: Case, counsel: Person, executive: Person) -> None:
    force = post(counsel, "task-forces/", case=case.reference, name_zh="专班", formed_on="2025-08-30", lead=counsel.uid)

    answer = post(counsel, f"task-forces/{force.data['uid']}/members/", person=executive.uid, role="communications",
                  from_on="2025-08-31")  # fmt: skip

    assert [each["role"] for each in answer.data["members"]] == ["lead", "communications"]
    assert as_(executive).get(url(f"cases/{case.reference}/")).status_code == 200


def test_an_update_is_posted_on_a_task_of_the_case_alone(case: Case, counsel: Person, member: Person) -> None:
    mine, other = a_task(case, by=counsel, at=AT), a_task(the_case(counsel, member), by=counsel, at=AT)

    good = post(
        member, "updates/", case=case.reference, task=mine.uid, words="卡住了", language="zh-hans", blocker="审批"
    )
    bad = post(member, "updates/", case=case.reference, task=other.uid, words="卡住了")

    assert (good.status_code, good.data["task"], good.data["blocker"]) == (201, mine.uid, "审批")
    assert list(bad.data["details"]["fields"]) == ["task"]


# ---- Flagged content, filings, briefings -----------------------------------------------------------------------------
def imported(person: Person, case: Case, raw: bytes) -> Any:
    sent = {"case": case.reference, "surface": "榜", "file": SimpleUploadedFile("list.csv", raw)}
    return as_(person).post(url("imports/"), sent, format="multipart")


def test_a_hot_list_is_imported_reconciles_and_the_same_again_adds_nothing(case: Case, member: Person) -> None:
    raw = a_list(("08-01 09", 1, "某明星分手", "明星"), ("08-01 09", 2, "天气", "社会"), ("bad", 3, "x", "明星"))

    first, again = imported(member, case, raw), imported(member, case, raw)

    told = first.data
    assert (first.status_code, told["state"], told["is_repeat"]) == (201, "done", False)
    assert told["rows_read"] == told["rows_matched"] + told["rows_unmatched"] + told["rows_rejected"] == 3
    assert [(row["line"], row["reason"]) for row in told["rejected"]] == [(4, "captured_at")]
    assert (again.status_code, again.data["is_repeat"], again.data["uid"]) == (200, True, told["uid"])
    assert len(as_(member).get(url(f"captures/?case={case.reference}")).data["results"]) == 1


def test_a_file_that_is_no_list_is_refused_in_words(case: Case, member: Person) -> None:
    answer = imported(member, case, b"%PDF-1.7")

    assert (answer.status_code, answer.data["code"]) == (409, "unreadable_hot_list")


def test_a_candidate_is_confirmed_by_a_person_and_disposed_of(case: Case, counsel: Person, member: Person) -> None:
    imported(member, case, a_list(("08-01 09", 1, "某明星分手", "明星")))
    uid = FlaggedContent.objects.get().uid

    confirmed = post(counsel, f"flagged-content/{uid}/confirm/")
    disposed = post(
        member, f"flagged-content/{uid}/dispose/", disposition="taken_down", disposed_at="2025-08-30T00:00Z"
    )
    reflagged = post(member, "imports/reflag/", case=case.reference, surface="榜")

    assert (confirmed.data["state"], confirmed.data["basis"], confirmed.data["best_rank"]) == ("confirmed", "rule", 1)
    assert disposed.data["disposition"] == "taken_down"
    assert (reflagged.status_code, reflagged.data["is_reflag"]) == (201, True)


def test_the_rules_of_the_taxonomy_are_added_once(case: Case, member: Person) -> None:
    added = post(member, "flagging-rules/defaults/", case=case.reference)
    again = post(member, "flagging-rules/defaults/", case=case.reference)

    assert len(added.data["added"]) > 0
    assert again.data["added"] == []
    assert post(member, f"flagging-rules/{added.data['added'][0]['uid']}/retire/").data["retired_at"] is not None


def test_a_receipt_that_comes_later_meets_the_deadline_as_of_the_sending(case: Case, counsel: Person) -> None:
    deadline = post(counsel, "deadlines/", case=case.reference, title_en="Report", due_on="2025-09-02").data["uid"]
    filing = post(counsel, "filings/", case=case.reference, kind="information", authority=an_authority().uid,
                  sent_at="2025-09-01T09:00:00+08:00", deadline=deadline)  # fmt: skip
    assert (filing.status_code, filing.data["deadline_outcome"]) == (201, "running")

    met = post(counsel, f"filings/{filing.data['uid']}/attach-receipt/", receipt_number="收字1号")
    voided = post(counsel, f"filings/{filing.data['uid']}/void/", reason="Wrong paper.")

    assert (met.data["deadline_outcome"], voided.data["deadline_outcome"]) == ("met", "running")


def test_a_briefing_is_signed_kept_and_says_whether_it_is_intact(case: Case, counsel: Person) -> None:
    made = post(counsel, "briefings/", case=case.reference, words="On course.")

    shown = as_(counsel).get(url(f"briefings/{made.data['uid']}/")).data
    assert (made.status_code, shown["number"], shown["is_intact"]) == (201, 1, True)
    assert shown["figures"]["status"]["row"]["case"]["reference"] == case.reference
    assert post(counsel, "briefings/", case="XIA-2025-NOBODY", words="?").status_code == 400


def test_the_status_is_that_of_the_page(case: Case, member: Person) -> None:
    shown = as_(member).get(url(f"cases/{case.reference}/status/")).data

    assert shown["row"]["case"]["reference"] == case.reference
    assert shown["row"]["rag"]["tone"] in {"green", "amber", "red", "grey"}


def test_every_act_leaves_one_sentence_in_the_log(case: Case, counsel: Person) -> None:
    before = LogEntry.objects.count()

    post(counsel, "legal-holds/", case=case.reference, scope="All logs", reason="The order")
    post(counsel, "tasks/", case=case.reference, title_en="Look")

    assert LogEntry.objects.count() == before + 2
    newest = as_(counsel).get(url(f"log/?case={case.reference}&size=2")).data["results"]
    assert [row["verb"] for row in newest] == ["add_task", "issue_hold"]
