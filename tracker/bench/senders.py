"""What workers send through a mail server that takes its time: one process, then several that share what waits."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from time import monotonic, perf_counter, sleep
from typing import Final

from django.conf import settings
from django.db import connection, connections

from tracker.bench import sink
from tracker.bench.figures import Figure, Goal
from tracker.models import Reminder
from tracker.reminders.sending import send_due

DELAY: Final = 0.020
MANY: Final = 4
PATIENCE: Final = 120.0
# Forked, so that each has read the law, the pages and the letters before it is timed, as a worker has.
FORK: Final = get_context("fork")


def figures(make: Callable[[], object], *, due: int, at: datetime) -> Iterator[Figure]:
    """`make` lays that many words ready."""
    with a_sink() as port:
        one, many = (_rate(make, workers, due, port, at) for workers in (1, MANY))
    yield Figure(f"mail server of {DELAY * 1000:.0f} ms: one worker", per_second=one)
    name = f"mail server of {DELAY * 1000:.0f} ms: {MANY} workers, x one"
    yield Figure(name, Goal(ratio_at_least=3), per_second=many, ratio=many / one)


@contextmanager
def a_sink() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = FORK.Process(target=sink.serve, args=(port, DELAY), daemon=True)
    connections.close_all()  # two processes must not share one
    process.start()
    try:
        _wait_for(port)
        yield port
    finally:
        process.kill()
        process.join()


def _wait_for(port: int) -> None:
    until = monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if monotonic() > until:
                raise
            sleep(0.02)
        else:
            return


def _rate(make: Callable[[], object], workers: int, due: int, port: int, at: datetime) -> float:
    make()
    connections.close_all()
    start = FORK.Barrier(workers + 1)
    processes = [FORK.Process(target=_work, args=(start, port, at), daemon=True) for _ in range(workers)]
    for process in processes:
        process.start()
    start.wait(PATIENCE)
    started = perf_counter()
    for process in processes:
        process.join(PATIENCE)
    took = perf_counter() - started
    sent = Reminder.objects.filter(state="sent").count()
    if sent != due:
        raise AssertionError(f"{sent} words were sent where {due} were due")
    return due / took


def _work(start: Barrier, port: int, at: datetime) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = "config.mail.SmtpBackend", "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = port, 10
    connection.ensure_connection()
    start.wait(PATIENCE)
    send_due(now=lambda: at)
