"""As the histories before it; the function stands since 0002."""

from django.db import migrations

TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_arrangementhistory
    FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_holiday_arrangements_are_imported")]
    operations = [migrations.RunSQL(TRIGGER, "DROP TRIGGER append_only ON cases_arrangementhistory")]
