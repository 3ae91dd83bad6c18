"""One case that holds one row of every noun of the API, and more rows of any noun by the hundred."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from itertools import count as count_from
from typing import Any

from django.db.models import Model, OneToOneField
from rest_framework.test import APIClient

from cases.actions.accountability import AccountabilityDraft, record_accountability
from cases.actions.border import ApprovalDraft, record_export_approval
from cases.actions.case import grant_access
from cases.actions.contact import ContactDraft, log_contact
from cases.actions.deadline import set_internal_deadline
from cases.actions.evidence import EvidenceDraft, take_in
from cases.actions.filing import file
from cases.actions.flagged import add_flagged, add_flagging_rule
from cases.actions.hold import issue_hold
from cases.actions.hot_list import import_hot_list
from cases.actions.secrecy import note_classified_paper
from cases.actions.task import post_update
from cases.models import Capture, Case, Notice, Person
from cases.models.record import new_uid
from tests import status_rows
from tests.factories import a_case, a_notice, a_party, an_authority
from tests.hot_lists import a_list
from tests.work import a_requirement, a_task, a_task_force
from tracker.briefings import sign_briefing
from tracker.models import Reminder, Rhythm, Subject, Subscription
from tracker.reminders.choosing import subscribe

# Before every real clock: the doors read theirs.
AT = datetime(2025, 9, 1, 1, 30, tzinfo=UTC)
DAY = date(2025, 8, 29)
numbers = count_from(1)


def as_(person: Person | None, language: str = "en") -> APIClient:
    client = APIClient(headers={"accept-language": language})
    if person is not None:
        person.known_cases = None  # as the person of a request, who was just read
    client.force_authenticate(person)
    return client


def url(path: str) -> str:
    return f"/api/v1/{path}"


def the_case(by: Person, *people: Person, **fields: Any) -> Case:
    case = a_case(by=by, at=AT, **fields)
    for person in people:
        seen = {"sees_advice": True, "sees_persons": True}
        grant_access(case=case, person=person, reason="works on it", by=by, at=AT, **seen)
    return case


def the_notice(case: Case, by: Person, **fields: Any) -> Notice:
    return a_notice(case=case, by=by, at=AT, **({"issued_on": DAY} | fields))


def a_reminder(case: Case, by: Person) -> Reminder:
    deadline = status_rows.a_deadline(case, by, AT, due_on=DAY)
    times = {"occasion_at": AT, "made_at": AT, "planned_at": AT, "try_at": AT}
    return Reminder.objects.create(
        case=case, deadline=deadline, version=deadline.current, occasion="first", person=by, address=by.email,
        role="owner", **times,
    )  # fmt: skip


def a_subscription(case: Case, by: Person) -> Subscription:
    return subscribe(person=by, subject=Subject.STATUS, rhythm=Rhythm.DAILY, when=time(8, 30), case=case, at=AT)


def an_import(case: Case, by: Person) -> Any:
    raw = a_list(("08-01 09", 1, "某明星分手", "明星"))
    return import_hot_list(case=case, surface="榜", file=BytesIO(raw), filename="list.csv", by=by, at=AT).record


def a_capture(case: Case, by: Person) -> Capture:
    return Capture.objects.filter(case=case).first() or an_import(case, by).captures.get()


def a_filing(case: Case, by: Person) -> Any:
    return file(case=case, kind="other", authority=an_authority(), sent_at=AT - timedelta(days=1), by=by, at=AT)


def an_approval(case: Case, by: Person) -> Any:
    abroad = an_authority(name_en="Irish authority", jurisdiction="IE")
    draft = ApprovalDraft(authority=abroad, organ_zh="主管机关", number="1", approved_on=DAY, scope="The reply")
    return record_export_approval(case=case, approval=draft, by=by, at=AT)


def a_contact(case: Case, by: Person) -> Any:
    draft = ContactDraft(kind="talk", authority=an_authority(), subject="The list", held_on=DAY)
    return log_contact(case=case, contact=draft, by=by, at=AT)


ROWS: dict[str, Callable[[Case, Person], Any]] = {
    "people": lambda case, by: by,
    "authorities": lambda case, by: an_authority(),
    "parties": lambda case, by: a_party(),
    "cases": lambda case, by: case,
    "tracks": lambda case, by: the_notice(case, by).tracks.first(),
    "events": lambda case, by: the_notice(case, by).events.first(),
    "notices": the_notice,
    "measures": lambda case, by: the_notice(case, by).measures.get(),
    "contacts": a_contact,
    "requirements": lambda case, by: a_requirement(case, by=by, at=AT, owner=by, due_on=DAY),
    "deadlines": lambda case, by: set_internal_deadline(case=case, title_en="Ours", due_on=DAY, owner=by, by=by, at=AT),
    "task-forces": lambda case, by: a_task_force(case, lead=by, by=by, at=AT),
    "tasks": lambda case, by: a_task(case, by=by, at=AT, assignee=by, due_on=DAY),
    "updates": lambda case, by: post_update(case=case, words="On it.", by=by, at=AT),
    "flagged-content": lambda case, by: add_flagged(
        case=case, surface="榜", title="条目", basis="reported", by=by, at=AT
    ),
    "flagging-rules": lambda case, by: add_flagging_rule(case=case, provision="O5-7-2", words=["离婚"], by=by, at=AT),
    "captures": a_capture,
    "imports": an_import,
    "evidence": lambda case, by: take_in(
        case=case, file=BytesIO(b"one"), filename="one.txt", draft=EvidenceDraft(), by=by, at=AT
    ),
    "legal-holds": lambda case, by: issue_hold(case=case, scope="All logs", reason="The order", by=by, at=AT),
    "filings": a_filing,
    "accountability": lambda case, by: record_accountability(
        case=case, draft=AccountabilityDraft(person=by, kind="warning", state="proposed"), by=by, at=AT
    ),
    "classified-papers": lambda case, by: note_classified_paper(
        case=case, kind="notice", kept_where="Room 3", by=by, at=AT
    ),
    "export-approvals": an_approval,
    "log": lambda case, by: case.log.first(),
    "reminders": a_reminder,
    "subscriptions": a_subscription,
    "briefings": lambda case, by: sign_briefing(case=case, words="On course.", by=by, at=AT),
}


@dataclass(frozen=True)
class World:
    """`names`: noun → what an address calls its row."""

    case: Case
    names: dict[str, str]


def a_world(by: Person, *people: Person, **fields: Any) -> World:
    case = the_case(by, *people, **fields)
    rows = {noun: make(case, by) for noun, make in ROWS.items()}
    names = {noun: row.uid for noun, row in rows.items()}
    return World(case, names | {"cases": case.reference, "rules": "CN-12", "calendars": "CN"})


# ---- By the hundred --------------------------------------------------------------------------------------------------
def more_rows(noun: str, row: Model, by: Person, count: int) -> None:
    """Rows like the first, unlike it only where the database wants each to be its own."""
    if noun == "cases":
        made = [a_case(by=by, at=AT) for _number in range(count)]
    elif noun == "subscriptions":
        made = [ROWS[noun](a_case(by=by, at=AT), by) for _number in range(count)]
    elif noun == "deadlines":
        made = [ROWS[noun](row.case, by) for _number in range(count)]
    elif noun == "evidence":
        made = [status_rows.an_exhibit(row.case, by, AT, number=1000 + next(numbers)) for _number in range(count)]
    else:
        made = type(row).objects.bulk_create([like(row, next(numbers)) for _number in range(count)])
    assert len(made) == count


def like(row: Model, number: int) -> Model:
    fields = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    alone = {field.attname: None for field in row._meta.concrete_fields if isinstance(field, OneToOneField)}
    own = {
        "uid": new_uid(),
        "number": 1000 + number,
        "title_key": f"key {number}",
        "occasion": f"occasion {number}",
        "email": f"copy{number}@platform.example",
        "name_en": f"Copy {number}",
        "captured_at": AT + timedelta(hours=number),
    }
    measured = {"measure_id": None} if row._meta.model_name == "track" else {}
    return type(row)(**fields | alone | measured | {name: value for name, value in own.items() if name in fields})
