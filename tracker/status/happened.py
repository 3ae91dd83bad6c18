"""What happened in a case, by the law's time: served, said, filed, moved. When it was recorded is the log's to say."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import DateField, JSONField, Q, Value

from cases.law import tracks
from cases.law.rulebook import book
from cases.models import Case, Contact, Event, Notice, TrackMove
from cases.permissions import Shown
from tracker.status.light import phase
from tracker.status.nouns import Titles
from tracker.status.record import FilingRow

MOST: Final = 200
NO_TITLE: Final = Titles("", "")
EARLIEST: Final = datetime.min.replace(tzinfo=UTC)
# The columns one table has and the other beside it has not.
NOTHING: Final = Value("")
NO_DAY: Final = Value(None, DateField())
NO_HOLES: Final = Value([], JSONField())


@dataclass(frozen=True, slots=True)
class Happening:
    """`source` says of which table `uid` is and of which closed list `code`. Without `on`, the day is not known.

    `paper` is the notice it came with.
    """

    source: str  # announced, issued, served, contact, filed, moved, event
    uid: str
    code: str
    title: Titles
    on: date | None
    at: datetime | None = None
    paper: str = ""
    is_irregular: bool = False


def happened(case: Case, filings: Iterable[FilingRow], shown: Shown) -> tuple[Happening, ...]:
    """Oldest first, each thing once: what came with a document on its day is told by the document."""
    documents = list(_documents(case, shown))
    told = {(row.paper, on) for row in documents for on in (row.on, None)}
    alone = [row for row in _course(case) if not row.paper or (row.paper, row.on) not in told]
    rows = [*_announced(case, documents), *documents, *_filings(filings), *alone]
    return tuple(sorted(rows, key=lambda row: (row.on or date.max, row.at or EARLIEST)))


def _announced(case: Case, documents: Iterable[Happening]) -> Iterator[Happening]:
    """Unless the announcement itself is among the notices."""
    if case.announced_on and all(row.code != "announcement" for row in documents):
        yield Happening("announced", case.uid, "", NO_TITLE, case.announced_on)


def _documents(case: Case, shown: Shown) -> Iterator[Happening]:
    """What was served, and what was said in person, in one query."""
    notices = Notice.objects.filter(case=case, voided_at__isnull=True).order_by()
    contacts = shown(Contact.objects.filter(case=case)).order_by()
    rows = notices.values_list(
        "uid", "kind", "title_en", "title_zh", "number", "issued_on", "served_on", "served_at", "uid"
    )
    said = contacts.values_list("uid", "kind", NOTHING, "subject", NOTHING, NO_DAY, "held_on", "held_at", "notice__uid")
    for uid, kind, en, zh, number, issued_on, on, at, paper in rows.union(said, all=True).order_by("served_on")[:MOST]:
        title = Titles(en, zh) if en or zh else Titles("", number)
        source = "contact" if paper != uid else "served" if on else "issued"
        yield Happening(source, uid, kind, title, on or issued_on, at, paper=paper or "")


def _filings(filings: Iterable[FilingRow]) -> Iterator[Happening]:
    for row in filings:
        if not row.is_voided:
            on = row.sent_at.astimezone(ZoneInfo(row.zone)).date()
            yield Happening("filed", row.uid, row.kind, row.title, on, row.sent_at)


def _course(case: Case) -> Iterator[Happening]:
    """The moves of its tracks, and the events that are no move and no filing, in one query."""
    moves = TrackMove.objects.filter(track__case=case).order_by()
    alone = Q(track_move__isnull=True, filing__isnull=True, voided_at__isnull=True)
    events = Event.objects.filter(alone, case=case).order_by()
    rows = moves.values_list(
        "uid", "track__kind", "to_state", "occurred_on", "occurred_at", "document__uid", "irregular"
    )
    others = events.values_list("uid", NOTHING, "name", "occurred_on", "occurred_at", "notice__uid", NO_HOLES)
    for uid, kind, code, on, at, paper, irregular in rows.union(others, all=True).order_by("occurred_on")[:MOST]:
        title, source = (_moved(kind, code), "moved") if kind else (_event(code), "event")
        yield Happening(source, uid, code, title, on, at, paper=paper or "", is_irregular=bool(irregular))


def _moved(kind: str, to: str) -> Titles:
    of, came_to = Titles(*tracks.title(kind)), phase(kind, to).title
    hant = f"{of.zh_hant}：{came_to.zh_hant}" if of.zh_hant and came_to.zh_hant else ""
    return Titles(f"{of.en}: {came_to.en}", f"{of.zh}：{came_to.zh}", hant)


def _event(name: str) -> Titles:
    known = book().event(name)
    return Titles(known.title_en, known.title_zh, known.title_zh_hant)
