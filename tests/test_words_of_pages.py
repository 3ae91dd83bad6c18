"""Codes as words and chips: every code of a closed list has its tone, an unknown one is an error."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from cases import models
from tracker.addresses import OWN, SHARED, address
from tracker.status.log import TITLED
from tracker.status.nouns import Titles
from tracker.templatetags.words import LAW_DAYS, TONES, happened_on, plainly, sentence, state, word
from tracker.verbs import VERBS


@pytest.mark.parametrize("noun", TONES)
def test_every_code_has_a_tone_and_no_tone_is_left_over(noun):
    assert set(TONES[noun]) == set(getattr(models, noun).values)


def test_state_is_a_shape_and_a_word_not_colour_alone():
    shown = state("blocked", "TaskState")

    assert "<svg" in shown
    assert shown.endswith("Blocked</span>")


@pytest.mark.parametrize("code", ["ajar", None])
def test_unknown_code_is_an_error(code):
    with pytest.raises(ValueError, match="not a valid CaseState"):
        word(code, "CaseState")


def test_title_in_the_other_language_stands_in_for_one_that_is_missing():
    with override("en"):
        assert plainly(Titles("", "热搜榜整改")) == "热搜榜整改"


def a_row(verb, title=("", ""), **facts):
    return SimpleNamespace(verb=verb, title=Titles(*title), facts=facts)


def test_sentence_names_the_object_where_it_has_a_name():
    with override("en"):
        assert sentence(a_row("add_task", ("Take it down", ""))) == "added the task: Take it down"
        assert sentence(a_row("grant_access")) == "gave access"


@pytest.mark.parametrize(
    ("row", "day"),
    [
        (a_row("log_notice", served_on="2025-01-04"), date(2025, 1, 4)),
        (a_row("log_notice", served_on=None), None),
        (a_row("record_service", **{"from": None, "to": "2025-01-04"}), date(2025, 1, 4)),
        (a_row("add_task", due_on="2025-01-04"), None),
        (a_row("log_contact"), None),
    ],
)
def test_day_by_the_law_s_time_is_the_one_the_entry_speaks_of(row, day):
    assert happened_on(row) == day


def test_days_are_asked_of_verbs_there_are():
    assert LAW_DAYS.keys() <= VERBS.keys()


@pytest.mark.parametrize("kind", [*OWN, *SHARED])
def test_every_noun_with_a_page_has_its_address(kind):
    assert address(kind, "XHS-2025-K7QD", "k7qd2mabcd").startswith("/en/cases/XHS-2025-K7QD/")


def test_every_noun_the_log_names_has_a_page():
    assert TITLED.keys() <= OWN.keys() | SHARED.keys()


def test_noun_without_a_page_has_no_address():
    assert address("translation", "XHS-2025-K7QD", "k7qd2mabcd") == ""
