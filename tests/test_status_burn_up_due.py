"""What the burn-up is drawn against: the order the tasks carry out, never a clock of hours."""

from datetime import date, datetime, timedelta

from cases.actions.drafts import MeasureDraft
from cases.actions.event import log_event
from cases.actions.task import TaskDraft, add_task
from cases.models import Person
from tests.factories import a_case, a_notice
from tracker.status.executive import case_status


def test_the_order_outweighs_an_incident_clock_of_four_hours(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel)
    order = MeasureDraft(kind="order_to_correct", ordered_on=date(2026, 10, 20))
    a_notice(case=case, by=counsel, kind="rectification_order", measures=(order,), served_on=date(2026, 9, 20))
    log_event(case=case, name="incident_learnt", occurred_at=now - timedelta(hours=1), by=counsel, at=now)
    add_task(case=case, draft=TaskDraft(title_en="begin"), by=counsel, at=now)

    drawn = case_status(case, counsel, now=now).burn_up

    assert drawn is not None
    assert drawn.due == date(2026, 10, 20)
