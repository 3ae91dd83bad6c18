"""What we send to the authority, with its receipt and the deadline it meets."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.border import ExportApproval
from cases.models.case import Case
from cases.models.deadline import Deadline
from cases.models.evidence import Evidence
from cases.models.person import Authority
from cases.models.record import Record, Voidable, voided_whole, with_history


class FilingKind(models.TextChoices):
    RECTIFICATION_REPORT = "rectification_report", _("Rectification report")
    INTERIM_REPORT = "interim_report", _("Interim report")
    DEFENCE = "defence", _("Statement and defence")
    HEARING_REQUEST = "hearing_request", _("Request for a hearing")
    EXTENSION_REQUEST = "extension_request", _("Extension request")
    RECONSIDERATION = "reconsideration", _("Application for reconsideration")
    LITIGATION = "litigation", _("Statement of claim")
    APPEAL = "appeal", _("Appeal")
    INFORMATION = "information", _("Reply to an information request")
    INCIDENT_REPORT = "incident_report", _("Incident report")
    PAYMENT_PROOF = "payment_proof", _("Proof of payment")
    OTHER = "other", _("Other")


@with_history()
class Filing(Record, Voidable):
    """Sent at an instant, by a way, with or without its receipt; meets at most one deadline."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="filings")
    kind = models.CharField(_("kind"), max_length=30, choices=FilingKind)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="filings", verbose_name=_("authority"))
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai")
    way = models.CharField(_("way"), max_length=120, blank=True)
    is_handed_in = models.BooleanField(_("handed in at the counter"), default=False)
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, blank=True, related_name="filings")
    document = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="filed_as")
    receipt = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="receipt_of")
    receipt_number = models.CharField(_("receipt number"), max_length=120, blank=True)
    received_on = models.DateField(_("received by the authority on"), null=True, blank=True)
    # Of a filing that leaves mainland China: what let it, an approval or the word of who filed it.
    export_approval = models.ForeignKey(
        ExportApproval, models.PROTECT, null=True, blank=True, related_name="filings", verbose_name=_("export approval")
    )
    carries_nothing_stored = models.BooleanField(_("carries no material stored in mainland China"), default=False)

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        ordering = ("-sent_at", "-pk")
        indexes = [models.Index(fields=["-sent_at", "-id"], name="filing_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(receipt__isnull=True) | Q(document__isnull=True) | ~Q(receipt=models.F("document")),
                name="a_receipt_is_not_the_document",
            ),
            models.CheckConstraint(
                condition=Q(carries_nothing_stored=False) | Q(document__isnull=True),
                name="a_filing_of_nothing_stored_has_no_document",
            ),
            voided_whole("a_voided_filing_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
