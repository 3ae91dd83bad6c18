"""What a request costs: each page and endpoint in turn with the bare reference, by the same server and client."""

import http.client
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from itertools import count
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from knox.models import AuthToken

from cases.models import Authority, Case, Party, Person
from tracker.bench.figures import GROWTH, Figure, Goal
from tracker.bench.filling import BARRED, LONG, NAMED, Cast
from tracker.bench.stopwatch import COUNT, p50_of_both

UPLOAD: Final = 1024 * 1024
JSON: Final = {"Content-Type": "application/json"}
numbers = count(1)


class WrongAnswer(Exception):
    """The server did not answer what was asked; a time of it would mean nothing."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it goes out."""

    method: str
    path: str
    body: bytes | None = None
    headers: Mapping[str, str] | None = None


Ask = Callable[[], Sent]


class Client:
    """One connection kept open, as one person."""

    def __init__(self, base: str, identity: Mapping[str, str]) -> None:
        parts = urlsplit(base)
        self._where = (parts.hostname or "", parts.port)
        self._identity = identity
        self._connection = http.client.HTTPConnection(*self._where, timeout=60)

    def send(self, sent: Sent, further: Mapping[str, str] | None = None) -> http.client.HTTPMessage:
        headers = {**self._identity, **(sent.headers or {}), **(further or {})}
        try:
            self._connection.request(sent.method, sent.path, sent.body, headers)
            response = self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            # Idle for longer than the server keeps a connection.
            self._connection.close()
            self._connection.request(sent.method, sent.path, sent.body, headers)
            response = self._connection.getresponse()
        text = response.read()
        if response.status not in {200, 201}:
            raise WrongAnswer(f"{sent.method} {sent.path} answered {response.status}: {text[:300]!r}")
        return response.headers

    def queries(self, sent: Sent) -> int:
        return int(self.send(sent, {COUNT: "1"})[COUNT])


def by_token(base: str, person: Person) -> Client:
    _kept, token = AuthToken.objects.create(person, expiry=timedelta(days=1))
    return Client(base, {"Authorization": f"Token {token}"})


