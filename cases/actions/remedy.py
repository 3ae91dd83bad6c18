"""The remedies against a measure: a right that was used ends as met, the way that this closes as not chosen.

Withdrawn, voided or not accepted, it opens again. What cannot be told to concern a measure ends nothing. No log of its
own: each step says what it did, for the log of the action.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet

from cases.actions import reckoning
from cases.actions.differing import joined
from cases.actions.log import save
from cases.actions.striking import USED, let_run, take_end_back
from cases.law import remedies
from cases.models import Actor, Deadline, Event, Measure, Outcome, Person, Track, TrackKind

# Why a clock ended; whoever shows it has the sentence.
APPLIED_FOR = "reconsideration_applied_for"
SUIT_FILED = "suit_filed"
APPLICATION_ENDED = "application_ended"
RELATED = ("event", "current", "case")
Told = list[tuple[str, date | None]]


# ---- What happened, and to which measure -----------------------------------------------------------------------------
def hear(event: Event, *, by: Person, at: datetime) -> dict[str, object]:
    """All that an event of a remedy ends, closes and opens again; what it met, for the log."""
    if event.name not in remedies.TOLD:
        return {}
    concerned = measures_of(event)
    settle(concerned, by=by, at=at)
    told: dict[str, object] = {}
    if event.occurred_on is None:
        release(event, by=by, at=at)
    for deadline in rights_used(event):
        told = use(deadline, event, by=by, at=at) | told
    settle(concerned, by=by, at=at)
    return told


def measures_of(event: Event) -> list[Measure]:
    """The one it names, else those of the decision it names; else the only one of the case that has remedies."""
    if event.measure is not None:
        return [event.measure]
    contested = Measure.objects.filter(case=event.case_id, deadlines__rule_id__in=remedies.FIRST).distinct()
    found = list(contested.order_by("pk"))
    named = [measure for measure in found if measure.notice_id == event.notice_id]
    return named or (found if len(found) == 1 else [])


def told_of(measure: Measure) -> Told:
    """What happened to the measure, as surely as `measures_of` knows it, in the order of the law's time."""
    own = Q(measure=measure) | Q(measure=None, notice=measure.notice_id)
    contested = Deadline.objects.filter(case=measure.case_id, rule_id__in=remedies.FIRST, measure__isnull=False)
    if not contested.exclude(measure=measure).exists():
        own |= Q(measure=None)
    return in_order(measure.case.events.filter(own))


def in_order(events: "QuerySet[Event]") -> Told:
    found = events.filter(name__in=remedies.TOLD, voided_at__isnull=True)
    return list(found.order_by(F("occurred_on").asc(nulls_last=True), "pk").values_list("name", "occurred_on"))


def names(told: Told) -> list[str]:
    return [name for name, _on in told]


# ---- A right is used -------------------------------------------------------------------------------------------------
def rights_used(event: Event) -> list[Deadline]:
    rules = remedies.used(event.name)
    if event.occurred_on is None or not rules:
        return []
    mine = Q(outcome__in=(Outcome.RUNNING, Outcome.LAPSED)) | Q(answered_by=event)
    waiting = Deadline.objects.filter(mine, case=event.case_id, rule_id__in=rules, actor=Actor.PARTY)
    held = waiting.select_for_update(of=("self",)).select_related(*RELATED).order_by("pk")
    begun = [row for row in held if has_begun(row, event)]
    return [row for rule in rules for row in meant([row for row in begun if row.rule_id == rule], event)]


def has_begun(deadline: Deadline, event: Event) -> bool:
    started = deadline.event.occurred_on if deadline.event else None
    return started is None or event.occurred_on is None or started <= event.occurred_on


def meant(found: Sequence[Deadline], event: Event) -> Sequence[Deadline]:
    """Those of its measure; those of the decision it names, all of them; else the only one, if it may be that."""
    if event.measure_id:
        own = [row for row in found if row.measure_id == event.measure_id]
        found = [row for row in found if row.measure_id is None]
    else:
        own = [row for row in found if event.notice_id and row.notice_id == event.notice_id]
    return own or (found if len(found) == 1 else [])


def use(deadline: Deadline, event: Event, *, by: Person, at: datetime) -> dict[str, object]:
    """Met as of that day, with the event as its proof; a filing that met it stays its proof."""
    assert event.occurred_on is not None
    take_end_back(deadline, why=USED, by=by, at=at)
    acted_at = event.occurred_at or min(reckoning.last_instant(event.occurred_on, event.zone), at)
    if deadline.met_by_id is None:
        reckoning.end(deadline, Outcome.MET, at=acted_at)
    deadline.answered_by = event
    save(deadline, "answered_by")
    told: dict[str, object] = {"deadline": deadline.uid, "due_at": deadline.due_at, "met": True}
    late = late_by(deadline, event, acted_at)
    return told if late is None else told | {"late_by_seconds": int(late.total_seconds())}


def late_by(deadline: Deadline, event: Event, acted_at: datetime) -> timedelta | None:
    """As of a filing: how long after the last instant; where only the day is known, that day is in time whole."""
    due_on, due_at, on = deadline.due_on, deadline.due_at, event.occurred_on
    if event.name not in remedies.ACTS or due_at is None or due_on is None or on is None:
        return None
    in_time = acted_at < due_at if event.occurred_at else on <= due_on
    return None if in_time else acted_at - due_at


