"""By mail: one connection for many letters."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from tracker.channels.letter import ANSWER_LENGTH, Away, Delayed, Letter, NotSent, Refused

PERMANENT: Final = 500


@contextmanager
def mail() -> Iterator[BaseEmailBackend]:
    """One connection for many letters, opened by the first of them."""
    connection = get_connection()
    try:
        yield connection
    finally:
        # Closing talks to the server, which may be away; everything it accepted has been answered.
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def send(letter: Letter, connection: BaseEmailBackend) -> str:
    """What the server answered. Raises Refused, Delayed or Away."""
    try:
        connection.open()
        connection.send_messages([_message(letter)])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _refusal(code, words) from error
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPSenderRefused, smtplib.SMTPNotSupportedError) as error:
        raise Delayed(str(error)) from error
    except (smtplib.SMTPException, OSError) as error:
        raise Away(f"{type(error).__name__}: {error}") from error
    return str(getattr(connection, "answer", ""))[:ANSWER_LENGTH]


def message_id(uid: str) -> str:
    """The same for every try of one word, so that a mailbox can tell a repeated delivery."""
    return f"<{uid}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def _refusal(code: int, words: bytes | str) -> NotSent:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    return (Refused if code >= PERMANENT else Delayed)(f"{code} {said}")


def _message(letter: Letter) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.to],
        headers={
            "Message-ID": letter.message_id,
            "References": letter.thread,
            "In-Reply-To": letter.thread,
            # No answer of an absence robot is wanted (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(letter.html, "text/html")
    return message
