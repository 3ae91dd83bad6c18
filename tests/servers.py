"""Which servers a test run talks to: those the environment names, or PostgreSQL and Valkey from their wheels."""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import psycopg
from django.conf import settings
from kombu import Connection
from psycopg import sql

from config import addresses, embedded
from tests.postgresql.base import migrated


def start(stack: ExitStack) -> None:
    """Starts what is not named, for this process and those it starts (pytest-xdist's workers inherit the names)."""
    if os.environ.get("DATABASE_URL") and os.environ.get("BROKER_URL"):
        return
    place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="casebook-servers-")))
    place.chmod(0o711)
    found = stack.enter_context(embedded.servers(place))
    if not os.environ.get("DATABASE_URL"):
        _spare_the_disk(found.superuser)
        os.environ["DATABASE_URL"] = found.superuser
        # The settings were read before the server had an address.
        address = addresses.database(found.superuser)
        settings.DATABASES["default"].update({**address, "ENGINE": settings.DATABASES["default"]["ENGINE"]})
    if not os.environ.get("BROKER_URL"):
        os.environ["BROKER_URL"] = settings.BROKER_URL = settings.CELERY_BROKER_URL = found.broker


def _spare_the_disk(url: str) -> None:
    """Nobody wants these rows back after a power cut; a server that the environment names is left as it is."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def forget_migrated() -> None:
    """Of this run or of one that was killed: its tables may be those of another day."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        copy = sql.Identifier(migrated(connection.info.dbname))
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(copy))


def versions() -> list[str]:
    """What the run really talked to, for its log."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        database = connection.execute("SHOW server_version").fetchone()
    with Connection(os.environ["BROKER_URL"], connect_timeout=5) as broker:
        broker.connect()
        return [f"database: PostgreSQL {database[0]}", f"broker: {_broker_version(broker)}"]


def _broker_version(broker: Connection) -> str:
    if broker.transport.driver_type == "amqp":
        told = broker.connection.server_properties
        return f"{told['product']} {told['version']}"
    told = broker.default_channel.client.info("server")
    name = "Valkey" if "valkey_version" in told else "Redis"
    return f"{name} {told.get('valkey_version', told['redis_version'])}"
