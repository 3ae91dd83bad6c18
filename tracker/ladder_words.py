"""Steps, rungs and words said, in the active language: `3 working days before`, `Lead of the task force`."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import DeadlineKind
from tracker import ladder
from tracker.models import LadderRole, StepUnit
from tracker.reminders.arming import NOBODY
from tracker.reminders.drafts import StepDraft
from tracker.reminders.letters import duration_text
from tracker.reminders.telling import ADMINISTRATOR
from tracker.reminders.timetable import MISSING, SHARES

SOURCES: Final[Mapping[str, Promise]] = {
    "deadline": gettext_lazy("this deadline’s own"),
    "case": gettext_lazy("this case’s own"),
    "house": gettext_lazy("the house’s"),
    "shipped": gettext_lazy("the house’s, as Casebook ships them"),
}
ROLES: Final[Mapping[str, Promise]] = {
    ADMINISTRATOR: gettext_lazy("Administrator"),
    NOBODY: gettext_lazy("nobody"),
}
NAMED: Final = {name: amount for amount, name in SHARES.items()}


def kind_text(kind: str, *, is_hourly: bool) -> str:
    shape = _("%(kind)s, in hours") if is_hourly else _("%(kind)s, in days")
    return shape % {"kind": DeadlineKind(kind).label}


def draft_text(step: StepDraft) -> str:
    if step.unit == StepUnit.SHARE:
        return _("when %(n)s %% of the time is left") % {"n": step.amount}
    if step.amount == 0:
        return _("in the morning of the day itself")
    days = ngettext("%(n)s working day before", "%(n)s working days before", step.amount)
    return days % {"n": step.amount}


def within_text(minutes: int | None) -> str:
    if not minutes:
        return _("no acknowledgement asked")
    return _("to be acknowledged within %(time)s") % {"time": duration_text(timedelta(minutes=minutes))}


def whole_text(step: StepDraft) -> str:
    return _("%(step)s, %(within)s") % {"step": draft_text(step), "within": within_text(step.acknowledge_within)}


def code_text(occasion: str) -> str:
    """Of a step or of an occasion, by its code: `3wd`, `overdue:2026-10-17@2026-10-16`."""
    code = occasion.partition("@")[0].partition(":")[0]
    if code == ladder.OVERDUE:
        return _("overdue")
    if code == MISSING:
        return _("a fact is missing")
    return draft_text(draft_of_code(code))


def draft_of_code(code: str) -> StepDraft:
    """An unknown code raises."""
    if code == "morning":
        return StepDraft(StepUnit.WORKING_DAY, 0)
    if code in NAMED:
        return StepDraft(StepUnit.SHARE, NAMED[code])
    if code.endswith("pct"):
        return StepDraft(StepUnit.SHARE, int(code.removesuffix("pct")))
    return StepDraft(StepUnit.WORKING_DAY, int(code.removesuffix("wd")))


def role_text(role: str) -> str:
    return str(ROLES[role]) if role in ROLES else str(LadderRole(role).label)


def source_text(source: str) -> str:
    return str(SOURCES[source])
