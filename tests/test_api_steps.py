"""Steps, ladders and shifts over the API: read, set as a whole, given back; refused row by row, and done once."""

from datetime import date
from typing import Any

import pytest

from cases.actions.deadline import set_internal_deadline
from cases.actions.taskforce import add_shift
from cases.models import Case, Deadline, Person, Shift
from tests.api_world import AT, as_, the_case, url
from tests.rooms import EARLIER
from tests.work import a_task_force
from tracker.models import Rung, Step

pytestmark = pytest.mark.django_db
TWO = {"unit": "working_day", "amount": 2, "acknowledge_within": 60}


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return the_case(counsel, member, lead_counsel=counsel)


@pytest.fixture
def deadline(case: Case, counsel: Person) -> Deadline:
    return set_internal_deadline(case=case, title_en="Ours", due_on=date(2089, 3, 2), by=counsel, at=AT)


def of(row: Case | Deadline, noun: str = "steps") -> str:
    name = f"deadlines/{row.uid}" if isinstance(row, Deadline) else f"cases/{row.reference}"
    return url(f"{name}/{noun}/")


def kind(found: Any, name: str) -> dict[str, Any]:
    (row,) = (each for each in found if each["code"] == name)
    return dict(row)


def test_steps_of_a_case_are_read_set_and_given_back(case: Case, counsel: Person) -> None:
    client, sent = as_(counsel), {"kind": "internal", "is_hourly": False, "steps": [TWO]}

    before, after = client.get(of(case)).data, client.post(of(case), sent).data
    back = client.post(of(case, "steps/back"), {"kind": "internal"}).data

    assert [kind(each, "internal")["source"] for each in (before, after, back)] == ["shipped", "case", "shipped"]
    assert [kind(each, "internal")["line"] for each in (before, after, back)] == ["", "working_day:2:60", ""]
    assert kind(after, "internal")["steps"] == [TWO]
    assert Step.objects.count() == 0


def test_steps_of_a_deadline_say_when_they_speak(deadline: Deadline, counsel: Person) -> None:
    shown = as_(counsel).post(of(deadline), {"steps": [TWO]}).json()

    assert (shown["source"], shown["line"]) == ("deadline", "working_day:2:60")
    assert shown["coming"] == [{"step": "2wd", "at": "2089-02-28T01:00:00Z", "is_now": False}]
    assert shown["overdue_at"] == "2089-03-03T01:00:00Z"
    assert Deadline.objects.get(pk=deadline.pk).rearm


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([], {"steps": "At least one step must be left: a clock that says nothing reminds nobody."}),
        ([TWO, TWO], {"steps[1].amount": "This step is there already."}),
        ([{"unit": "share", "amount": 0}],
         {"steps[0].amount": "A share of the time left is between 1 and 99 percent."}),
        ([TWO, {"unit": "working_day", "amount": 61}],
         {"steps[1].amount": "From 0, the morning of the day itself, to 60 working days before."}),
        ([{"unit": "week", "amount": 1}], {"steps[0].unit": '"week" is not a valid choice.'}),
        ([{**TWO, "code": "x"}],
         {"steps[0].code": "Nothing of the name code is read here. Known: unit, amount, acknowledge_within."}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_row_by_row(
    steps: list[Any], told: dict[str, str], deadline: Deadline, counsel: Person
) -> None:
    answer = as_(counsel).post(of(deadline), {"steps": steps})

    assert answer.status_code == 400
    assert answer.json()["details"]["fields"] == {name: [words] for name, words in told.items()}
    assert Step.objects.count() == 0


def test_a_kind_that_never_runs_in_hours_is_refused(case: Case, counsel: Person) -> None:
    answer = as_(counsel).post(of(case), {"kind": "duty", "is_hourly": True, "steps": [TWO]})

    assert answer.json()["details"]["fields"] == {"is_hourly": ["No clock of this kind runs in hours."]}


def test_over_what_another_has_set_meanwhile_it_is_a_conflict(deadline: Deadline, counsel: Person) -> None:
    client = as_(counsel)
    client.post(of(deadline), {"steps": [TWO], "instead_of": ""})

    answer = client.post(of(deadline), {"steps": [{**TWO, "amount": 5}], "instead_of": ""})

    assert (answer.status_code, answer.data["code"]) == (409, "conflict")
    assert answer.data["details"]["now"] == "working_day:2:60"


def test_a_key_sent_again_is_answered_as_the_first_time(deadline: Deadline, counsel: Person) -> None:
    client, headers = as_(counsel), {"Idempotency-Key": '"k-1"'}

    first, again = (client.post(of(deadline, "steps"), {"steps": [TWO]}, headers=headers) for _twice in range(2))

    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.json() == again.json()
    assert deadline.case.log.filter(verb="set_steps").count() == 1


def test_who_only_knows_the_case_reads_and_may_not_set(deadline: Deadline, member: Person) -> None:
    assert as_(member).get(of(deadline)).status_code == 200
    assert as_(member).post(of(deadline), {"steps": [TWO]}).status_code == 403


def test_the_ladder_is_set_in_order_with_who_holds_it(case: Case, counsel: Person) -> None:
    client, sent = as_(counsel), {"is_hourly": False, "roles": ["lead_counsel", "owner"]}

    shown = client.post(of(case, "ladder"), sent).json()[0]
    twice = client.post(of(case, "ladder"), {"is_hourly": False, "roles": ["owner", "owner"]})
    back = client.post(of(case, "ladder/back"), {"is_hourly": False}).json()[0]

    assert (shown["source"], shown["roles"], shown["line"]) == ("case", sent["roles"], "lead_counsel owner")
    assert [(rung["role"], len(rung["held"])) for rung in shown["held"]] == [("lead_counsel", 1), ("owner", 0)]
    assert shown["held"][0]["held"][0]["who"]["uid"] == counsel.uid
    assert twice.json()["details"]["fields"] == {"roles[1]": ["This role is on the ladder already."]}
    assert (back["source"], Rung.objects.count()) == ("shipped", 0)


def test_an_administrator_keeps_the_houses(administrator: Person, member: Person) -> None:
    client, at = as_(administrator), url("reminders/house/steps/")

    shown = client.post(at, {"kind": "ordered", "is_hourly": True, "steps": [TWO]}).data

    assert kind(shown, "ordered-hours")["source"] == "house"
    assert client.get(url("reminders/house/ladder/")).status_code == 200
    assert as_(member).get(at).status_code == 403


# ---- Shifts ----------------------------------------------------------------------------------------------------------
def test_a_shift_is_ended_and_taken_back(case: Case, counsel: Person) -> None:
    force = a_task_force(case, lead=counsel, by=counsel, at=EARLIER)
    told = {"task_force": force, "person": counsel, "by": counsel, "at": EARLIER}
    start, end = (AT.replace(year=2089, hour=hour) for hour in (1, 9))
    shift = add_shift(starts_at=start, ends_at=end, **told)
    client, at = as_(counsel), url(f"task-forces/{force.uid}/")

    ended = client.post(f"{at}end-shift/", {"shift": shift.uid, "ends_at": "2089-09-01T05:00:00+00:00"})
    other = client.post(f"{at}end-shift/", {"shift": "nothing", "ends_at": "2089-09-01T05:00:00+00:00"})
    gone = client.post(f"{at}withdraw-shift/", {"shift": shift.uid})

    assert ended.json()["rota"][0]["ends_at"] == "2089-09-01T05:00:00Z"
    assert other.status_code == 400
    assert (gone.json()["rota"], Shift.objects.count()) == ([], 0)
