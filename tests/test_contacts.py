"""Contacts: the talk with both sides, its day where it was held, and what we promised in it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases.actions.belonging import NoTitle, OtherCase
from cases.actions.contact import AttendeeDraft, ContactDraft, NoSubject, UnclearAttendee, WrongDay, log_contact
from cases.actions.drafts import RequirementDraft
from cases.models import Case, Contact, LogEntry, Person, Requirement
from tests.factories import NOW, a_case, a_notice, an_authority
from tests.work import some_evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


def talk(case: Case, by: Person, *, promises: tuple[RequirementDraft, ...] = (), **fields: Any) -> Contact:
    given = {"kind": "talk", "authority": an_authority(), "subject": "约谈", **fields}
    return log_contact(case=case, contact=ContactDraft(**given), promises=promises, by=by, at=NOW)


def test_a_talk_keeps_both_sides_and_its_minutes(case: Case, counsel: Person) -> None:
    attendees = (
        AttendeeDraft(side="authority", name="李某", capacity="处长", card_number="31-0007"),
        AttendeeDraft(side="party", person=counsel),
        AttendeeDraft(side="party", name="Outside counsel"),
    )

    contact = talk(case, counsel, attendees=attendees, minutes="要求加强榜单审核", place="上海")

    assert [(a.side, a.person, a.name) for a in contact.attendees.all()] == [
        ("authority", None, "李某"),
        ("party", counsel, ""),
        ("party", None, "Outside counsel"),
    ]
    assert (contact.minutes, contact.minutes_language, contact.zone) == ("要求加强榜单审核", "zh-hans", "Asia/Shanghai")


def test_what_was_promised_becomes_ours_to_do(case: Case, counsel: Person) -> None:
    notice = a_notice(case=case, by=counsel)
    promise = RequirementDraft(title_zh="每日自查", origin="ordered", due_on=date(2026, 10, 9))

    contact = talk(case, counsel, promises=(promise, RequirementDraft(title_zh="每周报告")), notice=notice)

    first, second = Requirement.objects.order_by("number")
    assert (first.origin, first.contact, first.notice, first.deadline.due_on) == (
        "committed",
        contact,
        notice,
        date(2026, 10, 9),
    )
    assert (first.number, second.number, second.deadline) == (1, 2, None)
    assert LogEntry.objects.get(verb="log_contact").facts["promises"] == [first.uid, second.uid]


def test_an_hour_gives_the_day_where_it_was_held(case: Case, counsel: Person) -> None:
    half_past_midnight = datetime(2026, 9, 22, 16, 30, tzinfo=UTC)

    assert talk(case, counsel, held_at=half_past_midnight).held_on == date(2026, 9, 23)
    assert talk(case, counsel, held_on=date(2026, 9, 22)).held_on == date(2026, 9, 22)
    assert talk(case, counsel).held_on is None


@pytest.mark.parametrize(
    "fields",
    [
        {"held_on": date(2026, 9, 22), "held_at": datetime(2026, 9, 22, 16, 30, tzinfo=UTC)},
        {"held_on": date(2026, 9, 25)},
        {"held_at": datetime(2026, 9, 24, 1, 31, tzinfo=UTC)},
    ],
)
def test_a_day_that_contradicts_the_hour_or_is_still_to_come_is_refused(
    case: Case, counsel: Person, fields: dict[str, Any]
) -> None:
    with pytest.raises(WrongDay):
        talk(case, counsel, **fields)


def test_an_attendee_is_a_person_of_ours_or_a_name_and_sits_on_one_side(case: Case, counsel: Person) -> None:
    for attendee in (
        AttendeeDraft(side="party"),
        AttendeeDraft(side="party", name="  "),
        AttendeeDraft(side="party", person=counsel, name="Fang Lei"),
        AttendeeDraft(side="authority", person=counsel),
    ):
        with pytest.raises(UnclearAttendee):
            talk(case, counsel, attendees=(attendee,))
    assert not Contact.objects.exists()


def test_a_promise_that_cannot_be_recorded_leaves_no_contact(case: Case, counsel: Person) -> None:
    before = LogEntry.objects.count()

    with pytest.raises(NoTitle):
        talk(case, counsel, promises=(RequirementDraft(title_en="first"), RequirementDraft()))

    assert not Contact.objects.exists()
    assert (Requirement.objects.count(), LogEntry.objects.count()) == (0, before)


def test_a_contact_says_what_it_was_about_with_things_of_its_case(case: Case, counsel: Person) -> None:
    other = a_case(by=counsel)

    with pytest.raises(NoSubject):
        talk(case, counsel, subject=" ")
    with pytest.raises(OtherCase):
        talk(case, counsel, notice=a_notice(case=other, by=counsel))
    with pytest.raises(OtherCase):
        talk(case, counsel, evidence=some_evidence(other, by=counsel))
