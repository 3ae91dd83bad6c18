"""What travels, and why it did not."""

from dataclasses import dataclass
from typing import Final

ANSWER_LENGTH: Final = 300


class NotSent(Exception):
    """The word did not leave; `answer` is what the transport said."""

    def __init__(self, answer: str) -> None:
        super().__init__(answer)
        self.answer = answer[:ANSWER_LENGTH]


class Refused(NotSent):
    """For good: this address, or this message, will be refused again."""


class Delayed(NotSent):
    """This word may leave later; others may leave now."""


class Away(NotSent):
    """The transport gives no answer: nothing leaves now."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready in its reader's language. Those of one `thread` are shown together; a chat shows no `html`."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    thread: str
