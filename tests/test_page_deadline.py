"""The dates of a case: listed; one with its working and versions; every step with it, refused where it must be."""

from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from cases.actions import deadline as actions
from cases.actions.case import grant_access
from cases.actions.drafts import MeasureDraft
from cases.actions.notice import record_service
from cases.models import Deadline, LogEntry, Outcome, Person
from tests.factories import NOW, a_case, a_notice

ORDER = MeasureDraft(kind="order_to_correct", period_amount=15, period_unit="day")


@pytest.fixture
def case(counsel: Person) -> Any:
    return a_case(by=counsel)


@pytest.fixture
def desk(client: Client, counsel: Person) -> Client:
    client.force_login(counsel)
    return client


def served(case: Any, by: Person, **more: Any) -> Deadline:
    """Six months to sue, from 31 August 2026."""
    a_notice(case=case, by=by, served_on=date(2026, 8, 31), service_mode="direct", **more)
    return case.deadlines.get(rule_id="CN-18")


def url(deadline: Deadline, step: str = "") -> str:
    return f"/en/cases/{deadline.case.reference}/deadlines/{deadline.uid}/{step}"


def words(answer: Any) -> str:
    return unescape(answer.text).replace("\N{NO-BREAK SPACE}", " ")


# ---- Who may ---------------------------------------------------------------------------------------------------------
def test_deadline_is_hidden_from_an_outsider_and_from_another_case(client, counsel, outsider, case):
    deadline, other = served(case, counsel), a_case(by=counsel)
    client.force_login(outsider)
    assert client.get(url(deadline)).status_code == 404

    client.force_login(counsel)
    assert client.get(f"/en/cases/{other.reference}/deadlines/{deadline.uid}/").status_code == 404


@pytest.mark.parametrize("who", ["member", "executive", "auditor"])
def test_roles_that_decide_nothing_see_the_date_and_no_step(client, request, counsel, case, who):
    deadline, person = served(case, counsel), request.getfixturevalue(who)
    grant_access(case=case, person=person, reason="asked", by=counsel, at=NOW)
    client.force_login(person)

    shown = client.get(url(deadline))
    refused = client.post(url(deadline, "waive/"), {"waive-reason": "x"})

    assert "Mon 1 Mar 2027" in shown.text
    assert "/deadlines/" + deadline.uid + "/waive/" not in shown.text
    assert refused.status_code == 403
    assert "Counsel" in refused.text


def test_anonymous_is_sent_to_sign_in(client, counsel, case):
    deadline = served(case, counsel)

    assert client.get(url(deadline)).url == f"/en/login/?next={url(deadline)}"
    assert client.post(url(deadline, "waive/")).url.startswith("/en/login/")


def test_steps_are_taken_by_post_alone_and_unknown_ones_are_not_there(desk, counsel, case):
    deadline = served(case, counsel)

    assert desk.get(url(deadline, "confirm/")).status_code == 405
    assert desk.post(url(deadline, "annul/")).status_code == 404


# ---- The page --------------------------------------------------------------------------------------------------------
def test_deadline_shows_date_working_rule_and_safer_date(desk, counsel, case):
    shown = words(desk.get(url(served(case, counsel))))

    for told in ("Mon 1 Mar 2027", "Sun 28 Feb 2027", "Fri 26 Feb 2027", "How this date was worked out", "CN-18"):
        assert told in shown


def test_deadline_without_its_fact_says_what_is_missing_and_where_to_add_it(desk, counsel, case):
    notice = a_notice(case=case, by=counsel)

    shown = words(desk.get(url(case.deadlines.get(rule_id="CN-18"))))

    assert "Cannot be worked out: " in shown
    assert f"/en/cases/{case.reference}/notices/{notice.uid}/#service" in shown


def test_moved_date_is_proposed_and_the_old_one_stays_struck_through(desk, counsel, case):
    deadline = served(case, counsel)
    record_service(notice=deadline.notice, served_on=date(2026, 9, 2), mode="direct", by=counsel, at=NOW)
    proposed = words(desk.get(url(deadline)))

    desk.post(url(deadline, "confirm/"))

    shown = words(desk.get(url(deadline)))
    assert "Proposed instead:" in proposed
    assert '<s><time datetime="2027-03-01">' in shown
    assert "Tue 2 Mar 2027" in shown
    assert "Proposed instead:" not in shown


