"""What begins where a period ends: the end of a clock is itself an event, recorded once, and starts the next clock.

A job sweeps; nobody is there to sign, so the case's lead counsel signs and the log says so.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cases.actions import bearing, event, reckoning, remedy, revising, serving
from cases.actions.log import save, write_log
from cases.law.rulebook import book
from cases.models import Actor, Case, CaseState, Deadline, Event, Outcome, Person

# A limit of the authority's is over with its last instant. One of ours stays red for a week first: what was posted in
# time is often recorded later, and a right is not to be lost sight of by being filed away.
OURS_WAIT = timedelta(days=7)
REVIEW_OVER = "review_periods_expired"
MOST = 500  # in one sweep; the next takes the rest


def sweep(*, at: datetime) -> int:
    """Ends every clock whose period is over and starts what begins with that; says how many."""
    found = list(passed(at=at).values_list("pk", flat=True)[:MOST])
    return sum(expire(pk, at=at) is not None for pk in found)


def passed(*, at: datetime) -> "QuerySet[Deadline]":
    """Running, of a rule whose end is an event, and the last instant in force is over.

    Not where the rule may be another's: it is the strictest of several, and nobody can say that its end was the end.
    """
    rules = [rule_id for rule_id, versions in book().by_id.items() if any(rule.on_expiry for rule in versions)]
    over = Q(actor=Actor.AUTHORITY, current__due_at__lte=at) | Q(current__due_at__lte=at - OURS_WAIT)
    found = Deadline.objects.running().filter(over, rule_id__in=rules, due_at__lte=at, case__state=CaseState.OPEN)
    found = found.exclude(caution__contains=reckoning.TRAIT_UNKNOWN)
    return found.order_by("due_at", "pk")


@transaction.atomic
def expire(pk: int, *, at: datetime) -> Deadline | None:
    """Once, whoever else sweeps: the row is held, and another worker passes it over."""
    related = ("case__lead_counsel", "case__recorded_by", "current", "event", "measure", "notice__authority")
    held = passed(at=at).select_for_update(of=("self",), skip_locked=True).select_related(*related)
    deadline = held.filter(pk=pk).first()
    name = end_event(deadline) if deadline else ""
    if deadline is None or not name or is_pursued(deadline, name):
        return None
    assert deadline.current is not None
    assert deadline.current.due_on is not None
    by = signer(deadline.case)
    reckoning.end(deadline, Outcome.LAPSED, at=deadline.current.due_at or at)
    facts = {"name": name, **started(deadline, name, deadline.current.due_on, by=by, at=at)}
    write_log(
        "expire", deadline, case=deadline.case, by=by, at=at, occurred_at=deadline.outcome_at, facts=facts,
        reason=_("The period is over and nobody recorded an act. Signed on behalf of the case’s lead counsel."),
    )  # fmt: skip
    return deadline


def end_event(deadline: Deadline) -> str:
    """By the version of the rule in force when the clock started; an older one may have had no such end."""
    trigger = deadline.event.occurred_on if deadline.event else None
    return book().rule(deadline.rule_id, trigger).on_expiry


def is_pursued(deadline: Deadline, name: str) -> bool:
    """A filing without its receipt, or a review under way: the period passed, and yet nothing is over."""
    if deadline.filings.filter(voided_at__isnull=True).exists():
        return True
    return name == REVIEW_OVER and remedy.is_pursued(deadline)


def signer(case: Case) -> Person:
    return case.lead_counsel or case.recorded_by


def started(deadline: Deadline, name: str, on: date, *, by: Person, at: datetime) -> dict[str, object]:
    """A public notice ends in the service of what was posted; any other end is an event of its own."""
    if deadline.notice is not None and serving.is_deemed(deadline):
        serving.deem(deadline.notice, on, by=by, at=at)
        return {"on": on, "served": deadline.notice.uid}
    happened = recorded(deadline, name) or begin(deadline, name, on, by=by, at=at)
    return {"on": happened.occurred_on, "event": happened.uid}


def recorded(deadline: Deadline, name: str) -> Event | None:
    """A person was quicker: the same end stands already, from a move of a track, and is not told twice.

    Nor is the end of all review, whichever of its periods was the one to end.
    """
    since = deadline.event.occurred_on if deadline.event else None
    found = Event.objects.filter(case=deadline.case_id, name=name, voided_at__isnull=True)
    found = found if name == REVIEW_OVER else found.filter(expiry_of__isnull=True)
    found = found.filter(occurred_on__gte=since) if since else found
    happened = found.filter(Q(measure=None) | Q(measure=deadline.measure_id)).order_by("pk").first()
    if happened is not None and happened.expiry_of_id is None:
        happened.expiry_of = deadline
        save(happened, "expiry_of")
    return happened


def begin(deadline: Deadline, name: str, on: date, *, by: Person, at: datetime) -> Event:
    happened = event.new_event(
        deadline.case, name, occurred_on=on, occurred_at=None, zone=deadline.zone, notice=deadline.notice,
        measure=deadline.measure, by=by, at=at,
    )  # fmt: skip
    happened.expiry_of = deadline
    happened.save()
    reckoning.start_clocks([happened], by=by, at=at)
    bearing.answer([happened], by=by, at=at)
    return happened


def follow(deadline: Deadline, *, by: Person, at: datetime) -> dict[str, object]:
    """The date of an ended clock was moved: what began with its end is dated anew, which proposes, or taken back.

    Says what became of it, for the log of the action that moved the date.
    """
    if deadline.outcome != Outcome.LAPSED:
        return {}
    ends, current = standing(deadline), deadline.current
    if current is None or current.due_at is None or current.due_at > at:
        return undo(deadline, by=by, at=at)
    if deadline.notice is not None and serving.is_deemed(deadline):
        serving.deem(deadline.notice, current.due_on, by=by, at=at)
        return {"served": deadline.notice.uid, "served_on": current.due_on}
    if ends is None or ends.occurred_on == current.due_on:
        return {}
    event.date_event(ends, occurred_on=current.due_on, occurred_at=None, by=by, at=at)
    return {"expiry": ends.uid, "expiry_on": current.due_on}


def undo(deadline: Deadline, *, by: Person, at: datetime) -> dict[str, object]:
    """It was not over after all: it runs again, and what its end had started is withdrawn."""
    ends = standing(deadline)
    revising.run_on(deadline, by=by, at=at)
    if deadline.notice is not None and serving.is_deemed(deadline):
        serving.deem(deadline.notice, None, by=by, at=at)
        return {"runs_again": True, "served": deadline.notice.uid, "served_on": None}
    if ends is None:
        return {"runs_again": True}
    event.void(ends, reason=_("The period was not over."), by=by, at=at)
    return {"runs_again": True, "voided_expiry": ends.uid}


def standing(deadline: Deadline) -> Event | None:
    found = deadline.expiry_events.filter(voided_at__isnull=True).select_related("case", "notice__authority", "measure")
    return found.order_by("pk").first()
