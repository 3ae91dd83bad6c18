"""What contains a state secret is refused at every door, and nothing of it stays: no bytes, no name, no words."""

from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client

from cases.actions.belonging import NoReason
from cases.actions.case import grant_access
from cases.actions.contact import ContactDraft, log_contact
from cases.actions.evidence import EvidenceDraft, take_in
from cases.actions.filing import file
from cases.actions.received import the_store
from cases.actions.secrecy import (
    AlreadyVoided,
    NoPlace,
    StateSecret,
    note_classified_paper,
    void_classified_paper,
)
from cases.actions.translation import add_translation
from cases.models import Case, ClassifiedPaper, Contact, Evidence, Filing, LogEntry, Notice, Person
from cases.models.record import new_uid
from tests.api_world import as_
from tests.api_world import url as api
from tests.factories import NOW, a_case, a_notice, an_authority
from tests.test_page_log_notice import carried
from tests.test_page_log_notice import typed as notice_typed
from tests.work import a_task

pytestmark = pytest.mark.django_db

BYTES = b"what must not be kept"
NAME = "机要内容.txt"
WORDS = "不应保存的原文"
SECRET = {
    "en": "It contains a state secret, so nothing of it was kept: not the file, not its name, not what was typed. "
    "Note in the case only that the paper exists and where it is kept.",
    "zh-hans": "其中含有国家秘密，因此什么都没有保存：文件、文件名和已填写的内容均未保存。"
    "请在案件中只登记该文件存在以及存放地点。",
    "zh-hant": "其中含有國家秘密，因此甚麼都沒有保存：檔案、檔案名稱和已填寫的內容均未保存。"
    "請在案件中只登記該文件存在以及存放地點。",
}
MARKED = {
    "en": "Title in Chinese: the secrecy mark 机密★10年 stands there, so nothing was stored. If the paper contains a "
    "state secret, note in the case only that it exists and where it is kept.",
    "zh-hans": "中文标题：其中有密级标志“机密★10年”，因此什么都没有存储。"
    "如果该文件含有国家秘密，请在案件中只登记其存在以及存放地点。",
    "zh-hant": "中文標題：其中有密級標誌「机密★10年」，因此甚麼都沒有儲存。"
    "如果該文件含有國家秘密，請在案件中只登記其存在以及存放地點。",
}


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


@pytest.fixture
def desk(client: Client, counsel: Person) -> Client:
    client.force_login(counsel)
    return client


def a_file(name: str = NAME, words: bytes | None = None) -> SimpleUploadedFile:
    """Bytes no other test has brought: the store outlives a test."""
    return SimpleUploadedFile(name, words or BYTES + new_uid().encode(), "text/plain")


def stored() -> list[str]:
    return list(the_store().hashes())


