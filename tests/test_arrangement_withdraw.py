"""An arrangement imported by mistake goes: unconfirmed, all is as before; confirmed, the way back is proposed."""

from datetime import date

import pytest

from cases import legislation
from cases.actions.arrangement import (
    ArrangementRestedOn,
    ArrangementWithdrawn,
    confirm_proposals,
    import_arrangement,
    withdraw_arrangement,
)
from cases.actions.deadline import set_internal_deadline, waive_deadline
from cases.law.rulebook import book
from cases.models import Arrangement, Case, Deadline, DeadlineVersion, LogEntry, Person, VersionStatus
from tests.arrangements import EARLIER, INVENTED, LATE, LATER, STAYS, an_order, facts_of, imported
from tests.factories import NOW, a_case
from tests.watching import swept
from tracker.models import Watch

pytestmark = pytest.mark.django_db
WHY = "That was the draft, not the notice."


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel, lead_counsel=counsel)


@pytest.fixture
def orders(case: Case, counsel: Person) -> list[Deadline]:
    return [an_order(case, counsel, days) for days in (STAYS, EARLIER, LATE)]


def watches() -> list[tuple[object, ...]]:
    return list(Watch.objects.order_by("pk").values_list("pk", "version", "next_word_at", "next_occasion"))


def test_unconfirmed_all_is_as_before(orders: list[Deadline], counsel: Person) -> None:
    every = list(Deadline.objects.all())
    swept(NOW)
    before, watched = facts_of(*every), watches()
    done = imported(counsel, at=LATER)
    swept(LATER)
    assert facts_of(*every) != before
    assert watches() != watched

    withdraw_arrangement(arrangement=done.arrangement, reason=WHY, by=counsel, at=LATER)
    swept(LATER)

    assert facts_of(*every) == before
    assert watches() == watched
    assert legislation.in_force() is book()
    assert not DeadlineVersion.objects.filter(status=VersionStatus.PROPOSED).exists()


@pytest.mark.parametrize("first", [0, 1])
def test_two_withdrawn_in_either_order_leave_all_as_before(orders: list[Deadline], counsel: Person, first: int) -> None:
    every = list(Deadline.objects.all())
    before = facts_of(*every)
    longer = INVENTED.replace('"2027-invented"', '"2027-longer"').replace("to = 2027-02-12", "to = 2027-02-14")
    both = [imported(counsel, at=LATER).arrangement, imported(counsel, longer, at=LATER).arrangement]

    for arrangement in (both[first], both[1 - first]):
        withdraw_arrangement(arrangement=arrangement, reason=WHY, by=counsel, at=LATER)
        for gone in Arrangement.objects.filter(state="withdrawn"):
            assert not gone.versions.filter(status=VersionStatus.PROPOSED).exists()

    assert facts_of(*every) == before
    assert not DeadlineVersion.objects.filter(status=VersionStatus.PROPOSED).exists()


def test_what_was_confirmed_gets_a_proposal_back(orders: list[Deadline], counsel: Person) -> None:
    done = imported(counsel, at=LATER)
    confirm_proposals(arrangement=done.arrangement, among=Deadline.objects.all(), by=counsel, at=LATER)

    withdraw_arrangement(arrangement=done.arrangement, reason=WHY, by=counsel, at=LATER)

    late = Deadline.objects.select_related("current").get(pk=orders[2].pk)
    proposal = late.versions.get(status=VersionStatus.PROPOSED)
    assert (late.current.due_on, proposal.due_on, late.due_on) == (
        date(2027, 2, 16), date(2027, 2, 11), date(2027, 2, 11),
    )  # fmt: skip
    assert (proposal.provisional, proposal.calendar_version) == (True, "CN@2025-11-04")


def test_the_way_back_is_confirmed_like_the_way_there(orders: list[Deadline], counsel: Person) -> None:
    done = imported(counsel, at=LATER)
    everything = Deadline.objects.all()
    confirm_proposals(arrangement=done.arrangement, among=everything, by=counsel, at=LATER)
    withdraw_arrangement(arrangement=done.arrangement, reason=WHY, by=counsel, at=LATER)

    confirm_proposals(arrangement=done.arrangement, among=everything, by=counsel, at=LATER)

    assert Deadline.objects.get(pk=orders[2].pk).due_on == date(2027, 2, 11)


def test_a_date_first_counted_under_it_gets_a_proposal(case: Case, counsel: Person) -> None:
    done = imported(counsel, at=LATER)
    order = an_order(case, counsel, LATE, at=LATER)
    assert order.due_on == date(2027, 2, 16)

    withdraw_arrangement(arrangement=done.arrangement, reason=WHY, by=counsel, at=LATER)

    assert order.versions.get(status=VersionStatus.PROPOSED).due_on == date(2027, 2, 11)


def test_what_ended_meanwhile_is_left(orders: list[Deadline], counsel: Person) -> None:
    done = imported(counsel, at=LATER)
    waive_deadline(deadline=orders[0], reason="no longer binds us", by=counsel, at=LATER)
    ended = facts_of(orders[0])

    withdraw_arrangement(arrangement=done.arrangement, reason=WHY, by=counsel, at=LATER)

    assert facts_of(orders[0]) == ended


def test_it_is_withdrawn_once_with_one_log_entry(orders: list[Deadline], counsel: Person) -> None:
    done = imported(counsel, at=LATER)
    before = LogEntry.objects.count()

    withdraw_arrangement(arrangement=done.arrangement, reason=WHY, by=counsel, at=LATER)

    entry = LogEntry.objects.get(verb="withdraw_arrangement")
    assert (entry.reason, entry.case, LogEntry.objects.count()) == (WHY, None, before + 1)
    with pytest.raises(ArrangementWithdrawn):
        withdraw_arrangement(arrangement=done.arrangement, reason=WHY, by=counsel, at=LATER)


def test_withdrawn_it_may_be_imported_again(orders: list[Deadline], counsel: Person) -> None:
    first = imported(counsel, at=LATER)
    withdraw_arrangement(arrangement=first.arrangement, reason=WHY, by=counsel, at=LATER)

    again = imported(counsel, at=LATER)

    assert again.tally == first.tally
    assert orders[2].versions.get(status=VersionStatus.PROPOSED).arrangement == again.arrangement


def test_one_that_a_later_one_rests_on_stays(orders: list[Deadline], counsel: Person) -> None:
    named = INVENTED + '\n[names.jubilee]\nen = "Jubilee"\nzh = "庆典"\nzh_hant = "慶典"\n'
    first = imported(counsel, text=named, at=LATER)
    rests = named.split("[years.2027]")[0].replace("2027-invented", "2028") + (
        '[years.2028]\nsource = "虚构通知"\noff = [{ from = 2028-03-06, name = "jubilee" }]\n'
    )
    import_arrangement(text=rests, file_name="2028.toml", by=counsel, at=LATER)

    with pytest.raises(ArrangementRestedOn, match="jubilee"):
        withdraw_arrangement(arrangement=first.arrangement, reason=WHY, by=counsel, at=LATER)
    assert legislation.in_force().calendar("CN").is_published(2027)


def test_an_internal_date_keeps_its_day_there_and_back(case: Case, counsel: Person) -> None:
    internal = set_internal_deadline(case=case, title_en="Plan", due_on=date(2027, 2, 10), by=counsel, at=NOW)
    before = facts_of(internal)
    done = imported(counsel, at=LATER)
    assert Deadline.objects.get(pk=internal.pk).due_on == date(2027, 2, 10)

    withdraw_arrangement(arrangement=done.arrangement, reason=WHY, by=counsel, at=LATER)

    assert facts_of(internal) == before
