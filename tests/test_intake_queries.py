"""What logging a notice costs the database: few statements, and no more for more measures."""

from datetime import date, datetime
from typing import Any

import pytest

from cases.actions.drafts import CaseDraft, MeasureDraft
from cases.actions.notice import log_notice
from cases.models import Person
from tests.factories import a_party, an_authority, new_notice


@pytest.mark.parametrize("kinds", [("warning",), ("warning", "circulated_criticism", "revoke_licence")])
def test_opening_a_case_by_a_notice_takes_the_same_statements(
    counsel: Person, now: datetime, kinds: tuple[str, ...], django_assert_num_queries: Any
) -> None:
    case = CaseDraft(party=a_party(), lead_authority=an_authority(), title_zh="热搜榜整改")
    notice = new_notice(kind="rectification_order", served_on=date(2026, 8, 12))
    measures = [MeasureDraft(kind=kind, procedure="ordinary") for kind in kinds]

    with django_assert_num_queries(15):
        log_notice(notice=notice, case=case, measures=measures, by=counsel, at=now)
