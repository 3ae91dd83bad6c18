"""The pages of reminders: what is in force and whose, changed by counsel for a case, a deadline and the house."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cases.actions.case import close_case, grant_access
from cases.actions.deadline import set_internal_deadline, waive_deadline
from cases.actions.marking import change_mark
from cases.models import Case, Deadline, Person
from tests.pages import signed_in, text_of
from tests.rooms import EARLIER, an_old_case
from tests.work import a_task
from tracker.models import Rung, Step
from tracker.reminders.drafts import Kind, StepDraft
from tracker.reminders.stepping import set_ladder, set_steps

pytestmark = pytest.mark.django_db
INTERNAL = Kind("internal", is_hourly=False)
FAR = date(2089, 3, 2)
CASE_QUERIES, DEADLINE_QUERIES = 18, 20


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return an_old_case(counsel, member, lead_counsel=counsel)


@pytest.fixture
def deadline(case: Case, counsel: Person, member: Person) -> Deadline:
    return set_internal_deadline(case=case, title_en="The plan", due_on=FAR, owner=member, by=counsel, at=EARLIER)


def url(name: str, *args: str) -> str:
    return reverse(name, args=args)


def of_deadline(found: Deadline, name: str = "deadline_steps") -> str:
    return url(name, found.case.reference, found.uid)


def rows(*steps: tuple[object, str, object], opened: str = "", **more: str) -> dict[str, str]:
    """As the browser sends them: amount, unit, minutes."""
    sent = {"opened": opened, **more}
    for number, (amount, unit, within) in enumerate(steps):
        sent |= {f"amount{number}": str(amount), f"unit{number}": unit, f"within{number}": str(within)}
    return sent


def own(scope: Case | Deadline | None) -> list[tuple[str, int, int | None]]:
    mine = {"deadline": scope} if isinstance(scope, Deadline) else {"case": scope, "deadline": None}
    return list(Step.objects.filter(**mine).values_list("unit", "amount", "acknowledge_within"))


# ---- What is in force ------------------------------------------------------------------------------------------------
def test_the_page_of_a_case_says_of_each_kind_when_it_reminds_and_whose_steps_these_are(
    case: Case, counsel: Person
) -> None:
    set_steps(scope=case, kind=INTERNAL, steps=[StepDraft("working_day", 7, 90)], by=counsel, at=EARLIER)

    shown = text_of(signed_in(counsel).get(url("case_reminders", case.reference)))

    for said in (
        "Statutory, in days", "Regulator&#x27;s own, in hours", "7 working days before",
        "to be acknowledged within 1 hour 30 minutes", "this case’s own",
        "the house’s, as Casebook ships them", "when 50 % of the time is left", "in the morning of the day itself",
        "Lead counsel", "Fang Lei", "whoever owns the deadline",
    ):  # fmt: skip
        assert said in shown


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_in_chinese_it_says_the_same(language: str, case: Case, counsel: Person) -> None:
    shown = text_of(signed_in(counsel).get(f"/{language}/cases/{case.reference}/reminders/"))

    assert "到期前 10 " in shown
    assert "在到期" not in shown


def test_a_deadline_with_steps_of_its_own_is_named_only_to_who_may_know_of_it(
    case: Case, counsel: Person, auditor: Person
) -> None:
    grant_access(case=case, person=auditor, reason="audits", by=counsel, at=EARLIER)
    task = a_task(case, by=counsel, at=EARLIER, due_on=FAR, assignee=counsel, title_en="Secret plan")
    change_mark(item=task, mark="legal_advice", reason="advice", by=counsel, at=EARLIER)
    found = Deadline.objects.get(task=task)
    set_steps(scope=found, kind=INTERNAL, steps=[StepDraft("working_day", 7)], by=counsel, at=EARLIER)

    shown = [text_of(signed_in(person).get(url("case_reminders", case.reference))) for person in (counsel, auditor)]
    answers = [signed_in(person).get(of_deadline(found)).status_code for person in (counsel, auditor)]

    assert [found.uid in each for each in shown] == [True, False]
    assert answers == [200, 404]


def test_who_only_knows_of_it_sees_when_it_speaks_and_may_not_change_it(deadline: Deadline, member: Person) -> None:
    client = signed_in(member)

    shown = text_of(client.get(of_deadline(deadline)))

    assert "When the coming words are said" in shown
    assert "10 working days before" in shown
    assert "Set these steps" not in shown
    assert client.post(of_deadline(deadline), rows((3, "working_day", ""))).status_code == 403
    assert client.get(url("case_steps", deadline.case.reference, "internal")).status_code == 403


def test_the_page_of_the_deadline_leads_there(deadline: Deadline, counsel: Person, member: Person) -> None:
    shown = [text_of(signed_in(who).get(of_deadline(deadline, "deadline"))) for who in (counsel, member)]

    assert all(of_deadline(deadline) in each and of_deadline(deadline, "deadline_notified") in each for each in shown)
    assert ["Change when it reminds" in each for each in shown] == [True, False]


# ---- Changed ---------------------------------------------------------------------------------------------------------
def test_steps_of_one_deadline_are_set_and_given_back(deadline: Deadline, counsel: Person) -> None:
    client = signed_in(counsel)

    set_so = client.post(of_deadline(deadline), rows((7, "working_day", 90), ("", "working_day", ""), (10, "share", 0)))
    kept = own(deadline)
    back = client.post(of_deadline(deadline, "deadline_steps_back"), follow=True)

    assert (set_so.status_code, kept) == (302, [("share", 10, None), ("working_day", 7, 90)])
    assert "It has no steps of its own any more." in text_of(back)
    assert own(deadline) == []


def test_the_form_holds_what_is_in_force(deadline: Deadline, counsel: Person) -> None:
    form = signed_in(counsel).get(of_deadline(deadline)).context["form"]

    held = [tuple(field.value() for field in row) for row in form.rows()]
    assert held[:3] == [(10, "working_day", None), (5, "working_day", None), (3, "working_day", 1440)]
    assert (len(held), form["opened"].value()) == (8, "")


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        (rows((0, "share", "")), "amount0", "between 1 and 99 percent"),
        (rows((100, "share", "")), "amount0", "between 1 and 99 percent"),
        (rows((3, "working_day", ""), (3, "working_day", 9)), "amount1", "This step is there already."),
        (rows((61, "working_day", "")), "amount0", "to 60 working days before"),
        (rows((-1, "working_day", "")), "amount0", "greater than or equal to 0"),
        (rows(("", "working_day", "")), "amount0", "At least one step must be left"),
        (rows(("", "working_day", 30)), "amount0", "Say how many, or leave the whole row empty."),
        (rows((3, "working_day", 43_201)), "within0", "less than or equal to 43200"),
        (rows((3, "fortnight", "")), "unit0", "not one of the available choices"),
        (rows(("three", "working_day", "")), "amount0", "Enter a whole number."),
        (rows(*((n, "working_day", "") for n in range(13))), "amount0", "Twelve steps are enough"),
        ({}, "amount0", "At least one step must be left"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_saves_nothing(
    sent: dict[str, str], field: str, told: str, deadline: Deadline, counsel: Person
) -> None:  # fmt: skip
    answer = signed_in(counsel).post(of_deadline(deadline), sent)

    assert answer.status_code == 422
    assert told in str(answer.context["form"].errors[field])
    assert f'href="#id_{field}"' in text_of(answer)
    assert own(deadline) == []


@pytest.mark.parametrize(
    ("language", "told"), [("zh-hans", "至少须保留一个提醒时点"), ("zh-hant", "至少須保留一個提醒時點")]
)
def test_it_is_told_in_chinese_too(language: str, told: str, deadline: Deadline, counsel: Person) -> None:
    at = f"/{language}/cases/{deadline.case.reference}/deadlines/{deadline.uid}/reminders/"

    assert told in text_of(signed_in(counsel).post(at, {}))


def test_only_to_look_saves_nothing_and_says_when_it_would_be_said(deadline: Deadline, counsel: Person) -> None:
    answer = signed_in(counsel).post(of_deadline(deadline), rows((2, "working_day", ""), look="1"))

    assert answer.status_code == 200
    shown = text_of(answer)
    assert "When it would be said by what you typed" in shown
    # 2 March 2089 is a Wednesday; two working days before lies the Monday, at nine in Shanghai.
    assert '<time datetime="2089-02-28T09:00+08:00">' in shown
    assert '<time datetime="2089-03-03T09:00+08:00">' in shown
    assert own(deadline) == []


def test_a_case_sets_its_own_and_sees_what_that_does_to_its_deadlines(
    case: Case, deadline: Deadline, counsel: Person
) -> None:
    client, at = signed_in(counsel), url("case_steps", case.reference, "internal")

    looked = text_of(client.post(at, rows((2, "working_day", ""), look="1")))
    client.post(at, rows((2, "working_day", "")))

    assert "The plan" in looked
    assert '<time datetime="2089-02-28T09:00+08:00">' in looked
    assert own(case) == [("working_day", 2, None)]
    assert "this case’s own" in text_of(client.get(of_deadline(deadline)))
    assert client.post(url("case_steps_back", case.reference, "internal")).status_code == 302
    assert client.post(url("case_steps_back", case.reference, "internal")).status_code == 409


def test_of_two_at_once_the_second_sees_both_and_decides(case: Case, counsel: Person) -> None:
    client, at = signed_in(counsel), url("case_steps", case.reference, "internal")
    client.post(at, rows((5, "working_day", "")))

    refused = client.post(at, rows((2, "working_day", "")))
    form = refused.context["form"]
    again = client.post(at, rows((2, "working_day", ""), opened=form["opened"].value()))

    assert refused.status_code == 409
    (side,) = form.versions.sides
    assert (side.now, side.typed) == (
        "5 working days before, no acknowledgement asked", "2 working days before, no acknowledgement asked",
    )  # fmt: skip
    assert "changed when it reminds" in text_of(refused)
    assert (again.status_code, own(case)) == (302, [("working_day", 2, None)])


def test_a_form_sent_twice_acts_once(case: Case, counsel: Person) -> None:
    client, at = signed_in(counsel), url("case_steps", case.reference, "internal")
    token = re.search(r'name="once" value="([^"]*)"', client.get(at).text)
    assert token is not None
    sent = rows((2, "working_day", ""), once=token[1])

    answers = [client.post(at, sent, follow=True) for _twice in range(2)]

    assert "This was sent twice and is done once." in text_of(answers[1])
    assert own(case) == [("working_day", 2, None)]


def test_what_has_ended_is_shown_and_not_changed(deadline: Deadline, case: Case, counsel: Person) -> None:
    waive_deadline(deadline=deadline, reason="withdrawn", by=counsel, at=EARLIER)
    client = signed_in(counsel)

    shown, refused = client.get(of_deadline(deadline)), client.post(of_deadline(deadline), rows((2, "working_day", "")))
    close_case(case=case, reason="done", by=counsel, at=EARLIER)
    of_case = client.post(url("case_steps", case.reference, "internal"), rows((2, "working_day", "")))

    assert "Nothing more is said of it." in text_of(shown)
    assert "Set these steps" not in text_of(shown)
    assert [refused.status_code, of_case.status_code] == [409, 409]


@pytest.mark.parametrize("name", ["case_steps", "case_ladder", "house_steps", "house_ladder"])
def test_a_kind_of_clock_that_is_none_is_not_there(name: str, case: Case, counsel: Person) -> None:
    at = [case.reference, "lunar"] if name.startswith("case") else ["lunar"]

    assert signed_in(counsel).get(url(name, *at)).status_code == 404


# ---- The ladder ------------------------------------------------------------------------------------------------------
def test_the_ladder_of_a_case_is_set_in_order_and_given_back(case: Case, counsel: Person) -> None:
    client, at = signed_in(counsel), url("case_ladder", case.reference, "days")

    client.post(at, {"opened": "", "role0": "lead_counsel", "role1": "", "role2": "owner"})
    kept = list(Rung.objects.values_list("position", "role", "case"))
    back = client.post(url("case_ladder_back", case.reference, "days"), follow=True)

    assert kept == [(1, "lead_counsel", case.pk), (2, "owner", case.pk)]
    assert "It has no ladder of its own any more." in text_of(back)
    assert not Rung.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({}, "role0", "At least one role must be left"),
        ({"role0": "owner", "role3": "owner"}, "role3", "This role is on the ladder already."),
        ({"role1": "friend"}, "role1", "not one of the available choices"),
    ],
)
def test_a_wrong_ladder_is_told_at_its_rung(
    sent: dict[str, str], field: str, told: str, case: Case, counsel: Person
) -> None:
    answer = signed_in(counsel).post(url("case_ladder", case.reference, "hours"), sent)

    assert answer.status_code == 422
    assert told in str(answer.context["form"].errors[field])


def test_two_ladders_at_once_are_laid_side_by_side(case: Case, counsel: Person) -> None:
    set_ladder(scope=case, is_hourly=False, roles=["owner"], by=counsel, at=EARLIER)

    answer = signed_in(counsel).post(url("case_ladder", case.reference, "days"), {"opened": "", "role0": "lead"})

    assert answer.status_code == 409
    (side,) = answer.context["form"].versions.sides
    assert (side.now, side.typed) == ("Owner", "Lead of the task force")


# ---- The house -------------------------------------------------------------------------------------------------------
def test_an_administrator_keeps_the_houses_and_is_shown_no_case(case: Case, administrator: Person) -> None:
    client = signed_in(administrator)

    client.post(url("house_steps", "internal"), rows((4, "working_day", "")))
    client.post(url("house_ladder", "days"), {"opened": "", "role0": "lead"})
    shown = text_of(client.get(url("house_reminders")))

    assert own(None) == [("working_day", 4, None)]
    assert "4 working days before" in shown
    assert case.reference not in shown
    for name in ("house_steps_back", "house_ladder_back"):
        assert client.post(url(name, "internal" if "steps" in name else "days")).status_code == 302
    assert (own(None), Rung.objects.count()) == ([], 0)


def test_the_log_of_the_system_says_who_changed_the_houses(administrator: Person) -> None:
    client = signed_in(administrator)
    client.post(url("house_steps", "internal"), rows((4, "working_day", "")))

    assert "Changed when the clocks of the house remind" in text_of(client.get(url("system_log")))


# ---- Asked of the database -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_the_same_for_any_number_of_deadlines(
    number: int, case: Case, counsel: Person, django_assert_num_queries: Any
) -> None:
    made = [
        set_internal_deadline(case=case, title_en=f"Plan {n}", due_on=FAR, by=counsel, at=EARLIER)
        for n in range(number)
    ]
    for each in made:
        set_steps(scope=each, kind=INTERNAL, steps=[StepDraft("working_day", 7)], by=counsel, at=EARLIER)
    client = signed_in(counsel)
    of_case, of_one = url("case_reminders", case.reference), of_deadline(made[0])
    client.get(of_case)

    with django_assert_num_queries(CASE_QUERIES):
        client.get(of_case)
    with django_assert_num_queries(DEADLINE_QUERIES):
        client.get(of_one)
