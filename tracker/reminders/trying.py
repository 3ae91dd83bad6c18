"""One plain word to a chat address, at once, so that its owner sees whether it takes any."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cases.actions.log import write_log
from cases.models import Person
from cases.models.record import new_uid
from tracker import channels
from tracker.models import ChatAddress


@dataclass(frozen=True, slots=True)
class Tried:
    """`answer`: what the service said, or why the word did not leave."""

    is_taken: bool
    answer: str


def try_chat(*, address: ChatAddress, by: Person, at: datetime) -> Tried:
    """In the active language. It names no case and nobody."""
    try:
        tried = Tried(is_taken=True, answer=channels.say(_letter(), address))
    except channels.NotSent as error:
        tried = Tried(is_taken=False, answer=error.answer)
    facts = {"service": address.service, "is_taken": tried.is_taken}
    write_log("try_chat", address, case=address.case, by=by, at=at, facts=facts)
    return tried


def _letter() -> channels.Letter:
    mark = channels.message_id(new_uid())
    text = _("This is a test word. Words from Casebook will come here.")
    return channels.Letter(to="", subject=_("Casebook: a test word"), text=text, html="", message_id=mark, thread=mark)
