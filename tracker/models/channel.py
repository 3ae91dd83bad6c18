"""By which channels words reach a person, or a case's own chat room."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Case, Language
from cases.models.record import UID_LENGTH, new_uid


class WordKind(models.TextChoices):
    REMINDER = "reminder", _("Reminder")
    DIGEST = "digest", _("Digest")
    STATUS = "status", _("Status mail")
    ALARM = "alarm", pgettext_lazy("kind of word", "Alarm")


class Channel(models.TextChoices):
    MAIL = "mail", _("Mail")
    CHAT = "chat", _("Chat")
    DESK = "desk", pgettext_lazy("channel", "The Desk alone")
    ROOM = "room", _("The case’s chat room")


class ChatService(models.TextChoices):
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")
    WECOM = "wecom", _("WeCom")
    SLACK = "slack", "Slack"
    TEAMS = "teams", "Microsoft Teams"
    WEBHOOK = "webhook", _("Webhook")


class ChatAddress(models.Model):
    """Where a chat takes words: a person's own, or the room of a case. What opens it is kept sealed (`channels.chat`).

    `hint`: enough of it for its owner to know it by. Ended, it is kept for the words that went there.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="chat_addresses"
    )
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="chat_addresses")
    service = models.CharField(max_length=10, choices=ChatService)
    hint = models.CharField(max_length=80)
    sealed = models.TextField()
    language = models.CharField(max_length=10, choices=Language, default=Language.EN)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("chat address")
        verbose_name_plural = _("chat addresses")
        ordering = ("made_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, case__isnull=False) | Q(person__isnull=False, case__isnull=True),
                name="a_chat_address_is_of_a_person_or_a_case",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True, case__isnull=False), name="one_room_per_case"
            ),
        ]

    def __str__(self) -> str:
        return self.hint


class ChosenChannel(models.Model):
    """A channel a person chose for a kind of word. Nothing chosen: mail."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="chosen_channels")
    kind = models.CharField(max_length=10, choices=WordKind)
    channel = models.CharField(max_length=10, choices=Channel)
    chat = models.ForeignKey(ChatAddress, models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("chosen channel")
        verbose_name_plural = _("chosen channels")
        ordering = ("kind", "channel", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "channel"], condition=Q(chat__isnull=True), name="each_channel_chosen_once"
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "chat"], condition=Q(chat__isnull=False), name="each_chat_chosen_once"
            ),
            models.CheckConstraint(
                condition=Q(channel="chat", chat__isnull=False) | Q(channel__in=("mail", "desk"), chat__isnull=True),
                name="a_chosen_chat_says_which",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.channel}"
