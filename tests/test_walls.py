"""Who may know of a case: named people from–to, staff where it is open; no administrator, nobody past a barrier."""

from datetime import UTC, datetime

import pytest

from cases.actions.case import end_access, grant_access, lift_barrier, raise_barrier
from cases.models import Deadline, Person, Role
from cases.permissions import POLICY, Forbidden, can, cases_visible_to, check_can, visible_to
from tests.factories import a_case, a_notice, a_person

LATER = datetime(2026, 9, 25, tzinfo=UTC)


def knows(person: Person, at: datetime) -> bool:
    return cases_visible_to(person, at=at).exists()


def test_only_named_people_know_of_a_case_by_default(
    counsel: Person, outsider: Person, executive: Person, administrator: Person, now: datetime
) -> None:
    a_case(by=counsel)

    assert [knows(p, now) for p in (counsel, outsider, executive, administrator)] == [True, False, False, False]


def test_open_to_staff_is_open_to_all_but_administrators(
    counsel: Person, outsider: Person, member: Person, administrator: Person, now: datetime
) -> None:
    a_case(by=counsel, is_open_to_staff=True)

    assert [knows(p, now) for p in (outsider, member, administrator)] == [True, True, False]


def test_access_ends_at_its_instant(counsel: Person, outsider: Person, now: datetime) -> None:
    access = grant_access(case=a_case(by=counsel), person=outsider, reason="review", by=counsel, at=now)
    assert knows(outsider, now)

    end_access(access=access, by=counsel, at=LATER)

    assert (knows(outsider, now), knows(outsider, LATER)) == (True, False)


def test_a_barrier_keeps_out_even_the_one_who_opened_it(counsel: Person, now: datetime) -> None:
    case = a_case(by=counsel, is_open_to_staff=True)

    barrier = raise_barrier(case=case, person=counsel, reason="conflict of interest", by=counsel, at=now)
    assert not knows(counsel, now)

    lift_barrier(barrier=barrier, by=counsel, at=now)
    assert knows(counsel, now)


def test_rows_of_a_case_are_scoped_with_it(counsel: Person, outsider: Person, now: datetime) -> None:
    a_notice(case=a_case(by=counsel), by=counsel)

    assert visible_to(Deadline.objects.all(), counsel, at=now).count() == 2
    assert not visible_to(Deadline.objects.all(), outsider, at=now).exists()


def test_an_inactive_person_knows_nothing(counsel: Person, now: datetime) -> None:
    a_case(by=counsel, is_open_to_staff=True)
    counsel.is_active = False

    assert not knows(counsel, now)
    assert not can(counsel, "view")


READERS = "read_evidence see_outbox see_portfolio view"
WORKERS = "add_evidence add_task assign_task flag import_hot_list log_contact mark_requirement_done post_update"
COUNSEL = (
    "hold_responsible change_mark add_requirement change_case close_case decide_deadline file form_task_force "
    "grant_access hold log_event change_reminders keep_reminders"
)
MAY = {
    Role.COUNSEL: f"{READERS} {WORKERS} {COUNSEL} translate work_on_task log_notice move_notice move_track "
    "record_service review_evidence review_flagged sign_briefing sign_off void "
    "see_rulebook import_arrangement record_payment see_reads note_classified_paper record_export_approval",
    Role.MEMBER: f"{READERS} {WORKERS} translate work_on_task",
    Role.EXECUTIVE: READERS,
    Role.AUDITOR: f"{READERS} see_rulebook see_reads see_system_log",
    Role.ADMINISTRATOR: "keep_people keep_reminders run_watch see_rulebook see_system_log import_arrangement",
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_do_this_and_no_more(db: None, role: Role) -> None:
    person = a_person(role)

    assert {verb for verb in POLICY if can(person, verb)} == set(MAY[role].split())


def test_a_refusal_says_which_roles_may(member: Person) -> None:
    with pytest.raises(Forbidden, match="It takes: Counsel"):
        check_can(member, "close_case")
