"""What a calendar moves is proposed beside what a fact moves, and a version says which arrangements it counts with."""

import django.contrib.postgres.fields
from django.db import migrations, models

# Those that stood when a version was made, where it was counted in the calendar of one of them.
COUNTED_WITH = """
UPDATE cases_deadlineversion version SET arrangements = found.keys
FROM (
    SELECT counted.id, array_agg(stood.id ORDER BY stood.id) AS keys
    FROM cases_deadlineversion counted
    JOIN cases_deadline deadline ON deadline.id = counted.deadline_id
    JOIN cases_arrangement stood ON stood.calendar = deadline.calendar AND stood.recorded_at <= counted.made_at
        AND (stood.withdrawn_at IS NULL OR stood.withdrawn_at > counted.made_at)
    WHERE EXISTS (
        SELECT FROM cases_arrangement named
        WHERE named.calendar = deadline.calendar AND named.version = counted.calendar_version
    )
    GROUP BY counted.id
) found
WHERE found.id = version.id"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_mails_may_name_a_case"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="deadlineversion", name="one_open_proposal_per_deadline"),
        migrations.AddField(
            model_name="deadlineversion",
            name="arrangements",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.RunSQL(COUNTED_WITH, migrations.RunSQL.noop),
        migrations.AddField(
            model_name="deadlineversion",
            name="rejected_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="deadlineversion",
            index=models.Index(
                condition=models.Q(("rejected_at__isnull", False)), fields=["deadline"], name="version_rejected"
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlineversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "proposed"), models.Q(("cause", "calendar"), _negated=True)),
                fields=("deadline",),
                name="one_open_proposal_of_a_fact_per_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlineversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cause", "calendar"), ("status", "proposed")),
                fields=("deadline",),
                name="one_open_proposal_of_a_calendar_per_deadline",
            ),
        ),
        migrations.AddConstraint(
            model_name="deadlineversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("rejected_at__isnull", True), ("status", "withdrawn"), _connector="OR"),
                name="what_was_rejected_is_withdrawn",
            ),
        ),
    ]
