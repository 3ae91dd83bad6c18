"""One deadline with its working, its versions and its ledgers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q

from cases.actions import further
from cases.actions.grounds import rests_on_withdrawn
from cases.actions.owed import PAYING
from cases.actions.revising import if_both
from cases.law.rulebook import book
from cases.models import (
    Case,
    Deadline,
    DeadlineVersion,
    Event,
    Extension,
    Measure,
    NoticeKind,
    Outcome,
    Person,
    Suspension,
    VersionStatus,
)
from cases.permissions import visible_to
from tracker.status.clocks import clock_of, rows
from tracker.status.nouns import Clock, Who
from tracker.status.people import PERSON, columns, somebody, who
from tracker.status.record import FilingRow, filing_columns, filing_row
from tracker.status.working import Working, working

OPEN: Final = (VersionStatus.IN_FORCE, VersionStatus.PROPOSED)
MOST: Final = 50
MOST_OPEN_OF_ONE: Final = 2  # the version in force and one proposal


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What was reckoned when; old dates are kept, struck through."""

    uid: str
    number: int
    status: str
    cause: str
    reason: str
    due_on: date | None
    safe_due_on: date | None
    provisional: bool
    missing: tuple[str, ...]
    rule_version: str
    calendar_version: str
    made_at: datetime
    made_by: Who
    confirmed_at: datetime | None
    confirmed_by: Who | None


@dataclass(frozen=True, slots=True)
class ExtensionRow:
    uid: str
    state: str
    amount: int | None
    unit: str
    until_on: date | None
    asked_on: date | None
    decided_on: date | None
    document_uid: str
    pays_uid: str  # of the measure whose instalments gave the time
    reason: str


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    uid: str
    from_on: date
    until_on: date | None
    document_uid: str
    reason: str


@dataclass(frozen=True, slots=True)
class FurtherFact:
    """A fact beyond the one that starts the clock; `on` is None while no event supplies it."""

    name: str
    event_name: str
    event_uid: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """`arrangement`: the imported one that moves the date, or whose withdrawal does."""

    working: Working
    arrangement: str


@dataclass(frozen=True, slots=True)
class DeadlinePage:
    """`proposals`: what is to be set against the working in force, the earliest first.

    `ended_by`: the event that answered the clock or that its end was, as name and uid.
    """

    clock: Clock
    working: Working | None
    proposals: tuple[Proposed, ...]
    if_all: Working | None  # were all that is proposed confirmed; None where that is not more than one
    versions: tuple[VersionRow, ...]
    extensions: tuple[ExtensionRow, ...]
    suspensions: tuple[SuspensionRow, ...]
    filings: tuple[FilingRow, ...]
    outcome_reason: str
    event_name: str
    event_uid: str
    counted_from: date | None  # where the date in force counts from another day than the record now has
    rests_on: tuple[str, ...]  # arrangements withdrawn since, by which the date in force was counted all the same
    further: tuple[FurtherFact, ...]
    ended_by: tuple[str, str] | None
    revision: int
    pays_uid: str  # the measure that is paid by it, whole or by a part


def deadline_page(uid: str, person: Person, *, now: datetime, case: Case | None = None) -> DeadlinePage:
    """Raises Deadline.DoesNotExist for what the person may not know of (or of another case than the one named)."""
    known = visible_to(Deadline.objects.filter(uid=uid), person, at=now)
    known = known.filter(case=case) if case else known
    clock = clock_of(rows(known).get(), now=now)
    deadline = known.select_related("event").get()
    open_ones = list(deadline.versions.filter(status__in=OPEN).select_related("deadline", "arrangement"))
    return DeadlinePage(
        clock=clock,
        working=next((working(version) for version in open_ones if version.status == VersionStatus.IN_FORCE), None),
        proposals=proposals(open_ones),
        if_all=if_all(deadline) if len(open_ones) > MOST_OPEN_OF_ONE else None,
        versions=_versions(deadline),
        extensions=extensions(deadline),
        suspensions=suspensions(deadline),
        filings=tuple(filing_row(row) for row in filing_columns(deadline.filings.order_by("-sent_at", "-pk"))[:MOST]),
        outcome_reason=deadline.outcome_reason,
        event_name=deadline.event.name if deadline.event else "",
        event_uid=deadline.event.uid if deadline.event else "",
        counted_from=counted_from(deadline, open_ones),
        rests_on=tuple(rests_on_withdrawn(deadline)) if clock.outcome == Outcome.RUNNING else (),
        further=further_facts(deadline),
        ended_by=ended_by(deadline),
        revision=deadline.revision,
        pays_uid=pays(deadline),
    )


