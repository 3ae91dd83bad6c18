"""The content the matter is about: flagging rules, captures of a list, flagged content and where it was seen."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.evidence import Evidence
from cases.models.notice import Notice
from cases.models.record import UID_LENGTH, Record, new_uid, with_history
from cases.models.work import Import


@with_history()
class FlaggingRule(Record):
    """What we look for on a list, and the provision it rests on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="flagging_rules")
    provision = models.CharField(_("provision"), max_length=40)  # a code of law/taxonomy
    label_en = models.CharField(_("label in English"), max_length=200, blank=True)
    label_zh = models.CharField(_("label in Chinese"), max_length=200, blank=True)
    categories = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("categories"))
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("words"))
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("flagging rule")
        verbose_name_plural = _("flagging rules")
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(categories=[], words=[]), name="a_flagging_rule_looks_for_something"),
        ]

    def __str__(self) -> str:
        return self.label_en or self.label_zh or self.provision


class Capture(models.Model):
    """One look at a list: how many rows were there. The counts are of what was present, advertisements included."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="captures")
    surface = models.CharField(max_length=80)
    captured_at = models.DateTimeField()
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="captures")
    made_by_import = models.ForeignKey(Import, models.PROTECT, related_name="captures")
    rows = models.PositiveIntegerField()
    advertisements = models.PositiveIntegerField(default=0)
    present_10 = models.PositiveIntegerField(default=0)
    present_20 = models.PositiveIntegerField(default=0)
    present_50 = models.PositiveIntegerField(default=0)
    unknown_10 = models.PositiveIntegerField(default=0)  # rows the board left unclassified
    unknown_20 = models.PositiveIntegerField(default=0)
    unknown_50 = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ("captured_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["case", "surface", "captured_at"], name="one_capture_per_hour_and_surface"),
        ]

    def __str__(self) -> str:
        return f"{self.surface} {self.captured_at}"


class Basis(models.TextChoices):
    AUTHORITY = "authority", _("Named by the authority")
    REPORTED = "reported", _("Reported")
    OWN_REVIEW = "own_review", _("Own review")
    RULE = "rule", _("Matched by a rule")


class FlagState(models.TextChoices):
    CANDIDATE = "candidate", _("Candidate")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Dismissed")


class Disposition(models.TextChoices):
    NONE = "", _("None recorded")
    TAKEN_DOWN = "taken_down", _("Taken down")
    DOWNRANKED = "downranked", _("Downranked")
    KEPT = "kept", _("Kept")


@with_history()
class FlaggedContent(Record):
    """Content the matter is about. A candidate is our own working material until a person confirms it.

    The figures are of its sightings, written by the import in one statement a file.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="flagged_content")
    surface = models.CharField(_("surface"), max_length=80)
    title = models.CharField(_("title"), max_length=500)
    title_key = models.CharField(max_length=500)
    category = models.CharField(_("category"), max_length=60, blank=True)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    rule = models.ForeignKey(FlaggingRule, models.PROTECT, null=True, blank=True, related_name="flagged_content")
    provision = models.CharField(_("provision"), max_length=40, blank=True)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="flagged_content")
    state = models.CharField(max_length=10, choices=FlagState, default=FlagState.CANDIDATE)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    review_reason = models.TextField(blank=True)
    disposition = models.CharField(max_length=12, choices=Disposition, default=Disposition.NONE, blank=True)
    disposed_at = models.DateTimeField(null=True, blank=True)
    disposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    first_seen_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    best_rank = models.PositiveIntegerField(null=True, blank=True)
    hours = models.PositiveIntegerField(default=0)
    spells = models.PositiveIntegerField(default=0)
    # False when a reflag no longer matches it: the row stays, out of the exposure figures.
    is_matched = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("flagged content")
        verbose_name_plural = _("flagged content")
        ordering = ("-hours", "pk")
        indexes = [
            models.Index(fields=["-hours", "id"], name="flagged_most_seen"),
            models.Index(fields=["case", "-hours", "id"], name="flagged_by_hours"),
            models.Index(fields=["case", "state", "-hours", "id"], name="flagged_by_state_and_hours"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "surface", "title_key"], name="one_flagged_content_per_title"),
            models.CheckConstraint(
                condition=Q(state="candidate", reviewed_at__isnull=True, reviewed_by__isnull=True)
                | ~Q(state="candidate") & Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="reviewed_content_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(review_reason=""), name="content_is_dismissed_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(disposition="", disposed_at__isnull=True)
                | ~Q(disposition="") & Q(disposed_at__isnull=False),
                name="a_disposition_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Sighting(models.Model):
    """Flagged content on one capture: where it stood and how hot it was."""

    flagged_content = models.ForeignKey(FlaggedContent, models.PROTECT, related_name="sightings")
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="sightings")
    line = models.PositiveIntegerField()
    rank = models.PositiveIntegerField()
    heat = models.BigIntegerField(null=True, blank=True)
    is_ad = models.BooleanField(default=False)
    category = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        ordering = ("capture_id", "rank", "pk")
        constraints = [models.UniqueConstraint(fields=["capture", "line"], name="one_sighting_per_capture_and_line")]

    def __str__(self) -> str:
        return f"#{self.rank}"
