"""A case and what was served on us bear no mark of legal advice any more: it is kept apart item by item."""

from typing import Any

from django.db import migrations


def lower(apps: Any, _editor: Any) -> None:
    for model in ("Case", "Notice"):
        rows = apps.get_model("cases", model).objects.filter(protection_mark="legal_advice")
        rows.update(protection_mark="internal")


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_papers_may_be_handed_in")]

    operations = [migrations.RunPython(lower, migrations.RunPython.noop)]
