"""Two worlds that differ by hidden cases alone, and all that somebody outside them can ask of either.

Uids are drawn from the same numbers again, so that what is handed out can be compared, and read where it is not.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.actions.accountability import AccountabilityDraft, record_accountability
from cases.actions.case import end_access, raise_barrier
from cases.actions.deadline import ask_extension, set_internal_deadline
from cases.actions.drafts import EvidenceDraft, MeasureDraft, RequirementDraft
from cases.actions.evidence import take_in, verify_evidence
from cases.actions.hot_list import begin_import
from cases.actions.payment import record_payment
from cases.actions.reference import add_authority, add_party
from cases.models import CaseAccess, Deadline, Person, Role
from tests.api_world import AT, World, a_world, as_, the_case, the_notice, url
from tests.arrangements import imported
from tests.factories import a_person
from tests.hot_lists import a_list
from tests.rooms import reading
from tracker.models import Reminder
from tracker.reminders import sweep

SAME = b"bytes that both of them hold"
LIST = a_list(("08-01 10", 1, "Hidden headline"))
KEY = {"Idempotency-Key": "the same key"}
OUTSIDE = (Role.COUNSEL, Role.MEMBER, Role.EXECUTIVE, Role.AUDITOR, Role.ADMINISTRATOR)
# What differs from one answer to the next whatever the record holds: tokens, times, and hashes over them.
CHANGING = re.compile(
    r'((csrfmiddlewaretoken|once|document-note)" value=|nonce=)"[^"]*"|(?<=cursor=)[\w%=-]+|\d\d:\d\d(:\d\d(\.\d+)?)?Z?'
    r"|(?<=/acknowledge/)[\w:=-]+|\d+\s(hour|minute)s?([\s,]+\d+\sminutes?)?|late\sby\s[^:]+(?=:)"
    r'|"(amount|n|number)":\s?-?\d+,\s?"unit":\s?"hour"'
)
HASHES_OF_NOW = re.compile(r"[0-9a-f]{64}|(?<=-)[0-9a-f]{12}")
HEADERS = ("Location", "ETag", "Content-Disposition", "Idempotent-Replayed", "Allow")


@dataclass(frozen=True)
class Told:
    """What came back, and what it cost."""

    status: int
    body: str
    queries: int
    headers: tuple[str, ...]


Answers = dict[tuple[str, str], Told]


@dataclass
class Cast:
    """`own`: the case of all of them but the administrator, who sees no case. `insider`: of the hidden cases alone."""

    insider: Person
    people: dict[str, Person]
    own: World
    pages: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pages = {role: reading(person) for role, person in self.people.items()}

    @property
    def counsel(self) -> Person:
        return self.people[Role.COUNSEL]


def a_cast() -> Cast:
    insider = a_person(Role.COUNSEL, email="insider@platform.example")
    people = {str(role): a_person(role, email=f"{role}@platform.example") for role in OUTSIDE}
    people[Role.ADMINISTRATOR].is_staff = people[Role.ADMINISTRATOR].is_superuser = True
    people[Role.ADMINISTRATOR].save(update_fields=["is_staff", "is_superuser"])
    others = [people[role] for role in (Role.MEMBER, Role.EXECUTIVE, Role.AUDITOR)]
    own = a_world(people[Role.COUNSEL], *others, title_en="Own matter")
    an_order(own, people[Role.COUNSEL])
    return Cast(insider, people, own)


def an_order(world: World, by: Person) -> Deadline:
    """Its clock ends in the year that the arrangement arranges."""
    measure = MeasureDraft(kind="order_to_correct", period_amount=355, period_unit="working_day")
    fields = {"kind": "rectification_order", "measures": (measure,), "number": "2", "served_on": date(2025, 8, 30)}
    deadline: Deadline = the_notice(world.case, by, **fields).deadlines.get(rule_id="CN-22")
    return deadline


# ---- What is hidden --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Hidden:
    """`world`: a restricted case full of everything; `authority`, `parties`: the uids of what it named first."""

    world: World
    authority: str
    parties: tuple[str, ...]


def hide(cast: Cast) -> Hidden:
    by = cast.insider
    court = add_authority(
        name_en="Hidden Tribunal",
        name_zh="隐名法庭",
        jurisdiction="HK",
        zone="Asia/Hong_Kong",
        calendar="HK",
        by=by,
        at=AT,
    )
    named = {"legal_entity": "Hidden Holdings", "natural_person": "Hidden Person"}
    parties = [add_party(kind=kind, name_en=name, name_zh="隐名", by=by, at=AT) for kind, name in named.items()]
    world = a_world(by, party=parties[0], lead_authority=court, title_en="Hidden matter", title_zh="隐名案件")
    work_on(world, court, by)
    said = AccountabilityDraft(party=parties[1], kind="warning", state="decided", decided_on=date(2025, 8, 29))
    record_accountability(case=world.case, draft=said, by=by, at=AT)
    shut_out(cast)
    return Hidden(world, court.uid, tuple(party.uid for party in parties))


def work_on(world: World, court: Any, by: Person) -> None:
    case, act = world.case, {"by": by, "at": AT}
    fine = MeasureDraft(kind="fine", amount=Decimal(1000), currency="CNY", procedure="ordinary")
    demand = RequirementDraft(title_en="Hidden demand", clause="隐名要求")
    served = {"served_on": date(2025, 8, 30), "number": "隐名〔2025〕1号", "authority": court}
    notice = the_notice(case, by, measures=(fine,), requirements=(demand,), **served)
    record_payment(measure=notice.measures.get(), amount=Decimal(900), paid_on=date(2025, 8, 31), **act)
    deadline = an_order(world, by)
    ask_extension(deadline=deadline, until_on=date(2027, 3, 1), reason="The audit is late.", **act)
    set_internal_deadline(case=case, title_en="Hidden due today", due_on=timezone.now().date(), owner=by, **act)
    a_file = {"filename": "hidden.txt", "draft": EvidenceDraft(title_en="Hidden bytes")}
    verify_evidence(evidence=take_in(case=case, file=BytesIO(SAME), **a_file, **act), **act)
    begin_import(case=case, surface="hidden board", file=BytesIO(LIST), filename="hidden.csv", **act)
    client, sent = as_(by), {"case": case.reference, "title_en": "Hidden task"}
    assert client.post(url("tasks/"), sent, headers=KEY).status_code == 201


def shut_out(cast: Cast) -> None:
    """Two more: open to staff behind barriers against everybody outside, and one whose accesses have ended."""
    by, everybody = cast.insider, tuple(cast.people.values())
    barred = add_party(kind="brand", name_en="Hidden Brand", by=by, at=AT)
    opened = the_case(by, *everybody, party=barred, title_en="Hidden behind barriers", is_open_to_staff=True)
    left = the_case(by, *everybody, party=barred, title_en="Hidden since")
    for case in (opened, left):
        the_notice(case, by)
        set_internal_deadline(case=case, title_en="Hidden again", due_on=date(2025, 9, 2), by=by, at=AT)
    for person in everybody:
        raise_barrier(case=opened, person=person, reason="a conflict", by=by, at=AT)
        end_access(access=CaseAccess.objects.get(case=left, person=person), by=by, at=AT)


# ---- Asking ----------------------------------------------------------------------------------------------------------
@contextmanager
def chance(seed: int) -> Iterator[None]:
    """The same uids again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "choice", Random(seed).choice)
        yield


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def told(client: Any, method: str, address: str, data: Any = None, **options: Any) -> Told:
    """Whatever it did is taken back: the next question is asked of the same world."""
    connection.queries_log.clear()  # it holds some thousands, and says when it forgets
    with undone(), chance(7), CaptureQueriesContext(connection) as asked:
        sent = dict(data) if isinstance(data, dict) else data
        answer: Any = getattr(client, method)(address, sent, **options)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    client.cookies.pop("messages", None)
    shown = (body.decode(errors="replace"), *(answer.headers.get(name, "") for name in HEADERS))
    masked = [CHANGING.sub("", each) for each in shown]
    if method == "post" or address.endswith("/notified/"):  # a proof is hashed with the instants of its words
        masked = [HASHES_OF_NOW.sub("", each) for each in masked]
    return Told(answer.status_code, masked[0], len(asked), tuple(masked[1:]))


def a_file(words: bytes = SAME, name: str = "ours.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words, "text/plain")


def watched(cast: Cast) -> Answers:
    """What the two worlds have alike after the hidden: an arrangement laid over both, and the letters of a sweep."""
    with chance(11):
        imported(cast.people[Role.ADMINISTRATOR], at=datetime(2026, 9, 24, 2, 30, tzinfo=UTC))
        Reminder.objects.filter(role="").update(role="owner")
        mail.outbox = []
        sweep(now=timezone.now())
    mine = Reminder.objects.filter(case=cast.own.case).order_by("pk")
    for number, each in enumerate(mine):  # drawn after those of the hidden cases, of which there is no trace else
        Reminder.objects.filter(pk=each.pk).update(uid=f"own{number}", message_id="")
    letters: Answers = {}
    for role, person in cast.people.items():
        own = sorted(f"{each.subject}\n{each.body}" for each in mail.outbox if person.email in each.to)
        letters[role, "letters"] = Told(len(own), CHANGING.sub("", "\n\n".join(own)), 0, ())
    return letters
