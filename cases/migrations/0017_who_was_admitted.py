"""Until now every counsel and executive named in a case saw all of it; who opened or leads it sees the persons too."""

from typing import Any

from django.db import migrations


def admit(apps: Any, _editor: Any) -> None:
    accesses = apps.get_model("cases", "CaseAccess").objects
    accesses.filter(person__role__in=("counsel", "executive")).update(sees_advice=True)
    accesses.filter(reason="opened").update(sees_advice=True, sees_persons=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_walls_within_a_case")]

    operations = [migrations.RunPython(admit, migrations.RunPython.noop)]
