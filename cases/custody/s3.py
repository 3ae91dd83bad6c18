"""The store on any S3, through boto3: an extra, imported only when EVIDENCE_URL names one."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO, cast
from urllib.parse import SplitResult, parse_qs

import boto3  # type: ignore[import-untyped]  # boto3 ships no types
from boto3.exceptions import S3UploadFailedError  # type: ignore[import-untyped]
from botocore.config import Config  # type: ignore[import-untyped]
from botocore.exceptions import BotoCoreError, ClientError  # type: ignore[import-untyped]

from cases.custody.stored import (
    CHUNK,
    INCOMING,
    Altered,
    BadAddress,
    Leftover,
    NotStored,
    Stored,
    Unreachable,
    check_hash,
    limited,
    reaching,
    sha256_of,
)

KNOWN = {"endpoint", "region"}
ABSENT = {"404", "NoSuchKey", "NotFound"}


@contextmanager
def asking() -> Iterator[None]:
    """boto3's errors, in the store's words."""
    try:
        yield
    except ClientError as error:
        code = str(error.response.get("Error", {}).get("Code", ""))
        raise (NotStored(code) if code in ABSENT else Unreachable(code)) from error
    except (BotoCoreError, S3UploadFailedError) as error:
        raise Unreachable(str(error)) from error


@dataclass(frozen=True)
class S3Store:
    """`prefix/aa/bb/<sha256>`. An S3 object appears whole or not at all; the server checks the hash it is sent."""

    client: Any  # boto3 makes its clients at run time: there is no type to name
    bucket: str
    prefix: str

    @classmethod
    def from_parts(cls, parts: SplitResult) -> "S3Store":
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
        if unknown := asked.keys() - KNOWN:
            raise BadAddress(f"EVIDENCE_URL: unknown option {', '.join(sorted(unknown))}")
        options = {name: values[-1] for name, values in asked.items()}
        config = Config(connect_timeout=5, read_timeout=60, retries={"max_attempts": 3, "mode": "standard"})
        client = boto3.client(
            "s3", endpoint_url=options.get("endpoint"), region_name=options.get("region"), config=config
        )
        return cls(client, parts.netloc, parts.path.strip("/"))

    def put(self, stream: BinaryIO, *, max_bytes: int) -> Stored:
        # The key is the hash, so the bytes are read once to a spool before the first is sent.
        with reaching():
            spool = tempfile.SpooledTemporaryFile(max_size=8 * CHUNK)  # noqa: SIM115  closed by the next line
        with spool:
            seen, size = sha256(), 0
            for chunk in limited(stream, max_bytes=max_bytes):
                with reaching():
                    spool.write(chunk)
                seen.update(chunk)
                size += len(chunk)
            stored = Stored(seen.hexdigest(), size)
            spool.seek(0)
            self._send(cast(BinaryIO, spool), stored.sha256)
        return stored

    def open(self, sha256: str) -> BinaryIO:
        with asking():
            found = self.client.get_object(Bucket=self.bucket, Key=self._key(sha256))
        return cast(BinaryIO, found["Body"])

    def discard(self, sha256: str) -> None:
        with asking():
            self.client.delete_object(Bucket=self.bucket, Key=self._key(sha256))

    def exists(self, sha256: str) -> bool:
        try:
            with asking():
                self.client.head_object(Bucket=self.bucket, Key=self._key(sha256))
        except NotStored:
            return False
        return True

    def hashes(self) -> Iterator[str]:
        pages = self.client.get_paginator("list_objects_v2")
        with asking():
            for page in pages.paginate(Bucket=self.bucket, Prefix=self._below("")):
                for found in page.get("Contents", []):
                    name = found["Key"].rsplit("/", 1)[-1]
                    if found["Key"] == self._below(f"{name[:2]}/{name[2:4]}/{name}") and len(name) == 64:
                        yield name

    def leftovers(self) -> Iterator[Leftover]:
        """Uploads in parts that were begun and never completed; S3 keeps them, unseen."""
        with asking():
            found = self.client.list_multipart_uploads(Bucket=self.bucket, Prefix=self._below(""))
        for upload in found.get("Uploads", []):
            yield Leftover(f"{INCOMING}/{upload['UploadId']}", 0, upload["Initiated"])

    def _send(self, spool: BinaryIO, name: str) -> None:
        if self.exists(name):
            with self.open(name) as standing:
                if sha256_of(standing) != name:
                    raise Altered(name)
            return
        with asking():
            self.client.upload_fileobj(spool, self.bucket, self._key(name), ExtraArgs={"ChecksumAlgorithm": "SHA256"})

    def _key(self, name: str) -> str:
        check_hash(name)
        return self._below(f"{name[:2]}/{name[2:4]}/{name}")

    def _below(self, path: str) -> str:
        return f"{self.prefix}/{path}" if self.prefix else path
