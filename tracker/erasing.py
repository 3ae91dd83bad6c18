"""Erasing in the watch what the record has erased: words not yet sent, letters kept on this machine, frozen pages.

A briefing keeps the hash of what was signed, and beside it the hash of what the erasure left: one that was tampered
with before stays one that was tampered with.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from cases.actions.erasing import Erased, erase, erase_party, names_of, pseudonym
from cases.models import Party, Person
from tracker.briefings import digest, is_intact
from tracker.models import Briefing, ChatAddress, ChosenChannel, Reminder, ReminderState, Subscription


@dataclass(frozen=True, slots=True)
class Gone:
    """How much was changed or deleted; `is_shared`: somebody else bears the name, and running text was left."""

    rows: int
    briefings: int
    letters: int
    is_shared: bool


@transaction.atomic
def erase_person(*, person: Person, reason: str, basis: str, by: Person, at: datetime) -> Gone:
    """Everywhere at once; the one log entry is the record's."""
    names, whole = names_of(person), intact_briefings()
    found = erase(person=person, reason=reason, basis=basis, by=by, at=at)
    waiting = Reminder.objects.unsent().filter(person=person)
    waiting.update(state=ReminderState.DROPPED, state_reason="")
    close_ways(person, at=at)
    person.refresh_from_db()
    return finish(found, names, whole, by_uid={person.uid: pseudonym(person)}, at=at)


def close_ways(person: Person, *, at: datetime) -> None:
    """Nothing is left that reaches the person; that there was a chat is kept, for the words it took, and no more."""
    ChosenChannel.objects.filter(person=person).delete()
    ChatAddress.objects.filter(person=person).update(sealed="", hint="")
    ChatAddress.objects.filter(person=person, ended_at__isnull=True).update(ended_at=at)
    Subscription.objects.filter(person=person, ended_at__isnull=True).update(ended_at=at, next_at=None)


@transaction.atomic
def erase_natural_person(*, party: Party, reason: str, basis: str, by: Person, at: datetime) -> Gone:
    """One who was a party to a case and never one of ours."""
    names, whole = names_of(party), intact_briefings()
    found = erase_party(party=party, reason=reason, basis=basis, by=by, at=at)
    party.refresh_from_db()
    return finish(found, names, whole, by_uid={party.uid: pseudonym(party)}, at=at)


def finish(
    found: Erased, names: tuple[str, ...], whole: dict[int, str], *, by_uid: dict[str, str], at: datetime
) -> Gone:
    briefings = rehash(whole, by_uid=by_uid, at=at)
    return Gone(found.rows, briefings, delete_letters(names), found.is_shared)


# ---- Frozen pages ----------------------------------------------------------------------------------------------------
def intact_briefings() -> dict[int, str]:
    """The hash of each that is what it was."""
    frozen = Briefing.objects.order_by("pk").iterator(chunk_size=50)
    return {each.pk: digest(each.figures, each.words) for each in frozen if is_intact(each)}


def rehash(whole: dict[int, str], *, by_uid: dict[str, str], at: datetime) -> int:
    """Those that lost a name get the hash of what is left."""
    changed = 0
    for briefing in Briefing.objects.filter(pk__in=whole).order_by("pk").iterator(chunk_size=50):
        figures = masked(briefing.figures, by_uid)
        left = digest(figures, briefing.words)
        if left != whole[briefing.pk]:
            briefing.figures, briefing.erased_at, briefing.erased_sha256 = figures, at, left
            briefing.save(update_fields=["figures", "erased_at", "erased_sha256"])
            changed += 1
    return changed


def masked(value: Any, by_uid: dict[str, str]) -> Any:
    """References to a person hold the name by parts, which no search for the whole would find."""
    if isinstance(value, list):
        return [masked(each, by_uid) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {name: masked(each, by_uid) for name, each in value.items()}
    instead = by_uid.get(str(value.get("uid", "")), "")
    own = {"name_en": instead, "name_zh": "", "initial": instead[:1]} if instead else {}
    return kept | {name: each for name, each in own.items() if name in kept}


# ---- Letters kept by the embedded mode -------------------------------------------------------------------------------
def delete_letters(names: tuple[str, ...]) -> int:
    """Whole: a letter with holes would be no letter. The Outbox says that it was sent, and what was answered."""
    found = [path for path in letters() if names_anybody(path, names)]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def letters() -> Iterator[Path]:
    directory = getattr(settings, "EMAIL_FILE_PATH", None)
    if directory and Path(str(directory)).is_dir():
        yield from sorted(Path(str(directory)).glob("*.eml"))


def names_anybody(path: Path, names: tuple[str, ...]) -> bool:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    texts = [str(value) for _name, value in message.items()]
    texts += [str(part.get_content()) for part in message.walk() if part.get_content_maintype() == "text"]
    told = "\n".join(texts).casefold()
    return any(name.casefold() in told for name in names)
