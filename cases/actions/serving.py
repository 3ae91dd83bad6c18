"""The day a notice reached us: what it dates, and service by public notice, which takes effect when its days are over.

Writes no log of its own.
"""

from datetime import date, datetime

from cases.actions import event, reckoning
from cases.actions.demands import DECISIONS, serve
from cases.actions.log import save
from cases.actions.notice_event import BY_SERVICE
from cases.models import Deadline, Event, Notice, Outcome, Person, TrackKind

POSTED = "public_notice_posted"


def date_own(notice: Notice, *, by: Person, at: datetime) -> None:
    """What the notice itself is and imposes happened when it was served; waiting deadlines get their dates."""
    own = notice.events.filter(voided_at__isnull=True, name__in=BY_SERVICE, track_move__isnull=True)
    for happened in own.select_related("case", "notice__authority", "measure"):
        happened.zone = notice.zone
        event.date_event(happened, occurred_on=notice.served_on, occurred_at=notice.served_at, by=by, at=at)
    official = notice.case.tracks.filter(kind=TrackKind.OFFICIAL, state__in=DECISIONS, moves__document=notice).first()
    if official and notice.served_on:
        serve(official, notice, by=by, at=at)


def post(notice: Notice, posted_on: date, *, by: Person, at: datetime) -> Event:
    """The public notice was posted, or that day is corrected: its thirty days run from then (CN-35)."""
    standing = notice.events.filter(voided_at__isnull=True, name=POSTED)
    found = standing.select_related("case", "notice__authority", "measure").order_by("pk").first()
    if found is not None:
        event.date_event(found, occurred_on=posted_on, occurred_at=None, by=by, at=at)
        return found
    posted = event.new_event(
        notice.case, POSTED, occurred_on=posted_on, occurred_at=None, zone=notice.zone, notice=notice, by=by, at=at
    )
    posted.save()
    reckoning.start_clocks([posted], by=by, at=at)
    return posted


def is_deemed(deadline: Deadline) -> bool:
    """Its end is a service: of the very notice that was posted."""
    return deadline.notice is not None and deadline.event is not None and deadline.event.name == POSTED


def deem(notice: Notice, on: date | None, *, by: Person, at: datetime) -> None:
    """The days of the public notice are over, and it counts as served; None: they are not over after all."""
    notice.served_on, notice.served_at = on, None
    save(notice, "served_on", "served_at")
    date_own(notice, by=by, at=at)


def served_otherwise(notice: Notice, *, at: datetime) -> None:
    """It reached us before the days of its public notice were over: they mean nothing any more."""
    for waiting in notice.deadlines.filter(event__name=POSTED, outcome=Outcome.RUNNING):
        reckoning.end(waiting, Outcome.MET, at=at)
