"""What belongs to one case: its running numbers, things that must be of the same case, people who may know of it."""

from datetime import datetime
from typing import Final

from django.db.models import Max, Model
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.models import Case, CaseState, Evidence, Person, ProtectionMark, Requirement, Task
from cases.permissions import cases_visible_to


class CaseClosed(RuleBroken):
    code = "case_closed"


class OtherCase(RuleBroken):
    """Says nothing of the other case: the one who asks may not know of it."""

    code = "other_case"


class MayNotKnow(RuleBroken):
    code = "may_not_know"


class NoReason(RuleBroken):
    code = "no_reason"


class NoTitle(RuleBroken):
    code = "no_title"


def locked_case(case: Case) -> Case:
    """The case as it now stands, held until the action ends: running numbers and openness are asked of it."""
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def check_open(case: Case) -> None:
    if case.state != CaseState.OPEN:
        raise CaseClosed(_("This case is closed. Reopen it first."))


APART: Final = 900_000


def next_number(
    case: Case, model: type[Evidence] | type[Requirement] | type[Task], *, mark: str = ProtectionMark.INTERNAL
) -> int:
    """Under the lock of `locked_case`. What is under legal advice is numbered apart, from 900001: a gap in the others
    would tell that it exists.
    """
    is_apart = mark == ProtectionMark.LEGAL_ADVICE
    numbered = model._default_manager.filter(case=case)  # noqa: SLF001
    numbered = numbered.filter(number__gt=APART) if is_apart else numbered.filter(number__lte=APART)
    highest = numbered.aggregate(highest=Max("number"))["highest"]
    return int(highest or (APART if is_apart else 0)) + 1


def check_in_case(case: Case, *records: Model | None) -> None:
    for record in records:
        if record is not None and getattr(record, "case_id", None) != case.pk:
            raise OtherCase(_("What you named does not belong to this case."))


def check_knows(person: Person | None, *, case: Case, at: datetime) -> None:
    """Work is given only to those who may know of the case."""
    if person is not None and not cases_visible_to(person, at=at).filter(pk=case.pk).exists():
        raise MayNotKnow(
            _("%(person)s has no access to this case. Add the person to the task force first.") % {"person": person},
            person_uid=person.uid,
        )


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise NoReason(_("Say why."))


def check_title(title_en: str, title_zh: str) -> None:
    if not (title_en.strip() or title_zh.strip()):
        raise NoTitle(_("Give a title, in English or in Chinese."))
