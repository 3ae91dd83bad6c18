"""Papers handed in at a counter: it closes before the day ends; what is posted has until 24:00."""

from datetime import UTC, date, datetime, time

import pytest
from django.test import Client
from django.utils.translation import override

from cases.actions.filing import counter_closes, file, late_by
from cases.models import Case, Deadline, Filing, Person
from tests.api_world import as_, url
from tests.factories import NOW, a_case, a_notice, an_authority


@pytest.fixture
def deadline(counsel: Person) -> Deadline:
    """CN-12, due on Sunday 10 October 2026's make-up Saturday: 10 October, a working day."""
    case = a_case(by=counsel, lead_authority=an_authority(office_closes=time(17, 30)))
    a_notice(case=case, by=counsel, issued_on=None, served_on=date(2026, 8, 11))
    found: Deadline = case.deadlines.select_related("current").get(rule_id="CN-12")
    assert found.due_on == date(2026, 10, 10)
    return found


def sent(deadline: Deadline, by: Person, at: datetime, **more: object) -> Filing:
    case: Case = deadline.case
    return file(
        case=case, kind="reconsideration", authority=case.lead_authority, sent_at=at, deadline=deadline,
        by=by, at=datetime(2026, 10, 12, tzinfo=UTC), **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "is_handed_in", "is_late"),
    [
        (datetime(2026, 10, 10, 9, 30, tzinfo=UTC), True, False),  # 17:30 in Shanghai, as it closes
        (datetime(2026, 10, 10, 9, 31, tzinfo=UTC), True, True),
        (datetime(2026, 10, 10, 9, 31, tzinfo=UTC), False, False),
        (datetime(2026, 10, 10, 15, 59, tzinfo=UTC), False, False),
        (datetime(2026, 10, 10, 16, 0, tzinfo=UTC), False, True),
        (datetime(2026, 10, 9, 14, 0, tzinfo=UTC), True, False),  # after hours, but not on the last day
    ],
)
def test_the_counter_closes_before_the_day_ends(
    deadline: Deadline, counsel: Person, at: datetime, is_handed_in: bool, is_late: bool
) -> None:
    filing = sent(deadline, counsel, at, is_handed_in=is_handed_in)

    assert (late_by(filing) is not None) is is_late


def test_hours_nobody_knows_leave_the_whole_day(deadline: Deadline, counsel: Person) -> None:
    deadline.case.lead_authority.office_closes = None

    assert counter_closes(deadline, deadline.case.lead_authority) is None
    assert late_by(sent(deadline, counsel, datetime(2026, 10, 10, 15, tzinfo=UTC), is_handed_in=True)) is None


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "at the counter by 17:30"), ("zh-hans", "柜台递交须在17:30前"), ("zh-hant", "櫃檯遞交須在17:30前")],
)
def test_the_deadline_says_when_the_counter_closes(
    deadline: Deadline, counsel: Person, client: Client, language: str, told: str
) -> None:
    client.force_login(counsel)

    with override(language):
        page = client.get(f"/{language}/cases/{deadline.case.reference}/deadlines/{deadline.uid}/").content.decode()

    assert told in page


def test_the_api_takes_and_tells_it(deadline: Deadline, counsel: Person) -> None:
    asked = {
        "case": deadline.case.reference, "kind": "reconsideration", "authority": deadline.case.lead_authority.uid,
        "sent_at": NOW.isoformat(), "deadline": deadline.uid, "is_handed_in": True,
    }  # fmt: skip

    assert as_(counsel).post(url("filings/"), asked).data["is_handed_in"] is True
