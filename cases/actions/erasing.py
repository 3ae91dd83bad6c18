"""Erasing: the names and the address of a person who has left, or of a natural person who was a party, are taken out.

What stays is the record: who did what under a pseudonym, the bytes of evidence and the documents' own words (PIPL
art. 47(2), GDPR art. 17(3)(e)). Chains run over salted hashes and the log holds no names, so both verify as before.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from knox.models import AuthToken

from cases.actions import RuleBroken
from cases.actions.belonging import check_reason
from cases.actions.leaving import end_sessions
from cases.actions.log import write_log
from cases.models import CaseState, Leave, LegalHold, Party, PartyKind, Person

# A name reserved for what cannot be reached (RFC 2606): nothing is ever mailed there.
NOWHERE: Final = "erased.invalid"


class CannotErase(RuleBroken):
    code = "cannot_erase"


@dataclass(frozen=True, slots=True)
class Erased:
    """`is_shared`: somebody else bears the name, so that running text was left as it is but for the address."""

    rows: int
    is_shared: bool


def pseudonym(row: Person | Party) -> str:
    """Not translated: it stands in the record, in every language alike."""
    noun = "person" if isinstance(row, Person) else "party"
    return f"Erased {noun} {row.uid[:4].upper()}"


def names_of(row: Person | Party) -> tuple[str, ...]:
    """As they may stand in a text."""
    if isinstance(row, Person):
        known = (row.name_en, f"{row.given_en} {row.family_en}".strip(), row.name_zh, row.email)
    else:
        known = (row.name_en, row.name_zh, row.name_zh_hant, "")
    return tuple(dict.fromkeys(name for name in known if name))


# ---- A person --------------------------------------------------------------------------------------------------------
@transaction.atomic
def erase(*, person: Person, reason: str, basis: str, by: Person, at: datetime) -> Erased:
    """`basis`: the provision the erasure rests on. The entry is written first, so that its own words are erased too."""
    check_said(reason, basis)
    person = Person.objects.select_for_update().get(pk=person.pk)
    check_may_go(person)
    write_log("erase", person, case=None, by=by, at=at, reason=reason, facts={"basis": basis})
    found = take_out("person", person.pk)
    AuthToken.objects.filter(user=person).delete()
    end_sessions(person, at=at)
    Leave.objects.filter(person=person, from_on__gt=at.date()).delete()
    person.family_en, person.given_en, person.family_zh, person.given_zh = pseudonym(person), "", "", ""
    person.email = f"{person.uid}@{NOWHERE}"
    person.set_unusable_password()
    person.is_staff = person.is_superuser = False
    person.erased_at = at
    person.save(update_fields=[
        "family_en", "given_en", "family_zh", "given_zh", "email", "password", "is_staff", "is_superuser", "erased_at",
    ])  # fmt: skip
    return found


def check_said(reason: str, basis: str) -> None:
    check_reason(reason)
    if not basis.strip():
        raise CannotErase(_("Name the provision the erasure rests on."))


def check_may_go(person: Person) -> None:
    if person.erased_at:
        raise CannotErase(_("This person is erased already."))
    if person.is_active:
        raise CannotErase(_("Deactivate the person first: what they own must go to somebody."))
    check_no_hold(person)


def check_no_hold(row: Person | Party) -> None:
    """A hold that speaks of them keeps their name until it is released."""
    named = Q(pk__in=[])
    for name in names_of(row):
        named |= Q(scope__icontains=name) | Q(reason__icontains=name)
    if LegalHold.objects.filter(named, released_at__isnull=True).exists():
        raise CannotErase(_("A legal hold names this person. It must be released first."))


# ---- A natural person who was a party --------------------------------------------------------------------------------
@transaction.atomic
def erase_party(*, party: Party, reason: str, basis: str, by: Person, at: datetime) -> Erased:
    check_said(reason, basis)
    party = Party.objects.select_for_update().get(pk=party.pk)
    check_party_may_go(party)
    write_log("erase", party, case=None, by=by, at=at, reason=reason, facts={"basis": basis})
    found = take_out("party", party.pk)
    party.name_en, party.name_zh, party.name_zh_hant, party.seat = pseudonym(party), "", "", ""
    party.erased_at = at
    party.save(update_fields=["name_en", "name_zh", "name_zh_hant", "seat", "erased_at"])
    return found


def check_party_may_go(party: Party) -> None:
    if party.kind != PartyKind.NATURAL_PERSON:
        raise CannotErase(_("Only a natural person is erased."))
    if party.erased_at:
        raise CannotErase(_("This person is erased already."))
    if party.cases.filter(state=CaseState.OPEN).exists():
        raise CannotErase(_("A case against this person is open: their name is needed for its defence."))
    if LegalHold.objects.filter(case__party=party, released_at__isnull=True).exists():
        raise CannotErase(_("A legal hold stands in a case against this person. It must be released first."))
    check_no_hold(party)


def take_out(noun: str, key: int) -> Erased:
    """The database does it, as the owner of the tables: the application may not change what is append-only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casebook_erase(%s, %s)", [noun, key])
        (told,) = cursor.fetchone() or ("{}",)
    found = json.loads(told) if isinstance(told, str) else told
    return Erased(rows=found["rows"], is_shared=found["shared"])
