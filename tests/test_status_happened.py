"""How a case came to where it stands: by the law's time, each thing once, and not what we did to record it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases.actions.event import log_event
from cases.actions.filing import file
from cases.actions.notice import record_service
from cases.actions.track import move_track
from cases.models import Case, Person
from tests.factories import NOW, a_case, a_notice, an_authority
from tests.pages import signed_in, text_of
from tests.test_contacts import talk
from tests.work import a_task
from tracker.briefings import plain, sign_briefing
from tracker.models import Briefing
from tracker.status.executive import case_status

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel, announced_on=date(2026, 8, 5))


def told(case: Case, person: Person) -> list[tuple[str, str, date | None]]:
    rows = case_status(case, person, now=NOW).happened
    assert rows is not None
    return [(row.source, row.code, row.on) for row in rows]


def test_what_happened_stands_by_its_own_day_and_not_by_ours(case: Case, counsel: Person) -> None:
    sent_at = datetime(2026, 8, 19, 16, 30, tzinfo=UTC)  # the next day in Shanghai
    file(case=case, kind="information", authority=an_authority(), sent_at=sent_at, by=counsel, at=NOW)
    talk(case, counsel, held_on=date(2026, 8, 7))
    a_notice(case=case, by=counsel, kind="summons", served_on=date(2026, 8, 6), issued_on=date(2026, 8, 6), measures=())
    found = {"case": case, "name": "illegal_information_found", "by": counsel, "at": NOW}
    log_event(**found, occurred_on=date(2026, 8, 12))

    assert told(case, counsel) == [
        ("announced", "", date(2026, 8, 5)),
        ("served", "summons", date(2026, 8, 6)),
        ("contact", "talk", date(2026, 8, 7)),
        ("event", "illegal_information_found", date(2026, 8, 12)),
        ("filed", "information", date(2026, 8, 20)),
    ]


def test_what_came_with_a_notice_is_told_by_the_notice(case: Case, counsel: Person) -> None:
    a_notice(case=case, by=counsel, served_on=date(2026, 8, 12), issued_on=date(2026, 8, 12))

    assert case.events.exists()
    assert [row for row in told(case, counsel) if row[0] != "announced"] == [
        ("served", "penalty_decision", date(2026, 8, 12))
    ]


def test_a_decision_made_on_one_day_and_served_on_another_is_told_twice(case: Case, counsel: Person) -> None:
    a_notice(case=case, by=counsel, issued_on=date(2026, 8, 10), served_on=date(2026, 8, 12))

    assert told(case, counsel)[1:] == [
        ("moved", "decided_penalty", date(2026, 8, 10)),
        ("served", "penalty_decision", date(2026, 8, 12)),
    ]


def test_a_move_of_its_own_day_is_told(case: Case, counsel: Person) -> None:
    a_notice(case=case, by=counsel, served_on=date(2026, 8, 12))
    remedy: Any = case.tracks.get(kind="remedy")
    filed_on = {"occurred_on": date(2026, 8, 20), "by": counsel, "at": NOW}
    move_track(track=remedy, to_state="reconsideration_filed", mover="party", **filed_on)

    assert told(case, counsel)[-1] == ("moved", "reconsideration_filed", date(2026, 8, 20))


def test_a_day_that_is_not_known_stands_last_and_says_so(case: Case, counsel: Person) -> None:
    talk(case, counsel)
    a_notice(case=case, by=counsel, kind="announcement", issued_on=date(2026, 8, 5), measures=())

    assert told(case, counsel) == [("issued", "announcement", date(2026, 8, 5)), ("contact", "talk", None)]
    assert "day not known" in text_of(signed_in(counsel).get(f"/en/cases/{case.reference}/status/"))


def test_the_page_tells_no_line_of_the_log(case: Case, counsel: Person) -> None:
    notice = a_notice(case=case, by=counsel)
    record_service(notice=notice, served_on=date(2026, 9, 21), mode="direct", by=counsel, at=NOW)
    a_task(case, by=counsel)

    shown = text_of(signed_in(counsel).get(f"/en/cases/{case.reference}/status/")).split("How we got here")[1]

    assert "Announced to the public</p>" in shown
    assert "Served: Penalty decision: " in shown
    assert "21 Sep 2026" in shown
    assert "added the task" not in shown
    assert f"/en/cases/{case.reference}/timeline/" in shown


def test_a_briefing_signed_before_events_were_told_is_still_read(case: Case, counsel: Person) -> None:
    briefing = sign_briefing(case=case, words="On course.", by=counsel, at=NOW)
    figures = plain(briefing.figures)
    del figures["status"]["happened"]
    Briefing.objects.update(figures=figures)

    shown = text_of(signed_in(counsel).get(f"/en/cases/{case.reference}/status/1/"))

    assert "This briefing was signed before events were told here." in shown
