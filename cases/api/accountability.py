"""The room of those held responsible: open only to those admitted to the persons of the case."""

from cases.actions import accountability as actions
from cases.api.rooms import Given, Room, opens, verb
from cases.api.shapes import Day, Known, KnownCase, Reason, Shape, Someone, Words, choice
from cases.asked import Asked
from cases.models import Accountability, AccountabilityKind, AccountabilityState, DecidedBy, Measure, Party


class AccountabilityShape(Shape[Accountability]):
    class Meta:
        model = Accountability
        fields = (
            "uid", "case", "revision", "person", "party", "capacity", "decided_by", "measure", "kind", "words", "state",
            "decided_on", "recorded_at", "voided_at", "void_reason",
        )  # fmt: skip


class AccountabilityIn(Asked):
    case = KnownCase()
    person = Someone(required=False, allow_null=True)
    party = Known(Party, case="", required=False, allow_null=True)
    capacity = Words(max_length=120)
    decided_by = choice(DecidedBy, required=False)
    measure = Known(Measure, required=False, allow_null=True)
    kind = choice(AccountabilityKind)
    words = Words()
    state = choice(AccountabilityState)
    decided_on = Day()


class AccountabilityChange(Asked):
    capacity = Words(max_length=120)
    kind = choice(AccountabilityKind, required=False)
    words = Words()
    state = choice(AccountabilityState, required=False)
    decided_on = Day()


class AccountabilityRoom(Room):
    """Who was held responsible, and what was decided."""

    model, shape = Accountability, AccountabilityShape
    filters = {"case": "case__reference", "state": "state"}

    @opens("hold_responsible", AccountabilityIn)
    def create(self, given: Given) -> Accountability:
        """One person and one decision."""
        who = {name: given.pop(name) for name in ("case", "by", "at")}
        return actions.record_accountability(draft=actions.AccountabilityDraft(**given), **who)

    @verb("change", "hold_responsible", AccountabilityChange)
    def change(self, record: Accountability, given: Given) -> Accountability:
        """Changes the fields sent."""
        rest = {name: given.pop(name) for name in ("by", "at")}
        return actions.change_accountability(record=record, fields=given, **rest)

    @verb("void", "hold_responsible", Reason)
    def void(self, record: Accountability, given: Given) -> Accountability:
        return actions.void_accountability(record=record, **given)
