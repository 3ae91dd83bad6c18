"""The outbox: one row a word said, to one person by one channel."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case, Deadline, DeadlineVersion
from cases.models.record import UID_LENGTH, new_uid
from tracker.models.channel import Channel, ChatAddress, WordKind
from tracker.models.subscription import Subscription


class ReminderState(models.TextChoices):
    UNSENT = "unsent", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("Dropped: no longer needed")
    FAILED = "failed", _("Failed")


class AcknowledgedBy(models.TextChoices):
    LINK = "link", pgettext_lazy("acknowledged", "by the link in the message")
    PAGE = "page", pgettext_lazy("acknowledged", "on a page of Casebook")


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

    def personal(self) -> "ReminderQuerySet":
        """Without what a case's chat room was told besides: nobody in particular reads that, or can answer it."""
        return self.exclude(channel=Channel.ROOM)


class Reminder(models.Model):
    """One word to one person on one occasion by one channel; sent at least once, made exactly once.

    A reminder is about a version of a deadline; a digest or a status mail follows a subscription; an alarm tells who
    runs the system. A word of no case is its reader's own.

    `rung`: how high it has climbed because nobody below acknowledged; a dropped word of the role `nobody` says that
    nobody further up is left. `planned_at`: when it was to leave, quiet hours considered. `text`: what was said, as it
    left.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    kind = models.CharField(max_length=10, choices=WordKind, default=WordKind.REMINDER)
    # Typed as there: only code of words about a deadline asks for these three, and of those a constraint holds them.
    case: "models.ForeignKey[Case, Case]" = models.ForeignKey(  # type: ignore[misc]
        Case, models.CASCADE, null=True, blank=True, related_name="reminders"
    )
    deadline: "models.ForeignKey[Deadline, Deadline]" = models.ForeignKey(  # type: ignore[misc]
        Deadline, models.CASCADE, null=True, blank=True, related_name="reminders"
    )
    version: "models.ForeignKey[DeadlineVersion, DeadlineVersion]" = models.ForeignKey(  # type: ignore[misc]
        DeadlineVersion, models.CASCADE, null=True, blank=True, related_name="reminders"
    )
    subscription = models.ForeignKey(Subscription, models.SET_NULL, null=True, blank=True, related_name="reminders")
    occasion = models.CharField(max_length=60)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminders")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.MAIL)
    chat = models.ForeignKey(ChatAddress, models.PROTECT, null=True, blank=True, related_name="reminders")
    address = models.CharField(max_length=300)
    role = models.CharField(max_length=20, blank=True)  # why this person: a role of the ladder
    rung = models.PositiveSmallIntegerField(default=0)
    instead_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    acknowledge_within = models.DurationField(null=True, blank=True)  # empty: it need not be acknowledged
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=10, choices=AcknowledgedBy, blank=True)
    state = models.CharField(max_length=10, choices=ReminderState, default=ReminderState.UNSENT)
    state_reason = models.CharField(max_length=300, blank=True)
    occasion_at = models.DateTimeField()  # when it was due to be said
    made_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    try_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=300, blank=True)  # what the server said

    objects = ReminderQuerySet.as_manager()
    # Told by who claims it (`reminders.plain`); true of this object for as long as its row is locked.
    is_plain: bool = False

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("-made_at", "-pk")
        indexes = [
            models.Index(fields=["try_at", "id"], condition=Q(state="unsent"), name="reminder_unsent"),
            models.Index(fields=["case", "-made_at", "-id"], name="reminder_by_case"),
            models.Index(fields=["-made_at", "-id"], name="reminder_newest"),
            models.Index(fields=["-made_at", "-id"], condition=Q(state="failed"), name="reminder_failed"),
        ]
        constraints = [
            # A dropped word does not stand in the way: its person may be the right one again.
            models.UniqueConstraint(
                fields=["version", "occasion", "person", "channel"],
                condition=~Q(state="dropped") & Q(version__isnull=False, chat__isnull=True),
                name="one_reminder_per_occasion_and_address",
            ),
            models.UniqueConstraint(
                fields=["version", "occasion", "person", "chat"],
                condition=~Q(state="dropped") & Q(version__isnull=False, chat__isnull=False),
                name="one_reminder_per_occasion_and_chat",
            ),
            models.UniqueConstraint(
                fields=["occasion", "person", "channel"],
                condition=~Q(state="dropped") & Q(version__isnull=True, chat__isnull=True),
                name="one_word_per_occasion_and_address",
            ),
            models.UniqueConstraint(
                fields=["occasion", "person", "chat"],
                condition=~Q(state="dropped") & Q(version__isnull=True, chat__isnull=False),
                name="one_word_per_occasion_and_chat",
            ),
            models.CheckConstraint(
                condition=Q(kind="reminder", case__isnull=False, deadline__isnull=False, version__isnull=False)
                | ~Q(kind="reminder") & Q(deadline__isnull=True, version__isnull=True),
                name="a_reminder_is_about_a_deadline",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=("chat", "room"), chat__isnull=False)
                | Q(channel__in=("mail", "desk"), chat__isnull=True),
                name="a_word_to_a_chat_says_which",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="a_sent_reminder_says_when",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by="")
                | Q(acknowledged_at__isnull=False) & ~Q(acknowledged_by=""),
                name="an_acknowledged_word_says_how",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.occasion} → {self.address}"
