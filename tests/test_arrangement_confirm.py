"""Counsel confirms the dates an arrangement moves, each or all; until then the watch runs on the earlier one."""

from datetime import UTC, date, datetime

import pytest

from cases.actions.arrangement import confirm_proposals, import_arrangement, reject_proposals
from cases.actions.deadline import NothingToConfirm, confirm_version
from cases.models import Arrangement, Case, Deadline, DeadlineVersion, LogEntry, Person, VersionStatus
from cases.permissions import visible_to
from tests.arrangements import EARLIER, INVENTED, LATE, LATER, VERSION, an_order, imported
from tests.factories import NOW, a_case
from tests.watching import swept
from tracker.models import Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel, lead_counsel=counsel)


@pytest.fixture
def orders(case: Case, counsel: Person) -> list[Deadline]:
    """The one falls later, the other earlier."""
    return [an_order(case, counsel, LATE), an_order(case, counsel, EARLIER)]


def now_of(deadline: Deadline) -> Deadline:
    return Deadline.objects.select_related("current").get(pk=deadline.pk)


def watched(deadline: Deadline) -> tuple[date | None, datetime | None]:
    """The date of the version the watch has seen, and when it speaks next."""
    watch = Watch.objects.select_related("version").get(deadline=deadline)
    return watch.version.due_on if watch.version else None, watch.next_word_at


def nine(day: date) -> datetime:
    """09:00 in Shanghai."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def known_to(person: Person):
    return visible_to(Deadline.objects.all(), person, at=LATER)


def test_the_watch_runs_on_the_earlier_date_until_it_is_confirmed(orders: list[Deadline], counsel: Person) -> None:
    later, earlier = orders
    swept(NOW)
    assert watched(earlier)[0] == date(2027, 2, 9)

    imported(counsel, at=LATER)
    swept(LATER)

    assert [watched(each)[0] for each in (later, earlier)] == [date(2027, 2, 11), date(2027, 2, 4)]
    # Ten working days before 4 February, 30 January being worked.
    assert watched(earlier)[1] == nine(date(2027, 1, 22))


def test_once_confirmed_the_new_date_leads_and_reminders_are_armed_anew(
    orders: list[Deadline], counsel: Person
) -> None:
    later, _earlier = orders
    imported(counsel, at=LATER)
    swept(LATER)

    confirm_version(deadline=later, by=counsel, at=LATER)
    assert now_of(later).rearm
    swept(LATER)

    assert now_of(later).due_on == date(2027, 2, 16)
    assert watched(later) == (date(2027, 2, 16), nine(date(2027, 1, 26)))


def test_all_are_confirmed_at_once_each_in_the_log_of_its_case(orders: list[Deadline], counsel: Person) -> None:
    done = imported(counsel, at=LATER)
    before = LogEntry.objects.count()

    count = confirm_proposals(arrangement=done.arrangement, among=known_to(counsel), by=counsel, at=LATER)

    assert count == done.tally.moved
    assert [now_of(each).due_on for each in orders] == [date(2027, 2, 16), date(2027, 2, 4)]
    assert {now_of(each).current.confirmed_by for each in orders} == {counsel}
    assert not DeadlineVersion.objects.filter(status=VersionStatus.PROPOSED).exists()
    assert LogEntry.objects.filter(verb="confirm_version", case=orders[0].case).count() == count
    assert LogEntry.objects.count() == before + count + 1
    entry = LogEntry.objects.get(verb="confirm_version", object_uid=orders[0].uid)
    assert (entry.facts["from"], entry.facts["to"]) == ("2027-02-11", "2027-02-16")


def test_the_superseded_version_is_kept(orders: list[Deadline], counsel: Person) -> None:
    done = imported(counsel, at=LATER)

    confirm_proposals(arrangement=done.arrangement, among=known_to(counsel), by=counsel, at=LATER)

    versions = orders[0].versions.order_by("number").values_list("status", "due_on", "calendar_version")
    assert list(versions) == [
        (VersionStatus.SUPERSEDED, date(2027, 2, 11), "CN@2025-11-04"),
        (VersionStatus.IN_FORCE, date(2027, 2, 16), VERSION),
    ]


def test_all_means_those_the_person_may_know_of(orders: list[Deadline], counsel: Person, outsider: Person) -> None:
    theirs = an_order(a_case(by=outsider, lead_counsel=outsider), outsider, LATE)
    done = imported(counsel, at=LATER)

    confirm_proposals(arrangement=done.arrangement, among=known_to(outsider), by=outsider, at=LATER)

    assert now_of(theirs).due_on == date(2027, 2, 16)
    assert now_of(orders[0]).versions.filter(status=VersionStatus.PROPOSED).exists()


def test_rejected_the_dates_in_force_stay_with_the_reason(orders: list[Deadline], counsel: Person) -> None:
    done = imported(counsel, at=LATER)

    reject_proposals(
        arrangement=done.arrangement, among=known_to(counsel), reason="The authority said 9 February.",
        by=counsel, at=LATER,
    )  # fmt: skip

    assert [now_of(each).due_on for each in orders] == [date(2027, 2, 11), date(2027, 2, 9)]
    assert LogEntry.objects.filter(verb="withdraw_proposal", reason__contains="9 February").count() == done.tally.moved


def test_nothing_left_to_confirm_is_said(orders: list[Deadline], counsel: Person) -> None:
    done = imported(counsel, at=LATER)
    asked = {"arrangement": done.arrangement, "among": known_to(counsel), "by": counsel, "at": LATER}
    confirm_proposals(**asked)

    with pytest.raises(NothingToConfirm):
        confirm_proposals(**asked)


def test_a_correction_takes_the_place_of_what_the_first_proposed(orders: list[Deadline], counsel: Person) -> None:
    imported(counsel, at=LATER)
    corrected = INVENTED.replace("2027-invented", "2027-corrected").replace("2027-02-12", "2027-02-11")

    import_arrangement(text=corrected, file_name="corrected.toml", by=counsel, at=LATER)

    proposal = orders[0].versions.get(status=VersionStatus.PROPOSED)
    assert (proposal.due_on, proposal.calendar_version) == (date(2027, 2, 15), "CN@2027-corrected")
    assert proposal.arrangement == Arrangement.objects.get(version="CN@2027-corrected")
