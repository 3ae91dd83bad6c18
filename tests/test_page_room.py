"""The chat room of a case is named and taken away by counsel, and its secret is shown to nobody."""

import pytest

from cases.actions.case import close_case
from cases.models import LogEntry
from tests.rooms import EARLIER, an_old_case, main_of, reading
from tracker.models import ChatAddress

pytestmark = pytest.mark.django_db
HOOK = "https://open.feishu.cn/open-apis/bot/v2/hook/0123abcd-4567-89ef-aaaa-bbbbccccdddd"
ROBOT = "https://oapi.dingtalk.com/robot/send?access_token=" + "abcdef0123456789" * 4


def url_of(case, step=""):
    return f"/en/cases/{case.reference}/people/room/{step}"


def name(case, by, address=HOOK, language="zh-hans"):
    return reading(by).post(url_of(case), {"address": address, "language": language})


def test_counsel_is_led_there_from_the_people_and_others_are_not(counsel, member):
    case = an_old_case(counsel, member)
    people = f"/en/cases/{case.reference}/people/"

    assert url_of(case) in reading(counsel).get(people).text
    assert url_of(case) not in reading(member).get(people).text


def test_a_room_is_named_with_its_language(counsel):
    case = an_old_case(counsel)

    answer = name(case, counsel)

    room = ChatAddress.objects.get()
    shown = main_of(reading(counsel).get(url_of(case)))
    assert answer.url == url_of(case)
    assert (room.case, room.person, room.language, room.service) == (case, None, "zh-hans", "feishu")
    assert "Feishu" in shown
    assert "0123abcd" not in shown + room.sealed + str(LogEntry.objects.get(verb="set_room").facts)


def test_another_takes_its_place(counsel):
    case = an_old_case(counsel)
    name(case, counsel)

    name(case, counsel, ROBOT, "en")

    assert [room.service for room in ChatAddress.objects.filter(ended_at__isnull=True)] == ["dingtalk"]


def test_what_is_no_address_is_told_beside_the_field_and_the_room_stays(counsel):
    case = an_old_case(counsel)
    name(case, counsel)

    answer = name(case, counsel, "tgram://1/2", "zh-hant")

    assert answer.status_code == 422
    assert "This is no address of a chat that Casebook speaks to." in main_of(answer)
    assert 'value="tgram://1/2"' in main_of(answer)
    assert '<option value="zh-hant" selected>' in main_of(answer)
    assert ChatAddress.objects.get().ended_at is None


def test_a_room_is_taken_away_once(counsel):
    case = an_old_case(counsel)
    name(case, counsel)
    room = ChatAddress.objects.get()

    for _ in range(2):
        assert reading(counsel).post(url_of(case, f"{room.uid}/end/")).url == url_of(case)

    room.refresh_from_db()
    assert (room.sealed, LogEntry.objects.filter(verb="end_chat", case=case).count()) == ("", 1)
    assert "No room is named" in main_of(reading(counsel).get(url_of(case)))


@pytest.mark.parametrize("fields", [{"is_open_to_staff": True}, {"is_named_in_mail": True}, {}])
def test_page_says_whether_titles_are_named_there(counsel, fields):
    shown = main_of(reading(counsel).get(url_of(an_old_case(counsel, **fields))))

    assert ("with its titles" in shown) == bool(fields)
    assert ("its reference and days, no title" in shown) == (not fields)


def test_of_a_closed_case_no_room_is_named(counsel):
    case = an_old_case(counsel)
    close_case(case=case, reason="done", by=counsel, at=EARLIER)

    answer = name(case, counsel)

    assert answer.status_code == 409
    assert not ChatAddress.objects.exists()


@pytest.mark.parametrize("role", ["member", "executive", "auditor"])
def test_others_are_told_who_may(counsel, role, request):
    person = request.getfixturevalue(role)
    case = an_old_case(counsel, person)

    assert reading(person).get(url_of(case)).status_code == 403
    assert name(case, person).status_code == 403


def test_a_room_of_another_case_is_not_taken_away_from_this_one(counsel):
    ours, other = an_old_case(counsel), an_old_case(counsel)
    name(other, counsel)
    room = ChatAddress.objects.get()

    assert reading(counsel).post(url_of(ours, f"{room.uid}/end/")).status_code == 404
    assert ChatAddress.objects.get().ended_at is None


def test_who_may_not_know_of_the_case_finds_nothing(counsel, outsider):
    case = an_old_case(counsel)

    assert [reading(outsider).get(url_of(case)).status_code, name(case, outsider).status_code] == [404, 404]


def test_the_timeline_says_that_it_was_named(counsel):
    case = an_old_case(counsel)
    name(case, counsel)

    shown = main_of(reading(counsel).get(f"/en/cases/{case.reference}/timeline/"))

    assert "named the chat room of the case" in shown.lower()
