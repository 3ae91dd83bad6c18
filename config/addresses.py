"""Turns the addresses an operator writes (DATABASE_URL, EMAIL_URL) into Django's settings. Pure: it opens nothing."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

POSTGRES_SCHEMES = {"postgresql", "postgres", "pgsql"}
SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class BadAddress(ValueError):
    """An address in the environment cannot be read; the message names the variable and what it may look like."""


def _split(url: str, variable: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError as error:
        raise BadAddress(f"{variable} cannot be read: {error}.") from error


def database(url: str, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """postgresql://user:password@host:port/name?sslmode=require; a host that is a directory names a socket."""
    parts, port = _split(url, variable)
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in POSTGRES_SCHEMES or not name:
        raise BadAddress(f"{variable} must look like postgresql://user:password@host:5432/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # libpq's own spelling of a socket directory is ?host=/run/postgresql.
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": options.pop("port", "") or str(port or ""),
        "OPTIONS": options,
    }


def email(url: str) -> dict[str, Any]:
    """smtp://user:password@host:port, smtp+tls:// (STARTTLS), smtps:// (TLS), file:///directory, memory://."""
    parts, port = _split(url, "EMAIL_URL")
    if parts.scheme == "memory":
        return {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    if parts.scheme == "file" and parts.path:
        return {"EMAIL_BACKEND": "config.mail.EmlBackend", "EMAIL_FILE_PATH": Path(unquote(parts.path))}
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise BadAddress("EMAIL_URL must look like smtps://user:password@host:465 or file:///directory.")
    return {
        "EMAIL_BACKEND": "config.mail.SmtpBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or SMTP_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,
    }
