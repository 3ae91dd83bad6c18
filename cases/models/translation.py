"""Translations of any original words, with who made and who reviewed them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.person import Language
from cases.models.record import UID_LENGTH, Record, with_history


class TranslationBy(models.TextChoices):
    MACHINE = "machine", _("Machine")
    HUMAN = "human", _("Human")
    SWORN = "sworn", _("Sworn translator")


@with_history()
class Translation(Record):
    """Of any original words: `field` of the object named by kind and uid. Stale when the original's hash differs."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="translations")
    object_kind = models.CharField(max_length=30)
    object_uid = models.CharField(max_length=UID_LENGTH)
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=10, choices=Language)
    words = models.TextField()
    made_by = models.CharField(max_length=10, choices=TranslationBy)
    translator = models.CharField(max_length=120, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    original_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-recorded_at", "-pk")
        indexes = [models.Index(fields=["case", "object_kind", "object_uid"], name="translation_by_object")]

    def __str__(self) -> str:
        return f"{self.object_kind}.{self.field} [{self.language}]"
