"""Flagged content by people: named, confirmed, dismissed with a reason, disposed of; each act one sentence."""

from datetime import timedelta

import pytest

from cases.actions.belonging import NoReason, OtherCase
from cases.actions.flagged import (
    AlreadyFlagged,
    AlreadyReviewed,
    NoDisposition,
    NotFlaggable,
    add_flagged,
    add_flagging_rule,
    confirm_flagged,
    dismiss_flagged,
    set_disposition,
)
from cases.models import Case, FlaggedContent, LogEntry, Person
from tests.factories import NOW, a_case, a_notice
from tests.hot_lists import import_rows


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


@pytest.fixture
def candidate(case: Case, counsel: Person) -> FlaggedContent:
    add_flagging_rule(case=case, provision="O5-7-2", categories=["明星"], by=counsel, at=NOW)
    import_rows(("08-01 09", 1, "甲某回应"), case=case, by=counsel)
    return FlaggedContent.objects.get()


def last_entry() -> LogEntry:
    return LogEntry.objects.order_by("pk").last()


def test_a_candidate_is_confirmed_by_a_person(candidate, counsel):
    log = LogEntry.objects.count()

    found = confirm_flagged(flagged=candidate, reason="Seen on the list", by=counsel, at=NOW)

    assert (found.state, found.reviewed_by, found.reviewed_at) == ("confirmed", counsel, NOW)
    assert (found.hours, found.revision) == (1, candidate.revision + 1)
    assert (LogEntry.objects.count(), last_entry().verb) == (log + 1, "confirm_flagged")


def test_dismissing_takes_a_reason(candidate, counsel):
    with pytest.raises(NoReason):
        dismiss_flagged(flagged=candidate, reason="  ", by=counsel, at=NOW)

    found = dismiss_flagged(flagged=candidate, reason="An obituary", by=counsel, at=NOW)

    assert (found.state, last_entry().reason) == ("dismissed", "An obituary")


def test_a_review_can_be_changed_but_not_repeated(candidate, counsel):
    dismiss_flagged(flagged=candidate, reason="An obituary", by=counsel, at=NOW)

    with pytest.raises(AlreadyReviewed):
        dismiss_flagged(flagged=candidate, reason="Again", by=counsel, at=NOW)

    assert confirm_flagged(flagged=candidate, by=counsel, at=NOW).state == "confirmed"


def test_a_disposition_says_what_and_when(candidate, counsel):
    done_at = NOW - timedelta(hours=3)

    found = set_disposition(flagged=candidate, disposition="taken_down", disposed_at=done_at, by=counsel, at=NOW)

    assert (found.disposition, found.disposed_at, found.disposed_by) == ("taken_down", done_at, counsel)
    assert last_entry().occurred_at == done_at


@pytest.mark.parametrize(
    ("disposition", "later"), [("", -1), ("burnt", -1), ("kept", 1)], ids=["none", "unknown", "in the future"]
)
def test_a_disposition_that_is_none_is_refused(candidate, counsel, disposition, later):
    with pytest.raises(NoDisposition):
        set_disposition(
            flagged=candidate, disposition=disposition, disposed_at=NOW + timedelta(hours=later), by=counsel, at=NOW
        )


def test_content_the_authority_named_is_a_candidate_with_that_basis(case, counsel):
    notice = a_notice(case=case, by=counsel)

    found = add_flagged(
        case=case, surface="榜", title=" #甲某回应# ", basis="authority", provision="O5-7-2", notice=notice,
        by=counsel, at=NOW,
    )  # fmt: skip

    assert (found.title_key, found.basis, found.state, found.notice) == ("甲某回应", "authority", "candidate", notice)
    assert last_entry().facts == {"basis": "authority", "notice": notice.uid}


def test_naming_what_a_rule_found_keeps_its_sightings(candidate, case, counsel):
    found = add_flagged(case=case, surface="榜", title="甲某回应", basis="reported", by=counsel, at=NOW)

    assert (found.pk, found.basis, found.provision, found.hours) == (candidate.pk, "reported", "O5-7-2", 1)
    with pytest.raises(AlreadyFlagged):
        add_flagged(case=case, surface="榜", title="甲某回应", basis="authority", by=counsel, at=NOW)


def test_a_notice_of_another_case_cannot_be_named(case, counsel):
    notice = a_notice(case=a_case(by=counsel), by=counsel)

    with pytest.raises(OtherCase):
        add_flagged(case=case, surface="榜", title="甲", basis="authority", notice=notice, by=counsel, at=NOW)


@pytest.mark.parametrize(
    "wrong", [{"basis": "rule"}, {"basis": "x"}, {"title": " \u200b"}, {"surface": ""}, {"title": "甲" * 501}]
)
def test_what_cannot_be_flagged_is_refused(case, counsel, wrong):
    asked = {"surface": "榜", "title": "甲", "basis": "reported"} | wrong

    with pytest.raises(NotFlaggable):
        add_flagged(case=case, by=counsel, at=NOW, **asked)

    assert FlaggedContent.objects.count() == 0
