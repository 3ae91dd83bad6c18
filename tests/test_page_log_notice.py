"""Logging a notice by page: awkward input first, nothing typed or chosen is lost, nothing written before the check."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cases.models import Authority, Case, Deadline, Evidence, LogEntry, Notice, Party, Person, Requirement, Translation
from tests.factories import a_case, a_notice, a_party, an_authority

URL = "/en/cases/new/notice/"


@pytest.fixture
def desk(client: Client, counsel: Person) -> Client:
    client.force_login(counsel)
    an_authority()
    a_party()
    return client


def typed(**more: Any) -> dict[str, Any]:
    """A penalty decision in a new case, complete but for its service."""
    return {
        "step": "check",
        "kind": "penalty_decision",
        "contains_state_secret": "no",
        "number": "沪网信罚〔2026〕1号",
        "authority": "Shanghai CAC",
        "issued_on": "2026-08-10",
        "original_language": "zh-hans",
        "original_words": "决定给予警告。",
        "protection_mark": "internal",
        "service_mode": "unknown",
        "case-title_en": "Hot-search list",
        "case-party": "小红书",
        "measures-count": "2",
        "measures-0-kind": "warning",
        "measures-0-procedure": "ordinary",
        "measures-1-procedure": "unknown",
        "demands-count": "2",
        "authority-level": "other",
        "authority-jurisdiction": "CN",
        "authority-zone": "Asia/Shanghai",
        "authority-calendar": "CN",
        "party-kind": "legal_entity",
        "translation-language": "en",
        "translation-made_by": "human",
    } | more


def carried(text: str) -> dict[str, list[str]]:
    """The hidden fields of the check, as a browser sends them on."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def nothing_written() -> bool:
    """But that somebody was refused, which is logged."""
    said = LogEntry.objects.exclude(verb="refused")
    return not any(model.objects.exists() for model in (Case, Notice, Deadline, Evidence)) and not said.exists()


# ---- Who may ---------------------------------------------------------------------------------------------------------
def test_anonymous_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.get(URL).url == f"/en/login/?next={URL}"


@pytest.mark.parametrize("who", ["member", "executive", "auditor", "administrator"])
def test_roles_that_may_not_log_are_told_which_may(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))

    answer = client.post(URL, typed())

    assert answer.status_code == 403
    assert "Counsel" in answer.text
    assert nothing_written()


def test_case_to_join_is_hidden_from_an_outsider(client: Client, counsel: Person, outsider: Person) -> None:
    case = a_case(by=counsel)
    client.force_login(outsider)

    assert client.get(f"{URL}?case={case.reference}").status_code == 404


def test_case_named_by_an_outsider_is_as_good_as_unknown(desk: Client, outsider: Person) -> None:
    hidden = a_case(by=outsider)

    answer = desk.post(URL, typed(**{"case-joins": hidden.reference}))

    assert answer.status_code == 422
    assert "There is no such case that you may know of." in answer.text


# ---- Awkward input ---------------------------------------------------------------------------------------------------
WRONG = [
    ({"kind": ""}, "Kind of document: This field is required."),
    ({"kind": "love_letter"}, "Select a valid choice"),
    ({"authority": ""}, "Name the authority, or describe a new one."),
    ({"authority": "Shanghai CAD"}, "No authority of this name is known."),
    ({"served_time": "09:30"}, "An hour needs its day."),
    ({"served_on": "2026-08-09"}, "A document cannot be served before the date it bears."),
    ({"served_on": "2089-01-01"}, "still to come"),
    ({"served_on": "31.8.2026"}, "Enter a valid date."),
    ({"case-title_en": ""}, "Give the new case a title"),
    ({"case-party": ""}, "Name the party, or describe a new one."),
    ({"case-may_know": "nobody@platform.example"}, "Nobody here has this address: nobody@platform.example."),
    ({"case-lead": "not an address"}, "Enter a valid email address."),
    ({"measures-1-amount": "5"}, "Say which measure it is."),
    ({"measures-0-amount": "5"}, "Give amount and currency."),
    ({"measures-0-currency": "yuan"}, "Enter a valid value."),
    ({"measures-0-period_amount": "15"}, "Give the number and the unit."),
    (
        {"measures-0-period_amount": "15", "measures-0-period_unit": "day", "measures-0-ordered_on": "2026-09-30"},
        "An order sets a date or a period, not both.",
    ),
    (
        {"measures-0-period_amount": "1", "measures-0-period_unit": "month", "measures-0-period_profile": "CN-WD"},
        "The order cannot be read that way.",
    ),
    ({"measures-0-effective_until": "2026-09-30"}, "An end needs its beginning."),
    ({"demands-0-clause": "加强榜单审核"}, "Give a title, in English or in Chinese."),
    ({"demands-0-title_en": "Review", "demands-0-measure": "2"}, "The notice has no such measure."),
    ({"cited_provisions": "x" * 301}, "One provision a line"),
    ({"authority": "", "authority-name_zh": "成都网信办"}, "Give its name in English"),
]


