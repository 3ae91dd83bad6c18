"""When to speak before a deadline, and who is told next where nobody answers: data, changed by counsel."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Deadline, DeadlineKind


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
    # Minutes in which the word must be acknowledged before the next rung is told; empty: it need not be.
    acknowledge_within = models.PositiveIntegerField(null=True, blank=True)
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


class LadderRole(models.TextChoices):
    ON_CALL = "on_call", _("Who is on call")
    OWNER = "owner", _("Owner")
    DEPUTY = "deputy", _("Deputy lead of the task force")
    LEAD = "lead", _("Lead of the task force")
    LEAD_COUNSEL = "lead_counsel", _("Lead counsel")
    GENERAL_COUNSEL = "general_counsel", _("General counsel")
    EXECUTIVE = "executive", _("Executive")


class Rung(models.Model):
    """One rung of the ladder for a kind of clock: of the house (no case), or a case's own ladder."""

    is_hourly = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=20, choices=LadderRole)
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="rungs")

    class Meta:
        verbose_name = _("rung")
        verbose_name_plural = _("rungs")
        ordering = ("is_hourly", "position", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["is_hourly", "role"], condition=Q(case__isnull=True), name="one_rung_of_the_house_per_role"
            ),
            models.UniqueConstraint(
                fields=["case", "is_hourly", "role"],
                condition=Q(case__isnull=False),
                name="one_rung_of_a_case_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.role}"
