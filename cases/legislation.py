"""The law in force here: the rulebook that ships, with the standing arrangements laid over it in the order they came.

Only calendars differ from the shipped rulebook. What is read is remembered for one request, job or command: whoever
begins one calls `forget`, and the next to ask reads the table again, so that every process notices an import.
"""

from contextvars import ContextVar
from functools import lru_cache
from typing import Final

from django.db import connection

from cases.law.calendars import Calendar, read_calendar
from cases.law.rulebook import Rulebook, book
from cases.models import Arrangement, ArrangementState

# Names the lock between counting a date and changing the calendars it is counted in ("law" in ASCII).
LOCK: Final = 0x6C6177

Standing = tuple[tuple[int, str], ...]  # key and fingerprint of each

_STANDING: Final = """SELECT id, sha256 FROM cases_arrangement WHERE state = 'imported' ORDER BY id"""
_SHARED: Final = f"SELECT pg_advisory_xact_lock_shared({LOCK}); {_STANDING}"
_ALONE: Final = f"SELECT pg_advisory_xact_lock({LOCK}); {_STANDING}"
_read: ContextVar[Rulebook | None] = ContextVar("law_in_force", default=None)


def in_force() -> Rulebook:
    """For what is shown and counted: one query, and none when this request, job or command has asked before."""
    return _read.get() or _keep(_STANDING)


def calendar_behind(name: str, version: str) -> Calendar:
    """The calendar a date was counted in: the one that ships if it names it, else the one in force."""
    shipped = book().calendar(name)
    return shipped if shipped.version == version else in_force().calendar(name)


def hold() -> Rulebook:
    """For an action that counts, before it locks a deadline: the law stays as it is until the transaction ends."""
    return _keep(_SHARED)


def hold_alone() -> Rulebook:
    """For an action that changes the law: waits for those who count, and makes them wait."""
    return _keep(_ALONE)


def forget() -> None:
    """A new request, job or command begins, or the law was changed."""
    _read.set(None)


def _keep(statement: str) -> Rulebook:
    """Statements sent in one go each see what was committed when they begin: the lock is waited for, then read past."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while cursor.nextset():
            pass
        standing: Standing = tuple(cursor.fetchall())
    law = _law_of(standing)
    _read.set(law)
    return law


@lru_cache(maxsize=16)
def _law_of(standing: Standing) -> Rulebook:
    law = book()
    if not standing:
        return law
    texts = {row.pk: row for row in Arrangement.objects.filter(pk__in=[key for key, _sha in standing])}
    for key, _sha in standing:
        law = law.with_calendar(read_calendar(texts[key].text, texts[key].file_name, law.calendars))
    return law


def without(arrangement: Arrangement) -> Rulebook:
    """As if that arrangement were withdrawn; raises BadRulebook where another one rests on it."""
    rows = Arrangement.objects.filter(state=ArrangementState.IMPORTED).exclude(pk=arrangement.pk)
    return _law_of(tuple(rows.order_by("pk").values_list("pk", "sha256")))