def said(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


@pytest.fixture
def nothing_kept(case: Case) -> Any:
    """Called after the attempt: nothing was stored, recorded or said of it."""
    before, log = stored(), LogEntry.objects.count()
    return lambda: (
        stored() == before
        and LogEntry.objects.count() == log
        and not any(model.objects.exists() for model in (Evidence, Notice, Filing, Contact, ClassifiedPaper))
    )


# ---- Answered yes, on every page -------------------------------------------------------------------------------------
def pages(case: Case, counsel: Person) -> dict[str, tuple[str, dict[str, Any], str]]:
    """Page → its address, what is sent, what the paper would have been."""
    task = a_task(case, by=counsel, assignee=counsel)
    place, yes = f"/en/cases/{case.reference}", {"contains_state_secret": "yes"}
    one_proof = {"task": task.uid, f"{task.uid}-contains_state_secret": "yes", f"{task.uid}-file": a_file()}
    return {
        "evidence": (f"{place}/evidence/add/", yes | {"file": [a_file()], "source": WORDS}, "evidence"),
        "notice": (
            f"/en/cases/new/notice/?case={case.reference}",
            notice_typed(original_words=WORDS, document=a_file()) | yes, "notice",
        ),
        "filing": (f"{place}/filings/new/", yes | {"title_zh": WORDS, "document-file": a_file()}, "other"),
        "import": (f"{place}/flagged/import/", yes | {"surface": WORDS, "file": a_file()}, "other"),
        "contact": (f"{place}/contacts/new/", yes | {"subject": "约谈", "minutes": WORDS}, "contact_minutes"),
        "task": (
            f"{place}/tasks/{task.uid}/proof/",
            {"proof-contains_state_secret": "yes", "proof-file": [a_file()]}, "evidence",
        ),
        "proofs": ("/en/tasks/mine/proof/", one_proof, "evidence"),
    }  # fmt: skip


@pytest.mark.parametrize("page", ["evidence", "notice", "filing", "import", "contact", "task", "proofs"])
def test_a_yes_keeps_nothing_and_leads_to_the_short_form(desk, counsel, case, page):
    address, sent, kind = pages(case, counsel)[page]
    before, log = stored(), LogEntry.objects.count()

    answer = desk.post(address, sent, follow=True)

    assert answer.redirect_chain == [(f"/en/cases/{case.reference}/classified/new/?kind={kind}", 302)]
    assert SECRET["en"] in said(answer)
    assert f'<option value="{kind}" selected>' in answer.text
    assert (stored(), LogEntry.objects.count()) == (before, log)
    assert not any(model.objects.exists() for model in (Evidence, Notice, Filing, Contact))
    assert WORDS not in said(answer)
    assert NAME not in said(answer)


@pytest.mark.parametrize("page", ["evidence", "notice", "filing", "import", "contact", "task", "proofs"])
def test_the_question_has_no_answer_chosen_and_must_be_answered(desk, counsel, case, page):
    address, sent, _kind = pages(case, counsel)[page]
    unanswered = {name: value for name, value in sent.items() if not name.endswith("contains_state_secret")}
    before = stored()

    answer = desk.post(address, unanswered)

    assert answer.status_code == 422
    assert "Say whether it contains a state secret." in said(answer)
    assert "checked" not in said(answer).split("国家秘密")[1].split("</fieldset>")[0]
    assert stored() == before
    assert not any(model.objects.exists() for model in (Evidence, Notice, Filing, Contact))


@pytest.mark.parametrize("language", SECRET)
def test_the_refusal_in_the_readers_language(desk, counsel, case, nothing_kept, language):
    counsel.language = language
    counsel.save(update_fields=["language"])

    sent = {"contains_state_secret": "yes", "file": [a_file()]}
    answer = desk.post(f"/{language}/cases/{case.reference}/evidence/add/", sent, follow=True)

    assert SECRET[language] in said(answer)
    assert nothing_kept()


def test_a_file_kept_by_an_earlier_step_leaves_the_store(desk, counsel, nothing_kept):
    wrong = desk.post("/en/cases/new/notice/", notice_typed(kind="", document=a_file()))
    note = carried(wrong.text)["document-note"]
    assert not nothing_kept()

    answer = desk.post("/en/cases/new/notice/", notice_typed(contains_state_secret="yes") | {"document-note": note})

    assert answer.url == "/en/cases/"
    assert nothing_kept()


def test_bytes_that_are_evidence_already_stay(desk, case, counsel):
    kept = take_in(case=case, file=BytesIO(BYTES), filename="a.txt", draft=EvidenceDraft(), by=counsel, at=NOW)
    wrong = desk.post("/en/cases/new/notice/", notice_typed(kind="", document=a_file(words=BYTES)))
    note = carried(wrong.text)["document-note"]

    desk.post("/en/cases/new/notice/", notice_typed(contains_state_secret="yes") | {"document-note": note})

    assert kept.blob.sha256 in stored()


def test_an_upload_on_the_disk_is_gone_at_once(case, counsel, nothing_kept):
    upload = TemporaryUploadedFile("secret.bin", "application/octet-stream", 3, None)
    path = upload.temporary_file_path()

    with pytest.raises(StateSecret):
        take_in(
            case=case, file=upload, filename="secret.bin", draft=EvidenceDraft(), contains_state_secret=True,
            by=counsel, at=NOW,
        )  # fmt: skip

    with pytest.raises(FileNotFoundError), open(path, "rb"):  # noqa: PTH123
        pass
    assert nothing_kept()


def test_a_member_is_told_to_tell_counsel(client, case, counsel, member, nothing_kept):
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=NOW)
    client.force_login(member)
    log = LogEntry.objects.count()

    sent = {"contains_state_secret": "yes", "file": [a_file()]}
    answer = client.post(f"/en/cases/{case.reference}/evidence/add/", sent, follow=True)

    assert SECRET["en"] in said(answer)
    assert "Counsel of the case notes where the paper is kept: tell them." in said(answer)
    assert LogEntry.objects.count() == log


# ---- Answered yes, by the API ----------------------------------------------------------------------------------------
def api_bodies(case: Case) -> dict[str, tuple[dict[str, Any], str]]:
    yes = {"case": case.reference, "contains_state_secret": True}
    authority = an_authority().uid
    return {
        "evidence": (yes | {"file": a_file()}, "multipart"),
        "imports": (yes | {"surface": "榜", "file": a_file()}, "multipart"),
        "notices": (yes | {"kind": "other", "authority": authority, "original_words": WORDS}, "json"),
        "contacts": (yes | {"kind": "talk", "authority": authority, "subject": "约谈", "minutes": WORDS}, "json"),
        "filings": (yes | {"kind": "other", "authority": authority, "sent_at": "2026-01-05T09:00+08:00"}, "json"),
    }


