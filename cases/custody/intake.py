"""What a file handed in may be called and looks like: a name made safe to show, a type told from its first bytes."""

import codecs
import unicodedata
from dataclasses import dataclass, field
from typing import BinaryIO, Final

NAME_LENGTH: Final = 255
SUFFIX_LENGTH: Final = 16
HEAD: Final = 8 * 1024
UNNAMED: Final = "unnamed"
UNKNOWN: Final = "application/octet-stream"
# Control, format (right-to-left marks, zero widths), surrogate, private, unassigned; line and paragraph separators.
UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
MAGIC: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
OFFICE: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def safe_name(given: str) -> str:
    """The last part of a path, every sign that hides or turns text replaced by `_`, cut with its suffix kept."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    shown = unicodedata.normalize("NFC", last.encode("utf-8", "replace").decode())
    clean = "".join("_" if unicodedata.category(sign) in UNSAFE else sign for sign in shown).strip()
    if not clean.strip("._ "):
        return UNNAMED
    return clean if len(clean) <= NAME_LENGTH else cut(clean)


def cut(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > SUFFIX_LENGTH:
        return name[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(suffix) - 1]}.{suffix}"


def as_sent(given: str) -> str:
    """The name as it came, spelt out so that it can be kept and shown whatever it holds."""
    return given.encode("unicode_escape").decode("ascii")[:2000]


def media_type(head: bytes, *, filename: str) -> str:
    """By the first bytes, never by what the sender says. Text that a browser would run is plain text here."""
    for magic, found in MAGIC:
        if head.startswith(magic):
            suffix = filename[filename.rfind(".") :].lower()
            return OFFICE.get(suffix, found) if found == "application/zip" else found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if not is_text(head):
        return UNKNOWN
    return "text/csv" if filename.lower().endswith(".csv") else "text/plain"


def is_text(head: bytes) -> bool:
    """UTF-8 as far as the head goes (it may end within a sign), without controls but tab, line feed and return."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return bool(text) and not any(unicodedata.category(sign) == "Cc" and sign not in "\t\n\r" for sign in text)


@dataclass
class Watched:
    """A stream whose first bytes are kept as they pass."""

    stream: BinaryIO
    head: bytes = field(default=b"", init=False)

    def read(self, size: int = -1) -> bytes:
        chunk = self.stream.read(size)
        if len(self.head) < HEAD:
            self.head += chunk[: HEAD - len(self.head)]
        return chunk
