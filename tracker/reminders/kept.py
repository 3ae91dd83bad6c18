"""A message as it was sent, read back from the file that the embedded mode writes instead of sending."""

import re
from email import message_from_binary_file, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from django.conf import settings

# The backend answers with the name it gave; nothing else is opened.
NAMED: Final = re.compile(r"[0-9a-f]{32}\.eml")


def kept_letter(answer: str) -> str:
    """Its text; empty where mail left by a server, or the file is gone."""
    directory = settings.EMAIL_FILE_PATH
    if not directory or not NAMED.fullmatch(answer):
        return ""
    try:
        with (Path(str(directory)) / answer).open("rb") as file:
            message = message_from_binary_file(file, _class=EmailMessage, policy=policy.default)
    except FileNotFoundError:
        return ""
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""


def without_links(text: str) -> str:
    """Whoever reads it here must not acknowledge it as the one it went to."""
    return re.sub(r"/acknowledge/[^/\s]+/", "/acknowledge/…/", text)
