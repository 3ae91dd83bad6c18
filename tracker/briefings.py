"""A status page frozen as it was known at an instant: numbered, signed, and named by the hash of its figures."""

import hashlib
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.log import write_log
from cases.custody.chain import canonical
from cases.models import Case, Person
from tracker.models import Briefing
from tracker.status.executive import case_status, headline


class NothingSaid(RuleBroken):
    """A briefing is signed with the words of the one who signs it."""

    code = "no_words"


@transaction.atomic
def sign_briefing(*, case: Case, words: str, by: Person, at: datetime) -> Briefing:
    """Freezes what `by` may know of the case at that instant."""
    if not words.strip():
        raise NothingSaid(_("Say in a few words where the case stands."))
    Case.objects.select_for_update().get(pk=case.pk)
    figures = figures_of(case, by, at=at)
    last = Briefing.objects.filter(case=case).order_by("-number", "-pk").first()
    briefing = Briefing.objects.create(
        case=case,
        number=last.number + 1 if last else 1,
        known_at=at,
        figures=figures,
        words=words,
        sha256=digest(figures, words),
        signed_at=at,
        signed_by=by,
    )
    write_log("sign_briefing", briefing, case=case, by=by, at=at, facts={"number": briefing.number})
    return briefing


def figures_of(case: Case, person: Person, *, at: datetime) -> dict[str, Any]:
    """The executive status as plain values, language-free, with the headline that the next one is compared by."""
    status = case_status(case, person, now=at)
    frozen: dict[str, Any] = plain(status)
    return {"status": frozen, "headline": headline(status.row, status.main_clock, status.figures)}


def plain(value: Any) -> Any:
    """Values as JSON keeps them: the same before they are stored and after they are read."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, (Decimal, str)) else value


def digest(figures: dict[str, Any], words: str) -> str:
    return hashlib.sha256(canonical({"figures": figures, "words": words})).hexdigest()


def is_intact(briefing: Briefing) -> bool:
    """What is kept is still what was signed; where names were erased, what the erasure left of it."""
    return digest(briefing.figures, briefing.words) == (briefing.erased_sha256 or briefing.sha256)
