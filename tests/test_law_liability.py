"""What a breach may cost: by the law at the time of the conduct, or a later lighter one; unknown stays unknown."""

from datetime import date
from pathlib import Path

import pytest

from cases.law import liability
from cases.law.liability import FILE, exposures, liabilities, read_liabilities
from cases.law.reading import BadRulebook
from cases.law.rulebook import book

TEXT = (Path(liability.__file__).parent / FILE).read_text("utf-8")
OLD, NEW = liabilities().by_id["CSL-content"]
TODAY = date(2026, 9, 24)


def csl(conduct_from, conduct_until=None, *, on=TODAY, known=None):
    found = exposures("CN-23", conduct_from=conduct_from, conduct_until=conduct_until, on=on, known=known)
    (exposure,) = found
    return exposure


def test_every_rule_named_is_in_the_rulebook():
    for name in liabilities().rule_ids:
        assert book().versions(name)


def test_conduct_before_the_change_keeps_the_old_law_and_its_number():
    found = csl(date(2025, 9, 1))

    assert (found.leading, found.why, found.others) == (OLD, "conduct", ())
    assert found.leading.citation_zh == "《网络安全法》（2017）第六十八条"
    assert max(tier.entity_most or 0 for tier in found.leading.tiers) == 500_000


def test_conduct_after_the_change_meets_the_new_law():
    found = csl(date(2026, 1, 1))

    assert (found.leading, found.why) == (NEW, "conduct")
    assert max(tier.entity_most or 0 for tier in found.leading.tiers) == 10_000_000


def test_conduct_across_the_change_is_judged_by_its_end_and_shows_both():
    found = csl(date(2025, 12, 1), date(2026, 1, 15))

    assert (found.leading, found.why, found.others) == (NEW, "spans_change", (OLD,))


def test_conduct_unknown_shows_every_version():
    found = csl(None)

    assert (found.leading, found.why, found.others) == (NEW, "conduct_unknown", (OLD,))


def test_before_the_new_law_there_is_only_the_old():
    assert csl(date(2025, 9, 1), on=date(2025, 10, 1)).leading == OLD
    assert csl(None, on=date(2025, 10, 1)).why == "one_version"


def test_later_lighter_law_applies():
    lighter = (
        TEXT.replace("entity_most = 10000000", "entity_most = 300000")
        .replace("entity_least = 2000000, ", "")
        .replace("entity_least = 500000, entity_most = 2000000", "entity_most = 200000")
        .replace("person_most = 1000000", "person_most = 90000")
        .replace("person_least = 200000, ", "")
        .replace("person_least = 50000, person_most = 200000", "person_most = 80000")
        .replace("entity_least = 50000, entity_most = 500000", "entity_most = 100000")
    )
    known = read_liabilities(lighter)

    found = csl(date(2025, 9, 1), known=known)

    assert found.why == "later_lighter"
    assert (found.leading.valid_from, found.others[0].valid_from) == (date(2026, 1, 1), date(2017, 6, 1))


def test_law_lighter_in_one_point_and_heavier_in_another_is_for_counsel():
    known = read_liabilities(
        TEXT.replace("person_least = 200000, person_most = 1000000, ", "").replace(
            "person_least = 50000, person_most = 200000, ", ""
        )
    )

    found = csl(date(2025, 9, 1), known=known)

    assert (found.why, len(found.others)) == ("undetermined", 1)


def test_rule_without_a_known_liability_has_none():
    assert exposures("CN-12", conduct_from=None, conduct_until=None, on=TODAY) == ()


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('confidence = "H*"', 'confidence = "sure"', "unknown confidence 'sure'"),
        ("valid_to = 2025-12-31", "valid_to = 2026-01-31", "two versions in force on 2026-01-01"),
        ("entity_least = 100000", "entity_least = 900000", "entity_least is more than entity_most"),
        ('besides = ["suspend_updates"]', 'besides = ["prison"]', "unknown measure kind 'prison'"),
        ("currency = ", "money = ", "unknown key 'money'"),
        ("valid_from = 2017-06-01\n", "", "valid_from is missing"),
    ],
)
def test_mistake_is_refused_with_its_file_and_line(old, new, what):
    assert old in TEXT

    with pytest.raises(BadRulebook, match=rf"{FILE}, line \d+: .*{what}"):
        read_liabilities(TEXT.replace(old, new, 1))
