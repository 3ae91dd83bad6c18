"""Fills a database in a few statements, one a table: people, cases with their walls, work, proof, clocks and log.

Triggers and foreign keys are set aside meanwhile: the rows are right by construction, and histories of invented rows
prove nothing. Case number N has tasks, evidence, a deadline and a watch of its own, found again by the same number.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection, models, transaction

from cases.models import (
    Authority,
    Barrier,
    Blob,
    Case,
    CaseAccess,
    Deadline,
    DeadlineVersion,
    Evidence,
    LogEntry,
    Party,
    Person,
    Requirement,
    Role,
    Task,
)
from tracker.models import Watch
from tracker.reminders.arming import arm_all

COLLEAGUES: Final = 40
AUTHORITIES: Final = 8
PARTIES: Final = 60
BLOBS: Final = 1000
TASKS: Final = 3
EVIDENCE: Final = 5
LOG: Final = 4
# What is written while measuring is numbered from here: the filled rows keep the numbers below.
FIRST_OF_OTHERS: Final = 100_000_000
# One case in so many names the reader, and the broad reader; from some a barrier keeps the reader all the same.
NAMED: Final = 20
BROADLY_NAMED: Final = 5
SCOPED_NAMED: Final = 50  # 2,000 accesses among 100,000 cases
BARRED: Final = 300
# These are long: a detail is measured on one of them.
LONG: Final = 100
LONG_LOG: Final = 30

Columns = Mapping[str, str]  # field → SQL over the row's number n and, in nested rows, k


@dataclass(frozen=True, slots=True)
class Cast:
    """All but the colleagues are counsel: the reader sees a twentieth, the broad one a fifth, the scoped a fiftieth,
    the stranger three.
    """

    reader: Person
    broad: Person
    scoped: Person
    stranger: Person
    colleagues: tuple[Person, ...]


def fill_ground(*, at: datetime) -> Cast:
    """What every case names."""
    reader = _person("reader", Role.COUNSEL)
    stranger = _person("stranger", Role.COUNSEL)
    colleagues = tuple(_person(f"colleague{n}", Role.MEMBER) for n in range(COLLEAGUES))
    Authority.objects.bulk_create(
        Authority(name_en=f"Authority {n}", name_zh=f"网信办{n}", level="provincial", jurisdiction="CN")
        for n in range(AUTHORITIES)
    )
    Party.objects.bulk_create(
        Party(kind="legal_entity", name_en=f"Company {n}", name_zh=f"公司{n}") for n in range(PARTIES)
    )
    Blob.objects.bulk_create(Blob(sha256=f"{n:064x}", size=1000 + n, stored_at=at) for n in range(BLOBS))
    with connection.cursor() as cursor:
        for table in ("cases_case", "cases_deadline", "cases_deadlineversion"):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, FIRST_OF_OTHERS])
    broad, scoped = _person("broad", Role.COUNSEL), _person("scoped", Role.COUNSEL)
    return Cast(reader, broad, scoped, stranger, colleagues)


def _person(name: str, role: Role) -> Person:
    return Person.objects.create_user(
        f"{name}@bench.example", role=role, family_en=name.title(), given_en="Bench", family_zh="测", given_zh="试"
    )


def fill_cases(
    first: int, last: int, *, cast: Cast, at: datetime, only: Collection[type[models.Model]] | None = None
) -> None:
    """Cases number `first` to `last` and all that is theirs, or the tables named, in one transaction."""
    tables = [each for each in _tables(cast, at) if only is None or each[0] in only]
    _fill(tables, first, last)


def fill_clocks(first: int, last: int, *, cases: int, cast: Cast, at: datetime) -> None:
    """Further deadlines, with version and watch and nothing else, of the cases there are."""
    recorded = {"recorded_at": f"'{at.isoformat()}'::timestamptz", "recorded_by": str(cast.reader.pk)}
    tables = [
        (model, {**columns, "case": f"1 + n %% {cases}"} if model is Deadline else columns, source)
        for model, columns, source in _clocks(cast, recorded, at)
    ]
    _fill(tables, first, last)


def _fill(tables: Sequence[tuple[type[models.Model], Columns, str]], first: int, last: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model, columns, source in tables:
            cursor.execute(_insert(model, columns, source), {"first": first, "last": last})
        cursor.execute("SET LOCAL session_replication_role = origin")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _insert(model: type[models.Model], columns: Columns, source: str) -> str:
    """Fields not named take their model's default, so that a column added later is filled as well."""
    cells = {field.column: _default(field) for field in model._meta.concrete_fields if not field.primary_key}
    columns_of = {field.name: field.column for field in model._meta.concrete_fields}
    cells = {name: value for name, value in cells.items() if value}
    cells |= {columns_of[name]: value for name, value in columns.items()}
    names = ", ".join(f'"{name}"' for name in cells)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(cells.values())} FROM {source}'  # noqa: S608


