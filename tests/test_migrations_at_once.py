"""Operations rendered once lay the same tables as the same operations one by one, and take them away again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState

from cases.migrations._at_once import AtOnce

COLUMNS = """
    SELECT table_name, column_name, ordinal_position, data_type, is_nullable FROM information_schema.columns
    WHERE table_name LIKE 'toys_%'
"""
INDEXES = "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'toys_%'"
# PostgreSQL 18 counts NOT NULL among the constraints; the columns tell it in every version.
CONSTRAINTS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype <> 'n' AND conrelid::regclass::text LIKE 'toys_%'
"""

pytestmark = pytest.mark.django_db(transaction=True)


def a_box_that_names_its_lid_and_a_lid_that_names_its_box() -> list:
    number = ("id", models.BigAutoField(primary_key=True))
    box = models.ForeignKey("toys.box", models.PROTECT)
    return [
        migrations.CreateModel("Box", [number, ("size", models.IntegerField())]),
        migrations.CreateModel("Lid", [number, ("box", box), ("colour", models.CharField(max_length=9, unique=True))]),
        migrations.AddField("Box", "lid", models.OneToOneField("toys.lid", models.PROTECT, null=True)),
        migrations.AddIndex("Box", models.Index("size", name="box_by_size")),
        migrations.AddConstraint("Lid", models.UniqueConstraint("box", "colour", name="one_lid_of_a_colour")),
    ]


def what_is_added_to_old_models() -> list:
    return [
        migrations.AddIndex("Box", models.Index("size", "id", name="box_by_size_and_id")),
        migrations.AddField("Lid", "is_lost", models.BooleanField(default=False)),
        migrations.AddConstraint("Box", models.CheckConstraint(condition=models.Q(size__gt=0), name="size_is_above_0")),
    ]


def laid(*rounds: list) -> tuple[list, list]:
    """What stands in the database after the last round, and after all are taken back."""
    states = [ProjectState()]
    made = [Migration(f"{number:04}", "toys") for number in range(len(rounds))]
    for migration, migration.operations in zip(made, rounds, strict=True):
        with connection.schema_editor() as editor:
            states.append(migration.apply(states[-1].clone(), editor))
    found = what_stands()
    for migration, before in zip(reversed(made), reversed(states[:-1]), strict=True):
        with connection.schema_editor() as editor:
            migration.unapply(before.clone(), editor)
    return found, what_stands()


def what_stands() -> list:
    found = []
    with connection.cursor() as cursor:
        for question in (COLUMNS, INDEXES, CONSTRAINTS):
            cursor.execute(question)
            found.append(sorted(cursor.fetchall()))
    return found


def test_at_once_and_one_by_one_lay_the_same_tables():
    rounds = (a_box_that_names_its_lid_and_a_lid_that_names_its_box, what_is_added_to_old_models)

    one_by_one, left = laid(*(each() for each in rounds))
    at_once, nothing = laid(*([AtOnce(each())] for each in rounds))

    assert at_once == one_by_one
    assert [len(each) for each in one_by_one] == [7, 9, 7]
    assert nothing == left == [[], [], []]
