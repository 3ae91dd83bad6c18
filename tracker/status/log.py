"""The log as rows, with the titles of what it speaks of: two queries, however many kinds of object."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import F, QuerySet
from django.db.models.expressions import Combinable

from cases import models
from cases.models import LogEntry
from tracker.status.nouns import LogRow, Titles
from tracker.status.people import CASE, PERSON, Row, case_ref, columns, somebody

Name = str | Combinable
Titled = Mapping[str, tuple[QuerySet[Any], Name, Name]]
# kind of object → (its rows, field of its English name, of its Chinese name); kinds not named here have no title.
TITLED: Final[Titled] = {
    "case": (models.Case.objects.all(), "title_en", "title_zh"),
    "notice": (models.Notice.objects.all(), "title_en", "title_zh"),
    "requirement": (models.Requirement.objects.all(), "title_en", "title_zh"),
    "task": (models.Task.objects.all(), "title_en", "title_zh"),
    "deadline": (models.Deadline.objects.all(), "title_en", "title_zh"),
    "evidence": (models.Evidence.objects.all(), "title_en", "title_zh"),
    "filing": (models.Filing.objects.all(), "title_en", "title_zh"),
    "task_force": (models.TaskForce.objects.all(), "name_en", "name_zh"),
    "contact": (models.Contact.objects.all(), "subject", "subject"),
    "flagged_content": (models.FlaggedContent.objects.all(), "title", "title"),
    "flagging_rule": (models.FlaggingRule.objects.all(), "label_en", "label_zh"),
    "import": (models.Import.objects.all(), "surface", "surface"),
}
FIELDS: Final = (
    "pk", "uid", "verb", "object_kind", "object_uid", "occurred_at", "recorded_at", "reason", "facts",
    *columns("case", CASE), *columns("person", PERSON),
)  # fmt: skip


def log_columns(queryset: "QuerySet[LogEntry]") -> "QuerySet[LogEntry, Any]":
    found: QuerySet[LogEntry, Any] = queryset.values(*FIELDS)
    return found


def log_rows(found: Iterable[Row], *, titled: Titled = TITLED) -> tuple[LogRow, ...]:
    rows = list(found)
    titles = titles_of({row["object_uid"] for row in rows if row["object_kind"] in titled}, titled)
    return tuple(_row(row, titles.get(row["object_uid"], Titles("", ""))) for row in rows)


def titles_of(uids: set[str], titled: Titled = TITLED) -> dict[str, Titles]:
    """The names of objects of any kind, by uid, in one query."""
    parts = [_named(rows, uids, en, zh) for rows, en, zh in titled.values()]
    return {uid: Titles(en, zh) for uid, en, zh in parts[0].union(*parts[1:], all=True)} if uids else {}


def _named(rows: "QuerySet[Any]", uids: set[str], *names: Name) -> "QuerySet[Any, tuple[str, str, str]]":
    en, zh = (F(name) if isinstance(name, str) else name for name in names)
    return rows.filter(uid__in=uids).order_by().values_list("uid", en, zh)


def _row(row: Row, title: Titles) -> LogRow:
    return LogRow(
        uid=row["uid"],
        case=case_ref(row) if row["case__uid"] else None,
        who=somebody(row, "person"),
        verb=row["verb"],
        object_kind=row["object_kind"],
        object_uid=row["object_uid"],
        title=title,
        occurred_at=row["occurred_at"],
        recorded_at=row["recorded_at"],
        reason=row["reason"],
        facts=row["facts"],
    )
