"""What the storm cost: the mail server's journal held against the rows of the outbox. Lost, twice, failed, and why.

Every delivery has a number, which the server said in its 250 and the row keeps as the answer: a delivery whose number
no row keeps was never marked. Such a one is explained where its sender was cut off before it did anything else.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker import channels
from tracker.chaos.journal import Cut, Entry
from tracker.chaos.world import Expected
from tracker.models import Reminder, ReminderState, Watch
from tracker.reminders.sending import OVERTAKEN


@dataclass(frozen=True, slots=True)
class Row:
    """What the outbox says of one word."""

    deadline: str
    occasion: str
    rung: int
    to: str
    state: str
    reason: str
    answer: str
    uid: str

    @property
    def message_id(self) -> str:
        return channels.message_id(self.uid)

    def __str__(self) -> str:
        return f"{self.occasion} of {self.deadline} to {self.to}"


@dataclass(frozen=True, slots=True)
class Twice:
    """A word delivered again, and what cut off the sender of the first delivery; None: nothing explains it."""

    what: str
    first_at: float
    cut: Cut | None


def rows() -> Sequence[Row]:
    names = ("deadline__uid", "occasion", "rung", "person__email", "state", "state_reason", "answer", "uid")
    found = Reminder.objects.order_by("pk").values_list(*names)
    return [Row(*values) for values in found]


def is_over(expected: Sequence[Expected], *, now: datetime) -> bool:
    """Nothing waits, nothing is due, and every rung that was to be told has its row."""
    waits = Reminder.objects.unsent().exists() or Watch.objects.filter(next_word_at__lte=now).exists()
    told = set(Reminder.objects.values_list("deadline__uid", "occasion", "rung"))
    return not waits and all((e.deadline, e.occasion, rung) in told for e in expected for rung in range(e.rungs))


class Verdict:
    def __init__(
        self, expected: Sequence[Expected], said: Sequence[Row], journal: Sequence[Entry], cuts: Sequence[Cut]
    ) -> None:
        self._said, self._cuts, self._journal = said, cuts, journal
        self.kept = [entry for entry in journal if entry.event == "kept"]
        self._kept_of: Mapping[str, list[Entry]] = _by_message(self.kept)
        self.lost = [*self._unsaid(expected), *self._unkept()]
        self._unmarked = self._find_unmarked()
        self.twice = list(self._find_twice())

    @property
    def explained(self) -> int:
        """How many deliveries were cut off before their row was marked: as many may come twice, and no more."""
        return sum(cut is not None for cut in self._unmarked.values())

    @property
    def is_good(self) -> bool:
        return not self.lost and all(each.cut for each in self.twice)

    def count(self, state: ReminderState) -> int:
        return sum(row.state == state for row in self._said)

    def reasons(self) -> Counter[tuple[str, str, str]]:
        """Of what failed or was dropped: state, reason, and what the mail server said."""
        ended = (row for row in self._said if row.state in {ReminderState.FAILED, ReminderState.DROPPED})
        return Counter((row.state, row.reason, row.answer) for row in ended)

    def refusals(self) -> int:
        return sum(entry.event == "refused" for entry in self._journal)

    def climbed(self) -> int:
        return sum(row.rung > 0 and row.state == ReminderState.SENT for row in self._said)

    # ---- Lost ----------------------------------------------------------------------------------------------------
    def _unsaid(self, expected: Sequence[Expected]) -> Iterator[str]:
        """On each rung somebody was told; a failed word is no loss where another was told instead of it, nor one that
        waited so long that the next word to the same reader took its place.
        """
        heard = [row for row in self._said if row.message_id in self._kept_of]
        readers = {(row.deadline, row.to) for row in heard}
        overtaken = [row for row in self._said if row.reason == OVERTAKEN and (row.deadline, row.to) in readers]
        told = {(row.deadline, row.occasion, row.rung) for row in [*heard, *overtaken]}
        for each in expected:
            for rung in range(each.rungs):
                if (each.deadline, each.occasion, rung) not in told:
                    yield f"nobody was told {each.occasion} of {each.deadline} on rung {rung}"

    def _unkept(self) -> Iterator[str]:
        for row in self._said:
            if row.state == ReminderState.SENT and row.message_id not in self._kept_of:
                yield f"{row} is marked as sent and was never delivered"
            if row.state == ReminderState.UNSENT:
                yield f"{row} still waits: {row.answer or 'never tried'}"
            if row.state in {ReminderState.FAILED, ReminderState.DROPPED} and not row.reason:
                yield f"{row} is {row.state} and gives no reason"

    # ---- Twice ---------------------------------------------------------------------------------------------------
    def _find_unmarked(self) -> Mapping[int, Cut | None]:
        """Number of a delivery that no row keeps → what explains it."""
        marked = {row.answer.rpartition(" ")[2] for row in self._said if row.state == ReminderState.SENT}
        used: set[tuple[int, int]] = set()
        found: dict[int, Cut | None] = {}
        for entry in self.kept:
            if str(entry.number) not in marked:
                found[entry.number] = self._cut_of(entry, used)
        return found

    def _cut_of(self, entry: Entry, used: set[tuple[int, int]]) -> Cut | None:
        """The cut between this sender's last act before and its next: it marks a word before it takes another."""
        own = [each for each in self._journal if each.pid == entry.pid]
        place = own.index(entry)
        since = own[place - 1].at if place else float("-inf")
        until = own[place + 1].at if place + 1 < len(own) else float("inf")
        for number, cut in enumerate(self._cuts):
            fits = (cut.pids is None or entry.pid in cut.pids) and cut.since <= until and cut.until >= since
            if fits and (number, entry.pid) not in used:
                # One cut keeps one process from marking one word.
                used.add((number, entry.pid))
                return cut
        return None

    def _find_twice(self) -> Iterator[Twice]:
        for row in self._said:
            deliveries = self._kept_of.get(row.message_id, [])
            for first in deliveries[:-1]:
                yield Twice(str(row), first.at, self._unmarked.get(first.number))
        heard = Counter((row.deadline, row.occasion, row.to) for row in self._said if row.message_id in self._kept_of)
        for (deadline, occasion, to), count in heard.items():
            for _again in range(count - 1):
                yield Twice(f"{occasion} of {deadline} to {to}, as two words", 0.0, None)


def _by_message(kept: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in kept:
        found[entry.message_id].append(entry)
    return dict(found)
