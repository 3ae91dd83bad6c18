"""The one way to change a row that is append-only: taking the names of an erased person, or of a party, out of it.

The application's role has no right to UPDATE those tables and gets none. It calls `casebook_erase`, which runs as the
owner, reads the names from the row itself and writes nothing but "Erased person" or "Erased party" in their place;
only inside it does the guard let an UPDATE pass. In the custody chain the value goes with its salt, the salted hash
stays. The law's own words are kept: they are the document's, and their translations rest on them.
"""

from django.db import migrations

GUARD = """
CREATE OR REPLACE FUNCTION casebook_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {erasing}
    RAISE EXCEPTION '% on % is refused: the table is append-only', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
# A session may set what it likes: only who owns the table, or the function that runs as the owner, is let through.
ERASING = """IF TG_OP = 'UPDATE' AND current_setting('casebook.erasing', true) = 'yes'
       AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN NULL;
    END IF;"""

# The pattern of the names in running text: in Latin letters two words or more, and not inside a longer word; in
# Chinese two characters or more, and only while nobody else's name contains them; the email address always.
PATTERN = r"""
CREATE FUNCTION casebook_names(noun text, id_of bigint, OUT pattern text, OUT whole text[], OUT is_shared boolean)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found text[];
    shared text[];
    latin text[];
    chinese text[];
    email text;
BEGIN
    IF noun = 'person' THEN
        SELECT ARRAY[trim(p.family_en || ' ' || p.given_en), trim(p.given_en || ' ' || p.family_en)],
               ARRAY[p.family_zh || p.given_zh], p.email
          INTO latin, chinese, email FROM cases_person p WHERE p.id = id_of AND NOT p.is_active;
    ELSE
        SELECT ARRAY[p.name_en], ARRAY[p.name_zh, p.name_zh_hant]
          INTO latin, chinese FROM cases_party p WHERE p.id = id_of AND p.kind = 'natural_person';
    END IF;
    whole := ARRAY(SELECT DISTINCT lower(name) FROM unnest(latin || chinese || email) name WHERE name <> '');
    found := ARRAY(
        SELECT DISTINCT name FROM unnest(latin || chinese) name
        WHERE (name ~ '\S\s+\S' OR name ~ '^[^[:ascii:]]{2,}$')
    );
    shared := ARRAY(
        SELECT DISTINCT name FROM unnest(found) name, (
            SELECT family_en || ' ' || given_en || ' ' || given_en || ' ' || family_en || ' ' || family_zh || given_zh
              AS known FROM cases_person WHERE noun <> 'person' OR id <> id_of
            UNION ALL SELECT cases_attendee.name FROM cases_attendee WHERE lower(cases_attendee.name) <> ALL (whole)
        ) others WHERE position(lower(name) IN lower(known)) > 0
    );
    is_shared := shared <> '{}';
    found := ARRAY(
        SELECT CASE WHEN name ~ '^[[:ascii:]]' THEN '\m' || quoted || '\M' ELSE quoted END
        FROM unnest(ARRAY(SELECT unnest(found) EXCEPT SELECT unnest(shared)) || email) name, LATERAL regexp_replace(name, '([^[:alnum:][:space:]])', '\\\1', 'g') quoted
        WHERE name <> ''
    );
    pattern := array_to_string(found, '|');
END $$;
"""

ERASE = r"""
CREATE FUNCTION casebook_erase(noun text, id_of bigint) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    names record;
    instead text;
    target record;
    touched bigint := 0;
    count_of bigint;
