"""A filing of ours moves the one track it can mean; where there is none, or the law bars it, the log says so."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases.actions.drafts import MeasureDraft
from cases.actions.evidence import send_back_evidence
from cases.actions.filing import file, void_filing
from cases.actions.task import complete_task
from cases.actions.track import move_track
from cases.models import Case, Deadline, Filing, LogEntry, Person, Track
from tests.factories import NOW, a_case, a_notice, an_authority
from tests.work import a_task, some_evidence

pytestmark = pytest.mark.django_db
SENT = datetime(2026, 9, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


def an_order(case: Case, by: Person, number: str = "1") -> Track:
    """An order to correct served on us, its track brought to the work."""
    order = MeasureDraft(kind="order_to_correct", ordered_on=date(2026, 9, 30))
    served = {"kind": "rectification_order", "number": number, "served_on": date(2026, 9, 10), "service_mode": "direct"}
    notice = a_notice(case=case, by=by, measures=(order,), issued_on=date(2026, 9, 10), **served)
    track = Track.objects.get(kind="rectification", notice=notice)
    for state in ("planned", "in_progress"):
        move_track(track=track, to_state=state, mover="party", occurred_on=date(2026, 9, 11), by=by, at=NOW)
    return track


def report(case: Case, by: Person, **fields: Any) -> Filing:
    given = {"kind": "rectification_report", "authority": an_authority(), "sent_at": SENT, "receipt_number": "12"}
    return file(case=case, by=by, at=NOW, **given | fields)


def deadline_of(track: Track) -> Deadline:
    return Deadline.objects.filter(measure=track.measure, kind="ordered").get()


def said() -> Any:
    return LogEntry.objects.filter(verb="file").latest("pk").facts


def test_a_report_on_an_order_moves_its_track_and_starts_its_event(case: Case, counsel: Person) -> None:
    meant, other = an_order(case, counsel), an_order(case, counsel, number="2")

    filing = report(case, counsel, deadline=deadline_of(meant))

    assert Track.objects.get(pk=meant.pk).state == "report_submitted"
    assert Track.objects.get(pk=other.pk).state == "in_progress"
    event = filing.events.get()
    assert (event.name, event.occurred_at, event.measure) == ("report_submitted", SENT, meant.measure)
    assert (said()["track"], said()["moved_to"]) == (meant.uid, "report_submitted")


def test_a_report_that_may_mean_several_tracks_or_none_moves_none(case: Case, counsel: Person) -> None:
    report(case, counsel)
    assert said()["track_not_moved"] == "no_track"

    tracks = [an_order(case, counsel), an_order(case, counsel, number="2")]
    report(case, counsel)

    assert said()["track_not_moved"] == "several_tracks"
    assert {Track.objects.get(pk=track.pk).state for track in tracks} == {"in_progress"}


def test_a_report_over_done_work_without_proof_is_recorded_and_moves_nothing(case: Case, counsel: Person) -> None:
    track, task = an_order(case, counsel), a_task(case, by=counsel)
    proof = some_evidence(case, by=counsel, proves=[task])
    complete_task(task=task, by=counsel, at=NOW)
    send_back_evidence(evidence=proof, reason="blurred", by=counsel, at=NOW)

    filing = report(case, counsel, deadline=deadline_of(track))

    assert Track.objects.get(pk=track.pk).state == "in_progress"
    assert said()["track_not_moved"] == ["done_items_have_proof"]
    assert not filing.events.exists()
    assert deadline_of(track).outcome == "met"


def test_a_second_report_moves_nothing_and_is_kept(case: Case, counsel: Person) -> None:
    track = an_order(case, counsel)
    report(case, counsel, deadline=deadline_of(track))

    report(case, counsel, deadline=deadline_of(track), receipt_number="13")

    assert said()["track_not_moved"] == ["already_there"]
    assert track.moves.filter(to_state="report_submitted").count() == 1
    assert Filing.objects.count() == 2


def test_a_kind_that_is_no_step_says_nothing_of_tracks(case: Case, counsel: Person) -> None:
    an_order(case, counsel)

    report(case, counsel, kind="information")

    assert not {"track", "track_not_moved", "moved_to"} & said().keys()


def test_voiding_the_report_voids_its_event_with_the_clocks_it_started(case: Case, counsel: Person) -> None:
    track = an_order(case, counsel)
    filing = report(case, counsel, deadline=deadline_of(track))
    event = filing.events.get()

    void_filing(filing=filing, reason="wrong office", by=counsel, at=NOW)

    event.refresh_from_db()
    assert (event.voided_by, event.void_reason) == (counsel, "wrong office")
    assert not event.deadlines.filter(outcome="running").exists()
    assert deadline_of(track).outcome == "running"
    assert LogEntry.objects.get(verb="void_filing").facts["voided_events"] == [event.uid]
