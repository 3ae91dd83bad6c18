"""Mistakes are voided and replaced: nothing is deleted, what a wrong notice started stops."""

from datetime import date, datetime

import pytest

from cases.actions.drafts import MeasureDraft
from cases.actions.notice import AlreadyVoided, record_service, replace_notice, void_notice
from cases.models import Notice, Person
from tests.factories import a_case, a_notice, new_notice


def test_voiding_withdraws_the_deadlines_and_unopens_the_tracks(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)
    notice = a_notice(case=case, by=counsel, served_on=date(2026, 8, 12))

    void_notice(notice=notice, reason="addressed to another company", by=counsel, at=now)

    assert set(case.deadlines.values_list("outcome", flat=True)) == {"withdrawn"}
    assert set(case.tracks.values_list("state", flat=True)) == {"not_opened"}
    assert Notice.objects.get().void_reason == "addressed to another company"


def test_voiding_takes_a_shared_track_back_to_where_it_stood(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, kind="summons", measures=(), issued_on=date(2026, 8, 1))
    wrong = a_notice(case=case, by=counsel, served_on=date(2026, 8, 12))
    assert case.tracks.get(kind="official", ended_at__isnull=True).state == "served"

    void_notice(notice=wrong, reason="logged twice", by=counsel, at=now)

    assert case.tracks.get(kind="official").state == "talk_noticed"


def test_a_voided_notice_takes_no_service(counsel: Person, now: datetime) -> None:
    notice = a_notice(case=a_case(by=counsel), by=counsel)
    void_notice(notice=notice, reason="wrong", by=counsel, at=now)

    with pytest.raises(AlreadyVoided):
        record_service(notice=notice, served_on=date(2026, 8, 12), mode="direct", by=counsel, at=now)


def test_a_replaced_notice_points_to_the_one_that_stands(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)
    wrong = a_notice(case=case, by=counsel, served_on=date(2026, 8, 12))

    right = replace_notice(
        notice=wrong,
        draft=new_notice(served_on=date(2026, 8, 13), number="沪网信罚〔2026〕2号"),
        measures=[MeasureDraft(kind="warning", procedure="ordinary")],
        reason="the number was wrong",
        by=counsel,
        at=now,
    )

    assert Notice.objects.get(pk=wrong.pk).replaced_by == right
    assert case.deadlines.running().get(rule_id="CN-12").due_on == date(2026, 10, 12)
    assert case.tracks.get(kind="official", ended_at__isnull=True).state == "served"
