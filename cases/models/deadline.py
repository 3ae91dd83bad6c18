"""Clocks: a deadline, its versions (never overwritten), and the ledgers of extensions and suspensions."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.arrangement import Arrangement
from cases.models.case import Case, Event
from cases.models.notice import Instalment, Measure, Notice
from cases.models.record import UID_LENGTH, Record, new_uid, with_history


class DeadlineKind(models.TextChoices):
    STATUTORY = "statutory", _("Statutory")
    ORDERED = "ordered", _("Ordered")
    REGULATOR = "regulator", _("Regulator's own")
    DUTY = "duty", _("Duty without a number")
    INTERNAL = "internal", _("Internal")


class Actor(models.TextChoices):
    PARTY = "party", _("Us")
    AUTHORITY = "authority", _("Authority")


class Outcome(models.TextChoices):
    RUNNING = "running", _("Running")
    MET = "met", _("Met")
    WAIVED = "waived", _("Waived")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    BARRED = "barred", _("Barred")
    NOT_CHOSEN = "not_chosen", _("Not chosen")


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def running(self) -> "DeadlineQuerySet":
        return self.filter(outcome=Outcome.RUNNING)

    def dated(self) -> "DeadlineQuerySet":
        return self.filter(due_at__isnull=False)

    def by_due(self) -> "DeadlineQuerySet":
        return self.order_by(F("due_at").asc(nulls_last=True), "pk")


# `rearm` is a doorbell for the watch, not a fact: no history.
@with_history(without=("rearm",))
class Deadline(Record):
    """One clock. `due_on`/`due_at` copy the date that leads: the earliest of the version in force, of each open
    proposal, and of what would hold were both confirmed that are open.

    `due_at` is the last instant in time. Both are empty while a fact is missing.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=10, choices=DeadlineKind)
    actor = models.CharField(max_length=10, choices=Actor, default=Actor.PARTY)
    rule_id = models.CharField(max_length=20, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="deadlines")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="deadlines")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="deadlines")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="deadlines")
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    calendar = models.CharField(max_length=20, default="CN")
    is_hourly = models.BooleanField(default=False)
    caution = models.CharField(max_length=60, blank=True)  # codes: why the date is not to be relied on
    differs_on = models.DateField(null=True, blank=True)  # the law's day beside the document's own, and the reverse
    current = models.OneToOneField(
        "cases.DeadlineVersion", models.PROTECT, null=True, blank=True, related_name="current_of"
    )
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.RUNNING)
    outcome_at = models.DateTimeField(null=True, blank=True)
    outcome_reason = models.TextField(blank=True)
    met_by = models.ForeignKey("cases.Filing", models.PROTECT, null=True, blank=True, related_name="met")
    # The event by which the authority kept its own limit.
    answered_by = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="answered")
    rearm = models.BooleanField(default=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ("due_at", "pk")
        indexes = [
            models.Index(fields=["id"], condition=Q(rearm=True), name="deadline_to_rearm"),
            models.Index(fields=["due_at", "id"], condition=Q(outcome="running"), name="deadline_running_by_due"),
            models.Index(fields=["due_at", "id"], name="deadline_by_due"),
            models.Index(fields=["case", "due_at", "id"], name="deadline_by_case_and_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, due_at__isnull=True) | Q(due_on__isnull=False, due_at__isnull=False),
                name="a_due_day_has_its_last_instant",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["statutory", "regulator", "duty"]) | ~Q(rule_id=""),
                name="a_clock_of_the_law_names_its_rule",
            ),
            models.CheckConstraint(
                condition=Q(outcome="running", outcome_at__isnull=True)
                | ~Q(outcome="running") & Q(outcome_at__isnull=False),
                name="an_ended_deadline_says_when",
            ),
            models.UniqueConstraint(
                fields=["event", "rule_id", "measure", "kind"],
                condition=Q(event__isnull=False, measure__isnull=False),
                name="one_deadline_per_event_rule_measure_and_kind",
            ),
            models.UniqueConstraint(
                fields=["event", "rule_id", "kind"],
                condition=Q(event__isnull=False, measure__isnull=True),
                name="one_deadline_per_event_rule_and_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en or self.title_zh or self.rule_id


class VersionStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Cause(models.TextChoices):
    FIRST = "first", _("First reckoning")
    FACT = "fact", _("A fact became known or was corrected")
    EXTENSION = "extension", _("Extension")
    SUSPENSION = "suspension", _("Suspension")
    CALENDAR = "calendar", _("New calendar")
    LAW = "law", _("New version of the rule")
    CHOICE = "choice", _("Counsel chose how the order counts")
    OVERRIDE = "override", _("Set by hand")


class DeadlineVersion(models.Model):
    """What was reckoned when, with its working. Appended, never changed but for its status and confirmation."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=VersionStatus)
    cause = models.CharField(max_length=10, choices=Cause)
    reason = models.TextField(blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    nominal_on = models.DateField(null=True, blank=True)
    safe_due_on = models.DateField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    provisional_why = models.CharField(max_length=200, blank=True)
    missing = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    rule_version = models.CharField(max_length=40, blank=True)
    calendar_version = models.CharField(max_length=60, blank=True)
    # The imported arrangements that lay over its calendar when it was counted: a version's name does not tell them all.
    arrangements = ArrayField(models.BigIntegerField(), default=list, blank=True)
    profile = models.CharField(max_length=12, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    trace = models.JSONField(default=list, blank=True)
    # Of a version that the import of an arrangement made, or its withdrawal: which. Of that, and of any proposal: what
    # it would stand instead of.
    arrangement = models.ForeignKey(
        Arrangement, models.PROTECT, null=True, blank=True, related_name="versions", db_index=False
    )
    instead_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # Counsel would not have this date. A fact rejected is left out of every later count of the deadline; a move of the
    # calendar is proposed anew for any other date in force.
    rejected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("version of a deadline")
        verbose_name_plural = _("versions of deadlines")
        ordering = ("number", "pk")
        indexes = [
            models.Index(
                fields=["arrangement", "id"], condition=Q(arrangement__isnull=False), name="version_of_an_arrangement"
            ),
            models.Index(fields=["deadline"], condition=Q(rejected_at__isnull=False), name="version_rejected"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(arrangement__isnull=True) | Q(instead_of__isnull=False),
                name="a_version_of_an_arrangement_says_instead_of_which",
            ),
            models.UniqueConstraint(fields=["deadline", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["deadline"], condition=Q(status="in_force"), name="one_version_in_force_per_deadline"
            ),
            # What a calendar moves is decided apart from what a fact moves.
            models.UniqueConstraint(
                fields=["deadline"],
                condition=Q(status="proposed") & ~Q(cause="calendar"),
                name="one_open_proposal_of_a_fact_per_deadline",
            ),
            models.UniqueConstraint(
                fields=["deadline"],
                condition=Q(status="proposed", cause="calendar"),
                name="one_open_proposal_of_a_calendar_per_deadline",
            ),
            models.CheckConstraint(
                condition=Q(rejected_at__isnull=True) | Q(status="withdrawn"), name="what_was_rejected_is_withdrawn"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False, due_at__isnull=False, missing=[])
                | Q(due_on__isnull=True, due_at__isnull=True),
                name="a_version_has_a_date_or_says_what_is_missing",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="a_confirmation_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deadline} v{self.number}"


class ExtensionState(models.TextChoices):
    ASKED = "asked", _("Asked")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    REPLACED = "replaced", _("Replaced by another")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@with_history()
class Extension(Record):
    """More time: asked, then granted or refused, by which document. An amount of units, or a date.

    `instalment`: the last part of the plan by which it was granted.
    """

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="extensions")
    state = models.CharField(max_length=10, choices=ExtensionState, default=ExtensionState.ASKED)
    amount = models.PositiveIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    until_on = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    instalment = models.ForeignKey(
        Instalment, models.PROTECT, null=True, blank=True, related_name="extensions", db_index=False
    )
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("recorded_at", "pk")
        indexes = [
            models.Index(fields=["instalment"], condition=Q(instalment__isnull=False), name="extension_of_a_plan"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(instalment__isnull=True) | Q(until_on__isnull=False), name="a_plan_extends_until_a_day"
            ),
            models.UniqueConstraint(
                fields=["deadline", "instalment"], condition=Q(state="granted"), name="a_plan_extends_a_deadline_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False, until_on__isnull=True) & ~Q(unit="")
                | Q(amount__isnull=True, unit="", until_on__isnull=False),
                name="an_extension_is_a_period_or_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"+{self.amount} {self.unit}" if self.amount else f"→ {self.until_on}"


@with_history()
class Suspension(Record):
    """The clock stands still from–until; `until_on` is the first day it runs again, empty while it stands."""

    deadline = models.ForeignKey(Deadline, models.PROTECT, related_name="suspensions")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField()

    class Meta:
        ordering = ("from_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="a_suspension_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} – {self.until_on or '…'}"
