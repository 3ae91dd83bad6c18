"""Chromium for the tests that click: one a file, a page a person, and no page may complain or look elsewhere.

Where no Chromium is installed the tests marked `browser` are left out; the report says so once at its head and end.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from cases.models import Person

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "/usr/bin/chromium", "chromium-browser"))), None)
LEFT_OUT = "browser: left out, no Chromium is installed (on Debian: apt install chromium)"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
# No name but ours resolves, and nothing is asked of the maker's servers. Root has no sandbox.
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost"]
# What Chromium says of an answer 4xx: the test that asked for it judges the answer itself.
ANSWERED = "Failed to load resource: the server responded with a status of"


def pytest_report_header() -> str:
    return f"browser: {CHROMIUM}" if CHROMIUM else LEFT_OUT


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skipped here, all in one place, they are one line of the report's end; and no database is made for them."""
    if CHROMIUM is None and item.get_closest_marker("browser"):
        pytest.skip(LEFT_OUT)


@dataclass
class Watcher:
    """What went wrong on any page that a test opened."""

    home: str
    strange: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.strange.append(f"{page.url}: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(ANSWERED):
            self.strange.append(f"{message.location.get('url', '')}: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != self.home and not request.url.startswith(("data:", "blob:")):
            self.strange.append(f"asked another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
            self.strange.append(f"{response.status} {response.url}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Playwright keeps an event loop in this thread, so the tests' own queries are allowed beside it, and only then."""
    with pytest.MonkeyPatch.context() as patched, sync_playwright() as playwright:
        patched.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, live_server: Any) -> Iterator[Visit]:
    """`visit(person)`: a page of theirs, signed in; without a person, a stranger's. Options are the context's."""
    watcher, contexts = Watcher(urlsplit(live_server.url).netloc), []

    def open_page(person: Person | None = None, **options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, **{"viewport": WIDE, "locale": "en-GB"} | options)
        contexts.append(context)
        context.set_default_timeout(10_000)
        if person:
            context.add_cookies([session_of(person, live_server.url)])
        page = context.new_page()
        watcher.follow(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert watcher.strange == []


def session_of(person: Person, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def sideways(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wider: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wider
