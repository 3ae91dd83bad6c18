"""Words by chat: what may be an address, what a service answers, and what becomes of a word a chat does not take."""

import logging
from datetime import time, timedelta

import pytest
from django.test import override_settings

from cases.actions.leaving import deactivate
from tests import hooks, smtp_sink
from tests.factories import NOW
from tests.watching import MORNING, a_deadline, a_known_case, swept
from tracker import channels
from tracker.erasing import erase_person
from tracker.models import (
    Channel,
    ChatAddress,
    ChatService,
    ChosenChannel,
    Reminder,
    Rhythm,
    Subject,
    Subscription,
    WordKind,
)
from tracker.reminders.choosing import (
    NoChannel,
    TooManyChats,
    add_chat,
    choose_channels,
    end_chat,
    set_room,
    subscribe,
)
from tracker.reminders.ways import Way

HERE = ["127.0.0.1"]
MAIL, DESK = Way(Channel.MAIL), Way(Channel.DESK)


# ---- Addresses -------------------------------------------------------------------------------------------------------
LOGIC = "https://prod-11.westus.logic.azure.com:443/workflows/643e69f83c/triggers/manual/paths/invoke"


@pytest.mark.parametrize(
    ("text", "service", "url"),
    [
        ("https://oapi.dingtalk.com/robot/send?access_token=abc123", "dingtalk", "dingtalk://abc123/"),
        ("dingtalk://SECabc@abc123", "dingtalk", "dingtalk://SECabc@abc123/"),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/ab-12/", "feishu", "feishu://ab-12/"),
        ("  feishu://ab-12  ", "feishu", "feishu://ab-12/"),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=aa-bb", "wecom", "wecombot://aa-bb/"),
        ("https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajk", "slack", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajk/"),
        (f"{LOGIC}?api-version=2016-06-01&sp=%2Ft&sv=1.0&sig=X_Y-Z", "teams",
         "workflow://prod-11.westus.logic.azure.com:443/643e69f83c/X_Y-Z/"),
    ],
)  # fmt: skip
def test_what_a_service_gives_out_is_an_address(text, service, url):
    assert channels.open_address(text) == channels.Opened(ChatService(service), f"{url}?overflow=split")


@override_settings(CHAT_HOSTS=HERE)
def test_what_a_webhook_asks_is_sent_as_its_own():
    opened = channels.open_address("http://127.0.0.1:9/a?token=x&b=%E4%B8%AD&method=GET&verify=no")

    assert opened.url == "json://127.0.0.1:9/a?-token=x&-b=%E4%B8%AD&-method=GET&-verify=no"


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "mailto://a:b@example.org", "file:///etc/passwd", "syslog://", "https://", "https://[::1",
        "http://example.org/hook", "https://127.0.0.1/hook", "https://localhost/hook", "https://[::1]/hook",
        "https://10.1.2.3/hook", "https://169.254.169.254/latest/meta-data", "https://[fd00::1]/hook",
        "https://0.0.0.0/", "https://2130706433/", "json://127.0.0.1/", "jsons://127.0.0.1/", "slack://", "feishu://",
        "https://no-such-host.invalid/hook", "x" * 2001, "dbus://", "exec://rm", "https://user@10.0.0.1/",
        "https://1.1.1.1:22/", "https://1.1.1.1:99999/", "https://user:word@1.1.1.1/", "https://224.0.0.1/",
        "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "jsons://1.1.1.1/?verify=no",
        "workflows://127.0.0.1:9443/abcdef/sig?verify=no", "workflow://169.254.169.254/abcdef/sig",
        "workflows://a.logic.azure.com.evil.example/abcdef/sig", f"{LOGIC}?sig=AA!!", LOGIC,
        "workflows://a.logic.azure.com/abcdef/sig?template=/etc/passwd", "feishu://ab-12/?verify=no",
        "https://open.larksuite.com/open-apis/bot/v2/hook/abc:d/../x y", "slack://botname@T1/A1/Ti", "dingtalk://a!/",
    ],
)  # fmt: skip
def test_what_is_none_or_lies_within_our_network_is_refused(text, caplog):
    with pytest.raises(channels.BadAddress):
        channels.open_address(text)

    assert caplog.text == ""


