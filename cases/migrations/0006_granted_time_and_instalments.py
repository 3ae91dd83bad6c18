"""Time granted is withdrawn; a plan gives time and each of its parts is a clock."""

import django.db.models.deletion
from django.db import migrations, models

from cases.migrations._at_once import AtOnce


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_what_a_case_names_and_verifies_is_behind_its_wall"),
    ]

    operations = [
        AtOnce(
            [
                migrations.AddField(
                    model_name="extension",
                    name="instalment",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="cases.instalment",
                    ),
                ),
                migrations.AddField(
                    model_name="extensionhistory",
                    name="instalment",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.instalment",
                    ),
                ),
                migrations.AddField(
                    model_name="instalment",
                    name="deadline",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instalment",
                        to="cases.deadline",
                    ),
                ),
                migrations.AddField(
                    model_name="instalment",
                    name="decided_on",
                    field=models.DateField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="instalmenthistory",
                    name="deadline",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="cases.deadline",
                    ),
                ),
                migrations.AddField(
                    model_name="instalmenthistory",
                    name="decided_on",
                    field=models.DateField(blank=True, null=True),
                ),
                migrations.AlterField(
                    model_name="extension",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("replaced", "Replaced by another"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                migrations.AlterField(
                    model_name="extensionhistory",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("replaced", "Replaced by another"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                migrations.AddIndex(
                    model_name="extension",
                    index=models.Index(
                        condition=models.Q(("instalment__isnull", False)),
                        fields=["instalment"],
                        name="extension_of_a_plan",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("instalment__isnull", True), ("until_on__isnull", False), _connector="OR"),
                        name="a_plan_extends_until_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extension",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "granted")),
                        fields=("deadline", "instalment"),
                        name="a_plan_extends_a_deadline_once",
                    ),
                ),
            ]
        )
    ]