@pytest.mark.parametrize(("changed", "told"), WRONG)
def test_awkward_input_is_named_kept_and_writes_nothing(desk: Client, changed: dict[str, str], told: str) -> None:
    answer = desk.post(URL, typed(**changed))

    assert answer.status_code in {409, 422}
    assert told in unescape(answer.text).replace("\N{NO-BREAK SPACE}", " ")
    assert "There is a problem" in answer.text
    assert "沪网信罚〔2026〕1号" in answer.text
    assert nothing_written()


def test_every_mistake_is_told_at_once(desk: Client) -> None:
    answer = desk.post(URL, typed(kind="", **{"case-title_en": "", "measures-0-amount": "5"}))

    for told in ("This field is required.", "Give the new case a title", "Give amount and currency."):
        assert told in answer.text


# ---- More rows, without a script -------------------------------------------------------------------------------------
def test_another_measure_keeps_all_that_was_typed_and_judges_nothing(desk: Client) -> None:
    sent = typed(kind="", more="measures", **{"demands-0-clause": "加强榜单审核", "case-title_zh": "热搜榜"})
    sent.pop("step")

    answer = desk.post(URL, sent)

    assert answer.status_code == 200
    assert "There is a problem" not in answer.text
    assert 'name="measures-3-kind"' in answer.text
    for kept in ("沪网信罚〔2026〕1号", "加强榜单审核", "热搜榜", "决定给予警告。", "Shanghai CAC"):
        assert kept in answer.text
    assert '<option value="warning" selected>' in answer.text


# ---- The check -------------------------------------------------------------------------------------------------------
def test_check_says_what_each_date_waits_for_and_writes_nothing(desk: Client) -> None:
    answer = desk.post(URL, typed())

    assert answer.status_code == 200
    assert answer.text.count("Cannot be worked out: ") == 2
    assert nothing_written()


def test_check_shows_the_dates_with_their_working(desk: Client) -> None:
    answer = desk.post(URL, typed(served_on="2026-08-31", service_mode="direct"))

    assert "Fri 30 Oct 2026" in answer.text
    assert "Mon 1 Mar 2027" in answer.text
    assert answer.text.count("How this date was worked out") == 2
    assert nothing_written()


def test_check_leads_back_with_everything_kept(desk: Client) -> None:
    checked = desk.post(URL, typed(**{"case-is_open_to_staff": "on"}))

    answer = desk.post(URL, carried(checked.text) | {"step": "back"})

    assert answer.status_code == 200
    assert 'value="沪网信罚〔2026〕1号"' in answer.text
    assert re.search(r'name="case-is_open_to_staff"[^>]*checked', answer.text)


