"""The custody chain: canonical form, salted hashes, links, daily seals, and what is wrong with a chain, if anything.

Self-contained (standard library only): the offline verifier runs this very file. Byte for byte:

- `canonical(value)` is RFC 8785 (JCS) JSON, in UTF-8, of null, true, false, integers of at most 53 bits, strings,
  lists and objects. Floats are refused; moments are written by `instant`.
- `salted(value, salt)` is the SHA-256 of the 32 bytes of salt followed by `canonical(value)`, in lower-case hex.
- `entry_hash` is the SHA-256 of the canonical object
  {"format": "casebook-custody-1", "number": n, "previous": hash, "values": {name: salted hash, …}}.
  Entries are numbered from 1; the first one's previous hash is GENESIS, 64 zeros.
- `leaf` is the SHA-256 of the canonical object {"evidence", "format": "casebook-leaf-1", "head", "number"}.
- `seal_hash` is the SHA-256 of the canonical object
  {"case", "day", "format": "casebook-seal-1", "leaves": [leaf, … ascending], "previous": hash}.

A chain commits to salted hashes alone: erasing a value with its salt leaves the chain whole and the value unknowable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from hashlib import sha256
from typing import Literal, Union

FORMAT = "casebook-custody-1"
LEAF_FORMAT = "casebook-leaf-1"
SEAL_FORMAT = "casebook-seal-1"
GENESIS = "0" * 64
SALT_BYTES = 32
LARGEST = 2**53 - 1

Json = Union[None, bool, int, str, Sequence["Json"], Mapping[str, "Json"]]  # noqa: UP007  (recursive, at run time)
Kind = Literal["altered", "removed", "reordered", "added"]


@dataclass(frozen=True)
class Link:
    """One entry as kept. `opened` holds the values, each with its salt, that have not been erased."""

    number: int
    previous: str
    values: Mapping[str, str]
    hash: str
    opened: Mapping[str, tuple[Json, bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class Seal:
    """One day's list of chain heads of one case."""

    case: str
    day: str
    previous: str
    leaves: tuple[str, ...]
    hash: str


@dataclass(frozen=True)
class Fault:
    """The first thing wrong: what was done to which entry (or, in a list of seals, to which one from 1)."""

    kind: Kind
    number: int
    field: str | None
    detail: str


# -- canonical form and hashes ---------------------------------------------------------------------------------


