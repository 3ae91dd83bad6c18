"""What a person was shown is theirs: no cache keeps it, by page or by token."""

import pytest

from cases.models import Person
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/en/", "/en/cases/", "/en/account/", "/en/nothing/"])
def test_what_a_person_was_shown_is_kept_by_nobody(path: str, counsel: Person) -> None:
    answer = signed_in(counsel).get(path)

    assert answer.headers["Cache-Control"] == "private, no-store"
