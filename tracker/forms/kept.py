"""A file chosen once stays chosen: its bytes go to the evidence store, and a signed note carries them through a form.

Nothing is recorded by that; bytes that no record comes to name are as if never sent.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from django.core import signing
from django.utils.translation import gettext

from cases.actions import RuleBroken
from cases.actions.received import Received, let_go, receive
from cases.models import Person
from tracker.forms.secret import may_keep

SALT: Final = "casebook.kept-file"
TWO_DAYS: Final = 2 * 24 * 60 * 60


class KeptFile:
    """One place for a file in a form. Whoever makes it has asked whether the person may send one."""

    def __init__(self, name: str, person: Person, data: Any, files: Mapping[str, Any]) -> None:
        self.name, self.person = name, person
        self.note, self.error = "", ""
        self.received: Received | None = None
        upload = files.get(name)
        self.is_brought = bool(upload)
        if upload and not may_keep(data):
            upload.close()
            self.error = gettext(
                "The file was not kept: first say that it contains no state secret, and take away any secrecy mark. "
                "Then choose it again."
            )
        elif upload:
            self._receive(upload)
        elif data and not data.get(self.drop_name):
            self._recall(str(data.get(self.note_name, "")))

    @property
    def note_name(self) -> str:
        return f"{self.name}-note"

    @property
    def drop_name(self) -> str:
        return f"{self.name}-drop"

    @property
    def answer(self) -> int:
        return 422 if self.error else 200

    def _receive(self, upload: Any) -> None:
        try:
            self.received = receive(upload, filename=upload.name, declared=upload.content_type or "")
        except RuleBroken as refusal:
            self.error = str(refusal)
        else:
            self.note = signing.dumps({**asdict(self.received), "by": self.person.uid}, salt=SALT)

    def _recall(self, note: str) -> None:
        """A note of somebody else, forged or too old is as good as none."""
        try:
            told = signing.loads(note, salt=SALT, max_age=TWO_DAYS)
        except signing.BadSignature:
            return
        if told.pop("by") == self.person.uid:
            self.note, self.received, self.is_brought = note, Received(**told), True


def forget_kept(person: Person, data: Any) -> None:
    """The bytes that a form still carries leave the store, unless they are evidence."""
    for note_name in [name for name in data if name.endswith("-note")]:
        kept = KeptFile(note_name.removesuffix("-note"), person, {note_name: data[note_name]}, {})
        if kept.received:
            let_go(kept.received)
