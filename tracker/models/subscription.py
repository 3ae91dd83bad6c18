"""Words that come by the timetable: each morning's digest, the lead's week, status mails."""

from datetime import time
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case
from cases.models.record import UID_LENGTH, new_uid

MORNING: Final = time(8, 30)


class Subject(models.TextChoices):
    DAY = "day", _("My day: what is due, late or waits for me")
    WEEK = "week", _("The week of what I lead")
    STATUS = "status", _("Where things stand")


class Rhythm(models.TextChoices):
    DAILY = "daily", pgettext_lazy("rhythm", "every day")
    WORKING_DAYS = "working_days", pgettext_lazy("rhythm", "every working day")
    WEEKLY = "weekly", pgettext_lazy("rhythm", "every week")
    HARD_DATES = "hard_dates", pgettext_lazy("rhythm", "before each date set by law or order")


class Subscription(models.Model):
    """One person's standing wish for one kind of word. `case` empty: over all the person may know of.

    `at` and `weekday` (1 is Monday) are in the person's zone; `days_before` counts working days before a hard date.
    `next_at` is when the sweep must look at it again, empty once it has ended.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    subject = models.CharField(max_length=10, choices=Subject)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="subscriptions")
    rhythm = models.CharField(max_length=12, choices=Rhythm)
    at = models.TimeField(default=MORNING)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    days_before = models.PositiveSmallIntegerField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ("subject", "pk")
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="subscription_next"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject"],
                condition=Q(case__isnull=True, ended_at__isnull=True) & ~Q(subject="status"),
                name="one_digest_per_person",
            ),
            models.UniqueConstraint(
                fields=["person", "rhythm"],
                condition=Q(case__isnull=True, ended_at__isnull=True, subject="status"),
                name="one_status_mail_per_rhythm",
            ),
            models.UniqueConstraint(
                fields=["person", "case", "rhythm"],
                condition=Q(case__isnull=False, ended_at__isnull=True),
                name="one_status_mail_per_case_and_rhythm",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=True) | Q(subject="status"), name="only_a_status_mail_is_of_one_case"
            ),
            models.CheckConstraint(
                condition=Q(rhythm="weekly", weekday__range=(1, 7)) | ~Q(rhythm="weekly") & Q(weekday__isnull=True),
                name="a_weekly_word_says_which_day",
            ),
            models.CheckConstraint(
                condition=Q(rhythm="hard_dates", days_before__range=(0, 30))
                | ~Q(rhythm="hard_dates") & Q(days_before__isnull=True),
                name="a_word_before_hard_dates_says_how_long_before",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(next_at__isnull=True), name="an_ended_subscription_is_silent"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.person}: {self.subject}, {self.rhythm}"
