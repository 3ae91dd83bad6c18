"""Reads that matter are logged: evidence, legal advice, briefings, exports. Repeats are one look; HEAD is none."""

from datetime import timedelta

import pytest

from cases.actions.contact import ContactDraft, log_contact
from cases.actions.custody import chain_fault
from cases.actions.reading import log_read
from cases.models import Case, LogEntry, Person
from tests.api_world import as_, url
from tests.factories import NOW, a_case, an_authority
from tests.rooms import EARLIER, an_old_case, main_of, reading
from tests.work import some_evidence
from tracker.briefings import sign_briefing
from tracker.status.board import since_yesterday

pytestmark = pytest.mark.django_db


def looks(case: Case | None) -> list[tuple[str, str, str]]:
    found = LogEntry.objects.filter(case=case, verb__in=("read", "export")).order_by("pk")
    return list(found.values_list("verb", "object_kind", "person__email"))


@pytest.fixture
def case(counsel: Person, member: Person, auditor: Person) -> Case:
    return an_old_case(counsel, member, auditor)


def test_evidence_looked_at_stands_in_the_log_and_in_its_custody(counsel, member, case):
    piece = some_evidence(case, by=counsel, at=EARLIER)

    reading(member).get(f"/en/cases/{case.reference}/evidence/{piece.uid}/")
    as_(counsel).get(url(f"evidence/{piece.uid}/"))

    assert looks(case) == [("read", "evidence", member.email), ("read", "evidence", counsel.email)]
    assert list(piece.custody.values_list("action", flat=True)) == ["intake", "read", "read"]
    assert chain_fault(piece) is None


def test_a_page_opened_again_at_once_is_the_same_look(counsel, member, case):
    piece, reader = some_evidence(case, by=counsel, at=EARLIER), reading(member)

    for _again in range(3):
        reader.get(f"/en/cases/{case.reference}/evidence/{piece.uid}/")

    assert len(looks(case)) == 1


def test_eleven_minutes_later_it_is_another_look(counsel):
    case = a_case(by=counsel)
    piece = some_evidence(case, by=counsel)

    for minutes in (0, 9, 11):
        log_read(record=piece, case=case, by=counsel, at=NOW + timedelta(minutes=minutes))

    assert len(looks(case)) == 2


@pytest.mark.parametrize("of", ["page", "api"])
def test_head_writes_nothing(of, counsel, case):
    piece = some_evidence(case, by=counsel, at=EARLIER)
    page = f"/en/cases/{case.reference}/evidence/{piece.uid}/"

    answer = reading(counsel).head(page) if of == "page" else as_(counsel).head(url(f"evidence/{piece.uid}/"))

    assert (answer.status_code, looks(case)) == (200, [])


def test_a_page_sent_as_a_form_is_a_look_as_well(counsel, member, case):
    piece = some_evidence(case, by=counsel, at=EARLIER)

    reading(member).post(f"/en/cases/{case.reference}/evidence/{piece.uid}/")
    reading(member).post("/en/cases/cases.csv")

    assert looks(case) == [("read", "evidence", member.email)]
    assert looks(None) == [("export", "person", member.email)]


def test_a_talk_under_legal_advice_is_logged_when_read_and_another_is_not(counsel, case):
    drafts = [
        ContactDraft(kind="talk", authority=an_authority(), subject="The list", protection_mark=mark)
        for mark in ("internal", "legal_advice")
    ]
    plain, advice = [log_contact(case=case, contact=draft, by=counsel, at=EARLIER) for draft in drafts]

    for contact in (plain, advice):
        as_(counsel).get(url(f"contacts/{contact.uid}/"))

    read = LogEntry.objects.filter(verb="read").values_list("object_uid", flat=True)
    assert list(read) == [advice.uid]


def test_each_export_counts_and_says_its_format_and_size(counsel, case):
    for _again in range(2):
        reading(counsel).get("/en/cases/cases.csv")

    facts = LogEntry.objects.filter(verb="export").values_list("object_uid", "facts")
    assert list(facts) == [(counsel.uid, {"format": "csv", "count": 1, "of": "cases"})] * 2


def test_the_working_handed_to_a_court_is_an_export(counsel, case):
    from tests.status_rows import a_deadline

    deadline = a_deadline(case, counsel, EARLIER, due_on=EARLIER.date())

    reading(counsel).get(f"/en/cases/{case.reference}/deadlines/{deadline.uid}/working/")

    entry = LogEntry.objects.get(verb="export")
    assert (entry.case, entry.object_uid, entry.facts["format"]) == (case, deadline.uid, "print")


def test_a_frozen_briefing_opened_is_logged(counsel, member, case):
    briefing = sign_briefing(case=case, words="On course.", by=counsel, at=EARLIER)

    reading(member).get(f"/en/cases/{case.reference}/status/{briefing.number}/")
    as_(counsel).get(url(f"briefings/{briefing.uid}/"))

    assert looks(case) == [("read", "briefing", member.email), ("read", "briefing", counsel.email)]


def test_counsel_and_auditors_see_who_read_and_members_see_only_what_was_done(counsel, member, auditor, case):
    piece = some_evidence(case, by=counsel, at=EARLIER)
    log_read(record=piece, case=case, by=auditor, at=EARLIER)

    shown = {who.email: main_of(reading(who).get(f"/en/cases/{case.reference}/timeline/")) for who in
             (counsel, auditor, member)}  # fmt: skip
    by_api = [len(as_(who).get(url(f"log/?case={case.reference}&verb=read")).data["results"]) for who in
              (counsel, auditor, member)]  # fmt: skip

    assert ["Read" in shown[who.email] for who in (counsel, auditor, member)] == [True, True, False]
    assert by_api == [1, 1, 0]


def test_the_desk_tells_what_was_done_and_not_who_looked(counsel, now):
    case = a_case(by=counsel)
    log_read(record=some_evidence(case, by=counsel), case=case, by=counsel, at=NOW)

    assert "read" not in [row.verb for row in since_yesterday(counsel, now=now)]
