"""The sentence of what happened: append-only, held by a trigger and by the rights of the application's role."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.record import UID_LENGTH, new_uid


class LogEntry(models.Model):
    """Who did what to which object, when by the law's time and when by ours. Names live with the person, not here."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="log")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="log")
    verb = models.CharField(max_length=40)
    object_kind = models.CharField(max_length=30)
    object_uid = models.CharField(max_length=UID_LENGTH)
    occurred_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)  # codes, dates and uids; never names

    class Meta:
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        ordering = ("-recorded_at", "-pk")
        indexes = [
            models.Index(fields=["-recorded_at", "-id"], name="log_newest"),
            models.Index(fields=["case", "-recorded_at", "-id"], name="log_by_case"),
            models.Index(fields=["object_uid", "-id"], name="log_by_object"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind} {self.object_uid}"
