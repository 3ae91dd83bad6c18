"""The proof of notification: every word of one deadline, to whom, when, by which way, and what became of it.

What is proved is data without a language: `facts` go into the SHA-256 in their canonical form (RFC 8785), so that
whoever holds the answer of the API can work it out again, and two prints be compared. When it was drawn and what is
planned next are said beside it and are no part of it: two prints of the same are the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from django.db.models import QuerySet

from cases.custody.chain import Json, canonical, instant
from cases.models import Deadline, Person
from cases.permissions import visible_to
from tracker.models import Reminder, ReminderState
from tracker.reminders.arming import NOBODY
from tracker.reminders.kept import kept_letter, without_links
from tracker.reminders.planned import Planned, planned_next
from tracker.status.nouns import Who
from tracker.status.people import who_is

FORMAT: Final = "casebook-notified-1"


@dataclass(frozen=True, slots=True)
class Word:
    """One word to one person. `is_nobody`: no word, but the note that nobody further up was left to be told."""

    facts: Mapping[str, Json]
    who: Who
    instead_of: Who | None
    for_due_on: date | None
    occasion_at: datetime
    made_at: datetime
    planned_at: datetime
    sent_at: datetime | None
    acknowledged_at: datetime | None
    is_nobody: bool

    @property
    def has_climbed(self) -> bool:
        return bool(self.facts["rung"])


@dataclass(frozen=True, slots=True)
class Proof:
    """`facts` are what is proved; `sha256` is of their canonical form."""

    deadline: Deadline
    words: tuple[Word, ...]
    facts: Mapping[str, Json]
    sha256: str
    drawn_at: datetime
    planned: Planned

    def count(self, state: str) -> int:
        return sum(word.facts["state"] == state for word in self.words)

    @property
    def sent(self) -> int:
        return self.count(ReminderState.SENT)


def proof_of(deadline: Deadline, person: Person, *, now: datetime) -> Proof:
    """As far as the person may know; in order of time."""
    words = tuple(map(_word, _rows(deadline, person, now)))
    facts = _facts(deadline, words)
    return Proof(deadline, words, facts, sha256(canonical(facts)).hexdigest(), now, planned_next(deadline, now=now))


def _rows(deadline: Deadline, person: Person, now: datetime) -> "QuerySet[Reminder]":
    mine = visible_to(Reminder.objects.filter(deadline=deadline), person, at=now)
    return mine.select_related("version", "person", "instead_of").order_by("made_at", "pk")


def _facts(deadline: Deadline, words: tuple[Word, ...]) -> dict[str, Json]:
    return {
        "format": FORMAT,
        "case": deadline.case.reference,
        "deadline": deadline.uid,
        "due_at": _at(deadline.due_at),
        "outcome": deadline.outcome,
        "outcome_at": _at(deadline.outcome_at),
        "words": [dict(word.facts) for word in words],
    }


def _word(row: Reminder) -> Word:
    return Word(
        facts=_facts_of(row),
        who=who_is(row.person),
        instead_of=who_is(row.instead_of) if row.instead_of else None,
        for_due_on=row.version.due_on,
        occasion_at=row.occasion_at,
        made_at=row.made_at,
        planned_at=row.planned_at,
        sent_at=row.sent_at,
        acknowledged_at=row.acknowledged_at,
        is_nobody=row.role == NOBODY,
    )


def _facts_of(row: Reminder) -> dict[str, Json]:
    within = row.acknowledge_within
    return {
        "uid": row.uid,
        "occasion": row.occasion,
        "for_due_on": row.version.due_on.isoformat() if row.version.due_on else None,
        "version": row.version.number,
        "person": row.person.uid,
        "instead_of": row.instead_of.uid if row.instead_of else None,
        "role": row.role,
        "rung": row.rung,
        "channel": row.channel,
        "address": row.address,
        "acknowledge_within_minutes": int(within.total_seconds() // 60) if within else None,
        "state": row.state,
        "state_reason": row.state_reason,
        "due_to_be_said_at": _at(row.occasion_at),
        "made_at": _at(row.made_at),
        "planned_at": _at(row.planned_at),
        "tries": row.tries,
        "sent_at": _at(row.sent_at),
        "message_id": row.message_id,
        "answer": row.answer,
        "acknowledged_at": _at(row.acknowledged_at),
        "acknowledged_by": row.acknowledged_by,
        "subject": row.subject,
        "text": without_links(row.text or kept_letter(row.answer)),
    }


def _at(moment: datetime | None) -> str | None:
    return instant(moment) if moment else None


def as_answer(proof: Proof) -> dict[str, Any]:
    """For machines: the facts as they were hashed, and beside them what is no part of them."""
    return {"sha256": proof.sha256, "drawn_at": proof.drawn_at, "facts": proof.facts, "planned": proof.planned}