BEGIN
    IF noun = 'person' THEN
        SELECT 'Erased person ' || upper(left(uid, 4)) INTO instead FROM cases_person WHERE id = id_of;
    ELSE
        SELECT 'Erased party ' || upper(left(uid, 4)) INTO instead FROM cases_party WHERE id = id_of;
    END IF;
    SELECT * INTO names FROM casebook_names(noun, id_of);
    IF names.whole IS NULL OR names.whole = '{}' THEN
        RETURN jsonb_build_object('rows', 0, 'shared', false);
    END IF;
    PERFORM set_config('casebook.erasing', 'yes', true);

    -- What stands in a chain goes with its salt: the salted hash that the chain runs over stays.
    UPDATE cases_custodyentry entry SET values = entry.values - gone.names, salts = entry.salts - gone.names
      FROM (
        SELECT id, array_agg(key) AS names FROM cases_custodyentry, jsonb_each_text(values)
        WHERE (names.pattern <> '' AND value ~* names.pattern) OR lower(value) = ANY (names.whole) GROUP BY id
      ) gone WHERE gone.id = entry.id;
    GET DIAGNOSTICS touched = ROW_COUNT;

    -- A field that holds a name and nothing else.
    FOR target IN SELECT * FROM (VALUES
        ('cases_attendee', 'name'), ('cases_translation', 'translator'), ('cases_translationhistory', 'translator'),
        ('tracker_reminder', 'address'), ('django_admin_log', 'object_repr')
    ) AS fields (of_table, of_column) LOOP
        EXECUTE format('UPDATE %I SET %I = $1 WHERE lower(%2$I) = ANY ($2)', target.of_table, target.of_column)
          USING instead, names.whole;
        GET DIAGNOSTICS count_of = ROW_COUNT;
        touched := touched + count_of;
    END LOOP;
    IF noun = 'party' THEN
        UPDATE cases_partyhistory SET name_en = instead, name_zh = '', name_zh_hant = '', seat = ''
          WHERE pgh_obj_id = id_of;
    END IF;

    -- Running text everywhere else, histories last: changing a row adds to its history.
    IF names.pattern <> '' THEN
        FOR target IN
            SELECT c.table_name, string_agg(
                CASE WHEN c.data_type = 'jsonb'
                THEN format('%1$I = regexp_replace(%1$I::text, $1, $2, ''gi'')::jsonb', c.column_name)
                ELSE format('%1$I = left(regexp_replace(%1$I, $1, $2, ''gi''), %2$s)',
                            c.column_name, coalesce(c.character_maximum_length, 2147483647)) END, ', ') AS changes,
                string_agg(format('%I::text ~* $1', c.column_name), ' OR ') AS found
            FROM information_schema.columns c
            JOIN information_schema.tables t USING (table_schema, table_name)
            WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
              AND c.data_type IN ('character varying', 'text', 'jsonb') AND c.is_generated = 'NEVER'
              AND (c.table_name LIKE 'cases%' OR c.table_name LIKE 'tracker%' OR c.table_name = 'django_admin_log')
              AND c.table_name NOT IN ('cases_person', 'cases_personhistory', 'cases_party', 'cases_partyhistory',
                                       'cases_authority', 'cases_authorityhistory', 'cases_custodyentry', 'cases_blob',
                                       'cases_arrangement', 'cases_arrangementhistory', 'cases_sighting')
              AND c.column_name NOT IN ('uid', 'sha256', 'object_uid', 'erased_sha256', 'original_sha256')
              AND (regexp_replace(c.table_name, 'history$', ''), c.column_name) NOT IN (
                  ('cases_case', 'allegation'), ('cases_notice', 'original_words'), ('cases_measure', 'words'),
                  ('cases_requirement', 'clause'), ('cases_flaggedcontent', 'title'),
                  ('cases_flaggedcontent', 'title_key'))
            GROUP BY c.table_name ORDER BY c.table_name LIKE '%history', c.table_name
        LOOP
            EXECUTE format('UPDATE %I SET %s WHERE %s', target.table_name, target.changes, target.found)
              USING names.pattern, instead;
            GET DIAGNOSTICS count_of = ROW_COUNT;
            touched := touched + count_of;
        END LOOP;
    END IF;
    PERFORM set_config('casebook.erasing', '', true);
    RETURN jsonb_build_object('rows', touched, 'shared', names.is_shared);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_log_custody_and_histories_are_append_only")]
    operations = [
        migrations.RunSQL(GUARD.format(erasing=ERASING), GUARD.format(erasing="")),
        migrations.RunSQL(PATTERN, "DROP FUNCTION casebook_names(text, bigint)"),
        migrations.RunSQL(ERASE, "DROP FUNCTION casebook_erase(text, bigint)"),
    ]
