"""Real processes that sweep the test's database and mail to its sink, to be raced and killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0


def database_url() -> str:
    found = connection.settings_dict
    login = quote(found["USER"], safe="") + (":" + quote(found["PASSWORD"], safe="") if found["PASSWORD"] else "")
    where = f"{found['HOST']}:{found['PORT']}" if not found["HOST"].startswith("/") else ""
    query = f"?host={quote(found['HOST'], safe='')}&port={found['PORT']}" if found["HOST"].startswith("/") else ""
    return f"postgresql://{login}@{where}/{found['NAME']}{query}"


@contextmanager
def started(*arguments: str, smtp_port: int, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """`python ARGUMENTS`, killed at the end if it still runs."""
    ours = {
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        "DJANGO_SETTINGS_MODULE": "tests.watch_settings",
        "PYTHONWARNINGS": "default",
    }
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | ours | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise AssertionError(f"waited {PATIENCE:.0f} s in vain: {what}")
        time.sleep(0.02)
