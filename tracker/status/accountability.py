"""Who was held responsible in a case and what was decided about them, for those admitted to its persons."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cases.models import Accountability, Case
from cases.permissions import Shown
from tracker.status.nouns import Titles, Who
from tracker.status.people import PERSON, columns, somebody, who

MOST: Final = 200


@dataclass(frozen=True, slots=True)
class AccountabilityRow:
    """One of our people by `who`, anybody else by `party`."""

    uid: str
    who: Who | None
    party: Titles
    capacity: str
    decided_by: str
    measure_kind: str
    notice_uid: str
    kind: str
    words: str
    state: str
    decided_on: date | None
    recorded_at: datetime
    recorded_by: Who
    is_voided: bool
    void_reason: str
    revision: int


_SAME: Final = (
    "uid", "capacity", "decided_by", "kind", "words", "state", "decided_on", "recorded_at", "void_reason", "revision",
)  # fmt: skip


def accountability(case: Case, shown: Shown) -> tuple[AccountabilityRow, ...]:
    """The newest first; voided ones stay, struck through."""
    rows = shown(Accountability.objects.filter(case=case)).order_by("-recorded_at", "-pk").values(
        *_SAME, "voided_at", "measure__kind", "measure__notice__uid", *columns("party", ("name_en", "name_zh")),
        *columns("person", PERSON), *columns("recorded_by", PERSON),
    )  # fmt: skip
    return tuple(
        AccountabilityRow(
            **{name: row[name] for name in _SAME},
            who=who(row, "person"),
            party=Titles(row["party__name_en"] or "", row["party__name_zh"] or ""),
            measure_kind=row["measure__kind"] or "",
            notice_uid=row["measure__notice__uid"] or "",
            recorded_by=somebody(row, "recorded_by"),
            is_voided=row["voided_at"] is not None,
        )
        for row in rows[:MOST]
    )
