"""Linking, accepting, sending back, superseding and deriving evidence."""

from io import BytesIO

import pytest

from cases.actions.belonging import NoReason, OtherCase
from cases.actions.evidence import (
    AlreadyLinked,
    AlreadyReviewed,
    EvidenceDraft,
    NotDerived,
    SameBytes,
    Superseded,
    accept_evidence,
    derive,
    link_evidence,
    send_back_evidence,
    supersede_evidence,
)
from cases.actions.proof import standing_proofs
from cases.models import Derivation, Evidence, Person
from tests.factories import NOW, a_case
from tests.work import a_requirement, a_task, some_evidence

pytestmark = pytest.mark.django_db


def test_evidence_is_linked_to_a_thing_of_its_case_once(counsel: Person) -> None:
    case = a_case(by=counsel)
    evidence, task = some_evidence(case, by=counsel), a_task(case, by=counsel)

    link = link_evidence(evidence=evidence, proves=task, by=counsel, at=NOW)

    assert (link.task, link.requirement, link.linked_by) == (task, None, counsel)
    with pytest.raises(AlreadyLinked):
        link_evidence(evidence=evidence, proves=task, by=counsel, at=NOW)


def test_evidence_is_not_linked_across_cases(counsel: Person) -> None:
    evidence, task = some_evidence(a_case(by=counsel), by=counsel), a_task(a_case(by=counsel), by=counsel)

    with pytest.raises(OtherCase):
        link_evidence(evidence=evidence, proves=task, by=counsel, at=NOW)


def test_evidence_sent_back_says_why_and_proves_nothing_until_it_is_accepted(counsel: Person) -> None:
    case = a_case(by=counsel)
    task = a_task(case, by=counsel)
    evidence = some_evidence(case, by=counsel, proves=[task])

    with pytest.raises(NoReason):
        send_back_evidence(evidence=evidence, reason="  ", by=counsel, at=NOW)
    sent_back = send_back_evidence(evidence=evidence, reason="no date on it", by=counsel, at=NOW)

    assert (sent_back.state, sent_back.state_reason, sent_back.reviewed_by) == ("sent_back", "no date on it", counsel)
    assert not standing_proofs(task=task).exists()
    assert accept_evidence(evidence=evidence, by=counsel, at=NOW).state_reason == ""
    assert standing_proofs(task=task).exists()


def test_the_same_verdict_twice_is_refused(counsel: Person) -> None:
    evidence = some_evidence(a_case(by=counsel), by=counsel)
    accept_evidence(evidence=evidence, by=counsel, at=NOW)

    with pytest.raises(AlreadyReviewed):
        accept_evidence(evidence=evidence, by=counsel, at=NOW)


def test_a_superseding_piece_takes_over_what_the_old_one_proves(counsel: Person) -> None:
    case = a_case(by=counsel)
    task, requirement = a_task(case, by=counsel), a_requirement(case, by=counsel)
    old = some_evidence(case, by=counsel, words=b"blurred", proves=[task, requirement])
    new = some_evidence(case, by=counsel, words=b"sharp", proves=[task])

    supersede_evidence(evidence=old, by_evidence=new, reason="blurred", by=counsel, at=NOW)

    assert [link.evidence for link in standing_proofs(task=task)] == [new]
    assert [link.evidence for link in standing_proofs(requirement=requirement)] == [new]
    assert old.links.count() == 2


def test_what_is_superseded_is_neither_linked_reviewed_nor_superseded_again(counsel: Person) -> None:
    case = a_case(by=counsel)
    task = a_task(case, by=counsel)
    old, new, third = (some_evidence(case, by=counsel, words=words) for words in (b"1", b"2", b"3"))
    supersede_evidence(evidence=old, by_evidence=new, reason="blurred", by=counsel, at=NOW)

    for attempt in (
        lambda: link_evidence(evidence=old, proves=task, by=counsel, at=NOW),
        lambda: accept_evidence(evidence=old, by=counsel, at=NOW),
        lambda: supersede_evidence(evidence=old, by_evidence=third, reason="x", by=counsel, at=NOW),
        lambda: supersede_evidence(evidence=new, by_evidence=old, reason="x", by=counsel, at=NOW),
        lambda: supersede_evidence(evidence=third, by_evidence=third, reason="x", by=counsel, at=NOW),
        lambda: supersede_evidence(evidence=third, by_evidence=new, reason="x", by=counsel, at=NOW),
    ):
        with pytest.raises(Superseded):
            attempt()


def a_derivative(evidence: Evidence, by: Person, **fields: object) -> Evidence:
    given = {"derivation": Derivation.REDACTED, "why": "names of third persons", "file": BytesIO(b"black bars")}
    return derive(evidence=evidence, filename="redacted.pdf", draft=EvidenceDraft(), by=by, at=NOW, **given | fields)


def test_a_derivative_names_its_original_and_the_original_tells_it_was_read(counsel: Person) -> None:
    original = some_evidence(a_case(by=counsel), by=counsel)

    redacted = a_derivative(original, counsel)

    assert (redacted.derived_from, redacted.derivation) == (original, "redacted")
    assert redacted.derived_why == "names of third persons"
    read = original.custody.get(number=2)
    assert (read.action, read.values["derived"]) == ("read", redacted.uid)


def test_a_derivative_of_no_kind_without_reason_or_with_the_same_bytes_is_refused(counsel: Person) -> None:
    original = some_evidence(a_case(by=counsel), by=counsel)

    with pytest.raises(NoReason):
        a_derivative(original, counsel, why="")
    with pytest.raises(NotDerived):
        a_derivative(original, counsel, derivation=Derivation.NONE)
    with pytest.raises(SameBytes):
        a_derivative(original, counsel, file=BytesIO(b"rank,title"))
