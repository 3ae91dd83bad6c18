"""Who, which case, which authority: small references made of `.values()` rows, and the people of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cases.models import Case, Leave, Member, Person
from tracker.status.nouns import AuthorityRef, CaseRef, Who

PERSON: Final = ("uid", "family_en", "given_en", "family_zh", "given_zh", "email")
CASE: Final = ("uid", "reference", "title_en", "title_zh")
AUTHORITY: Final = ("uid", "name_en", "name_zh", "name_zh_hant", "zone", "calendar")
MOST_PEOPLE: Final = 100

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MemberRow:
    who: Who
    role: str
    from_on: date
    until_on: date | None
    task_force: str
    is_away: bool
    stand_in: Who | None


def columns(prefix: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a `.values()` call for a relation."""
    return tuple(f"{prefix}__{name}" for name in names)


def who(row: Row, prefix: str) -> Who | None:
    """None where the relation is empty."""
    if row[f"{prefix}__uid"] is None:
        return None
    family_en, given_en, family_zh, given_zh = (row[f"{prefix}__{name}"] for name in PERSON[1:5])
    name_en = f"{family_en} {given_en}".strip()
    name_zh = f"{family_zh}{given_zh}"
    email = row[f"{prefix}__email"]
    initial = (family_zh or given_zh or family_en or given_en or email)[:1].upper()
    return Who(row[f"{prefix}__uid"], name_en or name_zh or email, name_zh, initial)


def somebody(row: Row, prefix: str) -> Who:
    """A relation the database says is never empty."""
    found = who(row, prefix)
    if found is None:
        raise ValueError(f"{prefix} names nobody")
    return found


def who_is(person: Person) -> Who:
    row = {f"person__{name}": getattr(person, name) for name in PERSON}
    return somebody(row, "person")


def case_ref(row: Row, prefix: str = "case") -> CaseRef:
    return CaseRef(*(row[f"{prefix}__{name}"] for name in CASE))


def authority_ref(row: Row, prefix: str) -> AuthorityRef:
    return AuthorityRef(*(row[f"{prefix}__{name}"] for name in AUTHORITY))


def members(case: Case, *, today: date) -> tuple[MemberRow, ...]:
    """Who stands in a task force of the case today, the lead first; one row a role."""
    standing = Member.objects.filter(task_force__case=case, from_on__lte=today).exclude(until_on__lt=today)
    found = standing.order_by("from_on", "pk").values(
        *columns("person", PERSON), "role", "from_on", "until_on", "task_force__uid", "person__pk"
    )[:MOST_PEOPLE]
    rows = list(found)
    away = absences({row["person__pk"] for row in rows}, today)
    made = [_member(row, away.get(row["person__pk"])) for row in rows]
    return tuple(sorted(made, key=lambda row: _SEAT.get(row.role, len(_SEAT))))


_SEAT: Final = {"lead": 0, "deputy": 1, "counsel": 2}


def _member(row: Row, absence: Row | None) -> MemberRow:
    return MemberRow(
        who=somebody(row, "person"),
        role=row["role"],
        from_on=row["from_on"],
        until_on=row["until_on"],
        task_force=row["task_force__uid"],
        is_away=absence is not None,
        stand_in=who(absence, "stand_in") if absence else None,
    )


def absences(people: set[int], today: date) -> dict[int, Row]:
    """Who of these people is away today, with the stand-in."""
    rows = Leave.objects.filter(person__in=people, from_on__lte=today, until_on__gte=today)
    return {row["person"]: row for row in rows.order_by("pk").values("person", *columns("stand_in", PERSON))}