def proposals(versions: Iterable[DeadlineVersion]) -> tuple[Proposed, ...]:
    found = [version for version in versions if version.status == VersionStatus.PROPOSED]
    found.sort(key=lambda version: (version.due_at is None, version.due_at, version.number))
    return tuple(Proposed(working(row), row.arrangement.uid if row.arrangement else "") for row in found)


def counted_from(deadline: Deadline, versions: Iterable[DeadlineVersion]) -> date | None:
    """A corrected day that waits for counsel, or that counsel rejected, is in the record and not in the date."""
    in_force = next((version for version in versions if version.status == VersionStatus.IN_FORCE), None)
    if in_force is None or deadline.event is None or "on" not in in_force.facts:
        return None
    on = date.fromisoformat(in_force.facts["on"])
    return on if on != deadline.event.occurred_on else None


def if_all(deadline: Deadline) -> Working | None:
    version = if_both(deadline)
    return working(version) if version else None


def pays(deadline: Deadline) -> str:
    owing = Measure.objects.filter(amount__isnull=False).exclude(notice__kind=NoticeKind.PRIOR_NOTICE)
    whole = Q(pk=deadline.measure_id) if deadline.rule_id == PAYING else Q()
    own = owing.filter(Q(instalments__deadline=deadline) | whole)
    return own.values_list("uid", flat=True).first() or ""


def ended_by(deadline: Deadline) -> tuple[str, str] | None:
    own = Q(expiry_of=deadline) | Q(answered=deadline)
    return Event.objects.filter(own, voided_at__isnull=True).order_by("pk").values_list("name", "uid").first()


def further_facts(deadline: Deadline) -> tuple[FurtherFact, ...]:
    """As the law of the day that started it asks for them."""
    trigger = deadline.event
    if trigger is None or deadline.rule_id not in further.users_of(further.every()):
        return ()
    rule = book().rule(deadline.rule_id, trigger.occurred_on)
    found = further.known(rule, trigger, further.standing([deadline.case_id]))
    return tuple(
        FurtherFact(name, book().facts[name].event, row.uid if row else "", row.occurred_on if row else None)
        for name in rule.facts[1:]
        for row in [found.get(name)]
    )


def leading_working(clock: Clock) -> Working | None:
    """The working of the version whose date leads; the clock was already behind the wall."""
    open_ones = DeadlineVersion.objects.filter(deadline__uid=clock.uid, status__in=OPEN).select_related("deadline")
    found = sorted(open_ones, key=lambda version: (version.due_on != clock.due_on, version.number))
    if found and found[0].due_on != clock.due_on:
        return if_all(found[0].deadline) or working(found[0])
    return working(found[0]) if found else None


_VERSION: Final = (
    "uid", "number", "status", "cause", "reason", "due_on", "safe_due_on", "provisional", "rule_version",
    "calendar_version", "made_at", "confirmed_at",
)  # fmt: skip


def _versions(deadline: Deadline) -> tuple[VersionRow, ...]:
    found = deadline.versions.order_by("-number", "-pk").values(
        *_VERSION, "missing", *columns("made_by", PERSON), *columns("confirmed_by", PERSON)
    )
    return tuple(
        VersionRow(
            **{name: row[name] for name in _VERSION},
            missing=tuple(row["missing"]),
            made_by=somebody(row, "made_by"),
            confirmed_by=who(row, "confirmed_by"),
        )
        for row in found[:MOST]
    )


def extensions(deadline: Deadline) -> tuple[ExtensionRow, ...]:
    found = Extension.objects.filter(deadline=deadline).order_by("recorded_at", "pk").values_list(
        "uid", "state", "amount", "unit", "until_on", "asked_on", "decided_on", "document__uid",
        "instalment__measure__uid", "reason",
    )  # fmt: skip
    return tuple(ExtensionRow(*row[:7], row[7] or "", row[8] or "", row[9]) for row in found[:MOST])


def suspensions(deadline: Deadline) -> tuple[SuspensionRow, ...]:
    found = Suspension.objects.filter(deadline=deadline).order_by("from_on", "pk")
    rows = found.values_list("uid", "from_on", "until_on", "document__uid", "reason")
    return tuple(SuspensionRow(*row[:3], row[3] or "", row[4]) for row in rows[:MOST])
