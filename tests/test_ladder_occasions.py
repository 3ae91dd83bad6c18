"""When a word is due: steps before a deadline in the authority's calendar, hour clocks, days after, outages."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import ladder

SHANGHAI = ZoneInfo("Asia/Shanghai")
DUBLIN = ZoneInfo("Europe/Dublin")

# State Council notice for 2026: 1-7 October off, 20 September and 10 October worked.
OFF = {date(2026, 9, day) for day in (25, 26, 27)} | {date(2026, 10, day) for day in range(1, 8)}
WORKED = {date(2026, 9, 20), date(2026, 10, 10)}


def is_working(day):
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def moment(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def days(due="2026-10-13T00:00", started="2026-08-01T12:00", **more):
    return ladder.Clock(moment(due), moment(started), SHANGHAI, is_working, **more)


def hours(due="2026-10-02T12:00", started="2026-10-01T12:00", zone=SHANGHAI, **more):
    more = {"steps": ladder.STEPS["hours"], "is_hour_clock": True} | more
    return ladder.Clock(moment(due, zone), moment(started, zone), zone, is_working, **more)


def shown(found, zone=SHANGHAI):
    return [(each.step, each.at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")) for each in found]


def test_steps_count_working_days_through_a_holiday_and_make_up_days():
    # Due Monday 12 October at 24:00; 10 October is a Saturday that is worked, 1-7 October are off.
    assert shown(ladder.occasions(days())) == [
        ("10wd", "2026-09-21T09:00"),
        ("5wd", "2026-09-29T09:00"),
        ("3wd", "2026-10-08T09:00"),
        ("1wd", "2026-10-10T09:00"),
        ("morning", "2026-10-12T09:00"),
    ]


def test_ordered_date_on_a_rest_day_counts_back_from_it():
    found = shown(ladder.occasions(days(due="2026-10-05T00:00")))

    assert found[-2:] == [("1wd", "2026-09-30T09:00"), ("morning", "2026-10-04T09:00")]


def test_code_carries_the_due_date_so_an_extension_arms_again():
    before = {each.code for each in ladder.occasions(days())}
    after = {each.code for each in ladder.occasions(days(due="2026-10-15T00:00"))}

    assert "5wd@2026-10-12" in before
    assert not before & after


def test_deadline_learnt_late_is_spoken_of_at_once_by_its_nearest_step():
    found = ladder.occasions(days(started="2026-10-08T15:00"))

    assert shown(found) == [("3wd", "2026-10-08T15:00"), ("1wd", "2026-10-10T09:00"), ("morning", "2026-10-12T09:00")]


def test_deadline_learnt_on_its_last_afternoon_is_still_spoken_of():
    assert shown(ladder.occasions(days(started="2026-10-12T15:00"))) == [("morning", "2026-10-12T15:00")]


def test_deadline_learnt_after_it_passed_is_only_overdue():
    clock = days(started="2026-10-20T15:00")
    word = ladder.nearest(clock, said=(), now=moment("2026-10-20T15:01"))

    assert ladder.occasions(clock) == ()
    assert word.occasion.code == "overdue:2026-10-20@2026-10-12"


def test_morning_of_leaves_time_when_the_deadline_comes_before_the_office_opens():
    clock = days(due="2026-10-12T08:00")

    assert shown(ladder.occasions(clock))[-1] == ("morning", "2026-10-12T06:00")


def test_hour_clock_at_half_a_quarter_and_a_tenth_of_the_time_left():
    assert shown(ladder.occasions(hours())) == [
        ("half", "2026-10-02T00:00"),
        ("quarter", "2026-10-02T06:00"),
        ("tenth", "2026-10-02T09:36"),
    ]


def test_hour_clock_over_the_night_the_clocks_go_back_counts_elapsed_time():
    # Dublin, 25 October 2026: 24 wall-clock hours are 25 real ones.
    clock = hours("2026-10-25T12:00", "2026-10-24T12:00", DUBLIN)

    assert [each.at for each in ladder.occasions(clock)] == [
        datetime(2026, 10, 24, 23, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 5, 45, tzinfo=UTC),
        datetime(2026, 10, 25, 9, 30, tzinfo=UTC),
    ]


def test_duty_goes_by_its_target():
    assert [each.step for each in ladder.occasions(days(steps=ladder.STEPS["duty"]))] == ["1wd", "morning"]


def test_steps_are_data():
    steps = (ladder.Step("2wd", 2, "working_day"), ladder.Step("third", Fraction(1, 3), "left"))
    clock = days(due="2026-10-13T00:00", started="2026-10-10T00:00", steps=steps)

    assert shown(ladder.occasions(clock)) == [("2wd", "2026-10-10T00:00"), ("third", "2026-10-12T00:00")]


def test_unknown_unit_raises():
    with pytest.raises(ladder.UnknownUnit):
        ladder.occasions(days(steps=(ladder.Step("x", 1, "fortnight"),)))


def test_overdue_goes_on_every_morning_without_end():
    found = list(islice(ladder.overdue(days()), 400))

    assert shown(found[:2]) == [("overdue", "2026-10-13T09:00"), ("overdue", "2026-10-14T09:00")]
    assert shown(found[-1:]) == [("overdue", "2027-11-16T09:00")]
    assert len({each.code for each in found}) == 400


def test_overdue_hour_clock_speaks_at_the_due_instant_then_each_morning():
    assert shown(islice(ladder.overdue(hours()), 3)) == [
        ("overdue", "2026-10-02T12:00"), ("overdue", "2026-10-03T09:00"), ("overdue", "2026-10-04T09:00"),
    ]  # fmt: skip


def test_outage_over_a_weekend_leaves_one_word_late_for_all_it_missed():
    now = moment("2026-10-12T10:30")

    word = ladder.nearest(days(), said={"10wd@2026-10-12"}, now=now)

    assert word.occasion.step == "morning"
    assert word.late_by == timedelta(minutes=90)
    assert word.missed == ("5wd@2026-10-12", "3wd@2026-10-12", "1wd@2026-10-12")


def test_outage_past_the_deadline_says_overdue_once():
    now = moment("2026-10-16T08:00")

    word = ladder.nearest(days(), said=(), now=now)

    assert word.occasion.code == "overdue:2026-10-15@2026-10-12"
    assert word.late_by == timedelta(hours=23)
    assert ladder.nearest(days(), said={word.occasion.code}, now=now) is None


def test_nothing_is_due_before_the_first_step():
    assert ladder.nearest(days(), said=(), now=moment("2026-08-02T00:00")) is None
    assert ladder.next_word_at(days(), said=(), now=moment("2026-08-02T00:00")) == moment("2026-09-21T09:00")


def test_next_word_is_at_once_while_one_is_due_and_then_the_next():
    now = moment("2026-10-08T09:00")

    assert ladder.next_word_at(days(), said=(), now=now) == now
    assert ladder.next_word_at(days(), said={"3wd@2026-10-12"}, now=now) == moment("2026-10-10T09:00")


def test_quiet_hours_may_push_a_word_by_a_quarter_of_the_time_left_at_most():
    [*_, before, morning] = ladder.occasions(days())
    [first, *_] = ladder.occasions(hours())

    assert ladder.latest_for(days(), morning) == morning.at + timedelta(hours=3, minutes=45)
    assert ladder.latest_for(days(), before) == before.at + timedelta(hours=15, minutes=45)
    assert ladder.latest_for(hours(), first) == first.at + timedelta(hours=3)
    late = next(ladder.overdue(hours()))
    assert ladder.latest_for(hours(), late) == late.at


# -- properties ------------------------------------------------------------------------------------------------

clocks = st.builds(
    lambda start, length, is_hour, zone: ladder.Clock(
        start + length,
        start,
        zone,
        lambda day: day.weekday() < 5,
        ladder.STEPS["hours" if is_hour else "days"],
        time(9),
        is_hour,
    ),
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
    st.booleans(),
    st.sampled_from([SHANGHAI, DUBLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]),
)


@given(clocks)
def test_occasions_are_in_order_after_the_start_and_before_the_due_instant(clock):
    found = ladder.occasions(clock)

    assert [each.at for each in found] == sorted(each.at for each in found)
    assert all(clock.started_at <= each.at < clock.due_at for each in found)
    assert len({each.code for each in found}) == len(found)


@given(clocks)
def test_every_deadline_gets_a_word_before_or_at_its_morning(clock):
    assert ladder.occasions(clock)


@given(clocks, st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=9)), min_size=1, max_size=12))
def test_nothing_is_lost_over_any_pattern_of_outages(clock, gaps):
    """Sweeps at arbitrary times: after each, every passed occasion was said or is spoken for by a later word."""
    said, spoken_for, now = [], set(), clock.started_at
    for gap in gaps:
        now += gap
        word = ladder.nearest(clock, said=said, now=now)
        if word is not None:
            said.append(word.occasion.code)
            spoken_for |= {word.occasion.code, *word.missed}
            assert word.late_by >= timedelta()
        assert ladder.nearest(clock, said=said, now=now) is None
        passed = {each.code for each in ladder.occasions(clock) if each.at <= now}
        assert passed <= spoken_for
        assert ladder.next_word_at(clock, said=said, now=now) > now
    assert len(said) == len(set(said))


@given(clocks, st.integers(1, 12))
def test_sweeping_whenever_told_to_says_every_occasion_in_time(clock, extra):
    said, now = [], clock.started_at
    expected = [each.code for each in (*ladder.occasions(clock), *islice(ladder.overdue(clock), extra))]
    while len(said) < len(expected):
        now = ladder.next_word_at(clock, said=said, now=now)
        word = ladder.nearest(clock, said=said, now=now)
        said += [*word.missed, word.occasion.code]
        assert word.late_by == timedelta()

    assert said == expected
