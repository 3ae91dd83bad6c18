"""Casebook's settings with what a test run must not take from the machine it runs on."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "a key for tests only, of no worth to anyone 0123456789")
# One a test process, which the workers it starts inherit; conftest removes it.
PREFIX = f"casebook-test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-"
if PREFIX not in os.environ.get("DATA_DIR", ""):
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix=PREFIX)

from config.settings import *  # noqa: E402, F403

# So that a run on embedded servers answers /metrics as one beside others does.
METRICS_TOKEN = "for tests only"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
(DATA_DIR / "evidence").mkdir(exist_ok=True)  # noqa: F405
# Found when asked for: a list of them all would be made anew for every test client, at a tenth of a second each.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
# Emptying a table between tests is the one thing the append-only tables must allow here.
DATABASES["default"]["ENGINE"] = "tests.postgresql"  # noqa: F405
