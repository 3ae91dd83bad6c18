"""/metrics: the pulse of the watch for Prometheus, read from the database, so that every web process says the same.

Whoever sends METRICS_TOKEN as a bearer token may read it: how much there is may be known to no one else. Without one,
only a browser on this very machine, and only while the servers are embedded.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from secrets import compare_digest
from typing import Final

from django.conf import settings
from django.db.models import Count, Min, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from tracker.models import Reminder, ReminderState, Sweep, Watch, WordKind

HERE: Final = frozenset({"127.0.0.1", "::1", ""})  # by a Unix socket there is no address
DAY: Final = timedelta(days=1)
COUNTED: Final = ("rearmed", "made", "sent", "dropped", "failed")


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_read(request):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Pulse(timezone.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    if token := settings.METRICS_TOKEN:
        return compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    is_direct = "X-Forwarded-For" not in request.headers and "Forwarded" not in request.headers
    return settings.EMBEDDED and is_direct and request.META.get("REMOTE_ADDR", "") in HERE


class Pulse(Collector):
    """As of one instant. Each figure is read from an index."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def collect(self) -> Iterator[Metric]:
        yield from self._sweeps()
        yield from self._words()
        due = Watch.objects.filter(next_word_at__lte=self._now).aggregate(n=Count("pk"), oldest=Min("next_word_at"))
        yield GaugeMetricFamily("casebook_watch_due", "Deadlines whose word is due and not made", value=due["n"])
        yield GaugeMetricFamily(
            "casebook_watch_lag_seconds", "How long the oldest of them has been due", value=self._age(due["oldest"])
        )

    def _sweeps(self) -> Iterator[Metric]:
        last = Sweep.objects.filter(finished_at__isnull=False).order_by("-finished_at").first()
        finished = last.finished_at if last else None
        if last and finished:
            yield GaugeMetricFamily(
                "casebook_last_sweep_timestamp_seconds", "When the last sweep ended", value=finished.timestamp()
            )
            took = (finished - last.started_at).total_seconds()
            yield GaugeMetricFamily("casebook_last_sweep_seconds", "How long it took", value=took)
        recent = Sweep.objects.filter(finished_at__gte=self._now - DAY)
        done = recent.aggregate(**{name: Sum(name, default=0) for name in COUNTED}, sweeps=Count("pk"))
        family = GaugeMetricFamily("casebook_swept_last_day", "What sweeps did in the last day", labels=["what"])
        for name, amount in done.items():
            family.add_metric([name], amount)
        yield family

    def _words(self) -> Iterator[Metric]:
        waiting = Reminder.objects.unsent().order_by().values("kind")
        found = {row["kind"]: row for row in waiting.annotate(n=Count("pk"), oldest=Min("try_at"))}
        unsent = GaugeMetricFamily("casebook_words_unsent", "Words that wait to be sent", labels=["kind"])
        late = GaugeMetricFamily("casebook_words_late_seconds", "How long the oldest should have left", labels=["kind"])
        for kind in WordKind.values:
            row = found.get(kind)
            unsent.add_metric([kind], row["n"] if row else 0)
            late.add_metric([kind], self._age(row["oldest"] if row else None))
        failed = Reminder.objects.filter(state=ReminderState.FAILED, made_at__gte=self._now - DAY).count()
        yield from (unsent, late)
        yield GaugeMetricFamily(
            "casebook_words_failed_last_day", "Words made in the last day that failed", value=failed
        )

    def _age(self, since: datetime | None) -> float:
        return max(0.0, (self._now - since).total_seconds()) if since else 0.0
