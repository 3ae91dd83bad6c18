"""A mail server that keeps nothing and takes its time to answer a message."""

import asyncio
from typing import Final

# What is said to each word of the client; to a message itself, only after a while.
ANSWERS: Final = {b"EHLO": b"250 sink", b"DATA": b"354 go on", b"QUIT": b"221 bye"}


def serve(port: int, delay: float) -> None:
    """Until the process is stopped."""
    asyncio.run(_serve(port, delay))


async def _serve(port: int, delay: float) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _say(writer, b"220 sink")
        while line := await reader.readline():
            verb = line[:4].upper()
            _say(writer, ANSWERS.get(verb, b"250 OK"))
            if verb == b"DATA":
                await reader.readuntil(b"\r\n.\r\n")
                await asyncio.sleep(delay)
                _say(writer, b"250 2.0.0 taken")
            if verb == b"QUIT":
                break
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", port)
    async with server:
        await server.serve_forever()


def _say(writer: asyncio.StreamWriter, line: bytes) -> None:
    writer.write(line + b"\r\n")
