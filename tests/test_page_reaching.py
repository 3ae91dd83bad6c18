"""How words reach me: channels for each kind of word, own chat addresses, words by the timetable; and nobody else's."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from cases.actions.case import close_case
from cases.models import LogEntry, Person
from tests.hooks import Hook, running
from tests.rooms import EARLIER, an_old_case, main_of, reading
from tracker.channels import open_address
from tracker.models import ChatAddress, ChosenChannel, Reminder, Subscription
from tracker.reminders.choosing import MOST_CHATS, add_chat

pytestmark = pytest.mark.django_db
PAGE = "/en/account/words/"
ROBOT = "https://oapi.dingtalk.com/robot/send?access_token=" + "abcdef0123456789" * 4
QUERIES = 7


def a_chat(person: Person, link: str = ROBOT) -> ChatAddress:
    return add_chat(person=person, opened=open_address(link), at=EARLIER)


def chosen(person: Person, kind: str) -> set[str]:
    return set(ChosenChannel.objects.filter(person=person, kind=kind).values_list("channel", flat=True))


def wish(**typed: str) -> dict[str, str]:
    told = {"subject": "status", "rhythm": "daily", "at": "08:30"} | typed
    return {f"word-{name}": value for name, value in told.items()}


def ask(person: Person, **typed: str) -> Any:
    return reading(person).post(PAGE + "subscriptions/", wish(**typed))


# ---- Channels --------------------------------------------------------------------------------------------------------
def test_page_is_led_to_from_the_account(counsel):
    assert f'href="{PAGE}"' in main_of(reading(counsel).get("/en/account/"))


def test_nothing_chosen_is_mail(counsel):
    shown = main_of(reading(counsel).get(PAGE))

    assert shown.count("checked") == 3
    assert "A reminder climbs when nobody acknowledges it" in shown


def test_channels_are_chosen_for_each_kind(counsel):
    chat = a_chat(counsel)

    answer = reading(counsel).post(
        PAGE + "channels/",
        {"by-reminder": ["mail", chat.uid], "by-digest": ["desk"], "by-status": ["mail"]},
    )

    assert answer.url == PAGE
    assert (chosen(counsel, "reminder"), chosen(counsel, "digest")) == ({"mail", "chat"}, {"desk"})
    assert LogEntry.objects.get(verb="choose_channels").facts == {
        "reminder": ["chat", "mail"], "digest": ["desk"], "status": ["mail"],
    }  # fmt: skip


def test_a_kind_without_a_channel_is_refused_beside_it_and_nothing_is_lost(counsel):
    answer = reading(counsel).post(
        PAGE + "channels/", {"by-reminder": ["desk"], "by-digest": [], "by-status": ["mail"]}
    )

    shown = main_of(answer)
    assert answer.status_code == 422
    assert "Digests: Choose at least one channel for each kind of word." in shown
    assert shown.index('id="id_by-digest_error"') < shown.index('name="by-digest"')
    assert re.search(r'name="by-reminder" value="desk"[^>]* checked', shown)
    assert not ChosenChannel.objects.exists()


def test_anothers_chat_is_no_choice(counsel, member):
    theirs = a_chat(member)

    answer = reading(counsel).post(
        PAGE + "channels/", {"by-reminder": [theirs.uid], "by-digest": ["mail"], "by-status": ["mail"]}
    )

    assert answer.status_code == 422
    assert not ChosenChannel.objects.exists()


def test_who_runs_the_system_chooses_for_alarms_and_has_no_desk(administrator):
    shown = main_of(reading(administrator).get(PAGE))

    assert "Alarms of the system" in shown
    assert all(word not in shown for word in ("Digests", "The Desk alone", "By the timetable"))


@pytest.mark.parametrize("person", ["counsel", "member", "executive", "auditor"])
def test_nobody_else_is_offered_alarms(person, request):
    assert "Alarms of the system" not in main_of(reading(request.getfixturevalue(person)).get(PAGE))


# ---- Chats -----------------------------------------------------------------------------------------------------------
def test_a_chat_is_added_sealed_and_its_secret_is_nowhere(counsel, caplog):
    answer = reading(counsel).post(PAGE + "chats/", {"chat-address": ROBOT})

    shown = main_of(reading(counsel).get(PAGE))
    chat = ChatAddress.objects.get()
    assert answer.url == PAGE
    assert "DingTalk" in shown
    assert "…6789" in shown
    assert "abcdef0123456789" not in shown + chat.sealed + caplog.text + str(LogEntry.objects.get().facts)


@pytest.mark.parametrize("typed", ["", "  ", "not an address", "tgram://123/456", "https://localhost/x", "x" * 3000])
def test_an_address_that_is_none_is_told_beside_the_field_and_stays_typed(counsel, typed):
    answer = reading(counsel).post(PAGE + "chats/", {"chat-address": typed})

    assert answer.status_code == 422
    assert 'id="id_chat-address_error"' in main_of(answer)
    assert typed.strip() in main_of(answer)
    assert not ChatAddress.objects.exists()


def test_a_sixth_chat_is_refused(counsel):
    for _ in range(MOST_CHATS):
        a_chat(counsel)

    answer = reading(counsel).post(PAGE + "chats/", {"chat-address": ROBOT})

    assert answer.status_code == 409
    assert "You have 5 chat addresses: take one away first." in main_of(answer)


def test_a_chat_taken_away_is_gone_with_its_choices_and_once(counsel):
    chat, reader = a_chat(counsel), reading(counsel)
    reader.post(PAGE + "channels/", {"by-reminder": [chat.uid], "by-digest": ["mail"], "by-status": ["mail"]})

    for _ in range(2):
        assert reader.post(f"{PAGE}chats/{chat.uid}/end/").url == PAGE

    chat.refresh_from_db()
    assert (chat.sealed, chosen(counsel, "reminder")) == ("", set())
    assert LogEntry.objects.filter(verb="end_chat").count() == 1
    assert "You have no chat address." in main_of(reader.get(PAGE))


@pytest.mark.parametrize("step", ["end", "test"])
def test_anothers_chat_is_not_there(counsel, member, step):
    chat = a_chat(member)

    assert reading(counsel).post(f"{PAGE}chats/{chat.uid}/{step}/").status_code == 404
    assert ChatAddress.objects.get().ended_at is None


@pytest.fixture
def hook(settings):
    settings.CHAT_HOSTS = ["127.0.0.1"]
    with running(body="taken") as hook:
        yield hook


def test_a_test_word_goes_at_once_and_the_answer_is_shown(counsel, hook: Hook):
    chat = a_chat(counsel, f"{hook.url}/s3cret")

    answer = reading(counsel).post(f"{PAGE}chats/{chat.uid}/test/", follow=True)

    assert "The test word was taken. The service answered: 200 taken" in main_of(answer)
    assert [got["title"] for got in hook.posted] == ["Casebook: a test word"]
    assert LogEntry.objects.get(verb="try_chat").facts == {"service": "webhook", "is_taken": True}
    assert not Reminder.objects.exists()


def test_a_test_word_that_is_not_taken_says_why(counsel, hook: Hook):
    hook.status, hook.body = 403, "<b>no such robot</b>"
    chat = a_chat(counsel, f"{hook.url}/s3cret")

    shown = main_of(reading(counsel).post(f"{PAGE}chats/{chat.uid}/test/", follow=True))

    assert "The test word was not taken: 403 &lt;b&gt;no such robot&lt;/b&gt;" in shown
    assert "s3cret" not in shown


def test_a_test_word_to_a_host_no_longer_allowed_is_not_sent(counsel, hook: Hook, settings):
    chat = a_chat(counsel, f"{hook.url}/s3cret")
    settings.CHAT_HOSTS = []

    shown = main_of(reading(counsel).post(f"{PAGE}chats/{chat.uid}/test/", follow=True))

    assert "The test word was not taken: this address lies in a private network, or nobody knows it" in shown
    assert hook.posted == []


# ---- By the timetable ------------------------------------------------------------------------------------------------
def test_a_word_is_asked_for_and_shown_with_its_next_time_where_the_person_sits(counsel):
    type(counsel).objects.update(zone="Asia/Shanghai")

    answer = ask(counsel, subject="week", rhythm="weekly", weekday="1", at="09:15")

    shown = main_of(reading(counsel).get(PAGE))
    made = Subscription.objects.get()
    assert answer.url == PAGE
    assert "every week on Monday, 09:15" in shown
    assert (made.next_at.astimezone(UTC).hour, made.next_at.astimezone(UTC).minute) == (1, 15)
    assert made.next_at.isoweekday() == 1
    assert " 09:15</time>" in shown


@pytest.mark.parametrize(("typed", "field", "told"), [
    ({"at": "24:30"}, "at", "Enter a valid time."),
    ({"at": ""}, "at", "This field is required."),
    ({"rhythm": "weekly"}, "weekday", "Choose the day of the week."),
    ({"rhythm": "weekly", "weekday": "8"}, "weekday", "Select a valid choice."),
    ({"rhythm": "hard_dates"}, "days_before", "Say how many working days before."),
    ({"rhythm": "hard_dates", "days_before": "31"}, "days_before", "less than or equal to 30"),
    ({"rhythm": "hard_dates", "days_before": "-1"}, "days_before", "greater than or equal to 0"),
    ({"subject": "week", "rhythm": "daily"}, "rhythm", "This word does not come by that timetable."),
    ({"subject": "day", "rhythm": "hard_dates", "days_before": "3"}, "rhythm", "does not come by that timetable"),
    ({"case": "XIA-2025-NOBODY"}, "case", "There is no such case that you may know of."),
    ({"rhythm": "hourly"}, "rhythm", "Select a valid choice."),
])  # fmt: skip
def test_what_is_wrong_is_told_beside_its_field(counsel, typed, field, told):
    answer = ask(counsel, **typed)

    shown = main_of(answer)
    assert answer.status_code == 422
    assert told in shown.split(f'id="id_word-{field}_error"')[1][:200]
    assert not Subscription.objects.exists()


def test_what_was_typed_is_not_lost(counsel):
    shown = main_of(ask(counsel, rhythm="weekly", at="17:45", case="XIA-2025-NOBODY"))

    assert 'value="17:45"' in shown
    assert 'value="XIA-2025-NOBODY"' in shown
    assert '<option value="weekly" selected>' in shown


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_what_is_wrong_is_told_in_chinese(counsel, language):
    answer = reading(counsel).post(f"/{language}/account/words/subscriptions/", wish(rhythm="weekly", at="24:30"))

    assert {"zh-hans": "请选择星期几。", "zh-hant": "請選擇星期幾。"}[language] in main_of(answer)


def test_a_case_one_may_not_know_of_is_as_one_that_is_not_there(counsel, outsider):
    hidden = an_old_case(outsider)

    shown = main_of(ask(counsel, case=hidden.reference))

    assert "There is no such case that you may know of." in shown
    assert not Subscription.objects.exists()


def test_a_digest_is_not_of_one_case_nor_a_status_mail_of_a_closed_one(counsel):
    case = an_old_case(counsel)
    assert "Only a status mail is of one case." in main_of(ask(counsel, subject="day", case=case.reference))

    close_case(case=case, reason="done", by=counsel, at=EARLIER)

    assert "The case is closed." in main_of(ask(counsel, case=case.reference))


def test_a_digest_asked_for_again_comes_instead(counsel):
    ask(counsel, subject="day")
    ask(counsel, subject="day", rhythm="working_days", at="07:00")

    (row,) = Subscription.objects.filter(ended_at__isnull=True)
    assert (row.rhythm, Subscription.objects.count()) == ("working_days", 2)


def test_status_mails_stand_beside_each_other(counsel):
    case = an_old_case(counsel)
    for typed in ({}, {"case": case.reference}, {"case": case.reference, "rhythm": "hard_dates", "days_before": "0"}):
        ask(counsel, **typed)

    shown = main_of(reading(counsel).get(PAGE))

    assert Subscription.objects.filter(ended_at__isnull=True).count() == 3
    assert "on the day of each date set by law or order, 08:30" in shown
    assert "all cases you may know of" in shown
    assert f">{case.reference}</a>" in shown


def test_a_form_sent_twice_asks_once(counsel):
    reader, typed = reading(counsel), wish() | {"once": "a" * 22}

    first, again = (reader.post(PAGE + "subscriptions/", typed, follow=True) for _ in range(2))

    assert "It comes by that timetable from now on." in main_of(first)
    assert "This was sent twice and is done once." in main_of(again)
    assert Subscription.objects.count() == 1


def test_what_is_ended_comes_no_more_and_anothers_is_not_there(counsel, member):
    ask(counsel)
    row = Subscription.objects.get()
    address = reverse("subscription_end", args=[row.uid])

    assert reading(member).post(address).status_code == 404
    assert [reading(counsel).post(address).status_code for _ in range(2)] == [302, 302]

    row.refresh_from_db()
    assert row.next_at is None
    assert LogEntry.objects.filter(verb="unsubscribe").count() == 1
    assert "No word comes to you by the timetable." in main_of(reading(counsel).get(PAGE))


def test_of_a_case_one_may_not_know_of_any_more_nothing_is_shown(counsel, member):
    case = an_old_case(counsel, member)
    ask(member, case=case.reference)
    case.accesses.filter(person=member).update(until_at=datetime(2025, 2, 1, tzinfo=UTC))

    assert case.reference not in reading(member).get(PAGE).text


def test_who_runs_the_system_asks_for_none(administrator):
    assert ask(administrator).status_code == 403


@pytest.mark.parametrize("number", [1, 3, 30])
def test_page_asks_the_same_for_any_number_of_words(counsel, number, django_assert_num_queries):
    a_chat(counsel)
    for _ in range(number):
        ask(counsel, case=an_old_case(counsel).reference)
    reader = reading(counsel)
    reader.get(PAGE)

    with django_assert_num_queries(QUERIES):
        reader.get(PAGE)


def test_anonymous_is_sent_to_sign_in(client):
    assert client.get(PAGE).url == f"/en/login/?next={PAGE}"
