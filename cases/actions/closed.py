"""What a closed case still takes: what the authority does anew, what happened, and the keeping of the record itself.

Everything else says "Reopen it first". What the authority did is never refused; where it leaves a track or a clock
open, the case is open again by that, because nobody is reminded of a closed one.
"""

from datetime import datetime

from cases.actions import revising
from cases.actions.belonging import locked_case
from cases.actions.log import save
from cases.law import tracks
from cases.models import Case, CaseState, Outcome, Person


def reopen(case: Case, *, by: Person, at: datetime) -> None:
    """What was withdrawn by the closing runs again; no log of its own."""
    case.state, case.closed_at, case.closing_reason = CaseState.OPEN, None, ""
    save(case, "state", "closed_at", "closing_reason")
    for deadline in case.deadlines.filter(outcome=Outcome.WITHDRAWN, outcome_reason="case_closed"):
        revising.run_on(deadline, by=by, at=at)


def wake(case: Case, *, by: Person, at: datetime) -> dict[str, object]:
    """Opens a closed case in which something is open again, and says so, for the log of the action that left it so."""
    held = locked_case(case)
    if held.state == CaseState.OPEN:
        return {}
    standing = held.tracks.filter(ended_at__isnull=True).values_list("kind", flat=True)
    if not any(map(tracks.blocks_closing, standing)) and not held.deadlines.running().exists():
        return {}
    reopen(held, by=by, at=at)
    return {"reopened_case": True}
