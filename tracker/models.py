"""The watch: which deadline speaks next, what was said to whom, and the frozen status pages."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Deadline, DeadlineKind, DeadlineVersion
from cases.models.record import UID_LENGTH, new_uid


class Watch(models.Model):
    """One row a deadline, derivable from it: the version seen and when the next word is due (empty: none)."""

    deadline = models.OneToOneField(Deadline, models.CASCADE, primary_key=True, related_name="watch")
    version = models.ForeignKey(DeadlineVersion, models.CASCADE, null=True, related_name="+")
    next_word_at = models.DateTimeField(null=True)
    next_occasion = models.CharField(max_length=40, blank=True)
    rung = models.PositiveSmallIntegerField(default=0)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["next_word_at"], condition=Q(next_word_at__isnull=False), name="watch_next_word"),
        ]

    def __str__(self) -> str:
        return f"{self.deadline_id}: {self.next_word_at}"


class Channel(models.TextChoices):
    MAIL = "mail", _("Mail")
    CHAT = "chat", _("Chat")


class ReminderState(models.TextChoices):
    UNSENT = "unsent", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Dropped: no longer needed")
    FAILED = "failed", _("Failed")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def unsent(self) -> "ReminderQuerySet":
        return self.filter(state=ReminderState.UNSENT)

    def to_try(self, now: datetime) -> "ReminderQuerySet":
        return self.unsent().filter(try_at__lte=now).order_by("try_at", "pk")

    def said(self) -> "ReminderQuerySet":
        """What counts as said or about to be: a dropped word may be said again, a failed one has climbed."""
        return self.exclude(state=ReminderState.DROPPED)

    def for_outbox(self) -> "ReminderQuerySet":
        """Newest first, with all that a row of the outbox shows."""
        return self.select_related("case", "deadline", "version", "person", "instead_of").order_by("-made_at", "-pk")


class Reminder(models.Model):
    """One word to one person on one occasion by one channel; sent at least once, made exactly once."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="reminders")
    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="reminders")
    version = models.ForeignKey(DeadlineVersion, models.CASCADE, related_name="reminders")
    occasion = models.CharField(max_length=40)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminders")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.MAIL)
    address = models.CharField(max_length=300)
    role = models.CharField(max_length=20, blank=True)  # why this person: a role of the ladder
    instead_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )  # who is away
    state = models.CharField(max_length=10, choices=ReminderState, default=ReminderState.UNSENT)
    state_reason = models.CharField(max_length=300, blank=True)
    occasion_at = models.DateTimeField()  # when it was due to be said
    made_at = models.DateTimeField()
    try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=300, blank=True)  # what the server said

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("-made_at", "-pk")
        indexes = [
            models.Index(fields=["try_at", "id"], condition=Q(state="unsent"), name="reminder_unsent"),
            models.Index(fields=["case", "-made_at", "-id"], name="reminder_by_case"),
            models.Index(fields=["-made_at", "-id"], name="reminder_newest"),
        ]
        constraints = [
            # A dropped word does not stand in the way: its person may be the right one again.
            models.UniqueConstraint(
                fields=["version", "occasion", "person", "channel"],
                condition=~Q(state="dropped"),
                name="one_reminder_per_occasion_and_address",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="a_sent_reminder_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} → {self.address}"


class StepUnit(models.TextChoices):
    WORKING_DAY = "working_day", _("working days before")
    SHARE = "share", _("percent of the time left")


class Step(models.Model):
    """When to speak before a deadline: the house's table (no case), a case's, or a deadline's own.

    0 working days before is the morning of the day itself. Once a deadline has passed there is a word each morning.
    """

    kind = models.CharField(max_length=10, choices=DeadlineKind)
    is_hourly = models.BooleanField(default=False)
    unit = models.CharField(max_length=12, choices=StepUnit)
    amount = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="steps")
    deadline = models.ForeignKey(Deadline, models.CASCADE, null=True, blank=True, related_name="steps")

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ("kind", "is_hourly", "unit", "-amount", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "is_hourly", "unit", "amount"],
                condition=Q(case__isnull=True, deadline__isnull=True),
                name="one_step_of_the_house",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=True) | Q(deadline__isnull=True), name="a_step_is_of_a_case_or_a_deadline"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.unit}"


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
