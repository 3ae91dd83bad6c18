"""An event older than every version of a rule: its clock is shown, and says that no version was in force that day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from cases.actions.deadline import override_deadline, waive_deadline
from cases.actions.drafts import MeasureDraft
from cases.actions.event import correct_event, log_event
from cases.actions.notice import record_service
from cases.actions.rehearsal import clocks_of, what_if
from cases.law.rulebook import book
from cases.models import Case, Deadline, Person, VersionStatus
from tests.api_world import as_, url
from tests.factories import NOW, a_case, a_notice, new_notice

# The Penalty Law's present text is of 2021-07-15; the Reconsideration Law's first version here of 1999-10-01.
OLD = date(2019, 3, 1)
WORDS = {
    "en": "version of the rule in force on that day",
    "zh-hans": "当日施行的规则版本",
    "zh-hant": "當日施行的規則版本",
}
FINE = MeasureDraft(kind="fine", procedure="ordinary")


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


def fine(case: Case, by: Person, served_on: date | None = OLD) -> Any:
    return a_notice(case=case, by=by, measures=(FINE,), issued_on=OLD, served_on=served_on)


def clock(case: Case, rule: str) -> Deadline:
    return case.deadlines.select_related("current", "event", "measure", "notice", "case").get(rule_id=rule)


def test_a_clock_whose_rule_was_not_in_force_is_shown_and_says_so(case: Case, counsel: Person) -> None:
    fine(case, counsel)

    pay = clock(case, "CN-08")
    assert (pay.due_on, pay.current.missing, pay.caution) == (None, ["rule_in_force"], "not_in_force")
    assert (pay.outcome, pay.current.rule_version) == ("running", "")


def test_a_rule_with_an_older_version_counts_by_it_all_the_same(case: Case, counsel: Person) -> None:
    fine(case, counsel)

    review = clock(case, "CN-12")
    assert (review.due_on, review.current.rule_version) == (date(2019, 4, 30), "CN-12@1999-10-01")


def test_a_right_to_a_hearing_told_before_the_present_law(case: Case, counsel: Person) -> None:
    a_notice(case=case, by=counsel, kind="prior_notice", measures=(FINE,), issued_on=OLD, served_on=OLD)

    assert clock(case, "CN-05").current.missing == ["rule_in_force"]
    assert clock(case, "CN-04").current.missing == ["rule_in_force"]


def test_a_rule_that_was_repealed_before_the_day_starts_nothing(case: Case, counsel: Person) -> None:
    """Of what is known to have ended there is nothing left to say."""
    ended = [versions for versions in book().by_id.values() if versions[-1].valid_to and versions[-1].is_clock]

    for versions in ended:
        last = versions[-1]
        started = book().started_by(last.starts_on[0], date.max, or_later=True)
        assert last.id not in {rule.id for rule in started}


def test_service_learnt_later_turns_what_was_unknown_into_what_no_law_here_reaches(case: Case, counsel: Person) -> None:
    notice = fine(case, counsel, served_on=None)
    assert clock(case, "CN-08").current.missing == ["served_on"]

    record_service(notice=notice, served_on=OLD, mode="direct", by=counsel, at=NOW)

    assert clock(case, "CN-08").current.missing == ["rule_in_force"]


def test_a_day_corrected_to_before_the_rule_is_proposed_and_back_again_withdrawn(case: Case, counsel: Person) -> None:
    a_notice(case=case, by=counsel, measures=(FINE,), issued_on=OLD, served_on=date(2026, 3, 2))
    pay = clock(case, "CN-08")

    correct_event(event=pay.event, occurred_on=OLD, reason="misread", by=counsel, at=NOW)

    pay.refresh_from_db()
    proposed = pay.versions.get(status=VersionStatus.PROPOSED)
    assert (pay.due_on, proposed.missing, pay.caution) == (date(2026, 3, 17), ["rule_in_force"], "not_in_force")

    correct_event(event=pay.event, occurred_on=date(2026, 3, 2), reason="misread again", by=counsel, at=NOW)

    pay.refresh_from_db()
    assert (pay.due_on, pay.caution) == (date(2026, 3, 17), "")
    assert not pay.versions.filter(status=VersionStatus.PROPOSED).exists()


def test_an_event_logged_by_itself(case: Case, counsel: Person) -> None:
    """CN-27c is law from 2025-11-01."""
    log_event(case=case, name="incident_learnt", occurred_at=datetime(2025, 10, 31, 2, tzinfo=UTC), by=counsel, at=NOW)

    assert clock(case, "CN-27c").current.missing == ["rule_in_force"]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Measures for the Administration of Reporting Cybersecurity Incidents art. 4", "1 Nov 2025")),
        ("zh-hans", ("《国家网络安全事件报告管理办法》第四条", "2025年11月1日")),
        ("zh-hant", ("《国家网络安全事件报告管理办法》第四条", "2025年11月1日")),
    ],
)
def test_page_and_api_say_which_law_is_missing(
    case: Case, counsel: Person, client: Client, language: str, told: tuple[str, str]
) -> None:
    """CN-27c is law from 2025-11-01; what bound other operators in October the rulebook does not hold."""
    log_event(case=case, name="incident_learnt", occurred_at=datetime(2025, 10, 12, 2, tzinfo=UTC), by=counsel, at=NOW)
    deadline = clock(case, "CN-27c")
    client.force_login(counsel)

    page = client.get(f"/{language}/cases/{case.reference}/deadlines/{deadline.uid}/").text
    said = as_(counsel, language=language).get(url(f"deadlines/{deadline.uid}/")).data["sentence"]

    assert [each for each in (*told, "CN-27c") if each not in page] == []
    assert [each for each in (told[0], "CN-27c", "2025-10-12", "2025-11-01") if each not in said] == []


def test_the_rehearsal_says_it_before_anything_is_written(case: Case, counsel: Person) -> None:
    draft = new_notice(issued_on=OLD, served_on=OLD)

    found = clocks_of(draft, case, (FINE,), by=counsel, at=NOW)

    assert {each.deadline.rule_id: each.missing for each in found}["CN-08"] == ["rule_in_force"]
    assert not Deadline.objects.exists()


def test_what_if_it_had_been_served_before_the_rule(case: Case, counsel: Person) -> None:
    a_notice(case=case, by=counsel, measures=(FINE,), issued_on=OLD, served_on=date(2026, 3, 2))

    answered = what_if(clock(case, "CN-08"), on=OLD)

    assert answered is not None
    assert answered.missing == ["rule_in_force"]


def test_counsel_sets_the_date_by_hand_or_waives_it(case: Case, counsel: Person) -> None:
    fine(case, counsel)
    pay = clock(case, "CN-08")

    override_deadline(deadline=pay, due_on=date(2019, 3, 16), reason="APL 1996 art. 46", by=counsel, at=NOW)

    pay.refresh_from_db()
    assert (pay.due_on, pay.caution, pay.current.missing) == (date(2019, 3, 16), "", [])
    waive_deadline(deadline=clock(case, "CN-18"), reason="long past", by=counsel, at=NOW)


# ---- Doors -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("page", ["", "deadlines/", "status/"])
def test_pages_of_the_case_say_it(case: Case, counsel: Person, client: Client, language: str, page: str) -> None:
    fine(case, counsel)
    client.force_login(counsel)

    assert WORDS[language] in client.get(f"/{language}/cases/{case.reference}/{page}").text


@pytest.mark.parametrize("language", WORDS)
def test_the_page_of_the_clock_says_it_and_asks_for_no_fact(
    case: Case, counsel: Person, client: Client, language: str
) -> None:
    fine(case, counsel)
    client.force_login(counsel)
    pay = clock(case, "CN-08")

    shown = client.get(f"/{language}/cases/{case.reference}/deadlines/{pay.uid}/").text

    assert WORDS[language] in shown
    assert "#service" not in shown


def test_the_page_of_the_notice_does_not_say_that_dates_wait_for_its_service(
    case: Case, counsel: Person, client: Client
) -> None:
    notice = fine(case, counsel)
    client.force_login(counsel)

    shown = client.get(f"/en/cases/{case.reference}/notices/{notice.uid}/").text

    assert "Correct the service" in shown
    assert "wait for it.</p>" not in shown
    assert "waits for it.</p>" not in shown


@pytest.mark.parametrize("language", WORDS)
def test_the_api_says_it(case: Case, counsel: Person, language: str) -> None:
    fine(case, counsel)

    shown = as_(counsel, language).get(url(f"deadlines/{clock(case, 'CN-08').uid}/")).data

    assert (shown["due_on"], shown["missing"]) == (None, ["rule_in_force"])
    assert WORDS[language] in shown["sentence"]
