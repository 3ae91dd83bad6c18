"""The law in force here: the rulebook that ships, with the standing arrangements laid over it in the order they came.

Only calendars differ from the shipped rulebook. What is read is remembered for one request, job or command: whoever
begins one calls `forget`, and the next to ask reads the table again, so that every process notices an import.
"""

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from django.db import connection

from cases.law.calendars import Calendar, Name, read_calendar
from cases.law.rulebook import Rulebook, book
from cases.models import Arrangement, ArrangementState

# Names the lock between counting a date and changing the calendars it is counted in ("law" in ASCII).
LOCK: Final = 0x6C6177

Standing = tuple[tuple[int, str, str], ...]  # key, fingerprint and calendar of each


class Read(NamedTuple):
    law: Rulebook
    standing: Standing


_STANDING: Final = """SELECT id, sha256, calendar FROM cases_arrangement WHERE state = 'imported' ORDER BY id"""
_SHARED: Final = f"SELECT pg_advisory_xact_lock_shared({LOCK}); {_STANDING}"
_ALONE: Final = f"SELECT pg_advisory_xact_lock({LOCK}); {_STANDING}"
_read: ContextVar[Read | None] = ContextVar("law_in_force", default=None)


def in_force() -> Rulebook:
    """For what is shown and counted: one query, and none when this request, job or command has asked before."""
    return _now().law


def _now() -> Read:
    return _read.get() or _keep(_STANDING)


def standing(calendar: str) -> tuple[int, ...]:
    """The arrangements that stand over this calendar, in the order they came."""
    return tuple(key for key, _sha, name in _now().standing if name == calendar)


def with_only(calendar: str, keys: Sequence[int]) -> Rulebook:
    """The law with just these arrangements over that calendar, those withdrawn among them: what a date rests on."""
    return in_force() if tuple(keys) == standing(calendar) else _with_only(calendar, keys)


def _with_only(calendar: str, keys: Sequence[int]) -> Rulebook:
    """A later one may name a holiday that one left out here brought: what is named anywhere is known."""
    rows = Arrangement.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "sha256", "calendar")
    known = tuple(sorted(in_force().calendar(calendar).names.items()))
    return _law_of(tuple(rows), calendar, known)


def calendar_behind(name: str, version: str) -> Calendar:
    """The calendar a date was counted in: the one that ships if it names it, else the one in force."""
    shipped = book().calendar(name)
    return shipped if shipped.version == version else in_force().calendar(name)


def hold() -> None:
    """For an action that counts, before it locks a deadline: the law stays as it is until the transaction ends."""
    _keep(_SHARED)


def hold_alone() -> None:
    """For an action that changes the law: waits for those who count, and makes them wait."""
    _keep(_ALONE)


def forget() -> None:
    """A new request, job or command begins, or the law was changed."""
    _read.set(None)


def _keep(statement: str) -> Read:
    """Statements sent in one go each see what was committed when they begin: the lock is waited for, then read past."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
        while cursor.nextset():
            pass
        found: Standing = tuple(cursor.fetchall())
    read = Read(_law_of(found), found)
    _read.set(read)
    return read


@lru_cache(maxsize=16)
def _law_of(standing: Standing, calendar: str = "", names: tuple[tuple[str, Name], ...] = ()) -> Rulebook:
    """`names`: the holidays known of that calendar, beside those it ships with."""
    law = book()
    if not standing:
        return law
    if names:
        law = law.with_calendar(replace(law.calendar(calendar), names=dict(names)))
    texts = {row.pk: row for row in Arrangement.objects.filter(pk__in=[row[0] for row in standing])}
    for key, _sha, _calendar in standing:
        law = law.with_calendar(read_calendar(texts[key].text, texts[key].file_name, law.calendars))
    return law


def without(arrangement: Arrangement) -> Rulebook:
    """As if that arrangement were withdrawn; raises BadRulebook where another one rests on it."""
    rows = Arrangement.objects.filter(state=ArrangementState.IMPORTED).exclude(pk=arrangement.pk)
    return _law_of(tuple(rows.order_by("pk").values_list("pk", "sha256", "calendar")))
