"""Clocks of days and months: rolls, counts back, orders, extensions, suspensions, unpublished years, missing facts."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from cases.law.clocks import Ask, BadAsk, Bare, Due, Extension, Missing, Suspension, reckon
from cases.law.rulebook import OutOfRange, RuleNotInForce, UnknownName, book

SHANGHAI = ZoneInfo("Asia/Shanghai")


def due(rule, facts=None, **more) -> Due:
    found = reckon(Ask(rule, facts or {}, **more), book=book())
    assert isinstance(found, Due), found
    return found


def missing(rule, facts=None, **more) -> tuple[str, ...]:
    found = reckon(Ask(rule, facts or {}, **more), book=book())
    assert isinstance(found, Missing), found
    return found.facts


# ---- Rolls and counts ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("period", "trigger", "ends"),
    [
        (("CN-CD", 10, "day"), "2026-04-25", ("2026-05-05", "2026-05-06", "2026-04-30")),  # Labour Day, 1-5 May
        (("CN-CD", 14, "day"), "2026-04-25", ("2026-05-09", "2026-05-09", "2026-05-09")),  # a make-up Saturday
        (("CN-CD", 2, "week"), "2026-09-19", ("2026-10-03", "2026-10-08", "2026-09-30")),
        (("CN-M", 1, "month"), "2026-01-31", ("2026-02-28", "2026-02-28", "2026-02-28")),  # month-end, make-up Saturday
        (("CN-M", 1, "year"), "2024-02-29", ("2025-02-28", "2025-02-28", "2025-02-28")),
        (("CN-WD", 1, "working_day"), "2026-02-14", ("2026-02-24", "2026-02-24", "2026-02-24")),
        (
            ("CN-WD", 10, "working_day"),
            "2026-09-30",
            ("2026-10-20", "2026-10-20", "2026-10-20"),
        ),  # 8, 9, 10, 12-16, 19, 20
        (
            ("EU-D", 15, "day"),
            "2026-03-19",
            ("2026-04-03", "2026-04-07", "2026-04-01"),
        ),  # Maundy Thursday to Easter Monday
        (("UK", 14, "day"), "2026-12-12", ("2026-12-26", "2026-12-26", "2026-12-24")),  # no general roll
        (("HK-D", 7, "day"), "2026-04-04", ("2026-04-11", "2026-04-11", "2026-04-11")),  # a Saturday is a working day
        (
            ("HK-D", 6, "day"),
            "2026-04-01",
            ("2026-04-13", "2026-04-13", "2026-04-13"),
        ),  # short: 2, 8, 9, 10, 11, 13 April
        (("HK-D", 7, "day"), "2026-04-01", ("2026-04-08", "2026-04-08", "2026-04-08")),  # one more day is not short
        (("SG-CD", 3, "day"), "2026-06-26", ("2026-06-29", "2026-06-29", "2026-06-29")),
        (("SG-CD", 3, "day"), "2026-06-25", ("2026-06-28", "2026-06-28", "2026-06-27")),  # a Sunday, not rolled
    ],
)
def test_period_ends_nominally_rolled_and_safely(period, trigger, ends):
    found = due(Bare(*period), {"trigger": date.fromisoformat(trigger)})

    assert (str(found.nominal), str(found.due), str(found.safe_due)) == ends


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [("IE", "2026-10-27"), ("DE", "2026-10-26"), ("EU", "2026-10-26"), (None, "2026-10-26")],
)
def test_roll_follows_the_calendar_named(calendar, expected):
    assert str(due("EU-23", {"received_on": date(2026, 9, 26)}, calendar=calendar).due) == expected


def test_zone_is_not_a_calendar():
    found = due("EU-23", {"received_on": date(2026, 9, 26)}, zone="Europe/Dublin")

    assert (str(found.due), found.calendar_version) == ("2026-10-26", "EU@2026-11-25")


@pytest.mark.parametrize(
    ("bare", "trigger", "expected"),
    [
        (Bare("CN-WD", 7, "working_day", "back"), date(2026, 10, 12), "2026-09-24"),
        (
            Bare("CN-WD", 7, "working_day", "back"),
            date(2026, 2, 25),
            "2026-02-09",
        ),  # 24, 14, 13, 12, 11, 10, 9 February
        (Bare("CN-CD", 7, "day", "back"), date(2026, 10, 12), "2026-10-05"),  # a holiday, not rolled
        (Bare("CN-M", 1, "month", "back"), date(2026, 3, 31), "2026-02-28"),
    ],
)
def test_count_back_does_not_roll(bare, trigger, expected):
    found = due(bare, {"trigger": trigger})

    assert (str(found.due), found.nominal) == (expected, found.due)


# ---- The trigger's day -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 1, 20, 0, tzinfo=timezone(timedelta(hours=-5))),  # 2 March, 09:00 in Shanghai
        datetime(2026, 3, 1, 16, 0, tzinfo=UTC),  # midnight in Shanghai
        datetime(2026, 3, 2, 23, 59, 59, tzinfo=SHANGHAI),
    ],
)
def test_instant_is_turned_into_the_profiles_zone_before_its_day_is_taken(moment):
    assert str(due("CN-12", {"served_on": moment}, zone="America/New_York").nominal) == "2026-05-01"


def test_bare_time_of_day_is_read_in_the_zone_stated():
    assert (
        str(due("CN-12", {"served_on": datetime.fromisoformat("2026-03-01T20:00")}, zone="America/New_York").nominal)
        == "2026-05-01"
    )
    assert str(due("CN-12", {"served_on": datetime.fromisoformat("2026-03-01T20:00")}).nominal) == "2026-04-30"


def test_last_instant_is_the_end_of_the_day_in_the_profiles_zone():
    assert due("CN-12", {"served_on": date(2026, 3, 2)}).due_at == datetime(2026, 5, 7, 0, 0, tzinfo=SHANGHAI)


# ---- Unpublished years -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "facts", "years"),
    [
        ("CN-12", {"served_on": date(2026, 11, 1)}, ()),  # ends on 31 December
        ("CN-12", {"served_on": date(2026, 11, 2)}, (2027,)),  # ends on 1 January
        ("CN-05", {"told_on": date(2026, 12, 28)}, (2027,)),
        ("CN-06", {"hearing_on": date(2027, 1, 4)}, (2027,)),
        ("CN-18", {"served_on": date(2026, 7, 1)}, (2027,)),
        ("CN-18c", {"made_on": date(2026, 7, 1)}, (2027, 2028, 2029, 2030, 2031)),
    ],
)
def test_provisional_where_the_span_touches_an_unpublished_year(rule, facts, years):
    found = due(rule, facts)

    assert (found.provisional, found.provisional_years) == (bool(years), years)
    assert found.provisional_why == ("calendar_unpublished" if years else "")


def test_roll_alone_into_an_unpublished_year_is_provisional():
    invented = Bare("HK-D", 7, "day")

    found = due(invented, {"trigger": date(2026, 12, 20)})

    assert (str(found.nominal), found.provisional) == ("2026-12-27", False)
    assert due(Bare("EU-D", 11, "day"), {"trigger": date(2026, 12, 20)}).provisional_years == (2027,)


def test_working_target_is_the_earlier_date_while_provisional():
    provisional, firm = due("CN-18", {"served_on": date(2026, 8, 31)}), due("CN-17", {"received_on": date(2026, 9, 18)})

    assert (str(provisional.due), str(provisional.target)) == ("2027-03-01", "2027-02-26")
    assert firm.target == firm.due


# ---- Orders ----------------------------------------------------------------------------------------------------------
def test_ordered_date_never_rolls():
    found = due("CN-22", ordered=date(2026, 10, 3))

    assert (str(found.due), str(found.nominal), str(found.safe_due)) == ("2026-10-03", "2026-10-03", "2026-09-30")


def test_ordered_instant_stays_the_instant():
    at = datetime(2026, 10, 3, 17, 0, tzinfo=SHANGHAI)

    found = due("CN-22", ordered=at)

    assert (found.due, found.due_at, found.nominal) == (at, at, at)
    assert found.safe_due == datetime(2026, 9, 30, 17, 0, tzinfo=SHANGHAI)


def test_ordered_period_is_counted_and_rolled_by_its_own_profile():
    served = {"served_on": date(2026, 9, 18)}

    assert str(due("CN-22", served, period=Bare("CN-CD", 15, "day")).due) == "2026-10-08"
    assert str(due("CN-22", served, period=Bare("CN-WD", 15, "working_day")).due) == "2026-10-15"


def test_ordered_period_of_hours_runs_from_the_moment():
    served = {"served_on": datetime(2026, 10, 1, 9, 30, tzinfo=SHANGHAI)}

    assert due("CN-22", served, period=Bare("CN-H", 48, "hour")).due == datetime(2026, 10, 3, 9, 30, tzinfo=SHANGHAI)


def test_duty_has_no_date_until_an_order_fixes_one():
    assert missing("CN-23", {"found_on": date(2026, 3, 2)}) == ("ordered",)
    assert str(due("CN-23", {"found_on": date(2026, 3, 2)}, ordered=date(2026, 3, 5)).due) == "2026-03-05"


# ---- Extensions ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "facts", "extension", "expected"),
    [
        ("CN-16", {"accepted_on": date(2026, 3, 2)}, Extension(30, "day"), "2026-06-01"),  # 90 days, a Sunday, rolled
        ("EU-23", {"received_on": date(2026, 1, 31)}, Extension(2, "month"), "2026-04-30"),
        ("CN-08", {"served_on": date(2026, 9, 18)}, Extension(10, "day"), "2026-10-19"),  # from 8 Oct: 18th is Sunday
        ("CN-08", {"served_on": date(2026, 9, 18)}, Extension(until=date(2026, 12, 6)), "2026-12-06"),  # as granted
        ("CN-05", {"told_on": date(2026, 2, 11)}, Extension(3, "working_day"), "2026-02-28"),  # 26, 27, 28 (made up)
    ],
)
def test_extension(rule, facts, extension, expected):
    assert str(due(rule, facts, extensions=(extension,)).due) == expected


def test_extensions_follow_one_another():
    found = due("CN-22", ordered=date(2026, 3, 10), extensions=(Extension(10, "working_day"), Extension(5, "day")))

    assert str(found.due) == "2026-03-29"  # a Sunday: an ordered date does not roll, and no part of it


def test_extended_instant_keeps_its_time_of_day():
    at = datetime(2026, 3, 10, 17, 0, tzinfo=SHANGHAI)

    found = due("CN-22", ordered=at, extensions=(Extension(2, "day"), Extension(3, "hour")))

    assert found.due == datetime(2026, 3, 12, 20, 0, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("rule", "facts", "extension"),
    [
        ("CN-12", {"served_on": date(2026, 3, 2)}, Extension(until=date(2026, 3, 3))),
        ("CN-12", {"served_on": date(2026, 3, 2)}, Extension(3, "hour")),
        ("EU-22", {"aware_at": datetime(2026, 3, 2, tzinfo=UTC)}, Extension(3, "day")),
        ("CN-06", {"hearing_on": date(2026, 3, 2)}, Extension(3, "day")),
        ("CN-12", {"served_on": date(2026, 3, 2)}, Extension(0, "day")),
    ],
)
def test_extension_that_makes_no_sense_is_refused(rule, facts, extension):
    with pytest.raises(BadAsk):
        due(rule, facts, extensions=(extension,))


# ---- Suspensions -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "facts", "spans", "expected"),
    [
        ("CN-12", {"served_on": date(2026, 3, 2)}, [("2026-03-20", "2026-04-09")], "2026-05-21"),
        ("CN-12", {"served_on": date(2026, 3, 2)}, [("2026-03-20", "2026-03-20")], "2026-05-06"),  # stood for no day
        (
            "CN-12",
            {"served_on": date(2026, 3, 2)},
            [("2026-02-20", "2026-03-03")],
            "2026-05-06",
        ),  # over before it began
        ("CN-12", {"served_on": date(2026, 3, 2)}, [("2026-02-20", "2026-03-05")], "2026-05-06"),  # 3 May is a holiday
        ("CN-12", {"served_on": date(2026, 3, 2)}, [("2026-05-07", "2026-06-01")], "2026-05-06"),  # after the end
        (
            "CN-12",
            {"served_on": date(2026, 3, 2)},
            [("2026-03-20", "2026-04-01"), ("2026-03-25", "2026-04-09")],
            "2026-05-21",
        ),
        (
            "CN-12",
            {"served_on": date(2026, 3, 2)},
            [("2026-04-01", "2026-04-09"), ("2026-03-20", "2026-04-01")],
            "2026-05-21",
        ),
        ("CN-05", {"told_on": date(2026, 2, 11)}, [("2026-02-13", "2026-02-26")], "2026-03-02"),  # 12 | 26, 27, 28, 2
        ("CN-18", {"served_on": date(2026, 3, 2)}, [("2026-03-20", "2026-04-09")], "2026-09-22"),  # 2 Sept and 20 days
    ],
)
def test_suspension(rule, facts, spans, expected):
    stood = tuple(Suspension(*map(date.fromisoformat, span)) for span in spans)

    assert str(due(rule, facts, suspensions=stood).due) == expected


def test_suspension_without_an_end_leaves_the_date_unknown():
    served = {"served_on": date(2026, 3, 2)}

    assert missing("CN-12", served, suspensions=(Suspension(date(2026, 3, 20), None),)) == ("until",)
    assert str(due("CN-12", served, suspensions=(Suspension(date(2026, 6, 20), None),)).due) == "2026-05-06"


def test_suspension_moves_an_ordered_date_by_the_days_it_stood():
    stood = (Suspension(date(2026, 3, 5), date(2026, 3, 12)),)

    assert str(due("CN-22", ordered=date(2026, 3, 10), suspensions=stood).due) == "2026-03-17"


@pytest.mark.parametrize("rule", ["CN-12", "CN-18"])
def test_suspension_that_ends_before_it_starts_is_refused(rule):
    with pytest.raises(BadAsk):
        due(rule, {"served_on": date(2026, 3, 2)}, suspensions=(Suspension(date(2026, 3, 20), date(2026, 3, 19)),))


# ---- What is not known, and what is not so ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ask", "facts"),
    [
        (Ask("CN-12", {}), ("served_on",)),
        (Ask("CN-12", {"served_on": None}), ("served_on",)),
        (Ask("CN-22", {}), ("ordered",)),
        (Ask("CN-22", {}, period=Bare("CN-CD", 15, "day")), ("served_on",)),
        (Ask("CN-22", {"served_on": date(2026, 3, 2)}, period=Bare("", 15, "day")), ("profile",)),
        (Ask("EU-22", {"aware_at": date(2026, 3, 2)}, zone="Europe/Berlin"), ("hour",)),
        (Ask("EU-22", {"aware_at": datetime.fromisoformat("2026-03-02T09:00")}), ("zone",)),
        (Ask(Bare("CN-CD", 15, "day"), {}), ("trigger",)),
    ],
)
def test_missing_fact_is_named_and_nothing_guessed(ask, facts):
    assert reckon(ask, book=book()) == Missing(facts)


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (Ask("CN-27c", {"learnt_at": datetime(2025, 10, 31, 23, 59, tzinfo=SHANGHAI)}), RuleNotInForce),
        (Ask("CN-12", {"received_on": date(2026, 3, 2)}), UnknownName),
        (Ask("CN-12", {"served_on": date(2026, 3, 2)}, zone="Europe"), UnknownName),
        (Ask("CN-12", {"served_on": date(2026, 3, 2)}, calendar="PRC"), UnknownName),
        (Ask(Bare("CN-X", 5, "day"), {"trigger": date(2026, 3, 2)}), UnknownName),
        (Ask(Bare("CN-CD", 5, "fortnight"), {"trigger": date(2026, 3, 2)}), UnknownName),
        (Ask(Bare("CN-CD", 5, "hour"), {"trigger": date(2026, 3, 2)}), BadAsk),
        (Ask(Bare("CN-WD", 5, "day"), {"trigger": date(2026, 3, 2)}), BadAsk),
        (Ask(Bare("CN-CD", -5, "day"), {"trigger": date(2026, 3, 2)}), BadAsk),
        (Ask(Bare("CN-CD", True, "day"), {"trigger": date(2026, 3, 2)}), BadAsk),
        (Ask(Bare("CN-CD", 5, "day", "sideways"), {"trigger": date(2026, 3, 2)}), BadAsk),
        (Ask(Bare("CN-H", 5, "hour", "back"), {"trigger": datetime(2026, 3, 2, tzinfo=UTC)}), BadAsk),
        (Ask("CN-12", {"served_on": date(2026, 3, 2)}, ordered=date(2026, 3, 5)), BadAsk),
        (Ask("CN-22", {}, ordered=date(2026, 3, 5), period=Bare("CN-CD", 5, "day")), BadAsk),
        (Ask(Bare("CN-CD", 5, "day"), {"trigger": date.min}), OutOfRange),
        (Ask(Bare("CN-CD", 5, "day"), {"trigger": date.max}), OutOfRange),
        (Ask(Bare("CN-CD", 5, "day", "back"), {"trigger": date.min}), OutOfRange),
        (Ask(Bare("CN-CD", 1_000_000, "week"), {"trigger": date(2026, 3, 2)}), OutOfRange),
        (Ask(Bare("CN-CD", 1_000_000, "day", "back"), {"trigger": date(2026, 3, 2)}), OutOfRange),
        (Ask(Bare("CN-M", 1_000_000, "year"), {"trigger": date(2026, 3, 2)}), OutOfRange),
        (Ask(Bare("CN-M", 1_000_000, "year", "back"), {"trigger": date(2026, 3, 2)}), OutOfRange),
        (Ask(Bare("CN-WD", 1_000_000, "working_day"), {"trigger": date(2026, 3, 2)}), OutOfRange),
        (Ask(Bare("CN-H", 1_000_000, "hour"), {"trigger": datetime(9990, 1, 1, tzinfo=UTC)}), OutOfRange),
        (Ask("CN-22", {}, ordered=date.max), OutOfRange),
        (Ask("CN-22", {}, ordered=datetime.max.replace(tzinfo=timezone(timedelta(hours=-9)))), OutOfRange),
    ],
)
def test_wrong_ask_is_refused(ask, error):
    with pytest.raises(error):
        reckon(ask, book=book())
