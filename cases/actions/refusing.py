"""Attempts that were refused: what a person may not do, and what they may not know of.

The one who asks must not learn from the answer's cost whether there was something to refuse: whatever they named, the
same statements run and one entry is written. An attempt at what is not there stands in no case's log.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import F, QuerySet, Value

from cases import models
from cases.actions.custody import add_custody
from cases.actions.log import noun_of
from cases.actions.reading import NOTHING, REFUSED, SAME_LOOK
from cases.models import CustodyAction, CustodyEntry, Evidence, LogEntry, Person
from cases.models.record import UID_LENGTH, new_uid
from cases.permissions import cases_visible_to

# What an address can name, with what holds its case: itself, its own column, or a row it belongs to.
NAMED: Final[tuple[tuple[type[Any], str], ...]] = (
    (models.Case, ""), (models.Track, "case"), (models.Event, "case"), (models.Notice, "case"),
    (models.Measure, "notice"), (models.Contact, "case"), (models.Requirement, "case"),
    (models.Deadline, "case"), (models.TaskForce, "case"), (models.Task, "case"), (models.Update, "case"),
    (models.FlaggedContent, "case"), (models.FlaggingRule, "case"), (models.Capture, "case"),
    (models.Import, "case"), (models.Evidence, "case"), (models.LegalHold, "case"), (models.Filing, "case"),
    (models.LogEntry, "case"), (models.Translation, "case"),
)  # fmt: skip
NO_ROW: Final = 0


@dataclass(frozen=True, slots=True)
class Target:
    """What was asked for. `case` is empty where it is of none, or where there is nothing of that name."""

    kind: str
    uid: str
    case: int | None


Row = tuple[str, str, int, bool]


def log_refusal(
    *,
    names: Sequence[str],
    verb: str,
    by: Person,
    at: datetime,
    also: "Iterable[tuple[str, QuerySet[Any]]]" = (),
) -> None:
    """One entry a person and target in ten minutes; of evidence in custody too.

    `names`: the references and uids of the address, the case's first. `verb`: what their role does not allow, or ""
    where they may not know of it. `also`: further kinds of rows with a case, which the record does not know.
    """
    with transaction.atomic():
        target = aimed_at(names, verb=verb, by=by, at=at, also=also)
        written = insert_once(target, facts={"verb": verb} if verb else {"hidden": True}, by=by, at=at)
        wanted = target.uid if written and target.kind == "evidence" else ""
        evidence = Evidence.objects.select_related("blob").filter(uid=wanted or "-").first()
        if evidence is None:
            as_much_as_custody()
        else:
            add_custody(evidence, CustodyAction.REFUSED, by=by, at=at, values={"verb": verb} if verb else {})


def aimed_at(
    names: Sequence[str], *, verb: str, by: Person, at: datetime, also: "Iterable[tuple[str, QuerySet[Any]]]"
) -> Target:
    """What they may not know of comes before what they may; the innermost thing before its case."""
    found = rows_named(names, by=by, at=at, also=also)
    hidden = [row for row in found if not row[3]]
    inner = [row for row in found if row[0] != "case"]
    of_the_case = found if verb else []  # a page that is not there, in a case they know, is nothing refused
    for kind, uid, case, _known in (*[row for row in hidden if row in inner], *hidden, *inner, *of_the_case):
        return Target(kind, uid, case)
    if verb:
        return Target("person", by.uid, None)
    return Target(NOTHING, sha256("/".join(names).encode()).hexdigest()[:UID_LENGTH], None)


def rows_named(
    names: Sequence[str], *, by: Person, at: datetime, also: "Iterable[tuple[str, QuerySet[Any]]]"
) -> list[Row]:
    """Over every kind of row at once, then whether their cases are known: two statements, whatever was named."""
    parts = [
        rows_of(noun_of(model), model._default_manager.all(), path, names)  # noqa: SLF001
        for model, path in NAMED
    ]
    parts += [rows_of(kind, rows, "case", names) for kind, rows in also]
    found = list(parts[0].union(*parts[1:], all=True))
    cases = [case for _kind, _uid, case in found] or [NO_ROW]
    known = set(cases_visible_to(by, at=at).filter(pk__in=cases).order_by().values_list("pk", flat=True))
    return [(kind, uid, case, case in known) for kind, uid, case in found]


def rows_of(kind: str, rows: "QuerySet[Any]", path: str, names: Sequence[str]) -> "QuerySet[Any, tuple[str, str, int]]":
    case = f"{path}_id" if path == "case" else f"{path}__case_id".removeprefix("__") if path else "pk"
    named = rows.filter(uid__in=names) if path else rows.filter(reference__in=names)
    return named.order_by().values_list(Value(kind), "uid", F(case))


INSERT: Final = """
INSERT INTO {table} (uid, case_id, person_id, verb, object_kind, object_uid, recorded_at, reason, facts)
SELECT %(uid)s, %(case)s, %(person)s, %(verb)s, %(kind)s, %(object)s, %(at)s, '', %(facts)s::jsonb
WHERE NOT EXISTS (
    SELECT 1 FROM {table}
    WHERE object_uid = %(object)s AND person_id = %(person)s AND verb = %(verb)s AND recorded_at > %(since)s
)
"""


def insert_once(target: Target, *, facts: dict[str, object], by: Person, at: datetime) -> bool:
    """Asks and writes in one statement: whether the entry was there already does not show."""
    values = {
        "uid": new_uid(), "case": target.case, "person": by.pk, "verb": REFUSED, "kind": target.kind,
        "object": target.uid, "at": at, "since": at - SAME_LOOK, "facts": dumps(facts),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(table=LogEntry._meta.db_table), values)  # our own table's name
        return bool(cursor.rowcount)


@transaction.atomic
def as_much_as_custody() -> None:
    """The statements an entry of custody takes, over no row."""
    list(Evidence.objects.select_for_update(no_key=True).only("pk").filter(pk=NO_ROW))
    list(CustodyEntry.objects.filter(evidence=NO_ROW).order_by("-number")[:1])
    list(CustodyEntry.objects.filter(pk=NO_ROW).values("pk"))
