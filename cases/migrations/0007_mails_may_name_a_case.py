"""A case may let mails name its titles."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_granted_time_and_instalments"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="is_named_in_mail",
            field=models.BooleanField(default=False, verbose_name="mails may name its titles"),
        ),
        migrations.AddField(
            model_name="casehistory",
            name="is_named_in_mail",
            field=models.BooleanField(default=False, verbose_name="mails may name its titles"),
        ),
    ]
