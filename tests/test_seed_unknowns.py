"""The seed case as published: what no source dates cannot be worked out, and nothing is taken from the announcement."""

from datetime import datetime

import pytest

from cases.models import Case, Person
from tracker.demo.public import SEED, WEIBO, log_all_published


@pytest.fixture
def seed(counsel: Person, now: datetime) -> Case:
    log_all_published(counsel=counsel, at=now)
    return Case.objects.get(reference=SEED)


def test_every_clock_of_the_seed_case_waits_for_the_service_date(seed: Case) -> None:
    waiting = {d.rule_id: d.current.missing[0] for d in seed.deadlines.all()}

    assert waiting == {"CN-12": "served_on", "CN-18": "served_on", "CN-22": "served_on"}
    assert not seed.deadlines.filter(due_on__isnull=False).exists()


def test_the_announcement_dates_neither_the_decision_nor_the_service(seed: Case) -> None:
    decided = seed.tracks.get(kind="official").moves.get(to_state="decided_penalty")

    assert decided.occurred_on is None
    assert list(seed.events.filter(occurred_on__isnull=False).values_list("name", flat=True)) == [
        "regulator_announced",
        "company_statement",
    ]


def test_the_penalty_is_irregular_as_far_as_can_be_shown(seed: Case) -> None:
    decided = seed.tracks.get(kind="official").moves.get(to_state="decided_penalty")

    assert {item["grade"] for item in decided.irregular} == {"not_shown"}
    assert "hearing_offered_or_not_due" not in {item["code"] for item in decided.irregular}


def test_the_suspension_of_2020_has_its_hours(seed: Case) -> None:
    measure = Case.objects.get(reference="CN-BJ-2020-WEIBO-HOTLIST").measures.get(kind="suspend_updates")

    assert measure.effective_from.isoformat() == "2020-06-10T07:00:00+00:00"
    assert measure.effective_until.isoformat() == "2020-06-17T07:00:00+00:00"


def test_the_published_cases_are_logged_once(seed: Case, counsel: Person, now: datetime) -> None:
    log_all_published(counsel=counsel, at=now)

    assert Case.objects.count() == 6
    assert Case.objects.get(reference=WEIBO).lead_authority.name_zh == "北京市互联网信息办公室"
