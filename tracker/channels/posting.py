"""The client apprise's plugins post with: it keeps what the service answered, which apprise throws away, and goes only
where it may, for no longer than it may.
"""

import threading
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter

from tracker.channels.opening import resolved

TIMEOUT: Final = (5.0, 10.0)  # to connect, to answer again; in seconds
# A server that says a little every now and then would otherwise hold up every word behind this one.
IN_ALL: Final = 15.0
MOST: Final = 4096  # bytes of an answer


@dataclass(frozen=True, slots=True)
class Heard:
    status: int
    body: str


heard: ContextVar[Heard | str | None] = ContextVar("heard", default=None)


class Elsewhere(requests.ConnectionError):
    """The host lies where nothing is posted to."""


class Listening:
    """Stands where apprise's plugins look for `requests`.

    The name is looked up once, and what was found to be public is what is connected to. No redirect is followed.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(requests, name)

    def post(self, url: str, **kwargs: Any) -> requests.Response:
        return self.request("POST", url, **kwargs)

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        kwargs |= {"allow_redirects": False, "timeout": TIMEOUT, "stream": True, "verify": True}
        try:
            answer = _bounded(method, url, kwargs)
        except requests.RequestException as error:
            heard.set(type(error).__name__)
            raise
        heard.set(Heard(answer.status_code, answer.text.strip()))
        return answer


def _bounded(method: str, url: str, kwargs: Mapping[str, Any]) -> requests.Response:
    """In a thread of its own, which is left to itself when time is up: nothing else bounds a whole exchange."""
    found: list[requests.Response | requests.RequestException] = []

    def ask() -> None:
        try:
            found.append(_answer(method, url, dict(kwargs)))
        except requests.RequestException as error:
            found.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(IN_ALL)
    if not found:
        raise requests.Timeout("no whole answer in time")
    if isinstance(found[0], requests.RequestException):
        raise found[0]
    return found[0]


def _answer(method: str, url: str, kwargs: dict[str, Any]) -> requests.Response:
    parts = urlsplit(url)
    host = parts.hostname or ""
    with requests.Session() as session:
        session.trust_env = False
        if host not in settings.CHAT_HOSTS:
            url, kwargs["headers"] = _pinned(session, url, dict(kwargs.get("headers") or {}))
        answer = session.request(method, url, **kwargs)
        body: bytes = answer.raw.read(MOST, decode_content=True)
        answer._content, answer._content_consumed = body, True  # noqa: SLF001  # no more of it
        return answer


def _pinned(session: requests.Session, url: str, headers: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The address instead of the name, which is still what the certificate must be of."""
    parts = urlsplit(url)
    host, address = parts.hostname or "", resolved(parts.hostname or "")
    if not address or parts.scheme != "https":
        raise Elsewhere("not a public address")
    session.mount("https://", _Named(host))
    netloc = f"[{address}]" if ":" in address else address
    return parts._replace(netloc=netloc + (f":{parts.port}" if parts.port else "")).geturl(), headers | {"Host": host}


class _Named(HTTPAdapter):
    def __init__(self, host: str) -> None:
        self._host = host
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, server_hostname=self._host, assert_hostname=self._host, **kwargs)
