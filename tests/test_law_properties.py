"""What must hold for any date: against a day-by-day count that shares no code with the engine."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.law.clocks import Ask, Bare, Due, Suspension, reckon
from cases.law.rulebook import book
from tests.test_law_trace import recount

DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
DATED = ["CN-CD", "CN-M", "EU-D", "EU-M", "HK-D", "SG-D", "IN-D", "AU-D"]
UNITS = st.sampled_from(["day", "week", "month", "year"])
AMOUNTS = st.integers(1, 120)
quickly = settings(deadline=None, max_examples=300)


def due(rule, day, fact="trigger", **more) -> Due:
    found = reckon(Ask(rule, {fact: day}, **more), book=book())
    assert isinstance(found, Due)
    return found


def calendar_of(profile):
    return book().calendar(book().profile(profile).calendar)


@quickly
@given(profile=st.sampled_from(DATED), day=DAYS, amount=AMOUNTS.filter(lambda n: n <= 60), unit=UNITS)
def test_rolled_date_is_never_a_rest_day_and_safe_date_never_late(profile, day, amount, unit):
    found, calendar = due(Bare(profile, amount, unit), day), calendar_of(profile)

    assert calendar.is_working(found.due)
    assert calendar.is_working(found.safe_due)
    assert found.safe_due <= found.nominal <= found.due
    assert not any(
        calendar.is_working(found.nominal + timedelta(days=i)) for i in range((found.due - found.nominal).days)
    )


@pytest.mark.parametrize("amount", [1, 2, 3, 5, 7, 10, 20])
@pytest.mark.parametrize("profile", ["CN-WD", "EU-WD", "US"])
def test_working_days_equal_the_naive_count_from_every_day(profile, amount):
    calendar, day = calendar_of(profile), date(2023, 1, 1)

    while day <= date(2026, 12, 31):
        naive, left = day, amount
        while left:
            naive += timedelta(days=1)
            left -= calendar.is_working(naive)
        assert due(Bare(profile, amount, "working_day"), day).due == naive
        day += timedelta(days=1)


@pytest.mark.parametrize("amount", [1, 7, 15])
def test_working_days_back_equal_the_naive_count_from_every_day(amount):
    calendar, day = calendar_of("CN-WD"), date(2023, 3, 1)

    while day <= date(2026, 12, 31):
        naive, left = day, amount
        while left:
            naive -= timedelta(days=1)
            left -= calendar.is_working(naive)
        assert due(Bare("CN-WD", amount, "working_day", "back"), day).due == naive
        day += timedelta(days=1)


RULES = st.sampled_from(
    [("CN-05", "told_on"), ("CN-08", "served_on"), ("CN-12", "served_on"), ("CN-17", "received_on"),
     ("CN-18", "served_on"), ("CN-16", "accepted_on"), ("EU-23", "received_on"), ("CN-06", "hearing_on")]
)  # fmt: skip


@quickly
@given(rule=RULES, day=st.dates(date(2024, 1, 1), date(2026, 12, 31)), later=st.integers(0, 400))
def test_later_trigger_never_gives_an_earlier_date(rule, day, later):
    name, fact = rule

    assert due(name, day, fact).due <= due(name, day + timedelta(days=later), fact).due


@quickly
@given(profile=st.sampled_from(DATED), day=DAYS, amount=AMOUNTS.filter(lambda n: n <= 60), unit=UNITS)
def test_recounted_trace_gives_the_due_date(profile, day, amount, unit):
    found = due(Bare(profile, amount, unit), day)

    assert recount(found.as_json()["trace"]) == found.due.isoformat()


@quickly
@given(
    unit=st.sampled_from([("CN-CD", "day"), ("CN-WD", "working_day"), ("CN-M", "month")]),
    day=DAYS,
    amount=st.integers(1, 40),
    spans=st.lists(st.tuples(st.integers(-10, 90), st.integers(0, 40)), max_size=4),
)
def test_suspended_days_equal_the_naive_count(unit, day, amount, spans):
    stood = tuple(
        Suspension(start := day + timedelta(days=after), start + timedelta(days=length)) for after, length in spans
    )

    found = due(Bare(unit[0], amount, unit[1]), day, suspensions=stood)

    assert recount(found.as_json()["trace"]) == found.due.isoformat()
    if unit[1] != "month":
        assert found.nominal == naive_suspended(day, amount, unit[1], stood)


def naive_suspended(day, amount, unit, stood):
    """Walks day by day, passing over what is suspended and, for working days, what is not worked."""
    calendar = calendar_of("CN-WD")
    while amount:
        day += timedelta(days=1)
        if any(s.start <= day < s.until for s in stood):
            continue
        amount -= calendar.is_working(day) if unit == "working_day" else 1
    return day


@quickly
@given(day=DAYS, amount=st.integers(1, 400))
def test_a_suspension_never_brings_a_date_forward(day, amount):
    stood = (Suspension(day + timedelta(days=3), day + timedelta(days=9)),)
    plain = due(Bare("CN-CD", amount, "day"), day)

    assert due(Bare("CN-CD", amount, "day"), day, suspensions=stood).due >= plain.due


@quickly
@given(day=DAYS, amount=st.integers(1, 500))
def test_provisional_exactly_where_an_unpublished_year_is_touched(day, amount):
    found = due(Bare("CN-CD", amount, "day"), day)

    first = min(day, found.safe_due).year
    assert found.provisional_years == tuple(
        year for year in range(first, found.due.year + 1) if year not in {2023, 2024, 2025, 2026}
    )
