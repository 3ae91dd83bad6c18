"""The log of what belongs to no case: people, authorities, parties, arrangements; two queries a page.

Facts are not shown: how many cases or dates something touched is nothing its reader may know.
"""

from datetime import datetime
from typing import Final

from django.db.models import Value
from django.db.models.functions import Concat, Trim

from cases.actions.reading import entries_of_no_case
from cases.models import Arrangement, Authority, Leave, LogEntry, Party, Person
from tracker.status.lists import PAGE, Page, page
from tracker.status.log import Titled, log_columns, log_rows
from tracker.status.nouns import LogRow


def names_of(prefix: str = "") -> tuple[Trim, Concat]:
    family_en, given_en, family_zh, given_zh = (
        f"{prefix}{name}" for name in ("family_en", "given_en", "family_zh", "given_zh")
    )
    return Trim(Concat(family_en, Value(" "), given_en)), Concat(family_zh, given_zh)


NAMED: Final[Titled] = {
    "person": (Person.objects.all(), *names_of()),
    "leave": (Leave.objects.all(), *names_of("person__")),
    "party": (Party.objects.all(), "name_en", "name_zh"),
    "authority": (Authority.objects.all(), "name_en", "name_zh"),
    "arrangement": (Arrangement.objects.all(), "version", "version"),
}


def system_log_list(
    person: Person, *, now: datetime, kind: str = "", cursor: str = "", size: int = PAGE
) -> Page[LogRow]:
    """`kind`: of object; empty for all."""
    mine = entries_of_no_case(LogEntry.objects.all(), person, at=now)
    narrowed = mine.filter(object_kind=kind) if kind else mine
    found = page(log_columns(narrowed), order=("-recorded_at", "-pk"), cursor=cursor, size=size)
    return found.holding(log_rows(found.rows, titled=NAMED))
