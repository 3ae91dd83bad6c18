"""Words in another script than the page's are marked as such, wherever they stand, so that no glyph is a guess."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve
from django.utils.translation import override

from tests.pages import signed_in
from tracker.demo.people import the_cast
from tracker.demo.twin import REFERENCE
from tracker.scripts import HAN, script_of, stretches
from tracker.templatetags.casebook import marked

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect"}
NO_PAGE = ("/zh-hant/admin", "/download/", ".csv")


# ---- Told by the characters ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "script"),
    [("责令改正", "zh-Hans"), ("責令改正", "zh-Hant"), ("公示", "zh"), ("CN-27c", ""), ("", ""), ("着手", "zh")],
)
def test_characters_of_one_script_only_tell_which_it_is(words: str, script: str) -> None:
    assert script_of(words) == script


@pytest.mark.parametrize(
    ("words", "page", "foreign"),
    [
        ("開始任務：依台账起草整改报告", "zh-Hant", ["依台账起草整改报告"]),
        ("申请行政复议：無法計算：缺少送達日期。", "zh-Hant", ["申请行政复议"]),
        ("《行政处罚法》第五十六条", "zh-Hant", ["《行政处罚法》第五十六条"]),
        ("責令改正通知書 沪网信改〔示例〕9号", "zh-Hant", ["沪网信改〔示例〕9号"]),
        ("上海市互聯網信息辦公室", "zh-Hant", []),
        ("責令改正：公示", "zh-Hans", ["責令改正：公示"]),
        ("责令改正：公示", "zh-Hans", []),
        ("Chen Siyuan 陈思远", "en", ["陈思远"]),
        ("CAC of Beijing 北京市, announced", "en", ["北京市"]),
        ("CN-27c · 20 days", "en", []),
    ],
)
def test_only_the_stretch_of_another_script_is_marked(words: str, page: str, foreign: list[str]) -> None:
    found = list(stretches(words, page))

    assert "".join(part for part, _tag in found) == words
    assert [part for part, tag in found if tag] == foreign


def test_what_is_marked_is_escaped_and_never_twice() -> None:
    with override("zh-hant"):
        assert marked("<b> 责令") == '&lt;b&gt; <span lang="zh-Hans">责令</span>'
        assert marked(marked("责令")) == '<span lang="zh-Hans">责令</span>'


# ---- Every page of the demonstration ---------------------------------------------------------------------------------
class Reader(HTMLParser):
    """Keeps the language each text stands in; `wrong` are the texts whose script is not that language's."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag not in VOID:
            self.open.append((tag, given.get("lang") or (self.open[-1][1] if self.open else "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Holds no text."""

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1] if self.open else ("", "")
        if tag not in {"script", "style"} and language == "zh-Hant" and script_of(data) == "zh-Hans":
            self.wrong.append(data.strip())


def read(client: Client, *starts: str, of_a_kind: int) -> tuple[set[str], dict[str, list[str]]]:
    """The kinds of pages that links lead to, and what on them stands in the wrong language."""
    waiting, known, kinds = list(starts), set(starts), Counter[str]()
    wrong: dict[str, list[str]] = {}
    while waiting:
        address = waiting.pop(0)
        with override("zh-hant"):
            kind = resolve(urlsplit(address).path).view_name
        if kinds[kind] == of_a_kind:
            continue
        kinds[kind] += 1
        reader = Reader()
        reader.feed(client.get(address, follow=True).content.decode())
        wrong |= {address: reader.wrong} if reader.wrong else {}
        links = [urldefrag(urljoin(address, link)).url for link in reader.links]
        found = [link for link in links if link.startswith("/zh-hant/") and not any(part in link for part in NO_PAGE)]
        waiting += [link for link in dict.fromkeys(found) if link not in known]
        known.update(found)
    return set(kinds), wrong


@pytest.mark.slow
def test_no_simplified_word_stands_as_traditional_on_any_page(db: None, settings: Any, tmp_path: Any) -> None:
    settings.EMBEDDED, settings.DATA_DIR = True, tmp_path
    settings.EVIDENCE_URL = (tmp_path / "evidence").as_uri()
    call_command("seed_demo")
    starts = (f"/zh-hant/cases/{REFERENCE}/", "/zh-hant/", "/zh-hant/cases/CN-SH-2025-XHS-HOTLIST/status/")

    kinds, wrong = read(signed_in(the_cast().counsel), *starts, of_a_kind=2)

    assert wrong == {}
    assert len(kinds) > 30


def test_the_reader_of_pages_notices_what_it_looks_for() -> None:
    reader = Reader()

    reader.feed('<html lang="zh-Hant"><p>責令<br>责令</p><p lang="zh-Hans">责令</p><b>責令 <i lang="en">责令</i></b>')

    assert reader.wrong == ["责令"]
    assert HAN.search("责")
