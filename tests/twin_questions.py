"""All that somebody outside a hidden case can ask: pages and doors found from the resolver, and things they make."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver, reverse

from cases.models import Role
from tests.addresses import patterns
from tests.api_world import as_, url
from tests.rooms import reading
from tests.test_api_walls import closed_doors, of_cases
from tests.test_item_walls_pages import pages_of
from tests.test_page_accountability import RECORD
from tests.test_page_log_notice import typed
from tests.twins import KEY, LIST, OUTSIDE, Cast, Hidden, a_file

WORDS = ("Hidden", "隐名", "hidden.txt", "insider@platform.example")
LAW = {"rules", "calendars"}
GLANCED = ("case", "case_status", "evidence_download", "task")
# Role, what it is called here, client, method, address, what is sent, options.
Ask = tuple[str, str, Any, str, str, Any, dict[str, Any]]


def questions(cast: Cast, hidden: Hidden) -> Iterator[Ask]:
    for role in OUTSIDE:
        yield from pages(cast, hidden, str(role))
        yield from api(cast, hidden, str(role))
    yield from hidden_addresses(cast, hidden)
    yield from made(cast, hidden)


# ---- Read ------------------------------------------------------------------------------------------------------------
def plain_pages() -> list[str]:
    """Every page that takes nothing, in the reader's own language; not what tells of the machine, which others use."""
    found = [path for path, _pattern in patterns(get_resolver()) if not set("<(^") & set(path)]
    others = ("logout", "setlang", "readyz")
    return [f"/{path}" for path in found if not path.startswith("api/") and not any(each in path for each in others)]


def pages(cast: Cast, hidden: Hidden, role: str) -> Iterator[Ask]:
    client = cast.pages[role]
    addresses = [page for page in plain_pages() if "/admin/" not in page or role == Role.ADMINISTRATOR]
    for page in addresses:
        yield role, page, client, "get", page, None, {}
    if role in {Role.COUNSEL, Role.ADMINISTRATOR}:
        for page in searched(addresses, hidden, cast):
            yield role, page, client, "get", page, None, {}
    for person in (cast.insider, cast.counsel):
        page = reverse("person", args=[person.uid])
        yield role, page, client, "get", page, None, {}
    if role == Role.COUNSEL:
        for name, page in pages_of(cast.own).items():
            yield role, name, client, "get", page, None, {}


def searched(addresses: list[str], hidden: Hidden, cast: Cast) -> Iterator[str]:
    case = hidden.world.case
    for page in addresses:
        if page.endswith(("/cases/", "/cases.csv", "/rulebook/", "/outbox/", "/authority/", "/party/", "/person/")):
            yield from (f"{page}?q={word}" for word in (*WORDS, case.reference))
        if page.endswith(("/cases/", "/cases.csv")):
            yield f"{page}?authority={hidden.authority}&owner={cast.insider.uid}"
        if page.endswith("/new/notice/"):
            yield f"{page}?case={case.reference}"
        if page.endswith("/autocomplete/"):
            for of in ("party&field_name=belongs_to", "leave&field_name=person", "leave&field_name=stand_in"):
                yield f"{page}?app_label=cases&model_name={of}&term=Hidden"


def api(cast: Cast, hidden: Hidden, role: str) -> Iterator[Ask]:
    """Every list to everybody; what the law says, and each row, to one of them."""
    person, own, asks_all = cast.people[role], cast.own, role == Role.COUNSEL
    for door in closed_doors():
        if door.method == "get" and (asks_all or (not door.kwargs and door.noun not in LAW)):
            yield role, door.name, as_(person), "get", door.path(own), None, {}
    for door in closed_doors() if asks_all else ():
        if door.method == "get" and door.name.endswith("-list") and door.noun not in LAW:
            for query in filtered(door.noun, hidden, cast):
                yield role, f"{door.name}?{query}", as_(person), "get", f"{reverse(door.name)}?{query}", None, {}
    for name in ("schema", "api-docs", "alive") if asks_all else ():
        yield role, name, as_(person), "get", reverse(name), None, {}


def filtered(noun: str, hidden: Hidden, cast: Cast) -> Iterator[str]:
    """Where the list goes on after a hidden row, and what a filter finds by it."""
    names = hidden.world.names
    yield f"cursor={names[noun]}"
    named = {
        "case": names["cases"],
        "authority": hidden.authority,
        "party": hidden.parties[0],
        "lead": cast.insider.uid,
    }
    yield "&".join(f"{name}={value}" for name, value in named.items())


