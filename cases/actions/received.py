"""Bytes as they come in: read once, hashed and stored before anything is recorded of them. No rows, no log."""

from dataclasses import dataclass
from typing import BinaryIO, Final, cast

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.secrecy import StateSecret, check_no_mark, check_no_secret
from cases.custody import intake, store
from cases.models import Blob

MAX_BYTES: Final = 2 * 1024**3


class EmptyFile(RuleBroken):
    code = "empty_file"


class TooLarge(RuleBroken):
    code = "too_large"


class StoreUnreachable(RuleBroken):
    code = "store_unreachable"


@dataclass(frozen=True)
class Received:
    """Bytes that stand in the store, with what their first ones and the sender say of them."""

    sha256: str
    size: int
    filename: str
    sent_name: str
    media_type: str
    declared_type: str


def the_store() -> store.Store:
    return store.from_url(settings.EVIDENCE_URL)


def receive(file: BinaryIO, *, filename: str, declared: str, contains_state_secret: bool = False) -> Received:
    """Hashes and stores the bytes; of a file that is refused nothing is recorded.

    Of a state secret not one byte is read; whatever holds it on the way here is let go at once.
    """
    try:
        check_no_secret(contains=contains_state_secret)
        check_no_mark({_("name of the file"): filename})
    except StateSecret:
        file.close()
        raise
    watched = intake.Watched(file)
    limit = getattr(settings, "EVIDENCE_MAX_BYTES", MAX_BYTES)
    try:
        # `Watched` reads, which is all the store asks of a stream.
        stored = the_store().put(cast(BinaryIO, watched), max_bytes=limit)
    except store.OverLimit as error:
        raise TooLarge(_("The file is larger than %(limit)s bytes.") % {"limit": limit}, limit=limit) from error
    except (store.Unreachable, store.Altered) as error:
        raise StoreUnreachable(_("The file could not be stored, and nothing was recorded. Try again.")) from error
    if stored.size == 0:
        raise EmptyFile(_("The file is empty."))
    name = intake.safe_name(filename)
    found = intake.media_type(watched.head, filename=name)
    return Received(stored.sha256, stored.size, name, intake.as_sent(filename), found, declared)


def let_go(received: Received) -> None:
    """Bytes stored for a form that was never recorded leave the store; those that are evidence stay."""
    if not Blob.objects.filter(sha256=received.sha256).exists():
        try:
            the_store().discard(received.sha256)
        except store.Unreachable as error:
            raise StoreUnreachable(_("The store of the files does not answer. Try again.")) from error
