"""What every page of one case has around its content: the case and the tabs of its sections with their counts."""

from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.permissions import shown_to
from tracker.figures import Tab
from tracker.status.case import TabCounts, tab_counts
from tracker.views.finding import reader

# address → (words, the count it shows)
SECTIONS: Final = {
    "case": (_("Overview"), ""),
    "case_notices": (_("Notices"), "notices"),
    "case_contacts": (_("Contacts"), "contacts"),
    "case_requirements": (_("Requirements"), "requirements"),
    "case_deadlines": (_("Deadlines"), "deadlines"),
    "case_tasks": (_("Tasks"), "tasks"),
    "case_evidence": (_("Evidence"), "evidence"),
    "case_flagged": (_("Flagged"), "flagged"),
    "case_filings": (_("Filings"), "filings"),
    "case_timeline": (_("Timeline"), ""),
    "case_people": (_("People"), ""),
}


def case_frame(
    request: HttpRequest, case: Case, *, section: str = "", counts: TabCounts | None = None
) -> dict[str, Any]:
    """Context of a page inside a case. `section`: the tab it belongs to, if not that of its own address."""
    match = request.resolver_match
    here = section or (match.url_name if match else "")
    counts = counts or tab_counts(case, shown_to(reader(request), at=timezone.now()))
    return {"case": case, "tabs": tuple(tabs(case, str(here), counts))}


def tabs(case: Case, here: str, counts: TabCounts) -> list[Tab]:
    """A section that holds nothing yet shows no count."""
    return [
        Tab(
            str(words),
            reverse(name, args=[case.reference]),
            (getattr(counts, count) or None) if count else None,
            name == here,
        )
        for name, (words, count) in SECTIONS.items()
    ]