@pytest.mark.parametrize("language", SECRET)
@pytest.mark.parametrize("noun", ["evidence", "imports", "notices", "contacts", "filings"])
def test_the_api_refuses_a_yes(case, counsel, nothing_kept, noun, language):
    body, form = api_bodies(case)[noun]

    answer = as_(counsel, language).post(api(f"{noun}/"), body, format=form)

    assert answer.status_code == 409
    assert (answer.data["code"], answer.data["message"]) == ("state_secret", SECRET[language])
    assert answer.data["details"] == {"note_at": "classified-papers"}
    assert nothing_kept()


def test_left_out_it_counts_as_no(case, counsel):
    body = {"case": case.reference, "file": a_file()}

    assert as_(counsel).post(api("evidence/"), body, format="multipart").status_code == 201


# ---- Marks -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", MARKED)
def test_a_marked_title_is_refused_though_no_was_said_on_the_page(desk, counsel, case, nothing_kept, language):
    counsel.language = language
    counsel.save(update_fields=["language"])
    sent = {
        "contains_state_secret": "no", "file": [a_file()], "title_zh": "机密★10年 " + WORDS,
        "captured_zone": "Asia/Shanghai", "protection_mark": "internal",
    }  # fmt: skip

    answer = desk.post(f"/{language}/cases/{case.reference}/evidence/add/", sent)

    assert answer.status_code == 422
    assert MARKED[language] in said(answer)
    assert nothing_kept()


@pytest.mark.parametrize("language", MARKED)
def test_a_marked_title_is_refused_by_the_api(case, counsel, nothing_kept, language):
    body = {"case": case.reference, "file": a_file(), "title_zh": "机密★10年 " + WORDS}

    answer = as_(counsel, language).post(api("evidence/"), body, format="multipart")

    assert (answer.status_code, answer.data["code"]) == (409, "state_secret")
    assert answer.data["message"] == MARKED[language]
    assert answer.data["details"] == {"note_at": "classified-papers", "mark": "机密★10年"}
    assert nothing_kept()


def test_a_marked_file_name_is_told_by_its_place_and_the_others_are_kept(desk, case):
    sent = {
        "contains_state_secret": "no", "file": [a_file("clean.txt"), a_file("秘密★1年 x.txt")],
        "captured_zone": "Asia/Shanghai", "protection_mark": "internal",
    }  # fmt: skip

    answer = desk.post(f"/en/cases/{case.reference}/evidence/add/", sent)

    assert answer.status_code == 409
    assert "File 2: Name of the file: the secrecy mark 秘密★1年 stands there" in said(answer).replace(" :", ":")
    assert "x.txt" not in said(answer)
    assert [each.filename for each in Evidence.objects.all()] == ["clean.txt"]


def test_a_notice_with_a_mark_in_its_words_keeps_no_file_either(desk, nothing_kept):
    sent = notice_typed(original_words="机密★1年\n" + WORDS, document=a_file())

    answer = desk.post("/en/cases/new/notice/", sent)

    assert answer.status_code == 422
    assert "Original words: the secrecy mark 机密★1年 stands there" in said(answer)
    assert nothing_kept()


def test_every_action_that_takes_words_refuses_a_mark(case, counsel):
    notice = a_notice(case=case, by=counsel, original_words="原文", original_language="zh-hans")
    contact = ContactDraft(kind="talk", authority=an_authority(), subject="约谈", minutes="绝密★长期")
    attempts = [
        lambda: a_notice(case=case, by=counsel, number="2", original_words="秘密★6个月"),
        lambda: a_case(by=counsel, title_zh="机密★5年"),
        lambda: log_contact(case=case, contact=contact, by=counsel, at=NOW),
        lambda: a_task(case, by=counsel, title_zh="机密★5年"),
        lambda: file(
            case=case, kind="other", authority=an_authority(), title_zh="机密★5年", sent_at=NOW, by=counsel, at=NOW
        ),
        lambda: add_translation(
            record=notice, field="original_words", language="en", words="机密★5年", made_by="human", by=counsel, at=NOW
        ),
        lambda: note_classified_paper(case=case, kind="notice", kept_where="机密★5年", by=counsel, at=NOW),
    ]

    for attempt in attempts:
        with pytest.raises(StateSecret):
            attempt()


