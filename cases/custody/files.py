"""The store on a file system. Bytes stand whole or not at all, and are never replaced."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cases.custody.stored import (
    HEX,
    INCOMING,
    Altered,
    Leftover,
    NotStored,
    Stored,
    Unreachable,
    check_hash,
    limited,
    reaching,
    sha256_of,
)


@dataclass(frozen=True)
class FileStore:
    """`aa/bb/<sha256>` below one folder. A file is written aside, forced to the disk, then renamed into place."""

    root: Path

    def put(self, stream: BinaryIO, *, max_bytes: int) -> Stored:
        with reaching():
            aside = self._folder(INCOMING) / secrets.token_hex(16)
        try:
            stored = self._write(aside, stream, max_bytes=max_bytes)
            self._place(aside, stored.sha256)
        finally:
            with reaching():
                aside.unlink(missing_ok=True)
        return stored

    def open(self, sha256: str) -> BinaryIO:
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError as error:
            self._check_root()
            raise NotStored(sha256) from error
        except OSError as error:
            raise Unreachable(error.strerror or str(error)) from error

    def discard(self, sha256: str) -> None:
        self._check_root()
        with reaching():
            self._path(sha256).unlink(missing_ok=True)

    def exists(self, sha256: str) -> bool:
        self._check_root()
        with reaching():
            return self._path(sha256).is_file()

    def hashes(self) -> Iterator[str]:
        self._check_root()
        for path in sorted(self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
            if len(path.name) == 64 and HEX.issuperset(path.name):
                yield path.name

    def leftovers(self) -> Iterator[Leftover]:
        self._check_root()
        for path in sorted((self.root / INCOMING).glob("*")):
            try:
                found = path.stat()
            except FileNotFoundError:
                continue  # finished between the listing and the look
            yield Leftover(path.name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))

    def _write(self, aside: Path, stream: BinaryIO, *, max_bytes: int) -> Stored:
        # Unbuffered; errors of the incoming stream are the sender's and pass as they are.
        seen, size = sha256(), 0
        with reaching():
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        try:
            for chunk in limited(stream, max_bytes=max_bytes):
                with reaching():
                    write_whole(descriptor, chunk)
                seen.update(chunk)
                size += len(chunk)
            with reaching():
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return Stored(seen.hexdigest(), size)

    def _place(self, aside: Path, name: str) -> None:
        target = self._path(name)
        with reaching():
            folder = self._folder(name[:2], name[2:4])
            if target.exists():
                self._check_unaltered(name)
            else:
                # Two uploads of the same bytes at once both come here: what is replaced is then the same bytes.
                aside.rename(target)
            sync_folder(folder)

    def _check_unaltered(self, name: str) -> None:
        with self.open(name) as standing:
            if sha256_of(standing) != name:
                raise Altered(name)

    def _folder(self, *parts: str) -> Path:
        """Makes the folder below the root, each level on the disk before the next."""
        if not self.root.is_dir():
            self.root.mkdir(parents=True, mode=0o700)
            sync_folder(self.root.parent)
        here = self.root
        for part in parts:
            there = here / part
            if not there.is_dir():
                there.mkdir(mode=0o700, exist_ok=True)
                sync_folder(here)
            here = there
        return here

    def _path(self, name: str) -> Path:
        check_hash(name)
        return self.root / name[:2] / name[2:4] / name

    def _check_root(self) -> None:
        """A folder that is gone (a volume not mounted) is a store out of reach, not an empty one."""
        if not self.root.is_dir():
            raise Unreachable(f"{self.root.name}: the folder of the evidence is not there")


def write_whole(descriptor: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
