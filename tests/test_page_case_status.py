"""The executive status of one case, and the briefings that freeze it."""

from datetime import date

import pytest

from cases.actions.notice import record_service
from cases.actions.task import start_task
from cases.models import LogEntry
from tests.factories import NOW, a_case, a_notice
from tests.pages import let_in, signed_in, text_of
from tests.work import a_requirement, a_task, some_evidence
from tracker.briefings import figures_of, plain, sign_briefing
from tracker.models import Briefing
from tracker.status.executive import case_status
from tracker.status.frozen import thawed

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel, executive):
    case = a_case(by=counsel, is_fictional=True)
    let_in(case, executive, by=counsel)
    return case


@pytest.fixture
def at_work(case, counsel, executive):
    """With every part of the page: clocks, work, proof, a hold's absence, a remedy."""
    record_service(
        notice=a_notice(case=case, by=counsel), served_on=date(2026, 9, 21), mode="direct", by=counsel, at=NOW
    )
    task = a_task(
        case, by=counsel, assignee=counsel, requirement=a_requirement(case, by=counsel), workstream_en="Review"
    )
    start_task(task=task, by=counsel, at=NOW)
    some_evidence(case, by=counsel, proves=[task])
    return case


def url_of(case, step=""):
    return f"/en/cases/{case.reference}/status/{step}"


def test_bare_case_says_what_it_does_not_know(case, executive):
    shown = text_of(signed_in(executive).get(url_of(case)))

    assert "No legal date is running against us." in shown
    assert "No requirement and no task is recorded yet." in shown
    assert "No measure is recorded." in shown
    assert "Fictional" in shown


def test_date_that_waits_for_the_service_is_not_guessed(case, counsel, executive):
    a_notice(case=case, by=counsel)

    shown = text_of(signed_in(executive).get(url_of(case)))

    assert "Cannot be worked out" in shown
    assert "<dd><b>0</b><span>working days" not in shown


def test_every_part_is_there(at_work, executive):
    shown = text_of(signed_in(executive).get(url_of(at_work)))

    for part in (
        "0 of 1 task is closed", "Administrative reconsideration", "Review", "What could still go wrong", "Warning",
        "How we got here", "Evidence accepted", "no legal hold stands",
    ):  # fmt: skip
        assert part in shown


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_page_is_read_in_chinese(at_work, executive, language):
    shown = text_of(signed_in(executive).get(url_of(at_work).replace("/en/", f"/{language}/")))

    assert shown.index("热搜榜整改") < shown.index("Hot-search list rectification")


def test_page_asks_the_same_for_more_tasks(at_work, counsel, django_assert_num_queries):
    client = signed_in(counsel)
    client.get(url_of(at_work))
    with django_assert_num_queries(QUERIES):
        client.get(url_of(at_work))
    for n in range(20):
        a_task(at_work, by=counsel, title_en=f"Task {n}", workstream_en=f"Stream {n}")

    with django_assert_num_queries(QUERIES):
        client.get(url_of(at_work))


QUERIES = 45


# ---- Briefings -------------------------------------------------------------------------------------------------------
def test_briefing_without_words_is_refused(at_work, counsel):
    answer = signed_in(counsel).post(url_of(at_work, "sign/"), {"words": " \n "})

    assert answer.status_code == 422
    assert not Briefing.objects.exists()


def test_briefing_is_signed_and_shown_as_it_was(at_work, counsel, executive):
    client = signed_in(counsel)
    client.post(url_of(at_work, "sign/"), {"words": "We will make the date."})

    shown = text_of(signed_in(executive).get(url_of(at_work, "1/")))

    assert "We will make the date." in shown
    assert "Briefing 1" in shown
    assert "0 of 1 task is closed" in shown
    assert "No figure has changed since this was signed." in shown


def test_briefing_says_what_has_moved_since(at_work, counsel):
    sign_briefing(case=at_work, words="On course.", by=counsel, at=NOW)
    a_task(at_work, by=counsel, title_en="One more")

    shown = text_of(signed_in(counsel).get(url_of(at_work, "1/")))

    assert "The case has moved since this was signed" in shown
    assert "Tasks: 1 → 2" in shown
    assert "0 of 1 task is closed" in shown


def test_briefing_that_was_tampered_with_says_so(at_work, counsel):
    sign_briefing(case=at_work, words="On course.", by=counsel, at=NOW)
    Briefing.objects.update(words="All is well.")

    assert "the hash differs" in text_of(signed_in(counsel).get(url_of(at_work, "1/")))


def test_frozen_status_thaws_to_what_it_was(at_work, counsel):
    status = case_status(at_work, counsel, now=NOW)

    again = thawed(figures_of(at_work, counsel, at=NOW))

    assert plain(again) == plain(status)
    assert (again.main_clock, again.burn_up, again.measures) == (status.main_clock, status.burn_up, status.measures)
    assert again.bottom_line == status.bottom_line


def test_briefing_that_was_never_signed_is_not_found(at_work, counsel):
    assert signed_in(counsel).get(url_of(at_work, "1/")).status_code == 404


# ---- Who may ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("step", ["", "1/", "sign/"])
def test_outsider_finds_no_such_case(at_work, counsel, outsider, step):
    sign_briefing(case=at_work, words="On course.", by=counsel, at=NOW)
    client = signed_in(outsider)

    assert (client.post if step == "sign/" else client.get)(url_of(at_work, step)).status_code == 404


@pytest.mark.parametrize("role", ["member", "executive", "auditor"])
def test_only_counsel_signs(at_work, counsel, role, request):
    person = request.getfixturevalue(role)
    let_in(at_work, person, by=counsel)
    client = signed_in(person)

    assert client.post(url_of(at_work, "sign/"), {"words": "On course."}).status_code == 403
    assert "Sign a briefing" not in text_of(client.get(url_of(at_work)))
    assert not LogEntry.objects.filter(verb="sign_briefing").exists()
