"""How mail leaves: to a server whose answer is kept, or, with none, as one .eml file a message for the Outbox page.

Both tell in `answer` what became of the message sent last.
"""

import os
import smtplib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend


class _Answering(smtplib.SMTP):
    answer = ""

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, words = super().data(msg)
        self.answer = f"{code} {words.decode(errors='replace')}"
        return code, words


class _AnsweringTls(_Answering, smtplib.SMTP_SSL):
    pass


class SmtpBackend(smtp.EmailBackend):
    """Django's, and it keeps what the server said to the message: the proof of a notification quotes it."""

    connection: _Answering | None

    @property
    def connection_class(self) -> type[_Answering]:
        return _AnsweringTls if self.use_ssl else _Answering

    @property
    def answer(self) -> str:
        return self.connection.answer if self.connection else ""


class EmlBackend(BaseEmailBackend):
    """Writes each message to EMAIL_FILE_PATH, whole or not at all."""

    answer = ""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        directory = Path(str(settings.EMAIL_FILE_PATH))
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            self.answer = _write(directory, message.message().as_bytes())
        return len(email_messages)


def _write(directory: Path, content: bytes) -> str:
    # A reader of the directory must never meet half a message, not even after a power cut.
    name = uuid.uuid4().hex
    unfinished = directory / f".{name}"
    with unfinished.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return unfinished.rename(directory / f"{name}.eml").name
