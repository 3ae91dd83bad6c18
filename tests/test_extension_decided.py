"""An extension is decided on the day it was asked for or later; an earlier day is refused beside its field."""

from datetime import date

import pytest
from django.test import Client

from cases.actions import deadline as act
from cases.actions.extension import DecidedBeforeAsked
from cases.models import Deadline, Extension, Person
from tests.api_world import as_, url
from tests.factories import NOW, a_case, a_notice

ASKED = date(2026, 9, 10)
WORDS = {
    "en": "It cannot be decided before the day it was asked for.",
    "zh-hans": "决定日期不得早于申请日期",
    "zh-hant": "決定日期不得早於申請日期",
}


@pytest.fixture
def deadline(counsel: Person) -> Deadline:
    case = a_case(by=counsel)
    a_notice(case=case, by=counsel, served_on=date(2026, 9, 1))
    return case.deadlines.get(rule_id="CN-12")


def asked(deadline: Deadline, by: Person, *, on: date | None = ASKED) -> Extension:
    return act.ask_extension(deadline=deadline, amount=5, unit="day", asked_on=on, by=by, at=NOW)


@pytest.mark.parametrize("verb", ["grant", "refuse"])
@pytest.mark.parametrize(
    ("asked_on", "decided_on"),
    [(ASKED, date(2026, 9, 9)), (ASKED, ASKED), (ASKED, date(2026, 9, 11)), (None, date(2026, 1, 1))],
)
def test_the_day_of_the_decision(
    deadline: Deadline, counsel: Person, verb: str, asked_on: date | None, decided_on: date
) -> None:
    is_taken = decided_on != date(2026, 9, 9)
    extension = asked(deadline, counsel, on=asked_on)
    why = {"reason": "no ground"} if verb == "refuse" else {}

    def decide() -> object:
        found = {"grant": act.grant_extension, "refuse": act.refuse_extension}[verb]
        return found(extension=extension, decided_on=decided_on, by=counsel, at=NOW, **why)

    if is_taken:
        decide()
    else:
        with pytest.raises(DecidedBeforeAsked):
            decide()
    extension.refresh_from_db()
    assert (extension.state == "asked") is not is_taken


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("verb", ["grant", "refuse"])
def test_the_page_says_it_beside_the_day(
    deadline: Deadline, counsel: Person, client: Client, verb: str, language: str
) -> None:
    extension = asked(deadline, counsel)
    client.force_login(counsel)
    sent = {"extension": extension.uid, "decided_on": "2026-09-09", "reason": "no ground, as they say"}

    answer = client.post(
        f"/{language}/cases/{deadline.case.reference}/deadlines/{deadline.uid}/{verb}/",
        {f"{verb}-{name}": value for name, value in sent.items()},
    )

    assert answer.status_code == 422
    assert WORDS[language] in answer.context["form"].errors["decided_on"][0]
    assert 'value="2026-09-09"' in answer.text
    assert ("no ground, as they say" in answer.text) is (verb == "refuse")
    extension.refresh_from_db()
    assert extension.state == "asked"


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("verb", ["grant", "refuse"])
def test_the_api_says_it_of_the_field(deadline: Deadline, counsel: Person, verb: str, language: str) -> None:
    asked(deadline, counsel)
    why = {"reason": "no ground"} if verb == "refuse" else {}

    answer = as_(counsel, language).post(
        url(f"deadlines/{deadline.uid}/{verb}-extension/"), {"decided_on": "2026-09-09", **why}
    )

    assert answer.status_code == 400
    assert WORDS[language] in answer.data["details"]["fields"]["decided_on"][0]
