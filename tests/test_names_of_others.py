"""What others have named for a case nobody here knows of brings nothing of it along; nor does standing in for them."""

from datetime import date

import pytest

from cases.actions.person import take_leave
from cases.actions.reference import add_party
from cases.models import Person, Role
from tests.api_world import AT, a_world, as_, url
from tests.factories import a_person
from tracker.reminders import rehearse

pytestmark = pytest.mark.django_db


def test_a_name_typed_that_others_named_is_ones_own(counsel: Person, outsider: Person) -> None:
    hidden = add_party(kind="legal_entity", name_en="Quiet Company", name_zh="隐藏公司", traits=[], by=counsel, at=AT)
    a_world(counsel, party=hidden)

    made = as_(outsider).post(url("parties/"), {"kind": "legal_entity", "name_en": "Quiet Company"})

    assert made.status_code == 201
    assert (made.data["name_zh"], made.data["traits"]) == ("", None)
    found = as_(outsider).get(url("parties/")).data["results"]
    assert [row["uid"] for row in found if row["name_en"] == "Quiet Company"] == [made.data["uid"]]


def test_who_stands_in_and_may_not_know_is_told_nothing(counsel: Person, member: Person) -> None:
    worker = a_person(Role.COUNSEL)
    away = {"from_on": date(2025, 8, 20), "until_on": date(2025, 9, 20)}
    take_leave(person=worker, **away, stand_in=member, by=worker, at=AT)
    case = a_world(counsel, worker).case
    case.deadlines.update(owner=worker, rearm=True)

    told = {each.letter.to for each in rehearse(now=AT)}

    assert member.email not in told
    assert counsel.email in told
