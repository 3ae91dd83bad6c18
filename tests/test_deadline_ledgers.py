"""Extensions, suspensions, readings and overrides append versions; the date before stays to be seen."""

from datetime import date, datetime

import pytest

from cases.actions import deadline as act
from cases.actions.drafts import MeasureDraft
from cases.actions.notice import record_service
from cases.models import Deadline, Person
from tests.factories import a_case, a_notice


@pytest.fixture
def order(counsel: Person) -> Deadline:
    measure = MeasureDraft(kind="order_to_correct", ordered_on=date(2026, 3, 10))
    case = a_case(by=counsel)
    a_notice(
        case=case,
        by=counsel,
        kind="rectification_order",
        measures=(measure,),
        issued_on=None,
        served_on=date(2026, 2, 11),
    )
    return case.deadlines.get(rule_id="CN-22")


@pytest.fixture
def review(counsel: Person) -> Deadline:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, issued_on=None, served_on=date(2026, 3, 2))
    return case.deadlines.get(rule_id="CN-12")


def test_a_granted_extension_counts_from_the_day_after_the_old_date(
    order: Deadline, counsel: Person, now: datetime
) -> None:
    asked = act.ask_extension(deadline=order, amount=10, unit="working_day", by=counsel, at=now)
    assert Deadline.objects.get(pk=order.pk).due_on == date(2026, 3, 10)

    act.grant_extension(extension=asked, decided_on=date(2026, 3, 9), by=counsel, at=now)

    order = Deadline.objects.get(pk=order.pk)
    assert order.due_on == date(2026, 3, 24)
    assert [v.due_on for v in order.versions.all()] == [date(2026, 3, 10), date(2026, 3, 24)]


def test_a_refused_extension_moves_nothing(order: Deadline, counsel: Person, now: datetime) -> None:
    asked = act.ask_extension(deadline=order, until_on=date(2026, 4, 1), by=counsel, at=now)

    act.refuse_extension(extension=asked, decided_on=date(2026, 3, 9), reason="no ground", by=counsel, at=now)

    assert order.versions.count() == 1
    with pytest.raises(act.AlreadyDecided):
        act.grant_extension(extension=asked, decided_on=date(2026, 3, 9), by=counsel, at=now)


def test_a_suspension_gives_the_days_left_when_it_ends(review: Deadline, counsel: Person, now: datetime) -> None:
    act.suspend(
        deadline=review,
        from_on=date(2026, 3, 20),
        until_on=date(2026, 4, 9),
        reason="force majeure",
        by=counsel,
        at=now,
    )

    assert Deadline.objects.get(pk=review.pk).due_on == date(2026, 5, 21)


def test_a_standing_suspension_leaves_no_date_until_it_ends(review: Deadline, counsel: Person, now: datetime) -> None:
    standing = act.suspend(deadline=review, from_on=date(2026, 3, 20), reason="force majeure", by=counsel, at=now)
    assert Deadline.objects.get(pk=review.pk).current.missing == ["until"]

    act.resume(suspension=standing, until_on=date(2026, 4, 9), by=counsel, at=now)

    assert Deadline.objects.get(pk=review.pk).due_on == date(2026, 5, 21)


def test_overlapping_suspensions_are_refused(review: Deadline, counsel: Person, now: datetime) -> None:
    act.suspend(deadline=review, from_on=date(2026, 3, 20), until_on=date(2026, 4, 9), reason="x", by=counsel, at=now)

    with pytest.raises(act.OverlappingSuspension):
        act.suspend(
            deadline=review, from_on=date(2026, 4, 8), until_on=date(2026, 4, 10), reason="y", by=counsel, at=now
        )


def test_counsel_chooses_how_the_orders_days_are_counted(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)
    measure = MeasureDraft(kind="order_to_correct", period_amount=15, period_unit="day")
    a_notice(case=case, by=counsel, kind="rectification_order", measures=(measure,), served_on=date(2026, 8, 11))

    act.choose_profile(deadline=case.deadlines.get(rule_id="CN-22"), profile="CN-WD", by=counsel, at=now)

    order = case.deadlines.get(rule_id="CN-22")
    assert (order.due_on, order.caution) == (date(2026, 9, 1), "")
    with pytest.raises(act.NoSuchReading):
        act.choose_profile(deadline=order, profile="EU-D", by=counsel, at=now)


def test_a_date_set_by_hand_keeps_the_reckoned_one(review: Deadline, counsel: Person, now: datetime) -> None:
    act.override_deadline(deadline=review, due_on=date(2026, 4, 6), reason="agreed earlier", by=counsel, at=now)

    review = Deadline.objects.get(pk=review.pk)
    assert (review.due_on, review.current.safe_due_on) == (date(2026, 4, 6), date(2026, 4, 3))
    assert review.versions.first().due_on == date(2026, 5, 6)


def test_a_waived_deadline_takes_no_further_change(review: Deadline, counsel: Person, now: datetime) -> None:
    act.waive_deadline(deadline=review, reason="accepted", by=counsel, at=now)

    with pytest.raises(act.DeadlineEnded):
        act.override_deadline(deadline=review, due_on=date(2026, 4, 6), reason="x", by=counsel, at=now)


def test_a_legal_deadline_of_ours_is_met_by_a_filing_alone(review: Deadline, counsel: Person, now: datetime) -> None:
    with pytest.raises(act.NeedsFiling):
        act.meet_deadline(deadline=review, reason="done", by=counsel, at=now)


def test_confirming_twice_says_there_is_nothing_to_confirm(review: Deadline, counsel: Person, now: datetime) -> None:
    act.confirm_version(deadline=review, by=counsel, at=now)

    with pytest.raises(act.NothingToConfirm):
        act.confirm_version(deadline=review, by=counsel, at=now)


def test_a_version_says_by_which_profile_it_was_counted(review: Deadline, order: Deadline) -> None:
    assert (review.current.profile, order.current.profile) == ("CN-CD", "")


def test_what_the_authority_grants_is_counted_beside_a_date_that_waits_for_counsel(
    review: Deadline, counsel: Person, now: datetime
) -> None:
    asked = act.ask_extension(deadline=review, amount=1, unit="day", by=counsel, at=now)
    record_service(notice=review.notice, served_on=date(2026, 3, 9), mode="direct", by=counsel, at=now)
    waiting = review.versions.get(status="proposed")

    act.grant_extension(extension=asked, decided_on=date(2026, 3, 12), by=counsel, at=now)

    found = Deadline.objects.get(pk=review.pk)
    (again,) = found.versions.filter(status="proposed")
    assert (found.current.cause, found.current.facts["on"]) == ("extension", "2026-03-02")
    assert (again.cause, again.facts, again.due_on > waiting.due_on) == ("fact", waiting.facts, True)
