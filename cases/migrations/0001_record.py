"""The tables of the record."""

import cases.models.record
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from cases.migrations._at_once import AtOnce


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        AtOnce(
            [
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "uid",
                            models.CharField(
                                default=cases.models.record.new_uid, editable=False, max_length=10, unique=True
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="email address")),
                        ("family_en", models.CharField(blank=True, max_length=80, verbose_name="family name (Latin)")),
                        ("given_en", models.CharField(blank=True, max_length=80, verbose_name="given name (Latin)")),
                        (
                            "family_zh",
                            models.CharField(blank=True, max_length=40, verbose_name="family name (Chinese)"),
                        ),
                        ("given_zh", models.CharField(blank=True, max_length=40, verbose_name="given name (Chinese)")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("counsel", "Counsel"),
                                    ("member", "Task-force member"),
                                    ("executive", "Executive"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                default="member",
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                default="en",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60, verbose_name="time zone")),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                        ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                        ("keys_off", models.BooleanField(default=False, verbose_name="keyboard shortcuts off")),
                        ("is_staff", models.BooleanField(default=False, verbose_name="may open the administration")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "erased_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="erased"),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "ordering": ("family_en", "given_en", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Arrangement",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("calendar", models.CharField(max_length=20, verbose_name="calendar")),
                        ("version", models.CharField(max_length=80, verbose_name="calendar version")),
                        (
                            "years",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(), size=None
                            ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(), size=None
                            ),
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
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.arrangement",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Authority",
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
                        ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                        (
                            "name_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Simplified Chinese"),
                        ),
                        (
                            "name_zh_hant",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Traditional Chinese"),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("national", "National"),
                                    ("provincial", "Provincial or municipal"),
                                    ("supranational", "Supranational"),
                                    ("court", "Court"),
                                    ("other", "Other"),
                                ],
                                default="other",
                                max_length=20,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.CharField(
                                help_text="CN, HK, EU, IE, DE, UK, IN, SG, US…",
                                max_length=10,
                                verbose_name="jurisdiction",
                            ),
                        ),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60, verbose_name="time zone")),
                        ("calendar", models.CharField(default="CN", max_length=20, verbose_name="calendar")),
                        ("office_opens", models.TimeField(blank=True, null=True, verbose_name="counter opens")),
                        ("office_closes", models.TimeField(blank=True, null=True, verbose_name="counter closes")),
                    ],
                    options={
                        "verbose_name": "authority",
                        "verbose_name_plural": "authorities",
                        "ordering": ("name_en", "pk"),
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("name_en", "jurisdiction"), name="one_authority_per_name_and_jurisdiction"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuthorityHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                        (
                            "name_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Simplified Chinese"),
                        ),
                        (
                            "name_zh_hant",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Traditional Chinese"),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("national", "National"),
                                    ("provincial", "Provincial or municipal"),
                                    ("supranational", "Supranational"),
                                    ("court", "Court"),
                                    ("other", "Other"),
                                ],
                                default="other",
                                max_length=20,
                                verbose_name="level",
                            ),
                        ),
                        (
                            "jurisdiction",
                            models.CharField(
                                help_text="CN, HK, EU, IE, DE, UK, IN, SG, US…",
                                max_length=10,
                                verbose_name="jurisdiction",
                            ),
                        ),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60, verbose_name="time zone")),
                        ("calendar", models.CharField(default="CN", max_length=20, verbose_name="calendar")),
                        ("office_opens", models.TimeField(blank=True, null=True, verbose_name="counter opens")),
                        ("office_closes", models.TimeField(blank=True, null=True, verbose_name="counter closes")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.authority",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Barrier",
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
                        ("raised_at", models.DateTimeField()),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="barriers",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "barrier",
                        "verbose_name_plural": "barriers",
                        "ordering": ("raised_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Blob",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, unique=True)),
                        ("size", models.BigIntegerField()),
                        ("stored_at", models.DateTimeField()),
                        ("verified_at", models.DateTimeField(blank=True, null=True)),
                        ("mismatch_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="a_blob_has_its_sha256"
                            ),
                            models.CheckConstraint(condition=models.Q(("size__gte", 0)), name="a_blob_has_a_size"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Case",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("reference", models.CharField(max_length=40, unique=True, verbose_name="reference")),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        (
                            "title_zh",
                            models.CharField(blank=True, max_length=300, verbose_name="title in Simplified Chinese"),
                        ),
                        (
                            "title_zh_hant",
                            models.CharField(blank=True, max_length=300, verbose_name="title in Traditional Chinese"),
                        ),
                        ("allegation", models.TextField(blank=True, verbose_name="allegation, in the original words")),
                        ("allegation_language", models.CharField(blank=True, max_length=10)),
                        ("conduct_from", models.DateField(blank=True, null=True, verbose_name="conduct from")),
                        ("conduct_until", models.DateField(blank=True, null=True, verbose_name="conduct until")),
                        ("announced_on", models.DateField(blank=True, null=True, verbose_name="announced on")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=10
                            ),
                        ),
                        ("is_open_to_staff", models.BooleanField(default=False, verbose_name="open to staff")),
                        ("is_fictional", models.BooleanField(default=False, verbose_name="fictional")),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closing_reason", models.TextField(blank=True)),
                        (
                            "lead_authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="cases.authority",
                                verbose_name="acting authority",
                            ),
                        ),
                        (
                            "lead_counsel",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="lead counsel",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "case",
                        "verbose_name_plural": "cases",
                        "ordering": ("-opened_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="BarrierHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("raised_at", models.DateTimeField()),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField()),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.barrier",
                            ),
                        ),
                        (
                            "raised_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="barrier",
                    name="case",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="barriers", to="cases.case"
                    ),
                ),
                migrations.CreateModel(
                    name="CaseAccess",
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
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField()),
                        (
                            "sees_advice",
                            models.BooleanField(default=False, verbose_name="sees what is under legal advice"),
                        ),
                        (
                            "sees_persons",
                            models.BooleanField(default=False, verbose_name="sees the persons held responsible"),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="accesses", to="cases.case"
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accesses",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "access",
                        "verbose_name_plural": "accesses",
                        "ordering": ("from_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="CaseAccessHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField(blank=True, null=True)),
                        ("reason", models.TextField()),
                        (
                            "sees_advice",
                            models.BooleanField(default=False, verbose_name="sees what is under legal advice"),
                        ),
                        (
                            "sees_persons",
                            models.BooleanField(default=False, verbose_name="sees the persons held responsible"),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.caseaccess",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CaseAuthority",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("guiding", "Guiding"),
                                    ("announcing", "Announcing"),
                                    ("receiving", "Receiving filings"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.authority"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="further_authorities",
                                to="cases.case",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("role", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="CaseAuthorityHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("guiding", "Guiding"),
                                    ("announcing", "Announcing"),
                                    ("receiving", "Receiving filings"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.caseauthority",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ClassifiedPaper",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("notice", "Notice"),
                                    ("evidence", "Evidence"),
                                    ("contact_minutes", "Minutes of a contact"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="what it would have been",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("unknown", "Level unknown"),
                                    ("secret", "Secret (秘密)"),
                                    ("highly_secret", "Highly secret (机密)"),
                                    ("top_secret", "Top secret (绝密)"),
                                ],
                                default="unknown",
                                max_length=15,
                                verbose_name="level of secrecy",
                            ),
                        ),
                        ("kept_where", models.CharField(max_length=200, verbose_name="kept where")),
                        ("keeper", models.CharField(blank=True, max_length=120, verbose_name="keeper")),
                        ("noted_on", models.DateField(verbose_name="noted on")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="classified_papers",
                                to="cases.case",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper kept elsewhere",
                        "verbose_name_plural": "papers kept elsewhere",
                        "ordering": ("-recorded_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="ClassifiedPaperHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("notice", "Notice"),
                                    ("evidence", "Evidence"),
                                    ("contact_minutes", "Minutes of a contact"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="what it would have been",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("unknown", "Level unknown"),
                                    ("secret", "Secret (秘密)"),
                                    ("highly_secret", "Highly secret (机密)"),
                                    ("top_secret", "Top secret (绝密)"),
                                ],
                                default="unknown",
                                max_length=15,
                                verbose_name="level of secrecy",
                            ),
                        ),
                        ("kept_where", models.CharField(max_length=200, verbose_name="kept where")),
                        ("keeper", models.CharField(blank=True, max_length=120, verbose_name="keeper")),
                        ("noted_on", models.DateField(verbose_name="noted on")),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.classifiedpaper",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("talk", "Talk"),
                                    ("call", "Call"),
                                    ("letter", "Letter"),
                                    ("visit", "Visit"),
                                    ("meeting", "Meeting"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("held_on", models.DateField(blank=True, null=True, verbose_name="held on")),
                        ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="hour")),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60, verbose_name="time zone")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                        ("subject", models.CharField(max_length=300, verbose_name="subject")),
                        ("minutes", models.TextField(blank=True, verbose_name="minutes")),
                        (
                            "minutes_language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language of the minutes",
                            ),
                        ),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                                verbose_name="protection mark",
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="cases.authority",
                                verbose_name="authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="cases.case"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contact",
                        "verbose_name_plural": "contacts",
                        "ordering": ("-held_on", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Attendee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(choices=[("authority", "Authority"), ("party", "Us")], max_length=10),
                        ),
                        ("name", models.CharField(blank=True, max_length=120)),
                        ("capacity", models.CharField(blank=True, max_length=120)),
                        ("card_number", models.CharField(blank=True, max_length=60)),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendees",
                                to="cases.contact",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("side", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Deadline",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
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
                        (
                            "actor",
                            models.CharField(
                                choices=[("party", "Us"), ("authority", "Authority")], default="party", max_length=10
                            ),
                        ),
                        ("rule_id", models.CharField(blank=True, max_length=20)),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60)),
                        ("calendar", models.CharField(default="CN", max_length=20)),
                        ("is_hourly", models.BooleanField(default=False)),
                        ("caution", models.CharField(blank=True, max_length=60)),
                        ("differs_on", models.DateField(blank=True, null=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("running", "Running"),
                                    ("met", "Met"),
                                    ("waived", "Waived"),
                                    ("lapsed", "Lapsed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("barred", "Barred"),
                                    ("not_chosen", "Not chosen"),
                                ],
                                default="running",
                                max_length=10,
                            ),
                        ),
                        ("outcome_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome_reason", models.TextField(blank=True)),
                        ("rearm", models.BooleanField(default=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="deadlines", to="cases.case"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deadlines",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "deadline",
                        "verbose_name_plural": "deadlines",
                        "ordering": ("due_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="DeadlineVersion",
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
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("in_force", "In force"),
                                    ("superseded", "Superseded"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("first", "First reckoning"),
                                    ("fact", "A fact became known or was corrected"),
                                    ("extension", "Extension"),
                                    ("suspension", "Suspension"),
                                    ("calendar", "New calendar"),
                                    ("law", "New version of the rule"),
                                    ("choice", "Counsel chose how the order counts"),
                                    ("override", "Set by hand"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        ("nominal_on", models.DateField(blank=True, null=True)),
                        ("safe_due_on", models.DateField(blank=True, null=True)),
                        ("provisional", models.BooleanField(default=False)),
                        ("provisional_why", models.CharField(blank=True, max_length=200)),
                        (
                            "missing",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                            ),
                        ),
                        ("rule_version", models.CharField(blank=True, max_length=40)),
                        ("calendar_version", models.CharField(blank=True, max_length=60)),
                        ("profile", models.CharField(blank=True, max_length=12)),
                        ("facts", models.JSONField(blank=True, default=dict)),
                        ("trace", models.JSONField(blank=True, default=list)),
                        ("made_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "arrangement",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="cases.arrangement",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deadline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "instead_of",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.deadlineversion",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a deadline",
                        "verbose_name_plural": "versions of deadlines",
                        "ordering": ("number", "pk"),
                    },
                ),
                migrations.AddField(
                    model_name="deadline",
                    name="current",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="current_of",
                        to="cases.deadlineversion",
                    ),
                ),
                migrations.CreateModel(
                    name="Event",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=60)),
                        ("occurred_on", models.DateField(blank=True, null=True)),
                        ("occurred_at", models.DateTimeField(blank=True, null=True)),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60)),
                        ("traits", models.JSONField(blank=True, default=dict)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("note", models.TextField(blank=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="cases.case"
                            ),
                        ),
                        (
                            "expiry_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="expiry_events",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
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
                        "verbose_name": "event",
                        "verbose_name_plural": "events",
                        "ordering": ("occurred_on", "pk"),
                    },
                ),
                migrations.AddField(
                    model_name="deadline",
                    name="answered_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered",
                        to="cases.event",
                    ),
                ),
                migrations.AddField(
                    model_name="deadline",
                    name="event",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="cases.event",
                    ),
                ),
                migrations.CreateModel(
                    name="Evidence",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("number", models.PositiveIntegerField()),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        ("filename", models.CharField(max_length=255, verbose_name="file name")),
                        (
                            "media_type",
                            models.CharField(
                                default="application/octet-stream", max_length=120, verbose_name="media type"
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        ("source_url", models.TextField(blank=True, verbose_name="source URL")),
                        ("captured_at", models.DateTimeField(blank=True, null=True, verbose_name="captured at")),
                        ("captured_zone", models.CharField(blank=True, max_length=60, verbose_name="zone of capture")),
                        ("method", models.CharField(blank=True, max_length=200, verbose_name="method")),
                        ("tool", models.CharField(blank=True, max_length=200, verbose_name="tool and version")),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                                verbose_name="protection mark",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("in_review", "In review"),
                                    ("accepted", "Accepted"),
                                    ("sent_back", "Sent back"),
                                ],
                                default="in_review",
                                max_length=10,
                            ),
                        ),
                        ("state_reason", models.TextField(blank=True)),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "derivation",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Original"),
                                    ("redacted", "Redacted copy"),
                                    ("translation", "Translation"),
                                    ("extract", "Extract"),
                                ],
                                default="",
                                max_length=12,
                            ),
                        ),
                        ("derived_why", models.TextField(blank=True)),
                        (
                            "blob",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="cases.blob"
                            ),
                        ),
                        (
                            "captured_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="cases.case"
                            ),
                        ),
                        (
                            "derived_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="derivatives",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "superseded_by",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supersedes",
                                to="cases.evidence",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence",
                        "verbose_name_plural": "evidence",
                        "ordering": ("-number", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="CustodyEntry",
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
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("intake", "Taken in"),
                                    ("read", "Read"),
                                    ("download", "Downloaded"),
                                    ("export", "Exported"),
                                    ("transfer", "Transferred"),
                                    ("verification", "Verified"),
                                    ("mismatch", "Found altered"),
                                    ("seal", "Sealed"),
                                    ("hold", "Put on hold"),
                                    ("release", "Released from hold"),
                                    ("disposal", "Disposed of"),
                                    ("refused", "Attempt refused"),
                                ],
                                max_length=15,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("values", models.JSONField(default=dict)),
                        ("salts", models.JSONField(default=dict)),
                        ("salted", models.JSONField(default=dict)),
                        ("previous", models.CharField(max_length=64)),
                        ("hash", models.CharField(max_length=64)),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="custody", to="cases.evidence"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "custody entry",
                        "verbose_name_plural": "custody entries",
                        "ordering": ("number", "pk"),
                    },
                ),
                migrations.AddField(
                    model_name="contact",
                    name="evidence",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="cases.evidence",
                    ),
                ),
                migrations.CreateModel(
                    name="EvidenceHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("number", models.PositiveIntegerField()),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        ("filename", models.CharField(max_length=255, verbose_name="file name")),
                        (
                            "media_type",
                            models.CharField(
                                default="application/octet-stream", max_length=120, verbose_name="media type"
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        ("source_url", models.TextField(blank=True, verbose_name="source URL")),
                        ("captured_at", models.DateTimeField(blank=True, null=True, verbose_name="captured at")),
                        ("captured_zone", models.CharField(blank=True, max_length=60, verbose_name="zone of capture")),
                        ("method", models.CharField(blank=True, max_length=200, verbose_name="method")),
                        ("tool", models.CharField(blank=True, max_length=200, verbose_name="tool and version")),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                                verbose_name="protection mark",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("in_review", "In review"),
                                    ("accepted", "Accepted"),
                                    ("sent_back", "Sent back"),
                                ],
                                default="in_review",
                                max_length=10,
                            ),
                        ),
                        ("state_reason", models.TextField(blank=True)),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "derivation",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Original"),
                                    ("redacted", "Redacted copy"),
                                    ("translation", "Translation"),
                                    ("extract", "Extract"),
                                ],
                                default="",
                                max_length=12,
                            ),
                        ),
                        ("derived_why", models.TextField(blank=True)),
                        (
                            "blob",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.blob",
                            ),
                        ),
                        (
                            "captured_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "derived_from",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "superseded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.evidence",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ExportApproval",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        (
                            "organ_en",
                            models.CharField(blank=True, max_length=200, verbose_name="approving organ in English"),
                        ),
                        (
                            "organ_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="approving organ in Chinese"),
                        ),
                        ("number", models.CharField(max_length=120, verbose_name="number of the approval")),
                        ("approved_on", models.DateField(verbose_name="approved on")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("scope", models.TextField(verbose_name="what it covers")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="export_approvals",
                                to="cases.authority",
                                verbose_name="receiving authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="export_approvals",
                                to="cases.case",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approves",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
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
                        "verbose_name": "export approval",
                        "verbose_name_plural": "export approvals",
                        "ordering": ("-approved_on", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="ExportApprovalHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        (
                            "organ_en",
                            models.CharField(blank=True, max_length=200, verbose_name="approving organ in English"),
                        ),
                        (
                            "organ_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="approving organ in Chinese"),
                        ),
                        ("number", models.CharField(max_length=120, verbose_name="number of the approval")),
                        ("approved_on", models.DateField(verbose_name="approved on")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        ("scope", models.TextField(verbose_name="what it covers")),
                        (
                            "authority",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.authority",
                                verbose_name="receiving authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.exportapproval",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Extension",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "Asked"),
                                    ("granted", "Granted"),
                                    ("refused", "Refused"),
                                    ("replaced", "Replaced by another"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("amount", models.PositiveIntegerField(blank=True, null=True)),
                        ("unit", models.CharField(blank=True, max_length=12)),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("asked_on", models.DateField(blank=True, null=True)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "deadline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="extensions",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("recorded_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Filing",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("rectification_report", "Rectification report"),
                                    ("interim_report", "Interim report"),
                                    ("defence", "Statement and defence"),
                                    ("hearing_request", "Request for a hearing"),
                                    ("extension_request", "Extension request"),
                                    ("reconsideration", "Application for reconsideration"),
                                    ("litigation", "Statement of claim"),
                                    ("appeal", "Appeal"),
                                    ("information", "Reply to an information request"),
                                    ("incident_report", "Incident report"),
                                    ("payment_proof", "Proof of payment"),
                                    ("other", "Other"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60, verbose_name="time zone")),
                        ("way", models.CharField(blank=True, max_length=120, verbose_name="way")),
                        ("is_handed_in", models.BooleanField(default=False, verbose_name="handed in at the counter")),
                        ("receipt_number", models.CharField(blank=True, max_length=120, verbose_name="receipt number")),
                        (
                            "received_on",
                            models.DateField(blank=True, null=True, verbose_name="received by the authority on"),
                        ),
                        (
                            "carries_nothing_stored",
                            models.BooleanField(
                                default=False, verbose_name="carries no material stored in mainland China"
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filings",
                                to="cases.authority",
                                verbose_name="authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="filings", to="cases.case"
                            ),
                        ),
                        (
                            "deadline",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filings",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filed_as",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "export_approval",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="filings",
                                to="cases.exportapproval",
                                verbose_name="export approval",
                            ),
                        ),
                        (
                            "receipt",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt_of",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
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
                        "verbose_name": "filing",
                        "verbose_name_plural": "filings",
                        "ordering": ("-sent_at", "-pk"),
                    },
                ),
                migrations.AddField(
                    model_name="event",
                    name="filing",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="cases.filing",
                    ),
                ),
                migrations.AddField(
                    model_name="deadline",
                    name="met_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="met",
                        to="cases.filing",
                    ),
                ),
                migrations.CreateModel(
                    name="FilingHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("rectification_report", "Rectification report"),
                                    ("interim_report", "Interim report"),
                                    ("defence", "Statement and defence"),
                                    ("hearing_request", "Request for a hearing"),
                                    ("extension_request", "Extension request"),
                                    ("reconsideration", "Application for reconsideration"),
                                    ("litigation", "Statement of claim"),
                                    ("appeal", "Appeal"),
                                    ("information", "Reply to an information request"),
                                    ("incident_report", "Incident report"),
                                    ("payment_proof", "Proof of payment"),
                                    ("other", "Other"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        ("sent_at", models.DateTimeField(verbose_name="sent at")),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60, verbose_name="time zone")),
                        ("way", models.CharField(blank=True, max_length=120, verbose_name="way")),
                        ("is_handed_in", models.BooleanField(default=False, verbose_name="handed in at the counter")),
                        ("receipt_number", models.CharField(blank=True, max_length=120, verbose_name="receipt number")),
                        (
                            "received_on",
                            models.DateField(blank=True, null=True, verbose_name="received by the authority on"),
                        ),
                        (
                            "carries_nothing_stored",
                            models.BooleanField(
                                default=False, verbose_name="carries no material stored in mainland China"
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.authority",
                                verbose_name="authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "deadline",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "export_approval",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.exportapproval",
                                verbose_name="export approval",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.filing",
                            ),
                        ),
                        (
                            "receipt",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FlaggingRule",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("provision", models.CharField(max_length=40, verbose_name="provision")),
                        ("label_en", models.CharField(blank=True, max_length=200, verbose_name="label in English")),
                        ("label_zh", models.CharField(blank=True, max_length=200, verbose_name="label in Chinese")),
                        (
                            "categories",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="categories",
                            ),
                        ),
                        (
                            "words",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="words",
                            ),
                        ),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="flagging_rules",
                                to="cases.case",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "flagging rule",
                        "verbose_name_plural": "flagging rules",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="FlaggedContent",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("surface", models.CharField(max_length=80, verbose_name="surface")),
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        ("title_key", models.CharField(max_length=500)),
                        ("category", models.CharField(blank=True, max_length=60, verbose_name="category")),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("authority", "Named by the authority"),
                                    ("reported", "Reported"),
                                    ("own_review", "Own review"),
                                    ("rule", "Matched by a rule"),
                                ],
                                max_length=10,
                                verbose_name="basis",
                            ),
                        ),
                        ("provision", models.CharField(blank=True, max_length=40, verbose_name="provision")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("candidate", "Candidate"),
                                    ("confirmed", "Confirmed"),
                                    ("dismissed", "Dismissed"),
                                ],
                                default="candidate",
                                max_length=10,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        ("review_reason", models.TextField(blank=True)),
                        (
                            "disposition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "None recorded"),
                                    ("taken_down", "Taken down"),
                                    ("downranked", "Downranked"),
                                    ("kept", "Kept"),
                                ],
                                default="",
                                max_length=12,
                            ),
                        ),
                        ("disposed_at", models.DateTimeField(blank=True, null=True)),
                        ("first_seen_at", models.DateTimeField(blank=True, null=True)),
                        ("last_seen_at", models.DateTimeField(blank=True, null=True)),
                        ("best_rank", models.PositiveIntegerField(blank=True, null=True)),
                        ("hours", models.PositiveIntegerField(default=0)),
                        ("spells", models.PositiveIntegerField(default=0)),
                        ("is_matched", models.BooleanField(default=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="flagged_content",
                                to="cases.case",
                            ),
                        ),
                        (
                            "disposed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="flagged_content",
                                to="cases.flaggingrule",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "flagged content",
                        "verbose_name_plural": "flagged content",
                        "ordering": ("-hours", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="FlaggingRuleHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("provision", models.CharField(max_length=40, verbose_name="provision")),
                        ("label_en", models.CharField(blank=True, max_length=200, verbose_name="label in English")),
                        ("label_zh", models.CharField(blank=True, max_length=200, verbose_name="label in Chinese")),
                        (
                            "categories",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="categories",
                            ),
                        ),
                        (
                            "words",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="words",
                            ),
                        ),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.flaggingrule",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="IdempotentAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=200)),
                        ("fingerprint", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField(default=0)),
                        ("body", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer kept for a repeat",
                        "verbose_name_plural": "answers kept for a repeat",
                        "ordering": ("-at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Import",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("surface", models.CharField(max_length=80, verbose_name="surface")),
                        ("is_reflag", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("running", "Running"),
                                    ("done", "Done"),
                                    ("failed", "Failed"),
                                ],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("rows_read", models.PositiveIntegerField(default=0)),
                        ("rows_matched", models.PositiveIntegerField(default=0)),
                        ("rows_unmatched", models.PositiveIntegerField(default=0)),
                        ("rows_rejected", models.PositiveIntegerField(default=0)),
                        ("captures_added", models.PositiveIntegerField(default=0)),
                        ("candidates_added", models.PositiveIntegerField(default=0)),
                        ("conflicts", models.JSONField(blank=True, default=list)),
                        ("rejected", models.JSONField(blank=True, default=list)),
                        ("failure", models.TextField(blank=True)),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="cases.case"
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="cases.evidence"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import",
                        "verbose_name_plural": "imports",
                        "ordering": ("-recorded_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Capture",
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
                        ("surface", models.CharField(max_length=80)),
                        ("captured_at", models.DateTimeField()),
                        ("rows", models.PositiveIntegerField()),
                        ("advertisements", models.PositiveIntegerField(default=0)),
                        ("present_10", models.PositiveIntegerField(default=0)),
                        ("present_20", models.PositiveIntegerField(default=0)),
                        ("present_50", models.PositiveIntegerField(default=0)),
                        ("unknown_10", models.PositiveIntegerField(default=0)),
                        ("unknown_20", models.PositiveIntegerField(default=0)),
                        ("unknown_50", models.PositiveIntegerField(default=0)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="captures", to="cases.case"
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="captures",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "made_by_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="captures", to="cases.import"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "capture",
                        "verbose_name_plural": "captures",
                        "ordering": ("captured_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Leave",
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
                        ("from_on", models.DateField(verbose_name="first day away")),
                        ("until_on", models.DateField(verbose_name="last day away")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="leaves",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "stand_in",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="stand-in",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "leave",
                        "verbose_name_plural": "leaves",
                        "ordering": ("from_on", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="LeaveHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("from_on", models.DateField(verbose_name="first day away")),
                        ("until_on", models.DateField(verbose_name="last day away")),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.leave",
                            ),
                        ),
                        (
                            "stand_in",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="stand-in",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LegalHold",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("scope", models.TextField(verbose_name="scope")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("issued_at", models.DateTimeField()),
                        ("released_at", models.DateTimeField(blank=True, null=True)),
                        ("release_reason", models.TextField(blank=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="legal_holds", to="cases.case"
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="legal_holds",
                                to="cases.event",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "released_by",
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
                        "verbose_name": "legal hold",
                        "verbose_name_plural": "legal holds",
                        "ordering": ("-issued_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="LegalHoldHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("scope", models.TextField(verbose_name="scope")),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("issued_at", models.DateTimeField()),
                        ("released_at", models.DateTimeField(blank=True, null=True)),
                        ("release_reason", models.TextField(blank=True)),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.event",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.legalhold",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "released_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="LogEntry",
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
                        ("verb", models.CharField(max_length=40)),
                        ("object_kind", models.CharField(max_length=30)),
                        ("object_uid", models.CharField(max_length=10)),
                        ("occurred_at", models.DateTimeField(blank=True, null=True)),
                        ("recorded_at", models.DateTimeField()),
                        ("reason", models.TextField(blank=True)),
                        ("facts", models.JSONField(blank=True, default=dict)),
                        (
                            "case",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="log",
                                to="cases.case",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="log",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "log entry",
                        "verbose_name_plural": "log",
                        "ordering": ("-recorded_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Measure",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("talk", "Regulatory talk"),
                                    ("order_to_correct", "Order to correct"),
                                    ("warning", "Warning"),
                                    ("circulated_criticism", "Circulated criticism"),
                                    ("fine", "Fine"),
                                    ("confiscation", "Confiscation"),
                                    ("suspend_updates", "Suspension of information updates"),
                                    ("suspend_business", "Suspension of business"),
                                    ("close_site", "Closing of site or app"),
                                    ("revoke_licence", "Revocation of licence"),
                                    ("app_removal", "App removal from stores"),
                                    ("responsible_persons", "Strict handling of responsible persons"),
                                    ("removal_order", "Removal of content"),
                                    ("other", "Other"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "legal_nature",
                            models.CharField(
                                choices=[
                                    ("penalty", "Penalty"),
                                    ("order", "Order"),
                                    ("talk", "Talk"),
                                    ("unclear", "Unclear"),
                                ],
                                default="unclear",
                                max_length=10,
                                verbose_name="legal nature",
                            ),
                        ),
                        (
                            "procedure",
                            models.CharField(
                                choices=[
                                    ("unknown", "Unknown"),
                                    ("ordinary", "Ordinary"),
                                    ("summary", "Summary, decided on the spot"),
                                ],
                                default="unknown",
                                max_length=10,
                                verbose_name="procedure",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="in the notice's words")),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="amount"
                            ),
                        ),
                        ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        ("ordered_on", models.DateField(blank=True, null=True, verbose_name="ordered: due on")),
                        ("ordered_at", models.DateTimeField(blank=True, null=True, verbose_name="ordered: due at")),
                        (
                            "period_amount",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="ordered: period"),
                        ),
                        ("period_unit", models.CharField(blank=True, max_length=12, verbose_name="ordered: unit")),
                        (
                            "period_profile",
                            models.CharField(blank=True, max_length=12, verbose_name="ordered: counted as"),
                        ),
                        ("effective_from", models.DateTimeField(blank=True, null=True, verbose_name="in effect from")),
                        (
                            "effective_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="in effect until"),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="cases.case"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
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
                        "verbose_name": "measure",
                        "verbose_name_plural": "measures",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="Instalment",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        ("number", models.PositiveIntegerField()),
                        ("due_on", models.DateField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="instalments",
                                to="cases.measure",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("measure", "number", "pk"),
                    },
                ),
                migrations.AddField(
                    model_name="event",
                    name="measure",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="cases.measure",
                    ),
                ),
                migrations.AddField(
                    model_name="deadline",
                    name="measure",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="cases.measure",
                    ),
                ),
                migrations.CreateModel(
                    name="Accountability",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        ("capacity", models.CharField(blank=True, max_length=120, verbose_name="capacity")),
                        (
                            "decided_by",
                            models.CharField(
                                choices=[("authority", "Authority"), ("house", "The company")],
                                default="house",
                                max_length=10,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("talk", "Admonishing talk"),
                                    ("criticism", "Criticism"),
                                    ("warning", "Warning"),
                                    ("fine", "Fine"),
                                    ("pay_cut", "Cut in pay or bonus"),
                                    ("transfer", "Transfer"),
                                    ("demotion", "Demotion"),
                                    ("dismissal", "Dismissal"),
                                    ("ban", "Barred from posts"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="in the decision's words")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("decided", "Decided"),
                                    ("carried_out", "Carried out"),
                                ],
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accountability",
                                to="cases.case",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accountability",
                                to="cases.measure",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "accountability record",
                        "verbose_name_plural": "accountability records",
                        "ordering": ("-recorded_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Member",
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
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "Lead"),
                                    ("deputy", "Deputy"),
                                    ("counsel", "Counsel"),
                                    ("product", "Product and ranking"),
                                    ("operations", "Content operations"),
                                    ("review", "Content review"),
                                    ("communications", "Communications"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="from")),
                        ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member",
                        "verbose_name_plural": "members",
                        "ordering": ("from_on", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("summons", "Summons to a regulatory talk"),
                                    ("rectification_order", "Order to correct"),
                                    ("prior_notice", "Prior notice of penalty"),
                                    ("hearing_notice", "Hearing notice"),
                                    ("penalty_decision", "Penalty decision"),
                                    ("no_penalty_decision", "No-penalty decision"),
                                    ("information_request", "Information request"),
                                    ("removal_order", "Removal order"),
                                    ("preservation", "Preservation by registration in advance"),
                                    ("filing_notice", "Notice of case filing"),
                                    ("reconsideration_acceptance", "Acceptance of reconsideration"),
                                    ("reconsideration_decision", "Reconsideration decision"),
                                    ("judgment", "Judgment"),
                                    ("ruling", "Ruling"),
                                    ("announcement", "Public announcement"),
                                    ("extension_reply", "Reply to an extension request"),
                                    ("acceptance_reply", "Reply to a rectification report"),
                                    ("dsa_information_request", "EU: request for information (DSA)"),
                                    ("dsa_preliminary_findings", "EU: preliminary findings (DSA)"),
                                    ("dsa_non_compliance_decision", "EU: non-compliance decision (DSA)"),
                                    ("osa_information_notice", "UK: information notice (OSA)"),
                                    ("osa_provisional_notice", "UK: provisional notice (OSA)"),
                                    ("osa_confirmation_decision", "UK: confirmation decision (OSA)"),
                                    ("other", "Other"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=120, verbose_name="document number")),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        ("issued_on", models.DateField(blank=True, null=True, verbose_name="date on the document")),
                        ("served_on", models.DateField(blank=True, null=True, verbose_name="served on")),
                        ("served_at", models.DateTimeField(blank=True, null=True, verbose_name="hour of service")),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60, verbose_name="time zone")),
                        (
                            "service_mode",
                            models.CharField(
                                choices=[
                                    ("unknown", "Unknown"),
                                    ("direct", "Direct, signed receipt"),
                                    ("mail", "By mail, date of receipt"),
                                    ("leaving", "Left at the premises"),
                                    ("electronic", "Electronic, confirmed address"),
                                    ("unconfirmed", "Electronic, address not confirmed"),
                                    ("public_notice", "By public notice"),
                                    ("oral", "Told orally"),
                                ],
                                default="unknown",
                                max_length=20,
                                verbose_name="service mode",
                            ),
                        ),
                        ("ordered_on", models.DateField(blank=True, null=True, verbose_name="to be answered by")),
                        ("ordered_at", models.DateTimeField(blank=True, null=True, verbose_name="to be answered at")),
                        ("period_amount", models.PositiveIntegerField(blank=True, null=True, verbose_name="or within")),
                        ("period_unit", models.CharField(blank=True, max_length=12, verbose_name="unit")),
                        ("period_profile", models.CharField(blank=True, max_length=12, verbose_name="counted as")),
                        ("original_words", models.TextField(blank=True, verbose_name="original words")),
                        (
                            "original_language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language of the original",
                            ),
                        ),
                        (
                            "cited_provisions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=300),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="cited provisions",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="cases.authority",
                                verbose_name="issuing authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="cases.case"
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaced_by",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "voided_by",
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
                        "verbose_name": "notice",
                        "verbose_name_plural": "notices",
                        "ordering": ("-recorded_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="MeasureHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("talk", "Regulatory talk"),
                                    ("order_to_correct", "Order to correct"),
                                    ("warning", "Warning"),
                                    ("circulated_criticism", "Circulated criticism"),
                                    ("fine", "Fine"),
                                    ("confiscation", "Confiscation"),
                                    ("suspend_updates", "Suspension of information updates"),
                                    ("suspend_business", "Suspension of business"),
                                    ("close_site", "Closing of site or app"),
                                    ("revoke_licence", "Revocation of licence"),
                                    ("app_removal", "App removal from stores"),
                                    ("responsible_persons", "Strict handling of responsible persons"),
                                    ("removal_order", "Removal of content"),
                                    ("other", "Other"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "legal_nature",
                            models.CharField(
                                choices=[
                                    ("penalty", "Penalty"),
                                    ("order", "Order"),
                                    ("talk", "Talk"),
                                    ("unclear", "Unclear"),
                                ],
                                default="unclear",
                                max_length=10,
                                verbose_name="legal nature",
                            ),
                        ),
                        (
                            "procedure",
                            models.CharField(
                                choices=[
                                    ("unknown", "Unknown"),
                                    ("ordinary", "Ordinary"),
                                    ("summary", "Summary, decided on the spot"),
                                ],
                                default="unknown",
                                max_length=10,
                                verbose_name="procedure",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="in the notice's words")),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=16, null=True, verbose_name="amount"
                            ),
                        ),
                        ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                        ("ordered_on", models.DateField(blank=True, null=True, verbose_name="ordered: due on")),
                        ("ordered_at", models.DateTimeField(blank=True, null=True, verbose_name="ordered: due at")),
                        (
                            "period_amount",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="ordered: period"),
                        ),
                        ("period_unit", models.CharField(blank=True, max_length=12, verbose_name="ordered: unit")),
                        (
                            "period_profile",
                            models.CharField(blank=True, max_length=12, verbose_name="ordered: counted as"),
                        ),
                        ("effective_from", models.DateTimeField(blank=True, null=True, verbose_name="in effect from")),
                        (
                            "effective_until",
                            models.DateTimeField(blank=True, null=True, verbose_name="in effect until"),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.measure",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="measure",
                    name="notice",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="cases.notice"
                    ),
                ),
                migrations.CreateModel(
                    name="InstalmentHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        ("number", models.PositiveIntegerField()),
                        ("due_on", models.DateField()),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.instalment",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.measure",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="instalment",
                    name="document",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.notice",
                    ),
                ),
                migrations.CreateModel(
                    name="FlaggedContentHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("surface", models.CharField(max_length=80, verbose_name="surface")),
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        ("title_key", models.CharField(max_length=500)),
                        ("category", models.CharField(blank=True, max_length=60, verbose_name="category")),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("authority", "Named by the authority"),
                                    ("reported", "Reported"),
                                    ("own_review", "Own review"),
                                    ("rule", "Matched by a rule"),
                                ],
                                max_length=10,
                                verbose_name="basis",
                            ),
                        ),
                        ("provision", models.CharField(blank=True, max_length=40, verbose_name="provision")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("candidate", "Candidate"),
                                    ("confirmed", "Confirmed"),
                                    ("dismissed", "Dismissed"),
                                ],
                                default="candidate",
                                max_length=10,
                            ),
                        ),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        ("review_reason", models.TextField(blank=True)),
                        (
                            "disposition",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "None recorded"),
                                    ("taken_down", "Taken down"),
                                    ("downranked", "Downranked"),
                                    ("kept", "Kept"),
                                ],
                                default="",
                                max_length=12,
                            ),
                        ),
                        ("disposed_at", models.DateTimeField(blank=True, null=True)),
                        ("first_seen_at", models.DateTimeField(blank=True, null=True)),
                        ("last_seen_at", models.DateTimeField(blank=True, null=True)),
                        ("best_rank", models.PositiveIntegerField(blank=True, null=True)),
                        ("hours", models.PositiveIntegerField(default=0)),
                        ("spells", models.PositiveIntegerField(default=0)),
                        ("is_matched", models.BooleanField(default=True)),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "disposed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.flaggedcontent",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.flaggingrule",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="flaggedcontent",
                    name="notice",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flagged_content",
                        to="cases.notice",
                    ),
                ),
                migrations.CreateModel(
                    name="ExtensionHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "Asked"),
                                    ("granted", "Granted"),
                                    ("refused", "Refused"),
                                    ("replaced", "Replaced by another"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("amount", models.PositiveIntegerField(blank=True, null=True)),
                        ("unit", models.CharField(blank=True, max_length=12)),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("asked_on", models.DateField(blank=True, null=True)),
                        ("decided_on", models.DateField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "deadline",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.extension",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="extension",
                    name="document",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.notice",
                    ),
                ),
                migrations.AddField(
                    model_name="event",
                    name="notice",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="cases.notice",
                    ),
                ),
                migrations.CreateModel(
                    name="DeadlineHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
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
                        (
                            "actor",
                            models.CharField(
                                choices=[("party", "Us"), ("authority", "Authority")], default="party", max_length=10
                            ),
                        ),
                        ("rule_id", models.CharField(blank=True, max_length=20)),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60)),
                        ("calendar", models.CharField(default="CN", max_length=20)),
                        ("is_hourly", models.BooleanField(default=False)),
                        ("caution", models.CharField(blank=True, max_length=60)),
                        ("differs_on", models.DateField(blank=True, null=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("running", "Running"),
                                    ("met", "Met"),
                                    ("waived", "Waived"),
                                    ("lapsed", "Lapsed"),
                                    ("withdrawn", "Withdrawn"),
                                    ("barred", "Barred"),
                                    ("not_chosen", "Not chosen"),
                                ],
                                default="running",
                                max_length=10,
                            ),
                        ),
                        ("outcome_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome_reason", models.TextField(blank=True)),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "current",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.deadlineversion",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.event",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.event",
                            ),
                        ),
                        (
                            "met_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.filing",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.measure",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="deadline",
                    name="notice",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="cases.notice",
                    ),
                ),
                migrations.CreateModel(
                    name="ContactHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("talk", "Talk"),
                                    ("call", "Call"),
                                    ("letter", "Letter"),
                                    ("visit", "Visit"),
                                    ("meeting", "Meeting"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("held_on", models.DateField(blank=True, null=True, verbose_name="held on")),
                        ("held_at", models.DateTimeField(blank=True, null=True, verbose_name="hour")),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60, verbose_name="time zone")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                        ("subject", models.CharField(max_length=300, verbose_name="subject")),
                        ("minutes", models.TextField(blank=True, verbose_name="minutes")),
                        (
                            "minutes_language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language of the minutes",
                            ),
                        ),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                                verbose_name="protection mark",
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.authority",
                                verbose_name="authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.contact",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="contact",
                    name="notice",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="cases.notice",
                    ),
                ),
                migrations.CreateModel(
                    name="NoticeHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("summons", "Summons to a regulatory talk"),
                                    ("rectification_order", "Order to correct"),
                                    ("prior_notice", "Prior notice of penalty"),
                                    ("hearing_notice", "Hearing notice"),
                                    ("penalty_decision", "Penalty decision"),
                                    ("no_penalty_decision", "No-penalty decision"),
                                    ("information_request", "Information request"),
                                    ("removal_order", "Removal order"),
                                    ("preservation", "Preservation by registration in advance"),
                                    ("filing_notice", "Notice of case filing"),
                                    ("reconsideration_acceptance", "Acceptance of reconsideration"),
                                    ("reconsideration_decision", "Reconsideration decision"),
                                    ("judgment", "Judgment"),
                                    ("ruling", "Ruling"),
                                    ("announcement", "Public announcement"),
                                    ("extension_reply", "Reply to an extension request"),
                                    ("acceptance_reply", "Reply to a rectification report"),
                                    ("dsa_information_request", "EU: request for information (DSA)"),
                                    ("dsa_preliminary_findings", "EU: preliminary findings (DSA)"),
                                    ("dsa_non_compliance_decision", "EU: non-compliance decision (DSA)"),
                                    ("osa_information_notice", "UK: information notice (OSA)"),
                                    ("osa_provisional_notice", "UK: provisional notice (OSA)"),
                                    ("osa_confirmation_decision", "UK: confirmation decision (OSA)"),
                                    ("other", "Other"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=120, verbose_name="document number")),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        ("issued_on", models.DateField(blank=True, null=True, verbose_name="date on the document")),
                        ("served_on", models.DateField(blank=True, null=True, verbose_name="served on")),
                        ("served_at", models.DateTimeField(blank=True, null=True, verbose_name="hour of service")),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60, verbose_name="time zone")),
                        (
                            "service_mode",
                            models.CharField(
                                choices=[
                                    ("unknown", "Unknown"),
                                    ("direct", "Direct, signed receipt"),
                                    ("mail", "By mail, date of receipt"),
                                    ("leaving", "Left at the premises"),
                                    ("electronic", "Electronic, confirmed address"),
                                    ("unconfirmed", "Electronic, address not confirmed"),
                                    ("public_notice", "By public notice"),
                                    ("oral", "Told orally"),
                                ],
                                default="unknown",
                                max_length=20,
                                verbose_name="service mode",
                            ),
                        ),
                        ("ordered_on", models.DateField(blank=True, null=True, verbose_name="to be answered by")),
                        ("ordered_at", models.DateTimeField(blank=True, null=True, verbose_name="to be answered at")),
                        ("period_amount", models.PositiveIntegerField(blank=True, null=True, verbose_name="or within")),
                        ("period_unit", models.CharField(blank=True, max_length=12, verbose_name="unit")),
                        ("period_profile", models.CharField(blank=True, max_length=12, verbose_name="counted as")),
                        ("original_words", models.TextField(blank=True, verbose_name="original words")),
                        (
                            "original_language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language of the original",
                            ),
                        ),
                        (
                            "cited_provisions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=300),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="cited provisions",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.authority",
                                verbose_name="issuing authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Party",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("legal_entity", "Legal entity"),
                                    ("brand", "Brand"),
                                    ("group", "Group"),
                                    ("natural_person", "Natural person held responsible"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                        (
                            "name_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Simplified Chinese"),
                        ),
                        (
                            "name_zh_hant",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Traditional Chinese"),
                        ),
                        ("seat", models.CharField(blank=True, max_length=120, verbose_name="seat")),
                        (
                            "traits",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("cii_operator", "Operator of critical information infrastructure"),
                                        ("central_organ", "Organ of the Party or the State at central level"),
                                        ("news_service", "Internet news information service"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                null=True,
                                size=None,
                                verbose_name="traits",
                            ),
                        ),
                        (
                            "erased_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="erased"),
                        ),
                        (
                            "belongs_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="cases.party",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "party",
                        "verbose_name_plural": "parties",
                        "ordering": ("name_en", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="CaseHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("reference", models.CharField(max_length=40, verbose_name="reference")),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        (
                            "title_zh",
                            models.CharField(blank=True, max_length=300, verbose_name="title in Simplified Chinese"),
                        ),
                        (
                            "title_zh_hant",
                            models.CharField(blank=True, max_length=300, verbose_name="title in Traditional Chinese"),
                        ),
                        ("allegation", models.TextField(blank=True, verbose_name="allegation, in the original words")),
                        ("allegation_language", models.CharField(blank=True, max_length=10)),
                        ("conduct_from", models.DateField(blank=True, null=True, verbose_name="conduct from")),
                        ("conduct_until", models.DateField(blank=True, null=True, verbose_name="conduct until")),
                        ("announced_on", models.DateField(blank=True, null=True, verbose_name="announced on")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "Open"), ("closed", "Closed")], default="open", max_length=10
                            ),
                        ),
                        ("is_open_to_staff", models.BooleanField(default=False, verbose_name="open to staff")),
                        ("is_fictional", models.BooleanField(default=False, verbose_name="fictional")),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("closing_reason", models.TextField(blank=True)),
                        (
                            "lead_authority",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.authority",
                                verbose_name="acting authority",
                            ),
                        ),
                        (
                            "lead_counsel",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="lead counsel",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.case",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.party",
                                verbose_name="party",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="case",
                    name="party",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="cases.party",
                        verbose_name="party",
                    ),
                ),
                migrations.CreateModel(
                    name="AccountabilityHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        ("capacity", models.CharField(blank=True, max_length=120, verbose_name="capacity")),
                        (
                            "decided_by",
                            models.CharField(
                                choices=[("authority", "Authority"), ("house", "The company")],
                                default="house",
                                max_length=10,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("talk", "Admonishing talk"),
                                    ("criticism", "Criticism"),
                                    ("warning", "Warning"),
                                    ("fine", "Fine"),
                                    ("pay_cut", "Cut in pay or bonus"),
                                    ("transfer", "Transfer"),
                                    ("demotion", "Demotion"),
                                    ("dismissal", "Dismissal"),
                                    ("ban", "Barred from posts"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="in the decision's words")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Proposed"),
                                    ("decided", "Decided"),
                                    ("carried_out", "Carried out"),
                                ],
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.accountability",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.measure",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.party",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="accountability",
                    name="party",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accountability",
                        to="cases.party",
                    ),
                ),
                migrations.CreateModel(
                    name="PartyHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("legal_entity", "Legal entity"),
                                    ("brand", "Brand"),
                                    ("group", "Group"),
                                    ("natural_person", "Natural person held responsible"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_en", models.CharField(max_length=200, verbose_name="name in English")),
                        (
                            "name_zh",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Simplified Chinese"),
                        ),
                        (
                            "name_zh_hant",
                            models.CharField(blank=True, max_length=200, verbose_name="name in Traditional Chinese"),
                        ),
                        ("seat", models.CharField(blank=True, max_length=120, verbose_name="seat")),
                        (
                            "traits",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("cii_operator", "Operator of critical information infrastructure"),
                                        ("central_organ", "Organ of the Party or the State at central level"),
                                        ("news_service", "Internet news information service"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                null=True,
                                size=None,
                                verbose_name="traits",
                            ),
                        ),
                        (
                            "erased_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="erased"),
                        ),
                        (
                            "belongs_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.party",
                                verbose_name="belongs to",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.party",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                        ("paid_on", models.DateField()),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="payments", to="cases.measure"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
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
                        "ordering": ("paid_on", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="PaymentHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        ("amount", models.DecimalField(decimal_places=2, max_digits=16)),
                        ("paid_on", models.DateField()),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.evidence",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.measure",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.payment",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PersonHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("counsel", "Counsel"),
                                    ("member", "Task-force member"),
                                    ("executive", "Executive"),
                                    ("auditor", "Auditor"),
                                    ("administrator", "Administrator"),
                                ],
                                default="member",
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                default="en",
                                max_length=10,
                                verbose_name="language",
                            ),
                        ),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60, verbose_name="time zone")),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                        ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                        ("keys_off", models.BooleanField(default=False, verbose_name="keyboard shortcuts off")),
                        ("is_staff", models.BooleanField(default=False, verbose_name="may open the administration")),
                        ("is_active", models.BooleanField(default=True, verbose_name="active")),
                        (
                            "erased_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="erased"),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Requirement",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("number", models.PositiveIntegerField()),
                        (
                            "origin",
                            models.CharField(
                                choices=[("ordered", "Ordered"), ("committed", "Promised by us")],
                                max_length=10,
                                verbose_name="origin",
                            ),
                        ),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        ("clause", models.TextField(blank=True, verbose_name="clause, verbatim")),
                        (
                            "clause_language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language of the clause",
                            ),
                        ),
                        ("acceptance_test", models.TextField(blank=True, verbose_name="how it is tested")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("done", "Done, waiting for sign-off"),
                                    ("met", "Met"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_off_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirements",
                                to="cases.case",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirements",
                                to="cases.contact",
                            ),
                        ),
                        (
                            "deadline",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirement",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirements",
                                to="cases.measure",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirements",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirements",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_off_by",
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
                        "verbose_name": "requirement",
                        "verbose_name_plural": "requirements",
                        "ordering": ("number", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="RequirementHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("number", models.PositiveIntegerField()),
                        (
                            "origin",
                            models.CharField(
                                choices=[("ordered", "Ordered"), ("committed", "Promised by us")],
                                max_length=10,
                                verbose_name="origin",
                            ),
                        ),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        ("clause", models.TextField(blank=True, verbose_name="clause, verbatim")),
                        (
                            "clause_language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                default="zh-hans",
                                max_length=10,
                                verbose_name="language of the clause",
                            ),
                        ),
                        ("acceptance_test", models.TextField(blank=True, verbose_name="how it is tested")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "Open"),
                                    ("done", "Done, waiting for sign-off"),
                                    ("met", "Met"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_off_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.contact",
                            ),
                        ),
                        (
                            "deadline",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.measure",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.requirement",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_off_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Shift",
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
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shifts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("starts_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Sighting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("line", models.PositiveIntegerField()),
                        ("rank", models.PositiveIntegerField()),
                        ("heat", models.BigIntegerField(blank=True, null=True)),
                        ("is_ad", models.BooleanField(default=False)),
                        ("category", models.CharField(blank=True, max_length=60)),
                        (
                            "capture",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sightings",
                                to="cases.capture",
                            ),
                        ),
                        (
                            "flagged_content",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sightings",
                                to="cases.flaggedcontent",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sighting",
                        "verbose_name_plural": "sightings",
                        "ordering": ("capture_id", "rank", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="Suspension",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("reason", models.TextField()),
                        (
                            "deadline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="suspensions",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("from_on", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="SuspensionHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        ("reason", models.TextField()),
                        (
                            "deadline",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.suspension",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Task",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("number", models.PositiveIntegerField()),
                        (
                            "workstream_en",
                            models.CharField(blank=True, max_length=120, verbose_name="workstream in English"),
                        ),
                        (
                            "workstream_zh",
                            models.CharField(blank=True, max_length=120, verbose_name="workstream in Chinese"),
                        ),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("todo", "To do"),
                                    ("in_progress", "In progress"),
                                    ("blocked", "Blocked"),
                                    ("in_review", "In review"),
                                    ("closed", "Closed"),
                                ],
                                default="todo",
                                max_length=12,
                            ),
                        ),
                        ("blocked_reason", models.TextField(blank=True)),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                                verbose_name="protection mark",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="cases.case"
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deadline",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="task",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="cases.requirement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "task",
                        "verbose_name_plural": "tasks",
                        "ordering": ("number", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="EvidenceLink",
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
                        ("linked_at", models.DateTimeField()),
                        (
                            "evidence",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="links", to="cases.evidence"
                            ),
                        ),
                        (
                            "linked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "flagged_content",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proofs",
                                to="cases.flaggedcontent",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proofs",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proofs",
                                to="cases.requirement",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proofs",
                                to="cases.task",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("linked_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="TaskForce",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                        ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="name in Chinese")),
                        ("formed_on", models.DateField(verbose_name="formed on")),
                        ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="dissolved on")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="task_forces", to="cases.case"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "task force",
                        "verbose_name_plural": "task forces",
                        "ordering": ("formed_on", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="ShiftHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.shift",
                            ),
                        ),
                        (
                            "task_force",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.taskforce",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="shift",
                    name="task_force",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rota", to="cases.taskforce"
                    ),
                ),
                migrations.CreateModel(
                    name="MemberHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "Lead"),
                                    ("deputy", "Deputy"),
                                    ("counsel", "Counsel"),
                                    ("product", "Product and ranking"),
                                    ("operations", "Content operations"),
                                    ("review", "Content review"),
                                    ("communications", "Communications"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        ("from_on", models.DateField(verbose_name="from")),
                        ("until_on", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.member",
                            ),
                        ),
                        (
                            "task_force",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.taskforce",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="member",
                    name="task_force",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="members", to="cases.taskforce"
                    ),
                ),
                migrations.CreateModel(
                    name="TaskForceHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("name_en", models.CharField(blank=True, max_length=200, verbose_name="name in English")),
                        ("name_zh", models.CharField(blank=True, max_length=200, verbose_name="name in Chinese")),
                        ("formed_on", models.DateField(verbose_name="formed on")),
                        ("dissolved_on", models.DateField(blank=True, null=True, verbose_name="dissolved on")),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.taskforce",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TaskHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("number", models.PositiveIntegerField()),
                        (
                            "workstream_en",
                            models.CharField(blank=True, max_length=120, verbose_name="workstream in English"),
                        ),
                        (
                            "workstream_zh",
                            models.CharField(blank=True, max_length=120, verbose_name="workstream in Chinese"),
                        ),
                        ("title_en", models.CharField(blank=True, max_length=300, verbose_name="title in English")),
                        ("title_zh", models.CharField(blank=True, max_length=300, verbose_name="title in Chinese")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("todo", "To do"),
                                    ("in_progress", "In progress"),
                                    ("blocked", "Blocked"),
                                    ("in_review", "In review"),
                                    ("closed", "Closed"),
                                ],
                                default="todo",
                                max_length=12,
                            ),
                        ),
                        ("blocked_reason", models.TextField(blank=True)),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                                verbose_name="protection mark",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deadline",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.task",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "requirement",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.requirement",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Track",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("official", "Official procedure"),
                                    ("rectification", "Rectification"),
                                    ("penalty_execution", "Penalty execution"),
                                    ("remedy", "Remedy"),
                                    ("publicity", "Publicity"),
                                    ("order_and_act", "Order to remove"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("state", models.CharField(max_length=40)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tracks", to="cases.case"
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tracks",
                                to="cases.measure",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tracks",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "track",
                        "verbose_name_plural": "tracks",
                        "ordering": ("pk",),
                    },
                ),
                migrations.CreateModel(
                    name="TrackHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("official", "Official procedure"),
                                    ("rectification", "Rectification"),
                                    ("penalty_execution", "Penalty execution"),
                                    ("remedy", "Remedy"),
                                    ("publicity", "Publicity"),
                                    ("order_and_act", "Order to remove"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("state", models.CharField(max_length=40)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.measure",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.track",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TrackMove",
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
                        ("from_state", models.CharField(blank=True, max_length=40)),
                        ("to_state", models.CharField(max_length=40)),
                        (
                            "mover",
                            models.CharField(choices=[("authority", "Authority"), ("party", "Party")], max_length=10),
                        ),
                        ("capacity", models.CharField(blank=True, max_length=120)),
                        ("occurred_on", models.DateField(blank=True, null=True)),
                        ("occurred_at", models.DateTimeField(blank=True, null=True)),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60)),
                        ("irregular", models.JSONField(blank=True, default=list)),
                        ("reason", models.TextField(blank=True)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "track",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="cases.track"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ("recorded_at", "pk"),
                    },
                ),
                migrations.CreateModel(
                    name="EventHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("voided_at", models.DateTimeField(blank=True, null=True)),
                        ("void_reason", models.TextField(blank=True)),
                        ("name", models.CharField(max_length=60)),
                        ("occurred_on", models.DateField(blank=True, null=True)),
                        ("occurred_at", models.DateTimeField(blank=True, null=True)),
                        ("zone", models.CharField(default="Asia/Shanghai", max_length=60)),
                        ("traits", models.JSONField(blank=True, default=dict)),
                        ("source", models.CharField(blank=True, max_length=300)),
                        ("note", models.TextField(blank=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.authority",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "expiry_of",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.deadline",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.event",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "filing",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.filing",
                            ),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.measure",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.notice",
                            ),
                        ),
                        (
                            "track_move",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.trackmove",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.AddField(
                    model_name="event",
                    name="track_move",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="event",
                        to="cases.trackmove",
                    ),
                ),
                migrations.CreateModel(
                    name="Translation",
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
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("object_kind", models.CharField(max_length=30)),
                        ("object_uid", models.CharField(max_length=10)),
                        ("field", models.CharField(max_length=40)),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "made_by",
                            models.CharField(
                                choices=[("machine", "Machine"), ("human", "Human"), ("sworn", "Sworn translator")],
                                max_length=10,
                            ),
                        ),
                        ("translator", models.CharField(blank=True, max_length=120)),
                        ("original_sha256", models.CharField(max_length=64)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="translations",
                                to="cases.case",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewed_by",
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
                        "ordering": ("-recorded_at", "-pk"),
                    },
                ),
                migrations.CreateModel(
                    name="TranslationHistory",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("uid", models.CharField(default=cases.models.record.new_uid, editable=False, max_length=10)),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("recorded_at", models.DateTimeField()),
                        ("object_kind", models.CharField(max_length=30)),
                        ("object_uid", models.CharField(max_length=10)),
                        ("field", models.CharField(max_length=40)),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "made_by",
                            models.CharField(
                                choices=[("machine", "Machine"), ("human", "Human"), ("sworn", "Sworn translator")],
                                max_length=10,
                            ),
                        ),
                        ("translator", models.CharField(blank=True, max_length=120)),
                        ("original_sha256", models.CharField(max_length=64)),
                        (
                            "case",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="cases.case",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="history",
                                related_query_name="history_row",
                                to="cases.translation",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Update",
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
                        ("words", models.TextField(verbose_name="update")),
                        (
                            "language",
                            models.CharField(
                                choices=[
                                    ("en", "English"),
                                    ("zh-hans", "Simplified Chinese"),
                                    ("zh-hant", "Traditional Chinese"),
                                ],
                                default="en",
                                max_length=10,
                            ),
                        ),
                        ("blocker", models.TextField(blank=True, verbose_name="blocker")),
                        (
                            "protection_mark",
                            models.CharField(
                                choices=[
                                    ("legal_advice", "Legal advice"),
                                    ("internal", "Internal"),
                                    ("disclosable", "Disclosable"),
                                ],
                                default="internal",
                                max_length=20,
                                verbose_name="protection mark",
                            ),
                        ),
                        ("posted_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="updates", to="cases.case"
                            ),
                        ),
                        (
                            "posted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="updates",
                                to="cases.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "update",
                        "verbose_name_plural": "updates",
                        "ordering": ("-posted_at", "-pk"),
                    },
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="one_person_per_email_address"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("quiet_from__isnull", True), ("quiet_until__isnull", True)),
                            models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="quiet_hours_have_both_ends",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("family_en", ""), ("family_zh", ""), ("given_en", ""), ("given_zh", ""), _negated=True
                            ),
                            ("is_active", False),
                            _connector="OR",
                        ),
                        name="an_active_person_has_a_name",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="person",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("erased_at__isnull", True), ("is_active", False), _connector="OR"),
                        name="an_erased_person_is_not_active",
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
                migrations.AddConstraint(
                    model_name="barrier",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("case", "person"),
                        name="one_standing_barrier_per_person",
                    ),
                ),
                migrations.AddIndex(
                    model_name="caseaccess",
                    index=models.Index(fields=["person", "case"], name="access_by_person"),
                ),
                migrations.AddConstraint(
                    model_name="caseaccess",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("until_at__isnull", True), ("until_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="access_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="caseaccess",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="access_has_a_reason"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="caseauthority",
                    constraint=models.UniqueConstraint(
                        fields=("case", "authority", "role"), name="one_role_per_authority_and_case"
                    ),
                ),
                migrations.AddIndex(
                    model_name="classifiedpaper",
                    index=models.Index(fields=["case", "-recorded_at", "-id"], name="classified_paper_by_case"),
                ),
                migrations.AddConstraint(
                    model_name="classifiedpaper",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kept_where", ""), _negated=True),
                        name="a_classified_paper_says_where_it_is_kept",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attendee",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), ("person__isnull", False)),
                            models.Q(("person__isnull", True), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="an_attendee_is_a_person_or_a_name",
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
                        condition=models.Q(
                            ("arrangement__isnull", True), ("instead_of__isnull", False), _connector="OR"
                        ),
                        name="a_version_of_an_arrangement_says_instead_of_which",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deadlineversion",
                    constraint=models.UniqueConstraint(fields=("deadline", "number"), name="one_version_per_number"),
                ),
                migrations.AddConstraint(
                    model_name="deadlineversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "in_force")),
                        fields=("deadline",),
                        name="one_version_in_force_per_deadline",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deadlineversion",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status", "proposed")),
                        fields=("deadline",),
                        name="one_open_proposal_per_deadline",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deadlineversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at__isnull", False), ("due_on__isnull", False), ("missing", [])),
                            models.Q(("due_at__isnull", True), ("due_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_version_has_a_date_or_says_what_is_missing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deadlineversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_confirmation_says_who_and_when",
                    ),
                ),
                migrations.AddIndex(
                    model_name="evidence",
                    index=models.Index(fields=["-recorded_at", "-id"], name="evidence_newest"),
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.UniqueConstraint(
                        fields=("case", "number"), name="one_evidence_per_number_and_case"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("protection_mark", "legal_advice"), _negated=True),
                        fields=("case", "blob"),
                        name="the_same_bytes_once_per_case",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("protection_mark", "legal_advice")),
                        fields=("case", "blob"),
                        name="the_same_bytes_once_under_advice",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("filename", ""), _negated=True), name="evidence_has_a_file_name"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("derivation", ""), ("derived_from__isnull", True)),
                            models.Q(
                                ("derived_from__isnull", False),
                                models.Q(("derivation", ""), _negated=True),
                                models.Q(("derived_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_derivative_says_of_what_and_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent_back"), _negated=True),
                            models.Q(("state_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="evidence_is_sent_back_with_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reviewed_at__isnull", True), ("reviewed_by__isnull", True), ("state", "in_review")
                            ),
                            models.Q(
                                models.Q(("state", "in_review"), _negated=True),
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reviewed_evidence_says_by_whom",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="custodyentry",
                    constraint=models.UniqueConstraint(
                        fields=("evidence", "number"), name="a_custody_chain_never_forks"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="custodyentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("hash__regex", "^[0-9a-f]{64}$")), name="a_custody_entry_has_its_hash"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exportapproval",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organ_en", ""), _negated=True),
                            models.Q(("organ_zh", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_approval_names_its_organ",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exportapproval",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("approved_on")),
                            _connector="OR",
                        ),
                        name="an_approval_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="exportapproval",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_voided_approval_says_who_and_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="filing",
                    index=models.Index(fields=["-sent_at", "-id"], name="filing_newest"),
                ),
                migrations.AddConstraint(
                    model_name="filing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("receipt__isnull", True),
                            ("document__isnull", True),
                            models.Q(("receipt", models.F("document")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_receipt_is_not_the_document",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="filing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("carries_nothing_stored", False), ("document__isnull", True), _connector="OR"
                        ),
                        name="a_filing_of_nothing_stored_has_no_document",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="filing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_voided_filing_says_who_and_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="flaggingrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("categories", []), ("words", []), _negated=True),
                        name="a_flagging_rule_looks_for_something",
                    ),
                ),
                migrations.AddIndex(
                    model_name="idempotentanswer",
                    index=models.Index(fields=["at"], name="answers_by_age"),
                ),
                migrations.AddConstraint(
                    model_name="idempotentanswer",
                    constraint=models.UniqueConstraint(fields=("person", "key"), name="one_answer_per_person_and_key"),
                ),
                migrations.AddConstraint(
                    model_name="import",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            (
                                "rows_read",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("rows_matched"), "+", models.F("rows_unmatched")
                                    ),
                                    "+",
                                    models.F("rows_rejected"),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="the_rows_of_an_import_reconcile",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="capture",
                    constraint=models.UniqueConstraint(
                        fields=("case", "surface", "captured_at"), name="one_capture_per_hour_and_surface"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("until_on__gte", models.F("from_on"))), name="leave_ends_after_start"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="leave",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("stand_in", models.F("person")), _negated=True),
                        name="nobody_stands_in_for_self",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="legalhold",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("release_reason", ""), ("released_at__isnull", True), ("released_by__isnull", True)
                            ),
                            models.Q(
                                ("released_at__isnull", False),
                                ("released_by__isnull", False),
                                models.Q(("release_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_released_hold_says_who_and_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="logentry",
                    index=models.Index(fields=["-recorded_at", "-id"], name="log_newest"),
                ),
                migrations.AddIndex(
                    model_name="logentry",
                    index=models.Index(fields=["case", "-recorded_at", "-id"], name="log_by_case"),
                ),
                migrations.AddIndex(
                    model_name="logentry",
                    index=models.Index(fields=["object_uid", "-id"], name="log_by_object"),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(fields=["case", "-recorded_at", "-id"], name="notice_by_case"),
                ),
                migrations.AddIndex(
                    model_name="notice",
                    index=models.Index(fields=["-recorded_at", "-id"], name="notice_newest"),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("served_at__isnull", True), ("served_on__isnull", False), _connector="OR"),
                        name="an_hour_of_service_has_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by__isnull", True), ("voided_at__isnull", False), _connector="OR"
                        ),
                        name="a_replaced_notice_is_voided",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("period_amount__isnull", True), ("period_unit", "")),
                            models.Q(("period_amount__gt", 0), models.Q(("period_unit", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_period_of_a_notice_has_a_unit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ordered_on__isnull", True), ("period_amount__isnull", True), _connector="OR"
                        ),
                        name="a_notice_sets_a_date_or_a_period",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("protection_mark", "legal_advice"), _negated=True),
                        name="what_was_served_on_us_is_no_legal_advice",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="notice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_voided_notice_says_who_and_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="measure",
                    index=models.Index(fields=["-recorded_at", "-id"], name="measure_newest"),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__isnull", True), ("currency", "")),
                            models.Q(("amount__gte", 0), models.Q(("currency", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="an_amount_has_a_currency",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("period_amount__isnull", True), ("period_unit", "")),
                            models.Q(("period_amount__gt", 0), models.Q(("period_unit", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_period_has_a_unit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("ordered_on__isnull", True), ("period_amount__isnull", True), _connector="OR"
                        ),
                        name="an_order_sets_a_date_or_a_period",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("effective_until__isnull", True),
                            ("effective_until__gte", models.F("effective_from")),
                            _connector="OR",
                        ),
                        name="an_effect_ends_after_start",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="measure",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_voided_measure_says_who_and_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="instalment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="an_instalment_is_positive"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="instalment",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("measure", "number"),
                        name="one_instalment_per_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="instalment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_voided_instalment_says_who_and_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="flaggedcontent",
                    index=models.Index(fields=["-hours", "id"], name="flagged_most_seen"),
                ),
                migrations.AddIndex(
                    model_name="flaggedcontent",
                    index=models.Index(fields=["case", "-hours", "id"], name="flagged_by_hours"),
                ),
                migrations.AddIndex(
                    model_name="flaggedcontent",
                    index=models.Index(fields=["case", "state", "-hours", "id"], name="flagged_by_state_and_hours"),
                ),
                migrations.AddConstraint(
                    model_name="flaggedcontent",
                    constraint=models.UniqueConstraint(
                        fields=("case", "surface", "title_key"), name="one_flagged_content_per_title"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="flaggedcontent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reviewed_at__isnull", True), ("reviewed_by__isnull", True), ("state", "candidate")
                            ),
                            models.Q(
                                models.Q(("state", "candidate"), _negated=True),
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reviewed_content_says_by_whom",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="flaggedcontent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dismissed"), _negated=True),
                            models.Q(("review_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="content_is_dismissed_with_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="flaggedcontent",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("disposed_at__isnull", True), ("disposition", "")),
                            models.Q(models.Q(("disposition", ""), _negated=True), ("disposed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_disposition_says_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="extension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__isnull", False),
                                ("until_on__isnull", True),
                                models.Q(("unit", ""), _negated=True),
                            ),
                            models.Q(("amount__isnull", True), ("unit", ""), ("until_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_extension_is_a_period_or_a_date",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deadline",
                    index=models.Index(condition=models.Q(("rearm", True)), fields=["id"], name="deadline_to_rearm"),
                ),
                migrations.AddIndex(
                    model_name="deadline",
                    index=models.Index(
                        condition=models.Q(("outcome", "running")),
                        fields=["due_at", "id"],
                        name="deadline_running_by_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="deadline",
                    index=models.Index(fields=["due_at", "id"], name="deadline_by_due"),
                ),
                migrations.AddIndex(
                    model_name="deadline",
                    index=models.Index(fields=["case", "due_at", "id"], name="deadline_by_case_and_due"),
                ),
                migrations.AddConstraint(
                    model_name="deadline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at__isnull", True), ("due_on__isnull", True)),
                            models.Q(("due_at__isnull", False), ("due_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_due_day_has_its_last_instant",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deadline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["statutory", "regulator", "duty"]), _negated=True),
                            models.Q(("rule_id", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_clock_of_the_law_names_its_rule",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deadline",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "running"), ("outcome_at__isnull", True)),
                            models.Q(models.Q(("outcome", "running"), _negated=True), ("outcome_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_ended_deadline_says_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deadline",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("event__isnull", False), ("measure__isnull", False)),
                        fields=("event", "rule_id", "measure", "kind"),
                        name="one_deadline_per_event_rule_measure_and_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="deadline",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("event__isnull", False), ("measure__isnull", True)),
                        fields=("event", "rule_id", "kind"),
                        name="one_deadline_per_event_rule_and_kind",
                    ),
                ),
                migrations.AddIndex(
                    model_name="contact",
                    index=models.Index(fields=["-recorded_at", "-id"], name="contact_newest"),
                ),
                migrations.AddConstraint(
                    model_name="contact",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("held_at__isnull", True), ("held_on__isnull", False), _connector="OR"),
                        name="a_contact_with_an_hour_has_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="party",
                    constraint=models.UniqueConstraint(fields=("kind", "name_en"), name="one_party_per_kind_and_name"),
                ),
                migrations.AddConstraint(
                    model_name="party",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("traits__isnull", True),
                            ("traits__contained_by", ["cii_operator", "central_organ", "news_service"]),
                            _connector="OR",
                        ),
                        name="traits_of_a_party_are_known_to_the_law",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="party",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("erased_at__isnull", True), ("kind", "natural_person"), _connector="OR"),
                        name="only_a_natural_person_is_erased",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(fields=["-opened_at", "-id"], name="case_by_opening"),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(fields=["state", "-opened_at", "-id"], name="case_by_state_and_opening"),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("title_en", ""), ("title_zh", ""), _negated=True), name="a_case_has_a_title"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("protection_mark", "legal_advice"), _negated=True),
                        name="a_case_is_no_legal_advice",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("state", "open")),
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            _connector="OR",
                        ),
                        name="a_closed_case_says_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("conduct_from__isnull", True),
                            ("conduct_until__isnull", True),
                            ("conduct_until__gte", models.F("conduct_from")),
                            _connector="OR",
                        ),
                        name="conduct_ends_after_start",
                    ),
                ),
                migrations.AddIndex(
                    model_name="accountability",
                    index=models.Index(fields=["-recorded_at", "-id"], name="accountability_newest"),
                ),
                migrations.AddConstraint(
                    model_name="accountability",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("party__isnull", False), ("person__isnull", True)),
                            models.Q(("party__isnull", True), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="accountability_is_one_persons",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="accountability",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("measure__isnull", True), ("decided_by", "authority"), _connector="OR"),
                        name="a_measure_is_the_authoritys",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="accountability",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="voided_accountability_says_who_and_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)), name="a_payment_is_positive"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="payment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_voided_payment_says_who_and_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="requirement",
                    index=models.Index(fields=["-recorded_at", "-id"], name="requirement_newest"),
                ),
                migrations.AddConstraint(
                    model_name="requirement",
                    constraint=models.UniqueConstraint(
                        fields=("case", "number"), name="one_requirement_per_number_and_case"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="requirement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("title_en", ""), ("title_zh", ""), _negated=True),
                        name="a_requirement_has_a_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="requirement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_off_at__isnull", True), ("signed_off_by__isnull", True)),
                            models.Q(
                                ("done_by__isnull", False),
                                ("signed_off_at__isnull", False),
                                ("signed_off_by__isnull", False),
                                models.Q(("signed_off_by", models.F("done_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sign_off_is_by_a_second_person",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="requirement",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "met"), _negated=True), ("signed_off_at__isnull", False), _connector="OR"
                        ),
                        name="a_met_requirement_is_signed_off",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sighting",
                    constraint=models.UniqueConstraint(
                        fields=("capture", "line"), name="one_sighting_per_capture_and_line"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="suspension",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="a_suspension_ends_after_start",
                    ),
                ),
                migrations.AddIndex(
                    model_name="task",
                    index=models.Index(fields=["assignee", "state", "id"], name="task_by_assignee"),
                ),
                migrations.AddIndex(
                    model_name="task",
                    index=models.Index(fields=["-recorded_at", "-id"], name="task_newest"),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=models.UniqueConstraint(fields=("case", "number"), name="one_task_per_number_and_case"),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("title_en", ""), ("title_zh", ""), _negated=True), name="a_task_has_a_title"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "blocked"), models.Q(("blocked_reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "blocked"), _negated=True), ("blocked_reason", "")),
                            _connector="OR",
                        ),
                        name="a_blocked_task_says_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="task",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), ("state", "closed")),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("closed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_closed_task_says_who_and_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidencelink",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("flagged_content__isnull", True),
                                ("notice__isnull", True),
                                ("requirement__isnull", False),
                                ("task__isnull", True),
                            ),
                            models.Q(
                                ("flagged_content__isnull", True),
                                ("notice__isnull", True),
                                ("requirement__isnull", True),
                                ("task__isnull", False),
                            ),
                            models.Q(
                                ("flagged_content__isnull", True),
                                ("notice__isnull", False),
                                ("requirement__isnull", True),
                                ("task__isnull", True),
                            ),
                            models.Q(
                                ("flagged_content__isnull", False),
                                ("notice__isnull", True),
                                ("requirement__isnull", True),
                                ("task__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_link_proves_exactly_one_thing",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidencelink",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("requirement__isnull", False)),
                        fields=("evidence", "requirement"),
                        name="one_link_per_requirement",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidencelink",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("task__isnull", False)),
                        fields=("evidence", "task"),
                        name="one_link_per_task",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidencelink",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("notice__isnull", False)),
                        fields=("evidence", "notice"),
                        name="one_link_per_notice",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="evidencelink",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("flagged_content__isnull", False)),
                        fields=("evidence", "flagged_content"),
                        name="one_link_per_flagged_content",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="taskforce",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name_en", ""), ("name_zh", ""), _negated=True),
                        name="a_task_force_has_a_name",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="shift",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="a_shift_ends_after_start"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="member",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("until_on__isnull", True)),
                        fields=("task_force", "person", "role"),
                        name="one_standing_membership_per_role",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="member",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("role", "lead"), ("until_on__isnull", True)),
                        fields=("task_force",),
                        name="one_lead_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="member",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="a_membership_ends_after_start",
                    ),
                ),
                migrations.AddIndex(
                    model_name="track",
                    index=models.Index(fields=["-recorded_at", "-id"], name="track_newest"),
                ),
                migrations.AddConstraint(
                    model_name="track",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("measure__isnull", False)),
                        fields=("measure", "kind"),
                        name="one_track_of_a_kind_per_measure",
                    ),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["-recorded_at", "-id"], name="event_newest"),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("occurred_at__isnull", True), ("occurred_on__isnull", False), _connector="OR"
                        ),
                        name="an_event_with_an_hour_has_a_day",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at__isnull", True), ("voided_by__isnull", True)),
                            models.Q(
                                ("voided_at__isnull", False),
                                ("voided_by__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_voided_event_says_who_and_why",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("expiry_of__isnull", False), ("voided_at__isnull", True)),
                        fields=("expiry_of",),
                        name="one_standing_expiry_per_deadline",
                    ),
                ),
                migrations.AddIndex(
                    model_name="translation",
                    index=models.Index(fields=["case", "object_kind", "object_uid"], name="translation_by_object"),
                ),
                migrations.AddIndex(
                    model_name="update",
                    index=models.Index(fields=["case", "-posted_at", "-id"], name="update_by_case"),
                ),
                migrations.AddIndex(
                    model_name="update",
                    index=models.Index(fields=["-posted_at", "-id"], name="update_newest"),
                ),
            ]
        ),
    ]
