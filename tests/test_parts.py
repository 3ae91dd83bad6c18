"""The parts of a page: status in shape and word, dates with weekday, unknowns said, both languages, safe markup."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import path
from django.utils import translation

import tracker
from tests.test_charts import HOSTILE, burn_up, exposure, gantt, ribbon, working_calendar
from tracker import dates
from tracker.figures import Crumb, Due, Fact, FilterChip, NavItem, Phase, Tab, Working, WorkingStep

# Mail carries its own styles: mail programs read no style sheet, and no content policy of ours reaches them.
TEMPLATES = sorted(p for p in (Path(tracker.__file__).parent / "templates").rglob("*.html") if "mail" not in p.parts)
OURS = [p for p in TEMPLATES if "parts" in p.parts or p.name in {"base.html", "404.html", "403.html", "500.html"}]
DUE = date(2025, 10, 9)


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path(f"{name}/", nothing, name=name) for name in ("desk", "cases", "login", "logout", "set_language", "account")
]


@pytest.fixture(autouse=True)
def _own_addresses(settings: SimpleNamespace) -> None:
    settings.ROOT_URLCONF = __name__


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, and its visible words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)
        self.words = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += " "

    def handle_endtag(self, tag: str) -> None:
        self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data

    def ids(self) -> list[str]:
        return [a["id"] for _tag, a in self.elements if a.get("id")]

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def said(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load casebook %}" + source).render(context)


def part(name: str, **context: object) -> Page:
    return Page(render_to_string(f"tracker/parts/{name}.html", context))


def request(address: str = "/desk/", user: object = None) -> HttpRequest:
    made = RequestFactory().get(address)
    made.user = user or AnonymousUser()
    return made


class NoticeForm(forms.Form):
    served_on = forms.DateField(label="Served on", help_text="The day it <b>reached</b> us.", required=False)
    number = forms.CharField(label="Number", max_length=3)
    mode = forms.ChoiceField(label="Mode", widget=forms.RadioSelect, choices=[("p", "Post")])
    is_open = forms.BooleanField(label="Open to staff", required=False, help_text="Otherwise named people only.")


# ── status ──


@pytest.mark.parametrize("tone", ["green", "amber", "red", "blue", "grey"])
def test_chip_says_its_status_by_shape_and_word(tone: str) -> None:
    page = Page(said("{% chip tone 'In review' %}", tone=tone))

    assert page.words == "In review"
    assert page.all("svg")[0]["aria-hidden"] == "true"


def test_shapes_differ_from_each_other() -> None:
    shapes = {
        re.sub(r'class="\w+"', "", said("{% shape tone %}", tone=t)) for t in ("green", "amber", "red", "blue", "grey")
    }

    assert len(shapes) == 5


def test_chip_of_unknown_tone_is_an_error() -> None:
    with pytest.raises(KeyError):
        said("{% chip 'pink' 'Odd' %}")


@pytest.mark.parametrize("kind", ["statutory", "ordered", "regulator", "duty", "internal"])
def test_clock_kinds_have_words_of_their_own(kind: str) -> None:
    words = {
        k: Page(said("{% clock kind %}", kind=k)).words
        for k in ("statutory", "ordered", "regulator", "duty", "internal")
    }

    assert words[kind]
    assert len(set(words.values())) == 5


# ── time ──


def test_day_in_each_language() -> None:
    for code, words in (("en", "Thu 9 Oct 2025"), ("zh-hans", "2025年10月9日 周四"), ("zh-hant", "2025年10月9日 週四")):
        with translation.override(code):
            assert said("{% day d %}", d=DUE) == f'<time datetime="2025-10-09">{words}</time>'


def test_moment_keeps_the_zone_it_was_given() -> None:
    at = datetime(2025, 10, 9, 23, 30, tzinfo=UTC)

    assert said("{% moment at %}", at=at) == '<time datetime="2025-10-09T23:30+00:00">Thu 9 Oct 2025 23:30</time>'


@pytest.mark.parametrize(
    ("left", "unit", "words"),
    [
        (1, "working_day", "1 working day left"),
        (2, "working_day", "2 working days left"),
        (0, "working_day", "Today"),
        (-1, "day", "1 calendar day late"),
        (0, "hour", "Less than an hour left"),
    ],
)
def test_left_in_words(left: int, unit: str, words: str) -> None:
    assert said("{% left n u %}", n=left, u=unit).replace("\xa0", " ") == words


def test_left_of_an_unknown_unit_is_an_error() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        dates.left_text(3, "fortnight")


def test_due_that_cannot_be_worked_out_shows_no_date_and_says_why() -> None:
    due = Due(due_on=DUE, left=0, missing=["service date", "hour"], missing_url="/add/")

    page = Page(said("{% due d %}", d=due))

    assert page.words == "Cannot be worked out: service date, hour missing"
    assert page.all("time") == []
    assert page.all("a")[0]["href"] == "/add/"


def test_due_shows_what_is_safer_and_that_it_is_provisional() -> None:
    due = Due(due_on=DUE, safe_due=date(2025, 9, 30), provisional=True, provisional_why="2027 not published", left=3)

    words = Page(said("{% due d %}", d=due)).words

    assert "Thu 9 Oct 2025" in words
    assert "Safe until Tue 30 Sep 2025" in words
    assert "Provisional 2027 not published" in words


def test_due_without_a_difference_says_no_safer_day() -> None:
    assert "Safe" not in said("{% due d %}", d=Due(due_on=DUE, safe_due=DUE))


def test_deadline_row_without_a_date_has_no_countdown() -> None:
    page = part(
        "deadline_row", due=Due(missing=["service date"], left=0), title_en="Reply", title_zh="", url="/x/", kind="duty"
    )

    assert "Cannot be worked out: service date missing" in page.words
    assert "Today" not in page.words
    assert page.all("time") == []


def test_next_due_counts_what_is_late_without_a_minus() -> None:
    page = part("next_due", due=Due(due_on=DUE, left=-2, tone="red"), title_en="Reply", title_zh="", url="/x/")

    assert "2 working days late" in page.words
    assert "-2" not in page.words


# ── two languages ──


def test_titles_put_the_language_of_the_page_in_front() -> None:
    english = said("{% titles 'Order' '责令改正' %}")
    with translation.override("zh-hans"):
        chinese = said("{% titles 'Order' '责令改正' %}")

    assert english == 'Order <span class="alt" lang="zh-Hans">责令改正</span>'
    assert chinese == '责令改正 <span class="alt" lang="en">Order</span>'


def test_title_in_the_other_language_only_is_marked_as_such() -> None:
    assert said("{% titles '' '责令改正' %}").strip() == '<span lang="zh-Hans">责令改正</span>'
    assert said("{% plain_title '' '责令改正' %}") == "责令改正"


def test_person_shows_the_family_character_and_both_names() -> None:
    page = Page(said("{% person 'Chen Siyuan' '陈思远' %}"))

    assert page.words.replace(" ", "") == "陈ChenSiyuan陈思远"
    assert {"class": "av", "lang": "zh-Hans", "aria-hidden": "true"} in page.all("span")


def test_fingerprint_is_short_to_read_and_whole_to_copy() -> None:
    value = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

    page = Page(said("{% fingerprint v %}", v=value))

    assert "9f86d081…0a08" in page.words
    assert value in page.words
    assert page.all("button")[0]["data-copy"] == value


# ── forms ──


def test_error_summary_links_every_error_to_an_element_of_the_form() -> None:
    form = NoticeForm({"served_on": "never", "number": "12345"})

    page = Page(render_to_string("tracker/parts/error_summary.html", {"form": form}) + str(form))

    targets = [a["href"].removeprefix("#") for a in page.all("a")]
    assert targets == ["id_served_on", "id_number", "id_mode"]
    assert set(targets) <= set(page.ids())
    assert "Mode: This field is required." in page.words


def test_error_summary_without_errors_is_not_there() -> None:
    assert render_to_string("tracker/parts/error_summary.html", {"form": NoticeForm()}).strip() == ""


def test_field_descriptions_point_at_what_is_there() -> None:
    page = Page(str(NoticeForm({"served_on": "never", "number": "12345", "is_open": "on"})))

    named = [i for _t, a in page.elements for i in (a.get("aria-describedby") or "").split()]
    assert {"id_served_on_helptext", "id_served_on_error", "id_number_error", "id_mode_error"} <= set(named)
    assert set(named) <= set(page.ids())
    assert len(page.ids()) == len(set(page.ids()))


def test_field_hint_is_text_and_never_markup() -> None:
    assert "<b>reached</b>" not in str(NoticeForm())


def test_every_field_has_its_label() -> None:
    page = Page(str(NoticeForm()))

    labelled = {a["for"] for a in page.all("label")}
    assert {a["id"] for a in page.all("input")} <= labelled


# ── blocks ──


def test_facts_unknown_value_is_a_link_to_add_it_or_said_to_be_unknown() -> None:
    facts = [Fact("Served on", add_url="/add/", add_text="Add the service date"), Fact("Talk held")]

    page = part("facts", facts=facts)

    assert page.words == "Served on Add the service date Talk held not known"


def test_tabs_show_counts_and_the_current_one() -> None:
    page = part("tabs", tabs=[Tab("Overview", "/o/", current=True), Tab("Tasks", "/t/", 0)])

    assert page.words == "Overview Tasks 0"
    assert [a.get("aria-current") for a in page.all("a")] == ["page", None]


def test_steps_say_what_is_done_in_words() -> None:
    page = part("steps", steps=[Phase("Talk held", "green"), Phase("Rectifying", "blue"), Phase("Review", "grey")])

    assert page.words == "Talk held (done) Rectifying Review"
    assert [a.get("aria-current") for a in page.all("li")] == [None, "step", None]


def test_working_shows_the_steps_the_calendar_and_the_versions() -> None:
    working = Working([WorkingStep("Starts", "the day after", "APL 85")], working_calendar(5), "CN-05", "3", "CN 2025")

    page = part("working", working=working)

    assert "Starts the day after" in page.words
    assert "Rule CN-05 · version 3 · calendar CN 2025" in page.words
    assert page.all("svg")


def test_pagination_of_one_page_is_not_there() -> None:
    assert part("pagination").elements == []
    assert [a["rel"] for a in part("pagination", next_url="?after=x").all("a")] == ["next"]


def test_filter_chips_can_each_be_removed() -> None:
    page = part("filters", form=NoticeForm(), chips=[FilterChip("Status: open", "?q=")], clear_url="?")

    assert [a["href"] for a in page.all("a")] == ["?q=", "?"]


@pytest.mark.parametrize("make", [burn_up, gantt, ribbon, working_calendar, exposure])
def test_draw_gives_every_figure_with_its_table(make: object) -> None:
    page = Page(said("{% draw figure %}", figure=make(5)))

    assert page.all("svg")
    assert len(page.all("table")) == 1
    assert all(a["scope"] for a in page.all("th"))


def test_draw_of_something_else_is_an_error() -> None:
    with pytest.raises(TypeError):
        said("{% draw figure %}", figure="figure")


def test_parts_escape_hostile_words() -> None:
    drawn = [
        said("{% chip 'red' w %}{% titles w w %}{% person w w w %}{% fingerprint w %}{% dots w w %}", w=HOSTILE),
        said("{% card w 'uid' aside=w %}{{ w }}{% endcard %}{% card w 'v' link=w url='/' %}{% endcard %}", w=HOSTILE),
        said("{% due d %}", d=Due(missing=[HOSTILE])),
        render_to_string("tracker/parts/facts.html", {"facts": [Fact(HOSTILE, HOSTILE, HOSTILE)]}),
        render_to_string("tracker/parts/quote.html", {"original": HOSTILE, "translation": HOSTILE}),
        render_to_string("tracker/parts/crumbs.html", {"crumbs": [Crumb(HOSTILE), Crumb(HOSTILE, "/")]}),
        render_to_string("tracker/parts/working.html", {"working": Working([WorkingStep(HOSTILE, HOSTILE, HOSTILE)])}),
        render_to_string("tracker/parts/banner.html", {"messages": [HOSTILE]}),
    ]

    for markup in drawn:
        assert "<script" not in markup
        assert "<img" not in markup


# ── whole pages ──

NAV = [NavItem("desk", "/desk/", 4, hot=True, current=True), NavItem("cases", "/cases/"), NavItem("outbox", "/outbox/")]


def whole(**context: object) -> Page:
    return Page(render_to_string("404.html", {"nav": NAV, **context}, request("/desk/?q=%3Cb%3E")))


def test_base_offers_only_the_places_it_is_given() -> None:
    member, counsel = whole(), whole(nav=[*NAV, NavItem("log", "/log/")])

    assert "/log/" not in {a["href"] for a in member.all("a")}
    assert [a["href"] for a in counsel.all("a")].count("/log/") == 2  # sidebar and bottom bar


def test_base_without_places_has_no_sidebar() -> None:
    page = whole(nav=None)

    assert not any(a.get("class") in {"side", "bar"} for _tag, a in page.elements)
    assert {"class": "ebar"} in page.all("header")


def test_base_first_stop_is_the_skip_link_to_main() -> None:
    page = whole()

    assert page.all("a")[0]["href"] == "#main"
    assert "main" in page.ids()


def test_base_language_switch_keeps_the_page() -> None:
    page = whole()

    kept = {a["value"] for a in page.all("input") if a.get("name") == "next"}
    assert kept == {"/desk/?q=%3Cb%3E"}
    assert [a["value"] for a in page.all("button") if a.get("name") == "language"][:3] == ["en", "zh-hans", "zh-hant"]


@pytest.mark.parametrize(("code", "tag"), [("en", "en"), ("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant")])
def test_base_names_its_language(code: str, tag: str) -> None:
    with translation.override(code):
        assert whole().all("html")[0]["lang"] == tag


def test_base_ids_are_each_used_once() -> None:
    assert len(whole().ids()) == len(set(whole().ids()))


def test_base_signed_in_can_sign_out_by_post() -> None:
    user = SimpleNamespace(is_authenticated=True, keys_off=True)

    page = Page(render_to_string("404.html", {"nav": NAV}, request(user=user)))

    assert "/logout/" in {a["action"] for a in page.all("form") if a["method"] == "post"}
    assert page.all("html")[0]["data-keys"] == "off"


def test_base_says_there_are_errors_before_the_title() -> None:
    form = NoticeForm({})

    assert whole(form=form).words.startswith("Error: Page not found")
    assert whole().words.startswith("Page not found")


def test_messages_stand_in_one_banner() -> None:
    page = whole(messages=["Saved.", "Two deadlines were worked out."])

    assert [a["class"] for a in page.all("section")] == ["banner"]
    assert "Saved. Two deadlines were worked out." in page.words


def test_refusal_says_what_the_guard_said() -> None:
    page = Page(render_to_string("403.html", {"exception": "Only lead counsel may close a case."}, request()))

    assert "Only lead counsel may close a case." in page.words


@pytest.mark.parametrize("name", ["500.html", "403_csrf.html"])
def test_page_of_last_resort_needs_no_request(name: str) -> None:
    page = Page(render_to_string(name))

    assert len(page.all("h1")) == 1


def test_sign_in_page_shows_its_form_and_keeps_where_to_go() -> None:
    page = Page(render_to_string("registration/login.html", {"form": NoticeForm(), "next": "/en/cases/"}, request()))

    assert "/en/cases/" in {a.get("value") for a in page.all("input") if a.get("name") == "next"}
    assert len(page.all("h1")) == 1


# ── the strict content policy, and words ──


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: p.name)
def test_template_has_nothing_inline(template: Path) -> None:
    source = template.read_text()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|hx-on|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("template", OURS, ids=lambda p: p.name)
def test_template_has_no_words_outside_translation(template: Path) -> None:
    source = re.sub(
        r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}|\{%.*?%\}|\{\{.*?\}\}",
        "",
        template.read_text(),
        flags=re.DOTALL,
    )
    bare = re.sub(r"<kbd>.*?</kbd>|<[^>]*>", " ", source)

    assert set(re.findall(r"[A-Za-z]{2,}", bare)) <= {"EN"}


CATALOGUES = sorted((Path(tracker.__file__).parent / "locale").glob("zh_*/LC_MESSAGES/django.po"))


def translations(catalogue: Path) -> list[str]:
    return re.findall(r'^msgstr(?:\[\d\])? "(.+)"$', catalogue.read_text(), flags=re.MULTILINE)


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda p: p.parts[-3])
def test_chinese_takes_full_width_punctuation(catalogue: Path) -> None:
    words = translations(catalogue)

    assert words
    assert [
        w for w in words if re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", w.replace(")s", ""))
    ] == []


def test_traditional_has_no_simplified_left() -> None:
    catalogue = next(c for c in CATALOGUES if "zh_Hant" in c.parts)

    simplified_only = set("这个发为务证据规则误页错义时网见责员应无设备关档与标执复")
    assert set("".join(translations(catalogue))) & simplified_only == set()


@pytest.mark.parametrize(
    ("left", "unit", "words"),
    [
        (2, "working_day", "剩余 2 个工作日"),
        (-3, "day", "逾期 3 个自然日"),
        (0, "day", "今天"),
        (5, "hour", "剩余 5 小时"),
    ],
)
def test_left_in_chinese(left: int, unit: str, words: str) -> None:
    with translation.override("zh-hans"):
        assert dates.left_text(left, unit).replace("\xa0", " ") == words


def test_form_renderer_is_ours() -> None:
    assert settings.FORM_RENDERER == "tracker.renderer.Renderer"
