"""Every page of a case reads the same, to the byte and the query, for one who may not know of what was put apart."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import unified_diff
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases.actions.accountability import AccountabilityDraft, record_accountability
from cases.actions.case import grant_access
from cases.actions.contact import AttendeeDraft, ContactDraft, log_contact
from cases.actions.drafts import EvidenceDraft
from cases.actions.evidence import accept_evidence, derive, link_evidence, take_in
from cases.actions.hold import issue_hold
from cases.actions.task import complete_task, post_update, start_task
from cases.actions.translation import add_translation
from cases.models import Case, Derivation, Evidence, Notice, Person, Requirement, Task
from tests.api_world import AT, World, a_world
from tests.factories import a_party, an_authority
from tests.rooms import reading
from tests.work import a_task
from tracker.briefings import figures_of
from tracker.models import Reminder

pytestmark = pytest.mark.django_db
ADVICE = "legal_advice"
POST_ONLY = 405
PLACES = ("desk", "tasks_mine", "status_portfolio", "outbox", "cases", "cases_csv")
# The part of an address before a uid → the noun whose row it names.
NOUNS = {
    "notices": "notices", "measures": "measures", "deadlines": "deadlines", "tracks": "tracks", "events": "events",
    "filings": "filings", "contacts": "contacts", "requirements": "requirements", "tasks": "tasks",
    "evidence": "evidence", "flagged": "flagged-content", "imports": "imports", "outbox": "reminders",
    "holds": "legal-holds", "rules": "flagging-rules",
}  # fmt: skip
# What differs from one answer to the next whatever the record holds.
CHANGING = re.compile(r'((csrfmiddlewaretoken|once)" value=|nonce=)"[^"]*"|\d\d:\d\d(:\d\d)?|<[^>]*cursor=[^>]*>')


def patterns(found: Any = None, before: str = "") -> Iterator[tuple[str, str]]:
    """Name and path of every page."""
    for each in (found or get_resolver()).url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLPattern) and each.name:
            yield each.name, path
        elif isinstance(each, URLResolver) and not path.startswith(("api/", "admin/")):
            yield from patterns(each, path)


def pages_of(world: World) -> dict[str, str]:
    """Address by name, of all that take a case and at most one row of it."""
    found = {name: reverse(name) for name in PLACES}
    for name, path in patterns():
        asked = re.findall(r"([\w-]+)/<slug:uid>", path)
        kwargs: dict[str, object] = {"reference": world.case.reference} if "<slug:reference>" in path else {}
        if asked and asked[0] in NOUNS:
            kwargs["uid"] = world.names[NOUNS[asked[0]]]
        if "<int:number>" in path:
            kwargs["number"] = 1
        if kwargs and len(kwargs) == path.count("<"):
            found[name] = reverse(name, kwargs=kwargs)
    return found


def read(client: Client, address: str) -> tuple[int, str, int]:
    """Undone: some pages note in the log that they were read, and each is to be read of the same record."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            answer: Any = client.get(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, CHANGING.sub("", body.decode(errors="replace")), len(asked)


def read_all(person: Person, pages: dict[str, str]) -> dict[str, tuple[int, str, int]]:
    client = reading(person)
    return {name: read(client, address) for name, address in pages.items()}


READABLE: set[str] = set()


def for_reading(person: Person, world: World) -> set[str]:
    """Names of the pages that answer GET; asking them all once also warms what a process reads once."""
    if not READABLE:
        client = reading(person)
        READABLE.update(name for name, at in pages_of(world).items() if read(client, at)[0] != POST_ONLY)
    return READABLE


def differences(name: str, before: tuple[int, str, int], after: tuple[int, str, int]) -> Iterator[str]:
    if (before[0], before[2]) != (after[0], after[2]):
        yield f"{name}: status and queries {before[0], before[2]} became {after[0], after[2]}"
    lines = unified_diff(before[1].splitlines(), after[1].splitlines(), n=0, lineterm="")
    yield from (f"{name}: {line}" for line in lines)


def the_world(counsel: Person, *readers: Person) -> World:
    world = a_world(counsel)
    for person in readers:
        grant_access(case=world.case, person=person, reason="works on it", by=counsel, at=AT)
    return world


# ---- What is put apart -----------------------------------------------------------------------------------------------
def put_apart(case: Case, by: Person) -> None:
    advice = an_opinion(case, by)
    a_talk(case, by)
    some_work(case, by, proved_by=advice)
    post_update(case=case, words="We should not contest.", blocker="Counsel", protection_mark=ADVICE, by=by, at=AT)
    somebody = a_party(kind="natural_person", name_en="Somebody Responsible", name_zh="某负责人")
    draft = AccountabilityDraft(party=somebody, kind="warning", state="decided", decided_on=date(2025, 8, 29))
    record_accountability(case=case, draft=draft, by=by, at=AT)


def an_opinion(case: Case, by: Person) -> Evidence:
    draft = EvidenceDraft(protection_mark=ADVICE, title_en="Opinion on the fine")
    requirement, task, notice = (rows.first() for rows in (case.requirements, case.tasks, case.notices))
    assert isinstance(requirement, Requirement)
    assert isinstance(task, Task)
    assert isinstance(notice, Notice)
    proves = (requirement, task, notice)
    advice = take_in(
        case=case, file=BytesIO(b"advice"), filename="opinion.pdf", draft=draft, proves=proves, by=by, at=AT
    )
    accept_evidence(evidence=advice, by=by, at=AT)
    return advice