def test_apprise_reads_every_address_that_is_let_in():
    links = [
        "dingtalk://SECabc@abc123", "feishu://ab-12", "wecombot://aaaa-bbbb", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdn",
        f"{LOGIC}?sig=XYZ",
    ]  # fmt: skip
    kept = [ChatAddress(sealed=channels.seal(opened), service=opened.service)
            for opened in map(channels.open_address, links)]  # fmt: skip
    letter = channels.Letter("", "subject", "text", "", "<a@b>", "<c@d>")
    with pytest.MonkeyPatch.context() as nowhere:
        nowhere.setattr("socket.getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("127.0.0.1", 0))])
        told = []
        for each in kept:
            with pytest.raises(channels.Refused) as refused:
                channels.say(letter, each)
            told.append(refused.value.answer)

    # Read, and on the point of being posted, had the name led out of our network.
    assert set(told) == {"this address lies in a private network, or nobody knows it"}


@override_settings(CHAT_HOSTS=HERE)
def test_a_server_that_never_ends_its_answer_holds_up_nothing_for_long(deadline, member, monkeypatch):
    monkeypatch.setattr("tracker.channels.posting.IN_ALL", 0.5)
    with hooks.running(drip=0.2, body="x" * 100) as hook, smtp_sink.running():
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
        swept(MORNING)

    word = Reminder.objects.get(channel="chat")
    assert (word.state, word.answer) == ("unsent", "Timeout")


@override_settings(CHAT_HOSTS=HERE)
def test_of_an_endless_answer_no_more_is_read_than_is_kept(deadline, member):
    with hooks.running(body="x" * 5_000_000) as hook:
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
        swept(MORNING)

    assert Reminder.objects.get(channel="chat").answer == ("200 " + "x" * 300)[:300]


def test_the_address_is_sealed_and_its_hint_opens_nothing(member):
    opened = channels.open_address("dingtalk://SECabc@token12345678")
    kept = add_chat(person=member, opened=opened, at=NOW)

    assert "token" not in kept.sealed
    assert kept.hint == "…5678"
    assert ChatAddress.objects.get().get_service_display() == "DingTalk"


def test_nobody_has_more_than_five(member):
    for n in range(5):
        add_chat(person=member, opened=channels.open_address(f"feishu://abc{n}"), at=NOW)

    with pytest.raises(TooManyChats):
        add_chat(person=member, opened=channels.open_address("feishu://abc9"), at=NOW)


def test_a_kind_of_word_without_a_channel_is_refused(member):
    with pytest.raises(NoChannel):
        choose_channels(person=member, chosen={WordKind.DIGEST: [], WordKind.REMINDER: [MAIL]}, by=member, at=NOW)

    assert not ChosenChannel.objects.exists()


# ---- What leaves -----------------------------------------------------------------------------------------------------
@pytest.fixture
def deadline(counsel, member):
    return a_deadline(a_known_case(counsel, member), counsel, member)


def a_chat(person, hook):
    with override_settings(CHAT_HOSTS=HERE):
        return add_chat(person=person, opened=channels.open_address(hook.url), at=NOW)


def by_channels(person, *ways):
    choose_channels(person=person, chosen={WordKind.REMINDER: ways}, by=person, at=NOW)


def said():
    rows = Reminder.objects.filter(kind="reminder").order_by("pk")
    return list(rows.values_list("channel", "person__email", "state"))


@override_settings(CHAT_HOSTS=HERE)
def test_a_word_leaves_by_each_channel_chosen(deadline, member):
    with hooks.running(body='{"ok": true}') as hook, smtp_sink.running() as sink:
        by_channels(member, MAIL, Way(Channel.CHAT, a_chat(member, hook)), DESK)
        swept(MORNING)

    assert sink.recipients == [member.email]
    assert [post["title"].split(",")[0] for post in hook.posted] == ["Due Fri 16 Oct 2026"]
    assert "Send the plan" in hook.posted[0]["message"]
    assert said() == [("mail", member.email, "sent"), ("chat", member.email, "sent"), ("desk", member.email, "sent")]
    chat = Reminder.objects.get(channel="chat")
    assert (chat.answer, chat.address) == ('200 {"ok": true}', "Webhook 127.0.0.1")


@override_settings(CHAT_HOSTS=HERE)
def test_a_word_by_chat_in_the_language_of_its_reader(deadline, member):
    member.language = "zh-hans"
    member.save(update_fields=["language"])
    with hooks.running() as hook:
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
        swept(MORNING)

    assert "提交整改方案" in hook.posted[0]["message"]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, "gone"),
        (200, '{"errcode": 300001, "errmsg": "token is not exist"}'),
        (200, '{"code": 19001, "msg": "param invalid"}'),
        (302, ""),
    ],
)
@override_settings(CHAT_HOSTS=HERE)
def test_what_a_chat_refuses_for_good_is_said_by_mail_to_the_same_person(deadline, member, status, body):
    with (
        hooks.running(status, body, "http://127.0.0.1:1/" if status == 302 else "") as hook,
        smtp_sink.running() as sink,
    ):
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
        swept(MORNING)

    failed = Reminder.objects.get(channel="chat")
    assert sink.recipients == [member.email]
    assert said() == [("chat", member.email, "failed"), ("mail", member.email, "sent")]
    assert failed.answer == f"{status} {body}".strip()
    assert len(hook.asked) == 1


