"""One rule: its plain words, clause, versions and kin, and the deadlines that rest on it, of those one may know."""

from datetime import date
from html import unescape
from itertools import cycle
from typing import Any

import pytest
from django.utils.translation import override

from cases.law.rulebook import book
from cases.models import Person
from tests.factories import a_case, a_notice
from tests.rooms import main_of, reading
from tracker.clauses import KEYS, plain_sentences
from tracker.status.rules import differences

QUERIES = 6  # the list's three, the law in force, and the deadlines


def page(person: Person, rule_id: str, language: str = "en") -> str:
    answer = reading(person).get(f"/{language}/rulebook/{rule_id}/")
    return unescape(main_of(answer)).replace("\N{NO-BREAK SPACE}", " ")


def served(person: Person) -> Any:
    case = a_case(by=person)
    a_notice(case=case, by=person, served_on=date(2026, 8, 31), service_mode="direct")
    return case


PLAIN = {
    "CN-12": [
        "Within 60 days of the service date.",
        "It starts with: Penalty decision served, Decision on the spot served, Order served.",
        "The day itself is not counted: service date.",
        "If the last day is a day of rest, the first working day after it is the last.",
        "The last day ends at 24:00 (Asia/Shanghai); working days by the calendar of: China.",
        "It is counted anew from the date the right of review was learnt of, if that is later.",
        "An extension counts on from the day after the date that was due.",
        "It stands still while it cannot run, and what was left is counted from: Obstacle removed.",
        "Never beyond 1 year from the service date, where the date the right of review was learnt of is known",
        "Never beyond 5 years from the date the act was made (CN-12c).",
    ],
    "CN-16": ["An extension makes one longer period of it, counted from the same start."],
    "CN-06": ["At the latest 7 working days before the hearing date, counted back."],
    "CN-23": ["A date set for it is an internal target, never a legal date."],
    "EU-22": ["Read strictly the starting hour is left out; that later end is shown and not relied on."],
    "CN-12c": ["It asks nothing by itself: it is the end beyond which CN-12 never reaches."],
}


@pytest.mark.parametrize("rule_id", PLAIN)
def test_the_rule_is_told_key_by_key(rule_id: str) -> None:
    told = " ".join(plain_sentences(book().versions(rule_id)[-1]))

    for sentence in PLAIN[rule_id]:
        assert sentence in told


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh-hans", "自送达日期起60日内。"), ("zh-hant", "自送達日期起60日內。")],
)
def test_the_rule_is_told_in_chinese(language: str, sentence: str, counsel: Person) -> None:
    with override(language):
        assert plain_sentences(book().versions("CN-12")[-1])[0] == sentence
    assert sentence in page(counsel, "CN-12", language)


def test_every_key_that_may_differ_has_a_word() -> None:
    named = differences(book().versions("CN-12")[0], book().versions("CN-05")[0])

    assert set(named) <= set(KEYS)


def test_the_clause_stands_in_its_own_language_with_source_and_confidence(counsel: Person) -> None:
    shown = page(counsel, "CN-05")

    for told in (
        '<p lang="zh-Hans">当事人要求听证的', "arts. 63, 64(1), 85", "the hearing is waived",
        "H*: the text itself was read", "read in full", "not compared with the gazette",
        "Told of the right to a hearing", "CN-05@2021-07-15",
    ):  # fmt: skip
        assert told in shown


def test_versions_are_listed_with_what_each_changed(counsel: Person) -> None:
    shown = page(counsel, "CN-12")

    assert "1 Oct 1999" in shown
    assert "31 Dec 2023" in shown
    assert "what sets it going anew" in shown
    assert "the oldest here" in shown


def test_kin_are_linked_both_ways(counsel: Person) -> None:
    assert 'href="/en/rulebook/CN-13/"' in page(counsel, "CN-12")
    assert 'href="/en/rulebook/CN-12/"' in page(counsel, "CN-13")
    assert 'href="/en/rulebook/CN-12/"' in page(counsel, "CN-12c")


def test_deadlines_that_rest_on_it_show_to_those_who_may_know(counsel: Person, outsider: Person) -> None:
    case = served(counsel)

    assert case.reference in page(counsel, "CN-18")
    assert case.reference not in page(counsel, "CN-05")
    assert case.reference not in page(outsider, "CN-18")
    assert "None that you may know of." in page(outsider, "CN-18")


@pytest.mark.parametrize("cases", [1, 3])
def test_queries_do_not_grow_with_the_deadlines(cases: int, counsel: Person, django_assert_num_queries: Any) -> None:
    for _each in range(cases):
        served(counsel)
    client = reading(counsel)

    with django_assert_num_queries(QUERIES):
        client.get("/en/rulebook/CN-18/")


def test_a_rule_there_is_not_is_not_found(counsel: Person) -> None:
    assert reading(counsel).get("/en/rulebook/CN-99/").status_code == 404


def test_every_rule_has_its_page(auditor: Person) -> None:
    """In one language after the other: what a page says in each is told of a few rules above."""
    client, languages = reading(auditor), cycle(("en", "zh-hans", "zh-hant"))

    answers = {
        rule.id: client.get(f"/{language}/rulebook/{rule.id}/").status_code
        for rule, language in zip(book().rules, languages, strict=False)
    }

    assert set(answers.values()) == {200}
    assert answers.keys() == book().by_id.keys()
