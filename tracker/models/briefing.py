"""A status page frozen and signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.models.record import UID_LENGTH, new_uid


class Briefing(models.Model):
    """A status page frozen as it was known at an instant, numbered and signed. Never changed."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="briefings")
    number = models.PositiveIntegerField()
    known_at = models.DateTimeField()
    figures = models.JSONField()
    words = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # After a lawful erasure of names: when, and the hash of what is left. `sha256` stays that of what was signed.
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("briefing")
        verbose_name_plural = _("briefings")
        ordering = ("-number", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_briefing_per_number_and_case"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, erased_sha256="")
                | Q(erased_at__isnull=False) & ~Q(erased_sha256=""),
                name="an_erased_briefing_has_the_hash_of_what_is_left",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} #{self.number}"
