"""An order not to destroy: noted in the custody of all the case's evidence, released once, with a reason."""

import pytest

from cases.actions.belonging import NoReason
from cases.actions.hold import AlreadyReleased, NoScope, issue_hold, release_hold
from cases.models import LegalHold, Person
from tests.factories import NOW, a_case
from tests.work import some_evidence

pytestmark = pytest.mark.django_db
SCOPE = "Lists and logs of August 2026"


def test_a_hold_is_noted_on_every_piece_of_the_case_and_of_no_other(counsel: Person) -> None:
    case = a_case(by=counsel)
    first, second = some_evidence(case, by=counsel, words=b"1"), some_evidence(case, by=counsel, words=b"2")
    elsewhere = some_evidence(a_case(by=counsel), by=counsel)

    hold = issue_hold(case=case, scope=SCOPE, reason="CN-01 先行登记保存", by=counsel, at=NOW)

    for evidence in (first, second):
        entry = evidence.custody.get(number=2)
        assert (entry.action, entry.values["hold"]) == ("hold", hold.uid)
    assert elsewhere.custody.count() == 1


def test_a_hold_is_released_once_with_its_reason(counsel: Person) -> None:
    case = a_case(by=counsel)
    evidence = some_evidence(case, by=counsel)
    hold = issue_hold(case=case, scope=SCOPE, reason="inquiry", by=counsel, at=NOW)

    with pytest.raises(NoReason):
        release_hold(hold=hold, reason="", by=counsel, at=NOW)
    released = release_hold(hold=hold, reason="case closed", by=counsel, at=NOW)

    assert (released.released_at, released.released_by, released.release_reason) == (NOW, counsel, "case closed")
    assert list(evidence.custody.values_list("action", flat=True)) == ["intake", "hold", "release"]
    with pytest.raises(AlreadyReleased):
        release_hold(hold=hold, reason="again", by=counsel, at=NOW)


def test_a_hold_without_scope_or_reason_is_refused(counsel: Person) -> None:
    case = a_case(by=counsel)

    with pytest.raises(NoScope):
        issue_hold(case=case, scope=" ", reason="inquiry", by=counsel, at=NOW)
    with pytest.raises(NoReason):
        issue_hold(case=case, scope=SCOPE, reason=" ", by=counsel, at=NOW)
    assert not LegalHold.objects.exists()
