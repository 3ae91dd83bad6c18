"""State secrets (国家秘密) are a bar, not a mark: what contains one is refused whole, and only that it exists is noted.

Every action that takes a file or original words asks here first, whatever its door has asked.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_reason, locked_case
from cases.actions.log import save, write_log
from cases.custody.secrecy import find_mark
from cases.models import Case, ClassifiedPaper, PaperKind, Person, SecrecyLevel

LABELS: Mapping[str, str | Promise] = {
    "number": _("document number"),
    "title_en": _("title in English"),
    "title_zh": _("title in Chinese"),
    "title_zh_hant": _("title in Traditional Chinese"),
    "original_words": _("original words"),
    "allegation": _("allegation"),
    "clause": _("clause"),
    "words": _("words"),
    "subject": _("subject"),
    "minutes": _("minutes"),
    "source": _("source"),
    "scope": _("what it covers"),
    "kept_where": _("kept where"),
    "keeper": _("keeper"),
    "reason": _("reason"),
}


class StateSecret(RuleBroken):
    """Its message and details repeat nothing of what was given but the mark itself."""

    code = "state_secret"


class NoPlace(RuleBroken):
    code = "no_place"


class AlreadyVoided(RuleBroken):
    code = "already_voided"


def check_no_secret(*, contains: bool) -> None:
    """`contains`: what the person answered when asked."""
    if contains:
        raise StateSecret(
            _(
                "It contains a state secret, so nothing of it was kept: not the file, not its name, not what was "
                "typed. Note in the case only that the paper exists and where it is kept."
            ),
            note_at="classified-papers",
        )


def check_no_mark(texts: Mapping[str | Promise, str]) -> None:
    """`texts`: by the name of the field. A paper that says it is a secret is one, whatever was answered."""
    for label, text in texts.items():
        mark = find_mark(text)
        if mark is not None:
            raise StateSecret(mark_words(label, mark), note_at="classified-papers", mark=mark)


def mark_words(label: str | Promise, mark: str) -> str:
    return _(
        "%(field)s: the secrecy mark %(mark)s stands there, so nothing was stored. If the paper contains a state "
        "secret, note in the case only that it exists and where it is kept."
    ) % {"field": capfirst(str(label)), "mark": mark}


def check_draft(*drafts: Any) -> None:
    """Every text of a draft that a reader would see in words."""
    for draft in drafts:
        texts = {LABELS[field.name]: getattr(draft, field.name) for field in fields(draft) if field.name in LABELS}
        check_no_mark(texts)


@transaction.atomic
def note_classified_paper(
    *,
    case: Case,
    kind: str,
    kept_where: str,
    by: Person,
    at: datetime,
    level: str = SecrecyLevel.UNKNOWN,
    keeper: str = "",
) -> ClassifiedPaper:
    """That a paper exists and where it is kept, in a closed case too; the log says no more than the row."""
    if not kept_where.strip():
        raise NoPlace(_("Say where the paper is kept."))
    check_no_mark({LABELS["kept_where"]: kept_where, LABELS["keeper"]: keeper})
    held = locked_case(case)
    paper = ClassifiedPaper(
        case=held,
        kind=PaperKind(kind),
        level=SecrecyLevel(level),
        kept_where=kept_where.strip(),
        keeper=keeper.strip(),
        noted_on=at.astimezone(ZoneInfo(held.lead_authority.zone)).date(),
        recorded_at=at,
        recorded_by=by,
    )
    paper.save(force_insert=True)
    write_log("note_classified_paper", paper, case=held, by=by, at=at, facts={"kind": paper.kind, "level": paper.level})
    return paper


@transaction.atomic
def void_classified_paper(*, paper: ClassifiedPaper, reason: str, by: Person, at: datetime) -> ClassifiedPaper:
    """Noted by mistake; as it is noted, in a closed case too. The paper itself is wherever it is."""
    check_reason(reason)
    check_no_mark({LABELS["reason"]: reason})
    found = ClassifiedPaper.objects.select_for_update(of=("self",)).select_related("case").get(pk=paper.pk)
    if found.voided_at:
        raise AlreadyVoided(_("This note was voided."))
    found.voided_at, found.voided_by, found.void_reason = at, by, reason.strip()
    save(found, "voided_at", "voided_by", "void_reason")
    write_log("void_classified_paper", found, case=found.case, by=by, at=at, reason=found.void_reason)
    return found
