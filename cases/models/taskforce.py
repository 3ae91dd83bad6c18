"""Who does the work: the task force, its members, tasks and updates."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.case import Case, ProtectionMark
from cases.models.deadline import Deadline
from cases.models.notice import Requirement
from cases.models.person import Language
from cases.models.record import UID_LENGTH, Record, new_uid, with_history


@with_history()
class TaskForce(Record):
    """The body formed for the case (整改专项工作小组)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="task_forces")
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_zh = models.CharField(_("name in Chinese"), max_length=200, blank=True)
    formed_on = models.DateField(_("formed on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("task force")
        verbose_name_plural = _("task forces")
        ordering = ("formed_on", "pk")
        constraints = [models.CheckConstraint(condition=~Q(name_en="", name_zh=""), name="a_task_force_has_a_name")]

    def __str__(self) -> str:
        return self.name_en or self.name_zh


class MemberRole(models.TextChoices):
    LEAD = "lead", pgettext_lazy("role", "Lead")
    DEPUTY = "deputy", _("Deputy")
    COUNSEL = "counsel", _("Counsel")
    PRODUCT = "product", _("Product and ranking")
    OPERATIONS = "operations", _("Content operations")
    REVIEW = "review", _("Content review")
    COMMUNICATIONS = "communications", _("Communications")
    OTHER = "other", _("Other")


@with_history()
class Member(models.Model):
    """A person's role in the task force, from–until."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=MemberRole)
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ("from_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["task_force", "person", "role"],
                condition=Q(until_on__isnull=True),
                name="one_standing_membership_per_role",
            ),
            models.UniqueConstraint(
                fields=["task_force"], condition=Q(until_on__isnull=True, role="lead"), name="one_lead_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="a_membership_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


@with_history()
class Shift(models.Model):
    """One turn of the rota: who is on call from–until."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    task_force = models.ForeignKey(TaskForce, models.PROTECT, related_name="rota")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_shift_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.person}: {self.starts_at} – {self.ends_at}"


class TaskState(models.TextChoices):
    TODO = "todo", _("To do")
    IN_PROGRESS = "in_progress", _("In progress")
    BLOCKED = "blocked", _("Blocked")
    IN_REVIEW = "in_review", _("In review")
    CLOSED = "closed", _("Closed")


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> "TaskQuerySet":
        return self.exclude(state=TaskState.CLOSED)


@with_history()
class Task(Record):
    """A piece of work of one person. Its date is an internal deadline."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    number = models.PositiveIntegerField()
    requirement = models.ForeignKey(Requirement, models.PROTECT, null=True, blank=True, related_name="tasks")
    workstream_en = models.CharField(_("workstream in English"), max_length=120, blank=True)
    workstream_zh = models.CharField(_("workstream in Chinese"), max_length=120, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="tasks")
    deadline = models.OneToOneField(Deadline, models.PROTECT, null=True, blank=True, related_name="task")
    state = models.CharField(max_length=12, choices=TaskState, default=TaskState.TODO)
    blocked_reason = models.TextField(blank=True)
    protection_mark = models.CharField(
        _("protection mark"), max_length=20, choices=ProtectionMark, default=ProtectionMark.INTERNAL
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("number", "pk")
        indexes = [
            models.Index(fields=["assignee", "state", "id"], name="task_by_assignee"),
            models.Index(fields=["-recorded_at", "-id"], name="task_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_task_per_number_and_case"),
            models.CheckConstraint(condition=~Q(title_en="", title_zh=""), name="a_task_has_a_title"),
            models.CheckConstraint(
                condition=Q(state="blocked") & ~Q(blocked_reason="") | ~Q(state="blocked") & Q(blocked_reason=""),
                name="a_blocked_task_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | ~Q(state="closed") & Q(closed_at__isnull=True, closed_by__isnull=True),
                name="a_closed_task_says_who_and_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title_en or self.title_zh


class Update(models.Model):
    """What somebody said of a task or the case, with the blocker if there is one. Never edited."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="updates")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="updates")
    words = models.TextField(_("update"))
    language = models.CharField(max_length=10, choices=Language, default=Language.EN)
    blocker = models.TextField(_("blocker"), blank=True)
    protection_mark = models.CharField(
        _("protection mark"), max_length=20, choices=ProtectionMark, default=ProtectionMark.INTERNAL
    )
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ("-posted_at", "-pk")
        indexes = [
            models.Index(fields=["case", "-posted_at", "-id"], name="update_by_case"),
            models.Index(fields=["-posted_at", "-id"], name="update_newest"),
        ]

    def __str__(self) -> str:
        return self.words[:80]
