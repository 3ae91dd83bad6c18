"""Which deadline speaks next, and the pulse of the watch itself."""

from django.db import models
from django.db.models import Q

from cases.models import Deadline, DeadlineVersion


class Watch(models.Model):
    """One row a deadline, derivable from it and what was said: the version seen and when the next word is due.

    `next_word_at` empty: nothing more is to be said. `rung`: how high the latest occasion has climbed.
    """

    deadline = models.OneToOneField(Deadline, models.CASCADE, primary_key=True, related_name="watch")
    version = models.ForeignKey(DeadlineVersion, models.CASCADE, null=True, related_name="+")
    next_word_at = models.DateTimeField(null=True)
    next_occasion = models.CharField(max_length=60, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_word_at"], condition=Q(next_word_at__isnull=False), name="watch_next_word"),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id}: {self.next_word_at}"


class Sweep(models.Model):
    """One pass of the watch: when it ran, how long, what it did. The engine's own pulse."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    rearmed = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-started_at", "-pk")
        indexes = [models.Index(fields=["-finished_at"], name="sweep_by_finish")]

    def __str__(self) -> str:
        return str(self.started_at)
