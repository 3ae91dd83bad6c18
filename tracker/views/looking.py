"""Pages that are looked at, and files that leave: what of it stands in the log. HEAD looks at nothing; any other does.

A page that only shows answers whatever method it is asked by: sent as a form it must not be read unseen.
"""

from datetime import datetime
from typing import Final

from django.db.models import Model
from django.http import HttpRequest

from cases.actions.reading import is_watched, log_export, log_read
from cases.models import Case
from tracker.views.finding import reader

NOTHING: Final = "HEAD"


def looked_at(request: HttpRequest, record: Model, case: Case, *, at: datetime) -> None:
    """The page of one thing, where its readings matter."""
    if request.method != NOTHING and is_watched(record):
        log_read(record=record, case=case, by=reader(request), at=at)


def opened(request: HttpRequest, record: Model, case: Case, *, at: datetime) -> None:
    """A frozen page that was handed round: every look at it matters."""
    if request.method != NOTHING:
        log_read(record=record, case=case, by=reader(request), at=at)


def taken_out(request: HttpRequest, record: Model, case: Case | None, *, at: datetime, **facts: object) -> None:
    if request.method != NOTHING:
        log_export(record=record, case=case, by=reader(request), at=at, facts=facts)
