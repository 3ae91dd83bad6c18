"""The overview of one case: behind the wall, in both languages, its date with the working, its unknowns unknown."""

from datetime import date

import pytest

from cases.actions.case import raise_barrier
from cases.actions.drafts import MeasureDraft, RequirementDraft
from tests.rooms import EARLIER, an_old_case, an_old_notice, main_of, reading

ORDER = MeasureDraft(kind="order_to_correct", period_amount=15, period_unit="working_day", period_profile="CN-W")


def test_case_is_hidden_from_an_outsider(counsel, outsider):
    case = an_old_case(counsel)

    answer = reading(outsider).get(f"/en/cases/{case.reference}/")

    assert answer.status_code == 404
    assert "Hot-search" not in answer.text


def test_case_is_hidden_behind_a_barrier_whatever_the_access(counsel, member):
    case = an_old_case(counsel, member)
    raise_barrier(case=case, person=member, reason="a relative of the officer", by=counsel, at=EARLIER)

    assert reading(member).get(f"/en/cases/{case.reference}/").status_code == 404


def test_case_is_hidden_from_an_administrator_even_if_open_to_staff(counsel, administrator):
    case = an_old_case(counsel, is_open_to_staff=True)

    assert reading(administrator).get(f"/en/cases/{case.reference}/").status_code == 404


def test_anonymous_is_sent_to_sign_in(client, counsel):
    case = an_old_case(counsel)

    answer = client.get(f"/en/cases/{case.reference}/")

    assert answer.url == f"/en/login/?next=/en/cases/{case.reference}/"


def test_overview_without_a_notice_says_what_is_not_there(counsel):
    case = an_old_case(counsel)

    shown = main_of(reading(counsel).get(f"/en/cases/{case.reference}/"))

    assert "No notice is recorded in this case." in shown
    assert "No task force is formed yet." in shown
    assert "No task is open." in shown


def test_date_that_cannot_be_worked_out_says_what_is_missing(counsel):
    case = an_old_case(counsel)
    an_old_notice(case, counsel)

    shown = main_of(reading(counsel).get(f"/en/cases/{case.reference}/"))

    assert "Cannot be worked out: service date missing" in shown
    assert "Add the service date" in shown


def test_date_that_was_worked_out_shows_its_working(counsel):
    case = an_old_case(counsel)
    an_old_notice(case, counsel, kind="rectification_order", served_on=date(2025, 1, 3), measures=(ORDER,))

    shown = main_of(reading(counsel).get(f"/en/cases/{case.reference}/"))

    # 15 working days from 3 January 2025: 6–10, 13–17, 20–24 (26 January is a make-up day, not needed).
    assert '<time datetime="2025-01-24">Fri 24 Jan 2025</time>' in shown
    assert "How this date was worked out" in shown


def test_both_languages_of_the_title_are_shown_the_reader_s_first(counsel):
    case = an_old_case(counsel)

    english = main_of(reading(counsel).get(f"/en/cases/{case.reference}/"))
    chinese = main_of(reading(counsel).get(f"/zh-hans/cases/{case.reference}/"))

    assert '<h1>Hot-search list rectification <span class="alt" lang="zh-Hans">热搜榜整改</span></h1>' in english
    assert '<h1>热搜榜整改 <span class="alt" lang="en">Hot-search list rectification</span></h1>' in chinese


@pytest.mark.parametrize(
    ("role", "buttons"),
    [
        ("counsel", {"Post an update", "Add evidence", "Close the case"}),
        ("member", {"Post an update", "Add evidence"}),
        ("executive", set()),
        ("auditor", set()),
    ],
)
def test_buttons_are_those_of_the_role(role, buttons, counsel, request):
    person = request.getfixturevalue(role)
    case = an_old_case(counsel, *({person} - {counsel}))

    shown = main_of(reading(person).get(f"/en/cases/{case.reference}/"))

    assert {words for words in ("Post an update", "Add evidence", "Close the case") if words in shown} == buttons


def test_hostile_words_are_shown_as_words(counsel):
    case = an_old_case(counsel, title_en="<script>alert(1)</script>", allegation="<b>“quoted”</b>")

    shown = main_of(reading(counsel).get(f"/en/cases/{case.reference}/"))

    assert "<script>alert" not in shown
    assert "&lt;b&gt;“quoted”&lt;/b&gt;" in shown


def test_overview_asks_the_same_number_of_queries_for_more_rows(counsel, django_assert_num_queries):
    case = an_old_case(counsel)
    wanted = (RequirementDraft(title_en="One"),)
    an_old_notice(case, counsel, requirements=wanted)
    reader, path = reading(counsel), f"/en/cases/{case.reference}/"
    reader.get(path)
    with django_assert_num_queries(QUERIES):
        reader.get(path)

    an_old_notice(case, counsel, requirements=wanted * 3, number="2")
    an_old_notice(case, counsel, requirements=wanted * 3, number="3")

    with django_assert_num_queries(QUERIES):
        reader.get(path)


QUERIES = 41


# ---- Changing its facts ----------------------------------------------------------------------------------------------
def typed(case, **fields):
    return {"title_en": "New title", "protection_mark": "internal", "revision": case.revision} | fields


@pytest.mark.parametrize(
    ("fields", "words", "status"),
    [
        ({"title_en": " "}, "Give a title, in English or in Chinese.", 422),
        ({"conduct_from": "2025-01-05", "conduct_until": "2025-01-04"}, "cannot end before it began", 422),
        ({"lead_counsel": "nobody"}, "Select a valid choice.", 422),
        ({"revision": "0"}, "Somebody else has changed this since you opened it.", 409),
        ({"revision": ""}, "This field is required.", 422),
    ],
)
def test_change_that_cannot_be_is_said_and_nothing_changed(fields, words, status, counsel):
    case = an_old_case(counsel)

    answer = reading(counsel).post(f"/en/cases/{case.reference}/change/", typed(case, **fields))

    assert answer.status_code == status
    assert words in main_of(answer)
    case.refresh_from_db()
    assert case.title_en == "Hot-search list rectification"


def test_facts_are_changed_by_counsel_alone(counsel, member):
    case = an_old_case(counsel, member)
    url = f"/en/cases/{case.reference}/change/"

    assert reading(member).get(url).status_code == 403
    assert (
        reading(counsel).post(url, typed(case, lead_counsel=counsel.uid, announced_on="2025-01-03")).status_code == 302
    )

    case.refresh_from_db()
    assert (case.title_en, case.lead_counsel, case.announced_on) == ("New title", counsel, date(2025, 1, 3))
