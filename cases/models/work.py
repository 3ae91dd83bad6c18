"""Long work as rows with progress, so that it can be left, found again and resumed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.evidence import Evidence
from cases.models.record import Record


class WorkState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class Import(Record):
    """One reading of a captured list: the file is evidence, the counts reconcile, the bad rows are listed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="imports")
    surface = models.CharField(_("surface"), max_length=80)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="imports")
    is_reflag = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=WorkState, default=WorkState.WAITING)
    rows_read = models.PositiveIntegerField(default=0)
    rows_matched = models.PositiveIntegerField(default=0)
    rows_unmatched = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)
    captures_added = models.PositiveIntegerField(default=0)
    candidates_added = models.PositiveIntegerField(default=0)
    conflicts = models.JSONField(
        default=list, blank=True
    )  # hours that stand from another file: [{captured_at, import}]
    rejected = models.JSONField(default=list, blank=True)  # [{line, reason, detail}]
    failure = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-recorded_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(rows_read=models.F("rows_matched") + models.F("rows_unmatched") + models.F("rows_rejected")),
                name="the_rows_of_an_import_reconcile",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.surface}: {self.rows_read}"