def test_saving_records_what_was_checked(desk: Client, counsel: Person, member: Person) -> None:
    sent = typed(
        served_on="2026-08-31", service_mode="direct", cited_provisions="《网络安全法》第五十条\n\n第六十八条",
        **{
            "case-may_know": f"{member.email}\n{counsel.email}", "demands-1-title_zh": "每日审核",
            "demands-1-measure": "1", "translation-words": "A warning is given.", "known-prior_notice_served": "no",
        },
    )  # fmt: skip
    checked = desk.post(URL, sent)

    answer = desk.post(URL, carried(checked.text) | {"step": "save"})

    notice = Notice.objects.get()
    assert answer.url == f"/en/cases/{notice.case.reference}/notices/{notice.uid}/"
    assert (notice.served_on, notice.cited_provisions) == (date(2026, 8, 31), ["《网络安全法》第五十条", "第六十八条"])
    assert {d.rule_id: d.due_on for d in Deadline.objects.all()} == {
        "CN-12": date(2026, 10, 30),
        "CN-18": date(2027, 3, 1),
    }
    assert Requirement.objects.get().measure == notice.measures.get()
    assert Translation.objects.get().words == "A warning is given."
    assert {access.person for access in notice.case.accesses.all()} == {counsel, member}
    codes = [item["code"] for move in notice.case.tracks.get(kind="official").moves.all() for item in move.irregular]
    assert "prior_notice_served" in codes


def test_saving_names_a_new_party_and_authority_once(desk: Client) -> None:
    new = {
        "authority": "", "authority-name_en": "Chengdu CAC", "case-party": "", "party-name_en": "Pomegranate Ltd",
        "party-name_zh": "石榴有限公司",
    }  # fmt: skip
    desk.post(URL, typed(**new) | {"step": "save"})
    desk.post(URL, typed(**new) | {"step": "save", "number": "2号"})

    assert Case.objects.count() == 2
    assert Party.objects.filter(name_en="Pomegranate Ltd").count() == 1
    assert Authority.objects.get(name_en="Chengdu CAC").calendar == "CN"
    assert sorted(LogEntry.objects.values_list("verb", flat=True)) == [
        "add_authority", "add_party", "log_notice", "log_notice",
    ]  # fmt: skip


def test_refused_saving_leaves_no_new_party_behind(desk: Client) -> None:
    sent = typed(served_on="2026-08-09", **{"case-party": "", "party-name_en": "Pomegranate Ltd"})

    answer = desk.post(URL, sent | {"step": "save"})

    assert answer.status_code == 409
    assert not Party.objects.filter(name_en="Pomegranate Ltd").exists()
    assert nothing_written()


def test_notice_joins_the_case_the_page_was_opened_for(desk: Client, counsel: Person) -> None:
    case = a_case(by=counsel)
    url = f"{URL}?case={case.reference}"

    shown = desk.get(url)
    desk.post(url, typed() | {"step": "save"})

    assert 'value="Shanghai CAC"' in shown.text
    assert "case-title_en" not in shown.text
    assert Notice.objects.get().case == case


def test_natural_person_of_a_hidden_case_is_not_offered(desk: Client, outsider: Person) -> None:
    a_case(by=outsider, party=a_party(name_en="Li Si", name_zh="李四", kind="natural_person"))

    answer = desk.post(URL, typed(**{"case-party": "Li Si"}))

    assert "No party of this name is known." in answer.text
    assert "李四" not in answer.text


def test_check_says_new_of_a_name_that_only_a_hidden_case_has(
    client: Client, counsel: Person, outsider: Person
) -> None:
    new = {"authority": "", "authority-name_en": "Chengdu CAC", "case-party": "", "party-name_en": "Pomegranate Ltd"}
    client.force_login(outsider)
    client.post(URL, typed(**new, **{"party-name_zh": "石榴有限公司"}) | {"step": "save"})
    client.force_login(counsel)

    sheet, unknown = (
        client.get(URL),
        client.post(URL, typed(**{"authority": "Chengdu CAC", "case-party": "石榴有限公司"})),
    )
    checked = client.post(URL, typed(**new))
    saved = client.post(URL, carried(checked.text) | {"step": "save"})

    assert saved.status_code == 302
    assert "Chengdu CAC" not in sheet.text
    assert "No authority of this name is known." in unknown.text
    assert "No party of this name is known." in unknown.text
    assert checked.text.count('<span class="tag">new</span>') == 2
    assert "石榴" not in checked.text
    assert list(Party.objects.order_by("pk").values_list("name_zh", flat=True)) == ["石榴有限公司", ""]


