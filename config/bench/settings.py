"""Casebook's settings, with the bare reference served beside it and statements counted for who asks."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE as CASEBOOKS

ROOT_URLCONF = "config.bench.urls"
MIDDLEWARE = ["tracker.bench.stopwatch.QueryCount", *CASEBOOKS]
LOGGING_CONFIG = None
