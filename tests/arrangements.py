"""What the tests of imported arrangements share: the invented one, and deadlines around the turn of its year."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cases.actions.arrangement import Imported, import_arrangement
from cases.actions.drafts import MeasureDraft
from cases.models import Authority, Case, Deadline, Person
from tests.factories import NOW, a_notice, an_authority

FILE = Path(__file__).resolve().parent.parent / "docs" / "examples" / "cn-2027-invented.toml"
INVENTED = FILE.read_text("utf-8")
VERSION = "CN@2027-invented"
SERVED = date(2026, 9, 21)
LATER = datetime(2026, 9, 24, 2, 30, tzinfo=UTC)
# Orders of so many working days from SERVED, and what the invented arrangement makes of them.
BEFORE = 60  # 21 December 2026, and stays
STAYS = 75  # 12 January 2027, provisional until then
EARLIER = 93  # 9 February, a working day until the festival was arranged → 4 February
LATE = 95  # 11 February → 16 February


def imported(by: Person, text: str = INVENTED, at: datetime = NOW) -> Imported:
    return import_arrangement(text=text, file_name=FILE.name, by=by, at=at)


def an_order(case: Case, by: Person, days: int, at: datetime = NOW, **fields: Any) -> Deadline:
    """The clock of an order that gives so many working days from its service."""
    measure = MeasureDraft(kind="order_to_correct", period_amount=days, period_unit="working_day")
    kind = {"kind": "rectification_order", "measures": (measure,), "issued_on": None}
    notice = a_notice(case=case, by=by, at=at, **kind, served_on=SERVED, number=f"{days}", **fields)
    return notice.deadlines.select_related("current").get(rule_id="CN-22")


def an_irish_authority() -> Authority:
    return an_authority(name_en="CnaM", zone="Europe/Dublin", calendar="IE")


def facts_of(*deadlines: Deadline) -> list[tuple[Any, ...]]:
    """All that an import may change and a withdrawal must give back."""
    rows = Deadline.objects.filter(pk__in=[deadline.pk for deadline in deadlines]).order_by("pk")
    return list(
        rows.values_list(
            "pk", "due_on", "due_at", "current", "is_hourly", "caution", "current__status", "current__due_at",
            "current__safe_due_on", "current__provisional", "current__calendar_version", "current__confirmed_at",
        )
    )  # fmt: skip
