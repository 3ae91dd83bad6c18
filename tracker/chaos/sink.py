"""A mail server that keeps a journal on disk and has moods: `python -m tracker.chaos.sink PORT DIRECTORY`.

Each message is in the journal, and the journal on the disk, before its 250 leaves. The file `mood` says how it behaves,
the file `gone` which mailboxes do not exist.
"""

import asyncio
import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from email import message_from_bytes
from pathlib import Path
from typing import Final

from tracker.chaos.journal import Entry

LOOKS_EVERY: Final = 0.03
# Far below the time after which a sender gives up: what is kept is answered while somebody listens.
SLOW: Final = 1.5
LATER: Final = "450 4.2.1 not now, try again later"


class Sink:
    def __init__(self, directory: Path) -> None:
        self._mood_file = directory / "mood"
        self._gone = set((directory / "gone").read_text().split())
        self._journal = (directory / "journal").open("a")
        self._count = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self.mood = ""

    async def serve(self, port: int) -> None:
        server: asyncio.Server | None = None
        while True:
            self.mood = self._mood_file.read_text()
            refuses = self.mood == "refuses connections"
            if refuses and server:
                server.close()
                for writer in self._writers:
                    writer.close()
                server = None
            if not refuses and server is None:
                server = await asyncio.start_server(self._meet, "127.0.0.1", port)
            await asyncio.sleep(LOOKS_EVERY)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        # A sender that was killed has no more to say.
        with suppress(ConnectionError):
            await Talk(self, reader, writer).go()
        self._writers.discard(writer)
        writer.close()

    def note(self, event: str, pid: int, *, message_id: str = "", to: str = "", answer: str = "") -> int:
        """On the disk when it returns."""
        self._count += 1
        entry = Entry(self._count, time.monotonic(), event, pid, message_id, to, answer)
        self._journal.write(json.dumps(asdict(entry)) + "\n")
        self._journal.flush()
        os.fsync(self._journal.fileno())
        return self._count

    def answer_to(self, address: str) -> str:
        if address in self._gone:
            return "550 5.1.1 no such mailbox"
        return LATER if self.mood == "answers 4xx" else "250 2.1.5 welcome"


class Talk:
    """One connection."""

    def __init__(self, sink: Sink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._sink, self._reader, self._writer = sink, reader, writer
        self._pid, self._to = 0, ""

    async def go(self) -> None:
        await self._say("220 sink ESMTP")
        while line := (await self._reader.readline()).decode().strip():
            verb = line[:4].upper()
            if verb == "DATA":
                if not await self._take():
                    return
                continue
            await self._say(self._answer(verb, line))
            if verb == "QUIT":
                return

    def _answer(self, verb: str, line: str) -> str:
        if verb in {"EHLO", "HELO"}:
            self._pid = int(line.rpartition("-")[2])
            self._sink.note("hello", self._pid)
            return "250 sink"
        if verb != "RCPT":
            return "221 2.0.0 bye" if verb == "QUIT" else "250 2.0.0 well"
        self._to = line.partition("<")[2].partition(">")[0]
        answer = self._sink.answer_to(self._to)
        if not answer.startswith("250"):
            self._sink.note("refused", self._pid, to=self._to, answer=answer)
        return answer

    async def _take(self) -> bool:
        """Whether to go on talking."""
        await self._say("354 go ahead")
        content = await self._reader.readuntil(b"\r\n.\r\n")
        if self._sink.mood == "answers slowly":
            await asyncio.sleep(SLOW)
        while self._sink.mood == "accepts and falls silent":
            await asyncio.sleep(LOOKS_EVERY)
            if self._sink.mood != "accepts and falls silent":
                return False
        # What nobody waits for any more is not kept: from here to the answer nothing is awaited.
        if self._reader.at_eof() or self._writer.is_closing():
            return False
        message_id = str(message_from_bytes(content)["Message-ID"])
        number = self._sink.note("kept", self._pid, message_id=message_id, to=self._to)
        await self._say(f"250 2.0.0 kept as {number}")
        return True

    async def _say(self, words: str) -> None:
        self._writer.write(f"{words}\r\n".encode())
        await self._writer.drain()


if __name__ == "__main__":
    asyncio.run(Sink(Path(sys.argv[2])).serve(int(sys.argv[1])))