def release(event: Event, *, by: Person, at: datetime) -> None:
    """The event is voided, or its day no longer known: what it alone had met runs again."""
    answered = event.answered.filter(outcome=Outcome.MET).select_for_update(of=("self",)).select_related("event")
    for deadline in answered.order_by("pk"):
        deadline.answered_by = None
        save(deadline, "answered_by")
        if deadline.met_by_id is None:
            let_run(deadline, by=by, at=at)


# ---- Which ways are open ---------------------------------------------------------------------------------------------
def settle(measures: Iterable[Measure], *, by: Person, at: datetime) -> None:
    """Closes the way that another excludes, and opens it again where that other is gone."""
    for measure in measures:
        told = told_of(measure)
        said, clocks = names(told), clocks_of(measure)
        over = remedies.ended_without_decision(said)
        applied = remedies.closes_suit(said) or (is_met(clocks, remedies.RECONSIDERATION) and not over)
        sued = is_met(clocks, remedies.SUIT)
        for clock in clocks:
            if clock.rule_id == remedies.SUIT:
                keep(clock, Outcome.NOT_CHOSEN, APPLIED_FOR, when=applied, since=since(told), by=by, at=at)
                doubt(clock, is_doubtful=over)
            elif clock.rule_id == remedies.RECONSIDERATION:
                keep(clock, Outcome.NOT_CHOSEN, SUIT_FILED, when=sued, since=None, by=by, at=at)
            else:
                keep(clock, Outcome.WITHDRAWN, APPLICATION_ENDED, when=over, since=since(told), by=by, at=at)


def clocks_of(measure: Measure) -> list[Deadline]:
    rules = (*remedies.FIRST, *remedies.WITHIN)
    held = measure.deadlines.filter(rule_id__in=rules).select_for_update(of=("self",)).select_related(*RELATED)
    return list(held.order_by("pk"))


def is_met(clocks: Iterable[Deadline], rule: str) -> bool:
    return any(clock.rule_id == rule and clock.outcome == Outcome.MET for clock in clocks)


def since(told: Told) -> date | None:
    """The first day known of what closes the way."""
    return min((on for _name, on in told if on), default=None)


def keep(
    clock: Deadline, outcome: Outcome, why: str, *, when: bool, since: date | None, by: Person, at: datetime
) -> None:
    """Ends the clock so, or lets it run where that was why it ended."""
    if not when:
        if (clock.outcome, clock.outcome_reason) == (outcome, why):
            let_run(clock, by=by, at=at)
        return
    # A lapse stands, unless the other way had been taken before it.
    lapsed = clock.outcome == Outcome.LAPSED and since and clock.due_on and since <= clock.due_on
    if clock.outcome == Outcome.RUNNING or lapsed:
        take_end_back(clock, why=USED, by=by, at=at)
        reckoning.end(clock, outcome, at=at, reason=why)


def doubt(clock: Deadline, *, is_doubtful: bool) -> None:
    """The law gives the way back after a withdrawal with leave, and is silent of the rest: counsel must judge."""
    kept = [code for code in clock.caution.split() if code != reckoning.AFTER_APPLICATION]
    caution = joined(*kept, reckoning.AFTER_APPLICATION if is_doubtful else "")
    if caution != clock.caution:
        clock.caution, clock.rearm = caution, True
        save(clock, "caution", "rearm")


# ---- Whether one is under way ----------------------------------------------------------------------------------------
def is_pursued(deadline: Deadline) -> bool:
    """Its period is over, and yet not all review is: what may concern the measure is reason enough to wait."""
    told = names(in_order(deadline.case.events.filter(may_concern(deadline))))
    tracks = Track.objects.filter(may_concern(deadline), case=deadline.case_id, kind=TrackKind.REMEDY)
    if remedies.is_under_way(told, list(tracks.values_list("state", flat=True))):
        return True
    others = Deadline.objects.filter(may_concern(deadline), case=deadline.case_id).exclude(pk=deadline.pk)
    return others.filter(still_open(deadline, over=remedies.ended_without_decision(told))).exists()


def may_concern(deadline: Deadline) -> Q:
    return Q(measure=None) | Q(measure=deadline.measure_id) if deadline.measure_id else Q()


def still_open(deadline: Deadline, *, over: bool) -> Q:
    """After a reconsideration only another fifteen days; before one, any way that ends later or was taken."""
    assert deadline.current is not None
    assert deadline.current.due_at is not None
    runs = Q(outcome=Outcome.RUNNING) & (Q(due_at__isnull=True) | Q(due_at__gt=deadline.current.due_at))
    if deadline.rule_id == remedies.SUIT_AFTER:
        return runs & Q(rule_id=remedies.SUIT_AFTER)
    ways = runs & Q(rule_id__in=remedies.ALL)
    return ways if over else ways | Q(rule_id=remedies.RECONSIDERATION, outcome=Outcome.MET)


def settle_by(deadline: Deadline, *, by: Person, at: datetime) -> None:
    """A filing met one of the ways, or no longer does."""
    if deadline.rule_id in remedies.ALL and deadline.measure is not None:
        settle([deadline.measure], by=by, at=at)
