"""A date asked anew: what would move it is proposed for counsel to confirm, what moves no date takes effect.

What a calendar moves is proposed beside what a fact moves, each counted on the version in force as if the other were
not. When one is decided, the other stays open and is counted anew on what is then in force. Writes no log of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from cases import legislation
from cases.actions import grounds, reckoning
from cases.actions.grounds import DATES, Facts
from cases.actions.orders import Answer
from cases.actions.reckoning import NOT_ITS_LAW, end, run_again
from cases.law.rulebook import LawError
from cases.models import (
    Cause,
    Deadline,
    DeadlineVersion,
    Event,
    Outcome,
    Person,
    VersionStatus,
)

STANDS: Final = "until"  # missing while nobody knows when the clock runs again
WORKING: Final = ("provisional", "provisional_why", "missing", "trace")
# What the law, a fact or a calendar moves is for counsel to confirm.
PROPOSED_FIRST: Final = frozenset({Cause.FACT, Cause.CALENDAR, Cause.LAW})


@dataclass(frozen=True, slots=True)
class Act:
    """Who counts, when and why."""

    by: Person
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Open:
    """The proposals that wait for counsel."""

    of_fact: DeadlineVersion | None
    of_calendar: DeadlineVersion | None

    def __bool__(self) -> bool:
        return bool(self.of_fact or self.of_calendar)


def open_proposals(deadline: Deadline) -> Open:
    found = list(deadline.versions.filter(status=VersionStatus.PROPOSED))
    of_calendar = next((version for version in found if version.cause == Cause.CALENDAR), None)
    return Open(next((version for version in found if version is not of_calendar), None), of_calendar)


def restart_clocks(event: Event, *, by: Person, at: datetime, told: Event | None = None) -> None:
    """Recounts the deadlines of the event, opens and withdraws what has changed.

    `told`: the event itself, where its date became known or was corrected.
    """
    legislation.hold()
    rules = {(rule.id, rule.kind): rule for rule in reckoning.rules_started(event)}
    found = event.deadlines.select_related("current", "event", "measure", "notice", "case")
    standing = {(deadline.rule_id, deadline.kind): deadline for deadline in found}
    for key, deadline in standing.items():
        if key in rules:
            if deadline.outcome == Outcome.WITHDRAWN and deadline.outcome_reason == NOT_ITS_LAW:
                run_again(deadline)
            recount(deadline, cause=Cause.FACT, told=told, by=by, at=at)
        elif deadline.outcome == Outcome.RUNNING:
            end(deadline, Outcome.WITHDRAWN, at=at, reason=NOT_ITS_LAW)
    reckoning.open_clocks([(rule, event) for key, rule in rules.items() if key not in standing], by=by, at=at)


def recount(
    deadline: Deadline, *, cause: Cause, by: Person, at: datetime, reason: str = "", told: Event | None = None
) -> None:
    """Asks again, from the facts and the calendar of the version in force; `told`: the event known anew.

    A date that a fact would move is proposed, with what was proposed of other facts before.
    """
    if deadline.outcome == Outcome.WITHDRAWN:
        return
    act, waiting = Act(by, at, reason), open_proposals(deadline)
    laid = laid_over(deadline, waiting)
    if cause in PROPOSED_FIRST:
        facts = waiting.of_fact.facts if waiting.of_fact else grounds.facts_in_force(deadline)
        facts = grounds.told(deadline, facts, event=told) if told else facts
        has_moved = offer(deadline, facts, laid, cause=cause, act=act, opens=propose)
    else:
        facts = grounds.facts_in_force(deadline)
        facts = facts if waiting.of_fact else grounds.with_unheard(deadline, facts)
        has_moved = count_in_force(deadline, facts, laid, cause=cause, act=act)
    if has_moved and (waiting or is_behind(deadline)):
        settle(deadline, by=by, at=at)
    keep_gate(deadline, at=at)


def laid_over(deadline: Deadline, waiting: Open) -> tuple[int, ...]:
    """While the move of a calendar waits, or once one was rejected, the arrangements of the version in force.

    And under a date set by hand, or while the clock stands still: those took the place of what waited. What the others
    move of the new date is proposed when that is in force. Else all that stand.
    """
    current = deadline.current
    is_between = current is not None and ("set_by" in current.facts or STANDS in current.missing)
    if waiting.of_calendar or is_between or grounds.has_rejected(deadline):
        return grounds.arrangements_in_force(deadline)
    return legislation.standing(deadline.calendar)


def is_behind(deadline: Deadline) -> bool:
    """The version in force was counted with other arrangements than now stand."""
    current = deadline.current
    return current is not None and tuple(current.arrangements) != legislation.standing(deadline.calendar)


def count_in_force(deadline: Deadline, facts: Facts, laid: tuple[int, ...], *, cause: Cause, act: Act) -> bool:
    answer, version = grounds.counted(deadline, facts, laid)
    if deadline.current is not None and same_working(deadline.current, version):
        refresh_lead(deadline, caution=answer.caution)
        return False
    put_in_force(deadline, version, answer, cause=cause, act=act)
    return True


# ---- What a fact moves -----------------------------------------------------------------------------------------------
class Proposing(Protocol):
    def __call__(self, version: DeadlineVersion, *, cause: Cause, act: Act) -> None: ...


def offer(deadline: Deadline, facts: Facts, laid: tuple[int, ...], *, cause: Cause, act: Act, opens: Proposing) -> bool:
    """Proposes the date by these facts instead of an open one; whether it took effect at once, for nothing moves."""
    answer, version = grounds.counted(deadline, facts, laid)
    current, before = deadline.current, open_proposals(deadline).of_fact
    if current is not None and same_working(current, version):
        withdraw(before)
    elif not waits_undated(current, before, version) and (
        current is None or current.due_at is None or current.due_at == version.due_at
    ):
        withdraw(before)
        put_in_force(deadline, version, answer, cause=cause, act=act)
        return True
    elif before is None or not stands(before, version):
        withdraw(before)
        version.instead_of = current
        opens(version, cause=cause, act=act)
    refresh_lead(deadline, caution=answer.caution)
    return False


def waits_undated(current: DeadlineVersion | None, before: DeadlineVersion | None, version: DeadlineVersion) -> bool:
    """The clock stands still, for what is in force and for what is proposed: it is not confirmed by that."""
    return before is not None and current is not None and current.due_at is None and version.due_at is None


def same_working(current: DeadlineVersion, version: DeadlineVersion) -> bool:
    """Neither the date nor anything it rests on has changed."""
    names = (*DATES, *WORKING, "profile", "rule_version", "calendar_version")
    return not differ(current, version, names) and days_of(current.facts) == days_of(version.facts)


def stands(proposal: DeadlineVersion, version: DeadlineVersion) -> bool:
    """What is proposed already says the same."""
    same = not differ(proposal, version, (*DATES, *WORKING, "profile"))
    return same and days_of(proposal.facts) == days_of(version.facts)


def days_of(facts: Facts) -> dict[str, str]:
    """An hour that moves nothing is no other fact."""
    return {name: value for name, value in facts.items() if name != "at"}


def differ(one: DeadlineVersion, other: DeadlineVersion, names: Sequence[str]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in names)


# ---- What a calendar moves -------------------------------------------------------------------------------------------
def follow_calendar(deadline: Deadline, *, act: Act) -> None:
    """Proposes what the arrangements that count for it move, or settles by them what they do not move."""
    current, before = deadline.current, open_proposals(deadline).of_calendar
    wanted = grounds.arrangements_for(deadline)
    is_undated = current is not None and current.due_at is None and before is None
    if current is None or is_undated or "set_by" in current.facts or wanted == tuple(current.arrangements):
        withdraw(before)
        return
    try:
        answer, version = grounds.counted(deadline, current.facts, wanted)
    except LawError:  # as on import: what can no longer be counted keeps what it has
        return
    version.instead_of, version.arrangement_id = current, mover(wanted, current.arrangements)
    if not differ(current, version, DATES) and not waits_undated(current, before, version):
        withdraw(before)
        if differ(current, version, WORKING):
            put_in_force(deadline, version, answer, cause=Cause.CALENDAR, act=act)
    elif before is None or before.instead_of_id != current.pk or differ(before, version, (*DATES, *WORKING)):
        withdraw(before)
        propose_again(version, cause=Cause.CALENDAR, act=act)


def mover(wanted: Sequence[int], had: Sequence[int]) -> int:
    """Whose move it is: of the arrangement that came last, else of the one that went."""
    return max(set(wanted) - set(had), default=0) or max(set(had) - set(wanted))


# ---- The date that leads ---------------------------------------------------------------------------------------------
def refresh_lead(deadline: Deadline, *, caution: str | None = None) -> None:
    """The earliest of the version in force, of each proposal, and of what would hold were both confirmed."""
    reckoning.refresh_lead(deadline, caution=caution, if_both=if_both(deadline))


def if_both(deadline: Deadline) -> DeadlineVersion | None:
    """The date were both confirmed, what a fact moves and what a calendar moves; None where not both are proposed."""
    waiting = open_proposals(deadline)
    if waiting.of_fact is None or waiting.of_calendar is None:
        return None
    try:
        version = grounds.counted(deadline, waiting.of_fact.facts, tuple(waiting.of_calendar.arrangements))[1]
    except LawError:
        return None
    version.made_at = max(waiting.of_fact.made_at, waiting.of_calendar.made_at)
    return version


# ---- After a decision ------------------------------------------------------------------------------------------------
def settle(deadline: Deadline, *, by: Person, at: datetime) -> None:
    """What still waits is counted anew on what is now in force: it stays proposed, moves, or moves nothing any more."""
    act = Act(by, at)
    follow_calendar(deadline, act=act)
    waiting = open_proposals(deadline)
    if waiting.of_fact is None:
        refresh_lead(deadline, caution=caution_in_force(deadline))
        return
    laid, of_fact = laid_over(deadline, waiting), waiting.of_fact
    kept = Act(by, at, of_fact.reason)
    if offer(deadline, of_fact.facts, laid, cause=Cause(of_fact.cause), act=kept, opens=propose_again):
        follow_calendar(deadline, act=act)
        refresh_lead(deadline)


def caution_in_force(deadline: Deadline) -> str:
    """By what the version in force was counted from; whether it is one of hours is noted with it."""
    current = deadline.current
    if current is None or deadline.event is None or "set_by" in current.facts:
        return ""
    answer, _version = grounds.counted(deadline, current.facts, tuple(current.arrangements))
    deadline.is_hourly = reckoning.is_hourly(answer)
    return answer.caution


def run_on(deadline: Deadline, *, by: Person, at: datetime) -> None:
    """It runs again; what was told or arranged while it did not is proposed as if it had run."""
    run_again(deadline)
    act, waiting = Act(by, at), open_proposals(deadline)
    facts = grounds.facts_in_force(deadline)
    heard = grounds.with_unheard(deadline, facts)
    if heard != facts and waiting.of_fact is None:
        offer(deadline, heard, laid_over(deadline, waiting), cause=Cause.FACT, act=act, opens=propose)
    follow_calendar(deadline, act=act)
    refresh_lead(deadline)


def keep_gate(deadline: Deadline, *, at: datetime) -> None:
    """By the day and the event as now known the way is barred, or is not."""
    if reckoning.is_barred(deadline) and deadline.outcome == Outcome.RUNNING:
        end(deadline, Outcome.BARRED, at=at, reason=reckoning.RECONSIDERATION_FIRST)
    elif deadline.outcome == Outcome.BARRED and not reckoning.is_barred(deadline):
        run_again(deadline)


# ---- Writing ---------------------------------------------------------------------------------------------------------
def put_in_force(deadline: Deadline, version: DeadlineVersion, answer: Answer, *, cause: Cause, act: Act) -> None:
    """Appends it as the version in force; the one before is superseded."""
    reckoning.supersede(deadline)
    append(version, VersionStatus.IN_FORCE, cause=cause, act=act)
    deadline.current = version
    deadline.is_hourly = reckoning.is_hourly(answer)
    refresh_lead(deadline, caution=answer.caution)


def append(version: DeadlineVersion, status: VersionStatus, *, cause: Cause, act: Act) -> None:
    version.number = reckoning.next_number(version.deadline)
    reckoning.store(version, status, cause=cause, by=act.by, at=act.at, reason=act.reason)


def propose(version: DeadlineVersion, *, cause: Cause, act: Act) -> None:
    append(version, VersionStatus.PROPOSED, cause=cause, act=act)


def propose_again(version: DeadlineVersion, *, cause: Cause, act: Act) -> None:
    """The very proposal that had given way to another, where it said this; else a new one."""
    former = version.deadline.versions.filter(
        status=VersionStatus.WITHDRAWN, rejected_at=None, cause=cause, instead_of=version.instead_of,
        arrangements=version.arrangements, facts=version.facts, due_at=version.due_at,
    ).order_by("-number").first()  # fmt: skip
    if former is None:
        propose(version, cause=cause, act=act)
        return
    former.status = VersionStatus.PROPOSED
    former.save(update_fields=["status"])


def withdraw(proposal: DeadlineVersion | None) -> None:
    if proposal is not None:
        proposal.status = VersionStatus.WITHDRAWN
        proposal.save(update_fields=["status"])


def reject(proposal: DeadlineVersion, *, at: datetime) -> None:
    """Counsel would not have it: this fact, or this move of this date by a calendar."""
    proposal.status, proposal.rejected_at = VersionStatus.WITHDRAWN, at
    proposal.save(update_fields=["status", "rejected_at"])
