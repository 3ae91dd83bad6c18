"""The beat, which shows that it lives by a lock that PostgreSQL drops the moment its process ends.

It outlives a clock that is put right: what ran at a time still to come counts as run just now.
"""

from typing import Any, Final

from celery.beat import PersistentScheduler
from celery.utils.time import maybe_make_aware
from django.db import DatabaseError, connection

# "beat" in ASCII; a shared lock, since two beats do no harm.
LOCK: Final = 0x62656174
TAKE: Final = """
    SELECT pg_try_advisory_lock_shared(%(lock)s)
    WHERE NOT EXISTS (
        SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = %(lock)s AND pid = pg_backend_pid()
    )
"""
IS_TAKEN: Final = """
    SELECT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND objid = %(lock)s AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    )
"""


class Beat(PersistentScheduler):  # type: ignore[misc]  # celery ships no types
    """Celery's own scheduler, which shows that it is there and never waits for a time it took for the present."""

    def tick(self, *arguments: Any, **options: Any) -> float:
        show()
        self._forget_what_is_ahead()
        wait: float = super().tick(*arguments, **options)
        return wait

    def _forget_what_is_ahead(self) -> None:
        """Otherwise each job would rest for as long as the clock had been ahead."""
        for entry in self.schedule.values():
            now = maybe_make_aware(entry.default_now())
            if maybe_make_aware(entry.last_run_at) > now:
                entry.last_run_at = now
                # Reckoned anew by the tick.
                self._heap = None


def show() -> None:
    """Takes the lock on each new connection anew; a database that is away must not stop the beat."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(TAKE, {"lock": LOCK})
    except DatabaseError:
        connection.close()


def is_shown() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(IS_TAKEN, {"lock": LOCK})
        (taken,) = cursor.fetchone()
    return bool(taken)