@pytest.mark.parametrize(
    ("status", "body"), [(500, "sorry"), (429, "slow down"), (200, '{"errcode": 130101}'), (200, '{"code": 9499}')]
)
@override_settings(CHAT_HOSTS=HERE)
def test_a_chat_that_is_busy_is_tried_again(deadline, member, status, body):
    with hooks.running(status, body) as hook:
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
        swept(MORNING)
        hook.status, hook.body = 200, "ok"
        swept(MORNING + timedelta(minutes=1))

    assert said() == [("chat", member.email, "sent")]
    assert Reminder.objects.get(kind="reminder").tries == 2


def test_a_chat_nobody_answers_holds_up_no_mail(deadline, counsel, member):
    other = a_deadline(deadline.case, counsel, counsel)
    with hooks.running() as hook:
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
    with smtp_sink.running() as sink, override_settings(CHAT_HOSTS=HERE):
        swept(MORNING)

    assert sink.recipients == [counsel.email]
    assert set(said()) == {("chat", member.email, "unsent"), ("mail", counsel.email, "sent")}
    assert Reminder.objects.get(channel="chat").answer == "ConnectionError"
    assert other.owner == counsel


def test_mail_that_is_away_holds_up_no_chat(deadline, counsel, member):
    a_deadline(deadline.case, counsel, counsel)
    with hooks.running() as hook, override_settings(CHAT_HOSTS=HERE, EMAIL_HOST="127.0.0.1", EMAIL_PORT=1,
                                                    EMAIL_BACKEND="config.mail.SmtpBackend"):  # fmt: skip
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
        done = swept(MORNING)

    assert done.is_transport_away
    assert ("chat", member.email, "sent") in said()


def test_a_host_that_is_no_longer_ours_to_reach_is_refused_at_sending(deadline, member):
    with hooks.running() as hook, smtp_sink.running() as sink:
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
        swept(MORNING)

    assert hook.posted == []
    assert sink.recipients == [member.email]


@override_settings(CHAT_HOSTS=HERE)
def test_an_address_taken_away_between_making_and_sending(deadline, member):
    with hooks.running() as hook, smtp_sink.running() as sink:
        chat = a_chat(member, hook)
        by_channels(member, Way(Channel.CHAT, chat))
        member.quiet_from, member.quiet_until = MORNING.time(), (MORNING + timedelta(hours=10)).time()
        member.zone = "UTC"
        member.quiet_until = (MORNING + timedelta(hours=1)).time()
        member.save()
        swept(MORNING)
        end_chat(address=chat, by=member, at=MORNING)
        swept(MORNING + timedelta(hours=1))

    assert hook.posted == []
    assert sink.recipients == [member.email]
    assert not ChosenChannel.objects.exists()


