"""Where data may lie and under which account a server may run there; says in one sentence what stands in the way."""

import os
import pwd
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Final

from config.processes import Account

# sun_path holds 104 bytes on macOS, 108 on Linux; PostgreSQL appends "/.s.PGSQL.5432.lock".
LONGEST_SOCKET_DIRECTORY: Final = 80


class CannotStart(Exception):
    """The message is for the person at the terminal: what is wrong and what they can do."""


def check_writable(directory: Path) -> None:
    """Makes the data directory and proves that it takes data."""
    try:
        if not directory.exists():
            directory.mkdir(parents=True)
            # Root's database runs under an account that must pass through; what lies inside closes itself.
            directory.chmod(0o711 if os.geteuid() == 0 else 0o700)
        with tempfile.NamedTemporaryFile(dir=directory) as probe:
            probe.write(bytes(4096))
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        raise CannotStart(f"DATA_DIR {directory} cannot be written to: {error.strerror}. Set DATA_DIR.") from error


def check_space(directory: Path, needed: int) -> None:
    free = shutil.disk_usage(directory).free
    if free < needed:
        raise CannotStart(
            f"DATA_DIR is full: {directory} has {free // 1024**2} MB free and Casebook needs {needed // 1024**2} MB. "
            "Free some space or set DATA_DIR to another place."
        )


def unprivileged(home: Path) -> Account | None:
    """PostgreSQL refuses to run as root: then it runs as the owner of its files, or as `nobody`."""
    if os.geteuid() != 0:
        return None
    owner = home.stat().st_uid if home.exists() else 0
    entry = pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def can_reach(directory: Path, account: Account | None) -> bool:
    """Whether the account may pass through every directory above this one."""
    return account is None or all(_can_pass(parent.stat(), account) for parent in directory.resolve().parents)


def _can_pass(directory: os.stat_result, account: Account) -> bool:
    if directory.st_uid == account.uid:
        return bool(directory.st_mode & stat.S_IXUSR)
    return bool(directory.st_mode & stat.S_IXOTH)


def can_run(program: Path, account: Account | None) -> bool:
    return can_reach(program, account) and (account is None or bool(program.stat().st_mode & stat.S_IXOTH))


def socket_directory(home: Path) -> Path:
    """A place for a socket: inside `home`, or a short private one where that path cannot be a socket's."""
    inside = home / "socket"
    speakable = len(os.fsencode(inside)) <= LONGEST_SOCKET_DIRECTORY and not set(str(inside)) & set(",\"'\\ ?#%")
    if speakable:
        inside.mkdir(mode=0o700, exist_ok=True)
        return inside
    note = home / "socket-is-at"
    forget_socket(note)
    elsewhere = Path(tempfile.mkdtemp(prefix="casebook-", dir="/tmp"))
    note.write_text(str(elsewhere))
    return elsewhere


def forget_socket(note: Path) -> None:
    """Removes the short directory a killed run left behind."""
    if note.exists():
        left = Path(note.read_text())
        if left.name.startswith("casebook-"):
            shutil.rmtree(left, ignore_errors=True)
        note.unlink()
