"""One procedure: its steps with the articles not kept, the next one recorded, ours refused with the article."""

from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases.actions.case import grant_access
from cases.actions.drafts import MeasureDraft
from cases.actions.event import log_event
from cases.actions.track import move_track
from cases.models import Event, Person, Track
from tests.factories import NOW, a_case, a_notice
from tracker.forms.event import event_choices

FINE = MeasureDraft(kind="fine", procedure="ordinary", amount=100_000, currency="CNY")


@pytest.fixture
def case(counsel: Person) -> Any:
    return a_case(by=counsel)


@pytest.fixture
def desk(client: Client, counsel: Person) -> Client:
    client.force_login(counsel)
    return client


def official(case: Any, by: Person) -> Track:
    a_notice(case=case, by=by, served_on=date(2026, 8, 31), service_mode="direct")
    return case.tracks.get(kind="official")


def url(track: Track, step: str = "") -> str:
    return f"/en/cases/{track.case.reference}/tracks/{track.uid}/{step}"


def words(answer: Any) -> str:
    return unescape(answer.text).replace("\N{NO-BREAK SPACE}", " ")


def a_move(to_state: str, mover: str, **more: str) -> dict[str, str]:
    return {"mover": mover, "to_state": to_state, "zone": "Asia/Shanghai"} | more


def test_track_is_hidden_from_an_outsider(client, counsel, outsider, case):
    track = official(case, counsel)
    client.force_login(outsider)

    assert client.get(url(track)).status_code == 404
    assert client.post(url(track, "move/"), a_move("closed_unknown", "party")).status_code == 404


@pytest.mark.parametrize("who", ["member", "executive", "auditor"])
def test_roles_that_move_nothing_see_the_course_alone(client, request, counsel, case, who):
    track, person = official(case, counsel), request.getfixturevalue(who)
    grant_access(case=case, person=person, reason="asked", by=counsel, at=NOW)
    client.force_login(person)

    assert "Record the next step" not in client.get(url(track)).text
    assert client.post(url(track, "move/"), a_move("closed_unknown", "party")).status_code == 403


def test_penalty_without_prior_notice_shows_the_article(desk, counsel, case):
    shown = words(desk.get(url(official(case, counsel))))

    assert "APL 44, 62" in shown
    assert "Was prior notice of the penalty served?" in shown
    assert "Not shown" in shown


def test_move_of_the_authority_is_recorded_even_out_of_order(desk, counsel, case):
    track = official(case, counsel)

    desk.post(url(track, "move/"), a_move("filed", "authority", occurred_on="2026-09-01"))

    shown = words(desk.get(url(track)))
    track.refresh_from_db()
    assert track.state == "filed"
    assert "Not by the law" in shown
    assert "The order of steps the law lays down" in shown


def test_answer_to_what_the_law_asks_is_kept_with_the_move(desk, counsel, case):
    track = official(case, counsel)

    desk.post(url(track, "move/"), a_move("decided_penalty", "authority", asked_prior_notice_served="no"))

    graded = {item["code"]: item["grade"] for item in track.moves.last().irregular}
    assert graded["prior_notice_served"] == "not_met"


def test_our_step_that_the_law_bars_is_refused_with_its_article_and_kept(desk, counsel, case):
    track = official(case, counsel)

    answer = desk.post(url(track, "move/"), a_move("hearing_requested", "party", reason="Too harsh"))

    assert answer.status_code == 409
    assert "This step is not open to us now:" in answer.text
    assert "Too harsh" in answer.text


def test_ending_as_unknown_asks_for_a_reason(desk, counsel, case):
    track = official(case, counsel)

    refused = desk.post(url(track, "move/"), a_move("closed_unknown", "party"))
    desk.post(url(track, "move/"), a_move("closed_unknown", "party", reason="The authority fell silent"))

    track.refresh_from_db()
    assert refused.status_code == 409
    assert track.state == "closed_unknown"
    assert "Nothing: this track has ended." not in refused.text


def ended(case: Any, by: Person, state: str, **more: Any) -> Track:
    move_track(track=official(case, by), to_state=state, mover="authority", by=by, at=NOW, **more)
    return case.tracks.get(kind="official")


def test_track_that_has_ended_says_so_and_offers_only_the_way_on(desk, counsel, case):
    track = ended(case, counsel, "final")

    shown = words(desk.get(url(track)))
    desk.post(url(track, "move/"), a_move("hearing_held", "authority"))
    refused = Track.objects.get(pk=track.pk).state
    desk.post(url(track, "move/"), a_move("reopened", "authority"))

    assert "This track has ended" in shown
    assert "Record the next step" not in shown
    assert '<option value="reopened">' in shown
    assert '<option value="hearing_held">' not in shown
    assert (refused, Track.objects.get(pk=track.pk).state) == ("final", "reopened")


