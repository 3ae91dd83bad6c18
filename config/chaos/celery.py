"""Casebook's Celery application, whose beat rings as often by the faster clock as it does in earnest."""

from config.celery import app
from config.chaos.clock import PACE

for entry in app.conf.beat_schedule.values():
    # Those that come once a day, at an hour, are left alone.
    if isinstance(entry["schedule"], float):
        entry["schedule"] /= PACE

__all__ = ["app"]
