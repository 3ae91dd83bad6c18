"""The log: who did what to which object, when by the law's time and when by ours. Read only, for ever."""

from typing import Any

from django.db.models import QuerySet

from cases.actions.reading import shown_entries
from cases.api.rooms import Room
from cases.api.shapes import Shape
from cases.models import LogEntry


class LogShape(Shape[LogEntry]):
    class Meta:
        model = LogEntry
        fields = (
            "uid", "case", "person", "verb", "object_kind", "object_uid", "occurred_at", "recorded_at", "reason",
            "facts",
        )  # fmt: skip


class Log(Room):
    """Newest first."""

    model, shape = LogEntry, LogShape
    filters = {
        "case": "case__reference", "verb": "verb", "object": "object_uid", "person": "person__uid",
    }  # fmt: skip

    def scoped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Who looked is shown to counsel and auditors."""
        return shown_entries(super().scoped(rows), self.person)