def a_talk(case: Case, by: Person) -> None:
    seats = (AttendeeDraft(side="party", person=by), AttendeeDraft(side="authority", name="Outside counsel"))
    draft = ContactDraft(
        kind="talk", authority=an_authority(), subject="With outside counsel", held_on=date(2025, 8, 29),
        minutes="不宜申辩", attendees=seats, protection_mark=ADVICE,
    )  # fmt: skip
    talk = log_contact(case=case, contact=draft, by=by, at=AT)
    add_translation(record=talk, field="minutes", language="en", words="Do not.", made_by="human", by=by, at=AT)


def some_work(case: Case, by: Person, *, proved_by: Evidence) -> None:
    """One task that is late, with a word of it; and one that is closed with its proof."""
    open_one = case.evidence.exclude(protection_mark=ADVICE).first()
    requirement = case.requirements.first()
    due = {"assignee": by, "due_on": date(2025, 8, 29), "protection_mark": ADVICE, "requirement": requirement}
    late = a_task(case, by=by, at=AT, title_en="Draft the strategy", workstream_en="Strategy", **due)
    assert open_one is not None
    link_evidence(evidence=open_one, proves=late, by=by, at=AT)
    post_update(case=case, task=late, words="Half way.", blocker="Waits for counsel", by=by, at=AT)
    times = {"occasion_at": AT, "made_at": AT, "planned_at": AT, "try_at": AT}
    assert late.deadline is not None
    Reminder.objects.create(
        case=case, deadline=late.deadline, version=late.deadline.current, occasion="first", person=by,
        address=by.email, subject="Strategy due", **times,
    )  # fmt: skip
    done = a_task(case, by=by, at=AT, title_en="Settle the strategy", **due)
    start_task(task=done, by=by, at=AT)
    link_evidence(evidence=proved_by, proves=done, by=by, at=AT)
    complete_task(task=done, by=by, at=AT)


# ---- What others read ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["member", "executive", "auditor", "outsider"])
def test_every_page_is_the_same_whether_or_not_it_exists(
    role: str, counsel: Person, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(role)
    world = the_world(counsel, person)
    pages = {name: at for name, at in pages_of(world).items() if name in for_reading(person, world)}

    before = read_all(person, pages)
    put_apart(world.case, counsel)
    after = read_all(person, pages)

    told = [told[:1200] for name in pages for told in differences(name, before[name], after[name])]
    assert not told, "\n".join(told)
    assert sum(status == 200 for status, _body, _asked in before.values()) > 30


def test_those_admitted_read_it_on_their_pages(counsel: Person) -> None:
    world = the_world(counsel)
    put_apart(world.case, counsel)

    found = read_all(counsel, pages_of(world))

    for name, words in {
        "case_evidence": "Opinion on the fine", "requirement": "Opinion on the fine", "task": "Opinion on the fine",
        "case_contacts": "With outside counsel", "case_tasks": "Draft the strategy", "tasks_mine": "Draft the strategy",
        "case_timeline": "Posted an update", "outbox": "Strategy due", "case_accountability": "Somebody Responsible",
        "case_status": "Work under legal advice is not counted here.", "case": "Draft the strategy",
    }.items():  # fmt: skip
        assert words in found[name][1], name


def test_a_signed_status_holds_nothing_of_it(counsel: Person) -> None:
    world = the_world(counsel)
    before = figures_of(world.case, counsel, at=AT)
    put_apart(world.case, counsel)

    assert figures_of(world.case, counsel, at=AT) == before


@pytest.mark.parametrize("noun", ["evidence", "contacts", "tasks"])
def test_its_own_page_is_not_there(noun: str, counsel: Person, member: Person) -> None:
    world = the_world(counsel, member)
    put_apart(world.case, counsel)
    rows: Any = {"evidence": world.case.evidence, "contacts": world.case.contacts, "tasks": world.case.tasks}[noun]
    page = {"evidence": "evidence", "contacts": "contact", "tasks": "task"}[noun]
    address = reverse(page, args=[world.case.reference, rows.filter(protection_mark=ADVICE).first().uid])

    assert [reading(person).get(address).status_code for person in (counsel, member)] == [200, 404]


def test_an_open_copy_of_what_is_apart_does_not_name_it(counsel: Person, member: Person) -> None:
    world = the_world(counsel, member)
    original = an_opinion(world.case, counsel)
    copy = derive(
        evidence=original, file=BytesIO(b"black"), filename="redacted.pdf", derivation=Derivation.REDACTED,
        why="For the file", draft=EvidenceDraft(), by=counsel, at=AT,
    )  # fmt: skip
    address = reverse("evidence", args=[world.case.reference, copy.uid])

    pages = [read(reading(person), address)[1] for person in (counsel, member)]

    assert [original.uid in page for page in pages] == [True, False]
    assert original.uid not in str([entry.values for entry in copy.custody.all()])
    assert "derived_from" not in world.case.log.get(verb="derive").facts


def test_a_number_that_is_apart_is_no_number_of_this_case(counsel: Person, member: Person) -> None:
    world = the_world(counsel, member)
    task = a_task(world.case, by=counsel, at=AT, assignee=member)
    advice = an_opinion(world.case, counsel)
    address = reverse("task_prove", args=[world.case.reference, task.uid])

    sent = {"proof-evidence": str(advice.number)}
    answers = [reading(person).post(address, sent).status_code for person in (member, counsel)]

    assert answers == [422, 302]


def test_a_hold_tells_all_only_of_what_all_may_know(counsel: Person) -> None:
    world = the_world(counsel)
    an_opinion(world.case, counsel)
    known = world.case.evidence.exclude(protection_mark=ADVICE).count()

    hold = issue_hold(case=world.case, scope="Everything", reason="The order", by=counsel, at=AT)

    assert world.case.log.get(object_uid=hold.uid).facts["evidence"] == known
