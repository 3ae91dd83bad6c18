"""The application's role may write the record and may never rewrite log, custody or history."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from config import roles

NO_PRIVILEGE = "42501"
pytestmark = pytest.mark.django_db


@pytest.fixture
def as_application():
    """Speaks as a fresh role holding exactly what `grants` gives; the test's rollback takes the role away."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE casebook_under_test NOLOGIN")
        tables = roles.append_only_tables(cursor)
        for statement in roles.grants("casebook_under_test", tables):
            cursor.execute(statement)
        cursor.execute("SET LOCAL ROLE casebook_under_test")
        yield cursor


def is_refused(cursor, statement):
    try:
        with transaction.atomic():
            cursor.execute(statement)
    except DatabaseError as error:
        return error.__cause__.sqlstate == NO_PRIVILEGE
    return False


def append_only():
    with connection.cursor() as cursor:
        return roles.append_only_tables(cursor)


def test_log_custody_and_every_history_are_append_only():
    histories = [model._meta.db_table for model in apps.get_models() if model.__name__.endswith("History")]
    assert {"cases_logentry", "cases_custodyentry", *histories} <= set(append_only())
    assert len(histories) > 10


def test_the_application_cannot_rewrite_what_is_append_only(as_application):
    allowed = [
        (table, verb)
        for table in append_only()
        for verb in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE")
        if not is_refused(as_application, verb.replace("id = id", f"{key(table)} = {key(table)}"))
    ]
    assert allowed == []


def key(table):
    return next(m._meta.pk.column for m in apps.get_models() if m._meta.db_table == table)


def test_the_application_can_read_everything_and_write_the_rest(as_application):
    tables = set(connection.introspection.table_names())
    for table in tables:
        as_application.execute(f'SELECT count(*) FROM "{table}"')
    for table in tables - set(append_only()):
        as_application.execute(f'DELETE FROM "{table}" WHERE false')


def test_the_application_can_neither_own_nor_make_tables(as_application):
    assert is_refused(as_application, "CREATE TABLE mine ()")
    assert is_refused(as_application, "ALTER TABLE cases_logentry DISABLE TRIGGER ALL")
    assert is_refused(as_application, "SET session_replication_role = replica")


def test_a_role_name_cannot_break_out_of_its_statement():
    assert roles.grants('a"; DROP TABLE x; --', [])[0] == 'GRANT USAGE ON SCHEMA public TO "a""; DROP TABLE x; --"'
