"""What was answered to a request that named itself by a key, kept until nobody can still be repeating it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case

KEY_LENGTH = 200


class IdempotentAnswer(models.Model):
    """One person's key, what it was sent with, and the answer; `case`, where one must know of it to be told again."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=KEY_LENGTH)
    fingerprint = models.CharField(max_length=64)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer kept for a repeat")
        verbose_name_plural = _("answers kept for a repeat")
        ordering = ("-at", "-pk")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_answer_per_person_and_key")]
        indexes = [models.Index(fields=["at"], name="answers_by_age")]

    def __str__(self) -> str:
        return self.key
