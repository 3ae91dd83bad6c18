"""What is done with legal advice leaves no trace where others read, and proves nothing to them."""

from io import BytesIO

import pytest

from cases.actions.case import closing_obstacles, grant_access
from cases.actions.drafts import EvidenceDraft
from cases.actions.evidence import derive, link_evidence
from cases.actions.filing import file
from cases.actions.marking import UnderAdvice, change_mark
from cases.actions.requirement import NoProof, mark_requirement_done
from cases.actions.task import complete_task, post_update, start_task
from cases.actions.translation import add_translation
from cases.models import Case, Derivation, Person
from cases.permissions import visible_to
from tests.api_world import AT, DAY, the_case
from tests.factories import an_authority
from tests.test_item_walls import ADVICE, contact, evidence, task
from tests.work import a_requirement, a_task

pytestmark = pytest.mark.django_db


def read_by(person: Person, case: Case) -> set[str]:
    """Every uid that a log entry they may read names, as its object or in its facts."""
    entries = visible_to(case.log.all(), person, at=AT)
    return {word for entry in entries for word in (entry.object_uid, *map(str, entry.facts.values()))}


def known(counsel: Person, member: Person) -> Case:
    case = the_case(counsel)
    grant_access(case=case, person=member, reason="works on it", by=counsel, at=AT)
    return case


def test_open_evidence_linked_to_work_under_advice_does_not_name_it(counsel: Person, member: Person) -> None:
    case = known(counsel, member)
    work, piece = task(case, counsel), evidence(case, counsel, b"open", "internal")

    link_evidence(evidence=piece, proves=work, by=counsel, at=AT)

    assert work.uid in read_by(counsel, case)
    assert work.uid not in read_by(member, case)


def test_neither_do_a_translation_of_advice_nor_an_open_word_on_its_task(counsel: Person, member: Person) -> None:
    case = known(counsel, member)
    work, talk = task(case, counsel), contact(case, counsel)
    type(talk).objects.filter(pk=talk.pk).update(minutes="不宜申辩")
    talk.refresh_from_db()

    add_translation(record=talk, field="minutes", language="en", words="Do not.", made_by="human", by=counsel, at=AT)
    post_update(case=case, task=work, words="Half way.", by=counsel, at=AT)

    assert {work.uid, talk.uid} <= read_by(counsel, case)
    assert not {work.uid, talk.uid} & read_by(member, case)


def test_it_proves_nothing_to_others(counsel: Person) -> None:
    case = the_case(counsel)
    wanted = a_requirement(case, by=counsel, at=AT)
    link_evidence(evidence=evidence(case, counsel), proves=wanted, by=counsel, at=AT)

    with pytest.raises(NoProof):
        mark_requirement_done(requirement=wanted, by=counsel, at=AT)


def test_work_under_advice_closes_with_it_and_open_work_does_not(counsel: Person) -> None:
    case = the_case(counsel)
    apart, shared, advice = task(case, counsel), a_task(case, by=counsel, at=AT), evidence(case, counsel)
    for work in (apart, shared):
        start_task(task=work, by=counsel, at=AT)
        link_evidence(evidence=advice, proves=work, by=counsel, at=AT)

    complete_task(task=apart, by=counsel, at=AT)
    with pytest.raises(NoProof):
        complete_task(task=shared, by=counsel, at=AT)

    assert "task_without_proof" not in {each.code for each in closing_obstacles(case)}


def test_nothing_is_filed_on_its_date_nor_is_a_date_filed_on_put_apart(counsel: Person) -> None:
    case = the_case(counsel)
    apart, shared = task(case, counsel), a_task(case, by=counsel, at=AT, due_on=DAY)
    sent = {"case": case, "kind": "other", "authority": an_authority(), "sent_at": AT, "by": counsel, "at": AT}

    with pytest.raises(UnderAdvice, match="the date of a task under legal advice"):
        file(**sent, deadline=apart.deadline)
    file(**sent, deadline=shared.deadline)
    with pytest.raises(UnderAdvice, match="Others see this already"):
        change_mark(item=shared, mark=ADVICE, reason="too late", by=counsel, at=AT)


def test_a_copy_under_advice_of_what_is_open_is_taken_in_by_itself(counsel: Person) -> None:
    case = the_case(counsel)
    piece, draft = evidence(case, counsel, b"open", "internal"), EvidenceDraft(protection_mark=ADVICE)
    how = {"derivation": Derivation.EXTRACT, "why": "annotated", "filename": "notes.pdf"}

    with pytest.raises(UnderAdvice, match="by itself"):
        derive(evidence=piece, file=BytesIO(b"notes"), draft=draft, by=counsel, at=AT, **how)
