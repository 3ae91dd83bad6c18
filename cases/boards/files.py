"""Reads the file of a captured hot list: CSV, gzipped CSV or JSON lines, told apart by their content.

Memory stays bounded however large or hostile the file is.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from typing import BinaryIO

from cases.boards.entries import Entry, Fields, Rejected, RowParser, short

REQUIRED = ("captured_at", "rank", "title", "category")
OPTIONAL = ("heat", "is_ad", "read_count")
DEFAULT_MAX_BYTES = 2 * 1024**3
MAX_LINE = 256 * 1024
MAX_LINES_IN_A_ROW = 200

Lines = Iterator[tuple[int, str | None]]
Rows = Iterator[tuple[int, Fields | Rejected]]


class UnreadableBoard(Exception):
    """The file as a whole cannot be read; `code` says why: empty, encoding, columns, archive, too_large…"""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


def read(
    stream: BinaryIO, *, default_zone: tzinfo | None = None, max_bytes: int = DEFAULT_MAX_BYTES
) -> Iterator[Entry | Rejected]:
    """Yields every row with the physical line it starts on; raises `UnreadableBoard`, perhaps after some rows."""
    source, opening = _opened(stream)
    lines = _lines(source, max_bytes=max_bytes)
    rows = _json_rows(lines) if opening.startswith(b"{") else _csv_rows(lines)
    parse = RowParser(default_zone)
    entries, undecodable = 0, 0
    for line, fields in rows:
        found = fields._replace(line=line) if isinstance(fields, Rejected) else parse(line, fields)
        entries += isinstance(found, Entry)
        undecodable += isinstance(found, Rejected) and found.reason_code == "encoding"
        yield found
    if undecodable and not entries:
        raise UnreadableBoard("encoding")


def _opened(stream: BinaryIO) -> tuple[BinaryIO, bytes]:
    """The stream, unzipped if it is gzip, and its first bytes without byte-order mark and blanks."""
    source: io.BufferedReader | gzip.GzipFile = io.BufferedReader(_Rewound(stream))
    if source.peek(2).startswith(b"\x1f\x8b"):
        source = gzip.GzipFile(fileobj=source)
    try:
        head = source.peek(4096)[:4096]
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableBoard("damaged_gzip", str(error)) from error
    if head.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        raise UnreadableBoard("archive")
    if b"\x00" in head[:4] or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableBoard("encoding")
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not opening:
        raise UnreadableBoard("empty")
    return source, opening  # type: ignore[return-value]  # BufferedReader and GzipFile both read bytes by the line


class _Rewound(io.RawIOBase):
    """Makes anything with `read` (an upload, a pipe) a raw stream that can be buffered and is not closed by us."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than Buffer
        filled = 0
        while filled < len(buffer) and (piece := self._stream.read(len(buffer) - filled)):
            buffer[filled : filled + len(piece)] = piece
            filled += len(piece)
        return filled


def _lines(source: BinaryIO, *, max_bytes: int) -> Lines:
    """Rows physical lines; None where the bytes are not UTF-8."""
    number, total = 0, 0
    while raw := _next_line(source):
        number += 1
        total += len(raw)
        if total > max_bytes:
            raise UnreadableBoard("too_large", str(max_bytes))
        if len(raw) > MAX_LINE:
            raise UnreadableBoard("line_too_long", str(number))
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        try:
            yield number, raw.decode("utf-8")
        except UnicodeDecodeError:
            yield number, None


def _next_line(source: BinaryIO) -> bytes:
    try:
        return source.readline(MAX_LINE + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnreadableBoard("damaged_gzip", str(error)) from error


def _csv_rows(lines: Lines) -> Rows:
    records = _Records(lines)
    header = _header(records)
    records.is_whole = _record_test(header)
    for record in records:
        yield records.line, _csv_fields(header, record, is_readable=records.is_readable)


def _csv_fields(header: list[str], record: str, *, is_readable: bool) -> Fields | Rejected:
    if not is_readable:
        return Rejected(0, "encoding", "")
    try:
        # A reader of its own for each row: one that ends inside a quote must not swallow the next.
        values = next(csv.reader([record]))
    except csv.Error as error:
        return Rejected(0, "csv", short(error))
    if len(values) != len(header):
        return Rejected(0, "columns", f"{len(values)} ≠ {len(header)}")
    return dict(zip(header, values, strict=True))


class _Records:
    """Joins the physical lines of one row; a quote that is never closed costs its own row and no other."""

    def __init__(self, lines: Lines) -> None:
        self.line = 0
        self.is_readable = True
        self.is_whole: Callable[[str], bool] = _never
        self._lines = lines
        self._ahead: tuple[int, str | None] | None = None

    def __iter__(self) -> _Records:
        return self

    def __next__(self) -> str:
        self.line, text = self._pull()
        while text is not None and not text.strip():
            self.line, text = self._pull()
        self.is_readable = text is not None
        if text is None:
            return ""
        return text if text.count('"') % 2 == 0 else self._joined(text)

    def _pull(self) -> tuple[int, str | None]:
        if self._ahead is None:
            return next(self._lines)
        found, self._ahead = self._ahead, None
        return found

    def _joined(self, first: str) -> str:
        """The row that starts with an open quote, to the line that closes it or to the next whole row."""
        parts = [first]
        for number, text in self._lines:
            if text is None or len(parts) == MAX_LINES_IN_A_ROW or self.is_whole(text):
                self._ahead = (number, text)
                break
            parts.append(text)
            if text.count('"') % 2:
                break
        return "".join(parts)


def _never(_: str) -> bool:
    return False


def _record_test(header: list[str]) -> Callable[[str], bool]:
    """Tells a line that is a whole row by itself, which no part of a quoted value is in practice."""
    at, rank, commas = header.index("captured_at"), header.index("rank"), len(header) - 1

    def is_whole(line: str) -> bool:
        if line.count(",") < commas:
            return False
        try:
            values = next(csv.reader([line]))
        except csv.Error:
            return False
        return len(values) == len(header) and values[rank].strip().isdigit() and _is_moment(values[at])

    return is_whole


def _is_moment(value: str) -> bool:
    try:
        datetime.fromisoformat(value.strip())
    except ValueError:
        return False
    return True


def _header(records: _Records) -> list[str]:
    try:
        names = [name.strip().lower() for name in next(csv.reader([next(records)]))]
    except (csv.Error, StopIteration) as error:
        raise UnreadableBoard("columns", short(error)) from error
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        raise UnreadableBoard("columns", ", ".join(missing))
    twice = [name for name in (*REQUIRED, *OPTIONAL) if names.count(name) > 1]
    if twice:
        raise UnreadableBoard("columns", ", ".join(twice))
    return names


def _json_rows(lines: Lines) -> Rows:
    for number, text in lines:
        if text is None:
            yield number, Rejected(number, "encoding", "")
        elif text.strip():
            yield number, _json_fields(text)


def _json_fields(text: str) -> Fields | Rejected:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Rejected(0, "json", short(error))
    if not isinstance(found, dict):
        return Rejected(0, "json", short(text))
    missing = [name for name in REQUIRED if name not in found]
    return Rejected(0, "columns", ", ".join(missing)) if missing else found
