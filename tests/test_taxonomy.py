"""The taxonomy of Order 5: whole, honest about its confidence, strictly read, naming nobody."""

from datetime import date
from importlib import resources

import pytest

from cases import boards
from cases.law import taxonomy as law
from cases.law.reading import BadRulebook, UnknownName

RAW = resources.files(law).joinpath(law.FILE).read_text(encoding="utf-8")


def test_articles_6_7_and_11_are_there_clause_by_clause():
    codes = [each.code for each in law.taxonomy().provisions]

    assert codes == [f"O5-6-{n}" for n in range(1, 12)] + [f"O5-7-{n}" for n in range(1, 10)] + ["O5-11-2"]


def test_gossip_clause_in_its_own_words():
    clause = law.taxonomy().provision("O5-7-2")

    assert (clause.clause_zh, clause.article_zh) == ("炒作绯闻、丑闻、劣迹等的", "第七条第（二）项")
    assert (clause.kind, clause.instrument.valid_from) == ("adverse", date(2020, 3, 1))


def test_nothing_claims_more_than_was_read():
    assert {each.confidence for each in law.taxonomy().provisions} == {"M"}


def test_default_rules_rest_on_a_provision_and_can_be_matched():
    found = law.taxonomy()
    patterns = [boards.Pattern(each.code, each.categories, each.words) for each in found.defaults]

    assert {found.provision(each.provision).kind for each in found.defaults} == {"adverse"}
    assert boards.Matcher(patterns)
    assert all(len(name) <= 60 for each in found.defaults for name in (*each.categories, *each.words))


def test_unknown_provision_raises():
    with pytest.raises(UnknownName):
        law.taxonomy().provision("O5-8-1")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('kind = "illegal"', 'kind = "bad"', "unknown kind"),
        ('clause_en = "Using', 'claus_en = "Using', "unknown key 'claus_en'"),
        ('title_zh = "散布谣言"\n', "", "title_zh is missing"),
        ('code = "O5-7-2"', 'code = "O5-7-1"', "listed twice"),
        ('code = "O5-7-9"', 'code = "O6-7-9"', "must start with O5-"),
        ('provision = "O5-7-2"', 'provision = "O5-7-99"', "unknown provision"),
        ('categories = ["明星", "艺人"]', "categories = []", "needs a category or a word"),
        ('categories = ["明星", "艺人"]', 'categories = ["明星", 1]', "unknown category 1"),
        ("valid_from = 2020-03-01", 'valid_from = "2020"', "must be a date"),
        ('confidence = "M"\nsource', 'confidence = "sure"\nsource', "unknown confidence"),
        ("[instrument]", "[instrument", "not TOML"),
    ],
)
def test_data_with_a_mistake_are_refused_with_their_line(before, after, said):
    assert before in RAW
    line = RAW[: RAW.index(before)].count("\n") + 1

    with pytest.raises(BadRulebook) as caught:
        law.read(RAW.replace(before, after, 1))

    assert said in caught.value.what
    assert caught.value.file == "cn.toml"
    assert line - 12 <= caught.value.line <= line + 1
