"""Puts the rows that matter into captures, flagged content, sightings and their figures, set by set.

Rows are streamed into a table of the transaction first, so that memory does not grow with the file and nothing of the
record is locked while the file is read. It writes no log and opens no file: `hot_list` does.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Final, TypeVar

from django.db import connection
from django.db.models import Model

from cases.actions.flagged import TITLE_LENGTH
from cases.actions.tally import MANUAL, Match, Tally
from cases.models import Basis, Capture, FlaggedContent, FlaggingRule, Import

M = TypeVar("M", bound=Model)

BATCH: Final = 2_000
CATEGORY_LENGTH: Final = 60

LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
MAKE_ROOM: Final = """
DROP TABLE IF EXISTS pg_temp.board_match, pg_temp.board_first;
CREATE TEMPORARY TABLE board_match (
    file integer, line integer, captured_at timestamptz, rank integer, title text, title_key text, category text,
    heat bigint, is_ad boolean, rule_id bigint
) ON COMMIT DROP
"""
COPY: Final = (
    "COPY pg_temp.board_match (file, line, captured_at, rank, title, title_key, category, heat, is_ad, rule_id)"
    " FROM STDIN"
)
# The earliest row of the first file says how the content is called and which rule it met.
# The planner has no statistics of rows that this very transaction wrote, takes them for a handful, and would go through
# them once for each other: 14 s instead of 0.1 s for a list of two months.
JOIN_BY_HASH: Final = "SET LOCAL enable_nestloop = off"
# Foreign keys put off to the end queue up, and every row of the history then costs a walk along the queue.
CHECK_AT_ONCE: Final = "SET CONSTRAINTS ALL IMMEDIATE"
CHECK_AT_THE_END: Final = "SET CONSTRAINTS ALL DEFERRED"
JOIN_AS_USUAL: Final = "SET LOCAL enable_nestloop TO DEFAULT"
ANALYSE: Final = "ANALYZE pg_temp.board_match, pg_temp.board_first"
FIND_FIRSTS: Final = """
CREATE TEMPORARY TABLE board_first ON COMMIT DROP AS
SELECT DISTINCT ON (title_key) title_key, title, category, rule_id
FROM pg_temp.board_match ORDER BY title_key, file, captured_at, line
"""
NEW_CONTENT: Final = """
SELECT title_key, title, category, rule_id FROM pg_temp.board_first AS m
WHERE NOT EXISTS (SELECT FROM cases_flaggedcontent f
                  WHERE f.case_id = %(case)s AND f.surface = %(surface)s AND f.title_key = m.title_key)
ORDER BY title_key
"""
# Back among the matched, or, when all files are read anew, as the rules of today see it. Reviewed content keeps what
# was reviewed.
ADOPT: Final = """
WITH seen AS (
    SELECT f.id, f.is_matched AS was_matched, m.title, m.category, m.rule_id, r.provision
    FROM pg_temp.board_first AS m
    JOIN cases_flaggedcontent f
      ON f.case_id = %(case)s AND f.surface = %(surface)s AND f.title_key = m.title_key
    JOIN cases_flaggingrule r ON r.id = m.rule_id
    WHERE f.basis = 'rule' AND f.state = 'candidate' AND (NOT f.is_matched OR %(anew)s)
), adopted AS (
    UPDATE cases_flaggedcontent f
    SET is_matched = true, title = s.title, category = s.category, rule_id = s.rule_id, provision = s.provision,
        revision = f.revision + 1
    FROM seen s
    WHERE f.id = s.id AND f.state = 'candidate'
      AND (f.is_matched, f.title, f.category, f.rule_id, f.provision)
          IS DISTINCT FROM (true, s.title, s.category, s.rule_id, s.provision)
    RETURNING s.was_matched
)
SELECT count(*) FROM adopted WHERE NOT was_matched
"""
RETURN_REVIEWED: Final = """
UPDATE cases_flaggedcontent f SET is_matched = true, revision = revision + 1
WHERE f.case_id = %(case)s AND f.surface = %(surface)s AND NOT f.is_matched AND f.state <> 'candidate'
  AND EXISTS (SELECT FROM pg_temp.board_first m WHERE m.title_key = f.title_key)
"""
# What a person has named or confirmed is never dropped because a rule no longer finds it.
LEAVE: Final = """
UPDATE cases_flaggedcontent f SET is_matched = false, revision = revision + 1
WHERE f.case_id = %(case)s AND f.surface = %(surface)s AND f.is_matched AND f.basis = 'rule' AND f.state <> 'confirmed'
  AND NOT EXISTS (SELECT FROM pg_temp.board_first m WHERE m.title_key = f.title_key)
"""
FORGET: Final = """
DELETE FROM cases_sighting s USING cases_capture c, cases_flaggedcontent f
WHERE c.id = s.capture_id AND f.id = s.flagged_content_id
  AND c.case_id = %(case)s AND c.surface = %(surface)s AND f.basis = 'rule' AND f.state <> 'confirmed'
  AND NOT EXISTS (SELECT FROM pg_temp.board_match m WHERE m.captured_at = c.captured_at AND m.line = s.line)
