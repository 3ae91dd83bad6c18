"""What changed since the last signed briefing: its headline figures against today's, and the log since.

The same for every reader: nothing of legal advice or of persons held responsible.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cases.actions.reading import acts
from cases.models import Case, LogEntry
from cases.permissions import known_to_all
from tracker.models import Briefing
from tracker.status.log import log_columns, log_rows
from tracker.status.nouns import LogRow, Who
from tracker.status.people import PERSON, columns, somebody

MOST: Final = 20
Plain = str | int | None


@dataclass(frozen=True, slots=True)
class Difference:
    name: str
    before: Plain
    after: Plain


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything, while no briefing was signed yet: then `number` is 0 and `since` None."""

    number: int
    since: datetime | None
    signed_by: Who | None
    differences: tuple[Difference, ...]
    log: tuple[LogRow, ...]
    more: bool


def changes(case: Case, headline: Mapping[str, Plain]) -> Changes:
    signed = Briefing.objects.filter(case=case).order_by("-number", "-pk")
    last = signed.values("number", "known_at", "figures__headline", *columns("signed_by", PERSON)).first()
    since = last["known_at"] if last else None
    log = known_to_all(acts(LogEntry.objects.filter(case=case))).order_by("-recorded_at", "-pk")
    found = log_rows(log_columns(log.filter(recorded_at__gt=since) if since else log)[: MOST + 1])
    return Changes(
        number=last["number"] if last else 0,
        since=since,
        signed_by=somebody(last, "signed_by") if last else None,
        differences=differences(last["figures__headline"] or {}, headline) if last else (),
        log=found[:MOST],
        more=len(found) > MOST,
    )


def differences(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> tuple[Difference, ...]:
    names = [name for name in after if before.get(name) != after[name]]
    return tuple(Difference(name, before.get(name), after[name]) for name in names)
