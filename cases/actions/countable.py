"""A date counted anew because a ledger of it changed, or how its order is read: what may be counted, and over what."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken, grounds, reckoning, revising
from cases.actions.orders import order_of
from cases.law.rulebook import LawError
from cases.models import (
    Cause,
    Deadline,
    DeadlineKind,
    Extension,
    ExtensionState,
    Measure,
    Notice,
    Outcome,
    Person,
    VersionStatus,
)

UNCOUNTABLE = _("The date cannot be counted that way. Check the days and the unit.")


class NotReckonable(RuleBroken):
    code = "not_reckonable"


def recount(deadline: Deadline, *, cause: Cause, by: Person, at: datetime) -> None:
    """What the law will not count, hours on a clock of days or an end before the start, is refused, not stored.

    Counted from the version in force; what is proposed stays so, and is counted anew on top of it.
    """
    try:
        revising.recount(deadline, cause=cause, by=by, at=at)
    except LawError as error:
        raise NotReckonable(UNCOUNTABLE) from error


def check_reaches(deadline: Deadline, extension: Extension) -> None:
    ledgers = reckoning.ledgers_of(deadline, new=extension)
    laid = revising.laid_over(deadline, revising.open_proposals(deadline))
    try:
        grounds.counted(deadline, grounds.facts_in_force(deadline), laid, ledgers=ledgers)
    except LawError as error:
        raise NotReckonable(UNCOUNTABLE) from error


def fall_back(deadline: Deadline, extension: Extension, *, by: Person, at: datetime) -> None:
    """What somebody set by hand since stands; where the extension itself had set it, the date before comes back."""
    current = deadline.current
    if current is None or "set_by" not in current.facts:
        recount(deadline, cause=Cause.EXTENSION, by=by, at=at)
    elif (current.cause, current.due_on) == (Cause.EXTENSION, extension.until_on):
        granted = deadline.extensions.filter(state=ExtensionState.GRANTED).values("until_on")
        kept = deadline.versions.filter(due_on__isnull=False).filter(~Q(cause=Cause.EXTENSION) | Q(due_on__in=granted))
        stood = kept.filter(number__lt=current.number, status=VersionStatus.SUPERSEDED)
        before = stood.order_by("-number").first()
        assert before is not None
        assert before.due_on is not None
        reckoning.set_by_hand(deadline, before.due_on, cause=Cause.EXTENSION, by=by, at=at)


def counted_alike(deadline: Deadline, order: Measure | Notice) -> list[Deadline]:
    """The other running clocks whose time the same measure or notice sets."""
    rows = order.deadlines.filter(kind=DeadlineKind.ORDERED, outcome=Outcome.RUNNING).exclude(pk=deadline.pk)
    related = rows.select_related("case", "event", "measure", "notice", "current").order_by("pk")
    found = related.select_for_update(of=("self",))
    return [row for row in found if order_of(row.measure, row.notice) == order]
