"""A word that nobody acknowledges climbs: owner, deputy, lead, lead counsel, counsel, executive; each in its time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.actions.deadline import override_deadline, waive_deadline
from cases.models import Case, Deadline, LogEntry, Person, Role
from tests.factories import a_person
from tests.test_reminders_addressees import join
from tests.watching import a_deadline, a_known_case, shanghai, swept
from tracker import ladder
from tracker.models import AcknowledgedBy, Reminder, Step, Watch
from tracker.reminders import rebuild
from tracker.reminders.acknowledging import acknowledge

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.watch_urls")]
NINE = shanghai(2026, 10, 15, 9)  # one working day before DUE; to be acknowledged within four hours
FOUR = timedelta(hours=4)


@pytest.fixture
def people(counsel: Person, member: Person) -> dict[str, Person]:
    return {
        "owner": member,
        "deputy": a_person(email="deputy@platform.example"),
        "lead": a_person(email="lead@platform.example"),
        "executive": a_person(Role.EXECUTIVE, email="chen@platform.example"),
        "counsel": counsel,
    }


@pytest.fixture
def case(people: dict[str, Person]) -> Case:
    case = a_known_case(people["counsel"], *(people[name] for name in ("owner", "deputy", "lead", "executive")))
    join(case, people["lead"], "lead")
    join(case, people["deputy"], "deputy")
    return case


@pytest.fixture
def deadline(case: Case, people: dict[str, Person]) -> Deadline:
    made = a_deadline(case, people["counsel"], owner=people["owner"])
    swept(shanghai(2026, 10, 14, 12))
    Reminder.objects.update(acknowledged_at=shanghai(2026, 10, 14, 12), acknowledged_by="page")
    return made


def rungs(deadline: Deadline) -> list[tuple[int, str, str]]:
    said = Reminder.objects.filter(deadline=deadline, occasion__startswith="1wd")
    return list(said.order_by("pk").values_list("rung", "role", "state"))


def swept_every(minutes: int, since: datetime, until: datetime) -> None:
    at = since
    while at <= until:
        swept(at)
        at += timedelta(minutes=minutes)


# ---- The way up ------------------------------------------------------------------------------------------------------
def test_nobody_answers_and_everybody_is_told_in_turn(deadline: Deadline) -> None:
    swept_every(30, NINE, NINE + 6 * FOUR - timedelta(minutes=30))

    assert rungs(deadline) == [
        (0, "owner", "sent"),
        (1, "deputy", "sent"),
        (2, "lead", "sent"),
        (3, "lead_counsel", "sent"),
        (4, "executive", "sent"),
        (5, "nobody", "dropped"),
    ]
    assert Reminder.objects.get(rung=5).state_reason == "Nobody further up the ladder is left to be told."


def test_it_says_that_nobody_below_has_answered(deadline: Deadline, mailoutbox) -> None:
    swept_every(30, NINE, NINE + FOUR)

    assert mailoutbox[-1].to == ["deputy@platform.example"]
    assert "Nobody told before you has acknowledged this." in mailoutbox[-1].body


@pytest.mark.parametrize("minutes", [1, 7, 30])
def test_whoever_sweeps_however_often_the_same_people_are_told(deadline: Deadline, minutes: int) -> None:
    swept_every(minutes, NINE, NINE + 2 * FOUR + timedelta(minutes=30))

    assert [role for _rung, role, _state in rungs(deadline)] == ["owner", "deputy", "lead"]


def test_an_answer_ends_the_climbing_and_stands_in_the_log(deadline: Deadline, people) -> None:
    swept(NINE)
    word = Reminder.objects.get(occasion__startswith="1wd")
    assert acknowledge(reminder=word, how=AcknowledgedBy.PAGE, at=NINE + timedelta(hours=1))
    assert not acknowledge(reminder=word, how=AcknowledgedBy.LINK, at=NINE + timedelta(hours=2))

    swept_every(60, NINE + timedelta(hours=1), NINE + 4 * FOUR)

    assert rungs(deadline) == [(0, "owner", "sent")]
    entry = LogEntry.objects.get(verb="acknowledge")
    assert (entry.person, entry.object_uid, entry.facts["how"]) == (people["owner"], deadline.uid, "page")
    assert Watch.objects.get(deadline=deadline).acknowledged_at == NINE + timedelta(hours=1)


def test_an_answer_higher_up_ends_it_too(deadline: Deadline) -> None:
    swept_every(60, NINE, NINE + FOUR)
    acknowledge(reminder=Reminder.objects.get(role="deputy"), how=AcknowledgedBy.LINK, at=NINE + FOUR)

    swept_every(60, NINE + FOUR, NINE + 5 * FOUR)

    assert rungs(deadline) == [(0, "owner", "sent"), (1, "deputy", "sent")]


def test_a_word_that_is_answered_while_the_next_waits_takes_it_back(deadline: Deadline, people) -> None:
    people["deputy"].quiet_from, people["deputy"].quiet_until = datetime.min.time(), datetime.max.time()
    people["deputy"].save(update_fields=["quiet_from", "quiet_until"])
    swept_every(60, NINE, NINE + FOUR)
    Reminder.objects.filter(role="deputy").update(state="unsent", sent_at=None, try_at=NINE + FOUR + FOUR / 8)
    acknowledge(reminder=Reminder.objects.get(role="owner", rung=0, occasion__startswith="1wd"), how="page", at=NINE)

    swept(NINE + FOUR + FOUR / 4)

    assert rungs(deadline) == [(0, "owner", "sent"), (1, "deputy", "dropped")]
    assert Reminder.objects.get(role="deputy").state_reason == "Somebody has acknowledged it."


@pytest.mark.parametrize("end", ["waived", "moved"])
def test_a_date_that_ends_or_moves_climbs_no_further(deadline: Deadline, people, end: str) -> None:
    swept(NINE)
    if end == "waived":
        waive_deadline(deadline=deadline, reason="withdrawn", by=people["counsel"], at=NINE)
    else:
        override_deadline(deadline=deadline, due_on=date(2026, 12, 18), reason="x", by=people["counsel"], at=NINE)

    swept_every(60, NINE, NINE + 4 * FOUR)

    assert rungs(deadline) == [(0, "owner", "sent")]


def test_what_has_not_left_the_house_climbs_no_further(deadline: Deadline) -> None:
    swept(NINE)
    Reminder.objects.filter(occasion__startswith="1wd").update(
        state="unsent", sent_at=None, tries=0, try_at=NINE + 9 * FOUR
    )

    swept_every(60, NINE, NINE + 3 * FOUR)

    assert [role for _rung, role, _state in rungs(deadline)] == ["owner"]


def test_days_of_outage_are_one_word_and_then_the_ladder(deadline: Deadline) -> None:
    back = shanghai(2026, 10, 20, 9)  # down since the day before it was due
    swept(back)
    swept_every(60, back, back + FOUR)

    late = Reminder.objects.filter(made_at__gte=back).order_by("pk").values_list("occasion", "role")
    assert list(late) == [
        ("overdue:2026-10-20@2026-10-16", "owner"),
        ("overdue:2026-10-20@2026-10-16", "deputy"),
    ]


def test_rebuilt_from_nothing_equals_kept_on_every_rung(deadline: Deadline) -> None:
    at = NINE
    while at <= NINE + 7 * FOUR:
        swept(at)
        kept = list(Watch.objects.values())
        Watch.objects.all().delete()
        rebuild(now=at)
        assert list(Watch.objects.values()) == kept
        at += timedelta(minutes=50)


# ---- The pure part ---------------------------------------------------------------------------------------------------
def spoken(**fields) -> ladder.Spoken:
    usual = {"occasion": "1wd", "occasion_at": NINE, "rung": 0, "role": "owner", "uid": "wang", "planned_at": NINE}
    return ladder.Spoken(**{**usual, "within": FOUR, **fields})


@pytest.mark.parametrize(
    ("sent", "now", "at"),
    [
        (0, 0, 4),
        (0, 3.9, 4),
        (0, 4, 4),
        (0, 7.9, 4),
        (1, 4, 8),  # left late: its reader has not had the time in full
        (1, 8, 8),
        (None, 4, 8),  # waits to leave: nobody could have answered
        (None, 9, 12),
    ],
)
def test_when_the_next_is_told(sent: float | None, now: float, at: float) -> None:
    word = spoken(sent_at=None if sent is None else NINE + timedelta(hours=sent))

    assert ladder.climb([word], now=NINE + timedelta(hours=now)).at == NINE + timedelta(hours=at)


@given(st.integers(0, 600), st.integers(0, 600), st.integers(1, 300))
def test_nobody_is_told_before_the_one_below_had_the_time_in_full(sent: int, now: int, within: int) -> None:
    minute = timedelta(minutes=1)
    word = spoken(sent_at=NINE + sent * minute, within=within * minute)

    climb = ladder.climb([word], now=NINE + now * minute)

    is_due = climb.at <= NINE + now * minute
    assert not is_due or word.sent_at + word.within <= NINE + now * minute
    assert is_due or climb.at > NINE + now * minute


@pytest.mark.parametrize(
    "words",
    [
        [],
        [spoken(within=None, sent_at=NINE)],
        [spoken(sent_at=NINE, acknowledged_at=NINE)],
        [spoken(sent_at=NINE), spoken(rung=1, role="nobody", is_end=True)],
        [spoken(sent_at=NINE, acknowledged_at=NINE), spoken(rung=1, role="deputy", uid="li", sent_at=NINE)],
    ],
)
def test_nothing_is_asked_answered_or_at_its_end(words: list[ladder.Spoken]) -> None:
    assert ladder.climb(words, now=NINE + 9 * FOUR) is None


def test_the_time_to_answer_is_elapsed_time_over_the_night_the_clocks_go_back() -> None:
    dublin = ZoneInfo("Europe/Dublin")
    said = datetime(2026, 10, 25, 0, 30, tzinfo=dublin).astimezone(UTC)
    now = datetime(2026, 10, 25, 3, 30, tzinfo=dublin).astimezone(UTC)

    assert ladder.climb([spoken(planned_at=said, sent_at=said)], now=now).at == now


def test_no_reader_has_more_than_a_quarter_of_what_is_left() -> None:
    start, due = datetime(2026, 10, 15, 1, tzinfo=UTC), datetime(2026, 10, 15, 2, tzinfo=UTC)
    clock = ladder.Clock(
        due_at=due, started_at=start, zone=UTC, is_working=lambda _day: True, steps=ladder.STEPS["hours"],
        is_hour_clock=True,
    )  # fmt: skip

    within = {each.step: ladder.answer_within(clock, each) for each in ladder.occasions(clock)}

    assert within == {
        "half": timedelta(minutes=7, seconds=30), "quarter": timedelta(minutes=5), "tenth": timedelta(minutes=5),
    }  # fmt: skip


@pytest.mark.parametrize("minutes", [None, 0])
def test_a_step_that_gives_no_time_to_answer_asks_for_none(deadline: Deadline, minutes: int | None) -> None:
    Step.objects.create(kind="internal", unit="working_day", amount=1, acknowledge_within=minutes)

    swept_every(60, NINE, NINE + 3 * FOUR)

    assert rungs(deadline) == [(0, "owner", "sent")]


def test_who_is_told_next_is_above_never_below() -> None:
    seats = {"owner": ["wang"], "deputy": ["li"], "executive": ["chen"]}
    people = {uid: ladder.Standing() for uid in ("wang", "li", "chen")}

    assert ladder.above("deputy", seats=seats, people=people, told={"li"}).uid == "chen"
    assert ladder.above("executive", seats=seats, people=people, told={"chen"}) is None
