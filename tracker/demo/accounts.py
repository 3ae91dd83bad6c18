"""The file that tells who runs the demonstration how to sign in: its place, and what of it a page may show."""

from pathlib import Path
from typing import Final

from django.conf import settings

NAME: Final = "demo-accounts.txt"
BETWEEN: Final = "  password: "  # an address and what follows it


def accounts_file() -> Path:
    return Path(settings.DATA_DIR) / NAME


def line(role: str, email: str, password: str) -> str:
    return f"{role}: {email}{BETWEEN}{password}"


def sign_ins() -> tuple[str, ...]:
    """The addresses, never the password: who may read the file learns it there. Empty outside the embedded mode."""
    if not settings.EMBEDDED or not accounts_file().exists():
        return ()
    told = (line.partition(BETWEEN)[0] for line in accounts_file().read_text(encoding="utf-8").splitlines())
    return tuple(email for _role, _colon, email in (one.partition(": ") for one in told) if email)
