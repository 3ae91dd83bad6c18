"""The steps of a working in words: code → the verb in bold, and what follows it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.dates import count_text, day_text, is_chinese, moment_text
from tracker.status.working import Step, Working
from tracker.wording import Words, pick

STEPS: Final[Mapping[str, tuple[Words, Words]]] = {
    "starts": (gettext_lazy("Starts"), gettext_lazy("the day after %(first)s, which is day 0")),
    "starts_counted": (gettext_lazy("Starts"), gettext_lazy("%(first)s, which is itself the first day")),
    "counted": (gettext_lazy("Counts"), gettext_lazy("%(count)s from %(first)s to %(last)s")),
    "skipped_weekends": (gettext_lazy("Skips"), gettext_lazy("weekends: %(count)s")),
    "skipped_holiday": (gettext_lazy("Skips"), gettext_lazy("%(name)s (休): %(count)s from %(first)s")),
    "make_up": (gettext_lazy("Counts too"), gettext_lazy("the make-up working days (班): %(days)s")),
    "suspended": (gettext_lazy("Stands still"), gettext_lazy("from %(first)s to %(last)s: %(count)s")),
    "month_arithmetic": (gettext_lazy("Adds"), gettext_lazy("%(n)s months to %(first)s, which gives %(last)s")),
    "month_end": (gettext_lazy("Takes"), gettext_lazy("%(first)s, the last day of a month without such a day")),
    "elapsed": (gettext_lazy("Runs"), gettext_lazy("%(count)s from %(first)s without a pause")),
    "rolled": (gettext_lazy("Moves"), gettext_lazy("from %(first)s, a day of rest, to %(last)s")),
    "ordered": (gettext_lazy("Takes"), gettext_lazy("%(first)s, the date that was ordered")),
    "extended": (gettext_lazy("Extends"), gettext_lazy("from %(first)s to %(last)s")),
    "extended_until": (gettext_lazy("Extends"), gettext_lazy("to %(last)s, the date that was granted")),
    "outrun": (
        gettext_lazy("Note"),
        gettext_lazy("the time granted until %(first)s ends within the period and gives no more"),
    ),
    "day_before": (gettext_lazy("Ends"), gettext_lazy("the day before, since the first day counts: %(last)s")),
    "capped": (gettext_lazy("Stops"), gettext_lazy("at %(first)s, beyond which the period never reaches")),
    "below_floor": (gettext_lazy("Note"), gettext_lazy("the law allows no order to end before %(last)s")),
    "strict_reading": (gettext_lazy("Note"), gettext_lazy("read strictly it would end %(n)s minutes later")),
    "unpublished": (
        gettext_lazy("Provisional"),
        gettext_lazy("from %(first)s on the holiday arrangement is not yet published"),
    ),
    "year_lacking": (
        gettext_lazy("Provisional"),
        gettext_lazy("from %(first)s on the calendar holds no holiday arrangement"),
    ),
    "set_by_hand": (gettext_lazy("Set"), gettext_lazy("by hand to %(first)s")),
    "ends": (gettext_lazy("Ends"), gettext_lazy("on %(first)s")),
}


def step_text(step: Step, working: Working) -> tuple[str, str]:
    """The verb and what follows it."""
    verb, words = STEPS[step.code]
    comma = "、" if is_chinese() else ", "
    told = {
        "first": _when(step.first, working.zone),
        "last": _when(step.last, working.zone),
        "n": f"{step.n:g}",
        "count": _count(step),
        "name": pick(step.name) if step.name else _("public holiday"),
        "days": comma.join(day_text(on, year=False) for on in step.days),
    }
    return str(verb), str(words) % told


def _count(step: Step) -> str:
    if step.unit in {"day", "working_day", "hour"} and step.n == int(step.n):
        return count_text(int(step.n), step.unit)
    return f"{step.n:g}"


def _when(moment: date | datetime, zone: str) -> str:
    if isinstance(moment, datetime):
        return moment_text(moment.astimezone(ZoneInfo(zone)))
    return day_text(moment)