def test_of_two_of_one_name_a_notice_goes_to_the_one_its_case_names(desk: Client, counsel: Person) -> None:
    own = Authority.objects.create(name_en="Shanghai CAC", jurisdiction="CN", named_by=counsel)
    case = a_case(by=counsel, lead_authority=own)

    desk.post(f"{URL}?case={case.reference}", typed() | {"step": "save"})

    assert Notice.objects.get().authority == own


# ---- The file --------------------------------------------------------------------------------------------------------
def a_file(words: bytes = b"%PDF-1.7 decision", name: str = "决定书.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words, "application/pdf")


def test_file_survives_a_mistake_more_rows_and_the_check(desk: Client) -> None:
    wrong = desk.post(URL, typed(kind="", document=a_file()))
    grown = desk.post(URL, typed(more="measures") | {"document-note": carried(wrong.text)["document-note"]})
    checked = desk.post(URL, typed() | {"document-note": carried(grown.text)["document-note"]})
    assert all("决定书.pdf" in page.text for page in (wrong, grown, checked))
    assert not Evidence.objects.exists()

    desk.post(URL, carried(checked.text) | {"step": "save"})

    evidence = Evidence.objects.get()
    assert (evidence.filename, evidence.blob.size) == ("决定书.pdf", 17)
    assert Notice.objects.get().evidence == evidence


def test_file_may_be_left_out_again(desk: Client) -> None:
    wrong = desk.post(URL, typed(kind="", document=a_file()))
    note = carried(wrong.text)["document-note"]

    desk.post(URL, typed(step="save") | {"document-note": note, "document-drop": "on"})

    assert not Evidence.objects.exists()
    assert Notice.objects.get().evidence is None


def test_empty_file_is_refused_and_said(desk: Client) -> None:
    answer = desk.post(URL, typed(document=a_file(b"")))

    assert answer.status_code == 422
    assert "The file is empty." in answer.text


def test_file_note_of_somebody_else_or_forged_brings_no_file(desk: Client, client: Client, outsider: Person) -> None:
    wrong = desk.post(URL, typed(kind="", document=a_file()))
    note = carried(wrong.text)["document-note"][0]
    client.force_login(outsider)

    for tried in (note, note[:-1] + ("a" if note[-1] != "a" else "b"), signing.dumps({"sha256": "0" * 64})):
        assert "决定书.pdf" not in client.post(URL, typed(**{"document-note": tried})).text


# ---- Replacing -------------------------------------------------------------------------------------------------------
def test_replacing_starts_from_what_was_logged_and_voids_it(desk: Client, counsel: Person) -> None:
    old = a_notice(case=a_case(by=counsel), by=counsel)
    url = f"/en/cases/{old.case.reference}/notices/{old.uid}/replace/"

    shown = desk.get(url)
    desk.post(url, typed(number="2号", **{"why-reason": "Wrong number"}) | {"step": "save"})

    old.refresh_from_db()
    assert 'value="沪网信罚〔2026〕1号"' in shown.text
    assert '<option value="warning" selected>' in shown.text
    assert (old.void_reason, old.replaced_by.number) == ("Wrong number", "2号")


def test_replacing_asks_for_a_reason(desk: Client, counsel: Person) -> None:
    old = a_notice(case=a_case(by=counsel), by=counsel)

    answer = desk.post(f"/en/cases/{old.case.reference}/notices/{old.uid}/replace/", typed(step="save"))

    assert answer.status_code == 422
    assert "Why: This field is required." in answer.text
    assert not Notice.objects.filter(voided_at__isnull=False).exists()


@pytest.mark.parametrize(("jurisdiction", "is_told"), [("BR", True), ("CN", False), ("IE", False)])
def test_check_says_that_no_rules_are_known_for_a_jurisdiction(desk: Client, jurisdiction: str, is_told: bool) -> None:
    new = {"authority": "", "authority-name_en": "Authority abroad", "authority-jurisdiction": jurisdiction}

    shown = " ".join(desk.post(URL, typed(**new)).text.split())

    assert ("No rules are known for the jurisdiction BR: no clock starts by itself." in shown) is is_told
    assert nothing_written()
