"""The border of mainland China: what is stored there goes to an authority outside it by a recorded approval alone."""

import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases.actions.border import (
    AlreadyVoided,
    ApprovalDraft,
    ApprovalMissing,
    ApprovalUnclear,
    CarriesDocument,
    NoBorder,
    check_border,
    record_export_approval,
    void_export_approval,
)
from cases.actions.case import grant_access
from cases.actions.filing import file
from cases.models import Authority, Case, Evidence, ExportApproval, Filing, LogEntry, Person
from tests.api_world import as_
from tests.api_world import url as api
from tests.factories import NOW, a_case, a_notice, an_authority
from tests.work import some_evidence

pytestmark = pytest.mark.django_db

SENT = datetime(2026, 9, 23, 2, 0, tzinfo=UTC)
FOREIGN = {
    "en": "What is stored in mainland China may be given to a foreign judicial or law-enforcement authority only with "
    "the approval of the competent Chinese authority (Data Security Law art. 36, Personal Information Protection Law "
    "art. 41), and none is recorded that covers this day. Record the approval, or state that nothing stored in "
    "mainland China is sent and attach no document.",
    "zh-hans": "存储于中国境内的数据，非经中国主管机关批准，不得向外国司法或者执法机构提供（《数据安全法》第三十六条、"
    "《个人信息保护法》第四十一条），而本案没有登记当日有效的批准。"
    "请登记批准，或者声明所报送的不含存储于中国内地的材料且不附文件。",
    "zh-hant": "儲存於中國境內的數據，非經中國主管機關批准，不得向外國司法或者執法機構提供（《數據安全法》第三十六條、"
    "《個人信息保護法》第四十一條），而本案沒有登記當日有效的批准。"
    "請登記批准，或者聲明所報送的不含儲存於中國內地的材料且不附文件。",
}
OUTSIDE = {
    "en": "This authority is not foreign but outside the border of mainland China (Personal Information Protection Law "
    "art. 38): what is stored in mainland China goes there only with an approval, and none is recorded that covers "
    "this day. Record the approval, or state that nothing stored in mainland China is sent and attach no document.",
    "zh-hans": "该机关不属外国机关，但在中国内地境外（《个人信息保护法》第三十八条）："
    "存储于中国内地的材料须经批准方可提供，而本案没有登记当日有效的批准。"
    "请登记批准，或者声明所报送的不含存储于中国内地的材料且不附文件。",
    "zh-hant": "該機關不屬外國機關，但在中國內地境外（《個人信息保護法》第三十八條）："
    "儲存於中國內地的材料須經批准方可提供，而本案沒有登記當日有效的批准。"
    "請登記批准，或者聲明所報送的不含儲存於中國內地的材料且不附文件。",
}


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


@pytest.fixture
def abroad(case: Case, counsel: Person) -> Authority:
    """An Irish authority that has served something in the case, so that the page offers it."""
    irish = an_authority(name_en="Irish authority", name_zh="爱尔兰机关", jurisdiction="IE", calendar="IE")
    a_notice(case=case, by=counsel, kind="other", number="IE-1", authority=irish, measures=())
    return irish


def a_draft(authority: Authority, **fields: Any) -> ApprovalDraft:
    given = {"organ_zh": "主管机关", "number": "批〔2026〕1号", "approved_on": date(2026, 9, 1), "scope": "The reply"}
    return ApprovalDraft(authority=authority, **(given | fields))


def approved(case: Case, authority: Authority, by: Person, **fields: Any) -> ExportApproval:
    return record_export_approval(case=case, approval=a_draft(authority, **fields), by=by, at=NOW)


def sent(case: Case, authority: Authority, by: Person, **fields: Any) -> Filing:
    given = {"kind": "information", "sent_at": SENT} | fields
    return file(case=case, authority=authority, **given, by=by, at=NOW)


# ---- The gate --------------------------------------------------------------------------------------------------------
def test_a_filing_abroad_without_an_approval_is_refused(case, abroad, counsel):
    with pytest.raises(ApprovalMissing, match=r"Data Security Law art\. 36, Personal Information Protection Law"):
        sent(case, abroad, counsel)

    assert not Filing.objects.exists()
    assert not LogEntry.objects.filter(verb="file").exists()


@pytest.mark.parametrize("code", ["HK", "MO", "TW"])
def test_hong_kong_macao_and_taiwan_are_outside_the_border_but_not_foreign(case, counsel, code):
    authority = an_authority(name_en=f"Authority of {code}", jurisdiction=code)

    with pytest.raises(ApprovalMissing) as refused:
        sent(case, authority, counsel)

    assert str(refused.value) == OUTSIDE["en"]


def test_at_home_nothing_is_asked(case, counsel):
    filing = sent(case, an_authority(), counsel, document=some_evidence(case, by=counsel))

    assert (filing.export_approval, filing.carries_nothing_stored) == (None, False)