def _default(field: "models.Field[Any, Any]") -> str:
    """As SQL; empty for what may be empty."""
    if field.null:
        return ""
    value = field.get_db_prep_save(field.get_default(), connection)
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(field, models.JSONField):
        return f"'{'[]' if field.default is list else '{}'}'"
    return "'{}'" if isinstance(value, list) else f"'{value or ''}'"


def _uid(number: str, salt: int) -> str:
    """Scattered as random ones are, yet each number its own: an odd factor is a bijection modulo a power of two."""
    return f"lpad(to_hex((({number})::bigint * 668265263 + {salt}) & 1099511627775), 10, '0')"


CASES: Final = "generate_series(%(first)s, %(last)s) AS n"


def _each(count: int) -> str:
    return f"{CASES}, generate_series(1, {count}) AS k"


def _one_of(model: type[models.Model], number: str) -> str:
    """The id of one of a few rows, in turn."""
    ids = ", ".join(str(pk) for pk in model._default_manager.order_by("pk").values_list("pk", flat=True))  # noqa: SLF001
    return f"(ARRAY[{ids}])[1 + ({number}) %% {ids.count(',') + 1}]"


def _tables(cast: Cast, at: datetime) -> list[tuple[type[models.Model], Columns, str]]:
    reader, moment = str(cast.reader.pk), f"'{at.isoformat()}'::timestamptz"
    recorded = {"recorded_at": f"{moment} - interval '40 days'", "recorded_by": reader}
    return [
        (Case, _case(recorded, moment, reader), CASES),
        *_walls(cast, moment),
        *_work(cast, recorded),
        *_clocks(cast, recorded, at),
        (LogEntry, _log("k + n * 100", moment, reader), _each(LOG)),
        (LogEntry, _log("k + 50 + n * 100", moment, reader), f"{_each(LONG_LOG)} WHERE n %% {LONG} = 0"),
    ]


def _case(recorded: Columns, moment: str, reader: str) -> Columns:
    return {
        "id": "n",
        "uid": _uid("n", 1),
        "reference": f"'B-2026-' || upper({_uid('n', 1)})",
        "title_en": "'Trending list, matter ' || n",
        "title_zh": "'热搜榜整改第' || n || '号'",
        "allegation": "'未落实信息内容管理主体责任'",
        "party": _one_of(Party, "n"),
        "lead_authority": _one_of(Authority, "n"),
        "lead_counsel": reader,
        "state": "CASE WHEN n %% 3 = 0 THEN 'closed' ELSE 'open' END",
        "closed_at": f"CASE WHEN n %% 3 = 0 THEN {moment} END",
        "opened_at": f"{moment} - interval '400 days' + n * interval '1 minute'",
        **recorded,
    }


def _walls(cast: Cast, moment: str) -> list[tuple[type[models.Model], Columns, str]]:
    colleagues = [str(person.pk) for person in cast.colleagues]
    granted = {
        "from_at": f"{moment} - interval '40 days'",
        "reason": "'Works on the case'",
        "granted_by": str(cast.reader.pk),
        "case": "n",
    }
    owner = f"(ARRAY[{', '.join(colleagues)}])[1 + n %% {COLLEAGUES}]"
    other = f"(ARRAY[{', '.join(colleagues)}])[1 + (n + 7) %% {COLLEAGUES}]"
    barrier = {"raised_at": moment, "raised_by": owner, "reason": "'Sat on the other side'", "case": "n"}
    return [
        (CaseAccess, {"uid": _uid("n * 8 + 1", 2), "person": owner, **granted}, CASES),
        (CaseAccess, {"uid": _uid("n * 8 + 2", 2), "person": other, **granted}, CASES),
        (
            CaseAccess,
            {"uid": _uid("n * 8 + 3", 2), "person": str(cast.reader.pk), **granted},
            f"{CASES} WHERE n %% {NAMED} = 0",
        ),
        (
            CaseAccess,
            {"uid": _uid("n * 8 + 5", 2), "person": str(cast.broad.pk), **granted},
            f"{CASES} WHERE n %% {BROADLY_NAMED} = 0",
        ),
        (
            CaseAccess,
            {"uid": _uid("n * 8 + 6", 2), "person": str(cast.scoped.pk), **granted},
            f"{CASES} WHERE n %% {SCOPED_NAMED} = 0",
        ),
        (
            CaseAccess,
            {"uid": _uid("n * 8 + 4", 2), "person": str(cast.stranger.pk), **granted},
            f"{CASES} WHERE n IN (3, 501, 777)",
        ),
        (
            Barrier,
            {"uid": _uid("n", 3), "person": str(cast.reader.pk), **barrier},
            f"{CASES} WHERE n %% {BARRED} = 0",
        ),
    ]