def test_chinese_page_says_the_date_in_chinese(desk, counsel, case):
    shown = desk.get(url(served(case, counsel)).replace("/en/", "/zh-hans/"))

    assert "2027年3月1日 周一" in shown.text


# ---- What if ---------------------------------------------------------------------------------------------------------
def test_what_if_answers_and_writes_nothing(desk, counsel, case):
    a_notice(case=case, by=counsel)
    deadline = case.deadlines.get(rule_id="CN-18")
    before = LogEntry.objects.count()

    shown = words(desk.get(url(deadline), {"on": "2026-08-31"}))

    assert "Mon 1 Mar 2027" in shown
    assert LogEntry.objects.count() == before
    assert case.deadlines.get(rule_id="CN-18").due_on is None


@pytest.mark.parametrize("on", ["", "yesterday", "2026-02-30"])
def test_what_if_without_a_day_is_told_so(desk, counsel, case, on):
    answer = desk.get(url(served(case, counsel)), {"on": on})

    assert answer.status_code == 422
    assert "If it had happened on" in answer.text


def test_what_if_before_the_law_was_in_force_says_so(desk, counsel, case):
    answer = desk.get(url(served(case, counsel)), {"on": "1975-10-01"})

    assert answer.status_code == 200
    assert "version of the rule in force on that day" in answer.text


# ---- The steps -------------------------------------------------------------------------------------------------------
def test_override_keeps_the_reckoned_date_and_its_reason(desk, counsel, case):
    deadline = served(case, counsel)

    desk.post(
        url(deadline, "override/"),
        {"override-due_on": "2027-02-01", "override-reason": "Agreed", "override-revision": deadline.revision},
    )

    shown = words(desk.get(url(deadline)))
    assert Deadline.objects.get(pk=deadline.pk).due_on == date(2027, 2, 1)
    assert '<s><time datetime="2027-03-01">' in shown
    assert "Agreed" in shown


def test_override_of_a_page_somebody_else_has_changed_is_refused_and_kept(desk, counsel, case):
    deadline = served(case, counsel)
    stale = {"override-due_on": "2027-02-01", "override-reason": "Agreed", "override-revision": deadline.revision - 1}

    answer = desk.post(url(deadline, "override/"), stale)

    assert answer.status_code == 409
    assert "Somebody else has changed this since you opened it." in answer.text
    assert "Agreed" in answer.text


def test_override_without_a_reason_is_named_and_the_date_kept(desk, counsel, case):
    deadline = served(case, counsel)

    answer = desk.post(url(deadline, "override/"), {"override-due_on": "2027-02-01", "override-revision": "1"})

    assert answer.status_code == 422
    assert 'value="2027-02-01"' in answer.text
    assert Deadline.objects.get(pk=deadline.pk).due_on == date(2027, 3, 1)


EXTENSIONS = [
    ({}, "Give either how much more time, or until which day."),
    ({"ask-amount": "5"}, "Give the number and the unit."),
    ({"ask-unit": "day"}, "Give the number and the unit."),
    ({"ask-amount": "0", "ask-unit": "day"}, "greater than or equal to 1"),
    ({"ask-amount": "5", "ask-unit": "day", "ask-until_on": "2027-04-01"}, "Give either how much more time"),
    ({"ask-amount": "5", "ask-unit": "fortnight"}, "Select a valid choice"),
]


@pytest.mark.parametrize(("sent", "told"), EXTENSIONS)
def test_awkward_extension_is_named(desk, counsel, case, sent, told):
    answer = desk.post(url(served(case, counsel), "ask/"), sent)

    assert answer.status_code == 422
    assert told in words(answer)


@pytest.mark.parametrize("unit", ["day", "working_day", "week", "month", "year"])
def test_extension_in_any_unit_of_days_is_granted(desk, counsel, case, unit):
    deadline = served(case, counsel)
    desk.post(url(deadline, "ask/"), {"ask-amount": "2", "ask-unit": unit})
    uid = deadline.extensions.get().uid

    desk.post(url(deadline, "grant/"), {"grant-extension": uid, "grant-decided_on": "2026-09-20"})

    assert deadline.extensions.get().state == "granted"
    assert Deadline.objects.get(pk=deadline.pk).due_on > date(2027, 3, 1)


