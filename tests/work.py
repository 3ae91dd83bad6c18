"""A case at work, for the tests of tasks, evidence and filings: through the real actions, at literal instants."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from threading import Barrier, Thread
from typing import Any

from django.db import connection

from cases.actions.drafts import RequirementDraft
from cases.actions.evidence import EvidenceDraft, take_in
from cases.actions.requirement import add_requirement
from cases.actions.task import TaskDraft, add_task
from cases.actions.taskforce import form_task_force
from cases.models import Case, Evidence, Person, Requirement, Task, TaskForce
from tests.factories import NOW

FORMED_ON = date(2026, 9, 21)


def a_task_force(case: Case, *, lead: Person, by: Person, at: datetime = NOW) -> TaskForce:
    return form_task_force(case=case, name_zh="整改专项工作小组", formed_on=FORMED_ON, lead=lead, by=by, at=at)


def a_requirement(case: Case, *, by: Person, at: datetime = NOW, **fields: Any) -> Requirement:
    draft = RequirementDraft(**({"title_en": "Review the list by the hour", "clause": "加强榜单审核"} | fields))
    return add_requirement(case=case, draft=draft, by=by, at=at)


def a_task(case: Case, *, by: Person, at: datetime = NOW, **fields: Any) -> Task:
    return add_task(case=case, draft=TaskDraft(**({"title_en": "Take the entry down"} | fields)), by=by, at=at)


def some_evidence(
    case: Case, *, by: Person, at: datetime = NOW, words: bytes = b"rank,title", **named: Any
) -> Evidence:
    draft, filename = named.pop("draft", EvidenceDraft()), named.pop("filename", "list.csv")
    return take_in(case=case, file=BytesIO(words), filename=filename, draft=draft, by=by, at=at, **named)


def at_once(*calls: Callable[[], object]) -> list[Any]:
    """What each call gave or raised, all started at the same instant, each on a connection of its own."""
    start, given = Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        start.wait()
        try:
            given.append(call())
        except Exception as error:  # noqa: BLE001  the test asks what was raised
            given.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given
