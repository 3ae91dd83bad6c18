"""Statement triggers, so that even a change that would touch no row is refused, and TRUNCATE too."""

from django.db import migrations

APPEND_ONLY = [
    "cases_logentry",
    "cases_custodyentry",
    "cases_trackmove",
    "cases_update",
    *(
        f"cases_{model}history"
        for model in (
            "accountability arrangement authority barrier case caseaccess caseauthority classifiedpaper contact "
            "deadline event evidence exportapproval extension filing flaggedcontent flaggingrule instalment leave "
            "legalhold measure member notice party payment person requirement shift suspension taskforce task track "
            "translation"
        ).split()
    ),
]
FUNCTION = """
CREATE FUNCTION casebook_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is refused: the table is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
TRIGGER = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_record")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION casebook_refuse_change()"),
        *(
            migrations.RunSQL(TRIGGER.format(table=table), f"DROP TRIGGER append_only ON {table}")
            for table in APPEND_ONLY
        ),
    ]
