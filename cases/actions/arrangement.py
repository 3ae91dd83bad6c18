"""Holiday arrangements: importing one, confirming or rejecting the dates it would move, and taking it back.

Until counsel confirms, each date in force stays and the watch runs on the earlier of the two; a working that changes
and moves nothing (a date no longer provisional) takes effect at once. Withdrawing goes the same way back.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cases import legislation
from cases.actions import RuleBroken
from cases.actions.deadline import NothingToConfirm
from cases.actions.grounds import REJECTED
from cases.actions.log import plain, save, write_log
from cases.actions.recounting import (
    CHUNK,
    FORMER,
    OF_FACT,
    Fate,
    Laid,
    Recounted,
    Tally,
    recount_all,
    recounted,
    refresh_leads,
    set_status,
    settle_each,
    touched,
)
from cases.law.arrangements import Arranged, read_arrangement
from cases.law.rulebook import BadRulebook
from cases.models import (
    Arrangement,
    ArrangementState,
    Deadline,
    DeadlineVersion,
    LogEntry,
    Outcome,
    Person,
    VersionStatus,
)
from cases.sayings import in_words, said_in_words

LONGEST: Final = 100_000  # characters; a year's arrangement has some two thousand


class BadArrangement(RuleBroken):
    code = "bad_arrangement"

    def __init__(self, file: str, line: int, what: object) -> None:
        told = {"file": file, "line": line, "what": str(what)}
        super().__init__(_("Not an arrangement: %(file)s, line %(line)s: %(what)s") % told, **told)


class ArrangementWithdrawn(RuleBroken):
    code = "arrangement_withdrawn"


class ArrangementRestedOn(RuleBroken):
    code = "arrangement_rested_on"


@dataclass(frozen=True, slots=True)
class Imported:
    arrangement: Arrangement
    tally: Tally


def read(text: str, *, file_name: str) -> Arranged:
    """What the text arranges over the law in force; refuses with file and line what is no arrangement."""
    if len(text) > LONGEST:
        raise BadArrangement(file_name, 1, _("longer than any year's arrangement"))
    try:
        return read_arrangement(text, file_name, legislation.in_force().calendars)
    except BadRulebook as error:
        raise BadArrangement(error.file, error.line, said_in_words(error.said)) from error


def text_of(content: bytes, *, file_name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadArrangement(file_name, line, _("not UTF-8 text")) from error


def foreseen(arranged: Arranged, *, among: "QuerySet[Deadline]") -> Iterator[Recounted]:
    """What importing it would do to those deadlines, alike ones together; nothing is written."""
    law = legislation.in_force().with_calendar(arranged.calendar)
    found = touched(arranged.calendar.id, arranged.years).filter(pk__in=among.order_by().values("pk"))
    for chunk in recounted(found, Laid(legislation.standing(arranged.calendar.id), law, arranged)):
        yield from (each for each in chunk if each.fate is not Fate.STAYS)


@transaction.atomic
def import_arrangement(*, text: str, file_name: str, by: Person, at: datetime) -> Imported:
    """Lays it over the calendar at once: new dates count by it, open ones that it moves are proposed anew."""
    legislation.hold_alone()
    arranged = read(text, file_name=file_name)
    arrangement = Arrangement.objects.create(
        calendar=arranged.calendar.id,
        version=arranged.calendar.version,
        years=list(arranged.years),
        source=arranged.source,
        is_fictional=arranged.is_fictional,
        file_name=file_name[:200],
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        recorded_at=at,
        recorded_by=by,
    )
    tally = _recount(arrangement, by=by, at=at)
    facts = {"version": arrangement.version, "years": arrangement.years, "sha256": arrangement.sha256}
    counts: dict[str, object] = {"moved": tally.moved, "settled": tally.settled}
    write_log("import_arrangement", arrangement, case=None, by=by, at=at, facts=counts | facts)
    return Imported(arrangement, tally)


def _recount(arrangement: Arrangement, *, by: Person, at: datetime) -> Tally:
    """Every deadline it touches, under the law as it now stands.

    What is then proposed belongs to it, imported or withdrawn; what another had proposed before comes back as that.
    """
    legislation.forget()
    laid = Laid(legislation.standing(arrangement.calendar), legislation.in_force())
    return recount_all(touched(arrangement.calendar, arrangement.years), laid, arrangement=arrangement, by=by, at=at)


# ---- Taking it back --------------------------------------------------------------------------------------------------
@transaction.atomic
def withdraw_arrangement(*, arrangement: Arrangement, reason: str, by: Person, at: datetime) -> Imported:
    """What nobody confirmed is as before; a date that was confirmed gets a proposal back, for counsel to confirm."""
    legislation.hold_alone()
    arrangement = Arrangement.objects.select_for_update().get(pk=arrangement.pk)
    _check_may_go(arrangement)
    arrangement.state, arrangement.withdraw_reason = ArrangementState.WITHDRAWN, reason
    arrangement.withdrawn_at, arrangement.withdrawn_by = at, by
    save(arrangement, "state", "withdraw_reason", "withdrawn_at", "withdrawn_by")
    undone = _undo(arrangement)
    tally = _recount(arrangement, by=by, at=at)
    facts = {"version": arrangement.version, "undone": undone, "moved": tally.moved, "settled": tally.settled}
    write_log("withdraw_arrangement", arrangement, case=None, by=by, at=at, reason=reason, facts=facts)
    return Imported(arrangement, tally)


def _check_may_go(arrangement: Arrangement) -> None:
    if arrangement.state != ArrangementState.IMPORTED:
        raise ArrangementWithdrawn(_("This arrangement was withdrawn already."))
    try:
        legislation.without(arrangement)
    except BadRulebook as error:
        told = {"what": in_words(error)}
        raise ArrangementRestedOn(_("A later arrangement rests on this one: %(what)s") % told) from error


def _undo(arrangement: Arrangement) -> int:
    """Open proposals go; a version that took effect by itself gives way to the one it replaced."""
    running = arrangement.versions.filter(deadline__outcome=Outcome.RUNNING)
    proposed = running.filter(status=VersionStatus.PROPOSED)
    settled = running.filter(status=VersionStatus.IN_FORCE, confirmed_at__isnull=True)
    return _in_chunks(proposed, _withdraw) + _in_chunks(settled, _give_way)


def _in_chunks(versions: "QuerySet[DeadlineVersion]", act: Callable[[list[DeadlineVersion]], None]) -> int:
    """`act` changes the status the versions were found by, so that they are not found again, and what then leads.

    Locks their deadlines.
    """
    count = 0
    wanted = versions.select_related("deadline").defer("trace", "facts").order_by("pk")
    wanted = wanted.select_for_update(of=("deadline",), no_key=True)
    while chunk := list(wanted[:CHUNK]):
        act(chunk)
        count += len(chunk)
    return count


def _named(versions: list[DeadlineVersion]) -> "QuerySet[DeadlineVersion]":
    return DeadlineVersion.objects.filter(pk__in=[version.pk for version in versions])


def _lead(versions: list[DeadlineVersion]) -> None:
    refresh_leads([version.deadline_id for version in versions])


def _withdraw(versions: list[DeadlineVersion]) -> None:
    set_status(_named(versions), VersionStatus.WITHDRAWN)
    _lead(versions)


def _give_way(versions: list[DeadlineVersion]) -> None:
    """To what each stands instead of; where that rests on an arrangement withdrawn since, to what it replaced."""
    set_status(_named(versions), VersionStatus.WITHDRAWN)
    before = {version.instead_of_id for version in versions if version.instead_of_id}
    while gone := dict(_withdrawn_since(before).values_list("pk", "instead_of")):
        before = {gone.get(pk) or pk for pk in before}
    set_status(DeadlineVersion.objects.filter(pk__in=before), VersionStatus.IN_FORCE)
    _lead(versions)


def _withdrawn_since(pks: Collection[int]) -> "QuerySet[DeadlineVersion]":
    settled = DeadlineVersion.objects.filter(pk__in=pks, confirmed_at__isnull=True, instead_of__isnull=False)
    return settled.filter(arrangement__state=ArrangementState.WITHDRAWN)


# ---- Deciding --------------------------------------------------------------------------------------------------------
def proposals_of(arrangement: Arrangement, *, among: "QuerySet[Deadline]") -> "QuerySet[DeadlineVersion]":
    """The open ones, of running deadlines."""
    known = among.filter(outcome=Outcome.RUNNING).order_by().values("pk")
    return arrangement.versions.filter(status=VersionStatus.PROPOSED, deadline__in=known)


@transaction.atomic
def confirm_proposals(*, arrangement: Arrangement, among: "QuerySet[Deadline]", by: Person, at: datetime) -> int:
    """Every open date of the arrangement `among` those the person may know of takes effect, each with its log entry."""

    def confirm(chunk: list[DeadlineVersion]) -> None:
        before = DeadlineVersion.objects.filter(deadline__in=[version.deadline_id for version in chunk])
        set_status(before.filter(status=VersionStatus.IN_FORCE), VersionStatus.SUPERSEDED)
        _named(chunk).order_by().update(status=VersionStatus.IN_FORCE, confirmed_at=at, confirmed_by=by)
        _lead(chunk)
        # The date in force is another: what was rejected of the one before is proposed of this.
        settle_each(_also_waiting(chunk, OF_FACT | REJECTED), by=by, at=at)
        _log_each("confirm_version", chunk, by=by, at=at)

    count = _decide(arrangement, among, confirm)
    write_log("confirm_proposals", arrangement, case=None, by=by, at=at, facts={"confirmed": count})
    return count


@transaction.atomic
def reject_proposals(
    *, arrangement: Arrangement, among: "QuerySet[Deadline]", reason: str, by: Person, at: datetime
) -> int:
    """The dates in force stay, though the arrangement stands."""

    def reject(chunk: list[DeadlineVersion]) -> None:
        _named(chunk).order_by().update(status=VersionStatus.WITHDRAWN, rejected_at=at)
        _lead(chunk)
        settle_each(_also_waiting(chunk, OF_FACT), by=by, at=at)
        _log_each("withdraw_proposal", chunk, by=by, at=at, reason=reason)

    count = _decide(arrangement, among, reject)
    write_log("reject_proposals", arrangement, case=None, by=by, at=at, reason=reason, facts={"rejected": count})
    return count


def _also_waiting(decided: list[DeadlineVersion], waits: Q) -> list[int]:
    """The deadlines of which more waits: a date that a fact moves, or what another arrangement had proposed before."""
    more = DeadlineVersion.objects.filter(deadline__in=[version.deadline_id for version in decided])
    more = more.filter(waits | (FORMER & Q(instead_of=F("deadline__current"), arrangement__state="imported")))
    return sorted(set(more.values_list("deadline", flat=True)))


def _decide(arrangement: Arrangement, among: "QuerySet[Deadline]", act: Callable[[list[DeadlineVersion]], None]) -> int:
    legislation.hold()
    count = _in_chunks(proposals_of(arrangement, among=among), act)
    if not count:
        raise NothingToConfirm(_("No new date of this arrangement waits to be confirmed."))
    return count


def _log_each(verb: str, versions: list[DeadlineVersion], *, by: Person, at: datetime, reason: str = "") -> None:
    """A date is decided case by case, and each case's log says so: one entry a deadline, in one statement."""
    LogEntry.objects.bulk_create(
        LogEntry(
            case_id=version.deadline.case_id,
            person=by,
            verb=verb,
            object_kind="deadline",
            object_uid=version.deadline.uid,
            recorded_at=at,
            reason=reason,
            facts={"version": version.number, "from": plain(version.deadline.due_on), "to": plain(version.due_on)},
        )
        for version in versions
    )
