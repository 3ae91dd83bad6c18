"""Writes the custody chain of a piece of evidence, and says what is wrong with it, if anything."""

import os
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from cases.custody import chain
from cases.models import CustodyAction, CustodyEntry, Evidence, Person


@transaction.atomic
def add_custody(
    evidence: Evidence,
    action: CustodyAction,
    *,
    by: Person | None,
    at: datetime,
    values: Mapping[str, chain.Json] | None = None,
) -> CustodyEntry:
    """Appends one entry; the lock on the evidence is what keeps two writers from forking the chain.

    `by` is empty where nobody stood behind it: the rota of re-verification.
    """
    Evidence.objects.select_for_update(no_key=True).only("pk").get(pk=evidence.pk)
    last = CustodyEntry.objects.filter(evidence=evidence).order_by("-number").first()
    number, previous = (last.number + 1, last.hash) if last else (1, chain.GENESIS)
    said = {**(values or {}), **stated(evidence, action, by=by, at=at)}
    salts = {name: os.urandom(chain.SALT_BYTES) for name in said}
    salted = {name: chain.salted(value, salt=salts[name]) for name, value in said.items()}
    return CustodyEntry.objects.create(
        evidence=evidence,
        number=number,
        action=action,
        person=by,
        at=at,
        values=said,
        salts={name: salt.hex() for name, salt in salts.items()},
        salted=salted,
        previous=previous,
        hash=chain.entry_hash(previous, number=number, values=salted),
    )


def stated(evidence: Evidence, action: CustodyAction, *, by: Person | None, at: datetime) -> dict[str, chain.Json]:
    """What every entry commits to, so that no column beside the chain can be changed unseen."""
    return {
        "action": action.value,
        "at": chain.instant(at),
        "evidence": evidence.uid,
        "person": by.uid if by else None,
        "sha256": evidence.blob.sha256,
    }


def links_of(evidence: Evidence) -> list[chain.Link]:
    return [link_of(entry) for entry in evidence.custody.order_by("number", "pk")]


def link_of(entry: CustodyEntry) -> chain.Link:
    """A value erased lawfully is gone from `values` with its salt; its salted hash stays."""
    opened = {name: (value, bytes.fromhex(entry.salts.get(name, ""))) for name, value in entry.values.items()}
    return chain.Link(entry.number, entry.previous, entry.salted, entry.hash, opened)


def chain_fault(evidence: Evidence) -> chain.Fault | None:
    """The first thing wrong with the chain, or with a column that does not say what its entry commits to."""
    entries = list(evidence.custody.select_related("person").order_by("number", "pk"))
    fault = chain.verify([link_of(entry) for entry in entries])
    if fault is None and not entries:
        return chain.Fault("removed", 1, None, "evidence without its intake")
    return fault or next((found for entry in entries if (found := column_fault(evidence, entry))), None)


def column_fault(evidence: Evidence, entry: CustodyEntry) -> chain.Fault | None:
    shown = stated(evidence, CustodyAction(entry.action), by=entry.person, at=entry.at)
    for name, value in shown.items():
        if name in entry.values and entry.values[name] != value:
            return chain.Fault("altered", entry.number, name, "the row does not say what its entry commits to")
    return None