def hidden_addresses(cast: Cast, hidden: Hidden) -> Iterator[Ask]:
    """Named outright, by one who may do everything in a case they know of, and by one who runs the system."""
    for name, page in pages_of(hidden.world).items():
        for role in (str(Role.COUNSEL), *([str(Role.ADMINISTRATOR)] if name in GLANCED else ())):
            yield role, f"hidden {name}", cast.pages[role], "get", page, None, {}
    person = cast.counsel
    for door in of_cases():
        yield str(Role.COUNSEL), f"hidden {door.name}", as_(person), door.method, door.path(hidden.world), {}, {}
    for noun, uid in (("authorities", hidden.authority), *(("parties", uid) for uid in hidden.parties)):
        for who, each in cast.people.items():
            yield who, f"hidden {noun} {uid}", as_(each), "get", url(f"{noun}/{uid}/"), None, {}
    uid = hidden.world.case.uid
    page = reverse("person_name", args=[uid])
    data = {f"{uid}-person": cast.counsel.email}
    yield str(Role.ADMINISTRATOR), "hidden person_name", cast.pages[Role.ADMINISTRATOR], "post", page, data, {}


# ---- Made ------------------------------------------------------------------------------------------------------------
def made(cast: Cast, hidden: Hidden) -> Iterator[Ask]:
    """What comes of naming hidden rows, and of making what the hidden cases hold already."""
    role, person = str(Role.COUNSEL), cast.counsel
    for door in closed_doors():
        if door.method == "post" and door.noun not in {"people", "rules", "token"}:
            options = {"format": "multipart"} if door.name in {"evidence-list", "imports-list"} else {}
            yield role, f"mixed {door.name}", as_(person), "post", door.path(cast.own), mixed(cast, hidden), options
    for name, (path, body, options) in by_api(cast).items():
        yield role, f"made {name}", as_(person), "post", url(path), body, options
    for name, (page, data) in by_page(cast, hidden).items():
        yield role, f"made {name}", cast.pages[role], "post", page, data, {}
    keeper = str(Role.ADMINISTRATOR)
    for noun, data in {"party": {"kind": "brand"}, "authority": {"jurisdiction": "HK", "level": "other"}}.items():
        for name in ("Hidden Brand", "Hidden Tribunal"):
            rest = {"zone": "Asia/Shanghai", "calendar": "CN", "name_en": name}
            yield (
                keeper,
                f"made {noun} {name}",
                cast.pages[keeper],
                "post",
                f"/en/admin/cases/{noun}/add/",
                data | rest,
                {},
            )


def mixed(cast: Cast, hidden: Hidden) -> dict[str, Any]:
    """Of our case, with every field that names a row naming a hidden one."""
    names, someone = hidden.world.names, cast.insider.uid
    rows = {noun.removesuffix("s").replace("-", "_"): uid for noun, uid in names.items()}
    evidence = dict.fromkeys(("evidence", "by_evidence", "receipt", "document"), names["evidence"])
    people = dict.fromkeys(("owner", "assignee", "lead", "captured_by", "lead_counsel"), someone)
    named = {"authority": hidden.authority, "lead_authority": hidden.authority, "party": hidden.parties[1]}
    said = {"title_en": "Ours", "reason": "Because", "name_en": "Hidden Brand", "case": cast.own.case.reference}
    return rows | evidence | people | named | said


