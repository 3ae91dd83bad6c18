"""A case's chat room is told in its own language, greets nobody, and gives nobody a way to answer for another."""

import pytest

from cases.models import Case, Language, Person
from tests.hooks import Hook, running
from tests.watching import MORNING, a_deadline, a_known_case, swept
from tracker.channels import open_address
from tracker.models import Reminder
from tracker.reminders.choosing import set_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def hook(settings):
    settings.CHAT_HOSTS = ["127.0.0.1"]
    with running(body="taken") as hook:
        yield hook


def the_room(case: Case, hook: Hook, by: Person, language: Language = Language.EN) -> None:
    set_room(case=case, opened=open_address(f"{hook.url}/s3cret"), language=language, by=by, at=MORNING)


def said_in(hook: Hook) -> str:
    (got,) = hook.posted
    return f"{got['title']}\n{got['message']}"


def test_a_room_is_told_once_with_no_name_no_link_to_answer_and_no_reason_of_one_person(counsel, member, hook):
    case = a_known_case(counsel, member)
    the_room(case, hook, counsel)
    deadline = a_deadline(case, counsel, owner=member)

    swept(MORNING)

    said = said_in(hook)
    assert "Due Fri 16 Oct 2026, 1 working day left: Send the plan" in said
    assert f"/en/cases/{case.reference}/deadlines/{deadline.uid}/" in said
    assert "This room is told because counsel named it for the case" in said
    assert "acknowledge" not in said.lower()
    assert "You receive this" not in said
    assert member.name_en not in said
    assert not hook.posted[0]["message"].startswith("\n")


def test_of_a_case_that_only_named_people_know_a_room_is_told_no_title(counsel, member, hook):
    case = a_known_case(counsel, member, is_named_in_mail=False)
    the_room(case, hook, counsel)
    a_deadline(case, counsel, owner=member)

    swept(MORNING)

    assert "Send the plan" not in said_in(hook)
    assert case.title_en not in said_in(hook)
    assert case.reference in said_in(hook)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "法务已将本群指定为该案的聊天群"), ("zh-hant", "法務已將本群組指定為該案的聊天群組")],
)
def test_a_room_is_told_in_its_own_language_whatever_its_people_read(counsel, member, hook, language, words):
    case = a_known_case(counsel, member)
    the_room(case, hook, counsel, Language(language))
    a_deadline(case, counsel, owner=member)

    swept(MORNING)

    assert words in said_in(hook)
    assert f"/{language}/cases/{case.reference}/" in said_in(hook)


def test_a_word_in_a_room_asks_nobody_to_acknowledge_it(counsel, member, hook):
    case = a_known_case(counsel, member)
    the_room(case, hook, counsel)
    a_deadline(case, counsel, owner=member)

    swept(MORNING)

    told = dict(Reminder.objects.values_list("channel", "acknowledge_within"))
    assert told["room"] is None
    assert told["mail"] is not None
