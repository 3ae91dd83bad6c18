"""What every row of the record has in common: a public uid, a revision, and who recorded it when by our clock.

Nothing here knows a noun of the domain; histories of values are pghistory's, written by database triggers.
"""

import secrets
from typing import Any, Final, TypeVar

import pghistory
from django.conf import settings
from django.db import models

UID_LENGTH: Final = 10
# No 0/o, 1/l/i: a uid is read over the telephone. 31**10 is about 2**49, so it can be neither counted nor guessed.
UID_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"

M = TypeVar("M", bound=models.Model)


def new_uid() -> str:
    """A random public name of a row; shows nothing that can be counted."""
    return "".join(secrets.choice(UID_ALPHABET) for _ in range(UID_LENGTH))


def with_history(*, without: tuple[str, ...] = ()) -> Any:
    """Class decorator: keep old and new values of each row in `<Model>History`, except the fields named."""

    def decorate(model: type[M]) -> type[M]:
        tracked: type[M] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            model_name=f"{model.__name__}History",
            obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="history_row"),
            exclude=list(without) or None,
        )(model)
        return tracked

    return decorate


class Record(models.Model):
    """A row of the record; `revision` counts the edits so that two people at once are noticed."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    revision = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Voidable(models.Model):
    """A row recorded by mistake is voided with its reason and stays; nothing is deleted."""

    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    void_reason = models.TextField(blank=True)

    class Meta:
        abstract = True


def voided_whole(name: str) -> models.CheckConstraint:
    """A voided row says who and why; a standing one says neither."""
    standing = models.Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
    voided = models.Q(voided_at__isnull=False, voided_by__isnull=False) & ~models.Q(void_reason="")
    return models.CheckConstraint(condition=standing | voided, name=name)
