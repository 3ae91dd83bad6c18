"""Django's settings, in sections. What differs between machines comes from the environment; README lists it."""

import json
import os
import re
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import addresses

# ---- The environment ------------------------------------------------------------------------------------------------
BASE_DIR = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    """An empty variable counts as unset."""
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    value = text(name, "0").lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")
    return value in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


DATA_DIR = Path(text("DATA_DIR", str(BASE_DIR / ".data"))).absolute()
# Embedded: nobody named a database, so `manage.py up` runs its own and writes down where it listens.
EMBEDDED = not text("DATABASE_URL")
RUNNING_FILE = DATA_DIR / "running.json"
PORT = text("PORT", "8000")


def running() -> dict[str, str]:
    """The addresses of the servers that `manage.py up` started from this DATA_DIR, if it did."""
    try:
        found: dict[str, str] = json.loads(RUNNING_FILE.read_text())
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return {}
    return found


RUNNING = running()

# ---- The first things ------------------------------------------------------------------------------------------------
DEBUG = flag("DEBUG")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
LOCAL = set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}
VERSION = re.findall(r"^## (\d\S*)", (BASE_DIR / "CHANGELOG.md").read_text(), re.MULTILINE)[0]
# The command that starts every process of one machine. Named here because tracker may not import config.
SUPERVISOR = "config.up"
# What `manage.py bench` and `manage.py chaos` run, for the same reason.
BENCH = "config.bench"
CHAOS = "config.chaos"


def secret_key() -> str:
    kept = DATA_DIR / "secret_key"
    if key := text("SECRET_KEY"):
        return key
    if not EMBEDDED:
        raise ImproperlyConfigured("SECRET_KEY is not set. Give every process the same long random text as SECRET_KEY.")
    # Only `manage.py up` writes the file. A command run before it needs no lasting key.
    return kept.read_text().strip() if os.access(kept, os.R_OK) else secrets.token_urlsafe(50)


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")

# ---- The applications ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "cases",
    "tracker",
    # Not the autodiscovering admin: config.urls alone names what the admin shows.
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "django_filters",
    "django_htmx",
    "lucide",
    "csp",
    "pgtrigger",
    "pghistory",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tracker.views.private.Private",
    "tracker.views.nav.LawAsItStands",
    "tracker.views.nav.ReaderZone",
    "tracker.views.refusals.Refusals",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- Templates and forms ---------------------------------------------------------------------------------------------
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "tracker.views.nav.nav",
                "tracker.views.answering.tokens",
            ],
        },
    }
]
FORM_RENDERER = "tracker.renderer.Renderer"

# ---- The database ----------------------------------------------------------------------------------------------------
# With nothing named and nothing running, a connection fails with PostgreSQL's own sentence; `manage.py due` needs none.
NO_DATABASE = "postgresql://casebook@localhost:1/casebook"


def database(url: str, variable: str) -> dict[str, Any]:
    try:
        return addresses.database(url, variable)
    except addresses.BadAddress as error:
        raise ImproperlyConfigured(str(error)) from error


DATABASE_URL = text("DATABASE_URL", RUNNING.get("DATABASE_URL", NO_DATABASE))
# Named by the environment, the owner belongs to that database; otherwise it is the one `up` started.
DATABASE_OWNER_URL = text("DATABASE_OWNER_URL", RUNNING.get("DATABASE_OWNER_URL", "") if EMBEDDED else "")
DATABASES = {"default": database(DATABASE_URL, "DATABASE_URL")}
if text("DATABASE_POOL"):
    DATABASES["default"]["OPTIONS"]["pool"] = {"max_size": int(text("DATABASE_POOL"))}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASE_OWNER_URL:
    # Owns the tables and migrates; nothing that serves a request uses it.
    owner_database = database(DATABASE_OWNER_URL, "DATABASE_OWNER_URL")
    DATABASES["owner"] = {**owner_database, "TEST": {"MIRROR": "default"}}

