"""Whom a word reaches: rungs, leave, stand-ins, people who have left, quiet hours."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker import ladder
from tracker.ladder import Addressee, Standing

SHANGHAI = ZoneInfo("Asia/Shanghai")
DUBLIN = ZoneInfo("Europe/Dublin")
SEATS = {"owner": ["wang"], "deputy": ["li"], "lead": ["zhao"], "executive": ["chen"]}
ALL_IN = {uid: Standing() for uid in ("wang", "li", "zhao", "chen", "sun")}


@pytest.mark.parametrize(
    ("role", "standings", "expected"),
    [
        ("owner", {}, Addressee("wang", "owner")),
        ("owner", {"wang": Standing(has_left=True)}, Addressee("li", "deputy")),
        ("owner", {"wang": Standing(on_leave=True)}, Addressee("li", "deputy")),
        ("owner", {"wang": Standing(on_leave=True, stand_in="sun")}, Addressee("sun", "owner", ("wang",))),
        ("owner", {"wang": Standing(has_left=True, stand_in="sun")}, Addressee("sun", "owner", ("wang",))),
        ("lead_counsel", {}, Addressee("chen", "executive")),
        ("executive", {"chen": Standing(has_left=True)}, Addressee("zhao", "lead")),
        (
            "owner",
            {"wang": Standing(on_leave=True, stand_in="sun"), "sun": Standing(on_leave=True, stand_in="chen")},
            Addressee("chen", "owner", ("wang", "sun")),
        ),
        (
            "owner",
            {"wang": Standing(on_leave=True, stand_in="sun"), "sun": Standing(on_leave=True, stand_in="wang")},
            Addressee("li", "deputy"),
        ),
    ],
)
def test_who(role, standings, expected):
    assert ladder.who(role, seats=SEATS, people=ALL_IN | standings) == expected


def test_whoever_was_told_is_passed_over():
    assert ladder.who("owner", seats=SEATS, people=ALL_IN, told={"wang", "li"}).uid == "zhao"


def test_stand_in_who_was_told_already_is_passed_over():
    people = ALL_IN | {"wang": Standing(on_leave=True, stand_in="li")}

    assert ladder.who("owner", seats=SEATS, people=people, told={"li"}).uid == "zhao"


def test_everybody_on_leave_is_better_than_nobody():
    people = {uid: Standing(on_leave=True) for uid in ALL_IN} | {"wang": Standing(has_left=True)}

    assert ladder.who("owner", seats=SEATS, people=people) == Addressee("li", "deputy")


def test_nobody_only_when_all_have_left_or_are_unknown():
    assert ladder.who("owner", seats=SEATS, people={"wang": Standing(has_left=True)}) is None


uids = st.sampled_from("abcdef")
standings = st.builds(Standing, st.booleans(), st.booleans(), st.none() | uids)


@given(
    st.dictionaries(st.sampled_from(ladder.ROLES), st.lists(uids, max_size=3)),
    st.dictionaries(uids, standings),
    st.sets(uids),
    st.sampled_from(ladder.ROLES),
)
def test_a_word_never_dies_while_somebody_can_read_it(seats, people, told, role):
    found = ladder.who(role, seats=seats, people=people, told=told)

    able = {uid for holders in seats.values() for uid in holders if uid in people and not people[uid].has_left} - told
    assert found is not None or not able
    assert found is None or (found.uid not in told and not people[found.uid].has_left)


@given(st.dictionaries(st.sampled_from(ladder.ROLES), st.lists(uids, max_size=3)), st.dictionaries(uids, standings))
def test_climbing_to_the_end_tells_each_person_once(seats, people):
    told = []
    while found := ladder.who("owner", seats=seats, people=people, told=told):
        told.append(found.uid)

    assert len(told) == len(set(told))


# -- quiet hours -----------------------------------------------------------------------------------------------


def delayed(at, *, zone=SHANGHAI, quiet=("22:00", "08:00"), latest="2030-01-01T00:00"):
    quiet_from, quiet_until = (each and time.fromisoformat(each) for each in quiet)
    found = ladder.delay(
        datetime.fromisoformat(at).replace(tzinfo=zone),
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        zone=zone,
        latest=datetime.fromisoformat(latest).replace(tzinfo=zone),
    )
    return found.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-09-24T23:00", "2026-09-25T08:00"),
        ("2026-09-25T03:00", "2026-09-25T08:00"),
        ("2026-09-24T22:00", "2026-09-25T08:00"),
        ("2026-09-25T08:00", "2026-09-25T08:00"),
        ("2026-09-24T21:59", "2026-09-24T21:59"),
    ],
)
def test_word_in_quiet_hours_waits_for_their_end(at, until):
    assert delayed(at) == until


def test_quiet_hours_within_one_day():
    assert delayed("2026-09-24T13:00", quiet=("12:00", "14:00")) == "2026-09-24T14:00"
    assert delayed("2026-09-24T23:00", quiet=("12:00", "14:00")) == "2026-09-24T23:00"


def test_word_that_would_come_too_late_goes_at_once():
    assert delayed("2026-09-24T23:00", latest="2026-09-25T07:59") == "2026-09-24T23:00"
    assert delayed("2026-09-24T23:00", latest="2026-09-25T08:00") == "2026-09-25T08:00"


@pytest.mark.parametrize("quiet", [(None, None), ("22:00", None), ("08:00", "08:00")])
def test_no_quiet_hours(quiet):
    assert delayed("2026-09-24T23:00", quiet=quiet) == "2026-09-24T23:00"


def test_quiet_until_a_time_the_clocks_skip_ends_when_they_have_skipped_it():
    # Dublin, 29 March 2026: 01:00 becomes 02:00.
    found = ladder.delay(
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
        quiet_from=time(22), quiet_until=time(1, 30), zone=DUBLIN, latest=datetime(2027, 1, 1, tzinfo=UTC),
    )  # fmt: skip

    assert found == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    st.times(), st.times(), st.timedeltas(timedelta(), timedelta(days=2)),
    st.sampled_from([SHANGHAI, DUBLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]),
)  # fmt: skip
def test_delay_never_goes_back_nor_past_the_latest(at, quiet_from, quiet_until, slack, zone):
    found = ladder.delay(at, quiet_from=quiet_from, quiet_until=quiet_until, zone=zone, latest=at + slack)

    assert at <= found <= at + slack
    assert found - at <= timedelta(hours=25)