def test_track_after_which_nothing_comes_shows_no_form(desk, counsel, case):
    order = MeasureDraft(kind="order_to_correct")
    a_notice(case=case, by=counsel, kind="rectification_order", measures=(order,))
    track = case.tracks.get(kind="rectification")
    move_track(track=track, to_state="withdrawn", mover="authority", by=counsel, at=NOW)

    shown = words(desk.get(url(track)))

    assert "Nothing follows it." in shown
    assert url(track, "move/") not in shown


AWKWARD = [
    ({"to_state": "limbo"}, "Select a valid choice"),
    ({"mover": "nobody"}, "Select a valid choice"),
    ({"occurred_time": "09:30"}, "An hour needs its day."),
    ({"occurred_on": "09/10/2026"}, "Enter a valid date."),
    ({"asked_prior_notice_served": "perhaps"}, "Select a valid choice"),
    ({"document": "someone-elses"}, "Select a valid choice"),
]


@pytest.mark.parametrize(("changed", "told"), AWKWARD)
def test_awkward_move_is_named_and_moves_nothing(desk, counsel, case, changed, told):
    track = official(case, counsel)
    before = track.moves.count()

    answer = desk.post(url(track, "move/"), a_move("filed", "authority") | changed)

    assert answer.status_code == 422
    assert told in words(answer)
    assert track.moves.count() == before


def test_every_kind_of_track_has_its_page_in_both_languages(desk, counsel, case):
    imposed = (FINE, MeasureDraft(kind="order_to_correct"), MeasureDraft(kind="removal_order"))
    a_notice(case=case, by=counsel, kind="announcement", measures=imposed)

    tracks = list(case.tracks.all())

    assert {track.kind for track in tracks} == {
        "official", "rectification", "penalty_execution", "remedy", "publicity", "order_and_act",
    }  # fmt: skip
    for track in tracks:
        assert desk.get(url(track)).status_code == 200
        assert desk.get(url(track).replace("/en/", "/zh-hans/")).status_code == 200


# ---- Events ----------------------------------------------------------------------------------------------------------
def test_event_is_logged_corrected_and_voided(desk, counsel, case):
    add = f"/en/cases/{case.reference}/events/new/"
    desk.post(add, {"name": "illegal_information_found", "zone": "Asia/Shanghai"})
    event = Event.objects.get()
    page = f"/en/cases/{case.reference}/events/{event.uid}/"

    sent = {"correct-occurred_on": "2026-09-01", "correct-reason": "Found", "correct-revision": event.revision}
    dated = desk.post(page + "correct/", sent, follow=True)
    voided = desk.post(page + "void/", {"void-reason": "Another platform"}, follow=True)

    event.refresh_from_db()
    assert "Tue 1 Sep 2026" in words(dated)
    assert event.void_reason == "Another platform"
    assert page + "correct/" not in voided.text


def test_event_the_law_does_not_know_is_not_logged(desk, case):
    answer = desk.post(f"/en/cases/{case.reference}/events/new/", {"name": "full_moon", "zone": "Asia/Shanghai"})

    assert answer.status_code == 422
    assert not Event.objects.exists()


@pytest.mark.parametrize("day", ["1970-01-01", "2089-12-31"])
def test_event_at_either_end_of_the_calendars_starts_its_clocks_without_breaking(desk, case, day):
    for name, _title in event_choices():
        sent = {"name": name, "zone": "Asia/Shanghai", "occurred_on": day, "occurred_time": "23:59"}
        assert desk.post(f"/en/cases/{case.reference}/events/new/", sent).status_code == 302

    assert desk.get(f"/en/cases/{case.reference}/deadlines/").status_code == 200


@pytest.mark.parametrize("step", ["", "correct/", "void/"])
def test_event_is_hidden_from_an_outsider(client, counsel, outsider, case, step):
    event = log_event(case=case, name="talk_held", by=counsel, at=NOW)
    client.force_login(outsider)
    page = f"/en/cases/{case.reference}/events/{event.uid}/{step}"

    assert (client.post(page) if step else client.get(page)).status_code == 404


def test_member_may_read_an_event_and_not_correct_it(client, counsel, member, case):
    event = log_event(case=case, name="talk_held", by=counsel, at=NOW)
    grant_access(case=case, person=member, reason="asked", by=counsel, at=NOW)
    client.force_login(member)
    page = f"/en/cases/{case.reference}/events/{event.uid}/"

    assert client.get(page).status_code == 200
    assert client.post(page + "correct/", {"correct-reason": "x"}).status_code == 403