def canonical(value: Json) -> bytes:
    return json.dumps(_ordered(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")


def _ordered(value: Json) -> Json:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"an integer over 53 bits has no canonical form: {value}")
        return int(value)
    if isinstance(value, Mapping):
        # RFC 8785 orders by UTF-16 code units, which differs from code points outside the basic plane.
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return {name: _ordered(value[name]) for name in names}
    if isinstance(value, (list, tuple)):
        return [_ordered(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def instant(at: datetime) -> str:
    """A moment as it is written into a chain: UTC, six digits of the second, Z."""
    if at.tzinfo is None:
        raise ValueError("a moment without a zone is no moment")
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")  # noqa: UP017


def salted(value: Json, *, salt: bytes) -> str:
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return sha256(salt + canonical(value)).hexdigest()


def entry_hash(previous: str, *, number: int, values: Mapping[str, str]) -> str:
    return _digest({"format": FORMAT, "number": number, "previous": previous, "values": values})


def leaf(evidence: str, *, number: int, head: str) -> str:
    return _digest({"evidence": evidence, "format": LEAF_FORMAT, "head": head, "number": number})


def seal_hash(case: str, *, day: str, previous: str, leaves: Iterable[str]) -> str:
    return _digest({"case": case, "day": day, "format": SEAL_FORMAT, "leaves": sorted(leaves), "previous": previous})


def _digest(value: Json) -> str:
    return sha256(canonical(value)).hexdigest()


# -- verifying -------------------------------------------------------------------------------------------------


def verify(links: Sequence[Link], *, seals: Mapping[int, str] | None = None) -> Fault | None:
    """The first fault of one chain, in the order kept, or None.

    `seals` are the heads that stood elsewhere: {entry number: hash}. They alone can tell that the end is gone or
    that everything was rewritten and recomputed.
    """
    previous = GENESIS
    for place, link in enumerate(links):
        if not (link.number == place + 1 and link.previous == previous and _own_hash(link) == link.hash):
            return _diagnosis(links, place, previous)
        wrong = _wrong_value(link)
        if wrong is not None:
            return Fault("altered", link.number, wrong, "the value no longer fits its salted hash")
        previous = link.hash
    return _against_seals(links, seals or {})


def verify_seals(seals: Sequence[Seal]) -> Fault | None:
    """The first fault of one case's seals, oldest first."""
    previous, day = GENESIS, ""
    for place, seal in enumerate(seals, start=1):
        own = seal_hash(seal.case, day=seal.day, previous=seal.previous, leaves=seal.leaves)
        if own != seal.hash:
            return Fault("altered", place, None, f"the seal of {seal.day} does not fit its own hash")
        if seal.case != seals[0].case:
            return Fault("added", place, "case", f"the seal of {seal.day} is another case's")
        if seal.previous != previous:
            return _seal_out_of_line(seals, place, previous)
        if seal.day <= day:
            return Fault("altered", place, "day", f"{seal.day} does not come after {day}")
        previous, day = seal.hash, seal.day
    return None


def _seal_out_of_line(seals: Sequence[Seal], place: int, previous: str) -> Fault:
    seal = seals[place - 1]
    if any(other.hash == seal.previous for other in seals[: place - 1]):
        return Fault("added", place, None, f"the seal of {seal.day} is a second one after the same seal")
    if any(later.previous == previous for later in seals[place:]):
        kind: Kind = "reordered" if any(other.hash == seal.previous for other in seals) else "added"
        return Fault(kind, place, None, f"the seal of {seal.day} is not the next one")
    return Fault("removed", place, None, f"a seal before {seal.day} is missing or was rewritten")


def _own_hash(link: Link) -> str:
    return entry_hash(link.previous, number=link.number, values=link.values)


def _wrong_value(link: Link) -> str | None:
    for name, (value, salt) in link.opened.items():
        if len(salt) != SALT_BYTES or link.values.get(name) != salted(value, salt=salt):
            return name
    return None


def _against_seals(links: Sequence[Link], seals: Mapping[int, str]) -> Fault | None:
    for number, head in sorted(seals.items()):
        if number > len(links):
            return Fault("removed", len(links) + 1, None, f"entry {number} was sealed and is not there")
        if links[number - 1].hash != head:
            return Fault("altered", number, None, "rewritten, with its hash, since it was sealed")
    return None


def _diagnosis(links: Sequence[Link], place: int, previous: str) -> Fault:
    """What happened at the first place where the chain does not go on: `previous` is the last sound hash."""
    link, expected = links[place], place + 1
    true = _true_number(link, limit=len(links))
    if true is None:
        return _unfit(links, place, previous)
    if true < expected:
        return Fault("added", true, None, f"a second entry {true} stands in place {expected}")
    if true == expected:
        return _misplaced(links, place, previous)
    if any(_fits(later, expected, previous) for later in links[place + 1 :]):
        return Fault("reordered", expected, None, f"entry {true} stands in the place of entry {expected}")
    return Fault("removed", expected, None, f"entry {true} stands in the place of entry {expected}, which is gone")


def _true_number(link: Link, *, limit: int) -> int | None:
    """The number under which this entry was hashed: its own, or the one it had before somebody renumbered it."""
    candidates: list[int] = [link.number, *range(1, limit + 1001)]
    for number in candidates:
        if entry_hash(link.previous, number=number, values=link.values) == link.hash:
            return number
    return None


def _fits(link: Link, number: int, previous: str) -> bool:
    return link.previous == previous and entry_hash(previous, number=number, values=link.values) == link.hash


def _misplaced(links: Sequence[Link], place: int, previous: str) -> Fault:
    """The entry belongs here by its own hash: its number was changed, or it follows another past than the one kept."""
    link, expected = links[place], place + 1
    if link.previous == previous:
        return Fault("altered", expected, "number", f"entry {expected} now says it is entry {link.number}")
    if any(_fits(later, expected, previous) for later in links[place + 1 :]):
        return Fault("added", expected, None, f"a second entry {expected}, which follows from nothing here")
    if place == 0:
        return Fault("altered", 1, "previous", "the first entry does not start from the genesis hash")
    return Fault("altered", place, None, f"rewritten, with its hash: entry {expected} follows another entry {place}")


def _unfit(links: Sequence[Link], place: int, previous: str) -> Fault:
    """The entry's contents do not give its hash under any number."""
    link, expected = links[place], place + 1
    later = links[place + 1 :]
    if any(_fits(each, expected, previous) for each in later):
        return Fault("added", expected, None, "an entry that fits no hash stands before the true one")
    if entry_hash(previous, number=expected, values=link.values) == link.hash:
        return Fault("altered", expected, "previous", "the hash of the entry before was changed")
    if any(each.previous == _own_hash(link) for each in later):
        return Fault("altered", expected, "hash", "the entry's hash was changed")
    return Fault("altered", expected, _wrong_value(link) or "values", "the entry does not fit its hash")
