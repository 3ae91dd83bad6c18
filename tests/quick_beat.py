"""Casebook's Celery application for tests: its beat rings for a sweep every half second, into the queue QUEUE names."""

import os

from config.celery import app

app.conf.task_default_queue = os.environ["QUEUE"]
app.conf.beat_schedule = {"remind": app.conf.beat_schedule["remind"] | {"schedule": 0.5}}
