"""Two roles, one database: the owner migrates; the application works, and may never change what is append-only."""

from collections.abc import Iterable
from typing import Final

from django.apps import apps
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

LOG_AND_CUSTODY: Final = {"cases.logentry", "cases.custodyentry"}
GUARDED: Final = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only'"


def append_only_tables(cursor: CursorWrapper) -> list[str]:
    """Log, custody, every history of values, and what else a trigger guards: what it refuses, the role lacks."""
    cursor.execute(GUARDED)
    guarded = {table for (table,) in cursor.fetchall()}
    named = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if _must_be(model)}
    return sorted(guarded | named)


def _must_be(model: type[models.Model]) -> bool:
    is_history = hasattr(model, "pgh_tracked_model") and model._meta.managed
    return is_history or model._meta.label_lower in LOG_AND_CUSTODY


def grants(application: str, append_only: Iterable[str]) -> list[str]:
    """The statements, for the owner to run after each migration."""
    role = _quoted(application)
    narrowed = [f"REVOKE UPDATE, DELETE, TRUNCATE ON {_quoted(table)} FROM {role}" for table in append_only]
    return [
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        *narrowed,
    ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def grant(owner: BaseDatabaseWrapper, application: str) -> None:
    """One transaction: the application never sees its rights half given, nor more than it may keep."""
    with transaction.atomic(using=owner.alias), owner.cursor() as cursor:
        for statement in grants(application, append_only_tables(cursor)):
            cursor.execute(statement)