def by_api(cast: Cast) -> dict[str, tuple[str, Any, dict[str, Any]]]:
    own, case = cast.own, cast.own.case
    ours, json = {"case": case.reference}, {}
    authority, party = case.lead_authority.uid, case.party.uid
    new = {"party": party, "lead_authority": authority, "title_en": "Another matter"}
    order = {"kind": "order_to_correct", "period_amount": 15, "period_unit": "working_day"}
    served = {"kind": "rectification_order", "authority": authority, "served_on": "2025-09-11", "measures": [order]}
    court = {"name_en": "Hidden Tribunal", "jurisdiction": "HK", "zone": "Asia/Hong_Kong", "calendar": "HK"}
    flagged = {"surface": "hidden board", "title": "Hidden headline", "basis": "reported"}
    talk = {"kind": "talk", "authority": authority, "subject": "The list", "held_on": "2025-08-29"}
    files, key = {"format": "multipart"}, {"headers": KEY}
    return {
        "brand": ("parties/", {"kind": "brand", "name_en": "Hidden Brand"}, json),
        "entity": ("parties/", {"kind": "legal_entity", "name_en": "Hidden Holdings"}, json),
        "natural person": ("parties/", {"kind": "natural_person", "name_en": "Hidden Person"}, json),
        "authority": ("authorities/", court, json),
        "case": ("cases/", new, json),
        "notice": ("notices/", served | ours, json),
        "case with its notice": ("notices/", served | {"case": new}, json),
        "task by the same key": ("tasks/", {"case": case.reference, "title_en": "Hidden task"}, key),
        "requirement": ("requirements/", ours | {"title_en": "Hidden demand"}, json),
        "same bytes": ("evidence/", ours | {"file": a_file()}, files),
        "same list": ("imports/", ours | {"surface": "hidden board", "file": a_file(LIST, "hidden.csv")}, files),
        "flagged content": ("flagged-content/", ours | flagged, json),
        "contact": ("contacts/", ours | talk, json),
        "filing": (
            "filings/",
            ours | {"kind": "other", "authority": authority, "sent_at": "2025-09-01T09:00+08:00"},
            json,
        ),
        "event": ("events/", ours | {"name": "hearing_noticed", "occurred_on": "2025-08-30"}, json),
        "hold": ("legal-holds/", ours | {"scope": "All logs", "reason": "The order"}, json),
        "deadline": ("deadlines/", ours | {"title_en": "Hidden due today", "due_on": "2027-01-04"}, json),
        "briefing": ("briefings/", ours | {"words": "On course."}, json),
        "verification": (f"evidence/{own.names['evidence']}/verify/", {}, json),
    }


def by_page(cast: Cast, hidden: Hidden) -> dict[str, tuple[str, dict[str, Any]]]:
    case, sheet = f"/en/cases/{cast.own.case.reference}/", reverse("log_notice")
    new = {"authority": "", "authority-name_en": "Hidden Tribunal", "authority-jurisdiction": "HK"}
    new |= {"case-party": "", "party-name_en": "Hidden Holdings"}
    bytes_of = {"captured_zone": "Asia/Shanghai", "protection_mark": "internal", "contains_state_secret": "no"}
    responsible = RECORD | {"record-name_en": "Hidden Person"}
    given = {"grant-person": cast.insider.email, "grant-reason": "Ours"}
    event = {"name": "hearing_noticed", "occurred_on": "2025-08-30", "zone": "Asia/Shanghai"}
    return {
        "check of names": (sheet, typed(**new)),
        "saved names": (sheet, typed(**new) | {"step": "save"}),
        "names as if known": (sheet, typed(**{"authority": "Hidden Tribunal", "case-party": "隐名"})),
        "joining": (sheet, typed(**{"case-joins": hidden.world.case.reference})),
        "letting in": (sheet, typed(**{"case-may_know": cast.insider.email}) | {"step": "save"}),
        "evidence": (f"{case}evidence/add/", bytes_of | {"file": [a_file()]}),
        "list": (f"{case}flagged/import/", {"file": a_file(LIST, "hidden.csv"), "surface": "hidden board"} | bytes_of),
        "title": (f"{case}flagged/new/", {"surface": "hidden board", "title": "Hidden headline", "basis": "reported"}),
        "task": (f"{case}tasks/new/", {"title_en": "Hidden task", "assignee": cast.insider.uid}),
        "person responsible": (f"{case}people/responsible/", responsible),
        "access": (f"{case}people/grant/", given),
        "event": (f"{case}events/new/", event | {"authority": "Hidden Tribunal"}),
        "event at hand": (f"{case}events/new/", event),
    }


def lists(cast: Cast) -> Iterator[Ask]:
    """Every list, as the one who made the hidden cases sees it: there is something that could be told."""
    person = cast.insider
    for door in closed_doors():
        if door.method == "get" and door.name.endswith("-list") and door.noun not in LAW | {"people"}:
            yield "insider", door.name, as_(person), "get", reverse(door.name), None, {}
    client = reading(person)
    for name in ("desk", "cases", "cases_csv", "tasks_mine", "status_portfolio", "outbox", "log_notice"):
        yield "insider", name, client, "get", reverse(name), None, {}
