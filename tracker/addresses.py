"""Which page shows an object: from the noun of the log or of a list to its address."""

from typing import Final, Protocol

from django.urls import reverse

from tracker.status.nouns import CaseRef

# Nouns with a page of their own.
OWN: Final = {
    "notice": "notice",
    "requirement": "requirement",
    "contact": "contact",
    "deadline": "deadline",
    "track": "track",
    "event": "event",
    "task": "task",
    "evidence": "evidence",
    "import": "import",
}
# Nouns shown on a page of their case.
SHARED: Final = {
    "case": "case",
    "task_force": "case_tasks",
    "member": "case_tasks",
    "shift": "case_tasks",
    "update": "case_tasks",
    "flagged_content": "case_flagged",
    "flagging_rule": "case_flagged",
    "filing": "case_filings",
    "legal_hold": "case_evidence",
    "classified_paper": "case_evidence",
    "export_approval": "case_filings",
    "case_access": "case_people",
    "barrier": "case_people",
    "briefing": "case_status",
    "accountability": "case_accountability",
    "chat_address": "case_people",
}


class Placed(Protocol):
    """A row that says its case and its uid."""

    @property
    def case(self) -> CaseRef: ...

    @property
    def uid(self) -> str: ...


def address(kind: str, reference: str, uid: str) -> str:
    """Empty where the noun has no page: a translation, a payment."""
    if kind in OWN:
        return reverse(OWN[kind], args=[reference, uid])
    return reverse(SHARED[kind], args=[reference]) if kind in SHARED else ""
