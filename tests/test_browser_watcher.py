"""The watcher of the browser tests itself: what it is there to notice is noticed."""

import pytest
from playwright.sync_api import Browser

from tests.browsing import Watcher, sideways

pytestmark = pytest.mark.browser
STRICT = {"Content-Security-Policy": "default-src 'none'; img-src *"}
WRONG = {
    "script against the policy": ("<script>document.title = 'x'</script>", "Content Security Policy"),
    "another host": ("<img src='http://tracker.example/pixel'>", "asked another host: http://tracker.example/pixel"),
    "missing file": ("<img src='/static/nothing.png'>", "404 http://localhost/static/nothing.png"),
}


@pytest.mark.parametrize(("body", "told"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_on_a_page_is_noticed(chromium: Browser, body: str, told: str) -> None:
    page, watcher = chromium.new_page(), Watcher("localhost")
    page.route("http://localhost/", lambda route: route.fulfill(content_type="text/html", headers=STRICT, body=body))
    page.route("**/nothing.png", lambda route: route.fulfill(status=404))
    watcher.follow(page)

    page.goto("http://localhost/")

    assert any(told in each for each in watcher.strange)
    page.close()


def test_a_page_wider_than_its_window_is_measured(chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})

    page.set_content("<body style='margin: 0'><div style='width: 400px'>wide</div>")

    assert sideways(page) == 10
    page.close()
