"""The law's refusals in three languages: a code with its parameters, worded at the doors; English for the shell."""

import ast
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

import cases.law
from cases.law.arrangements import read_arrangement
from cases.law.clocks.lines import answer
from cases.law.reading import BadRulebook, LawError, UnknownName
from cases.law.rulebook import book
from cases.law.sentences import SENTENCES, Said
from cases.models import Person
from cases.sayings import WORDS, in_words
from tests.api_world import as_, url
from tests.arrangements import INVENTED

LAW = Path(cases.law.__file__).parent
# What a reader can reach: questions, dates, the arrangement that is brought. The other files are the makers' own.
REACHED = [
    "reading.py", "calendars.py", "arrangements.py", "counting.py", "rulebook.py", "clocks/__init__.py",
    "clocks/asks.py", "clocks/instants.py", "clocks/lines.py", "clocks/terms.py",
]  # fmt: skip
CHINESE = ["zh-hans", "zh-hant"]


def test_every_code_is_worded_and_in_english_as_the_shell_prints_it() -> None:
    with translation.override("en"):
        assert {code: str(words) for code, words in WORDS.items()} == SENTENCES


@pytest.mark.parametrize("language", CHINESE)
def test_every_code_is_worded_in_chinese(language: str) -> None:
    with translation.override(language):
        same = [code for code, english in SENTENCES.items() if str(WORDS[code]) == english]

    assert same == []


@pytest.mark.parametrize("name", REACHED)
def test_what_a_reader_can_reach_is_said_in_codes(name: str) -> None:
    found = [
        node
        for node in ast.walk(ast.parse((LAW / name).read_text("utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", ""))
        in {"BadAsk", "OutOfRange", "RuleDisabled", "refuse"}
    ]
    plain = [node.lineno for node in found if node.args and isinstance(node.args[0], ast.Constant | ast.JoinedStr)]

    assert plain == []


def test_a_code_that_nobody_knows_or_a_parameter_that_is_missing_breaks_at_once() -> None:
    with pytest.raises(KeyError):
        str(Said("no such code", {}))
    with pytest.raises(KeyError):
        str(Said("wanted", {}))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "CN-27c was not in force on 2025-10-31: it is in force from 2025-11-01 on"),
        ("zh-hans", "CN-27c在2025-10-31尚未施行或者已失效：其施行期间为自2025-11-01起"),
        ("zh-hant", "CN-27c在2025-10-31尚未施行或者已失效：其施行期間為自2025-11-01起"),
    ],
)
def test_a_rule_that_was_not_in_force(language: str, said: str, counsel: Person) -> None:
    asked = {"trigger": "2025-10-31T10:00", "zone": "Asia/Shanghai"}

    told = as_(counsel, language).post(url("rules/CN-27c/due/"), asked)

    assert (told.status_code, told.data["code"], told.data["message"]) == (400, "law", said)
    assert told.data["details"] == {"error": "RuleNotInForce", "why": "not_in_force"}


@pytest.mark.parametrize(
    ("asked", "hans", "hant"),
    [
        ({"trigger": "2026-03-02", "zone": "Mars/Base"}, "未知的时区：'Mars/Base'", "未知的時區：'Mars/Base'"),
        ({"facts": {"moved_on": "2026-03-02"}}, "未知的事实：'moved_on'", "未知的事實：'moved_on'"),
        ({"trigger": "soon"}, "trigger须为日期", "trigger須為日期"),
        (
            {"trigger": "2026-03-02", "extensions": [{"amount": 3, "unit": "fortnight"}]}, "未知的单位：'fortnight'",
            "未知的單位：'fortnight'",
        ),
        ({"trigger": "2026-03-02", "extensions": [{"amount": 3, "unit": "hour"}]}, "不能按小时延长", "不能按小時延長"),
        ({"trigger": "2098-03-02", "extensions": [{"amount": 9, "unit": "year"}]}, "日历", "日曆"),
    ],
)  # fmt: skip
def test_the_api_says_what_a_question_has_wrong(asked: dict[str, Any], hans: str, hant: str, counsel: Person) -> None:
    for language, words in (("zh-hans", hans), ("zh-hant", hant)):
        told = as_(counsel, language).post(url("rules/CN-12/due/"), asked)

        assert told.status_code == 400
        assert words in told.data["message"]


BASE_GONE, WORKED = (
    INVENTED.replace('base = "CN"', 'base = "HK"'),
    INVENTED.replace('"spring_festival" }', '"spring" }'),
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id = [", ("不是 TOML", "不是 TOML")),
        (BASE_GONE, ("放假安排须以其自身的日历为底", "放假安排須以其自身的日曆為底")),
        (WORKED, ("off中有未知的名称：'spring'", "off中有未知的名稱：'spring'")),
    ],
)
@pytest.mark.parametrize("language", CHINESE)
def test_the_page_of_an_arrangement_says_what_is_wrong_with_it(
    language: str, text: str, told: tuple[str, str], counsel: Person, client: Client
) -> None:
    client.force_login(counsel)
    words = told[CHINESE.index(language)]

    page = client.post(f"/{language}/rulebook/holidays/import/", {"text": text})
    api = as_(counsel, language).post(url("calendars/"), {"text": text})

    assert words in page.context["form"].non_field_errors()[0]
    assert words in api.data["message"]


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "会早于被延长的日期"), ("zh-hant", "會早於被延長的日期")])
def test_the_box_to_try_a_rule_says_what_the_law_does_not_do(
    language: str, words: str, counsel: Person, client: Client
) -> None:
    client.force_login(counsel)

    page = client.get(f"/{language}/rulebook/CN-12/", {"served_on": "2026-03-02", "more_until": "2026-03-03"})

    assert words in page.text


@pytest.mark.parametrize("language", ["en", *CHINESE])
def test_the_shell_and_the_batch_speak_english_whatever_the_language(language: str) -> None:
    with translation.override(language):
        line = answer(json.dumps({"id": 1, "rule": "CN-99", "trigger": "2026-03-02"}), book=book())
        with pytest.raises(BadRulebook) as refused:
            read_arrangement(WORKED, "cn.toml", book().calendars)

    assert line == {"id": 1, "error": "unknown rule 'CN-99'"}
    assert str(refused.value) == "cn.toml, line 12: unknown name 'spring' in off"


def test_what_only_the_makers_read_stays_in_english() -> None:
    with translation.override("zh-hans"):
        assert in_words(LawError("a rule needs the fact it starts from")) == "a rule needs the fact it starts from"
        assert in_words(UnknownName("rule", "CN-99", "CN-01")) == "未知的规则：'CN-99'。已知的有：CN-01"
        assert in_words(BadRulebook("x.toml", 3, "no such thing")) == "x.toml 第 3 行：no such thing"
