"""Between a word being made and its leaving the world may change: each change, and what happens then."""

from datetime import date, timedelta

import pytest
from django.core import mail

from cases.actions.case import close_case, end_access, raise_barrier
from cases.actions.deadline import (
    ask_extension,
    assign_deadline,
    grant_extension,
    meet_deadline,
    override_deadline,
    waive_deadline,
)
from cases.models import Case, CaseAccess, Deadline, DeadlineVersion, Leave, Person
from tests.factories import NOW, a_person
from tests.watching import MORNING, a_deadline, a_known_case, fates, swept, told
from tracker import channels
from tracker.models import Reminder
from tracker.reminders.arming import arm_all
from tracker.reminders.claiming import LETTER, claim
from tracker.reminders.making import make_due
from tracker.reminders.plain import plain
from tracker.reminders.sending import Fate, _send_next, obsolete
from tracker.reminders.writing import letter_for

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]

# Each change is seen by the full check and, before it, by the claim that spares it.
ENDED = "The deadline has ended."
ANEW = "The date was worked out anew."
OTHER = "Somebody else is to be told now."


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return a_known_case(counsel, member)


@pytest.fixture
def deadline(case: Case, counsel: Person, member: Person) -> Deadline:
    """Its word of the day before is made and has not left."""
    deadline = a_deadline(case, counsel, owner=member)
    swept(NOW)
    mail.outbox.clear()
    Reminder.objects.all().delete()
    arm_all(now=MORNING)
    make_due(now=MORNING)
    assert fates() == [(member.email, "unsent", "")]
    return deadline


def test_met_it_is_not_sent(deadline, counsel, member):
    meet_deadline(deadline=deadline, reason="the plan was sent", by=counsel, at=MORNING)

    swept(MORNING)

    assert told() == []
    assert fates() == [(member.email, "dropped", ENDED)]


def test_waived_it_is_not_sent(deadline, counsel, member):
    waive_deadline(deadline=deadline, reason="no longer asked for", by=counsel, at=MORNING)

    swept(MORNING)

    assert told() == []
    assert fates() == [(member.email, "dropped", ENDED)]


def test_extended_the_old_word_is_not_sent_and_the_new_date_is_armed(deadline, counsel, member):
    extension = ask_extension(deadline=deadline, until_on=date(2026, 12, 18), by=counsel, at=MORNING)
    grant_extension(extension=extension, decided_on=date(2026, 10, 15), by=counsel, at=MORNING)

    swept(MORNING)

    assert told() == []
    assert fates() == [(member.email, "dropped", ANEW)]
    deadline.watch.refresh_from_db()
    assert deadline.watch.next_occasion == "10wd@2026-12-18"


def test_extended_by_little_the_word_of_the_new_date_leaves_in_the_same_sweep(deadline, counsel, member):
    override_deadline(deadline=deadline, due_on=date(2026, 10, 19), reason="by telephone", by=counsel, at=MORNING)

    swept(MORNING)

    assert told() == [member.email]
    assert Reminder.objects.get(state="sent").occasion == "3wd@2026-10-19"


def test_worked_out_anew_to_the_same_day_it_is_said_once(deadline, counsel, member):
    override_deadline(deadline=deadline, due_on=deadline.due_on, reason="checked again", by=counsel, at=MORNING)

    swept(MORNING)
    swept(MORNING + timedelta(minutes=1))

    assert told() == [member.email]
    assert Reminder.objects.get(state="sent").version == deadline.versions.latest("number")


def test_reassigned_the_new_owner_is_told_and_the_old_is_not(deadline, case, counsel):
    bob = a_person()
    CaseAccess.objects.create(case=case, person=bob, from_at=NOW, reason="works on it", granted_by=counsel)
    assign_deadline(deadline=deadline, owner=bob, by=counsel, at=MORNING)

    swept(MORNING)

    assert told() == [bob.email]


def test_reassigned_and_back_the_owner_is_told_once(deadline, counsel, member):
    assign_deadline(deadline=deadline, owner=counsel, by=counsel, at=MORNING)
    arm_all(now=MORNING)
    assign_deadline(deadline=deadline, owner=member, by=counsel, at=MORNING)

    swept(MORNING)

    assert told() == [member.email]


def test_dropped_then_the_right_person_again_is_told_after_all(deadline, counsel, member):
    """A dropped word does not count as said to its person."""
    member.is_active = False
    member.save(update_fields=["is_active"])
    Reminder.objects.update(state="dropped", state_reason=OTHER)
    Deadline.objects.update(rearm=True)
    member.is_active = True
    member.save(update_fields=["is_active"])

    swept(MORNING)

    assert told() == [member.email]


