"""The triggers that refuse DELETE would stop the test runner's flush, so it runs with triggers set aside."""

from django.db import transaction
from django.db.backends.postgresql.base import DatabaseWrapper as PostgresWrapper
from django.db.backends.postgresql.creation import DatabaseCreation as PostgresCreation
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations


class DatabaseCreation(PostgresCreation):
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
