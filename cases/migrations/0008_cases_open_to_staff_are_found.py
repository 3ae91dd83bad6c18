"""Of the few cases that are open to staff, each is found without reading all the others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_mails_may_name_a_case"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("is_open_to_staff", True)), fields=["id"], name="case_open_to_staff"
            ),
        ),
    ]
