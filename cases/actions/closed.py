"""What a closed case still takes: what the authority does anew, what happened, and the keeping of the record itself.

Everything else says "Reopen it first". What the authority did is never refused; where it leaves a track or a clock
open, the case is open again by that, because nobody is reminded of a closed one.
"""

from cases.actions import reckoning
from cases.actions.belonging import locked_case
from cases.actions.log import save
from cases.law import tracks
from cases.models import Case, CaseState, Outcome


def reopen(case: Case) -> None:
    """What was withdrawn by the closing runs again; no log of its own."""
    case.state, case.closed_at, case.closing_reason = CaseState.OPEN, None, ""
    save(case, "state", "closed_at", "closing_reason")
    for deadline in case.deadlines.filter(outcome=Outcome.WITHDRAWN, outcome_reason="case_closed"):
        reckoning.run_again(deadline)


def wake(case: Case) -> dict[str, object]:
    """Opens a closed case in which something is open again, and says so, for the log of the action that left it so."""
    held = locked_case(case)
    if held.state == CaseState.OPEN:
        return {}
    standing = held.tracks.filter(ended_at__isnull=True).values_list("kind", flat=True)
    if not any(map(tracks.blocks_closing, standing)) and not held.deadlines.running().exists():
        return {}
    reopen(held)
    return {"reopened_case": True}