@pytest.mark.parametrize("asked", [{"ask-amount": "2", "ask-unit": "hour"}, {"ask-until_on": "2026-10-01"}])
def test_extension_the_law_cannot_count_is_refused_and_stays_asked(desk, counsel, case, asked):
    deadline = served(case, counsel)
    desk.post(url(deadline, "ask/"), asked)
    uid = deadline.extensions.get().uid

    answer = desk.post(url(deadline, "grant/"), {"grant-extension": uid, "grant-decided_on": "2026-09-20"})

    assert answer.status_code == 409
    assert "The date cannot be counted that way." in answer.text
    assert deadline.extensions.get().state == "asked"
    assert Deadline.objects.get(pk=deadline.pk).due_on == date(2027, 3, 1)


@pytest.mark.parametrize("from_on", ["2020-01-01", "2026-08-31", "2030-01-01", "0001-01-01", "9999-12-31"])
def test_clock_that_stands_still_outside_its_time_breaks_nothing(desk, counsel, case, from_on):
    deadline = served(case, counsel)

    answer = desk.post(url(deadline, "suspend/"), {"suspend-from_on": from_on, "suspend-reason": "Force majeure"})

    assert answer.status_code in {302, 409, 422}
    assert desk.get(url(deadline)).status_code == 200


@pytest.mark.parametrize("due_on", ["0001-01-01", "1969-12-31", "9999-12-31"])
def test_date_set_by_hand_outside_every_calendar_breaks_nothing(desk, counsel, case, due_on):
    deadline = served(case, counsel)
    sent = {"override-due_on": due_on, "override-reason": "x", "override-revision": deadline.revision}

    answer = desk.post(url(deadline, "override/"), sent)

    assert answer.status_code in {409, 422}
    assert Deadline.objects.get(pk=deadline.pk).due_on == date(2027, 3, 1)


def test_extension_granted_moves_the_date_and_refused_is_kept_with_its_reason(desk, counsel, case):
    deadline = served(case, counsel)
    for step in ("grant", "refuse"):
        desk.post(url(deadline, "ask/"), {"ask-until_on": "2027-04-01", "ask-reason": "Many witnesses"})
        uid = deadline.extensions.get(state="asked").uid
        sent = {f"{step}-extension": uid, f"{step}-decided_on": "2026-09-20", f"{step}-reason": "No grounds"}
        desk.post(url(deadline, f"{step}/"), sent)

    shown = words(desk.get(url(deadline)))
    assert Deadline.objects.get(pk=deadline.pk).due_on == date(2027, 4, 1)
    assert "Granted" in shown
    assert "Refused" in shown
    assert "Many witnesses" in shown


def test_extension_of_another_deadline_cannot_be_granted_here(desk, counsel, case):
    deadline = served(case, counsel)
    other = case.deadlines.get(rule_id="CN-12")
    uid = actions.ask_extension(deadline=other, until_on=date(2026, 12, 1), by=counsel, at=NOW).uid

    answer = desk.post(url(deadline, "grant/"), {"grant-extension": uid, "grant-decided_on": "2026-09-20"})

    assert answer.status_code == 422
    assert other.extensions.get().state == "asked"


def test_clock_that_stands_still_has_no_date_until_it_runs_again(desk, counsel, case):
    deadline = served(case, counsel)
    desk.post(url(deadline, "suspend/"), {"suspend-from_on": "2026-09-10", "suspend-reason": "Force majeure"})
    held = words(desk.get(url(deadline)))

    sent = {"resume-suspension": deadline.suspensions.get().uid, "resume-until_on": "2026-09-20"}
    desk.post(url(deadline, "resume/"), sent)

    assert "Cannot be worked out: " in held
    assert Deadline.objects.get(pk=deadline.pk).due_on == date(2027, 3, 10)


def test_clock_cannot_run_again_before_it_stood_still(desk, counsel, case):
    deadline = served(case, counsel)
    desk.post(url(deadline, "suspend/"), {"suspend-from_on": "2026-09-10", "suspend-reason": "Force majeure"})

    sent = {"resume-suspension": deadline.suspensions.get().uid, "resume-until_on": "2026-09-09"}
    answer = desk.post(url(deadline, "resume/"), sent)

    assert answer.status_code == 422
    assert "It runs again after it stood still, not before." in answer.text


