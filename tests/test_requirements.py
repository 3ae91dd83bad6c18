"""Requirements: words and dates changed, done with proof, signed off by a second person, reopened, withdrawn."""

from datetime import date

import pytest

from cases.actions.belonging import MayNotKnow, NoReason, NoTitle, OtherCase
from cases.actions.evidence import send_back_evidence
from cases.actions.log import Conflict
from cases.actions.requirement import (
    NoProof,
    NotOpen,
    OpenTasks,
    SecondPerson,
    change_requirement,
    mark_requirement_done,
    reopen_requirement,
    sign_off,
    withdraw_requirement,
)
from cases.actions.task import complete_task
from cases.models import Case, Deadline, Person, Requirement
from tests.factories import NOW, a_case, a_notice
from tests.work import a_requirement, a_task, some_evidence

pytestmark = pytest.mark.django_db
DUE = date(2026, 9, 30)


@pytest.fixture
def case(counsel: Person) -> Case:
    return a_case(by=counsel)


def done(case: Case, by: Person) -> Requirement:
    requirement = a_requirement(case, by=by, due_on=DUE)
    some_evidence(case, by=by, proves=[requirement])
    return mark_requirement_done(requirement=requirement, by=by, at=NOW)


def test_a_requirement_is_numbered_and_its_date_is_its_owners(case: Case, counsel: Person) -> None:
    notice = a_notice(case=case, by=counsel)

    first = a_requirement(case, by=counsel, measure=notice.measures.get())
    second = a_requirement(case, by=counsel, due_on=DUE, owner=counsel, origin="committed")

    assert (first.number, first.notice, first.deadline) == (1, notice, None)
    assert (second.number, second.origin, second.deadline.due_on, second.deadline.owner) == (
        2,
        "committed",
        DUE,
        counsel,
    )


def test_a_requirement_needs_a_title_things_of_its_case_and_an_owner_who_knows(
    case: Case, counsel: Person, member: Person
) -> None:
    elsewhere = a_notice(case=a_case(by=counsel), by=counsel)

    with pytest.raises(NoTitle):
        a_requirement(case, by=counsel, title_en="")
    with pytest.raises(OtherCase):
        a_requirement(case, by=counsel, notice=elsewhere)
    with pytest.raises(OtherCase):
        a_requirement(case, by=counsel, measure=elsewhere.measures.get())
    with pytest.raises(MayNotKnow):
        a_requirement(case, by=counsel, owner=member)
    assert not Requirement.objects.exists()


def test_words_owner_and_date_are_changed_together(case: Case, counsel: Person) -> None:
    requirement = a_requirement(case, by=counsel, due_on=DUE)
    fields = {"clause": "每小时审核榜单", "owner": counsel, "due_on": date(2026, 10, 12)}

    changed = change_requirement(requirement=requirement, fields=fields, revision=1, by=counsel, at=NOW)

    deadline = Deadline.objects.get(requirement=requirement)
    assert (changed.clause, changed.owner, changed.revision) == ("每小时审核榜单", counsel, 2)
    assert (deadline.due_on, deadline.owner, deadline.rearm) == (date(2026, 10, 12), counsel, True)
    assert deadline.versions.count() == 2


def test_a_date_is_given_later_and_taken_away_with_a_trace(case: Case, counsel: Person) -> None:
    requirement = a_requirement(case, by=counsel)

    given = change_requirement(requirement=requirement, fields={"due_on": DUE}, by=counsel, at=NOW)
    first = given.deadline
    taken = change_requirement(requirement=requirement, fields={"due_on": None}, by=counsel, at=NOW)

    assert (first.due_on, taken.deadline) == (DUE, None)
    assert Deadline.objects.get(pk=first.pk).outcome == "withdrawn"


def test_a_change_to_what_somebody_changed_meanwhile_is_a_conflict(case: Case, counsel: Person) -> None:
    requirement = a_requirement(case, by=counsel)
    change_requirement(requirement=requirement, fields={"clause": "a"}, revision=1, by=counsel, at=NOW)

    with pytest.raises(Conflict) as refused:
        change_requirement(requirement=requirement, fields={"clause": "b"}, revision=1, by=counsel, at=NOW)

    assert refused.value.details == {"revision": 2}
    assert Requirement.objects.get().clause == "a"


