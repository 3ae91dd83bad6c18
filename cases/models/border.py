"""What may not be kept here, and what let something leave: papers that are elsewhere, approvals of an export."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.evidence import Evidence
from cases.models.person import Authority
from cases.models.record import Record, Voidable, voided_whole, with_history


class PaperKind(models.TextChoices):
    NOTICE = "notice", _("Notice")
    EVIDENCE = "evidence", _("Evidence")
    CONTACT_MINUTES = "contact_minutes", _("Minutes of a contact")
    OTHER = "other", _("Other")


class SecrecyLevel(models.TextChoices):
    UNKNOWN = "unknown", _("Level unknown")
    SECRET = "secret", _("Secret (秘密)")
    HIGHLY_SECRET = "highly_secret", _("Highly secret (机密)")
    TOP_SECRET = "top_secret", _("Top secret (绝密)")


@with_history()
class ClassifiedPaper(Record, Voidable):
    """A paper with a state secret (涉密文件): that it exists and where. No title, number or content may stand here."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="classified_papers")
    kind = models.CharField(_("what it would have been"), max_length=20, choices=PaperKind)
    level = models.CharField(_("level of secrecy"), max_length=15, choices=SecrecyLevel, default=SecrecyLevel.UNKNOWN)
    kept_where = models.CharField(_("kept where"), max_length=200)
    keeper = models.CharField(_("keeper"), max_length=120, blank=True)
    noted_on = models.DateField(_("noted on"))

    class Meta:
        verbose_name = _("paper kept elsewhere")
        verbose_name_plural = _("papers kept elsewhere")
        ordering = ("-recorded_at", "-pk")
        indexes = [models.Index(fields=["case", "-recorded_at", "-id"], name="classified_paper_by_case")]
        constraints = [
            models.CheckConstraint(condition=~Q(kept_where=""), name="a_classified_paper_says_where_it_is_kept"),
            voided_whole("a_voided_paper_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return self.kept_where


@with_history()
class ExportApproval(Record, Voidable):
    """出境批准: what the competent organ in mainland China let be given to one authority outside it, and until when."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="export_approvals")
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="export_approvals", verbose_name=_("receiving authority")
    )
    organ_en = models.CharField(_("approving organ in English"), max_length=200, blank=True)
    organ_zh = models.CharField(_("approving organ in Chinese"), max_length=200, blank=True)
    number = models.CharField(_("number of the approval"), max_length=120)
    approved_on = models.DateField(_("approved on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    scope = models.TextField(_("what it covers"))
    document = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="approves")

    class Meta:
        verbose_name = _("export approval")
        verbose_name_plural = _("export approvals")
        ordering = ("-approved_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(organ_en="") | ~Q(organ_zh=""), name="an_approval_names_its_organ"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("approved_on")),
                name="an_approval_ends_after_it_begins",
            ),
            voided_whole("a_voided_approval_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return self.number
