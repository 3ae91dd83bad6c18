"""The rulebook as a list: all rules by instrument, narrowed by the address, each with its period, kind and standing."""

from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest

from cases.law.rulebook import Rulebook, book
from cases.models import Person
from tests.rooms import main_of, reading
from tracker.clauses import counted_text, period_text, plain_sentences
from tracker.status.rules import RuleFilters, RuleRow, instrument_of, rule_groups

LIST = "/en/rulebook/"
TODAY = date(2026, 9, 24)
QUERIES = 4  # who is signed in (twice the session's own) and the cases at hand


def found(law: Rulebook, **wanted: str) -> list[str]:
    groups = rule_groups(law, RuleFilters(**wanted), today=TODAY)
    return [row.rule.id for group in groups for row in group.rows]


def with_rule(rule_id: str, **changes: Any) -> Rulebook:
    """The shipped law with the newest version of one rule said otherwise."""
    law = book()
    changed = (*law.versions(rule_id)[:-1], replace(law.versions(rule_id)[-1], **changes))
    return replace(law, by_id={**law.by_id, rule_id: changed})


def words(answer: Any) -> str:
    return unescape(main_of(answer)).replace("\N{NO-BREAK SPACE}", " ")


def test_every_rule_is_listed_once_by_instrument_and_number() -> None:
    ids = found(book())

    assert sorted(ids) == sorted(book().by_id)
    assert ids.index("CN-05") < ids.index("CN-06") < ids.index("CN-08")
    assert ids.index("CN-12") < ids.index("CN-12b") < ids.index("CN-12c")
    assert ids.index("CN-05") < ids.index("EU-22")


def test_an_instrument_is_the_citation_without_its_article() -> None:
    named = instrument_of(book().versions("CN-05")[-1])

    assert (named.en, named.zh) == ("Administrative Penalty Law", "《行政处罚法》")


@pytest.mark.parametrize(
    ("wanted", "among", "not_among"),
    [
        ({"jurisdiction": "EU"}, "EU-22", "CN-05"),
        ({"kind": "duty"}, "CN-23", "CN-05"),
        ({"actor": "authority"}, "CN-06", "CN-05"),
        ({"standing": "history"}, "CN-12", "CN-05"),
        ({"standing": "in_force"}, "CN-05", "CN-99"),
        ({"words": "听证"}, "CN-05", "CN-12"),
        ({"words": "聽證"}, "CN-05", "CN-12"),
        ({"words": "RECONSIDERATION apply"}, "CN-12", "CN-05"),
        ({"words": "１５日 nothing says this"}, "", "CN-05"),
    ],
)
def test_rules_are_narrowed(wanted: dict[str, str], among: str, not_among: str) -> None:
    ids = found(book(), **wanted)

    assert not among or among in ids
    assert not_among not in ids


@pytest.mark.parametrize("changes", [{"enabled": False}, {"enabled": False, "confidence": "L"}])
def test_a_rule_that_is_not_verified_is_found_as_not_used_and_not_in_force(changes: dict[str, Any]) -> None:
    law = with_rule("CN-05", **changes)

    assert "CN-05" in found(law, standing="not_used")
    assert "CN-05" not in found(law, standing="in_force")


@pytest.mark.parametrize(
    ("rule_id", "changes", "period", "counting"),
    [
        ("CN-08", {}, "15 days", "Chinese calendar days, rolls"),
        ("CN-05", {}, "5 working days", "Chinese working days"),
        ("CN-06", {}, "7 working days before", "Chinese working days"),
        ("CN-22", {}, "as the order sets it", "Chinese calendar days"),
        ("CN-23", {}, "at once (立即): no number in the law", ""),
        ("CN-27", {}, "1 hour", "Chinese hours, does not roll"),
        ("CN-27d", {}, "0.5 hours", "Chinese hours, does not roll"),
        ("CN-18", {"kind": "floor"}, "at least 6 months", "Chinese months and years, rolls"),
        ("CN-18", {"kind": "gate", "amount": None}, "opens or bars a way: nothing is counted", ""),
        ("CN-18", {"plus": ((5, "day"),)}, "6 months and 5 days", "Chinese months and years, rolls"),
    ],
)
def test_a_period_is_said_in_a_few_words(rule_id: str, changes: dict[str, Any], period: str, counting: str) -> None:
    rule = replace(book().versions(rule_id)[-1], **changes)

    assert period_text(rule) == period
    assert counted_text(rule, book().profile(rule.profile)) == counting


def test_every_rule_has_plain_words_whatever_its_kind() -> None:
    for kind in ("statutory", "ordered", "regulator", "duty", "gate", "floor"):
        sentences = plain_sentences(replace(book().versions("CN-18")[-1], kind=kind))
        assert all(sentence.endswith(".") for sentence in sentences)
        assert len(set(sentences)) == len(sentences) > 1


def test_nothing_is_in_force_before_the_law() -> None:
    groups = rule_groups(book(), RuleFilters(), today=date(1980, 1, 1))
    rows: list[RuleRow] = [row for group in groups for row in group.rows]

    assert not any(row.is_in_force for row in rows)


# ---- The page --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Ask for a hearing", "5 working days", "Administrative Penalty Law", "not compared with the gazette")),
        ("zh-hans", ("要求听证", "5个工作日", "《行政处罚法》", "未与公报核对", "现行有效")),
        ("zh-hant", ("要求聽證", "5個工作日", "《行政处罚法》", "未與公報核對", "現行有效")),
    ],
)
def test_the_list_is_in_the_readers_language(language: str, told: tuple[str, ...], counsel: Person) -> None:
    shown = words(reading(counsel).get(f"/{language}/rulebook/?q=CN-05"))

    for each in told:
        assert each in shown


def test_filters_in_use_can_be_taken_off_one_by_one(counsel: Person) -> None:
    answer = reading(counsel).get(LIST, {"q": "听证", "actor": "party"})

    assert [(chip.label, chip.remove_url) for chip in answer.context["chips"]] == [
        ("Words: 听证", "?actor=party"), ("Who acts: We", "?q=%E5%90%AC%E8%AF%81"),
    ]  # fmt: skip


def test_what_finds_nothing_says_so_and_a_filter_of_no_name_is_left_out(counsel: Person) -> None:
    client = reading(counsel)

    assert "No rule matches." in words(client.get(LIST, {"q": "no such rule"}))
    assert "CN-05" in words(client.get(LIST, {"kind": "moon"}))


@pytest.mark.parametrize("who", ["member", "executive", "auditor", "administrator"])
def test_whoever_is_signed_in_may_read_the_law(who: str, request: pytest.FixtureRequest) -> None:
    assert reading(request.getfixturevalue(who)).get(LIST).status_code == 200


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in(client: Any) -> None:
    assert client.get(LIST).url == f"/en/login/?next={LIST}"


def test_the_list_asks_nothing_of_the_record(counsel: Person, django_assert_num_queries: Any) -> None:
    client = reading(counsel)

    with django_assert_num_queries(QUERIES):
        client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST, {"q": "CN-05"})