def test_with_another_secret_key_the_address_is_said_to_be_unreadable(deadline, member):
    with hooks.running() as hook, smtp_sink.running(), override_settings(CHAT_HOSTS=HERE):
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
        with override_settings(SECRET_KEY="another" * 10):
            swept(MORNING)

    assert Reminder.objects.get(channel="chat").answer == "the address cannot be read with this SECRET_KEY"


def test_the_former_key_still_reads_it(deadline, member, settings):
    former = settings.SECRET_KEY
    with hooks.running() as hook, override_settings(CHAT_HOSTS=HERE):
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
        with override_settings(SECRET_KEY="another" * 10, SECRET_KEY_FALLBACKS=[former]):
            swept(MORNING)

    assert len(hook.posted) == 1


@override_settings(CHAT_HOSTS=HERE)
def test_nothing_that_opens_a_chat_stands_in_the_log(deadline, member, caplog):
    caplog.set_level(logging.INFO)
    with hooks.running(404) as hook, smtp_sink.running():
        opened = channels.open_address(f"http://127.0.0.1:{hook.port}/hook/s3cr3t-t0ken")
        chat = add_chat(person=member, opened=opened, at=NOW)
        by_channels(member, Way(Channel.CHAT, chat))
        swept(MORNING)

    assert "s3cr3t" not in caplog.text
    assert not Reminder.objects.filter(answer__contains="s3cr3t").exists()


# ---- The case's room -------------------------------------------------------------------------------------------------
@override_settings(CHAT_HOSTS=HERE)
def test_the_room_of_a_case_hears_what_the_owner_is_told_and_can_answer_nothing(deadline, counsel, member):
    with hooks.running() as hook, smtp_sink.running() as sink:
        opened = channels.open_address(hook.url)
        set_room(case=deadline.case, opened=opened, language="en", by=counsel, at=NOW)
        swept(MORNING)

    assert sink.recipients == [member.email]
    assert len(hook.posted) == 1
    assert "Send the plan" in hook.posted[0]["message"]
    assert "/acknowledge/" not in hook.posted[0]["message"]


@override_settings(CHAT_HOSTS=HERE)
def test_a_room_that_takes_nothing_makes_nobody_climb(deadline, counsel, member):
    with hooks.running(404) as hook, smtp_sink.running() as sink:
        opened = channels.open_address(hook.url)
        set_room(case=deadline.case, opened=opened, language="en", by=counsel, at=NOW)
        swept(MORNING)

    assert sink.recipients == [member.email]
    assert set(said()) == {("mail", member.email, "sent"), ("room", member.email, "failed")}


@override_settings(CHAT_HOSTS=HERE)
def test_a_new_room_takes_the_place_of_the_former(deadline, counsel, member):
    with hooks.running() as former, hooks.running() as later, smtp_sink.running():
        for hook in (former, later):
            opened = channels.open_address(hook.url)
            set_room(case=deadline.case, opened=opened, language="en", by=counsel, at=NOW)
        swept(MORNING)

    assert (len(former.posted), len(later.posted)) == (0, 1)


def test_of_who_is_erased_nothing_is_left_that_reaches_them(deadline, counsel, member, administrator):
    with hooks.running() as hook, smtp_sink.running(), override_settings(CHAT_HOSTS=HERE):
        by_channels(member, Way(Channel.CHAT, a_chat(member, hook)))
        subscribe(person=member, subject=Subject.DAY, rhythm=Rhythm.DAILY, when=time(8, 30), at=NOW)
        swept(MORNING)
    deactivate(person=member, reason="Leaves.", by=administrator, at=MORNING)
    erase_person(person=member, reason="asked", basis="PIPL Art. 47", by=administrator, at=MORNING)

    chat = ChatAddress.objects.get()
    assert (chat.sealed, chat.hint, chat.ended_at) == ("", "", MORNING)
    assert not ChosenChannel.objects.exists()
    assert Subscription.objects.get().next_at is None
    assert Reminder.objects.get(channel="chat").state == "sent"