def by_session(base: str, person: Person) -> Client:
    session: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return Client(base, {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"})


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing people do, and what it is held against."""

    name: str
    client: Client
    ask: Ask
    bare: Ask
    goal: Goal


def get(path: str) -> Ask:
    sent = Sent("GET", path)
    return lambda: sent


def bare_operations(base: str, cast: Cast) -> Iterator[Operation]:
    """The reference itself, so that its own growth can be seen."""
    client = by_token(base, cast.reader)
    path = f"/bare/cases/{a_long_case(cast.reader).reference}/"
    for name, ask in (("bare list", get("/bare/cases/")), ("bare detail", get(path))):
        yield Operation(name, client, ask, ask, Goal())


def operations(base: str, cast: Cast) -> Iterator[Operation]:
    yield from bare_operations(base, cast)
    token, session = by_token(base, cast.reader), by_session(base, cast.reader)
    case = a_long_case(cast.reader)
    bare_list, bare_detail = get("/bare/cases/"), get(f"/bare/cases/{case.reference}/")
    detail, overview = f"/api/v1/cases/{case.reference}/", f"/en/cases/{case.reference}/"
    authority = Authority.objects.order_by("pk")[2].uid
    narrowed = f"/api/v1/cases/?state=open&authority={authority}"
    bare_narrowed = get(f"/bare/cases/?state=open&lead_authority__uid={authority}")
    lists = Goal(ratio=1.5, queries=6, growth=GROWTH)
    yield Operation("case list, endpoint", token, get("/api/v1/cases/"), bare_list, lists)
    yield Operation("case list, endpoint, 10 rows", token, get("/api/v1/cases/?size=10"), bare_list, lists)
    yield Operation("case list, page", session, get("/en/cases/"), bare_list, Goal(ratio=1.5, growth=GROWTH))
    yield Operation("case list, endpoint, filtered", token, get(narrowed), bare_narrowed, Goal(ratio=2, growth=GROWTH))
    yield Operation("case list, page, filtered", session, get("/en/cases/?status=open"), bare_narrowed, _grows)
    many, few = by_token(base, cast.broad), by_token(base, cast.stranger)
    yield Operation("case list, one who knows of a fifth", many, get("/api/v1/cases/"), bare_list, _grows)
    yield Operation("case list, one who knows of three", few, get("/api/v1/cases/"), bare_list, _grows)
    yield from scoped_lists(base, cast, bare_list)
    whole = Goal(ratio=2, queries=10, growth=GROWTH)
    yield Operation("case detail, endpoint", token, get(detail), bare_detail, whole)
    yield Operation("case overview, page", session, get(overview), bare_detail, Goal(ratio=4, growth=GROWTH))
    for noun in ("deadlines", "tasks", "evidence", "log"):
        yield Operation(f"{noun}, endpoint", token, get(f"/api/v1/{noun}/"), bare_list, _grows)
    for name, path in (("desk", "/en/"), ("portfolio", "/en/status/"), ("outbox", "/en/outbox/")):
        yield Operation(f"{name}, page", session, get(path), bare_list, _grows)
    yield from writing(token, case)


_grows: Final = Goal(growth=GROWTH)


def scoped_lists(base: str, cast: Cast, bare: Ask) -> Iterator[Operation]:
    """Of one who is named in a fiftieth of all cases: at 100,000 cases 2,000 accesses."""
    token, session, goal = by_token(base, cast.scoped), by_session(base, cast.scoped), Goal(ratio=1.5)
    for noun in ("cases", "deadlines", "tasks", "evidence", "requirements", "log"):
        yield Operation(f"{noun}, endpoint, one of 2 %", token, get(f"/api/v1/{noun}/"), bare, goal)
    yield Operation("cases, page, one of 2 %", session, get("/en/cases/"), bare, goal)


def writing(client: Client, case: Case) -> Iterator[Operation]:
    authority, party = Authority.objects.earliest("pk"), Party.objects.earliest("pk")
    create = Goal(ratio=3, queries=12, growth=GROWTH)
    yield Operation(
        "log a notice, endpoint",
        client,
        lambda: new_notice(authority, party),
        lambda: bare_case(authority, party),
        create,
    )
    upload = Goal(ratio=2, growth=GROWTH)
    yield Operation(
        "upload 1 MB, endpoint",
        client,
        lambda: new_file("/api/v1/evidence/", {"case": case.reference}),
        lambda: new_file("/bare/upload/", {}),
        upload,
    )


def a_long_case(reader: Person) -> Case:
    """Known to the reader, with the long log."""
    return next(
        case
        for case in Case.objects.filter(accesses__person=reader).order_by("pk")
        if case.pk % LONG == 0 and case.pk % NAMED == 0 and case.pk % BARRED
    )


def new_notice(authority: Authority, party: Party) -> Sent:
    """Opens a case with an order of 15 working days: event, track, deadlines with their versions, log, histories."""
    number = next(numbers)
    body = {
        "case": {"party": party.uid, "lead_authority": authority.uid, "title_en": f"Measured {number}"},
        "kind": "rectification_order",
        "authority": authority.uid,
        "number": f"No. {number}",
        "issued_on": "2026-08-10",
        "served_on": "2026-08-12",
        "service_mode": "direct",
        "measures": [{"kind": "order_to_correct", "period_amount": 15, "period_unit": "working_day"}],
    }
    return Sent("POST", "/api/v1/notices/", json.dumps(body).encode(), JSON)


def bare_case(authority: Authority, party: Party) -> Sent:
    number = next(numbers)
    body = {
        "reference": f"BARE-{number}",
        "title_en": f"Measured {number}",
        "party": party.pk,
        "lead_authority": authority.pk,
    }
    return Sent("POST", "/bare/cases/", json.dumps(body).encode(), JSON)


def new_file(path: str, data: Mapping[str, str]) -> Sent:
    """Of bytes nobody has sent before."""
    edge, name = "edge-of-the-parts", f"file-{next(numbers)}.bin"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    told = f'--{edge}\r\nContent-Disposition: form-data; name="data"\r\n\r\n{json.dumps(data)}\r\n'
    body = told.encode() + head.encode() + os.urandom(UPLOAD) + f"\r\n--{edge}--\r\n".encode()
    return Sent("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})


def measure(operation: Operation, bare: Client, *, rounds: int) -> Figure:
    ours, reference = p50_of_both(
        sending(operation.client, operation.ask, rounds), sending(bare, operation.bare, rounds), rounds=rounds
    )
    queries = operation.client.queries(operation.ask())
    return Figure(operation.name, operation.goal, seconds=ours, ratio=ours / reference, queries=queries)


def sending(client: Client, ask: Ask, rounds: int) -> Callable[[], object]:
    """Every request is made ready before a watch runs: one to warm up, one a round."""
    ready = [ask() for _ in range(rounds + 1)]
    return lambda: client.send(ready.pop())
