"""Steps are data: the house's, a case's, a deadline's; set as a whole, given back, and the right bells rung."""

from datetime import UTC, datetime

import pytest

from cases.actions.belonging import CaseClosed
from cases.actions.case import close_case
from cases.actions.deadline import DeadlineEnded, waive_deadline
from cases.actions.log import Conflict
from cases.models import Case, Deadline, LogEntry, Person
from tests.factories import a_case
from tests.watching import a_deadline, a_known_case, shanghai, swept, told
from tests.work import at_once
from tracker.models import Reminder, Step, Watch
from tracker.reminders.drafts import KINDS, Kind, StepDraft, faults, line_of, read_line
from tracker.reminders.planned import previews, steps_of_deadline, steps_of_kinds
from tracker.reminders.stepping import NothingToDrop, WrongSteps, drop_steps, set_steps
from tracker.reminders.timetable import ladder_step
from tracker.verbs import VERBS

pytestmark = pytest.mark.django_db
INTERNAL = Kind("internal", is_hourly=False)
AT = datetime(2026, 9, 24, 2, 0, tzinfo=UTC)
SEVEN = StepDraft("working_day", 7, 60)
MORNING = StepDraft("working_day", 0)


def days(*amounts: int) -> list[StepDraft]:
    return [StepDraft("working_day", amount) for amount in amounts]


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return a_known_case(counsel, member)


@pytest.fixture
def deadline(case: Case, counsel: Person, member: Person) -> Deadline:
    found = a_deadline(case, counsel, owner=member)
    swept(AT)
    return found


def rung() -> set[int]:
    """Whose bell was rung."""
    return set(Deadline.objects.filter(rearm=True).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("steps", "field", "place"),
    [
        ([], "steps", None),
        ([StepDraft("share", 0)], "amount", 0),
        ([StepDraft("share", 100)], "amount", 0),
        ([StepDraft("share", 50), StepDraft("share", 50, 9)], "amount", 1),
        ([StepDraft("working_day", 61)], "amount", 0),
        ([StepDraft("working_day", 3, 43_201)], "acknowledge_within", 0),
        (days(*range(13)), "steps", None),
    ],
)
def test_what_is_wrong_is_told_at_its_row(steps: list[StepDraft], field: str, place: int | None) -> None:
    (fault,) = faults(steps)

    assert (fault.field, fault.place) == (field, place)


@pytest.mark.parametrize("steps", [days(0), days(60), [StepDraft("share", 1)], [StepDraft("share", 99, 43_200)]])
def test_the_least_and_the_most_are_steps(steps: list[StepDraft]) -> None:
    assert list(faults(steps)) == []


def test_no_code_of_a_step_is_longer_than_the_column_of_its_words() -> None:
    longest = max(
        len(ladder_step(Step(unit=unit, amount=amount)).code)
        for unit, amounts in (("working_day", range(61)), ("share", range(1, 100)))
        for amount in amounts
    )

    assert longest + len("@2026-10-16T23:59:59Z") <= Reminder._meta.get_field("occasion").max_length
    assert Step._meta.get_field("kind").max_length >= max(len(kind.kind) for kind in KINDS)


def test_a_set_is_read_back_from_its_line() -> None:
    steps = [StepDraft("share", 10), MORNING, StepDraft("working_day", 3, 0), SEVEN]

    assert line_of(steps) == "working_day:7:60 working_day:3: working_day:0: share:10:"
    assert line_of(read_line(line_of(steps))) == line_of(steps)


def test_a_wrong_set_changes_nothing(deadline: Deadline, counsel: Person) -> None:
    with pytest.raises(WrongSteps, match="At least one step"):
        set_steps(scope=deadline, kind=INTERNAL, steps=[], by=counsel, at=AT)

    assert (Step.objects.count(), rung()) == (0, set())
    assert not LogEntry.objects.filter(verb="set_steps").exists()


def test_the_nearest_set_leads_and_given_back_the_next_one_does(
    case: Case, deadline: Deadline, counsel: Person
) -> None:
    for scope, amount in ((None, 20), (case, 15), (deadline, 8)):
        set_steps(scope=scope, kind=INTERNAL, steps=days(amount), by=counsel, at=AT)
    seen = []
    for scope in (deadline, case, None):
        seen.append((steps_of_deadline(deadline).source, steps_of_deadline(deadline).steps[0].amount))
        drop_steps(scope=scope, kind=INTERNAL, by=counsel, at=AT)

    assert seen == [("deadline", 8), ("case", 15), ("house", 20)]
    assert (steps_of_deadline(deadline).source, steps_of_deadline(deadline).steps[0].amount) == ("shipped", 10)


def test_there_is_nothing_to_give_back_twice(case: Case, counsel: Person) -> None:
    set_steps(scope=case, kind=INTERNAL, steps=days(1), by=counsel, at=AT)
    drop_steps(scope=case, kind=INTERNAL, by=counsel, at=AT)

    with pytest.raises(NothingToDrop):
        drop_steps(scope=case, kind=INTERNAL, by=counsel, at=AT)


def test_only_the_bells_of_those_that_run_by_them_are_rung(case: Case, counsel: Person, member: Person) -> None:
    own, other, ended = (a_deadline(case, counsel) for _ in range(3))
    elsewhere = a_deadline(a_case(by=counsel), counsel)
    set_steps(scope=own, kind=INTERNAL, steps=days(8), by=counsel, at=AT)
    waive_deadline(deadline=ended, reason="withdrawn", by=counsel, at=AT)
    swept(AT)
    assert rung() == set()

    set_steps(scope=case, kind=INTERNAL, steps=days(7), by=counsel, at=AT)
    of_case = rung()
    swept(AT)
    set_steps(scope=None, kind=INTERNAL, steps=days(6), by=counsel, at=AT)

    assert (of_case, rung()) == ({other.pk}, {elsewhere.pk})


