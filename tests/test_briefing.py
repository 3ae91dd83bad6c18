"""A signed briefing: numbered, frozen, the same bytes a month later, and named by its hash when it is not."""

import json
from datetime import date, datetime, timedelta

import pytest

from cases.actions.drafts import MeasureDraft
from cases.models import Case, LogEntry, Person
from tests.factories import a_case, a_notice
from tests.status_rows import a_deadline, a_task, an_exhibit
from tracker.briefings import NothingSaid, is_intact, sign_briefing
from tracker.models import Briefing
from tracker.status.executive import case_status
from tracker.status.frozen import thawed

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person, now: datetime) -> Case:
    case = a_case(by=counsel, at=now, lead_counsel=counsel)
    fine = MeasureDraft(kind="fine", amount=50000, currency="CNY")
    a_notice(case=case, by=counsel, at=now, served_on=date(2026, 9, 17), measures=(fine,))
    a_task(case, counsel, now, due_on=date(2026, 9, 30))
    an_exhibit(case, counsel, now)
    return case


def test_a_briefing_is_what_the_live_page_showed(counsel: Person, case: Case, now: datetime) -> None:
    live = case_status(case, counsel, now=now)

    figures = sign_briefing(case=case, words="On plan.", by=counsel, at=now).figures["status"]

    assert figures["main_clock"]["due_on"] == live.main_clock.due_on.isoformat() == "2026-10-08"
    assert figures["row"]["rag"]["tone"] == live.row.rag.tone
    assert figures["figures"]["tasks"]["total"] == live.figures.tasks.total == 1
    assert figures["measures"][0]["amount"] == "50000.00"


def test_a_month_and_many_edits_later_it_is_what_was_signed(counsel: Person, case: Case, now: datetime) -> None:
    signed = sign_briefing(case=case, words="On plan.", by=counsel, at=now)
    before = json.dumps(signed.figures, sort_keys=True)
    case.tasks.update(state="closed", closed_at=now, closed_by=counsel)
    a_notice(case=case, by=counsel, at=now + timedelta(days=30))

    kept = Briefing.objects.get(pk=signed.pk)

    assert json.dumps(kept.figures, sort_keys=True) == before
    assert is_intact(kept)


def test_a_page_frozen_before_dates_had_marks_is_read_back_without_them(
    counsel: Person, case: Case, now: datetime
) -> None:
    figures = sign_briefing(case=case, words="On plan.", by=counsel, at=now).figures
    del figures["status"]["main_clock"]["marks"]

    assert thawed(figures).main_clock.marks == ()
    del figures["status"]["main_clock"]["due_on"]
    with pytest.raises(KeyError):
        thawed(figures)


@pytest.mark.parametrize("tamper", ["figures", "words"])
def test_a_briefing_that_was_tampered_with_is_not_intact(
    counsel: Person, case: Case, now: datetime, tamper: str
) -> None:
    signed = sign_briefing(case=case, words="On plan.", by=counsel, at=now)
    figures = {**signed.figures, "headline": {**signed.figures["headline"], "tasks_closed": 24}}
    changed = {"figures": figures} if tamper == "figures" else {"words": "All done."}
    Briefing.objects.filter(pk=signed.pk).update(**changed)

    assert not is_intact(Briefing.objects.get(pk=signed.pk))


def test_briefings_are_numbered_and_the_next_page_says_what_changed(counsel: Person, case: Case, now: datetime) -> None:
    sign_briefing(case=case, words="On plan.", by=counsel, at=now)
    later = now + timedelta(hours=1)
    case.tasks.update(state="closed", closed_at=later, closed_by=counsel)
    a_deadline(case, counsel, later, due_on=date(2026, 12, 1))

    changes = case_status(case, counsel, now=later).changes
    second = sign_briefing(case=case, words="One done.", by=counsel, at=later)

    assert (changes.number, changes.since, second.number) == (1, now, 2)
    assert {d.name: (d.before, d.after) for d in changes.differences} == {"tasks_closed": (0, 1)}
    assert [row.verb for row in changes.log] == ["set_internal_deadline"]


def test_signing_writes_one_sentence_in_the_log(counsel: Person, case: Case, now: datetime) -> None:
    before = LogEntry.objects.count()

    briefing = sign_briefing(case=case, words="On plan.", by=counsel, at=now)

    entry = LogEntry.objects.get(object_uid=briefing.uid)
    assert (LogEntry.objects.count() - before, entry.verb, entry.facts) == (1, "sign_briefing", {"number": 1})


def test_a_briefing_without_words_is_refused(counsel: Person, case: Case, now: datetime) -> None:
    with pytest.raises(NothingSaid):
        sign_briefing(case=case, words="  ", by=counsel, at=now)

    assert Briefing.objects.count() == 0


def test_one_who_may_not_know_the_case_signs_nothing(outsider: Person, case: Case, now: datetime) -> None:
    with pytest.raises(Case.DoesNotExist):
        sign_briefing(case=case, words="On plan.", by=outsider, at=now)

    assert Briefing.objects.count() == 0
