"""What the tests of dates proposed apart share: one deadline, and what can happen to it, each by a word."""

from datetime import date, datetime
from typing import Any

from cases.actions.arrangement import confirm_proposals, reject_proposals, withdraw_arrangement
from cases.actions.deadline import confirm_version, withdraw_proposal
from cases.actions.notice import record_service
from cases.models import Arrangement, Case, Deadline, DeadlineVersion, Person
from tests.arrangements import INVENTED, LATE, LATER, SERVED, an_order, facts_of, imported
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

    def open(self, cause: str) -> DeadlineVersion:
        return self.order.versions.get(status="proposed", cause=cause)

    def dates(self) -> tuple[date | None, ...]:
        """In force; proposed of the fact; proposed of the calendar; leading."""
        found = Deadline.objects.select_related("current").get(pk=self.order.pk)
        proposed = dict(found.versions.filter(status="proposed").values_list("cause", "due_on"))
        return found.current.due_on, proposed.get("fact"), proposed.get("calendar"), found.due_on


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
