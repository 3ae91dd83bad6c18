"""Casebook's Celery application, whose beat goes by the clock of the run: as often as in earnest, through its jumps.

What comes once a day at an hour is left out; the run proves the watch itself at its end.
"""

from datetime import timedelta
from typing import Final

from celery.schedules import schedule
from django.conf import settings

from config.celery import app
from config.chaos.clock import Clock

CLOCK: Final = Clock(settings.DATA_DIR / "clock")

app.conf.beat_schedule = {
    name: entry | {"schedule": schedule(timedelta(seconds=entry["schedule"]), nowfun=CLOCK.now)}
    for name, entry in app.conf.beat_schedule.items()
    if isinstance(entry["schedule"], float)
}
# Celery would add a daily job of its own, by another clock.
app.conf.result_expires = None

__all__ = ["app"]
