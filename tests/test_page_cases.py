"""The list of cases: the reader's own, narrowed by the address, a page at a time, and as a file."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions.case import close_unknown
from tests.factories import an_authority
from tests.rooms import EARLIER, an_old_case, main_of, reading

LIST = "/en/cases/"
QUERIES = 14


def references(answer):
    return [row.case.reference for row in answer.context["rows"]]


def some_cases(number, by):
    return [an_old_case(by, title_en=f"Matter {n}") for n in range(number)]


def test_list_holds_what_the_reader_may_know_of_and_nothing_else(counsel, outsider):
    mine, theirs = an_old_case(counsel), an_old_case(outsider, title_en="Secret matter")

    answer = reading(counsel).get(LIST)

    assert references(answer) == [mine.reference]
    assert theirs.reference not in answer.text
    assert "Secret matter" not in answer.text


def test_filters_offer_nothing_of_a_case_the_reader_may_not_know_of(counsel, outsider):
    an_old_case(counsel)
    an_old_case(outsider, lead_authority=an_authority(name_en="Hidden authority", jurisdiction="EU"))

    shown = reading(counsel).get(LIST).text

    assert "Hidden authority" not in shown
    assert outsider.uid not in shown


def test_nobody_s_list_says_whom_to_ask(member):
    assert "No case is open to you." in main_of(reading(member).get(LIST))


def test_counsel_s_empty_list_offers_to_log_the_first_notice(counsel):
    shown = main_of(reading(counsel).get(LIST))

    assert "No cases yet." in shown
    assert f'href="{reverse("log_notice")}"' in shown


def test_list_that_is_filtered_empty_offers_to_clear(counsel):
    an_old_case(counsel)

    shown = main_of(reading(counsel).get(LIST, {"q": "nothing-like-it"}))

    assert "No case matches." in shown
    assert 'href="/en/cases/">Clear filters' in shown


def test_reference_is_found_by_its_beginning_in_any_case(counsel):
    wanted, other = some_cases(2, counsel)

    answer = reading(counsel).get(LIST, {"q": wanted.reference.lower()})

    assert references(answer) == [wanted.reference]
    assert other.reference not in main_of(answer)


def test_state_narrows_and_its_chip_leads_back(counsel):
    _open, closed = some_cases(2, counsel)
    close_unknown(case=closed, reason="The end is not public.", by=counsel, at=EARLIER)

    answer = reading(counsel).get(LIST, {"status": "closed", "sort": "oldest"})

    assert references(answer) == [closed.reference]
    assert 'href="?sort=oldest">State: Closed' in main_of(answer)


def test_order_is_taken_from_the_address(counsel):
    first, second = some_cases(2, counsel)

    assert references(reading(counsel).get(LIST, {"sort": "oldest"})) == [first.reference, second.reference]
    assert references(reading(counsel).get(LIST)) == [second.reference, first.reference]


@pytest.mark.parametrize("query", [{"sort": "rank"}, {"status": "ajar"}, {"authority": "nobody"}, {"owner": "x' --"}])
def test_filter_that_names_nothing_known_narrows_nothing(counsel, query):
    case = an_old_case(counsel)

    assert references(reading(counsel).get(LIST, query)) == [case.reference]


@pytest.mark.parametrize("cursor", ["x", "e30", "WyI-Il0", "%00", "WzFd"])
def test_cursor_that_is_not_ours_is_not_found(counsel, cursor):
    assert reading(counsel).get(LIST, {"cursor": cursor}).status_code == 404


def test_second_page_keeps_the_filters(counsel):
    some_cases(51, counsel)
    reader = reading(counsel)

    first = reader.get(LIST, {"status": "open"})
    second = reader.get(LIST + first.context["next_url"])

    assert len(references(first)) == 50
    assert len(references(second)) == 1
    assert second.context["filters"]["status"].value() == "open"
    assert set(references(first)).isdisjoint(references(second))
    assert reader.get(LIST + second.context["previous_url"]).context["rows"] == first.context["rows"]


@pytest.mark.parametrize("number", [1, 3, 300])
def test_list_asks_the_same_number_of_queries(counsel, number, django_assert_num_queries):
    some_cases(number, counsel)
    reader = reading(counsel)
    reader.get("/en/account/")

    with django_assert_num_queries(QUERIES):
        reader.get(LIST)


# ---- As a file -------------------------------------------------------------------------------------------------------
def lines(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


def test_file_holds_the_filtered_list_of_the_reader(counsel, outsider):
    mine, _other = some_cases(2, counsel)
    an_old_case(outsider)

    found = lines(reading(counsel).get(LIST + "cases.csv", {"q": mine.reference}))

    assert found[0].startswith("Reference,Title in English,Title in Chinese,")
    assert [line.split(",")[0] for line in found[1:]] == [mine.reference]


def test_file_is_whole_beyond_one_page(counsel):
    cases = some_cases(203, counsel)

    found = lines(reading(counsel).get(LIST + "cases.csv"))

    assert {line.split(",")[0] for line in found[1:]} == {case.reference for case in cases}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_title_is_no_formula_in_a_spreadsheet(counsel, sign):
    an_old_case(counsel, title_en=f"{sign}HYPERLINK(1)")

    written = b"".join(reading(counsel).get(LIST + "cases.csv").streaming_content).decode("utf-8-sig")

    assert f"'{sign}HYPERLINK(1)" in written


def test_file_is_in_the_reader_s_language(counsel):
    an_old_case(counsel)

    answer = reading(counsel).get("/zh-hans/cases/cases.csv")

    assert "上海市互联网信息办公室" in lines(answer)[1]


def test_file_has_a_name_and_is_not_shown_in_the_browser(counsel):
    answer = reading(counsel).get(LIST + "cases.csv")

    assert answer["Content-Disposition"].startswith('attachment; filename="cases-20')
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_anonymous_gets_neither_list_nor_file(client):
    assert client.get(LIST).url == "/en/login/?next=/en/cases/"
    assert client.get(LIST + "cases.csv").url == "/en/login/?next=/en/cases/cases.csv"


def test_administrator_is_told_which_roles_may(administrator):
    answer = reading(administrator).get(LIST)

    assert answer.status_code == 403
    assert "It takes: Auditor, Counsel, Executive, Task-force member." in answer.text


def test_closed_case_shows_its_state_not_a_light(counsel):
    case = an_old_case(counsel)
    close_unknown(case=case, reason="The end is not public.", by=counsel, at=EARLIER + timedelta(days=1))

    assert 'class="st grey">' in main_of(reading(counsel).get(LIST))
