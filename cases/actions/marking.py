"""Protection marks: what is under legal advice is known only to those admitted to it, and only they may mark it so.

What a mark protects depends on the forum: PRC law knows no privilege between lawyer and client, EU competition law none
for in-house counsel. The wall holds inside the house whatever a court will say.
"""

from datetime import datetime
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.belonging import check_open, check_reason
from cases.actions.log import check_revision, save, write_log
from cases.models import Case, Contact, Deadline, Evidence, Person, ProtectionMark, Task
from cases.permissions import sees_advice

Markable: TypeAlias = Evidence | Contact | Task


class NotAdmitted(RuleBroken):
    code = "not_admitted"


class MarkStands(RuleBroken):
    code = "mark_stands"


class UnderAdvice(RuleBroken):
    code = "under_advice"


def check_mark(case: Case, mark: str, *, by: Person, at: datetime) -> ProtectionMark:
    """Who is not admitted to legal advice would lose sight of what they mark so."""
    found = ProtectionMark(mark)
    if found == ProtectionMark.LEGAL_ADVICE and not sees_advice(by, case, at=at):
        raise NotAdmitted(_("Only those admitted to the legal advice of this case may mark something as legal advice."))
    return found


def check_sees(person: Person | None, mark: str, *, case: Case, at: datetime) -> None:
    """Work under legal advice is given only to those admitted to it."""
    if person is not None and mark == ProtectionMark.LEGAL_ADVICE and not sees_advice(person, case, at=at):
        told = _("%(person)s is not admitted to the legal advice of this case.")
        raise NotAdmitted(told % {"person": person}, person_uid=person.uid)


def check_free(*pieces: Evidence | None) -> None:
    """What is filed, paid with or kept as minutes is seen by all who know of the case, and by the authority."""
    for piece in pieces:
        if piece is not None and piece.protection_mark == ProtectionMark.LEGAL_ADVICE:
            told = _("%(evidence)s is under legal advice. Change its mark first, or use another file.")
            raise UnderAdvice(told % {"evidence": piece}, evidence_uid=piece.uid)


def check_date(deadline: Deadline | None) -> None:
    """What is filed on a date is read by all who know of the case."""
    advice = Task.objects.filter(protection_mark=ProtectionMark.LEGAL_ADVICE)
    if deadline is not None and advice.filter(deadline=deadline).exists():
        raise UnderAdvice(_("This is the date of a task under legal advice: nothing is filed on it."))


def check_unused(item: Markable) -> None:
    """Nothing that others see may point at what they may not know of."""
    shown: list[QuerySet[Any]] = []
    if isinstance(item, Evidence):
        shown = [
            item.notices.all(), item.filed_as.all(), item.receipt_of.all(), item.payments.all(), item.imports.all(),
            item.captures.all(), item.contacts.exclude(protection_mark=ProtectionMark.LEGAL_ADVICE),
        ]  # fmt: skip
    if isinstance(item, Contact):
        shown = [item.requirements.all()]
    if isinstance(item, Task) and item.deadline:
        shown = [item.deadline.filings.all()]
    if any(rows.exists() for rows in shown):
        raise UnderAdvice(_("Others see this already: something that everybody in the case works with rests on it."))


@transaction.atomic
def change_mark(
    *, item: Markable, mark: str, reason: str, by: Person, at: datetime, revision: int | None = None
) -> Markable:
    """Raised or lowered with its reason. What was seen before stays seen: the log says who has read it."""
    check_reason(reason)
    held = type(item)._default_manager.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)  # noqa: SLF001
    check_open(held.case)
    check_revision(held, revision)
    new, old = check_mark(held.case, mark, by=by, at=at), held.protection_mark
    if new == old:
        raise MarkStands(_("It bears this mark already."))
    if new == ProtectionMark.LEGAL_ADVICE:
        check_unused(held)
    if isinstance(held, Task):
        check_sees(held.assignee, new, case=held.case, at=at)
    if isinstance(held, Evidence) and held.case.evidence.filter(blob=held.blob_id).exclude(pk=held.pk).exists():
        raise MarkStands(_("The same file is in this case with the other mark. Use that one."))
    held.protection_mark = new
    save(held, "protection_mark")
    write_log("change_mark", held, case=held.case, by=by, at=at, reason=reason, facts={"from": old, "to": str(new)})
    return held
