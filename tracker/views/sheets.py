"""Lists as CSV, a page of rows at a time, safe to open in a spreadsheet."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.models import CaseState, Person
from tracker.dates import is_chinese
from tracker.status.listings import CaseFilters, cases_list
from tracker.status.nouns import CaseRow
from tracker.templatetags.casebook import RAG_WORDS

ROWS_AT_ONCE: Final = 200
# A spreadsheet takes a cell that begins so for a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK: Final = "\ufeff"  # without it Excel reads UTF-8 as the machine's own code page


class _Echo:
    def write(self, line: str) -> str:
        return line


def lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def case_lines(person: Person, filters: CaseFilters, *, now: datetime) -> Iterator[str]:
    """Lazily, so the language is kept: by the time a line is sent the request's own is gone."""
    language = get_language() or "en"
    with override(language):
        heads = [str(head) for head, _read in COLUMNS]
    yield MARK
    yield from lines([heads])
    cursor = ""
    while True:
        with override(language):
            found = cases_list(person, now=now, filters=filters, cursor=cursor, size=ROWS_AT_ONCE)
            yield from list(lines([read(row) for _head, read in COLUMNS] for row in found.rows))
        if not (cursor := found.next):
            return


def party(row: CaseRow) -> str:
    return row.party.zh if is_chinese() and row.party.zh else row.party.en


def authority(row: CaseRow) -> str:
    return row.authority.name_zh if is_chinese() and row.authority.name_zh else row.authority.name_en


def phase(row: CaseRow) -> str | None:
    if row.phase is None:
        return None
    return row.phase.title.zh if is_chinese() else row.phase.title.en


# Each heading with its cell, in the order of the sheet.
COLUMNS: Final[Sequence[tuple[Promise, Callable[[CaseRow], object]]]] = (
    (_("Reference"), lambda row: row.case.reference),
    (_("Title in English"), lambda row: row.case.title_en),
    (_("Title in Chinese"), lambda row: row.case.title_zh),
    (_("Status"), lambda row: RAG_WORDS.get(row.rag.tone, "")),
    (pgettext_lazy("case", "State"), lambda row: CaseState(row.state).label),
    (_("Party"), party),
    (_("Authority"), authority),
    (_("Phase"), phase),
    (_("Next date"), lambda row: row.next_clock.due_on if row.next_clock else None),
    (_("Tasks closed"), lambda row: row.tasks.done),
    (_("Tasks"), lambda row: row.tasks.total),
    (_("Requirements met"), lambda row: row.requirements.done),
    (_("Requirements"), lambda row: row.requirements.total),
    (_("Lead counsel"), lambda row: row.lead_counsel.name_en if row.lead_counsel else None),
    (_("Opened"), lambda row: row.opened_at.date()),
    (_("Announced"), lambda row: row.announced_on),
)