def test_an_installation_abroad_keeps_nothing_in_the_mainland(case, abroad, counsel, settings):
    settings.STORED_IN = "IE"

    assert sent(case, abroad, counsel, document=some_evidence(case, by=counsel)).export_approval is None


def test_an_approval_that_stands_lets_it_go_and_is_named(case, abroad, counsel):
    approval = approved(case, abroad, counsel)

    filing = sent(case, abroad, counsel, document=some_evidence(case, by=counsel))

    assert filing.export_approval == approval
    assert LogEntry.objects.get(verb="file").facts["export_approval"] == approval.uid


DAYS = [
    ({"approved_on": date(2026, 9, 23)}, True),
    ({"approved_on": date(2026, 9, 24)}, False),
    ({"valid_until": date(2026, 9, 23)}, True),
    ({"valid_until": date(2026, 9, 22)}, False),
]


@pytest.mark.parametrize(("fields", "stands"), DAYS)
def test_an_approval_stands_from_its_day_until_it_runs_out(case, abroad, counsel, fields, stands):
    approved(case, abroad, counsel, **fields)

    if stands:
        assert sent(case, abroad, counsel).export_approval is not None
    else:
        with pytest.raises(ApprovalMissing):
            sent(case, abroad, counsel)


def test_the_day_of_sending_is_a_day_in_the_mainland(case, abroad, counsel):
    """22:30 in New York on the 22nd is the 23rd in Shanghai."""
    approved(case, abroad, counsel, approved_on=date(2026, 9, 23))
    at_night = datetime(2026, 9, 23, 2, 30, tzinfo=UTC)

    assert sent(case, abroad, counsel, sent_at=at_night, zone="America/New_York").export_approval is not None


def test_an_approval_for_another_authority_or_case_or_voided_does_not_count(case, abroad, counsel):
    british = an_authority(name_en="British authority", jurisdiction="UK")
    approved(case, british, counsel)
    approved(a_case(by=counsel), abroad, counsel)
    void_export_approval(approval=approved(case, abroad, counsel), reason="not ours", by=counsel, at=NOW)

    with pytest.raises(ApprovalMissing):
        sent(case, abroad, counsel)


def test_the_word_that_nothing_stored_is_sent_lets_it_go_without_a_document(case, abroad, counsel):
    filing = sent(case, abroad, counsel, carries_nothing_stored=True)

    assert (filing.carries_nothing_stored, filing.export_approval) == (True, None)
    with pytest.raises(CarriesDocument):
        sent(case, abroad, counsel, carries_nothing_stored=True, document=some_evidence(case, by=counsel))


def test_the_check_is_there_for_whatever_else_leaves(case, abroad):
    with pytest.raises(ApprovalMissing):
        check_border(case, abroad, sent_at=SENT, has_document=True)


# ---- Approvals -------------------------------------------------------------------------------------------------------
UNCLEAR = [
    {"organ_zh": " "}, {"number": " "}, {"scope": " "}, {"approved_on": date(2026, 9, 25)},
    {"valid_until": date(2026, 8, 31)},
]  # fmt: skip


@pytest.mark.parametrize("fields", UNCLEAR)
def test_an_unclear_approval_is_refused(case, abroad, counsel, fields):
    with pytest.raises(ApprovalUnclear):
        approved(case, abroad, counsel, **fields)


def test_at_home_no_approval_is_recorded_and_one_is_voided_once(case, abroad, counsel):
    with pytest.raises(NoBorder):
        approved(case, an_authority(), counsel)
    approval = approved(case, abroad, counsel)

    filed = sent(case, abroad, counsel)
    void_export_approval(approval=approval, reason="wrong number", by=counsel, at=NOW)

    assert LogEntry.objects.get(verb="void_export_approval").facts == {"filings": [filed.uid]}
    with pytest.raises(AlreadyVoided):
        void_export_approval(approval=approval, reason="again", by=counsel, at=NOW)


# ---- The page --------------------------------------------------------------------------------------------------------
@pytest.fixture
def desk(client: Client, counsel: Person) -> Client:
    client.force_login(counsel)
    return client


