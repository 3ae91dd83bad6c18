"""Exposure: matched rows of the rows present, gaps as gaps, unknown as unknown, advertisements counted apart."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actions.flagged import add_flagging_rule, confirm_flagged, dismiss_flagged, retire_flagging_rule
from cases.actions.hot_list import reflag
from cases.models import Case, FlaggedContent, FlaggingRule, Person
from tests.factories import NOW, a_case
from tests.hot_lists import SHANGHAI, import_rows, moment
from tracker.status.exposure import Depth, Gap, daily, drawn, hourly, surfaces

LIST = (
    ("08-01 23", 1, "甲某回应", "明星"),
    ("08-01 23", 2, "台风路径", "社会"),
    ("08-01 23", 11, "乙某代言", "明星", "true"),
    ("08-01 23", 12, "新车上市", "暂无", "true"),
    ("08-01 23", 21, "丙某回应", "明星"),
    ("08-01 23", 51, "丁某回应", "明星"),
    ("08-02 00", 1, "台风路径", "社会"),
    ("08-02 04", 1, "甲某回应", "明星"),
    ("08-04 00", 60, "甲某回应", "明星"),
)


@pytest.fixture
def case(counsel: Person) -> Case:
    found = a_case(by=counsel)
    add_flagging_rule(case=found, provision="O5-7-2", categories=["明星"], by=counsel, at=NOW)
    import_rows(*LIST, case=found, by=counsel)
    return found


def by_hour(case: Case, **span):
    return hourly(case, surface="榜", zone=SHANGHAI, **span)


def by_day(case: Case, **span):
    return daily(case, surface="榜", zone=SHANGHAI, **span)


def test_an_hour_counts_matched_of_present_at_each_depth(case):
    point = by_hour(case).points[0]

    assert (point.at, point.rows, point.advertisements) == (moment("08-01 23"), 6, 2)
    assert point.top10 == Depth(depth=10, matched=1, advertisements=0, present=2, unknown=0)
    assert point.top20 == Depth(depth=20, matched=2, advertisements=1, present=4, unknown=1)
    assert point.top50 == Depth(depth=50, matched=3, advertisements=1, present=5, unknown=1)
    assert (point.top50.share, point.top50.unknown_share) == (0.6, 0.2)


def test_an_hour_without_a_match_is_zero_and_an_hour_without_a_capture_is_a_gap(case):
    exposure = by_hour(case)

    assert [(point.at, point.top10.matched, point.top10.share) for point in exposure.points[1:3]] == [
        (moment("08-02 00"), 0, 0.0),
        (moment("08-02 04"), 1, 1.0),
    ]
    assert exposure.gaps == (
        Gap(moment("08-02 01"), moment("08-02 04")),
        Gap(moment("08-02 05"), moment("08-04 00")),
    )
    assert (exposure.hours, exposure.hours_missing) == (4, 3 + 43)


def test_a_depth_with_no_row_present_has_no_share(case):
    last = by_hour(case).points[-1]

    assert (last.at, last.top50.present, last.top50.share, last.top50.unknown_share) == (
        moment("08-04 00"),
        0,
        None,
        None,
    )


def test_a_day_is_of_the_zone_asked_for_and_says_how_many_hours_it_rests_on(case):
    exposure = by_day(case)

    shown = [(point.at, point.hours, point.top10.matched, point.top10.present) for point in exposure.points]
    assert shown == [
        (date(2025, 8, 1), 1, 1, 2),
        (date(2025, 8, 2), 2, 1, 2),
        (date(2025, 8, 4), 1, 0, 0),
    ]
    assert exposure.gaps == by_hour(case).gaps


def test_dismissed_content_leaves_and_confirmed_content_stays(case, counsel):
    found = {content.title: content for content in FlaggedContent.objects.all()}
    dismiss_flagged(flagged=found["甲某回应"], reason="An obituary", by=counsel, at=NOW)
    confirm_flagged(flagged=found["乙某代言"], by=counsel, at=NOW)

    point = by_hour(case).points[0]

    assert (point.top10.matched, point.top20.matched, point.top50.matched) == (0, 1, 2)
    assert (point.top10.present, point.top20.present) == (2, 4)


def test_content_that_no_rule_finds_any_more_leaves(case, counsel):
    retire_flagging_rule(rule=FlaggingRule.objects.get(), by=counsel, at=NOW)

    reflag(case=case, surface="榜", by=counsel, at=NOW)

    assert {point.top50.matched for point in by_hour(case).points} == {0}


def test_a_span_takes_its_start_and_leaves_its_end(case):
    exposure = by_hour(case, start=moment("08-02 00"), until=moment("08-04 00"))

    assert [point.at for point in exposure.points] == [moment("08-02 00"), moment("08-02 04")]
    assert exposure.gaps == (Gap(moment("08-02 01"), moment("08-02 04")),)


def test_another_surface_and_another_case_are_not_mixed_in(case, counsel):
    before = by_hour(case), by_day(case)
    import_rows(*LIST, case=case, by=counsel, surface="文娱榜")
    import_rows(*LIST, case=a_case(by=counsel), by=counsel)

    assert (by_hour(case), by_day(case)) == before
    assert surfaces(case) == ["文娱榜", "榜"]


def test_a_case_without_a_list_has_nothing_to_show(counsel):
    case = a_case(by=counsel)

    assert (by_day(case).points, by_day(case).gaps, by_hour(case).hours) == ((), (), 0)


def test_the_number_of_queries_is_the_same_for_one_hour_and_three_hundred(case, counsel):
    rows = [((moment("09-01 00") + timedelta(hours=n)).strftime("%m-%d %H"), 1, f"甲{n}") for n in range(300)]
    import_rows(*rows, case=case, by=counsel)

    for figure in (by_hour, by_day):
        for until in ("08-02 00", "09-30 00"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                figure(case, until=moment(until))
            assert len(queries) == 3


def test_the_chart_takes_the_same_figures_and_leaves_gaps_out(case):
    figure = drawn(by_day(case), uid="exposure", title="Share of the list")

    assert [(point.at.day, point.top10 and point.top10.value) for point in figure.points] == [
        (1, 0.5),
        (2, 0.5),
        (4, None),
    ]
    assert figure.step == timedelta(days=1)


def test_a_day_says_how_many_of_its_hours_were_captured(case):
    figure = drawn(by_day(case), uid="exposure", title="Share of the list")

    assert [(point.at.day, point.hours, point.whole, point.is_part) for point in figure.points] == [
        (1, 1, 24, True),
        (2, 2, 24, True),
        (4, 1, 24, True),
    ]


def test_a_day_on_which_the_clock_is_changed_has_another_length(counsel):
    case = a_case(by=counsel)
    import_rows(("03-30 12", 1, "甲"), ("10-26 12", 1, "甲"), case=case, by=counsel)

    points = daily(case, surface="榜", zone=ZoneInfo("Europe/Dublin")).points

    assert [point.whole for point in points] == [23, 25]


def test_an_hour_is_whole(case):
    assert {(point.hours, point.whole) for point in by_hour(case).points} == {(1, 1)}
