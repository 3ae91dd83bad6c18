"""The proof of notification: every word of one deadline as it was said, planned, answered; hashed, printed, logged."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from cases.actions.case import grant_access, raise_barrier
from cases.actions.deadline import waive_deadline
from cases.actions.marking import change_mark
from cases.custody.chain import canonical
from cases.models import Case, Deadline, LogEntry, Person
from tests.api_world import as_
from tests.factories import NOW
from tests.rooms import reading
from tests.watching import a_deadline, a_known_case, shanghai, swept
from tests.work import a_task
from tracker.models import Reminder
from tracker.reminders.acknowledging import acknowledge, token_of
from tracker.reminders.notified import Proof, proof_of

pytestmark = pytest.mark.django_db
NINE = shanghai(2026, 10, 15, 9)
ONE = shanghai(2026, 10, 15, 13)
QUERIES = 32


@pytest.fixture
def case(counsel: Person, member: Person) -> Case:
    return a_known_case(counsel, member)


@pytest.fixture
def deadline(case: Case, counsel: Person, member: Person) -> Deadline:
    return a_deadline(case, counsel, owner=member)


@pytest.fixture
def climbed(deadline: Deadline) -> Iterator[Deadline]:
    """Told at nine, not acknowledged within four hours, told to lead counsel."""
    swept(NINE)
    swept(ONE)
    return deadline


def proof(deadline: Deadline, by: Person, at: Any = ONE) -> Proof:
    return proof_of(Deadline.objects.select_related("case").get(pk=deadline.pk), by, now=at)


def url(deadline: Deadline, language: str = "en") -> str:
    return f"/{language}/cases/{deadline.case.reference}/deadlines/{deadline.uid}/notified/"


def words(answer: Any) -> str:
    return " ".join(unescape(answer.text).replace("\N{NO-BREAK SPACE}", " ").split())


# ---- What it says ----------------------------------------------------------------------------------------------------
def test_it_is_in_order_of_time_with_who_climbed_to_whom(climbed: Deadline, counsel: Person, member: Person) -> None:
    told = proof(climbed, counsel).words

    assert [(word.who.uid, word.facts["role"], word.facts["rung"]) for word in told] == [
        (member.uid, "owner", 0), (counsel.uid, "lead_counsel", 1),
    ]  # fmt: skip
    assert [word.facts["made_at"] for word in told] == ["2026-10-15T01:00:00.000000Z", "2026-10-15T05:00:00.000000Z"]
    assert {word.facts["due_to_be_said_at"] for word in told} == {"2026-10-15T01:00:00.000000Z"}
    assert {word.facts["for_due_on"] for word in told} == {"2026-10-16"}


def test_when_and_how_it_was_acknowledged(climbed: Deadline, counsel: Person) -> None:
    first = Reminder.objects.order_by("pk").first()
    assert first is not None
    acknowledge(reminder=first, how="link", at=ONE + timedelta(minutes=5))

    facts = proof(climbed, counsel).words[0].facts

    assert (facts["acknowledged_at"], facts["acknowledged_by"]) == ("2026-10-15T05:05:00.000000Z", "link")
    assert facts["acknowledge_within_minutes"] == 240


def test_the_text_is_as_it_left_but_for_the_link_that_acknowledges(climbed: Deadline, counsel: Person) -> None:
    said = Reminder.objects.order_by("pk").first()
    assert said is not None

    shown = proof(climbed, counsel)

    assert "/acknowledge/…/" in str(shown.words[0].facts["text"])
    assert token_of(said)[:20] not in str(shown.facts)


def test_what_failed_or_waits_says_so(climbed: Deadline, counsel: Person) -> None:
    first, second = Reminder.objects.order_by("pk")
    failed = {"state": "failed", "state_reason": "It could not be delivered.", "answer": "550 no", "tries": 2}
    Reminder.objects.filter(pk=first.pk).update(sent_at=None, **failed)
    Reminder.objects.filter(pk=second.pk).update(sent_at=None, state="unsent", text="")

    told, shown = proof(climbed, counsel).words, words(reading(counsel).get(url(climbed)))

    assert [(word.facts["state"], word.facts["answer"], word.sent_at) for word in told] == [
        ("failed", "550 no", None), ("unsent", second.answer, None),
    ]  # fmt: skip
    for said in ("Failed", "It could not be delivered.", "550 no", "2 tries", "Waiting to be sent", "not sent"):
        assert said in shown


def test_that_nobody_further_up_was_left_is_no_word_to_anybody(
    deadline: Deadline, counsel: Person, member: Person
) -> None:
    for hours in (0, 4, 8, 12, 16):
        swept(NINE + timedelta(hours=hours))

    shown = words(reading(counsel).get(url(deadline)))

    assert Reminder.objects.filter(role="nobody").count() == 1
    assert "Nobody further up the ladder is left to be told." in shown


def test_it_says_which_step_is_next(deadline: Deadline, counsel: Person, member: Person) -> None:
    swept(NOW)

    planned = proof(deadline, counsel, NOW).planned

    assert (planned.what, planned.step, planned.at) == ("step", "10wd", shanghai(2026, 9, 28, 9))
    assert [who.uid for who in planned.to] == [member.uid]


def test_it_says_who_is_told_if_nobody_acknowledges(deadline: Deadline, counsel: Person) -> None:
    swept(NINE)

    planned = proof(deadline, counsel, NINE).planned

    assert (planned.what, planned.step, planned.at) == ("climb", "1wd", ONE)
    assert [who.uid for who in planned.to] == [counsel.uid]


def test_of_what_has_ended_nothing_more_is_planned(climbed: Deadline, counsel: Person) -> None:
    waive_deadline(deadline=climbed, reason="withdrawn", by=counsel, at=ONE)

    assert proof(climbed, counsel).planned.what == "nothing"


# ---- By which a print is compared ------------------------------------------------------------------------------------
def test_two_prints_of_the_same_are_the_same_and_of_more_another(climbed: Deadline, counsel: Person) -> None:
    first, later = proof(climbed, counsel), proof(climbed, counsel, ONE + timedelta(hours=1))
    last = Reminder.objects.latest("pk")
    acknowledge(reminder=last, how="page", at=ONE + timedelta(hours=1))

    assert first.sha256 == later.sha256
    assert proof(climbed, counsel).sha256 != first.sha256


def test_a_change_of_a_name_changes_no_print(climbed: Deadline, counsel: Person, member: Person) -> None:
    before = proof(climbed, counsel).sha256
    Person.objects.filter(pk=member.pk).update(family_en="Else")

    assert proof(climbed, counsel).sha256 == before


def test_the_answer_of_the_api_is_hashed_by_whoever_holds_it(climbed: Deadline, counsel: Person) -> None:
    answer = as_(counsel).get(f"/api/v1/deadlines/{climbed.uid}/notified/")
    page = reading(counsel).get(url(climbed)).text

    shown = answer.json()

    assert sha256(canonical(shown["facts"])).hexdigest() == shown["sha256"]
    assert shown["sha256"] in page
    assert [word["uid"] for word in shown["facts"]["words"]] == list(
        Reminder.objects.order_by("made_at", "pk").values_list("uid", flat=True)
    )


def test_each_reading_stands_in_the_log_with_the_fingerprint(climbed: Deadline, counsel: Person) -> None:
    digest = proof(climbed, counsel).sha256

    reading(counsel).get(url(climbed))
    reading(counsel).head(url(climbed))
    as_(counsel).get(f"/api/v1/deadlines/{climbed.uid}/notified/")
    as_(counsel).head(f"/api/v1/deadlines/{climbed.uid}/notified/")

    entries = LogEntry.objects.filter(verb="export", object_uid=climbed.uid)
    assert [entry.facts for entry in entries] == [{"format": "notified", "count": 2, "sha256": digest}] * 2


# ---- The sheet -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Proof of notification", "climbed once: nobody told before had acknowledged it", "1 working day before",
                "not acknowledged", "What is planned next", "Lead counsel")),
        ("zh-hans", ("通知证明", "到期前 1 个工作日", "未确认收到", "主办法务")),
        ("zh-hant", ("通知證明", "到期前 1 個工作日", "未確認收到", "主辦法務")),
    ],
)  # fmt: skip
def test_the_sheet_says_it_in_the_readers_language(
    language: str, said: tuple[str, ...], climbed: Deadline, counsel: Person
) -> None:
    shown = words(reading(counsel).get(url(climbed, language)))

    for each in (*said, "member@platform.example", "counsel@platform.example", climbed.case.reference):
        assert each in shown


def test_the_sheet_stands_alone_without_navigation(deadline: Deadline, counsel: Person) -> None:
    shown = reading(counsel).get(url(deadline)).text

    assert 'class="court"' in shown
    assert 'class="side"' not in shown
    assert "Nobody has been reminded of it yet." in shown
    assert "@page court" in (Path(__file__).parent.parent / "tracker/static/tracker/app.css").read_text()


def test_what_a_text_holds_is_no_markup(climbed: Deadline, counsel: Person) -> None:
    Reminder.objects.update(text="<b>now</b>", subject="<i>x</i>", answer="<u>250</u>")

    shown = reading(counsel).get(url(climbed)).text

    assert all(each not in shown for each in ("<b>now</b>", "<i>x</i>", "<u>250</u>"))


# ---- Who may ---------------------------------------------------------------------------------------------------------
def test_who_may_not_know_of_the_case_finds_neither(
    climbed: Deadline, counsel: Person, outsider: Person, member: Person
) -> None:
    raise_barrier(case=climbed.case, person=member, reason="a conflict", by=counsel, at=NOW)

    for person in (outsider, member):
        assert reading(person).get(url(climbed)).status_code == 404
        assert as_(person).get(f"/api/v1/deadlines/{climbed.uid}/notified/").status_code == 404
    assert not LogEntry.objects.filter(verb="export").exists()


def test_of_what_is_under_legal_advice_only_who_is_admitted(case: Case, counsel: Person, auditor: Person) -> None:
    grant_access(case=case, person=auditor, reason="audits", by=counsel, at=NOW)
    task = a_task(case, by=counsel, due_on=NINE.date(), assignee=counsel)
    change_mark(item=task, mark="legal_advice", reason="advice", by=counsel, at=NOW)
    found = Deadline.objects.get(task=task)

    asked = [
        (
            reading(person).get(url(found)).status_code,
            as_(person).get(f"/api/v1/deadlines/{found.uid}/notified/").status_code,
        )
        for person in (counsel, auditor)
    ]

    assert asked == [(200, 200), (404, 404)]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_sheet_asks_the_same_for_any_number_of_words(
    rows: int, deadline: Deadline, counsel: Person, django_assert_num_queries: Any
) -> None:
    swept(NINE)
    first = Reminder.objects.get()
    for n in range(rows - 1):
        fields = {name: getattr(first, name) for name in ("case", "deadline", "version", "person", "address", "role")}
        times = dict.fromkeys(("occasion_at", "made_at", "planned_at", "try_at"), NINE)
        Reminder.objects.create(**fields, **times, occasion=f"{n + 5}wd@2026-10-16")
    client = reading(counsel)
    client.get(url(deadline))

    with django_assert_num_queries(QUERIES):
        client.get(url(deadline))
