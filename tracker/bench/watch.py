"""What the watch costs: a sweep with nothing to say, the words of a thousand due deadlines made, and each one sent."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from statistics import median
from typing import Final

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from tracker import reminders
from tracker.bench import senders
from tracker.bench.figures import Figure, Goal
from tracker.bench.filling import fall_due
from tracker.bench.stopwatch import counted, database_seconds_of, p50, seconds_of
from tracker.models import Reminder, ReminderState, Watch
from tracker.reminders.arming import arm_all
from tracker.reminders.making import make_due
from tracker.reminders.many import DUE
from tracker.reminders.sending import send_due

ROUNDS: Final = 3
IDLE_ROUNDS: Final = 41
SLOWLY: Final = 200  # words through the mail server that takes its time
FEW_DUE: Final = 300
INDEX: Final = "watch_next_word"


def figures(*, due: int, at: datetime) -> Iterator[Figure]:
    """`due` deadlines have something to say at `at`; a minute before, none had."""
    yield idle(at=at)
    yield written(due, at=at)
    yield from sent(due, at=at)
    slowly = min(due, SLOWLY)
    yield from senders.figures(lambda: words_of(slowly, at=at), due=slowly, at=at)


def figures_of_many(deadlines: int, *, due: int, at: datetime) -> Iterator[Figure]:
    """Of the same watch once it is that large."""
    yield found(deadlines, min(due, FEW_DUE), at=at)
    reminders.sweep(now=at)
    check_nothing_is_due(at)
    took = _p50_in_database(lambda: reminders.sweep(now=at))
    yield Figure(f"idle sweep of {deadlines:,}, in the database", Goal(seconds=0.005), seconds=took)


def idle(*, at: datetime) -> Figure:
    # What was logged while measuring has its say first.
    reminders.sweep(now=at)
    check_nothing_is_due(at)
    with counted() as counter:
        reminders.sweep(now=at)
    took = p50(lambda: reminders.sweep(now=at), rounds=IDLE_ROUNDS)
    return Figure("idle sweep", Goal(seconds=0.005), seconds=took, queries=counter.statements)


def check_nothing_is_due(at: datetime) -> None:
    if Watch.objects.filter(next_word_at__lte=at).exists():
        raise AssertionError("a sweep that should be idle has something to say")


def _p50_in_database(do: Callable[[], object]) -> float:
    return median(database_seconds_of(do) for _ in range(IDLE_ROUNDS))


def found(deadlines: int, due: int, *, at: datetime) -> Figure:
    fall_due(due, at=at)
    with transaction.atomic():
        rows, plan = DUE.rows(at), DUE.plan(at)
        took = median(database_seconds_of(lambda: DUE.rows(at)) for _ in range(ROUNDS))
    if len(rows) != due or INDEX not in plan:
        raise AssertionError(f"{len(rows)} of {due} due were found, by this plan:\n{plan}")
    return Figure(f"sweep: find {due} due of {deadlines:,}", Goal(seconds=0.050, queries=1), seconds=took, queries=1)


def written(due: int, *, at: datetime) -> Figure:
    name, times, statements = f"sweep: find and write {due} words", [], 0
    for _round in range(ROUNDS):
        fall_due(due, at=at)
        with counted() as counter:
            times.append(seconds_of(lambda: (arm_all(now=at), make_due(now=at))))
        statements = counter.statements
        check_all_waiting(due)
    return Figure(name, Goal(seconds=0.150, queries=10), seconds=median(times), queries=statements)


def words_of(due: int, *, at: datetime) -> None:
    fall_due(due, at=at)
    make_due(now=at)
    check_all_waiting(due)


def check_all_waiting(due: int) -> None:
    waiting = Reminder.objects.unsent().count()
    if waiting != due:
        raise AssertionError(f"{waiting} words wait where {due} should")


def sent(due: int, *, at: datetime) -> Iterator[Figure]:
    """Each in a transaction of its own, to a mailbox in memory; in turn with a loop that checks and writes nothing
    else. The first word of a process reads pages and letters and is not timed.
    """
    words_of(1, at=at)
    send_due(now=lambda: at)
    rounds = [
        (_rate(lambda: send_due(now=lambda: at), due, at), _rate(lambda: bare_loop(at), due, at))
        for _round in range(ROUNDS)
    ]
    ours = median(rate for rate, _bare in rounds)
    ratio = median(bare / rate for rate, bare in rounds)
    goal = Goal(per_second=250, ratio=1 / 0.6)
    yield Figure("sweep: send, one message a transaction", goal, per_second=ours, ratio=ratio)


def _rate(send: Callable[[], object], due: int, at: datetime) -> float:
    words_of(due, at=at)
    mail.outbox = []
    took = seconds_of(send)
    if len(mail.outbox) != due:
        raise AssertionError(f"{len(mail.outbox)} mails were sent where {due} were due")
    return due / took


def bare_loop(at: datetime) -> None:
    """Lock one unsent row, send a ready text, mark it."""
    with mail.get_connection() as connection:
        while bare_send(connection, at):
            pass


@transaction.atomic
def bare_send(connection: BaseEmailBackend, at: datetime) -> bool:
    waiting = Reminder.objects.filter(state=ReminderState.UNSENT, try_at__lte=at).order_by("try_at", "pk")
    reminder = waiting.select_for_update(of=("self",), skip_locked=True).first()
    if reminder is None:
        return False
    mail.EmailMessage("Due", "A deadline is due.", to=[reminder.address], connection=connection).send()
    reminder.state, reminder.sent_at = ReminderState.SENT, at + timedelta(seconds=1)
    reminder.save(update_fields=["state", "sent_at"])
    return True
