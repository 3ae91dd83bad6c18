"""What a worker runs: each job reads the clock once and calls one function. A door may ring for the sweep early."""

import logging
from contextlib import suppress
from typing import Final

import requests
from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from cases import legislation
from cases.actions import expiry, hot_list, idempotency
from tracker import reminders

logger = logging.getLogger(__name__)

HEARTBEAT_PATIENCE: Final = 5.0  # seconds


@shared_task(name="tracker.jobs.remind", ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def remind() -> None:
    legislation.forget()
    reminders.sweep(now=timezone.now())
    beat_heart()


@shared_task(name="tracker.jobs.rebuild_watch", ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def rebuild_watch() -> None:
    legislation.forget()
    reminders.rebuild(now=timezone.now())
    reminders.subscribe_everybody(now=timezone.now())


@shared_task(name="tracker.jobs.read_lists", ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def read_lists() -> None:
    """Whatever was begun and not finished, by whomever; a file that cannot be read is marked so and stops no other."""
    for importing in hot_list.unfinished():
        with suppress(hot_list.UnreadableHotList):
            hot_list.run_import(importing=importing, at=timezone.now(), clock=timezone.now)


@shared_task(name="tracker.jobs.expire", ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def expire() -> None:
    """Whatever period is over; what begins with its end begins."""
    legislation.forget()
    expiry.sweep(at=timezone.now())


@shared_task(name="tracker.jobs.forget_answers", ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def forget_answers() -> None:
    """What was answered to a key, once nobody can still be repeating it."""
    idempotency.forget(at=timezone.now())


def beat_heart() -> None:
    """Tells a watcher elsewhere that a sweep ran to its end; when none does, it is silence that alarms there."""
    if not settings.HEARTBEAT_URL:
        return
    try:
        requests.get(settings.HEARTBEAT_URL, timeout=HEARTBEAT_PATIENCE).raise_for_status()
    except requests.RequestException as error:
        logger.warning("the heartbeat was not heard: %s", type(error).__name__)


def nudge() -> None:
    """For doors: sweep once this transaction is committed. Without a broker the next minute's sweep does it."""
    transaction.on_commit(_ring)


def _ring() -> None:
    try:
        remind.apply_async(expires=55, retry=False)
    except (BrokerError, OSError) as error:
        logger.warning("no sweep could be asked for, the next one comes within a minute: %s", error)