def test_a_change_cannot_empty_the_title_move_the_state_or_touch_what_is_done(case: Case, counsel: Person) -> None:
    requirement = done(case, counsel)

    with pytest.raises(NotOpen):
        change_requirement(requirement=requirement, fields={"clause": "b"}, by=counsel, at=NOW)
    reopen_requirement(requirement=requirement, reason="not yet", by=counsel, at=NOW)
    with pytest.raises(NoTitle):
        change_requirement(requirement=requirement, fields={"title_en": ""}, by=counsel, at=NOW)
    with pytest.raises(ValueError, match="state"):
        change_requirement(requirement=requirement, fields={"state": "met"}, by=counsel, at=NOW)


def test_done_needs_proof_of_its_own_or_of_one_of_its_tasks(case: Case, counsel: Person) -> None:
    requirement = a_requirement(case, by=counsel, due_on=DUE)
    with pytest.raises(NoProof):
        mark_requirement_done(requirement=requirement, by=counsel, at=NOW)
    task = a_task(case, by=counsel, requirement=requirement)
    some_evidence(case, by=counsel, proves=[task])
    with pytest.raises(OpenTasks, match="1"):
        mark_requirement_done(requirement=requirement, by=counsel, at=NOW)
    complete_task(task=task, by=counsel, at=NOW)

    marked = mark_requirement_done(requirement=requirement, by=counsel, at=NOW)

    assert (marked.state, marked.done_by, marked.done_at) == ("done", counsel, NOW)
    assert Deadline.objects.get(requirement=requirement).outcome == "met"


def test_a_second_person_signs_off(case: Case, counsel: Person, outsider: Person) -> None:
    requirement = done(case, counsel)

    with pytest.raises(SecondPerson):
        sign_off(requirement=requirement, by=counsel, at=NOW)
    signed = sign_off(requirement=requirement, by=outsider, at=NOW)

    assert (signed.state, signed.signed_off_by) == ("met", outsider)
    with pytest.raises(NotOpen):
        sign_off(requirement=requirement, by=outsider, at=NOW)


def test_what_is_not_done_or_lost_its_proof_is_not_signed_off(case: Case, counsel: Person, outsider: Person) -> None:
    with pytest.raises(NotOpen):
        sign_off(requirement=a_requirement(case, by=counsel), by=outsider, at=NOW)
    requirement = done(case, counsel)
    send_back_evidence(evidence=case.evidence.get(), reason="no date on it", by=counsel, at=NOW)

    with pytest.raises(NoProof):
        sign_off(requirement=requirement, by=outsider, at=NOW)


def test_reopening_clears_who_did_and_signed_and_runs_the_date_again(
    case: Case, counsel: Person, outsider: Person
) -> None:
    requirement = done(case, counsel)
    sign_off(requirement=requirement, by=outsider, at=NOW)

    with pytest.raises(NoReason):
        reopen_requirement(requirement=requirement, reason="", by=counsel, at=NOW)
    again = reopen_requirement(requirement=requirement, reason="came back", by=counsel, at=NOW)

    assert (again.state, again.done_by, again.signed_off_by) == ("open", None, None)
    assert Deadline.objects.get(requirement=requirement).outcome == "running"
    with pytest.raises(NotOpen):
        reopen_requirement(requirement=requirement, reason="twice", by=counsel, at=NOW)


def test_withdrawing_says_why_and_ends_its_date(case: Case, counsel: Person, outsider: Person) -> None:
    requirement = a_requirement(case, by=counsel, due_on=DUE)

    with pytest.raises(NoReason):
        withdraw_requirement(requirement=requirement, reason="", by=counsel, at=NOW)
    withdrawn = withdraw_requirement(requirement=requirement, reason="dropped by the authority", by=counsel, at=NOW)

    ended = Deadline.objects.get(requirement=requirement)
    assert (withdrawn.state, ended.outcome, ended.outcome_reason) == (
        "withdrawn",
        "withdrawn",
        "dropped by the authority",
    )
    met = sign_off(requirement=done(case, counsel), by=outsider, at=NOW)
    for requirement in (withdrawn, met):
        with pytest.raises(NotOpen):
            withdraw_requirement(requirement=requirement, reason="again", by=counsel, at=NOW)
