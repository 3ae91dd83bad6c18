"""The document of a notice becomes evidence with it; a notice in the wrong case moves with all it brought."""

import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cases.actions.drafts import CaseDraft, MeasureDraft, RequirementDraft
from cases.actions.moving import CannotMove, move_notice
from cases.actions.notice import log_notice
from cases.actions.received import receive
from cases.actions.task import TaskDraft, add_task
from cases.models import Evidence, LogEntry, Notice, Person
from tests.factories import a_case, a_notice, a_party, an_authority, new_notice


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_URL = (tmp_path / "evidence").as_uri()


def with_file(counsel: Person, now: datetime) -> Notice:
    file = receive(io.BytesIO(b"%PDF-1.7 the decision"), filename="../decision.pdf", declared="application/pdf")
    draft = CaseDraft(party=a_party(), lead_authority=an_authority(), title_zh="热搜榜整改")
    measures = [MeasureDraft(kind="warning", procedure="ordinary")]
    notice = new_notice(served_on=date(2026, 8, 12))
    return log_notice(notice=notice, case=draft, measures=measures, file=file, by=counsel, at=now)


def test_the_document_is_evidence_of_the_case_it_opens(counsel: Person, now: datetime) -> None:
    notice = with_file(counsel, now)

    assert notice.evidence is not None
    assert (notice.evidence.case, notice.evidence.filename) == (notice.case, "decision.pdf")
    assert notice.evidence.custody.get().action == "intake"
    assert [entry.verb for entry in LogEntry.objects.all()] == ["log_notice"]


def test_a_moved_notice_takes_its_clocks_tracks_demands_and_file_along(counsel: Person, now: datetime) -> None:
    notice = with_file(counsel, now)
    home, to = notice.case, a_case(by=counsel)

    move_notice(notice=notice, to=to, reason="belongs to the other incident", by=counsel, at=now)

    left = [rows.count() for rows in (home.deadlines, home.tracks, home.measures, home.events)]
    assert left == [0, 0, 0, 0]
    assert set(to.deadlines.values_list("rule_id", flat=True)) == {"CN-12", "CN-18"}
    assert to.tracks.get(kind="official").state == "served"
    copy = Notice.objects.get(pk=notice.pk).evidence
    assert copy is not None
    assert copy.case == to
    assert Evidence.objects.get(case=home).custody.last().action == "transfer"


def test_a_notice_that_joined_a_track_leaves_it_where_it_stood(counsel: Person, now: datetime) -> None:
    home, to = a_case(by=counsel), a_case(by=counsel)
    a_notice(case=home, by=counsel, kind="summons", measures=(), issued_on=date(2026, 8, 1))
    wrong = a_notice(case=home, by=counsel, served_on=date(2026, 8, 12))

    move_notice(notice=wrong, to=to, reason="wrong case", by=counsel, at=now)

    assert home.tracks.get(kind="official").state == "talk_noticed"
    assert to.tracks.get(kind="official").state == "served"


def test_demands_are_numbered_on_in_the_other_case(counsel: Person, now: datetime) -> None:
    home, to = a_case(by=counsel), a_case(by=counsel)
    a_notice(case=to, by=counsel, requirements=(RequirementDraft(title_en="first"),))
    wrong = a_notice(case=home, by=counsel, requirements=(RequirementDraft(title_en="second"),))

    move_notice(notice=wrong, to=to, reason="wrong case", by=counsel, at=now)

    assert list(to.requirements.values_list("number", "title_en")) == [(1, "first"), (2, "second")]


def test_work_begun_keeps_a_notice_where_it_is(counsel: Person, now: datetime) -> None:
    home, to = a_case(by=counsel), a_case(by=counsel)
    notice = a_notice(case=home, by=counsel, requirements=(RequirementDraft(title_en="first"),))
    add_task(case=home, draft=TaskDraft(title_en="begin", requirement=home.requirements.get()), by=counsel, at=now)

    with pytest.raises(CannotMove, match="has begun"):
        move_notice(notice=notice, to=to, reason="wrong case", by=counsel, at=now)
