"""A real mail server for tests: keeps what it is sent, answers slowly or with refusals where it is told to."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings


@dataclass
class Sink:
    """`refusals`: address → the answer to it; `data_answer`: what is said to every message; `delay`: seconds before."""

    received: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    data_answer: str = "250 2.0.0 kept as 4b1d"
    delay: float = 0.0
    port: int = 0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 (aiosmtpd’s name)
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd’s name)
        await asyncio.sleep(self.delay)
        if self.data_answer.startswith("250"):
            self.received.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients.extend(envelope.rcpt_tos)
        return self.data_answer


@contextmanager
def running(port: int = 0, **fields: Any) -> Iterator[Sink]:
    """Listens, and Django's mail leaves through it."""
    sink = Sink(**fields)
    sink.port = port or free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        with through(sink.port):
            yield sink
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def through(port: int) -> override_settings:
    return override_settings(
        EMAIL_BACKEND="config.mail.SmtpBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_TIMEOUT=5
    )
