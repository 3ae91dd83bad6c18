import cases.models.record
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_parties_and_events_have_traits"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArrangementHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("calendar", models.CharField(max_length=20, verbose_name="calendar")),
                ("version", models.CharField(max_length=80, verbose_name="calendar version")),
                (
                    "years",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None),
                ),
                ("source", models.TextField()),
                ("is_fictional", models.BooleanField(default=False)),
                ("file_name", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("imported", "Imported"), ("withdrawn", "Withdrawn")],
                        default="imported",
                        max_length=10,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdraw_reason", models.TextField(blank=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="deadlineversion",
            name="instead_of",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.deadlineversion",
            ),
        ),
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "uid",
                    models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10, unique=True),
                ),
                ("revision", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField()),
                ("calendar", models.CharField(max_length=20, verbose_name="calendar")),
                ("version", models.CharField(max_length=80, verbose_name="calendar version")),
                (
                    "years",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None),
                ),
                ("source", models.TextField()),
                ("is_fictional", models.BooleanField(default=False)),
                ("file_name", models.CharField(max_length=200)),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("imported", "Imported"), ("withdrawn", "Withdrawn")],
                        default="imported",
                        max_length=10,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdraw_reason", models.TextField(blank=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "holiday arrangement",
                "verbose_name_plural": "holiday arrangements",
                "ordering": ("-recorded_at", "-pk"),
            },
        ),
        migrations.AddField(
            model_name="deadlineversion",
            name="arrangement",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="cases.arrangement",
            ),
        ),
        migrations.AddIndex(
            model_name="deadlineversion",
            index=models.Index(
                condition=models.Q(("arrangement__isnull", False)),
                fields=["arrangement", "id"],
                name="version_of_an_arrangement",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlineversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("arrangement__isnull", True), ("instead_of__isnull", False), _connector="OR"),
                name="a_version_of_an_arrangement_says_instead_of_which",
            ),
        ),
        migrations.AddField(
            model_name="arrangementhistory",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="arrangementhistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                related_query_name="history_row",
                to="cases.arrangement",
            ),
        ),
        migrations.AddField(
            model_name="arrangementhistory",
            name="recorded_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="arrangementhistory",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "imported")),
                fields=("calendar", "version"),
                name="one_standing_arrangement_per_calendar_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", "imported"),
                        ("withdraw_reason", ""),
                        ("withdrawn_at__isnull", True),
                        ("withdrawn_by__isnull", True),
                    ),
                    models.Q(
                        ("state", "withdrawn"),
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdraw_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_withdrawn_arrangement_says_who_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(("years__len__gt", 0)), name="an_arrangement_arranges_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="an_arrangement_names_its_notice"
            ),
        ),
    ]