def test_another_kind_of_clock_is_left_alone(deadline: Deadline, case: Case, counsel: Person) -> None:
    set_steps(scope=case, kind=Kind("statutory", is_hourly=False), steps=days(7), by=counsel, at=AT)

    assert rung() == set()
    assert steps_of_deadline(deadline).source == "shipped"


def test_the_sweep_speaks_by_the_new_steps(deadline: Deadline, counsel: Person) -> None:
    before = Watch.objects.get(deadline=deadline).next_word_at
    set_steps(scope=deadline, kind=INTERNAL, steps=[StepDraft("working_day", 2, 60)], by=counsel, at=AT)
    still = Watch.objects.get(deadline=deadline).next_word_at
    swept(shanghai(2026, 10, 14, 8, 59))
    early = told()
    swept(shanghai(2026, 10, 14, 9))

    assert before == still == shanghai(2026, 9, 28, 9)
    assert (early, told()) == ([], ["member@platform.example"])
    assert Reminder.objects.get().occasion == "2wd@2026-10-16"


def test_what_is_previewed_is_what_the_sweep_then_does(deadline: Deadline, counsel: Person) -> None:
    steps = [StepDraft("working_day", 4), StepDraft("share", 25), MORNING]
    (seen,) = previews([deadline], now=AT, steps=steps)
    set_steps(scope=deadline, kind=INTERNAL, steps=steps, by=counsel, at=AT)
    at = []
    swept(AT)
    while (watch := Watch.objects.get(deadline=deadline)).next_word_at < shanghai(2026, 10, 17, 0):
        at.append(watch.next_word_at)
        swept(watch.next_word_at)

    assert [word.step for word in seen.coming] == ["quarter", "4wd", "morning"]
    assert [word.at for word in seen.coming][1:] == [shanghai(2026, 10, 12, 9), shanghai(2026, 10, 16, 9)]
    assert [word.at for word in seen.coming] == at
    assert seen.overdue_at == shanghai(2026, 10, 17, 9)


def test_a_step_whose_morning_has_passed_unsaid_is_said_at_once(deadline: Deadline) -> None:
    (seen,) = previews([deadline], now=shanghai(2026, 10, 15, 10))

    assert [(word.step, word.is_now) for word in seen.coming] == [("1wd", True), ("morning", False)]


def test_of_two_at_once_the_second_is_told_what_stands(case: Case, counsel: Person) -> None:
    set_steps(scope=case, kind=INTERNAL, steps=[SEVEN], instead_of="", by=counsel, at=AT)

    with pytest.raises(Conflict) as told_off:
        set_steps(scope=case, kind=INTERNAL, steps=days(1), instead_of="", by=counsel, at=AT)

    assert told_off.value.details == {"now": "working_day:7:60"}
    assert Step.objects.get().amount == 7


def test_what_has_ended_takes_no_steps(case: Case, deadline: Deadline, counsel: Person) -> None:
    waive_deadline(deadline=deadline, reason="withdrawn", by=counsel, at=AT)
    with pytest.raises(DeadlineEnded):
        set_steps(scope=deadline, kind=INTERNAL, steps=days(1), by=counsel, at=AT)

    close_case(case=case, reason="done", by=counsel, at=AT)
    with pytest.raises(CaseClosed):
        set_steps(scope=case, kind=INTERNAL, steps=days(1), by=counsel, at=AT)


@pytest.mark.parametrize("place", ["house", "case", "deadline"])
def test_each_act_writes_one_entry_that_names_nobody(
    place: str, case: Case, deadline: Deadline, counsel: Person
) -> None:
    scope = {"house": None, "case": case, "deadline": deadline}[place]
    before = LogEntry.objects.count()

    set_steps(scope=scope, kind=INTERNAL, steps=[SEVEN], by=counsel, at=AT)
    drop_steps(scope=scope, kind=INTERNAL, by=counsel, at=AT)

    made = LogEntry.objects.order_by("pk")[before:]
    facts = {"kind": "internal", "is_hourly": False, "steps": "working_day:7:60"}
    house = "house_" if scope is None else ""
    assert [(entry.verb, entry.facts, entry.person) for entry in made] == [
        (f"set_{house}steps", facts, counsel),
        (f"drop_{house}steps", facts, counsel),
    ]
    assert {entry.verb for entry in made} <= VERBS.keys()
    assert {(entry.case, entry.object_uid) for entry in made} == {
        (None if scope is None else case, (scope or counsel).uid)
    }


def test_the_house_shows_every_kind_of_clock_once(counsel: Person) -> None:
    shown = steps_of_kinds(None)

    assert [each.code for each in shown] == [
        "statutory", "ordered", "regulator", "duty", "internal", "statutory-hours", "ordered-hours", "regulator-hours",
    ]  # fmt: skip
    assert {each.source for each in shown} == {"shipped"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["house", "case", "deadline"])
def test_two_who_save_at_the_same_instant_take_turns(place: str, counsel: Person) -> None:
    case = a_known_case(counsel)
    scope = {"house": None, "case": case, "deadline": a_deadline(case, counsel)}[place]
    calls = [
        lambda amount=amount: set_steps(
            scope=scope, kind=INTERNAL, steps=days(amount), instead_of="", by=counsel, at=AT
        )
        for amount in (3, 4)
    ]

    given = at_once(*calls)

    assert sorted(type(each).__name__ for each in given) == ["Conflict", "NoneType"]
    assert Step.objects.count() == 1
