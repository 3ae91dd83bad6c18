"""Rows the status tests count: in the states that take several people to reach, set directly and whole."""

from datetime import date, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from cases.actions.deadline import set_internal_deadline
from cases.models import Blob, Case, Deadline, Evidence, Person, Requirement, Task

numbers = count(1)


def a_task(case: Case, by: Person, at: datetime, *, due_on: date | None = None, **fields: Any) -> Task:
    n = next(numbers)
    if fields.get("state") == "closed":
        fields = {"closed_at": at, "closed_by": by} | fields
    if fields.get("state") == "blocked":
        fields = {"blocked_reason": "The audit is late."} | fields
    deadline = a_deadline(case, by, at, due_on=due_on) if due_on else None
    defaults = {"number": n, "title_en": f"Task {n}", "title_zh": f"任务{n}", "deadline": deadline}
    return Task.objects.create(case=case, **{"recorded_at": at, "recorded_by": by, **defaults, **fields})


def a_requirement(case: Case, by: Person, at: datetime, **fields: Any) -> Requirement:
    n = next(numbers)
    defaults = {"number": n, "title_en": f"Requirement {n}", "title_zh": f"要求{n}", "origin": "ordered"}
    return Requirement.objects.create(case=case, **{"recorded_at": at, "recorded_by": by, **defaults, **fields})


def a_deadline(case: Case, by: Person, at: datetime, *, due_on: date, **fields: Any) -> Deadline:
    return set_internal_deadline(case=case, title_en="Interim report", due_on=due_on, by=by, at=at, **fields)


def an_exhibit(case: Case, by: Person, at: datetime, *, blob: dict[str, Any] | None = None, **fields: Any) -> Evidence:
    n = next(numbers)
    if fields.get("state") in {"accepted", "sent_back"}:
        fields = {"reviewed_at": at, "reviewed_by": by, "state_reason": "Seen."} | fields
    name = sha256(str(n).encode()).hexdigest()
    kept = Blob.objects.create(sha256=name, size=n, stored_at=at, **(blob or {}))
    defaults = {"number": n, "filename": f"list-{n}.csv", "blob": kept, "title_en": f"List {n}"}
    return Evidence.objects.create(case=case, **{"recorded_at": at, "recorded_by": by, **defaults, **fields})
