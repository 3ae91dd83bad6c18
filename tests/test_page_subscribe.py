"""A status mail is asked for where the status is read: of one case, or of all."""

import pytest
from django.urls import reverse

from cases.actions.case import close_case
from tests.rooms import EARLIER, an_old_case, main_of, reading
from tracker.models import Subscription

pytestmark = pytest.mark.django_db
PORTFOLIO = "/en/status/"
DAILY = {"mail-rhythm": "daily", "mail-at": "17:45"}


def page_of(case):
    return f"/en/cases/{case.reference}/status/"


@pytest.mark.parametrize("role", ["counsel", "member", "executive", "auditor"])
def test_of_one_case_it_is_asked_for_and_said(counsel, role, request):
    person = request.getfixturevalue(role)
    case = an_old_case(counsel, person) if person != counsel else an_old_case(counsel)

    answer = reading(person).post(page_of(case) + "subscribe/", DAILY)

    made = Subscription.objects.get()
    assert answer.url == page_of(case)
    assert (made.person, made.case, made.subject, made.rhythm) == (person, case, "status", "daily")
    assert "It comes to you: every day, 17:45" in main_of(reading(person).get(page_of(case)))
    assert "It comes to you" not in main_of(reading(person).get(PORTFOLIO))


def test_of_all_it_is_asked_for_and_said(executive):
    answer = reading(executive).post(PORTFOLIO + "subscribe/", DAILY | {"mail-rhythm": "weekly", "mail-weekday": "5"})

    assert answer.url == PORTFOLIO
    assert Subscription.objects.get().case is None
    assert "It comes to you: every week on Friday, 17:45" in main_of(reading(executive).get(PORTFOLIO))


@pytest.mark.parametrize("of_all", [True, False])
def test_what_is_wrong_is_told_on_the_same_page_and_nothing_is_lost(counsel, of_all):
    page = PORTFOLIO if of_all else page_of(an_old_case(counsel))

    answer = reading(counsel).post(page + "subscribe/", DAILY | {"mail-rhythm": "weekly", "mail-at": "17:46"})

    shown = main_of(answer)
    assert answer.status_code == 422
    assert "Choose the day of the week." in shown
    assert "<details open>" in shown
    assert 'value="17:46"' in shown
    assert ("Where the cases stand" in shown) == of_all
    assert not Subscription.objects.exists()


def test_the_page_of_a_refused_form_leads_on_to_pages_that_are_there(counsel):
    for _ in range(52):
        an_old_case(counsel)

    shown = main_of(reading(counsel).post(PORTFOLIO + "subscribe/", {}))

    assert f'action="{PORTFOLIO}"' in shown
    assert f'href="{PORTFOLIO}?cursor=' in shown


def test_of_a_closed_case_none_is_asked_for(counsel):
    case = an_old_case(counsel)
    close_case(case=case, reason="done", by=counsel, at=EARLIER)

    assert reading(counsel).post(page_of(case) + "subscribe/", DAILY).status_code == 409
    assert not Subscription.objects.exists()


def test_a_form_sent_twice_asks_once(counsel):
    for _ in range(2):
        reading(counsel).post(PORTFOLIO + "subscribe/", DAILY | {"once": "c" * 22})

    assert Subscription.objects.count() == 1


def test_of_a_case_one_may_not_know_of_none_is_asked_for(counsel, outsider):
    case = an_old_case(counsel)

    assert reading(outsider).post(reverse("case_status_subscribe", args=[case.reference]), DAILY).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_it_is_said_in_chinese(counsel, language):
    reading(counsel).post(PORTFOLIO + "subscribe/", DAILY | {"mail-rhythm": "hard_dates", "mail-days_before": "3"})

    shown = main_of(reading(counsel).get(PORTFOLIO.replace("/en/", f"/{language}/")))

    assert {"zh-hans": "每个法定或责令日期前 3 个工作日 17:45", "zh-hant": "每個法定或責令日期前 3 個工作日 17:45"}[
        language
    ] in shown
