"""Counts what the rows of a hot list show, hour by hour, and picks the rows that are of interest to the case.

It knows no database. An hour that stands from another file is left alone; a row that says what an earlier row of the
same list said is rejected as a duplicate; everything else is a row present.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple

from cases.boards import Entry, Matcher, Rejected

DEPTHS: Final = (10, 20, 50)
LISTED: Final = 10_000  # rejected rows listed by line; their number is exact beyond it
MANUAL: Final = ""  # the rule of a row that matches by a title a person flagged


class Match(NamedTuple):
    """A row of interest and the uid of the first rule it meets."""

    entry: Entry
    rule: str


class ListCount:
    """What one look at the list held."""

    __slots__ = ("advertisements", "present", "rows", "seen", "unknown")

    def __init__(self) -> None:
        self.rows = 0
        self.advertisements = 0
        self.present = [0] * len(DEPTHS)
        self.unknown = [0] * len(DEPTHS)
        self.seen = array("q")  # 8 bytes a row, whatever the file's order

    def add(self, entry: Entry) -> None:
        self.rows += 1
        self.advertisements += bool(entry.is_ad)
        for place, depth in enumerate(DEPTHS):
            if entry.rank <= depth:
                self.present[place] += 1
                self.unknown[place] += entry.category is None


@dataclass(slots=True)
class Tally:
    """rows read = matched + unmatched + rejected; the rows of an hour that stands from another file are unmatched."""

    read: int = 0
    matched: int = 0
    rejected: int = 0
    listed: list[dict[str, object]] = field(default_factory=list)
    conflicts: dict[datetime, str] = field(default_factory=dict)
    lists: dict[datetime, ListCount] = field(default_factory=dict)

    @property
    def unmatched(self) -> int:
        return self.read - self.matched - self.rejected

    def reject(self, row: Rejected) -> None:
        self.rejected += 1
        if len(self.listed) < LISTED:
            self.listed.append({"line": row.line, "reason": row.reason_code, "detail": row.detail})


@dataclass(frozen=True, slots=True)
class Standing:
    """Whose each captured hour is: the first file to show an hour keeps it, to the minute or not."""

    hours: Mapping[datetime, str]  # hour → uid of the import it stands from
    own: str
    free: bool  # whether an hour of nobody's becomes ours: on a first reading, not on a second

    def owner(self, hour: datetime) -> str:
        return self.hours.get(hour, self.own if self.free else "")


def hour_of(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)


class Count:
    """Goes through the rows of one file once; `tally` is whole when they are exhausted."""

    def __init__(self, *, matcher: Matcher, titles: Set[str], standing: Standing) -> None:
        self.tally = Tally()
        self._matcher = matcher
        self._titles = titles
        self._standing = standing
        self._at: datetime | None = None
        self._list: ListCount | None = None
        self._seen: set[int] = set()

    def matches(self, rows: Iterable[Entry | Rejected]) -> Iterator[Match]:
        for row in rows:
            self.tally.read += 1
            if isinstance(row, Rejected):
                self.tally.reject(row)
            elif (found := self._match(row)) is not None:
                self.tally.matched += 1
                yield found

    def _match(self, entry: Entry) -> Match | None:
        if entry.captured_at != self._at:
            self._turn_to(entry.captured_at)
        if self._list is None:
            return None
        if not self._is_new(entry, self._list):
            self.tally.reject(Rejected(entry.line, "duplicate", f"{entry.rank}"))
            return None
        self._list.add(entry)
        rules = self._matcher.match(entry)
        if rules:
            return Match(entry, rules[0])
        return Match(entry, MANUAL) if entry.title_key in self._titles else None

    def _turn_to(self, at: datetime) -> None:
        self._at, self._list = at, None
        hour = hour_of(at)
        owner = self._standing.owner(hour)
        if owner == self._standing.own:
            self._list = self.tally.lists.setdefault(at, ListCount())
            self._seen = set(self._list.seen)
        elif owner:
            self.tally.conflicts[hour] = owner

    def _is_new(self, entry: Entry, held: ListCount) -> bool:
        said = hash((entry.rank, entry.title_key))
        if said in self._seen:
            return False
        self._seen.add(said)
        held.seen.append(said)
        return True
