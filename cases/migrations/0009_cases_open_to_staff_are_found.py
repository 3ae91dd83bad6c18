"""Of the few cases that are open to staff, each is found without reading all the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_dates_of_a_fact_and_of_a_calendar_are_proposed_apart"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("is_open_to_staff", True)), fields=["id"], name="case_open_to_staff"
            ),
        ),
    ]
