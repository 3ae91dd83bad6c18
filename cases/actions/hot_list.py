"""Reads a captured hot list into a case: the file becomes evidence, its hours captures, matching rows sightings.

An import is a row before it is work: whatever is killed on the way is found again by `unfinished` and starts over,
for a reading is one transaction. `reflag` reads the kept files anew under the rules of the day.
"""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final, cast

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import boards
from cases.actions import RuleBroken, sightings
from cases.actions.belonging import check_open, locked_case
from cases.actions.custody import add_custody
from cases.actions.drafts import EvidenceDraft
from cases.actions.evidence import BytesMissing, SameBytes, take_in
from cases.actions.flagged import SURFACE_LENGTH, add_default_rules
from cases.actions.log import write_log
from cases.actions.received import StoreUnreachable, the_store
from cases.actions.secrecy import check_no_secret
from cases.actions.tally import Count, Standing, Tally, hour_of
from cases.custody import store
from cases.models import (
    Basis,
    Capture,
    Case,
    CustodyAction,
    Evidence,
    FlaggedContent,
    FlaggingRule,
    Import,
    Person,
    WorkState,
)

# A reading takes minutes: its door hands in its clock, which is asked once, when the work is done.
Clock = Callable[[], datetime]
UNFINISHED: Final = (WorkState.WAITING, WorkState.RUNNING)

WHY_UNREADABLE: Final[Mapping[str, str | Promise]] = {
    "empty": _("The file is empty."),
    "encoding": _("The file is not text in UTF-8."),
    "columns": _("The first line does not name the columns captured_at, rank, title and category."),
    "archive": _("The file is an archive. Give the list itself: CSV, gzipped CSV or JSON lines."),
    "damaged_gzip": _("The gzip file is damaged or cut off."),
    "too_large": _("The file is too large once unpacked."),
    "line_too_long": _("A line of the file is too long to be a row of a list."),
    "altered": _("The kept file is no longer what was taken in: its SHA-256 differs."),
}
WHY_REJECTED: Final[Mapping[str, str | Promise]] = {
    "captured_at": _("The time of capture cannot be read."),
    "no_zone": _("The time of capture names no time zone."),
    "rank": _("The rank is no whole number from 1."),
    "title": _("The title is missing or too long."),
    "category": _("The category cannot be read."),
    "heat": _("The heat is no whole number."),
    "read_count": _("The read count is no whole number."),
    "is_ad": _("Whether it is an advertisement cannot be read."),
    "encoding": _("The row is not text in UTF-8."),
    "columns": _("The row has more or fewer values than there are columns."),
    "csv": _("The row is not CSV."),
    "json": _("The line is not a JSON object."),
    "duplicate": _("The same title at the same rank is on this list already."),
}


class UnreadableHotList(RuleBroken):
    code = "unreadable_hot_list"


class NothingImported(RuleBroken):
    code = "nothing_imported"


class NoSurface(RuleBroken):
    code = "no_surface"


@dataclass(frozen=True, slots=True)
class Imported:
    """`is_repeat`: this file was read before, nothing was added, `record` is that first import."""

    record: Import
    is_repeat: bool = False


def unfinished() -> "QuerySet[Import]":
    """What a worker has still to run, the oldest first."""
    return Import.objects.filter(state__in=UNFINISHED).order_by("recorded_at", "pk")


def import_hot_list(
    *,
    case: Case,
    surface: str,
    file: BinaryIO,
    filename: str,
    by: Person,
    at: datetime,
    clock: Clock | None = None,
    reason: str = "",
    contains_state_secret: bool = False,
) -> Imported:
    """Takes the file in and reads it. The same file again is not read again."""
    begun = begin_import(
        case=case, surface=surface, file=file, filename=filename, by=by, at=at, reason=reason,
        contains_state_secret=contains_state_secret,
    )  # fmt: skip
    return begun if begun.is_repeat else Imported(run_import(importing=begun.record, at=at, clock=clock))


def begin_import(
    *,
    case: Case,
    surface: str,
    file: BinaryIO,
    filename: str,
    by: Person,
    at: datetime,
    reason: str = "",
    contains_state_secret: bool = False,
) -> Imported:
    """The file is evidence and the import waits; `run_import` does the work, here or in a worker.

    A case that never had a flagging rule gets those of the taxonomy. `reason`: why `by` signs, where nobody was named.
    """
    check_no_secret(contains=contains_state_secret)
    surface = _checked_surface(surface)
    evidence = _taken_in(case=case, surface=surface, file=file, filename=filename, by=by, at=at)
    if not case.flagging_rules.exists():
        add_default_rules(case=case, by=by, at=at)
    return _asked(evidence=evidence, surface=surface, by=by, at=at, reason=reason)


