"""Charts: what they show of gaps, edges and hostile words, and that a strict content policy lets them through."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.utils import translation
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tracker import charts
from tracker.charts import weeks
from tracker.charts.pen import width_of
from tracker.figures import (
    BurnUp,
    Day,
    Exposure,
    ExposurePoint,
    Gantt,
    GanttRow,
    Mark,
    Ribbon,
    Share,
    Span,
    WorkingCalendar,
)

FIRST, TODAY, DUE = date(2025, 9, 11), date(2025, 9, 24), date(2025, 10, 9)
HOSTILE = '</title><script>alert("x")</script>&\'<img src=x onerror=1>'
SVG = "{http://www.w3.org/2000/svg}"


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=i) for i in range(count)]


def burn_up(count: int = 14, words: str = "Tasks closed") -> BurnUp:
    closed = [(on, i) for i, on in enumerate(days(FIRST, count))]
    return BurnUp(
        uid="bu",
        title=words,
        first=FIRST,
        due=DUE,
        today=TODAY,
        closed=closed,
        scope=[(FIRST, 18), (date(2025, 9, 17), 24)] if count else [],
        plan=[(FIRST, 0.0), (DUE, 24.0)] if count else [],
        forecast=date(2025, 9, 30),
        holidays=[Span(date(2025, 10, 1), date(2025, 10, 8), words)],
        description=words,
    )


def gantt(count: int = 3, words: str = "Report") -> Gantt:
    rows = [GanttRow(words, FIRST, DUE, "blue", words, 0.5) for _ in range(count)]
    return Gantt("ga", words, date(2025, 9, 8), date(2025, 11, 14), TODAY, rows, [Span(date(2025, 10, 1), DUE)])


def ribbon(count: int = 28, words: str = "Report") -> Ribbon:
    run = [Day(on, "off" if on.weekday() > 4 else "working") for on in days(date(2025, 9, 22), count)]
    marks = [Mark(day.on, words, "amber") for day in run[::3]]
    return Ribbon("rb", words, run, TODAY, marks)


def working_calendar(count: int = 29, words: str = "Counting") -> WorkingCalendar:
    run = [
        Day(on, "holiday" if on.month == 10 else "working", count=i or None, is_start=i == 0, is_end=i == count - 1)
        for i, on in enumerate(days(FIRST, count))
    ]
    return WorkingCalendar("wc", words, run, TODAY)


def exposure(count: int = 10, words: str = "Exposure") -> Exposure:
    points = [
        ExposurePoint(on, Share(i % 10, 10), Share(i % 20, 20), Share(i % 50, 50))
        for i, on in enumerate(days(FIRST, count))
    ]
    return Exposure("ex", words, points, description=words)


MAKERS: dict[str, tuple[Callable[..., object], Callable[..., str], Callable[..., object]]] = {
    "burn_up": (burn_up, charts.burn_up, charts.burn_up_rows),
    "gantt": (gantt, charts.gantt, charts.gantt_rows),
    "ribbon": (ribbon, charts.ribbon, charts.ribbon_rows),
    "working_calendar": (working_calendar, charts.working_calendar, charts.working_calendar_rows),
    "exposure": (exposure, charts.exposure, charts.exposure_rows),
}
EVERY = pytest.mark.parametrize("name", MAKERS)


def drawn(name: str, *args: object) -> ElementTree.Element:
    """The drawing parsed as XML, so that a stray bracket is an error and not a matter of luck."""
    make, draw, _rows = MAKERS[name]
    markup = draw(make(*args)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    return ElementTree.fromstring(f"<div>{markup}</div>")


def words_of(tree: ElementTree.Element) -> list[str]:
    return [node.text or "" for node in tree.iter(f"{SVG}text")]


@EVERY
@pytest.mark.parametrize("count", [0, 1, 2, 200])
def test_chart_of_any_length_is_well_formed_and_within_its_paper(name: str, count: int) -> None:
    tree = drawn(name, count)

    for svg in tree.iter(f"{SVG}svg"):
        width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
        for rect in svg.iter(f"{SVG}rect"):
            assert -1 <= float(rect.attrib["x"]) <= width
            assert float(rect.attrib["x"]) + float(rect.attrib["width"]) <= width + 1
            assert float(rect.attrib["y"]) + float(rect.attrib["height"]) <= height + 1


@EVERY
def test_chart_carries_nothing_a_strict_policy_blocks(name: str) -> None:
    allowed = {"svg", "title", "desc", "defs", "pattern", "g", "path", "rect", "text", "tspan", "circle", "div"}

    for node in drawn(name).iter():
        assert node.tag.removeprefix(SVG) in allowed
        assert not {key for key in node.attrib if key == "style" or key.startswith("on")}


@EVERY
def test_chart_escapes_hostile_words(name: str) -> None:
    make, draw, _rows = MAKERS[name]

    assert "<script" not in draw(make(5, HOSTILE))
    assert "<img" not in draw(make(5, HOSTILE))
    assert HOSTILE in {node.text for node in drawn(name, 5, HOSTILE).iter(f"{SVG}title")}


@EVERY
def test_chart_is_named_for_screen_readers_by_ids_of_its_own(name: str) -> None:
    tree = drawn(name)

    ids = [node.attrib["id"] for node in tree.iter() if "id" in node.attrib]
    named = [part for svg in tree.iter(f"{SVG}svg") for part in svg.attrib["aria-labelledby"].split()]
    assert len(ids) == len(set(ids))
    assert set(named) <= set(ids)
    assert all(svg.attrib["role"] == "img" for svg in tree.iter(f"{SVG}svg"))


@EVERY
def test_chart_refuses_a_uid_unfit_for_an_id(name: str) -> None:
    make, draw, _rows = MAKERS[name]

    with pytest.raises(ValueError, match="not fit for an id"):
        draw(replace(make(3), uid='x"><script>'))


@EVERY
def test_hatching_is_defined_wherever_it_is_used(name: str) -> None:
    for svg in drawn(name).iter(f"{SVG}svg"):
        used = {rect.attrib["fill"] for rect in svg.iter(f"{SVG}rect") if "fill" in rect.attrib}
        assert used <= {f"url(#{pattern.attrib['id']})" for pattern in svg.iter(f"{SVG}pattern")}


def test_burn_up_unreported_day_is_a_gap_and_not_a_nought() -> None:
    figure = burn_up(3)
    figure = replace(figure, closed=[(FIRST, 2), (date(2025, 9, 12), None), (date(2025, 9, 13), 5)])

    rows = charts.burn_up_rows(figure).rows

    assert charts.burn_up(figure).count('class="done"') == 4  # two pieces, drawn wide and narrow
    assert [row[1] for row in rows] == ["2", "not reported", "5"]


def test_burn_up_says_the_last_count_that_was_reported() -> None:
    figure = replace(burn_up(0), closed=[(FIRST, 2), (TODAY, None), (DUE, 24)], scope=[(FIRST, 24)])

    assert "2 closed" in words_of(drawn_of(charts.burn_up(figure)))


def test_burn_up_without_any_report_says_so() -> None:
    assert "Nothing reported yet" in words_of(drawn("burn_up", 0))


def test_burn_up_after_the_due_day_keeps_today_on_the_paper() -> None:
    late = replace(burn_up(14), today=date(2025, 12, 1))

    tree = drawn_of(charts.burn_up(late))

    lefts = [float(node.attrib["cx"]) for node in tree.iter(f"{SVG}circle") if node.attrib.get("class") == "todayf"]
    assert all(left <= 520 for left in lefts)
    assert "Today" in words_of(tree)


def test_gantt_row_without_dates_has_no_bar_and_keeps_its_note() -> None:
    row = GanttRow("Statement and defence", None, None, "grey", "service date missing")
    figure = replace(gantt(0), rows=[row])

    markup = charts.gantt(figure)

    assert 'class="track"' not in markup
    assert "service date missing" in markup
    assert charts.gantt_rows(figure).rows == [
        ("Statement and defence", "not known", "not known", "service date missing"),
    ]


def test_gantt_line_of_a_row_without_dates_ends_before_a_long_note() -> None:
    note = "missing: service date, the time limit ordered"
    figure = replace(gantt(0), rows=[GanttRow("Correct", None, None, "amber", note)])

    wide = next(drawn_of(charts.gantt(figure)).iter(f"{SVG}svg"))

    ends = [
        float(path.attrib["d"].rpartition("H")[2]) for path in wide.iter(f"{SVG}path") if path.get("class") == "unknown"
    ]
    assert ends
    assert ends[0] <= float(wide.attrib["width"]) - width_of(note)


def test_gantt_shares_beyond_the_whole_stay_within_the_bar() -> None:
    figure = replace(gantt(0), rows=[GanttRow("Done twice", FIRST, DUE, "green", "", 2.0)])

    svg = next(drawn_of(charts.gantt(figure)).iter(f"{SVG}svg"))

    widths = {
        r.attrib["class"]: r.attrib["width"] for r in svg.iter(f"{SVG}rect") if r.attrib.get("class") in {"f", "track"}
    }
    assert widths["f"] == widths["track"]


def test_ribbon_prints_rest_and_make_up_days() -> None:
    run = [Day(date(2025, 9, 28), "makeup"), Day(date(2025, 9, 29)), Day(date(2025, 10, 1), "holiday")]
    markup = charts.ribbon(Ribbon("rb", "Days", run, TODAY))

    words = words_of(drawn_of(markup))

    assert words.count("班") == words.count("休") == 2  # wide and narrow
    assert markup.count("url(#rb-w-hatch)") == 1


def test_ribbon_day_with_several_marks_shows_the_worst_and_how_many_more() -> None:
    figure = ribbon(14)
    figure = replace(
        figure, marks=[Mark(TODAY, "Calm", "green"), Mark(TODAY, "Late", "red"), Mark(TODAY, "Soon", "amber")]
    )

    assert "Late +2" in words_of(drawn_of(charts.ribbon(figure)))
    assert len(charts.ribbon_rows(figure).rows) == 3


def test_ribbon_mark_outside_the_days_is_in_the_table_only() -> None:
    figure = replace(ribbon(7), marks=[Mark(date(2026, 1, 1), "Far away", "red")])

    assert "Far away" not in charts.ribbon(figure)
    assert charts.ribbon_rows(figure).rows == [("Thu 1 Jan 2026", "Far away")]


marks = st.lists(
    st.builds(
        Mark,
        on=st.dates(date(2025, 9, 22), date(2025, 10, 19)),
        label=st.text(alphabet="abc 约谈通知", min_size=1, max_size=40),
        tone=st.sampled_from(["red", "amber", "grey"]),
    ),
    max_size=40,
)


@given(marks=marks)
def test_ribbon_label_never_lies_under_another_label_or_stem(marks: list[Mark]) -> None:
    figure = replace(ribbon(28), marks=marks)

    flags = weeks._levelled(weeks._flags(figure, 648, 648 / 28), 648)

    for flag in flags:
        left, right = flag.span
        assert not flag.words or (left >= -12 and right <= 648 + 12)
        for other in flags:
            if other is not flag and flag.words and left < other.x < right:
                assert other.level < flag.level
            if other is not flag and flag.words and other.words and other.level == flag.level:
                assert other.span[1] <= left or other.span[0] >= right


def test_working_calendar_numbers_the_counted_days_and_marks_both_ends() -> None:
    words = words_of(drawn("working_calendar", 5))

    assert [words.count(str(number)) for number in (0, 1, 2, 3, 4)] == [1, 1, 1, 1, 1]
    assert charts.working_calendar(working_calendar(5)).count("dueday") == 1


def test_working_calendar_of_half_a_year_says_how_many_weeks_it_leaves_out() -> None:
    markup = charts.working_calendar(working_calendar(182))

    assert "⋯ 15 weeks between ⋯" in markup
    assert "dueday" in markup
    assert len(charts.working_calendar_rows(working_calendar(182)).rows) == 182


def test_working_calendar_unpublished_day_is_marked_as_unknown() -> None:
    figure = WorkingCalendar("wc", "Next year", [Day(date(2027, 1, 4), "unknown", count=1)])

    assert "?" in words_of(drawn_of(charts.working_calendar(figure)))
    assert charts.working_calendar_rows(figure).rows == [("Mon 4 Jan 2027", "calendar not published", "1")]


@pytest.mark.parametrize(("done", "total", "width"), [(0, 0, "0.0"), (0, 5, "0.0"), (3, 4, "75.0"), (9, 4, "100.0")])
def test_meter_is_never_broken_or_full_by_accident(done: int, total: int, width: str) -> None:
    assert f'width="{width}"' in charts.meter(done, total)


def test_meter_of_nothing_says_none_yet() -> None:
    assert 'aria-label="none yet"' in charts.meter(0, 0)
    assert 'aria-label="3 of 4"' in charts.meter(3, 4)


def hours(*present: int) -> Exposure:
    start = datetime(2025, 8, 9, tzinfo=UTC)
    points = [ExposurePoint(start + timedelta(hours=h), Share(1, 10), Share(0, 20), Share(5, 50)) for h in present]
    return Exposure("ex", "Hours", points, timedelta(hours=1))


def test_exposure_missing_hours_are_hatched_and_break_the_lines() -> None:
    markup = charts.exposure(hours(0, 1, 5, 6))

    rows = charts.exposure_rows(hours(0, 1, 5, 6)).rows

    assert markup.count("url(#ex-w-hatch)") == 1
    assert markup.count('class="ln d10"') == 4  # two pieces, wide and narrow
    assert [row[1] for row in rows][1:4] == ["1 of 10 rows (10.0 %)", "not captured", "not captured"]
    assert len(rows) == 7


def test_exposure_nought_of_some_is_a_point_and_none_of_none_is_a_gap() -> None:
    points = [
        ExposurePoint(date(2025, 8, 9), Share(0, 10), Share(0, 20), Share(0, 50)),
        ExposurePoint(date(2025, 8, 10), Share(0, 0), None, Share(0, 0)),
    ]
    figure = Exposure("ex", "Days", points)

    rows = charts.exposure_rows(figure).rows

    assert rows[0][1:] == ("0 of 10 rows (0.0 %)", "0 of 20 rows (0.0 %)", "0 of 50 rows (0.0 %)")
    assert rows[1][1:] == ("not captured",) * 3
    assert charts.exposure(figure).count('class="dot d10"') == 2  # a point alone is a dot, wide and narrow


def test_exposure_of_nothing_says_so() -> None:
    assert "Nothing captured yet" in words_of(drawn("exposure", 0))


def test_exposure_out_of_order_points_read_in_order() -> None:
    figure = hours(6, 0, 5, 1)

    assert charts.exposure(figure) == charts.exposure(hours(0, 1, 5, 6))


def test_chart_speaks_the_active_language() -> None:
    with translation.override("zh-hans"):
        rows = charts.gantt_rows(gantt(1)).rows

    assert rows[0][1] == "2025年9月11日 周四"


def drawn_of(markup: str) -> ElementTree.Element:
    named = markup.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    return ElementTree.fromstring(f"<div>{named}</div>")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "captured 17 of 24 h"), ("zh-hans", "已采集 17/24 小时"), ("zh-hant", "已採集 17/24 小時")],
)
def test_exposure_of_a_day_captured_in_part_is_outlined_and_says_how_far(language: str, words: str) -> None:
    share = Share(1, 10)
    days = [
        ExposurePoint(date(2025, 8, 8), share, hours=24, whole=24),
        ExposurePoint(date(2025, 8, 9), share, hours=17, whole=24),
    ]
    with override(language):
        markup = charts.exposure(Exposure("ex", "Days", days))
        rows = charts.exposure_rows(Exposure("ex", "Days", days)).rows

    assert markup.count('class="part"') == 2  # wide and narrow
    assert [words in row[0] for row in rows] == [False, True]
    assert words in markup


def test_exposure_by_the_hour_outlines_nothing() -> None:
    point = ExposurePoint(datetime(2025, 8, 9, tzinfo=UTC), Share(1, 10), hours=1, whole=1)

    assert 'class="part"' not in charts.exposure(Exposure("ex", "Hours", [point], timedelta(hours=1)))
