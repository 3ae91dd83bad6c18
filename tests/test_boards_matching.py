"""Folding titles and categories, and finding what a flagging rule is after."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import boards

AT = datetime(2025, 9, 1, tzinfo=UTC)


def entry(title="某演员恋情曝光", category="明星"):
    return boards.Entry(2, AT, 1, title, boards.title_key(title), category, 1, False, 1)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("  天气  预报 ", "天气 预报"),
        ("#天气预报#", "天气预报"),
        ("＃天气预报＃", "天气预报"),
        ("# #天气# #", "天气"),
        ("C# 教程", "c# 教程"),
        ("天气\u200b预\ufeff报\ue608", "天气预报"),
        ("ＡＢＣ１２３", "abc123"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("天气\r\n预报", "天气 预报"),
        ("❤\ufe0f", "❤"),
        ("\ue608", ""),
    ],
)
def test_title_key(title, key):
    assert boards.title_key(title) == key


@given(st.text())
def test_title_key_of_a_key_is_itself(title):
    key = boards.title_key(title)

    assert boards.title_key(key) == key
    assert boards.title_key(f" #{title}# ") == key or title.endswith("#") or "#" in key or not key


@pytest.mark.parametrize(
    ("raw", "category"),
    [
        ("明星-内地", "明星-内地"),
        ("新浪乒乓\n     \n  主持记录\n\ue608", "新浪乒乓"),
        ("暂无\r\n   主持记录\n\ue608", None),
        ("暂无", None),
        (" \ue608\n明星", "明星"),
        ("", None),
        (" \n\ue608", None),
    ],
)
def test_category_is_the_first_line_that_says_something(raw, category):
    assert boards.fold_category(raw) == category


@pytest.mark.parametrize(
    ("pattern", "category", "is_match"),
    [
        (boards.Pattern("r", ("明星",)), "明星", True),
        (boards.Pattern("r", ("明星",)), "明星-内地", True),
        (boards.Pattern("r", ("明星",)), "明星周边", False),
        (boards.Pattern("r", ("明星-内地",)), "明星", False),
        (boards.Pattern("r", ("明星",)), None, False),
        (boards.Pattern("r", (), ("恋情",)), None, True),
        (boards.Pattern("r", ("明星",), ("恋情",)), "明星", True),
        (boards.Pattern("r", ("明星",), ("天气",)), "明星", False),
        (boards.Pattern("r", ("社会",), ("恋情",)), "明星", False),
        (boards.Pattern("r", ("社会", "明星"), ("天气", " 恋情 ")), "明星", True),
    ],
)
def test_pattern(pattern, category, is_match):
    assert boards.matches(entry(category=category), patterns=[pattern]) == (("r",) if is_match else ())


def test_every_match_is_named_in_the_order_of_the_rules():
    rules = [boards.Pattern("b", (), ("曝光",)), boards.Pattern("c", ("社会",)), boards.Pattern("a", ("明星",))]
    matcher = boards.Matcher(rules)

    assert matcher.match(entry()) == ("b", "a")
    assert matcher.match(entry(category="社会")) == ("b", "c")


def test_word_matches_through_case_width_and_marks():
    assert boards.matches(entry("#ＢｉｇＮｅｗｓ#"), patterns=[boards.Pattern("r", (), ("bignews",))]) == ("r",)


@pytest.mark.parametrize(
    "pattern",
    [
        boards.Pattern("r"),
        boards.Pattern("r", ("暂无",)),
        boards.Pattern("r", (), ("\u200b",)),
        boards.Pattern("r", ("",)),
    ],
)
def test_pattern_that_says_nothing_is_refused(pattern):
    with pytest.raises(ValueError, match=r"^r: "):
        boards.Matcher([pattern])
