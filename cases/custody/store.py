"""Where the bytes lie, by their SHA-256: a file system or any S3. Knows nothing of evidence, cases or Django.

What is put is hashed while it is read and stands whole or not at all; bytes that stand are never replaced.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from cases.custody.files import FileStore, write_whole
from cases.custody.stored import (
    CHUNK,
    Altered,
    BadAddress,
    Leftover,
    NotStored,
    OverLimit,
    Store,
    Stored,
    StoreFault,
    Unreachable,
    reaching,
    sha256_of,
)

__all__ = [
    "CHUNK", "Altered", "BadAddress", "FileStore", "Leftover", "NotStored", "OverLimit", "Store", "StoreFault",
    "Stored", "Unreachable", "from_url", "reaching", "sha256_of", "write_whole",
]  # fmt: skip


def from_url(url: str) -> Store:
    """`file:///absolute/folder` or `s3://bucket/prefix?endpoint=https://…&region=…`."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.netloc in {"", "localhost"} and parts.path.startswith("/"):
        return FileStore(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        try:
            from cases.custody.s3 import S3Store  # noqa: PLC0415  an extra, loaded only where it is used
        except ImportError as error:
            raise BadAddress("EVIDENCE_URL names an S3 store: install the extra `s3` (boto3).") from error
        return S3Store.from_parts(parts)
    raise BadAddress("EVIDENCE_URL must be file:///absolute/folder or s3://bucket/prefix?endpoint=https://…")
