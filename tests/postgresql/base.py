"""The triggers that refuse DELETE would stop the test runner's flush, so it runs with triggers set aside.

Of pytest-xdist's workers the first migrates its database, and the others copy it.
"""

import os
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.db.backends.postgresql.creation import DatabaseCreation as PostgresCreation
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations

# Names the lock under which a worker finds out whether it is the first ("migrated" in ASCII).
LOCK = 0x6D69677261746564


def migrated(name: str) -> str:
    """What the copy for the others is called, by the name of the database itself."""
    return f"test_{name}_migrated"


class DatabaseCreation(PostgresCreation):
    def create_test_db(self, *args: Any, keepdb: bool = False, **options: Any) -> str:
        if keepdb or "PYTEST_XDIST_WORKER" not in os.environ:
            return super().create_test_db(*args, keepdb=keepdb, **options)
        mine, copy = self._get_test_db_name(), migrated(self.connection.settings_dict["NAME"])
        with self._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [copy])
            if cursor.fetchone():
                self._copy(cursor, copy, mine)
            else:
                super().create_test_db(*args, **options)
                self.connection.close()
                self._copy(cursor, mine, copy)
        self.connection.close()
        settings.DATABASES[self.connection.alias]["NAME"] = self.connection.settings_dict["NAME"] = mine
        return mine

    def _copy(self, cursor: Any, source: str, to: str) -> None:
        source, to = map(self.connection.ops.quote_name, (source, to))
        cursor.execute(f"DROP DATABASE IF EXISTS {to} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {to} TEMPLATE {source}")

    def _destroy_test_db(self, test_database_name, verbosity):
        """Whoever is still connected (the live server of a browser test that came last) must not keep it."""
        with self._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {self.connection.ops.quote_name(test_database_name)} WITH (FORCE)")


class DatabaseOperations(PostgresOperations):
    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        """Row by row: TRUNCATE makes a new file of each of a hundred tables and their indexes, which takes seconds."""
        if reset_sequences:
            return super().sql_flush(style, tables, reset_sequences=True, allow_cascade=allow_cascade)
        return [f"DELETE FROM {self.quote_name(table)}" for table in tables]

    def execute_sql_flush(self, sql_list):
        alias = self.connection.alias
        with transaction.atomic(using=alias), self.connection.cursor() as cursor:
            # For a superuser only, and only until this transaction ends: no trigger fires, no foreign key is checked.
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(sql_list))


class DatabaseWrapper(PostgresWrapper):
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
