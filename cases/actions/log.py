"""Writes the one LogEntry of an action and moves the revision of what it changed."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.models import Case, LogEntry, Person
from cases.models.record import Record


class Conflict(RuleBroken):
    """Somebody saved the object since it was read."""

    code = "conflict"


def kind_of(record: Model) -> str:
    """The noun of an object in the log and in translations: `notice`, `task_force`, `flagged_content`."""
    return noun_of(record.__class__)  # a lazy one, as the person of a request, is by its type no model


def noun_of(model: type[Model]) -> str:
    name = model.__name__
    return "".join(f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name))


def write_log(
    verb: str,
    record: Model,
    *,
    case: Case | None,
    by: Person,
    at: datetime,
    occurred_at: datetime | None = None,
    reason: str = "",
    facts: Mapping[str, object] | None = None,
) -> LogEntry:
    """`facts`: codes, dates and uids, never names or texts (a lawful erasure must not break the log)."""
    return LogEntry.objects.create(
        case=case,
        person=by,
        verb=verb,
        object_kind=kind_of(record),
        object_uid=record.uid,  # type: ignore[attr-defined]  # every logged model has a uid
        occurred_at=occurred_at,
        recorded_at=at,
        reason=reason,
        facts={name: plain(value) for name, value in (facts or {}).items()},
    )


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def check_revision(record: Record, revision: int | None) -> None:
    """None: the door did not ask for the check."""
    if revision is not None and record.revision != revision:
        raise Conflict(_("Somebody else has changed this since you opened it."), revision=record.revision)


def save(record: Record, *fields: str) -> None:
    """Saves the fields named and counts the edit."""
    record.revision += 1
    record.save(update_fields=[*fields, "revision"])
