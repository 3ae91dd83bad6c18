"""A year's holiday arrangement imported by a person; it stands over the calendars that ship until it is withdrawn."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.record import Record, with_history


class ArrangementState(models.TextChoices):
    IMPORTED = "imported", _("Imported")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@with_history()
class Arrangement(Record):
    """The text itself is kept and read again: `version` and the rest repeat what it says. Recorded means imported."""

    calendar = models.CharField(_("calendar"), max_length=20)
    version = models.CharField(_("calendar version"), max_length=80)  # what a date counted in it names
    years = ArrayField(models.PositiveSmallIntegerField())
    source = models.TextField()  # the notice and its number
    is_fictional = models.BooleanField(default=False)  # invented, for exercises
    file_name = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ArrangementState, default=ArrangementState.IMPORTED)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdraw_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("holiday arrangement")
        verbose_name_plural = _("holiday arrangements")
        ordering = ("-recorded_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "version"],
                condition=Q(state="imported"),
                name="one_standing_arrangement_per_calendar_version",
            ),
            models.CheckConstraint(
                condition=Q(state="imported", withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdraw_reason="")
                | Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdraw_reason=""),
                name="a_withdrawn_arrangement_says_who_and_why",
            ),
            models.CheckConstraint(condition=Q(years__len__gt=0), name="an_arrangement_arranges_a_year"),
            models.CheckConstraint(condition=~Q(source=""), name="an_arrangement_names_its_notice"),
        ]

    def __str__(self) -> str:
        return self.version
