"""Events: what happened that can start a clock. A date may be unknown, and corrected later; nothing moves silently."""

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken, bearing, instalments, reckoning, revising
from cases.actions.applicability import PROCEDURE_TRAITS
from cases.actions.belonging import check_open
from cases.actions.closed import wake
from cases.actions.log import check_revision, save, write_log
from cases.actions.striking import strike
from cases.law.rulebook import UnknownName, book
from cases.models import Authority, Case, Event, Filing, Measure, Notice, Person, TrackMove


class UnknownEvent(RuleBroken):
    code = "unknown_event"


class UnknownTrait(RuleBroken):
    code = "unknown_trait"


class AlreadyVoided(RuleBroken):
    code = "already_voided"


def new_event(
    case: Case,
    name: str,
    *,
    occurred_on: date | None,
    occurred_at: datetime | None,
    zone: str,
    by: Person,
    at: datetime,
    notice: Notice | None = None,
    measure: Measure | None = None,
    track_move: TrackMove | None = None,
    filing: Filing | None = None,
    authority: Authority | None = None,
    traits: Mapping[str, bool] | None = None,
    source: str = "",
    note: str = "",
) -> Event:
    """The row alone: no clock, no log."""
    check_name(name)
    check_traits(traits or {})
    zone = zone or home_zone(case, notice=notice, authority=authority)
    return Event(
        case=case,
        name=name,
        occurred_on=day_of(occurred_on, occurred_at, zone),
        occurred_at=occurred_at,
        zone=zone,
        notice=notice,
        measure=measure,
        track_move=track_move,
        filing=filing,
        authority=authority,
        traits=dict(traits or {}),
        source=source,
        note=note,
        recorded_at=at,
        recorded_by=by,
    )


def check_name(name: str) -> None:
    try:
        book().event(name)
    except UnknownName as error:
        raise UnknownEvent(_("No such event is known to the law: %(name)s.") % {"name": name}) from error


def check_traits(traits: Mapping[str, bool]) -> None:
    unknown = traits.keys() - PROCEDURE_TRAITS
    if unknown:
        told = {"names": ", ".join(sorted(unknown))}
        raise UnknownTrait(_("The law gives no procedure of that name clocks of its own: %(names)s.") % told)


def home_zone(case: Case, *, notice: Notice | None = None, authority: Authority | None = None) -> str:
    """Where it is not said: where the authority sits."""
    return notice.zone if notice else (authority or case.lead_authority).zone


def day_of(occurred_on: date | None, occurred_at: datetime | None, zone: str) -> date | None:
    """The day in the event's own zone; an hour alone gives its day."""
    return occurred_at.astimezone(ZoneInfo(zone)).date() if occurred_at else occurred_on


@transaction.atomic
def log_event(
    *,
    case: Case,
    name: str,
    by: Person,
    at: datetime,
    occurred_on: date | None = None,
    occurred_at: datetime | None = None,
    zone: str = "",
    notice: Notice | None = None,
    measure: Measure | None = None,
    filing: Filing | None = None,
    authority: Authority | None = None,
    traits: Mapping[str, bool] | None = None,
    source: str = "",
    note: str = "",
) -> Event:
    """With a track move or without one; an event no rule starts on is recorded all the same."""
    event = new_event(
        case,
        name,
        occurred_on=occurred_on,
        occurred_at=occurred_at,
        zone=zone,
        notice=notice,
        measure=measure,
        filing=filing,
        authority=authority,
        traits=traits,
        source=source,
        note=note,
        by=by,
        at=at,
    )
    event.save()
    deadlines = reckoning.start_clocks([event], by=by, at=at)
    met, uids = bearing.hear(event, by=by, at=at), [deadline.uid for deadline in deadlines]
    facts = {"name": name, "on": event.occurred_on, "deadlines": uids, **met, **wake(case, by=by, at=at)}
    write_log("log_event", event, case=case, by=by, at=at, occurred_at=event.occurred_at, facts=facts)
    return event


def date_event(
    event: Event, *, occurred_on: date | None, occurred_at: datetime | None, by: Person, at: datetime
) -> dict[str, object]:
    """Gives the event its date and recounts what it started; what it met of ours, for the log."""
    event.occurred_on = day_of(occurred_on, occurred_at, event.zone)
    event.occurred_at = occurred_at
    save(event, "occurred_on", "occurred_at", "zone", "traits")
    revising.restart_clocks(event, told=event, by=by, at=at)
    instalments.carry(event, by=by, at=at)
    bearing.tell(event, by=by, at=at)
    return bearing.answer([event], by=by, at=at)


@transaction.atomic
def correct_event(
    *,
    event: Event,
    occurred_on: date | None,
    by: Person,
    at: datetime,
    occurred_at: datetime | None = None,
    traits: Mapping[str, bool] | None = None,
    reason: str,
    revision: int | None = None,
) -> Event:
    """A back-dated or corrected date: dates that would move are proposed for counsel to confirm.

    `traits`: what is now known of the procedure; left out, it stays as it was.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    check_open(event.case)
    if event.voided_at:
        raise AlreadyVoided(_("This event was voided."))
    check_revision(event, revision)
    old = event.occurred_on
    if traits is not None:
        check_traits(traits)
        event.traits = dict(traits)
    met = date_event(event, occurred_on=occurred_on, occurred_at=occurred_at, by=by, at=at)
    facts = {"from": old, "to": event.occurred_on, **met}
    write_log("correct_event", event, case=event.case, by=by, at=at, reason=reason, facts=facts)
    return event


def void(event: Event, *, reason: str, by: Person, at: datetime) -> None:
    """Voids the event and withdraws the deadlines it started; no log of its own."""
    strike(event, reason=reason, by=by, at=at)
    bearing.tell(event, by=by, at=at)
    bearing.take_back(event, by=by, at=at)


@transaction.atomic
def void_event(*, event: Event, reason: str, by: Person, at: datetime) -> Event:
    event = Event.objects.select_for_update().get(pk=event.pk)
    check_open(event.case)
    if event.voided_at:
        raise AlreadyVoided(_("This event was voided."))
    void(event, reason=reason, by=by, at=at)
    write_log("void_event", event, case=event.case, by=by, at=at, reason=reason)
    return event
