"""/healthz: this process answers. /readyz: everything it needs answers, each named; 503 while one of them fails."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from kombu.exceptions import OperationalError as BrokerError

from config import beat
from config.celery import app
from tracker.models import Sweep

OK: Final = "ok"
NO_ANSWER: Final = "gives no answer"
PATIENCE: Final = 1.0
# The watch sweeps every minute; a long sweep or one missed beat is no alarm yet.
SWEEP_AT_LEAST_EVERY: Final = timedelta(minutes=3)


@never_cache
def alive(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
def ready(_request: HttpRequest) -> JsonResponse:
    now = timezone.now()
    answers = {name: check(now) for name, check in CHECKS.items()}
    is_ready = all(answer == OK for answer in answers.values())
    return JsonResponse({"ready": is_ready, **answers, **pulse()}, status=200 if is_ready else 503)


def pulse() -> dict[str, str | float | None]:
    """When the last sweep ended and how many seconds it took."""
    try:
        last = Sweep.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()
    except DatabaseError:
        last = None
    if last is None or last.finished_at is None:
        return {"swept_at": None, "sweep_seconds": None}
    took = (last.finished_at - last.started_at).total_seconds()
    return {"swept_at": f"{last.finished_at:%Y-%m-%dT%H:%M:%SZ}", "sweep_seconds": round(took, 3)}


def database(_now: datetime) -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return NO_ANSWER
    return OK


def broker(_now: datetime) -> str:
    try:
        with app.connection_for_write(connect_timeout=PATIENCE) as link:
            link.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE)
    except (BrokerError, OSError):
        return NO_ANSWER
    return OK


def worker(_now: datetime) -> str:
    try:
        answers = app.control.ping(timeout=PATIENCE, limit=1)
    except (BrokerError, OSError):
        return "cannot be asked without the broker"
    return OK if answers else NO_ANSWER


def beats(_now: datetime) -> str:
    try:
        return OK if beat.is_shown() else "is not running"
    except DatabaseError:
        return "cannot be asked without the database"


def last_sweep(now: datetime) -> str:
    try:
        # A later one was by a clock that was ahead, and says nothing of now.
        last = Sweep.objects.filter(finished_at__lte=now).order_by("-finished_at").first()
    except DatabaseError:
        return "cannot be asked without the database"
    if last is None or last.finished_at is None:
        return "never"
    return OK if now - last.finished_at <= SWEEP_AT_LEAST_EVERY else f"{last.finished_at:%Y-%m-%dT%H:%M:%SZ}"


CHECKS: Final[dict[str, Callable[[datetime], str]]] = {
    "database": database,
    "broker": broker,
    "worker": worker,
    "beat": beats,
    "last_sweep": last_sweep,
}
