"""Every page that links lead to, on the demonstration: it opens, complains of nothing, and fits a phone."""

import re
from collections import Counter
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.urls import resolve
from django.utils.translation import get_language_from_path, override
from playwright.sync_api import Page, expect

from cases.models import Person
from tests.browsing import PHONE, WIDE, Visit, sideways
from tracker.demo.people import the_cast
from tracker.demo.twin import REFERENCE

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
# What a reader is led to and is no page: files, lists for a spreadsheet, and the stock administration.
NO_PAGE = re.compile(r"^/(api/v1/schema|static|[a-z-]+/admin)/|/download/$|\.csv$")
UNFOLD = "document.querySelectorAll('main details').forEach(each => { each.open = true })"
LINKS = "links => links.map(each => each.getAttribute('href'))"
# Every walk comes past these, or it has not been one.
EVERYBODYS = {"desk", "cases", "case", "deadline", "notice", "requirement", "track", "status_portfolio"}


@pytest.fixture
def demo(visit: Visit, settings: Any, tmp_path: Any) -> Visit:
    settings.EMBEDDED = True
    settings.DATA_DIR = tmp_path
    settings.EVIDENCE_URL = (tmp_path / "evidence").as_uri()
    call_command("seed_demo")
    return visit


class Walk:
    """Of one reader, along every link; `wrong` says what was found amiss, page by page."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.kinds: Counter[str] = Counter()
        self.came_to: set[str] = set()
        self.wrong: list[str] = []

    def along_links(self, *starts: str, of_a_kind: int) -> None:
        """Rows of a list lead to pages alike, so not all of a kind are opened; those nearest to the start are."""
        waiting, known = list(starts), set(starts)
        while waiting:
            address = waiting.pop(0)
            kind = name_of(address)
            if self.kinds[kind] < of_a_kind:
                self.kinds[kind] += 1
                self.open(address)
                self.came_to.add(name_of(self.page.url))
                found = [link for link in self.links() if link not in known]
                waiting += found
                known.update(found)

    def open(self, address: str, expected: int = 200) -> None:
        answer = self.page.goto(address)
        if answer is None or answer.status != expected:
            self.wrong.append(f"{address}: answered {answer and answer.status}")
        self.page.evaluate(UNFOLD)
        for size in (WIDE, PHONE):
            self.page.set_viewport_size(size)
            if wider := sideways(self.page):
                self.wrong.append(f"{address}: {wider} px too wide at {size['width']}")

    def links(self) -> list[str]:
        hrefs = self.page.eval_on_selector_all("a[href]", LINKS)
        whole = [urldefrag(urljoin(self.page.url, href)).url for href in hrefs]
        ours = dict.fromkeys(url.removeprefix(self.home) for url in whole if url.startswith(self.home))
        return [address for address in ours if not NO_PAGE.search(address)]


def name_of(address: str) -> str:
    path = urlsplit(address).path
    with override(get_language_from_path(path)):
        return resolve(path).view_name


@pytest.mark.parametrize(
    ("part", "language", "of_a_kind"),
    [("counsel", "en", 2), ("counsel", "zh-hans", 1), ("member", "zh-hans", 1), ("executive", "en", 1)],
)
def test_every_page_a_reader_is_led_to_is_sound(
    demo: Visit, live_server: Any, part: str, language: str, of_a_kind: int
) -> None:
    walk = Walk(demo(getattr(the_cast(), part)), live_server.url)

    walk.along_links(f"/{language}/cases/{REFERENCE}/", f"/{language}/", "/api/v1/docs/", of_a_kind=of_a_kind)

    assert walk.wrong == []
    assert walk.came_to >= EVERYBODYS


def test_refusals_are_sound_pages_too(visit: Visit, administrator: Person) -> None:
    walk = Walk(visit(administrator), "")

    for address, answer in (("/en/cases/", 403), ("/zh-hans/cases/NOBODYS/", 404), ("/en/nowhere/", 404)):
        walk.open(address, expected=answer)

    assert walk.wrong == []
    expect(walk.page.get_by_role("heading", level=1)).to_be_visible()