def test_order_in_days_asks_counsel_how_they_count(desk, counsel, case):
    a_notice(case=case, by=counsel, kind="rectification_order", measures=(ORDER,), served_on=date(2026, 9, 11))
    deadline = case.deadlines.get(kind="ordered")
    before = words(desk.get(url(deadline)))

    desk.post(url(deadline, "reading/"), {"reading-profile": "CN-WD"})

    after = words(desk.get(url(deadline)))
    told = "Counted the earlier way, until counsel chooses how the order’s period counts."
    assert told in before
    assert told not in after
    assert Deadline.objects.get(pk=deadline.pk).current.cause == "choice"


def test_legal_date_of_ours_is_not_met_by_a_word(desk, counsel, case):
    deadline = served(case, counsel)

    answer = desk.post(url(deadline, "meet/"), {"meet-reason": "Done"})

    assert answer.status_code == 409
    assert "A legal deadline of ours is met by a filing with its receipt." in answer.text
    assert 'id="meet"' not in desk.get(url(deadline)).text


def test_owner_is_one_of_the_case(desk, counsel, member, outsider, case):
    deadline = served(case, counsel)
    grant_access(case=case, person=member, reason="asked", by=counsel, at=NOW)

    read = {"assign-revision": deadline.revision}

    stranger = desk.post(url(deadline, "assign/"), {"assign-owner": outsider.uid, **read})
    desk.post(url(deadline, "assign/"), {"assign-owner": member.uid, **read})

    assert stranger.status_code == 422
    assert Deadline.objects.get(pk=deadline.pk).owner == member


def test_waived_deadline_says_why_and_offers_no_step(desk, counsel, case):
    deadline = served(case, counsel)

    desk.post(url(deadline, "waive/"), {"waive-reason": "We accept the penalty"})

    shown = words(desk.get(url(deadline)))
    assert Deadline.objects.get(pk=deadline.pk).outcome == Outcome.WAIVED
    assert "We accept the penalty" in shown
    assert "/override/" not in shown


def test_ended_deadline_refuses_a_step_from_an_old_page(desk, counsel, case):
    deadline = served(case, counsel)
    actions.waive_deadline(deadline=deadline, reason="Accepted", by=counsel, at=NOW)

    answer = desk.post(url(deadline, "waive/"), {"waive-reason": "Again"})

    assert answer.status_code == 409
    assert "This deadline has ended" in answer.text


# ---- The list --------------------------------------------------------------------------------------------------------
def test_internal_date_needs_a_title_and_a_day(desk, case):
    answer = desk.post(f"/en/cases/{case.reference}/deadlines/new/", {"title_en": " "})

    assert answer.status_code == 422
    assert "Give a title, in English or in Chinese." in answer.text


def test_internal_date_is_set_and_marked_as_ours(desk, case):
    desk.post(f"/en/cases/{case.reference}/deadlines/new/", {"title_en": "Interim report", "due_on": "2026-10-09"})

    shown = words(desk.get(f"/en/cases/{case.reference}/deadlines/"))
    assert "Interim report" in shown
    assert "Internal target" in shown


def test_dates_are_listed_and_drawn(desk, counsel, case):
    served(case, counsel)

    shown = words(desk.get(f"/en/cases/{case.reference}/deadlines/"))

    assert "Legal dates that run" in shown
    assert "2027" in shown


@pytest.mark.parametrize("count", [1, 3, 300])
def test_list_asks_the_same_whatever_its_length(desk, counsel, case, django_assert_num_queries, count):
    for n in range(count):
        actions.set_internal_deadline(case=case, title_en=f"Day {n}", due_on=date(2026, 10, 9), by=counsel, at=NOW)

    with django_assert_num_queries(8):
        answer = desk.get(f"/en/cases/{case.reference}/deadlines/")

    assert answer.text.count('<li class="row">') == min(count, 50)


def test_clock_in_hours_shows_its_hour_in_the_zone_of_the_authority(desk, counsel, case):
    sent = {"name": "incident_learnt", "occurred_on": "2026-09-21", "occurred_time": "09:30", "zone": "Asia/Shanghai"}
    desk.post(f"/en/cases/{case.reference}/events/new/", sent)

    deadline = case.deadlines.get(rule_id="CN-27c")

    assert deadline.due_at == datetime(2026, 9, 21, 5, 30, tzinfo=UTC)
    assert "Mon 21 Sep 2026 13:30" in words(desk.get(url(deadline)))
