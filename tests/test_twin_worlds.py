"""With a restricted case or without it, the world is the same to who may not know of it: to the byte and the query."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from cases.actions.accountability import AccountabilityDraft, record_accountability
from cases.actions.drafts import EvidenceDraft
from cases.actions.evidence import take_in
from cases.actions.payment import record_payment
from cases.actions.person import take_leave
from cases.actions.reference import add_authority, add_party
from cases.api.urls import router
from cases.models import Case, Deadline, Person, Role
from tests.addresses import patterns
from tests.api_world import AT, DAY, World, a_world, as_, the_notice, url
from tests.arrangements import imported
from tests.factories import a_person
from tests.page_world import WORD, an_order, fine, hide
from tests.rooms import reading
from tests.test_item_walls_pages import CHANGING, pages_of
from tracker.reminders import rehearse

pytestmark = pytest.mark.django_db
READERS = ("outsider", "member", "executive", "auditor", "administrator")
SEARCHED = (WORD, "隐藏")
# What is handed out anew each time: uids, references, tokens and moments.
HANDED_OUT = re.compile(r"\b[0-9a-f]{64}\b|\b[A-Z]{3}-\d{4}-[0-9A-Z]{6}\b|\b[0-9a-z]{10}\b|\d{4}-\d\d-\d\dT[\d:.]+Z?")
NO_PAGES = {"logout", "set_language", "ready"}


# ---- The two worlds --------------------------------------------------------------------------------------------------
@pytest.fixture
def readers(
    outsider: Person, member: Person, executive: Person, auditor: Person, administrator: Person
) -> dict[str, Person]:
    return dict(zip(READERS, (outsider, member, executive, auditor, administrator), strict=True))


@pytest.fixture
def insiders() -> tuple[Person, Person]:
    """Who work on the restricted case; as people of the house they are there either way."""
    return a_person(Role.COUNSEL, family_en="Xu", given_en="Inside"), a_person(family_en="Lin", given_en="Inside")


@pytest.fixture
def ours(outsider: Person) -> World:
    """What the readers may know, of each kind a row: one of them leads it."""
    return a_world(outsider, title_en="Our own matter", title_zh="本所案件")


def a_restricted_case(insiders: tuple[Person, Person]) -> Case:
    """A row of every kind, names nobody else has named, the same bytes as others keep, words due, money owed."""
    lead, worker = insiders
    party = add_party(kind="legal_entity", name_en=f"{WORD} Company", name_zh="隐藏公司", by=lead, at=AT)
    authority = add_authority(
        name_en=f"{WORD} Authority", name_zh="隐藏机关", level="other", jurisdiction="CN", zone="Asia/Shanghai",
        calendar="CN", by=lead, at=AT,
    )  # fmt: skip
    world = a_world(lead, worker, title_en=f"{WORD} case", title_zh=f"{WORD} 案", party=party, lead_authority=authority)
    case = world.case
    notice = the_notice(case, lead, number="SECRET-1", authority=authority, measures=(fine(),))
    record_payment(measure=notice.measures.get(), amount=100, paid_on=DAY, by=lead, at=AT)
    an_order(case, lead)
    somebody = add_party(kind="natural_person", name_en=f"{WORD} Person", name_zh="隐藏人", by=lead, at=AT)
    draft = AccountabilityDraft(party=somebody, kind="warning", state="decided", decided_on=DAY)
    record_accountability(case=case, draft=draft, by=lead, at=AT)
    take_in(case=case, file=BytesIO(b"the same bytes"), filename="same.txt", draft=EvidenceDraft(), by=lead, at=AT)
    hide(case)
    Deadline.objects.filter(case=case).update(rearm=True, owner=worker)
    return case


# ---- Reading them ----------------------------------------------------------------------------------------------------
def asked(ask: Callable[[], Any]) -> tuple[int, str, int]:
    """Status, masked body, number of queries; what the asking itself noted is undone."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, CHANGING.sub("", body.decode(errors="replace")), len(queries)


def plain_pages() -> Iterator[str]:
    """The address of every page that names nothing."""
    for path, pattern in patterns(get_resolver()):
        if "<" not in path and "(" not in path and not path.startswith("api/") and pattern.name not in NO_PAGES:
            yield "/" + path.removeprefix("^")


def pages(person: Person, ours: World) -> list[str]:
    """All that name nothing, the searches, and of the one who knows a case its own."""
    own = pages_of(ours).values() if person == ours.case.lead_counsel else ()
    searches = [f"{reverse(name)}?q={word}" for name in ("cases", "cases_csv", "outbox") for word in SEARCHED]
    return [*sorted({*plain_pages(), *own}), *searches]


def endpoints() -> list[str]:
    return [*(url(f"{noun}/") for noun, _room, _name in router.registry), url("schema/")]


def seen_by(person: Person, ours: World) -> dict[str, tuple[int, str, int]]:
    client: Client = reading(person)
    api = as_(person)
    found = {at: asked(lambda at=at: client.get(at)) for at in pages(person, ours)}
    return found | {at: asked(lambda at=at: api.get(at)) for at in endpoints()}


WARM: set[str] = set()


