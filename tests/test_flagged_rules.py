"""Flagging rules: each rests on a provision, looks for something, and is retired, never deleted."""

import pytest

from cases.actions.flagged import (
    AlreadyRetired,
    EmptyRule,
    UnknownProvision,
    add_default_rules,
    add_flagging_rule,
    retire_flagging_rule,
)
from cases.law.taxonomy import taxonomy
from cases.models import Case, FlaggingRule, LogEntry, Person
from tests.factories import NOW, a_case


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


def test_a_rule_keeps_its_words_as_rows_are_compared(case, counsel):
    rule = add_flagging_rule(
        case=case, provision="O5-7-2", categories=[" 明星\ue608"], words=["#ＡＢ#", "ab", "恋情"], by=counsel, at=NOW
    )

    assert (rule.categories, rule.words) == (["明星"], ["ab", "恋情"])
    assert LogEntry.objects.get(object_uid=rule.uid).verb == "add_flagging_rule"


@pytest.mark.parametrize("wanted", [{}, {"categories": ["暂无"]}, {"words": ["恋情", " # "]}, {"categories": [""]}])
def test_a_rule_that_looks_for_nothing_is_refused(case, counsel, wanted):
    with pytest.raises(EmptyRule):
        add_flagging_rule(case=case, provision="O5-7-2", by=counsel, at=NOW, **wanted)

    assert FlaggingRule.objects.count() == 0


def test_a_rule_on_a_provision_nobody_knows_is_refused(case, counsel):
    with pytest.raises(UnknownProvision):
        add_flagging_rule(case=case, provision="O5-99", words=["恋情"], by=counsel, at=NOW)


def test_the_default_rules_are_those_of_the_taxonomy_and_are_added_once(case, counsel):
    log = LogEntry.objects.count()

    added = add_default_rules(case=case, by=counsel, at=NOW)
    again = add_default_rules(case=case, by=counsel, at=NOW)

    assert [rule.provision for rule in added] == [default.provision for default in taxonomy().defaults]
    assert again == ()
    assert LogEntry.objects.count() == log + 2


def test_a_retired_default_rule_does_not_come_back_by_itself(case, counsel):
    first, *_rest = add_default_rules(case=case, by=counsel, at=NOW)
    retire_flagging_rule(rule=first, by=counsel, at=NOW)

    assert add_default_rules(case=case, by=counsel, at=NOW) == ()


def test_a_rule_is_retired_once(case, counsel):
    rule = add_flagging_rule(case=case, provision="O5-7-2", words=["恋情"], by=counsel, at=NOW)

    retired = retire_flagging_rule(rule=rule, by=counsel, at=NOW)

    assert (retired.retired_at, retired.revision) == (NOW, 2)
    with pytest.raises(AlreadyRetired):
        retire_flagging_rule(rule=rule, by=counsel, at=NOW)