"""
SEE: Final = """
INSERT INTO cases_sighting (flagged_content_id, capture_id, line, rank, heat, is_ad, category)
SELECT f.id, c.id, m.line, m.rank, m.heat, m.is_ad, m.category
FROM pg_temp.board_match m
JOIN cases_capture c ON c.case_id = %(case)s AND c.surface = %(surface)s AND c.captured_at = m.captured_at
JOIN cases_flaggedcontent f ON f.case_id = %(case)s AND f.surface = %(surface)s AND f.title_key = m.title_key
ORDER BY c.id, m.line
ON CONFLICT (capture_id, line) DO NOTHING
"""
# A capture without the title ends a spell; a capture that was never made does not. Content without sightings has
# none of the figures. Only what changed is written, for each change is kept in the history.
FIGURES: Final = """
WITH looks AS (
    SELECT id, captured_at, row_number() OVER (ORDER BY captured_at) AS place
    FROM cases_capture WHERE case_id = %(case)s AND surface = %(surface)s
), seen AS (
    SELECT s.flagged_content_id, l.place, l.captured_at, min(s.rank) AS rank
    FROM cases_sighting s JOIN looks l ON l.id = s.capture_id
    GROUP BY s.flagged_content_id, l.place, l.captured_at
), told AS (
    SELECT *, (place - lag(place) OVER (PARTITION BY flagged_content_id ORDER BY place)) IS DISTINCT FROM 1 AS returns
    FROM seen
), figures AS (
    SELECT flagged_content_id, min(captured_at) AS first_seen_at, max(captured_at) AS last_seen_at,
           min(rank) AS best_rank, count(DISTINCT date_trunc('hour', captured_at, 'UTC')) AS hours,
           count(*) FILTER (WHERE returns) AS spells
    FROM told GROUP BY flagged_content_id
)
UPDATE cases_flaggedcontent f
SET first_seen_at = g.first_seen_at, last_seen_at = g.last_seen_at, best_rank = g.best_rank,
    hours = coalesce(g.hours, 0), spells = coalesce(g.spells, 0)
FROM cases_flaggedcontent o LEFT JOIN figures g ON g.flagged_content_id = o.id
WHERE o.id = f.id AND f.case_id = %(case)s AND f.surface = %(surface)s
  AND (f.first_seen_at, f.last_seen_at, f.best_rank, f.hours, f.spells)
      IS DISTINCT FROM (g.first_seen_at, g.last_seen_at, g.best_rank, coalesce(g.hours, 0), coalesce(g.spells, 0))
"""


def lock_surface(importing: Import) -> None:
    """One reading of a surface of a case at a time, until the transaction ends; the case's row stays free."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"hot list {importing.case_id} {importing.surface}"],
        )


def make_room() -> None:
    with connection.cursor() as cursor:
        cursor.execute(MAKE_ROOM)


def stream_in(matches: Iterable[Match], *, file: int, rules: Mapping[str, FlaggingRule]) -> None:
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for entry, rule in matches:
            copy.write_row(
                (
                    file,
                    entry.line,
                    entry.captured_at,
                    entry.rank,
                    entry.title,
                    entry.title_key[:TITLE_LENGTH],
                    (entry.category or "")[:CATEGORY_LENGTH],
                    entry.heat,
                    bool(entry.is_ad),
                    None if rule == MANUAL else rules[rule].pk,
                )
            )


def add_captures(importing: Import, tally: Tally) -> int:
    captures = (
        Capture(
            case_id=importing.case_id,
            surface=importing.surface,
            captured_at=at,
            evidence_id=importing.evidence_id,
            made_by_import=importing,
            rows=held.rows,
            advertisements=held.advertisements,
            present_10=held.present[0],
            present_20=held.present[1],
            present_50=held.present[2],
            unknown_10=held.unknown[0],
            unknown_20=held.unknown[1],
            unknown_50=held.unknown[2],
        )
        for at, held in sorted(tally.lists.items())
    )
    return sum(len(Capture.objects.bulk_create(batch)) for batch in _batches(captures))


def settle(importing: Import, *, rules: Mapping[str, FlaggingRule], at: datetime) -> int:
    """From the streamed rows to content, sightings and figures; says how many candidates there are more."""
    scope: dict[str, int | str | bool] = {
        "case": importing.case_id,
        "surface": importing.surface,
        "anew": importing.is_reflag,
    }
    with connection.cursor() as cursor:
        cursor.execute(FIND_FIRSTS)
        cursor.execute(ANALYSE)
        cursor.execute(JOIN_BY_HASH)
        cursor.execute(CHECK_AT_ONCE)
        cursor.execute(ADOPT, scope)
        returned = int(cursor.fetchone()[0])
        cursor.execute(RETURN_REVIEWED, scope)
        cursor.execute(NEW_CONTENT, scope)
        new = _add_content(cursor.fetchall(), importing=importing, rules=rules, at=at)
        if importing.is_reflag:
            cursor.execute(LEAVE, scope)
            cursor.execute(FORGET, scope)
        cursor.execute(SEE, scope)
        cursor.execute(FIGURES, scope)
        cursor.execute(JOIN_AS_USUAL)
        cursor.execute(CHECK_AT_THE_END)
    return returned + new


def _add_content(
    found: Iterable[tuple[str, str, str, int]], *, importing: Import, rules: Mapping[str, FlaggingRule], at: datetime
) -> int:
    by_pk = {rule.pk: rule for rule in rules.values()}
    content = (
        FlaggedContent(
            case_id=importing.case_id,
            surface=importing.surface,
            title=title,
            title_key=key,
            category=category,
            basis=Basis.RULE,
            rule_id=rule,
            provision=by_pk[rule].provision,
            recorded_at=at,
            recorded_by_id=importing.recorded_by_id,
        )
        for key, title, category, rule in found
    )
    return sum(len(FlaggedContent.objects.bulk_create(batch)) for batch in _batches(content))


def _batches(rows: Iterable[M]) -> Iterator[list[M]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch
