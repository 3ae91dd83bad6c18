"""Decision 12: an ordered date never rolls, and no extension of it does; an ordered period and its extension roll."""

from datetime import date

import pytest

from cases.law.clocks import Ask, Bare, Due, Extension, reckon
from cases.law.rulebook import book

DAY, WORKING = "day", "working_day"
SERVED = {"served_on": date(2026, 3, 2)}


def worked_out(ask: Ask) -> tuple[str, str, str]:
    """Due, nominal and safe date."""
    found = reckon(ask, book=book())
    assert isinstance(found, Due)
    return found.due.isoformat(), found.nominal.isoformat(), found.safe_due.isoformat()


@pytest.mark.parametrize(
    ("ordered", "extensions", "due", "safe"),
    [
        (date(2026, 3, 10), [Extension(3, DAY)], "2026-03-13", "2026-03-13"),  # a Friday
        (date(2026, 3, 10), [Extension(4, DAY)], "2026-03-14", "2026-03-13"),  # a Saturday
        (date(2026, 3, 10), [Extension(5, DAY)], "2026-03-15", "2026-03-13"),  # a Sunday
        (date(2026, 9, 28), [Extension(5, DAY)], "2026-10-03", "2026-09-30"),  # within the National Day holidays
        (date(2026, 10, 5), [Extension(5, DAY)], "2026-10-10", "2026-10-10"),  # a Saturday that is worked
        (date(2026, 3, 14), [Extension(1, DAY)], "2026-03-15", "2026-03-13"),  # itself a Saturday
        (date(2026, 3, 10), [Extension(1, "week"), Extension(5, DAY)], "2026-03-22", "2026-03-20"),
        (date(2026, 1, 31), [Extension(1, "month")], "2026-02-28", "2026-02-28"),  # a Saturday that is worked
        (date(2026, 3, 15), [Extension(1, WORKING)], "2026-03-16", "2026-03-16"),
        (date(2026, 3, 10), [Extension(5, DAY), Extension(1, WORKING)], "2026-03-16", "2026-03-16"),
        (date(2026, 3, 10), [Extension(until=date(2026, 3, 15))], "2026-03-15", "2026-03-13"),
        (date(2026, 3, 10), [Extension(until=date(2026, 3, 14)), Extension(1, DAY)], "2026-03-15", "2026-03-13"),
    ],
)
def test_the_extension_of_an_ordered_date_ends_where_its_count_ends(
    ordered: date, extensions: list[Extension], due: str, safe: str
) -> None:
    ask = Ask("CN-22", SERVED, ordered=ordered, extensions=tuple(extensions))

    assert worked_out(ask) == (due, due, safe)


@pytest.mark.parametrize(
    ("amount", "more", "expected"),
    [
        (10, 2, ("2026-03-16", "2026-03-14", "2026-03-13")),  # 12 March, and two days are a Saturday
        (12, 2, ("2026-03-18", "2026-03-18", "2026-03-18")),  # a Saturday, rolled to the 16th, and on from there
    ],
)
def test_an_ordered_period_rolls_and_so_does_its_extension(
    amount: int, more: int, expected: tuple[str, str, str]
) -> None:
    ask = Ask("CN-22", SERVED, period=Bare("CN-CD", amount, DAY), extensions=(Extension(more, DAY),))

    assert worked_out(ask) == expected
