"""A rule tried out: questions that are kept nowhere, answered with their working. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.law.clocks import Ask, Due, reckon
from cases.law.rulebook import Rulebook
from tracker.status.working import Working, worked_out


@dataclass(frozen=True, slots=True)
class Tried:
    """`profile`: how the order's period was read, empty where there is but one way; `leads`: the earliest of them."""

    working: Working
    profile: str
    leads: bool


def tried(asks: Sequence[Ask], law: Rulebook, rule_id: str, *, on: date | None) -> tuple[Tried, ...]:
    """The answer to each question, the one that leads first. Raises a LawError for what the law does not understand."""
    answers = []
    for ask in asks:
        found = reckon(ask, book=law)
        version = found.rule_version if isinstance(found, Due) else ""
        versions = law.versions(rule_id)
        rule = next((rule for rule in versions if rule.version == version), versions[-1])
        zone = ask.zone or (law.profile(rule.profile).zone if rule.profile else "") or "UTC"
        calendar = str(ask.calendar or rule.calendar)
        worked = worked_out(found, rule, on=on, zone=zone, calendar=calendar)
        answers.append((worked, ask.period.profile if ask.period and len(asks) > 1 else ""))
    answers.sort(key=lambda answer: answer[0].due_on or date.max)
    return tuple(Tried(worked, profile, n == 0) for n, (worked, profile) in enumerate(answers))
