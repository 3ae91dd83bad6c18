"""Where all cases stand, for those who may know of them."""

import pytest

from cases.actions.case import close_unknown
from tests.factories import NOW, a_case, a_notice
from tests.pages import let_in, signed_in, text_of

pytestmark = pytest.mark.django_db

URL = "/en/status/"
QUERIES = 13


@pytest.mark.parametrize("rows", [1, 3, 300])
def test_page_asks_the_same_for_any_number_of_cases(counsel, rows, django_assert_num_queries):
    for n in range(rows):
        a_case(by=counsel, title_en=f"Case {n}")
    client = signed_in(counsel)
    client.get(URL)

    with django_assert_num_queries(QUERIES):
        client.get(URL)


def test_case_is_shown_with_its_light_and_what_its_date_waits_for(counsel, executive):
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel)
    let_in(case, executive, by=counsel)

    shown = text_of(signed_in(executive).get(URL))

    assert "Hot-search list rectification" in shown
    assert "热搜榜整改" in shown
    assert "Amber" in shown
    assert "Cannot be worked out yet" in shown
    assert "none ahead" not in shown


def test_case_one_may_not_know_of_is_not_there(counsel, outsider):
    a_case(by=counsel)

    shown = text_of(signed_in(outsider).get(URL))

    assert "Hot-search" not in shown
    assert "No case is open to you." in shown


def test_closed_cases_are_shown_when_asked_for(counsel):
    case = a_case(by=counsel)
    close_unknown(case=case, reason="Nothing was ever published", by=counsel, at=NOW)
    client = signed_in(counsel)

    assert case.reference not in text_of(client.get(URL))
    assert case.reference in text_of(client.get(URL, {"state": "closed"}))
    assert case.reference not in text_of(client.get(URL, {"state": "nonsense"}))


def test_administrator_is_told_which_roles_may(administrator):
    answer = signed_in(administrator).get(URL)

    assert answer.status_code == 403
    assert "Executive" in text_of(answer)


def test_anonymous_is_sent_to_sign_in(client):
    assert client.get(URL).url == "/en/login/?next=/en/status/"
