"""The tables of the watch."""

import cases.models.record
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from cases.migrations._at_once import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0007_mails_may_name_a_case"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Sweep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        ("rearmed", models.PositiveIntegerField(default=0)),
                        ("made", models.PositiveIntegerField(default=0)),
                        ("sent", models.PositiveIntegerField(default=0)),
                        ("dropped", models.PositiveIntegerField(default=0)),
                        ("failed", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ("-started_at", "-pk"),
                        "indexes": [models.Index(fields=["-finished_at"], name="sweep_by_finish")],
                    },
                ),
                migrations.CreateModel(
                    name="Briefing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uid",
                            models.CharField(
                                default=cases.models.record.new_uid, editable=False, max_length=10, unique=True
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("known_at", models.DateTimeField()),
                        ("figures", models.JSONField()),
                        ("words", models.TextField(blank=True)),
                        ("sha256", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField()),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        ("erased_sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="briefings", to="cases.case"
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "briefing",
                        "verbose_name_plural": "briefings",
                        "ordering": ("-number", "-pk"),
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "number"), name="one_briefing_per_number_and_case"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("erased_at__isnull", True), ("erased_sha256", "")),
                                    models.Q(
                                        ("erased_at__isnull", False), models.Q(("erased_sha256", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="an_erased_briefing_has_the_hash_of_what_is_left",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "uid",
                            models.CharField(
                                default=cases.models.record.new_uid, editable=False, max_length=10, unique=True
                            ),
                        ),
                        ("occasion", models.CharField(max_length=60)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("mail", "Mail"), ("chat", "Chat")], default="mail", max_length=10
                            ),
                        ),
                        ("address", models.CharField(max_length=300)),
                        ("role", models.CharField(blank=True, max_length=20)),
                        ("rung", models.PositiveSmallIntegerField(default=0)),
                        ("acknowledge_within", models.DurationField(blank=True, null=True)),
                        ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "acknowledged_by",
                            models.CharField(
                                blank=True,
                                choices=[("link", "by the link in the message"), ("page", "on a page of Casebook")],
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("unsent", "Waiting to be sent"),
                                    ("sent", "Sent"),
                                    ("dropped", "Dropped: no longer needed"),
                                    ("failed", "Failed"),
                                ],
                                default="unsent",
                                max_length=10,
                            ),
                        ),
                        ("state_reason", models.CharField(blank=True, max_length=300)),
                        ("occasion_at", models.DateTimeField()),
                        ("made_at", models.DateTimeField()),
                        ("planned_at", models.DateTimeField()),
                        ("try_at", models.DateTimeField()),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("subject", models.CharField(blank=True, max_length=300)),
                        ("text", models.TextField(blank=True)),
                        ("message_id", models.CharField(blank=True, max_length=200)),
                        ("answer", models.CharField(blank=True, max_length=300)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="cases.case"
                            ),
                        ),
                        (
                            "deadline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "instead_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="cases.deadlineversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reminder",
                        "verbose_name_plural": "reminders",
                        "ordering": ("-made_at", "-pk"),
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "unsent")), fields=["try_at", "id"], name="reminder_unsent"
                            ),
                            models.Index(fields=["case", "-made_at", "-id"], name="reminder_by_case"),
                            models.Index(fields=["-made_at", "-id"], name="reminder_newest"),
                            models.Index(
                                condition=models.Q(("state", "failed")),
                                fields=["-made_at", "-id"],
                                name="reminder_failed",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "dropped"), _negated=True),
                                fields=("version", "occasion", "person", "channel"),
                                name="one_reminder_per_occasion_and_address",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", False), ("state", "sent")),
                                    models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_sent_reminder_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("acknowledged_at__isnull", True), ("acknowledged_by", "")),
                                    models.Q(
                                        ("acknowledged_at__isnull", False),
                                        models.Q(("acknowledged_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_acknowledged_word_says_how",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rung",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("is_hourly", models.BooleanField(default=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("on_call", "Who is on call"),
                                    ("owner", "Owner"),
                                    ("deputy", "Deputy lead of the task force"),
                                    ("lead", "Lead of the task force"),
                                    ("lead_counsel", "Lead counsel"),
                                    ("general_counsel", "General counsel"),
                                    ("executive", "Executive"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rungs",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rung",
                        "verbose_name_plural": "rungs",
                        "ordering": ("is_hourly", "position", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("case__isnull", True)),
                                fields=("is_hourly", "role"),
                                name="one_rung_of_the_house_per_role",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("case__isnull", False)),
                                fields=("case", "is_hourly", "role"),
                                name="one_rung_of_a_case_per_role",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("statutory", "Statutory"),
                                    ("ordered", "Ordered"),
                                    ("regulator", "Regulator's own"),
                                    ("duty", "Duty without a number"),
                                    ("internal", "Internal"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("is_hourly", models.BooleanField(default=False)),
                        (
                            "unit",
                            models.CharField(
                                choices=[("working_day", "working days before"), ("share", "percent of the time left")],
                                max_length=12,
                            ),
                        ),
                        ("amount", models.PositiveSmallIntegerField()),
                        ("acknowledge_within", models.PositiveIntegerField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="cases.case",
                            ),
                        ),
                        (
                            "deadline",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="cases.deadline",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step",
                        "verbose_name_plural": "steps",
                        "ordering": ("kind", "is_hourly", "unit", "-amount", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("case__isnull", True), ("deadline__isnull", True)),
                                fields=("kind", "is_hourly", "unit", "amount"),
                                name="one_step_of_the_house",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("case__isnull", True), ("deadline__isnull", True), _connector="OR"),
                                name="a_step_is_of_a_case_or_a_deadline",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Watch",
                    fields=[
                        (
                            "deadline",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="watch",
                                serialize=False,
                                to="cases.deadline",
                            ),
                        ),
                        ("next_word_at", models.DateTimeField(null=True)),
                        ("next_occasion", models.CharField(blank=True, max_length=60)),
                        ("rung", models.PositiveSmallIntegerField(default=0)),
                        ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="cases.deadlineversion",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("next_word_at__isnull", False)),
                                fields=["next_word_at"],
                                name="watch_next_word",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
