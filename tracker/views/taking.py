"""Many files at once: one action a file, and what became of each. What failed is said, the others are kept."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO, TypeAlias, cast

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.actions import RuleBroken
from cases.actions.drafts import EvidenceDraft
from cases.actions.evidence import take_in
from cases.actions.proof import Provable
from cases.actions.secrecy import StateSecret
from cases.models import Case, Evidence, Person

Upload: TypeAlias = "UploadedFile[Any]"
Drafting: TypeAlias = Callable[[Upload], EvidenceDraft]


@dataclass(frozen=True, slots=True)
class Taken:
    """Evidence, or why it was refused; `first_url` is the evidence that holds the same bytes already."""

    filename: str
    evidence: Evidence | None = None
    refusal: RuleBroken | None = None
    first_url: str = ""


def take_each(
    files: Iterable[Upload],
    *,
    case: Case,
    draft: Drafting,
    proves: Sequence[Provable],
    by: Person,
    at: datetime,
    contains_state_secret: bool,
) -> list[Taken]:
    def take(number: int, file: Upload) -> Taken:
        name, stream = file.name or "", cast(BinaryIO, file)
        try:
            evidence = take_in(
                case=case, file=stream, filename=name, draft=draft(file), proves=proves, by=by, at=at,
                contains_state_secret=contains_state_secret,
            )  # fmt: skip
        except StateSecret as refusal:
            # Its name may itself be secret: told by its place among those chosen.
            return Taken(_("File %(n)s") % {"n": number}, refusal=refusal)
        except RuleBroken as refusal:
            return Taken(name, refusal=refusal, first_url=first_url(case, refusal))
        return Taken(name, evidence)

    return [take(number, file) for number, file in enumerate(files, start=1)]


def first_url(case: Case, refusal: RuleBroken) -> str:
    uid = refusal.details.get("evidence_uid")
    return reverse("evidence", args=[case.reference, uid]) if uid else ""


def plain_draft(file: Upload) -> EvidenceDraft:
    """Of a file brought in passing nothing is known but what the sender calls it."""
    return EvidenceDraft(media_type=file.content_type or "")