def warmed(person: Person, ours: World) -> None:
    """What a process reads once is read."""
    if person.role not in WARM:
        WARM.add(person.role)
        seen_by(person, ours)


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    found = []
    for at, (status, body, queries) in before.items():
        now_status, now_body, now_queries = after[at]
        if (status, queries) != (now_status, now_queries):
            found.append(f"{at}: {status, queries} became {now_status, now_queries}")
        lines = zip(re.split(r"[>\n,]", body), re.split(r"[>\n,]", now_body), strict=False)
        if body != now_body:
            found.append(f"{at}: {next((pair for pair in lines if pair[0] != pair[1]), 'longer')}"[:400])
    return found


@pytest.mark.parametrize("reader", READERS)
def test_every_page_and_list_is_the_same(reader: str, readers, insiders, ours: World) -> None:
    imported(readers["outsider"], at=AT)
    person = readers[reader]
    warmed(person, ours)

    before = seen_by(person, ours)
    hidden = a_restricted_case(insiders)
    after = seen_by(person, ours)

    assert differences(before, after) == []
    assert not [at for at, (_status, body, _queries) in after.items() if WORD in body.replace(f"q={WORD}", "")
                and WORD not in before[at][1]]  # fmt: skip
    assert sum(status == 200 for status, _body, _queries in before.values()) > 30
    # It is there all the same, for those who may know.
    assert WORD in reading(insiders[0]).get(reverse("case", args=[hidden.reference])).text


def test_the_watch_tells_them_the_same(readers, insiders, ours: World) -> None:
    others = {person.email for person in insiders}

    def told() -> list[tuple[str, str, str]]:
        letters = [each.letter for each in rehearse(now=AT) if each.letter.to not in others]
        return sorted((letter.to, letter.subject, letter.text) for letter in letters)

    before = told()
    a_restricted_case(insiders)

    assert told() == before


# ---- What is handed out next -----------------------------------------------------------------------------------------
def names(world: World) -> dict[str, str]:
    return {"party": world.names["parties"], "lead_authority": world.names["authorities"]}


def handed_out(person: Person, ours: World) -> list[tuple[int, str]]:
    """One of each thing an outsider may make, and what they are told where they go wrong."""
    api, case = as_(person), ours.case.reference
    notice = {
        "case": {**names(ours), "title_en": "Next"}, "kind": "penalty_decision", "number": "SECRET-1",
        "authority": ours.names["authorities"], "measures": [{"kind": "warning", "procedure": "ordinary"}],
    }  # fmt: skip
    named = {"name_en": f"{WORD} Authority", "level": "other", "jurisdiction": "CN", "zone": "Asia/Shanghai"}

    def a_file() -> SimpleUploadedFile:
        return SimpleUploadedFile("same.txt", b"the same bytes")

    made = [
        api.post(url("cases/"), {**names(ours), "title_en": "Next"}),
        api.post(url("notices/"), notice),
        api.post(url("notices/"), notice, headers={"idempotency-key": "a key others may have used"}),
        api.post(url("parties/"), {"kind": "legal_entity", "name_en": f"{WORD} Company"}),
        api.post(url("parties/"), {"kind": "legal_entity", "name_en": f"{WORD} Company"}),
        api.post(url("parties/"), {"kind": "natural_person", "name_en": f"{WORD} Person"}),
        api.post(url("authorities/"), named | {"calendar": "CN"}),
        api.post(url("evidence/"), {"data": f'{{"case": "{case}"}}', "file": a_file()}, format="multipart"),
        api.post(url("evidence/"), {"data": f'{{"case": "{case}"}}', "file": a_file()}, format="multipart"),
        api.post(url("requirements/"), {"case": case, "origin": "committed", "clause": "Next", "title_en": "Next"}),
        api.post(url("tasks/"), {"case": case, "title_en": "Next"}),
        api.post(url("contacts/"), {"case": case, "kind": "talk", "subject": "Next", "held_on": "2025-08-29"}),
    ]
    return [(answer.status_code, HANDED_OUT.sub("…", answer.content.decode())) for answer in made]


def test_what_is_handed_out_next_is_the_same(readers, insiders, ours: World) -> None:
    def tried() -> list[tuple[int, str]]:
        with transaction.atomic():
            found = handed_out(readers["outsider"], ours)
            transaction.set_rollback(True)
        return found

    before = tried()
    a_restricted_case(insiders)
    after = tried()

    assert [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]] == []
    assert sum(status == 201 for status, _body in before) >= 9


def test_what_one_types_that_others_named_is_ones_own(readers, insiders, ours: World) -> None:
    """Nothing of what the restricted case knows of the name comes with it."""
    a_restricted_case(insiders)
    api = as_(readers["outsider"])

    made = api.post(url("parties/"), {"kind": "legal_entity", "name_en": f"{WORD} Company"})

    assert made.status_code == 201
    assert made.data["name_zh"] == ""
    found = [row["uid"] for row in api.get(url("parties/")).data["results"] if row["name_en"].startswith(WORD)]
    assert found == [made.data["uid"]]


def test_one_on_leave_hears_nothing_of_it(readers, insiders, ours: World) -> None:
    """The stand-in of one who works on it is told nothing they may not know."""
    from datetime import date

    take_leave(
        person=insiders[1], from_on=date(2025, 8, 20), until_on=date(2025, 9, 20), stand_in=readers["member"],
        by=insiders[1], at=AT,
    )  # fmt: skip
    a_restricted_case(insiders)

    assert readers["member"].email not in {each.letter.to for each in rehearse(now=AT)}