def reflag(*, case: Case, surface: str, by: Person, at: datetime, clock: Clock | None = None) -> Import:
    """Reads every kept file of the surface again under the rules of today."""
    return run_import(importing=begin_reflag(case=case, surface=surface, by=by, at=at), at=at, clock=clock)


@transaction.atomic
def begin_reflag(*, case: Case, surface: str, by: Person, at: datetime) -> Import:
    check_open(locked_case(case))
    newest = _files(case.pk, surface).select_for_update(of=("self",)).last()
    if newest is None:
        raise NothingImported(_("No file of this list was imported into the case."))
    waiting = unfinished().filter(case=case, surface=surface, is_reflag=True).first()
    return waiting or _new(evidence=newest.evidence, surface=surface, is_reflag=True, by=by, at=at)


def run_import(*, importing: Import, at: datetime, clock: Clock | None = None) -> Import:
    """Does the work of one import, wherever it was left; a done one is returned as it is.

    Without a clock it ends, as far as the record goes, at the instant it began.
    """
    ended = clock or (lambda: at)
    _mark_running(importing, at=at)
    try:
        return _read(importing=importing, at=at, ended=ended)
    except boards.UnreadableBoard as error:
        _mark_failed(importing, error, at=ended())
        message = WHY_UNREADABLE.get(error.code, _("The file cannot be read as a hot list."))
        raise UnreadableHotList(message, import_uid=importing.uid, reason=error.code, detail=error.detail) from error


def _checked_surface(surface: str) -> str:
    name = " ".join(surface.split())
    if not name or len(name) > SURFACE_LENGTH:
        raise NoSurface(_("Name the list the file was captured from, in 80 characters or fewer."))
    return name


def _taken_in(*, case: Case, surface: str, file: BinaryIO, filename: str, by: Person, at: datetime) -> Evidence:
    draft = EvidenceDraft(title_en=f"Captured list: {surface}", title_zh=f"榜单抓取文件：{surface}", source=surface)
    try:
        return take_in(case=case, file=file, filename=filename, draft=draft, by=by, at=at)
    except SameBytes as same:
        return Evidence.objects.select_related("blob", "case").get(case=case, uid=same.details["evidence_uid"])


@transaction.atomic
def _asked(*, evidence: Evidence, surface: str, by: Person, at: datetime, reason: str) -> Imported:
    Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk)  # two who bring the same file take turns
    first = evidence.imports.filter(surface=surface, is_reflag=False).order_by("pk").first()
    if first is None:
        return Imported(_new(evidence=evidence, surface=surface, is_reflag=False, by=by, at=at, reason=reason))
    return Imported(first, is_repeat=first.state == WorkState.DONE)


def _new(*, evidence: Evidence, surface: str, is_reflag: bool, by: Person, at: datetime, reason: str = "") -> Import:
    importing = Import.objects.create(
        case_id=evidence.case_id,
        surface=surface,
        evidence=evidence,
        is_reflag=is_reflag,
        recorded_at=at,
        recorded_by=by,
    )
    verb = "reflag" if is_reflag else "import_hot_list"
    facts = {"evidence": evidence.uid}
    write_log(verb, importing, case=importing.case, by=by, at=at, reason=reason, facts=facts)
    return importing


def _files(case_pk: int, surface: str) -> "QuerySet[Import]":
    """The imports whose files were read, in the order in which they were brought."""
    done = Import.objects.filter(case_id=case_pk, surface=surface, is_reflag=False, state=WorkState.DONE)
    return done.select_related("evidence__blob").order_by("pk")


@transaction.atomic
def _mark_running(importing: Import, *, at: datetime) -> None:
    """Committed before the work, with the custody of each file that will be read."""
    held = Import.objects.select_for_update().get(pk=importing.pk)
    if held.state == WorkState.DONE:
        return
    held.state, held.started_at, held.failure = WorkState.RUNNING, at, ""
    held.save(update_fields=["state", "started_at", "failure"])
    for source in _sources(held):
        values = {"purpose": "reflag" if held.is_reflag else "import_hot_list", "import": held.uid}
        add_custody(source.evidence, CustodyAction.READ, by=held.recorded_by, at=at, values=values)


def _sources(importing: Import) -> list[Import]:
    return list(_files(importing.case_id, importing.surface)) if importing.is_reflag else [importing]


@transaction.atomic
def _read(*, importing: Import, at: datetime, ended: Clock) -> Import:
    sightings.lock_surface(importing)
    held = Import.objects.select_for_update(of=("self",), no_key=True).select_related("case").get(pk=importing.pk)
    if held.state == WorkState.DONE:
        return held
    rules = {rule.uid: rule for rule in _rules_in_force(held)}
    sightings.make_room()
    tallies = [_read_file(source, held, number, rules) for number, source in enumerate(_sources(held))]
    if not held.is_reflag:
        held.captures_added = sightings.add_captures(held, tallies[0])
    held.candidates_added = sightings.settle(held, rules=rules, at=at)
    _mark_done(held, tallies, at=ended())
    return held