def _work(cast: Cast, recorded: Columns) -> list[tuple[type[models.Model], Columns, str]]:
    colleague = f"(ARRAY[{', '.join(str(person.pk) for person in cast.colleagues)}])[1 + (n + k) %% {COLLEAGUES}]"
    task = {
        "uid": _uid("n * 8 + k", 4),
        "case": "n",
        "number": "k",
        "title_en": "'Clean the list, part ' || k",
        "title_zh": "'清理榜单之' || k",
        "assignee": colleague,
        "state": "CASE WHEN k = 1 THEN 'in_progress' ELSE 'todo' END",
    }
    evidence = {
        "uid": _uid("n * 8 + k", 5),
        "case": "n",
        "number": "k",
        "blob": _one_of(Blob, "n * 7 + k"),
        "title_en": "'Capture ' || k",
        "filename": "'capture-' || k || '.png'",
        "media_type": "'image/png'",
    }
    requirement = {
        "uid": _uid("n", 6),
        "case": "n",
        "number": "1",
        "origin": "'ordered'",
        "title_en": "'Clean the trending list'",
        "clause": "'清理热搜榜单违规词条'",
    }
    return [
        (Task, task | dict(recorded), _each(TASKS)),
        (Evidence, evidence | dict(recorded), _each(EVIDENCE)),
        (Requirement, requirement | dict(recorded), CASES),
    ]


def _clocks(cast: Cast, recorded: Columns, at: datetime) -> list[tuple[type[models.Model], Columns, str]]:
    """Due from a year ahead on, spread over half a year: none has anything to say today."""
    first = _day(at) + timedelta(days=365)
    due_on = f"('{first}'::date + (n %% 180)::int)"
    due_at = f"(({due_on} + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')"
    owner = f"(ARRAY[{', '.join(str(person.pk) for person in cast.colleagues)}])[1 + n %% {COLLEAGUES}]"
    due = {"due_on": due_on, "due_at": due_at}
    deadline = {
        "id": "n",
        "uid": _uid("n", 7),
        "case": "n",
        "kind": "'internal'",
        "title_en": "'Report to the authority'",
        "title_zh": "'提交整改报告'",
        "owner": owner,
        "current": "n",
        "rearm": "false",
    }
    version = {
        "id": "n",
        "uid": _uid("n", 8),
        "deadline": "n",
        "number": "1",
        "status": "'in_force'",
        "cause": "'first'",
        "made_at": str(recorded["recorded_at"]),
        "made_by": str(recorded["recorded_by"]),
        "nominal_on": due_on,
        "safe_due_on": due_on,
    }
    watch = {"deadline": "n", "version": "n", "next_word_at": f"{due_at} - interval '14 days'"}
    return [
        (Deadline, deadline | due | dict(recorded), CASES),
        (DeadlineVersion, version | due, CASES),
        (Watch, watch, CASES),
    ]


def _day(at: datetime) -> date:
    return at.date()


def _log(number: str, moment: str, reader: str) -> Columns:
    return {
        "uid": _uid(number, 9),
        "case": "n",
        "person": reader,
        "verb": "'post_update'",
        "object_kind": "'update'",
        "object_uid": _uid(number, 9),
        "recorded_at": f"{moment} - k * interval '1 hour'",
    }


def fall_due(count: int, *, at: datetime) -> None:
    """The first `count` deadlines of open cases fall within three days of today; each has a word to say at `at`, as the
    watch finds when it is armed for them.
    """
    day, spread = f"'{_day(at)}'::date", "(id % 7)::int - 3"
    chosen = f"SELECT id FROM cases_case WHERE state = 'open' ORDER BY id LIMIT {int(count)}"  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, bell in (("cases_deadline", ", rearm = true"), ("cases_deadlineversion", "")):
            cursor.execute(
                f"UPDATE {table} SET due_on = {day} + {spread},"  # noqa: S608
                f" due_at = ({day} + {spread} + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'{bell} WHERE id IN ({chosen})"
            )
        cursor.execute("DELETE FROM tracker_reminder")
    arm_all(now=at)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE tracker_reminder, tracker_watch, cases_deadline")