# ---- That a paper exists ---------------------------------------------------------------------------------------------
def test_a_paper_is_noted_by_its_place_alone(case, counsel):
    paper = note_classified_paper(
        case=case, kind="notice", kept_where=" Safe 2, Shanghai ", keeper="Registry", level="secret", by=counsel, at=NOW
    )

    entry = LogEntry.objects.get(verb="note_classified_paper")
    assert (paper.kept_where, paper.keeper, paper.noted_on) == ("Safe 2, Shanghai", "Registry", date(2026, 9, 24))
    assert (entry.facts, entry.reason) == ({"kind": "notice", "level": "secret"}, "")
    with pytest.raises(NoPlace):
        note_classified_paper(case=case, kind="notice", kept_where=" ", by=counsel, at=NOW)


def test_the_short_form_notes_it_and_the_case_shows_it(desk, case):
    sent = {"kind": "notice", "level": "unknown", "kept_where": "Safe 2", "keeper": ""}

    desk.post(f"/en/cases/{case.reference}/classified/new/", sent)

    for section in ("evidence", "notices"):
        shown = said(desk.get(f"/en/cases/{case.reference}/{section}/"))
        assert "1 paper is kept elsewhere: it contains a state secret." in shown
        assert "Safe 2" in shown


def test_the_api_notes_a_paper_and_lists_it_within_the_walls(case, counsel, outsider):
    body = {"case": case.reference, "kind": "evidence", "level": "top_secret", "kept_where": "Safe 2"}

    made = as_(counsel).post(api("classified-papers/"), body)

    assert (made.status_code, made.data["kept_where"], made.data["level"]) == (201, "Safe 2", "top_secret")
    assert [row["uid"] for row in as_(counsel).get(api("classified-papers/")).data["results"]] == [made.data["uid"]]
    assert as_(outsider).get(api(f"classified-papers/{made.data['uid']}/")).status_code == 404
    assert as_(outsider).post(api("classified-papers/"), body).status_code == 400


def test_a_note_made_by_mistake_is_voided_once_with_a_reason_and_bears_no_mark(case, counsel):
    paper = note_classified_paper(case=case, kind="notice", kept_where="Safe 2", by=counsel, at=NOW)

    for reason, refusal in ((" ", NoReason), ("其实是机密★5年", StateSecret)):
        with pytest.raises(refusal):
            void_classified_paper(paper=paper, reason=reason, by=counsel, at=NOW)
    voided = void_classified_paper(paper=paper, reason="It was internal only.", by=counsel, at=NOW)

    entry = LogEntry.objects.get(verb="void_classified_paper")
    assert (voided.voided_at, voided.voided_by, voided.void_reason) == (NOW, counsel, "It was internal only.")
    assert (entry.object_uid, entry.reason, entry.case) == (paper.uid, "It was internal only.", case)
    with pytest.raises(AlreadyVoided):
        void_classified_paper(paper=paper, reason="again", by=counsel, at=NOW)


def test_a_voided_note_stays_struck_out_and_is_not_counted(desk, case, counsel):
    kept, wrong = (
        note_classified_paper(case=case, kind="notice", kept_where=where, by=counsel, at=NOW)
        for where in ("Safe 2", "Safe 3")
    )
    address = f"/en/cases/{case.reference}/classified/{wrong.uid}/void/"

    refused = desk.post(address, {"reason": ""})
    done = desk.post(address, {"reason": "It was internal only."})
    again = desk.post(address, {"reason": "Again."})

    assert (refused.status_code, done.status_code, again.status_code) == (422, 302, 409)
    assert "This note was voided." in said(again)
    for section in ("evidence", "notices"):
        shown = said(desk.get(f"/en/cases/{case.reference}/{section}/"))
        assert "1 paper is kept elsewhere: it contains a state secret." in shown
        assert "<s>Safe 3</s>" in shown
        assert "It was internal only." in shown
        assert (f"/classified/{kept.uid}/void/" in shown, address in shown) == (True, False)


def test_the_api_voids_a_note_as_its_revision_stands(case, counsel, member):
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=NOW)
    paper = note_classified_paper(case=case, kind="notice", kept_where="Safe 2", by=counsel, at=NOW)
    address, why = api(f"classified-papers/{paper.uid}/void/"), {"reason": "It was internal only."}

    stale = as_(counsel).post(address, why, headers={"If-Match": '"7"'})
    refused, voided, again = (as_(each).post(address, why) for each in (member, counsel, counsel))

    assert [each.status_code for each in (stale, refused, voided, again)] == [412, 403, 200, 409]
    assert (voided.data["void_reason"], voided.data["revision"], again.data["code"]) == (
        "It was internal only.", 2, "already_voided",
    )  # fmt: skip


def test_only_counsel_notes_a_paper(client, case, counsel, member):
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=NOW)
    client.force_login(member)

    assert client.get(f"/en/cases/{case.reference}/classified/new/").status_code == 403
    assert "Note a paper kept elsewhere" not in client.get(f"/en/cases/{case.reference}/evidence/").text
