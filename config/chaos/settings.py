"""Casebook's settings on the clock of the run. What is not named here is as it is in earnest."""

from django.utils import timezone

from config.chaos.clock import Clock
from config.settings import *  # noqa: F403
from config.settings import DATA_DIR, STORAGES

# What every door reads; nothing below a door reads any.
timezone.now = Clock(DATA_DIR / "clock").now
# Casebook's own, and it says in its greeting which process sends.
EMAIL_BACKEND = "config.chaos.mail.SmtpBackend"
CELERY_BEAT_MAX_LOOP_INTERVAL = 1
# Nobody looks at a page: no file need be hashed and compressed.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
