"""The Celery application and the beat timetable: the one place that says what runs by itself, and how often."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("casebook")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(related_name="jobs")
app.conf.beat_schedule = {
    "remind": {"task": "tracker.jobs.remind", "schedule": 60.0, "options": {"expires": 55}},
    "read_lists": {"task": "tracker.jobs.read_lists", "schedule": 60.0, "options": {"expires": 55}},
    "expire": {"task": "tracker.jobs.expire", "schedule": 60.0, "options": {"expires": 55}},
    # 03:40 in Shanghai, when nobody works.
    "rebuild_watch": {"task": "tracker.jobs.rebuild_watch", "schedule": crontab(hour="19", minute="40")},
    "forget_answers": {"task": "tracker.jobs.forget_answers", "schedule": crontab(hour="20", minute="10")},
}
