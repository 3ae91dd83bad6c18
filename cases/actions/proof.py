"""What a piece of evidence proves: the links, and which of them still count. Rows alone, no log."""

from datetime import datetime
from typing import cast

from django.db.models import QuerySet

from cases.actions.log import kind_of
from cases.models import Evidence, EvidenceLink, EvidenceState, FlaggedContent, Notice, Person, Requirement, Task
from cases.permissions import known_to_all

Provable = Requirement | Task | Notice | FlaggedContent


def new_link(evidence: Evidence, proves: Provable, *, by: Person, at: datetime) -> EvidenceLink:
    """The row alone. A proof given twice in one breath is one link."""
    link, _made = EvidenceLink.objects.get_or_create(
        evidence=evidence, **{kind_of(proves): proves}, defaults={"linked_at": at, "linked_by": by}
    )
    return link


def links_to(evidence: Evidence, proves: Provable) -> "QuerySet[EvidenceLink]":
    return EvidenceLink.objects.filter(evidence=evidence, **{kind_of(proves): proves})


def standing_proofs(**of: object) -> "QuerySet[EvidenceLink]":
    """Links that still prove: `standing_proofs(task=task)`. What is under legal advice proves nothing to others."""
    return known_to_all(proofs_apart(**of))


def proofs_apart(**of: object) -> "QuerySet[EvidenceLink]":
    """With what is under legal advice. Evidence sent back or superseded proves nothing."""
    links = EvidenceLink.objects.filter(**of, evidence__superseded_by__isnull=True)
    return links.exclude(evidence__state=EvidenceState.SENT_BACK)


def proved_by(link: EvidenceLink) -> Provable:
    """The one thing a link proves; the database holds that there is exactly one."""
    found = link.requirement or link.task or link.notice or link.flagged_content
    return cast(Provable, found)
