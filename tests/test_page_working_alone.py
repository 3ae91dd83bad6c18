"""The working alone, for a court: the date with rule, facts, documents, calendar, steps and every version, in print."""

from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from cases.actions import deadline as actions
from cases.actions.case import grant_access
from cases.actions.notice import record_service
from cases.models import Deadline, Person
from tests.factories import NOW, a_case, a_notice
from tests.rooms import reading

QUERIES = 22


@pytest.fixture
def case(counsel: Person) -> Any:
    return a_case(by=counsel)


def served(case: Any, by: Person, **more: Any) -> Deadline:
    a_notice(case=case, by=by, served_on=date(2026, 8, 31), service_mode="direct", **more)
    found: Deadline = case.deadlines.get(rule_id="CN-18")
    return found


def url(deadline: Deadline, language: str = "en") -> str:
    return f"/{language}/cases/{deadline.case.reference}/deadlines/{deadline.uid}/working/"


def words(answer: Any) -> str:
    return unescape(answer.text).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            ("Mon 1 Mar 2027", "Provisional", "Penalty decision", "Direct", "Starts", "Adds", "CN-18@", "Generated"),
        ),
        ("zh-hans", ("2027年3月1日 周一", "暂定", "行政处罚决定书", "生成于", "《行政诉讼法》")),
        ("zh-hant", ("2027年3月1日 週一", "暫定", "行政處罰決定書", "生成於", "《行政诉讼法》")),
    ],
)
def test_the_sheet_says_all_that_the_date_rests_on(
    language: str, told: tuple[str, ...], counsel: Person, case: Any
) -> None:
    shown = words(reading(counsel).get(url(served(case, counsel), language)))

    for each in (
        *told,
        case.reference,
        "沪网信罚〔2026〕1号",
        "民法典 202",
        "自知道或者应当知道作出行政行为之日起六个月内提出",
    ):
        assert each in shown


def test_old_dates_stay_struck_through_with_who_made_and_confirmed_them(counsel: Person, case: Any) -> None:
    deadline = served(case, counsel)
    record_service(notice=deadline.notice, served_on=date(2026, 9, 2), mode="direct", by=counsel, at=NOW)
    proposed = words(reading(counsel).get(url(deadline)))
    actions.confirm_version(deadline=Deadline.objects.get(pk=deadline.pk), by=counsel, at=NOW)

    shown = words(reading(counsel).get(url(deadline)))

    assert "Proposed instead:" in proposed
    assert '<s><time datetime="2027-03-01">' in shown
    assert shown.count("Fang Lei") >= 3
    assert "Proposed instead:" not in shown


def test_a_date_that_cannot_be_worked_out_says_why(counsel: Person, case: Any) -> None:
    a_notice(case=case, by=counsel)

    shown = words(reading(counsel).get(url(case.deadlines.get(rule_id="CN-18"))))

    assert "Cannot be worked out: service date missing" in shown
    assert "No file is kept with it." in shown


def test_the_sheet_has_no_navigation_and_claims_no_privilege(counsel: Person, case: Any) -> None:
    shown = words(reading(counsel).get(url(served(case, counsel))))
    css = (Path(__file__).parent.parent / "tracker/static/tracker/app.css").read_text()

    assert 'class="side"' not in shown
    assert "<nav" not in shown
    assert "@page court { size: A4;" in css
    assert '@bottom-left { content: ""; } }' in css


def test_the_deadline_page_leads_to_it(counsel: Person, case: Any) -> None:
    deadline = served(case, counsel)

    shown = words(reading(counsel).get(url(deadline).removesuffix("working/")))

    assert f'href="{url(deadline)}"' in shown
    assert "Print the working" in shown


def test_whoever_may_know_the_case_may_print_it(counsel: Person, auditor: Person, executive: Person, case: Any) -> None:
    deadline = served(case, counsel)
    for person in (auditor, executive):
        grant_access(case=case, person=person, reason="asked", by=counsel, at=NOW)
        assert reading(person).get(url(deadline)).status_code == 200


def test_nobody_else_learns_of_it(
    client: Any, counsel: Person, outsider: Person, administrator: Person, case: Any
) -> None:
    deadline, other = served(case, counsel), a_case(by=counsel)

    assert reading(outsider).get(url(deadline)).status_code == 404
    assert reading(administrator).get(url(deadline)).status_code == 404
    assert client.get(url(deadline)).url == f"/en/login/?next={url(deadline)}"
    elsewhere = f"/en/cases/{other.reference}/deadlines/{deadline.uid}/working/"
    assert reading(counsel).get(elsewhere).status_code == 404


def test_documents_of_another_case_are_never_named(counsel: Person, outsider: Person, case: Any) -> None:
    deadline = served(case, counsel)
    a_notice(case=a_case(by=outsider), by=outsider, number="沪网信罚〔2026〕99号")

    assert "99号" not in words(reading(counsel).get(url(deadline)))


@pytest.mark.parametrize("notices", [1, 3])
def test_queries_do_not_grow(notices: int, counsel: Person, case: Any, django_assert_num_queries: Any) -> None:
    deadline = served(case, counsel)
    for _each in range(notices - 1):
        a_notice(case=case, by=counsel)
    client = reading(counsel)

    with django_assert_num_queries(QUERIES):
        client.get(url(deadline))
