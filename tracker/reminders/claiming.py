"""Takes the next word that waits, locked until it is settled, with what its letter is written from.

The plain many are read in one statement of known text; whatever else waits is read again, with all it points at.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, Model, QuerySet

from cases.models import Case, Deadline, DeadlineVersion, Person
from tracker.models import Channel, Reminder
from tracker.reminders.plain import plain
from tracker.reminders.prepared import Prepared

# What a letter of any kind is written from.
LETTER: Final = ("case", "deadline__case", "version", "person", "instead_of", "chat", "subscription")


def _in_order(model: type[Model], names: str) -> tuple[type[Model], tuple[str, ...]]:
    """As `from_db` wants its values: in the order of the model's own fields."""
    wanted = names.split()
    return model, tuple(field.attname for field in model._meta.concrete_fields if field.attname in wanted)


# What one of a plain word is written from. A column that is missing here is read when asked for, and costs a statement.
READ: Final[Mapping[str, tuple[type[Model], tuple[str, ...]]]] = {
    "": _in_order(
        Reminder,
        "id uid kind case_id deadline_id version_id subscription_id occasion person_id channel chat_id address role"
        " rung instead_of_id acknowledge_within state occasion_at made_at tries",
    ),
    "case": _in_order(Case, "id uid reference title_en title_zh title_zh_hant is_open_to_staff is_named_in_mail"),
    "deadline": _in_order(
        Deadline,
        "id uid case_id kind rule_id title_en title_zh zone calendar is_hourly caution differs_on due_on due_at",
    ),
    "version": _in_order(DeadlineVersion, "id status due_at provisional provisional_why safe_due_on missing"),
    "person": _in_order(Person, "id uid email family_en given_en family_zh given_zh role language zone is_active"),
}
COLUMNS: Final = tuple(f"{path}__{name}" if path else name for path, (_, names) in READ.items() for name in names)


def claim(now: datetime, *, is_mail_away: bool) -> Reminder | None:
    """None: nothing waits that another does not hold."""
    found = (OTHER_THAN_MAIL if is_mail_away else ANY).rows(now)
    if not found:
        return None
    *columns, pk, channel, is_plain = found[0]
    is_read = is_plain and channel == Channel.MAIL
    word = _read(columns) if is_read else Reminder.objects.select_related(*LETTER).get(pk=pk)
    word.is_plain = bool(is_plain)
    return word


def _waiting(now: datetime, *, is_mail_away: bool) -> "QuerySet[Reminder]":
    waiting = Reminder.objects.to_try(now).select_for_update(skip_locked=True, no_key=True)
    return (waiting.exclude(channel=Channel.MAIL) if is_mail_away else waiting)[:1]


def _read_of(now: datetime) -> "QuerySet[Any, Any]":
    return Reminder.objects.annotate(is_sure=plain(now)).values_list(*COLUMNS, "pk", F("channel"), "is_sure")


ANY: Final = Prepared(name="claim", picks=partial(_waiting, is_mail_away=False), asks=_read_of)
OTHER_THAN_MAIL: Final = Prepared(picks=partial(_waiting, is_mail_away=True), asks=_read_of)


def _read(columns: list[Any]) -> Reminder:
    found: dict[str, Any] = {}
    for path, (model, names) in READ.items():
        values, columns = columns[: len(names)], columns[len(names) :]
        found[path] = model.from_db(DEFAULT_DB_ALIAS, names, values)
    word: Reminder = found.pop("")
    for path, row in found.items():
        setattr(word, path, row)
    word.deadline.case = word.case
    return word