def _rules_in_force(importing: Import) -> "QuerySet[FlaggingRule]":
    return FlaggingRule.objects.filter(case_id=importing.case_id, retired_at__isnull=True).order_by("pk")


def _read_file(source: Import, importing: Import, number: int, rules: Mapping[str, FlaggingRule]) -> Tally:
    patterns = [boards.Pattern(rule.uid, tuple(rule.categories), tuple(rule.words)) for rule in rules.values()]
    count = Count(
        matcher=boards.Matcher(patterns),
        titles=_titles_flagged_by_people(importing),
        standing=Standing(_hours(importing), own=source.uid, free=not importing.is_reflag),
    )
    with _Kept(source.evidence) as kept:
        sightings.stream_in(count.matches(boards.read(cast(BinaryIO, kept))), file=number, rules=rules)
        kept.check()
    return count.tally


def _titles_flagged_by_people(importing: Import) -> frozenset[str]:
    named = FlaggedContent.objects.filter(case_id=importing.case_id, surface=importing.surface)
    return frozenset(named.exclude(basis=Basis.RULE).values_list("title_key", flat=True))


def _hours(importing: Import) -> dict[datetime, str]:
    found = Capture.objects.filter(case_id=importing.case_id, surface=importing.surface).order_by("captured_at", "pk")
    pairs = found.values_list("captured_at", "made_by_import__uid")
    return {hour_of(at): uid for at, uid in pairs.iterator(chunk_size=5_000)}


def _mark_done(held: Import, tallies: list[Tally], *, at: datetime) -> None:
    held.state, held.finished_at = WorkState.DONE, at
    held.rows_read = sum(tally.read for tally in tallies)
    held.rows_matched = sum(tally.matched for tally in tallies)
    held.rows_unmatched = sum(tally.unmatched for tally in tallies)
    held.rows_rejected = sum(tally.rejected for tally in tallies)
    held.rejected = list(_rejected(held, tallies))
    if not held.is_reflag:
        held.conflicts = [
            {"captured_at": hour.isoformat(), "import": uid} for hour, uid in sorted(tallies[0].conflicts.items())
        ]
    held.save()
    write_log("finish_import", held, case=held.case, by=held.recorded_by, at=at, facts=figures(held))


def _rejected(held: Import, tallies: list[Tally]) -> Iterator[dict[str, object]]:
    for source, tally in zip(_sources(held), tallies, strict=True):
        file = {"evidence": source.evidence.uid} if held.is_reflag else {}
        yield from ({**row, **file} for row in tally.listed)


def figures(importing: Import) -> dict[str, int]:
    return {
        "rows_read": importing.rows_read,
        "rows_matched": importing.rows_matched,
        "rows_unmatched": importing.rows_unmatched,
        "rows_rejected": importing.rows_rejected,
        "captures_added": importing.captures_added,
        "candidates_added": importing.candidates_added,
        "conflicts": len(importing.conflicts),
    }


@transaction.atomic
def _mark_failed(importing: Import, error: boards.UnreadableBoard, *, at: datetime) -> None:
    held = Import.objects.select_for_update(of=("self",)).select_related("case").get(pk=importing.pk)
    held.state, held.failure, held.finished_at = WorkState.FAILED, error.code, at
    held.save(update_fields=["state", "failure", "finished_at"])
    write_log("fail_import", held, case=held.case, by=held.recorded_by, at=at, facts={"failure": error.code})


class _Kept(io.RawIOBase):
    """A kept file that is hashed as it is read: figures rest on the bytes that were taken in, or are not made."""

    def __init__(self, evidence: Evidence) -> None:
        super().__init__()
        self._sha256 = evidence.blob.sha256
        with _asking_the_store():
            self._stream = the_store().open(self._sha256)
        self._hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than Buffer
        with _asking_the_store(), store.reaching():
            piece = self._stream.read(len(buffer))
        self._hash.update(piece)
        buffer[: len(piece)] = piece
        return len(piece)

    def check(self) -> None:
        """Reads what is left, if anything, and compares."""
        while self.read(1024 * 1024):
            pass
        if self._hash.hexdigest() != self._sha256:
            raise boards.UnreadableBoard("altered")

    def close(self) -> None:
        self._stream.close()
        super().close()


@contextmanager
def _asking_the_store() -> Iterator[None]:
    try:
        yield
    except store.NotStored as error:
        raise BytesMissing(_("The file is not in the store. Tell an administrator.")) from error
    except store.Unreachable as error:
        raise StoreUnreachable(_("The store of the files does not answer. Try again.")) from error