def test_the_owner_left_lead_counsel_is_told(deadline, counsel, member):
    member.is_active = False
    member.save(update_fields=["is_active"])

    swept(MORNING)

    assert told() == [counsel.email]
    assert fates() == [(member.email, "dropped", OTHER), (counsel.email, "sent", "")]


def test_the_owner_lost_access_lead_counsel_is_told(deadline, case, counsel, member):
    end_access(access=CaseAccess.objects.get(case=case, person=member), by=counsel, at=MORNING)

    swept(MORNING)

    assert told() == [counsel.email]


def test_a_barrier_keeps_the_word_from_the_owner(deadline, case, counsel, member):
    raise_barrier(case=case, person=member, reason="worked for the other side", by=counsel, at=MORNING)

    swept(MORNING)

    assert told() == [counsel.email]


def test_the_owner_went_on_leave_the_stand_in_is_told(deadline, case, counsel, member):
    bob = a_person(given_en="Bob")
    CaseAccess.objects.create(case=case, person=bob, from_at=NOW, reason="works on it", granted_by=counsel)
    Leave.objects.create(person=member, from_on=date(2026, 10, 15), until_on=date(2026, 10, 20), stand_in=bob)

    swept(MORNING)

    assert told() == [bob.email]
    assert f"standing in for {member.name_en}" in mail.outbox[0].body


def test_the_case_was_closed_it_is_not_sent(deadline, case, counsel, member):
    meet_deadline(deadline=deadline, reason="sent", by=counsel, at=MORNING)
    close_case(case=case, reason="all done", by=counsel, at=MORNING)

    swept(MORNING)

    assert told() == []


def test_the_address_changed_the_word_goes_to_the_new_one(deadline, member):
    member.email = "new.address@platform.example"
    member.save(update_fields=["email"])

    swept(MORNING)

    assert told() == ["new.address@platform.example"]
    assert Reminder.objects.get().address == "new.address@platform.example"


def test_where_nothing_changed_one_statement_says_so_and_the_full_check_agrees(deadline, counsel, member):
    reminder = Reminder.objects.annotate(is_plain=plain(MORNING)).get()

    assert reminder.is_plain
    assert obsolete(reminder, now=MORNING) == ""


CHANGES = {
    "met": lambda d, c, m: meet_deadline(deadline=d, reason="sent", by=c, at=NOW),
    "moved": lambda d, c, m: override_deadline(deadline=d, due_on=date(2026, 11, 20), reason="x", by=c, at=NOW),
    "reassigned": lambda d, c, m: assign_deadline(deadline=d, owner=c, by=c, at=NOW),
    "left": lambda d, c, m: Person.objects.filter(pk=m.pk).update(is_active=False),
    "lost access": lambda d, c, m: end_access(access=CaseAccess.objects.get(case=d.case, person=m), by=c, at=NOW),
    "kept out": lambda d, c, m: raise_barrier(case=d.case, person=m, reason="x", by=c, at=NOW),
    "away": lambda d, c, m: Leave.objects.create(person=m, from_on=date(2026, 10, 15), until_on=date(2026, 10, 15)),
    "closed": lambda d, c, m: Case.objects.filter(pk=d.case_id).update(state="closed", closed_at=NOW),
    "the authority's": lambda d, c, m: Deadline.objects.filter(pk=d.pk).update(kind="regulator", rule_id="CN-15"),
    "undated": lambda d, c, m: Deadline.objects.filter(pk=d.pk).update(due_on=None, due_at=None),
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_change_is_missed_by_the_short_check(deadline, counsel, member, change):
    CHANGES[change](deadline, counsel, member)

    reminder = Reminder.objects.annotate(is_plain=plain(MORNING)).get()

    assert not reminder.is_plain
    assert obsolete(reminder, now=MORNING) != ""


def test_a_word_where_nothing_changed_takes_two_statements(deadline, django_assert_num_queries):
    with channels.mail() as connection, django_assert_num_queries(4):  # with BEGIN and COMMIT as savepoints
        assert _send_next(connection, lambda: MORNING) is Fate.SENT


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
@pytest.mark.parametrize("kind", ["internal", "duty"])
def test_what_is_read_of_a_plain_word_is_all_its_letter_is_written_from(
    deadline, member, language, kind, django_assert_num_queries
):
    Person.objects.filter(pk=member.pk).update(language=language)
    Deadline.objects.filter(pk=deadline.pk).update(kind=kind, rule_id="CN-21", caution="reading_not_chosen")
    DeadlineVersion.objects.update(provisional=True, safe_due_on=date(2026, 10, 15))
    Reminder.objects.update(acknowledge_within=None)  # the link to answer by is signed anew each second

    word = claim(MORNING, is_mail_away=False)
    with django_assert_num_queries(0):
        letter = letter_for(word, now=MORNING)

    assert word.is_plain
    assert letter == letter_for(Reminder.objects.select_related(*LETTER).get(pk=word.pk), now=MORNING)
