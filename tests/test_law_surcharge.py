"""The surcharge on a late fine: 3 % a day, capped, not counted during review; part payments in both readings."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.law.surcharge import Paid, Review, surcharge, surcharges

FINE = Decimal(100_000)
DUE = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("as_of", "days", "amount"),
    [
        (date(2026, 3, 10), 0, 0),  # the last day itself
        (date(2026, 3, 11), 1, 3_000),
        (date(2026, 3, 20), 10, 30_000),
        (date(2026, 4, 12), 33, 99_000),
        (date(2026, 4, 13), 34, 100_000),  # 102,000 would be more than the fine
        (date(2027, 1, 1), 34, 100_000),
    ],
)
def test_three_percent_a_day_and_never_more_than_the_fine(as_of, days, amount):
    found = surcharge(FINE, due_on=DUE, as_of=as_of)

    assert (found.days, found.amount, found.on_unpaid) == (days, amount, amount)
    assert found.capped_on == (date(2026, 4, 13) if amount == FINE else None)


def test_days_under_review_do_not_count():
    review = Review(date(2026, 3, 13), date(2026, 5, 12))

    found = surcharge(FINE, due_on=DUE, as_of=date(2026, 5, 14), reviews=[review])

    assert (found.days, found.amount) == (5, 15_000)  # 11, 12 March and 12, 13, 14 May


def test_review_that_still_stands_stops_it_for_good():
    found = surcharge(FINE, due_on=DUE, as_of=date(2027, 3, 1), reviews=[Review(date(2026, 3, 1), None)])

    assert (found.days, found.amount) == (0, 0)


def test_overlapping_reviews_are_left_out_once():
    reviews = [Review(date(2026, 3, 11), date(2026, 3, 15)), Review(date(2026, 3, 13), date(2026, 3, 17))]

    assert surcharge(FINE, due_on=DUE, as_of=date(2026, 3, 20), reviews=reviews).days == 4


def test_part_payment_is_shown_in_both_readings():
    found = surcharge(FINE, due_on=DUE, as_of=date(2026, 3, 14), paid=[Paid(date(2026, 3, 13), Decimal(60_000))])

    # 11 to 13 March on all of it; 14 March on all of it by the words, on 40,000 by the milder reading.
    assert (found.days, found.amount, found.on_unpaid) == (4, 12_000, 10_200)
    assert found.outstanding == 40_000


def test_paid_in_full_stops_it_with_that_day():
    paid = [Paid(date(2026, 3, 5), Decimal(30_000)), Paid(date(2026, 3, 14), Decimal(70_000))]

    found = surcharge(FINE, due_on=DUE, as_of=date(2026, 6, 1), paid=paid)

    # 11, 12, 13 March and the 14th, which was late too.
    assert (found.days, found.amount, found.outstanding) == (4, 12_000, 0)


def test_paid_a_day_late_costs_a_day():
    found = surcharge(FINE, due_on=DUE, as_of=date(2026, 6, 1), paid=[Paid(date(2026, 3, 11), FINE)])

    assert (found.days, found.amount) == (1, 3_000)


@pytest.mark.parametrize("late", [0, 1, 2, 10, 33, 34, 60])
def test_paid_today_it_is_what_it_was_said_to_be_today(late):
    today = DUE + timedelta(days=late)

    unpaid = surcharge(FINE, due_on=DUE, as_of=today)
    paid = surcharge(FINE, due_on=DUE, as_of=today, paid=[Paid(today, FINE)])

    assert (paid.days, paid.amount, paid.on_unpaid) == (unpaid.days, unpaid.amount, unpaid.on_unpaid)
    assert (paid.outstanding, unpaid.outstanding) == (0, FINE)


def test_paid_in_time_costs_nothing():
    assert surcharge(FINE, due_on=DUE, as_of=date(2026, 6, 1), paid=[Paid(DUE, FINE)]).amount == 0


@given(
    fine=st.decimals("0.01", 10**9, places=2),
    late=st.integers(0, 400),
    reviews=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3),
)
def test_it_never_exceeds_the_fine_nor_falls_as_days_pass(fine, late, reviews):
    stood = [Review(DUE + timedelta(days=a), DUE + timedelta(days=a + b)) for a, b in reviews]
    earlier, later = (
        surcharge(fine, due_on=DUE, as_of=DUE + timedelta(days=n), reviews=stood) for n in (late, late + 1)
    )

    assert 0 <= earlier.amount <= later.amount <= fine
    assert earlier.days <= late


def test_the_milder_reading_runs_on_to_its_own_cap():
    paid = [Paid(date(2026, 1, 2), Decimal(100_000))]

    found = surcharge(Decimal(200_000), due_on=date(2026, 1, 1), as_of=date(2026, 2, 28), paid=paid)

    assert (found.amount, found.days, found.capped_on) == (200_000, 34, date(2026, 2, 4))
    assert found.on_unpaid == 177_000


# ---- Late, given more time, and late again ---------------------------------------------------------------------------
def test_each_time_it_was_late_has_its_own_and_together_they_keep_to_the_fine():
    spells = [(DUE, date(2026, 4, 9)), (date(2026, 6, 30), date(2026, 12, 31))]

    first, second = surcharges(FINE, spells=spells)

    assert (first.days, first.amount, first.capped_on) == (30, 90_000, None)
    # Three days at 3,000, and of the fourth what was left to the cap.
    assert (second.days, second.amount, second.on_unpaid, second.capped_on) == (4, 10_000, 10_000, date(2026, 7, 4))


def test_what_was_capped_before_accrues_no_more():
    spells = [(DUE, date(2026, 5, 31)), (date(2026, 6, 30), date(2026, 12, 31))]

    first, second = surcharges(FINE, spells=spells)

    assert (first.amount, second.days, second.amount) == (100_000, 0, 0)
    assert first.capped_on == second.capped_on == date(2026, 4, 13)


def test_the_milder_reading_has_one_cap_over_all_too():
    paid = [Paid(date(2026, 1, 2), Decimal(50_000))]
    spells = [(date(2026, 1, 1), date(2026, 2, 20)), (date(2026, 3, 1), date(2026, 12, 31))]

    first, second = surcharges(FINE, spells=spells, paid=paid)

    assert (first.amount, first.on_unpaid) == (100_000, 76_500)
    assert (second.amount, second.on_unpaid) == (0, 23_500)


@given(
    fine=st.decimals("0.01", 10**6, places=2),
    lengths=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 40)), min_size=1, max_size=4),
)
def test_spells_add_up_to_one_as_long_as_they_all(fine, lengths):
    spells, day, late = [], DUE, 0
    for gap, length in lengths:
        start = day + timedelta(days=gap)
        day, late = start + timedelta(days=length), late + length
        spells.append((start, day))

    whole = surcharge(fine, due_on=DUE, as_of=DUE + timedelta(days=late))

    assert sum(each.amount for each in surcharges(fine, spells=spells)) == whole.amount <= fine
