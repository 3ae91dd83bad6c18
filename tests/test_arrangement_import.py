"""Importing an arrangement proposes exactly the open dates it moves; the date in force stays until counsel confirms."""

from datetime import date

import pytest

from cases import legislation
from cases.actions.deadline import override_deadline, waive_deadline
from cases.actions.reckoning import ask_law, ledgers_of
from cases.law.rulebook import book
from cases.models import Case, Cause, Deadline, DeadlineVersion, LogEntry, Person, VersionStatus
from tests.arrangements import BEFORE, EARLIER, LATE, LATER, STAYS, VERSION, an_irish_authority, an_order, imported
from tests.factories import NOW, a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel, lead_counsel=counsel)


def proposals() -> "dict[Deadline, tuple[date, date]]":
    found = DeadlineVersion.objects.filter(status=VersionStatus.PROPOSED).select_related("deadline__current")
    return {each.deadline: (each.deadline.current.due_on, each.due_on) for each in found}


def test_what_spans_the_spring_festival_is_proposed_later(case: Case, counsel: Person) -> None:
    order = an_order(case, counsel, LATE)
    assert (order.current.due_on, order.current.provisional) == (date(2027, 2, 11), True)

    done = imported(counsel)

    # 30 January is worked; 9 to 12 February, till now working days, are off.
    assert proposals()[order] == (date(2027, 2, 11), date(2027, 2, 16))
    assert done.tally.moved == len(proposals())


def test_what_ends_before_the_year_or_passes_no_changed_day_is_not_proposed(case: Case, counsel: Person) -> None:
    before = an_order(case, counsel, BEFORE)
    across = an_order(case, counsel, STAYS)

    imported(counsel)

    assert not {before, across} & proposals().keys()


def test_a_date_that_stays_is_no_longer_provisional_at_once(case: Case, counsel: Person) -> None:
    order = an_order(case, counsel, STAYS)
    assert (order.due_on, order.current.provisional) == (date(2027, 1, 12), True)

    imported(counsel)

    order = Deadline.objects.select_related("current").get(pk=order.pk)
    assert (order.due_on, order.current.provisional) == (date(2027, 1, 12), False)
    assert (order.current.calendar_version, order.current.cause) == (VERSION, Cause.CALENDAR)


def test_the_date_in_force_stays_and_the_earlier_of_the_two_leads(case: Case, counsel: Person) -> None:
    later, earlier = an_order(case, counsel, LATE), an_order(case, counsel, EARLIER)
    held = [later.current, earlier.current]

    imported(counsel)

    assert proposals()[earlier] == (date(2027, 2, 9), date(2027, 2, 4))
    rows = Deadline.objects.filter(pk__in=[later.pk, earlier.pk]).order_by("pk").select_related("current")
    assert [row.current for row in rows] == held
    assert [row.due_on for row in rows] == [date(2027, 2, 11), date(2027, 2, 4)]


def test_an_ended_deadline_and_one_of_another_calendar_are_left(case: Case, counsel: Person) -> None:
    ended = an_order(case, counsel, LATE)
    waive_deadline(deadline=ended, reason="withdrawn by the authority", by=counsel, at=NOW)
    irish = a_case(by=counsel, lead_authority=an_irish_authority())
    other = an_order(irish, counsel, LATE, authority=an_irish_authority())

    imported(counsel)

    assert not {ended, other} & proposals().keys()
    assert other.calendar == "IE"
    assert DeadlineVersion.objects.filter(deadline__in=[ended, other]).count() == 2


def test_a_date_set_by_hand_is_never_proposed_another(case: Case, counsel: Person) -> None:
    order = an_order(case, counsel, LATE)
    override_deadline(deadline=order, due_on=date(2027, 2, 10), reason="agreed by telephone", by=counsel, at=NOW)

    imported(counsel)

    order = Deadline.objects.select_related("current").get(pk=order.pk)
    assert order not in proposals()
    assert (order.current.due_on, order.current.safe_due_on) == (date(2027, 2, 10), date(2027, 2, 4))


def test_the_proposals_are_those_a_count_of_every_open_date_finds(case: Case, counsel: Person) -> None:
    for days in (BEFORE, STAYS, EARLIER, LATE, 130, 200):
        an_order(case, counsel, days)
    expected = set()
    done_law = book()

    imported(counsel)

    law = legislation.in_force()
    assert law is not done_law
    for deadline in Deadline.objects.running().filter(due_on__isnull=False).select_related("current", "event"):
        answers = [ask_law(deadline, ledgers=ledgers_of(deadline), law=each).found for each in (done_law, law)]
        dates = [(each.due, each.nominal, each.safe_due) for each in answers]
        if dates[0] != dates[1]:
            expected.add(deadline)
    assert expected == proposals().keys()
    assert len(expected) > 3


def test_new_dates_count_by_it_from_then_on(case: Case, counsel: Person) -> None:
    imported(counsel)

    order = an_order(case, counsel, LATE, at=LATER)

    assert (order.due_on, order.current.provisional) == (date(2027, 2, 16), False)
    assert order.current.calendar_version == VERSION


def test_one_log_entry_tells_how_many_it_moved_and_settled(case: Case, counsel: Person) -> None:
    an_order(case, counsel, LATE)
    before = LogEntry.objects.count()

    done = imported(counsel)

    entry = LogEntry.objects.get(verb="import_arrangement")
    assert LogEntry.objects.count() == before + 1
    assert (entry.facts["moved"], entry.facts["settled"]) == (done.tally.moved, done.tally.settled)
    assert (entry.facts["version"], entry.object_uid) == (VERSION, done.arrangement.uid)
