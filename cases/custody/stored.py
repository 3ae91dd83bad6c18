"""What every store of bytes says, takes and refuses. Knows nothing of evidence, cases or Django."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO, Final, Protocol

CHUNK: Final = 1024 * 1024
HEX: Final = frozenset("0123456789abcdef")
INCOMING: Final = "incoming"


class StoreFault(Exception):
    """The store did not do what it was asked; nothing was recorded by it."""


class Unreachable(StoreFault):
    """No connection, no right, no room: the message is the system's own."""


class NotStored(StoreFault):
    """The store answers and has no such bytes."""


class OverLimit(StoreFault):
    """More bytes than allowed; reading stopped there."""


class Altered(StoreFault):
    """Other bytes stand under this hash. They are left as they are, for somebody to look at."""


class BadAddress(ValueError):
    """EVIDENCE_URL cannot be understood, or needs a package that is not installed."""


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int


@dataclass(frozen=True)
class Leftover:
    """An upload that was never finished."""

    name: str
    size: int
    began_at: datetime


class Store(Protocol):
    def put(self, stream: BinaryIO, *, max_bytes: int) -> Stored: ...

    def open(self, sha256: str) -> BinaryIO: ...

    def exists(self, sha256: str) -> bool: ...

    def discard(self, sha256: str) -> None:
        """For bytes that no record names; that none does is the caller's to know. Gone already is as good."""

    def hashes(self) -> Iterator[str]:
        """Every hash under which bytes stand, in order."""

    def leftovers(self) -> Iterator[Leftover]: ...


def sha256_of(stream: BinaryIO) -> str:
    """The hash of what is there now, read again."""
    seen = sha256()
    while chunk := stream.read(CHUNK):
        seen.update(chunk)
    return seen.hexdigest()


def check_hash(name: str) -> str:
    """A hash becomes a path: nothing else may."""
    if len(name) != 64 or not HEX.issuperset(name):
        raise ValueError(f"not a SHA-256: {name!r}")
    return name


def limited(stream: BinaryIO, *, max_bytes: int) -> Iterator[bytes]:
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > max_bytes:
            raise OverLimit(f"more than {max_bytes} bytes")
        yield chunk


@contextmanager
def reaching() -> Iterator[None]:
    """Errors of the file system, in the store's words."""
    try:
        yield
    except OSError as error:
        raise Unreachable(error.strerror or str(error)) from error