def said(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def place(case: Case, step: str, language: str = "en") -> str:
    return f"/{language}/cases/{case.reference}/{step}"


def typed(authority: Authority, **more: Any) -> dict[str, Any]:
    return {
        "kind": "information", "authority": authority.uid, "sent_on": "2026-09-23", "sent_time": "10:00",
        "zone": "Asia/Shanghai", "way": "EMS 1234",
    } | more  # fmt: skip


@pytest.mark.parametrize("language", FOREIGN)
def test_the_page_refuses_keeps_what_was_typed_and_offers_the_way_out(desk, counsel, case, abroad, language):
    counsel.language = language
    counsel.save(update_fields=["language"])

    answer = desk.post(place(case, "filings/new/", language), typed(abroad))

    assert answer.status_code == 409
    assert FOREIGN[language] in said(answer)
    assert 'name="carries_nothing_stored"' in answer.text
    assert f"approvals/new/?authority={abroad.uid}" in answer.text
    assert "EMS 1234" in answer.text
    assert not Filing.objects.exists()


@pytest.mark.parametrize("language", OUTSIDE)
def test_the_page_refuses_for_hong_kong_by_another_article(desk, counsel, language):
    hong_kong = an_authority(name_en="PCPD", jurisdiction="HK", zone="Asia/Hong_Kong", calendar="HK")
    case = a_case(by=counsel, lead_authority=hong_kong)
    counsel.language = language
    counsel.save(update_fields=["language"])

    answer = desk.post(place(case, "filings/new/", language), typed(hong_kong))

    assert answer.status_code == 409
    assert OUTSIDE[language] in said(answer)


def test_the_question_is_asked_only_where_the_authority_is_outside(desk, case, abroad):
    assert 'name="carries_nothing_stored"' not in desk.get(place(case, "filings/new/")).text
    at_home = desk.post(place(case, "filings/new/"), typed(case.lead_authority, sent_on=""))
    assert 'name="carries_nothing_stored"' not in at_home.text

    desk.post(place(case, "filings/new/"), typed(abroad, carries_nothing_stored="on"))

    assert Filing.objects.get().carries_nothing_stored
    assert "carries nothing stored in mainland China" in said(desk.get(place(case, "filings/")))


def test_an_approval_is_recorded_listed_used_and_voided_by_page(desk, case, abroad):
    given = {"authority": abroad.uid, "organ_zh": "主管机关", "number": "批1号", "approved_on": "2026-09-01"}

    desk.post(place(case, "approvals/new/"), given | {"scope": "The reply"})
    desk.post(place(case, "filings/new/"), typed(abroad))
    listed = said(desk.get(place(case, "filings/")))
    approval = ExportApproval.objects.get()
    desk.post(place(case, f"approvals/{approval.uid}/void/"), {"reason": "Wrong number"})

    assert Filing.objects.get().export_approval == approval
    assert "by approval" in listed
    assert "Wrong number" in said(desk.get(place(case, "filings/")))
    assert desk.post(place(case, "approvals/new/"), given).status_code == 422


def test_only_authorities_outside_are_offered_for_an_approval(desk, case, abroad):
    shown = desk.get(place(case, f"approvals/new/?authority={abroad.uid}")).text

    assert re.search(rf'<option [^>]*value="{abroad.uid}"[^>]* selected', shown)
    assert case.lead_authority.uid not in shown


def test_others_see_approvals_and_record_none(client, case, abroad, counsel, member):
    approved(case, abroad, counsel)
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=NOW)
    client.force_login(member)

    assert "批〔2026〕1号" in client.get(place(case, "filings/")).text
    assert client.get(place(case, "approvals/new/")).status_code == 403


# ---- The API ---------------------------------------------------------------------------------------------------------
def body(case: Case, authority: Authority, **more: Any) -> dict[str, Any]:
    known = {"case": case.reference, "kind": "information", "authority": authority.uid}
    return known | {"sent_at": "2026-09-23T10:00+08:00"} | more


@pytest.mark.parametrize("language", FOREIGN)
def test_the_api_refuses_in_the_callers_language(case, abroad, counsel, language):
    answer = as_(counsel, language).post(api("filings/"), body(case, abroad))

    assert (answer.status_code, answer.data["code"]) == (409, "approval_missing")
    assert answer.data["message"] == FOREIGN[language]
    assert not Filing.objects.exists()


@pytest.mark.parametrize("language", OUTSIDE)
def test_the_api_refuses_for_macao_by_another_article(case, counsel, language):
    macao = an_authority(name_en="Macao authority", jurisdiction="MO")

    answer = as_(counsel, language).post(api("filings/"), body(case, macao))

    assert (answer.data["code"], answer.data["message"]) == ("approval_missing", OUTSIDE[language])


def test_the_api_records_an_approval_and_files_by_it(case, abroad, counsel):
    given = {"case": case.reference, "authority": abroad.uid, "organ_en": "The organ", "number": "1"}
    made = as_(counsel).post(api("export-approvals/"), given | {"approved_on": "2025-09-01", "scope": "The reply"})

    filed = as_(counsel).post(api("filings/"), body(case, abroad, sent_at="2025-10-01T10:00+08:00"))
    voided = as_(counsel).post(api(f"export-approvals/{made.data['uid']}/void/"), {"reason": "mistaken"})

    assert (made.status_code, filed.status_code, voided.status_code) == (201, 201, 200)
    assert filed.data["export_approval"] == made.data["uid"]
    assert voided.data["void_reason"] == "mistaken"
    assert not Evidence.objects.exists()