# ---- People and sessions ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "cases.Person"
AUTHENTICATION_BACKENDS = ["tracker.views.signing_in.Reader"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "login"
SESSION_COOKIE_AGE = 12 * 60 * 60
# A browser sends a host's cookies to every port: two copies on one machine would sign each other's readers out.
COPY = f"_{PORT}" if EMBEDDED and PORT != "8000" else ""
SESSION_COOKIE_NAME = f"casebook_session{COPY}"
CSRF_COOKIE_NAME = f"casebook_csrf{COPY}"
LANGUAGE_COOKIE_NAME = "casebook_language"

# ---- Languages and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文"), ("zh-hant", "繁體中文")]
LOCALE_PATHS = [BASE_DIR / "cases" / "locale", BASE_DIR / "tracker" / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ---- Static files ----------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(text("STATIC_ROOT", str(DATA_DIR / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# ---- Evidence and mail -----------------------------------------------------------------------------------------------
EVIDENCE_URL = text("EVIDENCE_URL", (DATA_DIR / "evidence").as_uri())
# Whose territory the database and the store stand in: from CN nothing goes to an authority elsewhere unapproved.
STORED_IN = text("STORED_IN", "CN").strip().upper()
EVIDENCE_MAX_BYTES = int(text("EVIDENCE_MAX_BYTES", str(2 * 1024**3)))
EMAIL_URL = text("EMAIL_URL", (DATA_DIR / "mail").as_uri() if EMBEDDED else "smtp://localhost:25")
MAIL = addresses.email(EMAIL_URL)
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_FILE_PATH = MAIL.get("EMAIL_FILE_PATH")
EMAIL_HOST = MAIL.get("EMAIL_HOST", "localhost")
EMAIL_PORT = MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = MAIL.get("EMAIL_TIMEOUT")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = text("EMAIL_FROM", "Casebook <casebook@localhost>")
# Hosts of our own network that a webhook may post to, by HTTP too; all others must be public and speak HTTPS.
CHAT_HOSTS = words("CHAT_HOSTS")
# Asked for after each sweep that ran to its end, so that a watcher elsewhere notices when none does.
HEARTBEAT_URL = text("HEARTBEAT_URL")
# Who may read /metrics: whoever sends this as a bearer token. Unset, only this machine while it is embedded.
METRICS_TOKEN = text("METRICS_TOKEN")
# Where a link in a mail leads.
SITE_URL = text("SITE_URL", f"http://localhost:{PORT}").rstrip("/")

# ---- Jobs (config/celery.py holds the timetable) ---------------------------------------------------------------------
NO_BROKER = "redis://localhost:1/0"
BROKER_URL = text("BROKER_URL", RUNNING.get("BROKER_URL", NO_BROKER))
CELERY_BROKER_URL = BROKER_URL
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
# A job is a sweep over rows: run twice it does nothing twice, so it is acknowledged only when it is done.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 30 * 60} if BROKER_URL.startswith("redis") else {}
CELERY_BEAT_MAX_LOOP_INTERVAL = 10
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# ---- The API ---------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "knox.auth.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": [
        "cases.asked.EachKeyOnce",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "cases.api.errors.handler",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
REST_KNOX = {"AUTH_HEADER_PREFIX": "Token", "TOKEN_TTL": None}
SPECTACULAR_SETTINGS = {
    "TITLE": "Casebook",
    "DESCRIPTION": "What was served on us, what must be done by when and why, who does it with which proof.",
    "VERSION": VERSION,
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Closed lists stay beside the field that takes them: naming them apart would invent two dozen nouns.
    "POSTPROCESSING_HOOKS": ["cases.api.schema.describe_headers"],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
}

# ---- What an attacker meets ------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not LOCAL
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
# Only behind a proxy that sets the header itself and strips it from what it is sent.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY") else None
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
# Text sent with a form; files are streamed. Far above the longest text that a form takes, so that what is too long is
# told beside its field, with all else that was typed.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

# ---- History and log -------------------------------------------------------------------------------------------------
# Histories are kept by database triggers. Installed after `migrate` instead of by eighty operations in it, each of
# which would render every model anew: an empty database is migrated in a third of the time.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": text("LOG_LEVEL", "INFO")},
    # It tells each of a hundred triggers by name whenever a migration runs.
    "loggers": {"pgtrigger": {"level": "WARNING"}},
}
