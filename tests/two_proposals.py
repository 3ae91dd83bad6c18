"""What the tests of dates proposed apart share: one deadline, and what can happen to it, each by a word."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cases.actions.arrangement import confirm_proposals, reject_proposals, withdraw_arrangement
from cases.actions.deadline import (
    ask_extension,
    confirm_version,
    grant_extension,
    resume,
    suspend,
    withdraw_extension,
    withdraw_proposal,
)
from cases.actions.drafts import MeasureDraft
from cases.actions.notice import record_service
from cases.models import Arrangement, Case, Deadline, DeadlineVersion, Person
from tests.arrangements import INVENTED, LATE, LATER, SERVED, an_order, facts_of, imported
from tests.factories import a_notice
from tests.watching import swept
from tracker.models import Reminder, Watch

LONGER = INVENTED.replace('"2027-invented"', '"2027-longer"').replace("to = 2027-02-12", "to = 2027-02-14")
LONGER = LONGER.replace("[2027-01-30, ", "[")
EARLIER_SERVED = date(2026, 9, 16)
# The order gives 95 working days. By service and arrangements, which are laid over each other:
PLAIN, BY_A, BY_B = date(2027, 2, 11), date(2027, 2, 16), date(2027, 2, 17)  # served on 21 September
SERVED_EARLIER, BOTH_A, BOTH_B = date(2027, 2, 3), date(2027, 2, 2), date(2027, 2, 3)  # on the 16th
WHY = "The receipt says otherwise."


class World:
    """One deadline, and what can happen to it, each by a word."""

    def __init__(self, case: Case, by: Person, *, days: int = LATE) -> None:
        self.by, self.order = by, an_order(case, by, days)

    def do(self, words: str) -> "World":
        for word in words.split():
            getattr(self, word.replace("-", "_"))()
        return self

    def serve(self, on: date = EARLIER_SERVED) -> None:
        record_service(notice=self.order.notice, served_on=on, mode="direct", by=self.by, at=LATER)

    def serve_back(self) -> None:
        self.serve(SERVED)

    def import_a(self) -> None:
        self.moved = imported(self.by, at=LATER).tally.moved

    def import_b(self) -> None:
        self.moved = imported(self.by, LONGER, at=LATER).tally.moved

    def withdraw_a(self) -> None:
        withdraw_arrangement(arrangement=arranged("CN@2027-invented"), reason=WHY, by=self.by, at=LATER)

    def withdraw_b(self) -> None:
        withdraw_arrangement(arrangement=arranged("CN@2027-longer"), reason=WHY, by=self.by, at=LATER)

    def confirm_fact(self) -> None:
        confirm_version(deadline=self.order, version=self.open("fact"), by=self.by, at=LATER)

    def confirm_calendar(self) -> None:
        confirm_version(deadline=self.order, version=self.open("calendar"), by=self.by, at=LATER)

    def reject_fact(self) -> None:
        withdraw_proposal(deadline=self.order, version=self.open("fact"), reason=WHY, by=self.by, at=LATER)

    def reject_calendar(self) -> None:
        withdraw_proposal(deadline=self.order, version=self.open("calendar"), reason=WHY, by=self.by, at=LATER)

    def confirm_all_a(self) -> None:
        everything, chosen = Deadline.objects.all(), arranged("CN@2027-invented")
        confirm_proposals(arrangement=chosen, among=everything, by=self.by, at=LATER)

    def reject_all_a(self) -> None:
        everything, chosen = Deadline.objects.all(), arranged("CN@2027-invented")
        reject_proposals(arrangement=chosen, among=everything, reason=WHY, by=self.by, at=LATER)

    def reject_all_b(self) -> None:
        everything, chosen = Deadline.objects.all(), arranged("CN@2027-longer")
        reject_proposals(arrangement=chosen, among=everything, reason=WHY, by=self.by, at=LATER)

    def extend(self) -> None:
        asked = ask_extension(deadline=self.order, amount=1, unit="working_day", by=self.by, at=LATER)
        self.extension = grant_extension(extension=asked, decided_on=date(2026, 9, 24), by=self.by, at=LATER)

    def take_back(self) -> None:
        withdraw_extension(extension=self.extension, reason="Another order.", by=self.by, at=LATER)

    def suspend(self) -> None:
        on = date(2026, 9, 23)
        self.stop = suspend(deadline=self.order, from_on=on, reason="Force majeure", by=self.by, at=LATER)

    def resume(self) -> None:
        resume(suspension=self.stop, until_on=date(2026, 9, 24), by=self.by, at=LATER)

    def open(self, cause: str) -> DeadlineVersion:
        return self.order.versions.get(status="proposed", cause=cause)

    def dates(self) -> tuple[date | None, ...]:
        """In force; proposed of the fact; proposed of the calendar; leading."""
        found = Deadline.objects.select_related("current").get(pk=self.order.pk)
        proposed = dict(found.versions.filter(status="proposed").values_list("cause", "due_on"))
        return found.current.due_on, proposed.get("fact"), proposed.get("calendar"), found.due_on


class Fine(World):
    """A decision with a fine: six months to sue. Its days of service are words: `at-30-july`."""

    def __init__(self, case: Case, by: Person, *, served_on: date) -> None:
        self.by = by
        fine = MeasureDraft(kind="fine", amount=Decimal(50000), currency="CNY", procedure="ordinary")
        notice = a_notice(
            case=case, by=by, at=LATER, kind="penalty_decision", measures=(fine,), issued_on=None, number="7",
            served_on=served_on,
        )  # fmt: skip
        self.order = notice.deadlines.select_related("current").get(rule_id="CN-18")

    def at_30_july(self) -> None:
        self.serve(date(2026, 7, 30))

    def at_5_august(self) -> None:
        self.serve(date(2026, 8, 5))

    def at_20_august(self) -> None:
        self.serve(date(2026, 8, 20))


def arranged(version: str) -> Arrangement:
    return Arrangement.objects.filter(version=version).latest("pk")


def state_of(world: World, *, at: datetime = LATER) -> dict[str, Any]:
    """All that withdrawing an import must give back, once the watch has swept."""
    swept(at)
    proposed = DeadlineVersion.objects.filter(status="proposed").order_by("pk")
    return {
        "in_force": facts_of(*Deadline.objects.all()),
        "proposed": list(proposed.values_list("pk", "deadline", "cause", "due_at", "facts", "arrangements")),
        "watch": list(
            Watch.objects.order_by("pk").values_list("pk", "version", "next_word_at", "next_occasion", "rung")
        ),
        "reminders": list(Reminder.objects.order_by("pk").values_list("pk", "occasion", "state")),
    }
