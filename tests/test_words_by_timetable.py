"""Digests, the lead's week and status mails: each once, made up once when missed, and only while its reader may."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail

from cases.actions.case import end_access, grant_access
from cases.models import Deadline, Role
from tests.factories import NOW, a_person
from tests.watching import a_deadline, a_known_case, shanghai, swept, told
from tracker.models import Channel, Reminder, Rhythm, Subject, Subscription, WordKind
from tracker.reminders import rehearse, subscribe_everybody
from tracker.reminders.choosing import choose_channels, subscribe, unsubscribe
from tracker.reminders.ways import Way

pytestmark = pytest.mark.django_db
BEFORE = shanghai(2026, 10, 13, 20, 0)
TUESDAY = shanghai(2026, 10, 13, 8, 30)
WEDNESDAY = shanghai(2026, 10, 14, 8, 30)
THURSDAY = shanghai(2026, 10, 15, 8, 30)
EIGHT_THIRTY = time(8, 30)


@pytest.fixture
def case(counsel, member):
    return a_known_case(counsel, member)


def daily(person, at=BEFORE):
    return subscribe(person=person, subject=Subject.DAY, rhythm=Rhythm.DAILY, when=EIGHT_THIRTY, at=at)


def digests(person):
    return [m for m in mail.outbox if m.to == [person.email] and m.subject.startswith("Casebook:")]


def words(kind="digest"):
    rows = Reminder.objects.filter(kind=kind).order_by("pk")
    return list(rows.values_list("person__email", "occasion", "state"))


# ---- The morning's digest --------------------------------------------------------------------------------------------
def test_the_digest_comes_each_morning_once(case, counsel, member):
    daily(member)
    for at in (WEDNESDAY - timedelta(minutes=1), WEDNESDAY, WEDNESDAY + timedelta(minutes=1), THURSDAY, THURSDAY):
        swept(at)

    assert [occasion.partition(":")[2].partition(":")[2] for _who, occasion, _state in words()] == [
        "2026-10-14", "2026-10-15",
    ]  # fmt: skip


def test_it_says_that_nothing_is_due_when_nothing_is(case, member):
    daily(member)
    swept(WEDNESDAY)

    [sent] = digests(member)
    assert sent.subject == "Casebook: Nothing is due today, Wed 14 Oct 2026"
    assert "No date set by law or order lies ahead of you." in sent.body


def test_it_says_what_is_overdue_due_today_ahead_and_waits(case, counsel, member):
    a_deadline(case, counsel, member, due_on=date(2026, 10, 12))
    a_deadline(case, counsel, member, due_on=date(2026, 10, 14))
    a_deadline(case, counsel, member, due_on=date(2026, 10, 16))
    a_deadline(case, counsel, member, due_on=date(2026, 12, 1))
    daily(member)
    swept(WEDNESDAY)

    [sent] = digests(member)
    assert sent.subject == "Casebook: Wed 14 Oct 2026: 1 overdue, 1 due today"
    parts = ["Overdue", "Due today", "In the next seven days"]
    assert [part for part in parts if f"\n{part}\n" in sent.body] == parts
    assert "Fri 16 Oct 2026" in sent.body
    assert "1 Dec 2026" not in sent.body


def test_of_a_case_only_named_people_know_it_names_no_title(counsel, member):
    case = a_known_case(counsel, member, is_named_in_mail=False)
    a_deadline(case, counsel, member, due_on=date(2026, 10, 14))
    daily(member)
    swept(WEDNESDAY)

    [sent] = digests(member)
    html = sent.alternatives[0][0]
    for text in (sent.subject, sent.body, html):
        assert "Send the plan" not in text
        assert "rectification" not in text
    assert case.reference in sent.body


def test_nobody_reads_of_a_case_they_may_not_know(case, counsel, member):
    other = a_person(Role.MEMBER)
    a_deadline(case, counsel, member, due_on=date(2026, 10, 14))
    daily(other)
    swept(WEDNESDAY)

    [sent] = digests(other)
    assert "Nothing is due today" in sent.subject
    assert case.reference not in sent.body


def test_a_digest_missed_for_days_comes_once_late_and_says_so(case, member):
    daily(member)
    late = shanghai(2026, 10, 19, 11, 0)
    swept(late)
    swept(late + timedelta(minutes=1))

    [sent] = digests(member)
    assert "Mon 19 Oct 2026" in sent.subject
    assert "This comes late: it was due on Wed 14 Oct 2026 08:30" in sent.body
    assert Subscription.objects.get(subject="day").next_at == shanghai(2026, 10, 20, 8, 30)


def test_quiet_hours_put_it_off(case, member):
    member.quiet_from, member.quiet_until = time(21, 0), time(9, 15)
    member.save(update_fields=["quiet_from", "quiet_until"])
    daily(member)
    swept(WEDNESDAY)
    before = len(digests(member))
    swept(shanghai(2026, 10, 14, 9, 15))

    assert (before, len(digests(member))) == (0, 1)
    assert "This comes late" not in digests(member)[0].body


@pytest.mark.parametrize(("language", "none"), [("zh-hans", "没有"), ("zh-hant", "沒有")])
def test_in_the_language_of_its_reader(case, member, language, none):
    member.language = language
    member.save(update_fields=["language"])
    daily(member)
    swept(WEDNESDAY)

    [sent] = digests(member)
    assert "2026年10月14日" in sent.subject
    assert none in sent.subject
    assert "Nothing" not in sent.subject + sent.body + sent.alternatives[0][0]


def test_on_the_desk_alone_no_mail_leaves(case, member):
    daily(member)
    choose_channels(person=member, chosen={WordKind.DIGEST: [Way(Channel.DESK)]}, by=member, at=BEFORE)
    swept(WEDNESDAY)

    assert told() == []
    word = Reminder.objects.get(kind="digest")
    assert (word.state, word.answer, word.case, word.deadline) == ("sent", "shown on the Desk", None, None)
    assert "Nothing is due today" in word.text


def test_who_ended_it_gets_none_and_is_not_subscribed_again(case, member):
    unsubscribe(subscription=daily(member), by=member, at=BEFORE)
    subscribe_everybody(now=BEFORE)
    swept(WEDNESDAY)

    assert digests(member) == []


def test_ended_between_making_and_sending_it_is_dropped(case, member):
    member.quiet_from, member.quiet_until = time(21, 0), time(9, 15)
    member.save(update_fields=["quiet_from", "quiet_until"])
    subscription = daily(member)
    swept(WEDNESDAY)
    unsubscribe(subscription=subscription, by=member, at=WEDNESDAY)
    swept(shanghai(2026, 10, 14, 9, 15))

    assert [state for *_rest, state in words()] == ["dropped"]


def test_who_has_left_gets_none(case, member):
    daily(member)
    member.is_active = False
    member.save(update_fields=["is_active"])
    swept(WEDNESDAY)

    assert words() == []


def test_everybody_who_sees_cases_gets_a_digest_and_who_leads_the_week(case, counsel, member, administrator, executive):
    made = subscribe_everybody(now=BEFORE)

    assert subscribe_everybody(now=BEFORE) == 0
    found = set(Subscription.objects.values_list("person__email", "subject", "rhythm", "weekday"))
    assert made == len(found) == 4
    assert found == {
        (counsel.email, "day", "daily", None),
        (counsel.email, "week", "weekly", 1),
        (member.email, "day", "daily", None),
        (executive.email, "day", "daily", None),
    }


def test_working_days_follow_the_holidays_and_the_make_up_days(case, member):
    subscribe(
        person=member, subject=Subject.DAY, rhythm=Rhythm.WORKING_DAYS, when=EIGHT_THIRTY, at=shanghai(2026, 9, 30, 9)
    )
    for day in range(1, 12):
        swept(shanghai(2026, 10, day, 8, 30))

    assert [occasion[-2:] for _who, occasion, _state in words()] == ["08", "09", "10"]


# ---- The week of who leads -------------------------------------------------------------------------------------------
def weekly(person):
    return subscribe(person=person, subject=Subject.WEEK, rhythm=Rhythm.WEEKLY, when=EIGHT_THIRTY, weekday=1, at=BEFORE)


def test_the_week_of_what_one_leads(case, counsel, member):
    a_deadline(case, counsel, counsel, due_on=date(2026, 10, 21))
    weekly(counsel)
    swept(shanghai(2026, 10, 18, 8, 30))
    swept(shanghai(2026, 10, 19, 8, 30))

    [sent] = digests(counsel)
    assert sent.subject == "Casebook: The week from Mon 19 Oct 2026: what you lead"
    assert "Wed 21 Oct 2026" in sent.body
    assert "Tasks closed: 0 of 0" in sent.body


def test_who_leads_nothing_any_more_gets_no_week(case, counsel, member):
    weekly(counsel)
    case.lead_counsel = None
    case.save(update_fields=["lead_counsel"])
    swept(shanghai(2026, 10, 19, 8, 30))

    assert digests(counsel) == []
    assert [state for *_rest, state in words()] == ["dropped"]


# ---- Status mails ----------------------------------------------------------------------------------------------------
def status(person, rhythm, case=None, **more):
    return subscribe(
        person=person, subject=Subject.STATUS, rhythm=rhythm, case=case, when=EIGHT_THIRTY, at=BEFORE, **more
    )


def test_where_all_cases_stand_each_week(case, counsel, executive):
    grant_access(case=case, person=executive, reason="reads", by=counsel, at=NOW)
    status(executive, Rhythm.WEEKLY, weekday=3)
    swept(WEDNESDAY)
    swept(THURSDAY)

    [sent] = digests(executive)
    assert sent.subject == "Casebook: Where things stand on Wed 14 Oct 2026"
    assert case.reference in sent.body


def test_where_one_case_stands_each_day(case, counsel, executive):
    grant_access(case=case, person=executive, reason="reads", by=counsel, at=NOW)
    status(executive, Rhythm.DAILY, case)
    swept(WEDNESDAY)
    swept(THURSDAY)

    assert len(digests(executive)) == 2
    assert f"Case {case.reference}: " in digests(executive)[0].subject


def test_who_lost_the_right_to_see_the_case_is_told_nothing(case, counsel, executive):
    access = grant_access(case=case, person=executive, reason="reads", by=counsel, at=NOW)
    status(executive, Rhythm.DAILY, case)
    end_access(access=access, by=counsel, at=BEFORE)
    swept(WEDNESDAY)

    assert digests(executive) == []
    assert words("status")[0][2] == "dropped"
    assert Reminder.objects.get(kind="status").text == ""


def test_before_each_hard_date_once(counsel, executive, case):
    grant_access(case=case, person=executive, reason="reads", by=counsel, at=NOW)
    deadline = a_deadline(case, counsel, counsel, due_on=date(2026, 10, 16))
    Deadline.objects.filter(pk=deadline.pk).update(kind="ordered")
    status(executive, Rhythm.HARD_DATES, case, days_before=2)
    for day in (12, 13, 14, 15, 16, 17):
        swept(shanghai(2026, 10, day, 8, 30))

    assert [occasion.rpartition(":")[2] for _who, occasion, _state in words("status")] == ["2026-10-16"]
    assert Reminder.objects.get(kind="status").sent_at == WEDNESDAY


def test_a_rehearsal_of_the_morning_equals_what_is_sent(case, counsel, member):
    a_deadline(case, counsel, member, due_on=date(2026, 10, 15))
    daily(member)
    foretold = {(each.letter.to, each.letter.subject) for each in rehearse(now=WEDNESDAY) if not each.obsolete}
    swept(WEDNESDAY)

    assert foretold == {(message.to[0], message.subject) for message in mail.outbox}
    assert len(foretold) >= 1


def test_a_second_wish_of_a_kind_takes_the_place_of_the_first(case, member):
    daily(member)
    later = subscribe(person=member, subject=Subject.DAY, rhythm=Rhythm.WEEKLY, weekday=5, when=time(7, 0), at=BEFORE)

    assert list(Subscription.objects.filter(person=member, ended_at__isnull=True)) == [later]
    assert later.next_at == datetime(2026, 10, 15, 23, 0, tzinfo=UTC)
