"""Names and verifications are a case's own: uniqueness holds among what the house keeps, bytes say when for each."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# What was said of the bytes is said of each piece of evidence that is made of them.
EACH_ITS_OWN = """
UPDATE cases_evidence SET verified_at = cases_blob.verified_at, mismatch_at = cases_blob.mismatch_at
FROM cases_blob WHERE cases_blob.id = cases_evidence.blob_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_a_note_of_a_paper_kept_elsewhere_may_be_voided"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="authority",
            name="one_authority_per_name_and_jurisdiction",
        ),
        migrations.RemoveConstraint(
            model_name="party",
            name="one_party_per_kind_and_name",
        ),
        migrations.AddField(
            model_name="authority",
            name="named_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="authorityhistory",
            name="named_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="evidence",
            name="mismatch_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="evidence",
            name="verified_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="party",
            name="named_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="partyhistory",
            name="named_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="authority",
            constraint=models.UniqueConstraint(
                condition=models.Q(("named_by__isnull", True)),
                fields=("name_en", "jurisdiction"),
                name="one_authority_of_the_house_per_name_and_jurisdiction",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("named_by__isnull", True)),
                fields=("kind", "name_en"),
                name="one_party_of_the_house_per_kind_and_name",
            ),
        ),
        migrations.RunSQL(EACH_ITS_OWN, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="blob",
            name="mismatch_at",
        ),
        migrations.RemoveField(
            model_name="blob",
            name="verified_at",
        ),
    ]
