"""What was served on us and what it demands: notices, measures, contacts, requirements, translations."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.case import Case, ProtectionMark
from cases.models.person import Authority, Language
from cases.models.record import Record, Voidable, voided_whole, with_history


class NoticeKind(models.TextChoices):
    SUMMONS = "summons", _("Summons to a regulatory talk")
    RECTIFICATION_ORDER = "rectification_order", pgettext_lazy("document", "Order to correct")
    PRIOR_NOTICE = "prior_notice", _("Prior notice of penalty")
    HEARING_NOTICE = "hearing_notice", _("Hearing notice")
    PENALTY_DECISION = "penalty_decision", _("Penalty decision")
    NO_PENALTY_DECISION = "no_penalty_decision", _("No-penalty decision")
    INFORMATION_REQUEST = "information_request", _("Information request")
    REMOVAL_ORDER = "removal_order", _("Removal order")
    PRESERVATION = "preservation", _("Preservation by registration in advance")
    FILING_NOTICE = "filing_notice", _("Notice of case filing")
    RECONSIDERATION_ACCEPTANCE = "reconsideration_acceptance", _("Acceptance of reconsideration")
    RECONSIDERATION_DECISION = "reconsideration_decision", _("Reconsideration decision")
    JUDGMENT = "judgment", _("Judgment")
    RULING = "ruling", _("Ruling")
    ANNOUNCEMENT = "announcement", _("Public announcement")
    EXTENSION_REPLY = "extension_reply", _("Reply to an extension request")
    ACCEPTANCE_REPLY = "acceptance_reply", _("Reply to a rectification report")
    DSA_INFORMATION_REQUEST = "dsa_information_request", _("EU: request for information (DSA)")
    DSA_PRELIMINARY_FINDINGS = "dsa_preliminary_findings", _("EU: preliminary findings (DSA)")
    DSA_NON_COMPLIANCE_DECISION = "dsa_non_compliance_decision", _("EU: non-compliance decision (DSA)")
    OSA_INFORMATION_NOTICE = "osa_information_notice", _("UK: information notice (OSA)")
    OSA_PROVISIONAL_NOTICE = "osa_provisional_notice", _("UK: provisional notice (OSA)")
    OSA_CONFIRMATION_DECISION = "osa_confirmation_decision", _("UK: confirmation decision (OSA)")
    OTHER = "other", _("Other")


class ServiceMode(models.TextChoices):
    UNKNOWN = "unknown", _("Unknown")
    DIRECT = "direct", _("Direct, signed receipt")
    MAIL = "mail", _("By mail, date of receipt")
    LEAVING = "leaving", _("Left at the premises")
    ELECTRONIC = "electronic", _("Electronic, confirmed address")
    UNCONFIRMED = "unconfirmed", _("Electronic, address not confirmed")
    PUBLIC_NOTICE = "public_notice", _("By public notice")
    ORAL = "oral", _("Told orally")


@with_history()
class Notice(Record, Voidable):
    """An official document. `served_on` may be unknown; `served_at` only where the hour is known."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    kind = models.CharField(_("kind"), max_length=30, choices=NoticeKind)
    number = models.CharField(_("document number"), max_length=120, blank=True)
    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="notices", verbose_name=_("issuing authority")
    )
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    issued_on = models.DateField(_("date on the document"), null=True, blank=True)
    served_on = models.DateField(_("served on"), null=True, blank=True)
    served_at = models.DateTimeField(_("hour of service"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai")
    service_mode = models.CharField(_("service mode"), max_length=20, choices=ServiceMode, default=ServiceMode.UNKNOWN)
    # A day or a period that the notice itself sets, beside what its measures order: to defend, to come, to answer.
    ordered_on = models.DateField(_("to be answered by"), null=True, blank=True)
    ordered_at = models.DateTimeField(_("to be answered at"), null=True, blank=True)
    period_amount = models.PositiveIntegerField(_("or within"), null=True, blank=True)
    period_unit = models.CharField(_("unit"), max_length=12, blank=True)
    period_profile = models.CharField(_("counted as"), max_length=12, blank=True)
    original_words = models.TextField(_("original words"), blank=True)
    original_language = models.CharField(
        _("language of the original"), max_length=10, choices=Language, default="zh-hans"
    )
    cited_provisions = ArrayField(
        models.CharField(max_length=300), default=list, blank=True, verbose_name=_("cited provisions")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    protection_mark = models.CharField(max_length=20, choices=ProtectionMark, default=ProtectionMark.INTERNAL)
    evidence = models.ForeignKey("cases.Evidence", models.PROTECT, null=True, blank=True, related_name="notices")
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-recorded_at", "-pk")
        indexes = [
            models.Index(fields=["case", "-recorded_at", "-id"], name="notice_by_case"),
            models.Index(fields=["-recorded_at", "-id"], name="notice_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(served_at__isnull=True) | Q(served_on__isnull=False), name="an_hour_of_service_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(voided_at__isnull=False), name="a_replaced_notice_is_voided"
            ),
            models.CheckConstraint(
                condition=Q(period_amount__isnull=True, period_unit="") | Q(period_amount__gt=0) & ~Q(period_unit=""),
                name="a_period_of_a_notice_has_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(ordered_on__isnull=True) | Q(period_amount__isnull=True),
                name="a_notice_sets_a_date_or_a_period",
            ),
            models.CheckConstraint(
                condition=~Q(protection_mark="legal_advice"), name="what_was_served_on_us_is_no_legal_advice"
            ),
            voided_whole("a_voided_notice_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return self.number or self.get_kind_display()


class MeasureKind(models.TextChoices):
    TALK = "talk", _("Regulatory talk")
    ORDER_TO_CORRECT = "order_to_correct", _("Order to correct")
    WARNING = "warning", _("Warning")
    CIRCULATED_CRITICISM = "circulated_criticism", _("Circulated criticism")
    FINE = "fine", _("Fine")
    CONFISCATION = "confiscation", _("Confiscation")
    SUSPEND_UPDATES = "suspend_updates", _("Suspension of information updates")
    SUSPEND_BUSINESS = "suspend_business", _("Suspension of business")
    CLOSE_SITE = "close_site", _("Closing of site or app")
    REVOKE_LICENCE = "revoke_licence", _("Revocation of licence")
    APP_REMOVAL = "app_removal", _("App removal from stores")
    RESPONSIBLE_PERSONS = "responsible_persons", _("Strict handling of responsible persons")
    REMOVAL_ORDER = "removal_order", _("Removal of content")
    OTHER = "other", _("Other")


class LegalNature(models.TextChoices):
    PENALTY = "penalty", _("Penalty")
    ORDER = "order", _("Order")
    TALK = "talk", _("Talk")
    UNCLEAR = "unclear", _("Unclear")


class Procedure(models.TextChoices):
    UNKNOWN = "unknown", _("Unknown")
    ORDINARY = "ordinary", _("Ordinary")
    SUMMARY = "summary", _("Summary, decided on the spot")


@with_history()
class Measure(Record, Voidable):
    """What a notice imposes. Each measure has its own legal nature, clock and remedy."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="measures")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="measures")
    kind = models.CharField(_("kind"), max_length=30, choices=MeasureKind)
    legal_nature = models.CharField(_("legal nature"), max_length=10, choices=LegalNature, default=LegalNature.UNCLEAR)
    procedure = models.CharField(_("procedure"), max_length=10, choices=Procedure, default=Procedure.UNKNOWN)
    words = models.TextField(_("in the notice's words"), blank=True)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    ordered_on = models.DateField(_("ordered: due on"), null=True, blank=True)
    ordered_at = models.DateTimeField(_("ordered: due at"), null=True, blank=True)
    period_amount = models.PositiveIntegerField(_("ordered: period"), null=True, blank=True)
    period_unit = models.CharField(_("ordered: unit"), max_length=12, blank=True)
    period_profile = models.CharField(_("ordered: counted as"), max_length=12, blank=True)
    effective_from = models.DateTimeField(_("in effect from"), null=True, blank=True)
    effective_until = models.DateTimeField(_("in effect until"), null=True, blank=True)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ("pk",)
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="measure_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="") | Q(amount__gte=0) & ~Q(currency=""),
                name="an_amount_has_a_currency",
            ),
            models.CheckConstraint(
                condition=Q(period_amount__isnull=True, period_unit="") | Q(period_amount__gt=0) & ~Q(period_unit=""),
                name="a_period_has_a_unit",
            ),
            models.CheckConstraint(
                condition=Q(ordered_on__isnull=True) | Q(period_amount__isnull=True),
                name="an_order_sets_a_date_or_a_period",
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gte=F("effective_from")),
                name="an_effect_ends_after_start",
            ),
            voided_whole("a_voided_measure_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


@with_history()
class Payment(Record, Voidable):
    """Money paid on a measure; `evidence` is its proof."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    paid_on = models.DateField()
    evidence = models.ForeignKey("cases.Evidence", models.PROTECT, null=True, blank=True, related_name="payments")

    class Meta:
        ordering = ("paid_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_payment_is_positive"),
            voided_whole("a_voided_payment_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.paid_on}"


@with_history()
class Instalment(Record, Voidable):
    """One part of a fine the authority lets us pay by parts (APL 66); a new plan voids the one before.

    `decided_on` and `document` are the plan's, alike on all its parts. `deadline`: its own clock, an internal one.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="instalments")
    number = models.PositiveIntegerField()
    due_on = models.DateField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    decided_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="+")
    deadline = models.OneToOneField("cases.Deadline", models.PROTECT, null=True, blank=True, related_name="instalment")

    class Meta:
        ordering = ("measure", "number", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="an_instalment_is_positive"),
            models.UniqueConstraint(
                fields=["measure", "number"], condition=Q(voided_at__isnull=True), name="one_instalment_per_number"
            ),
            voided_whole("a_voided_instalment_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.amount} {self.due_on}"


class ContactKind(models.TextChoices):
    TALK = "talk", _("Talk")
    CALL = "call", _("Call")
    LETTER = "letter", _("Letter")
    VISIT = "visit", _("Visit")
    MEETING = "meeting", _("Meeting")


@with_history()
class Contact(Record):
    """A talk, call, letter or visit between the authority and us."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=10, choices=ContactKind)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="contacts", verbose_name=_("authority"))
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="contacts")
    held_on = models.DateField(_("held on"), null=True, blank=True)
    held_at = models.DateTimeField(pgettext_lazy("of a contact", "hour"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai")
    place = models.CharField(_("place"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    minutes = models.TextField(_("minutes"), blank=True)
    minutes_language = models.CharField(
        _("language of the minutes"), max_length=10, choices=Language, default="zh-hans"
    )
    evidence = models.ForeignKey("cases.Evidence", models.PROTECT, null=True, blank=True, related_name="contacts")
    protection_mark = models.CharField(
        _("protection mark"), max_length=20, choices=ProtectionMark, default=ProtectionMark.INTERNAL
    )

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("-held_on", "-pk")
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="contact_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(held_on__isnull=False), name="a_contact_with_an_hour_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Side(models.TextChoices):
    AUTHORITY = "authority", _("Authority")
    PARTY = "party", _("Us")


class Attendee(models.Model):
    """Who was there, on which side; a person of ours by key, an officer by name and card."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="attendees")
    side = models.CharField(max_length=10, choices=Side)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    capacity = models.CharField(max_length=120, blank=True)
    card_number = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("side", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, name="") | Q(person__isnull=True) & ~Q(name=""),
                name="an_attendee_is_a_person_or_a_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.person)


class Origin(models.TextChoices):
    ORDERED = "ordered", pgettext_lazy("requirement", "Ordered")
    COMMITTED = "committed", _("Promised by us")


class RequirementState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done, waiting for sign-off")
    MET = "met", pgettext_lazy("requirement", "Met")
    WITHDRAWN = "withdrawn", _("Withdrawn")


@with_history()
class Requirement(Record):
    """One thing demanded or promised. Marked done by one person, signed off by another."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="requirements")
    number = models.PositiveIntegerField()
    origin = models.CharField(_("origin"), max_length=10, choices=Origin)
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, blank=True, related_name="requirements")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="requirements")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="requirements")
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    clause = models.TextField(_("clause, verbatim"), blank=True)
    clause_language = models.CharField(_("language of the clause"), max_length=10, choices=Language, default="zh-hans")
    acceptance_test = models.TextField(_("how it is tested"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    deadline = models.OneToOneField("cases.Deadline", models.PROTECT, null=True, blank=True, related_name="requirement")
    state = models.CharField(max_length=10, choices=RequirementState, default=RequirementState.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signed_off_at = models.DateTimeField(null=True, blank=True)
    signed_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ("number", "pk")
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="requirement_newest")]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_requirement_per_number_and_case"),
            models.CheckConstraint(condition=~Q(title_en="", title_zh=""), name="a_requirement_has_a_title"),
            models.CheckConstraint(
                condition=Q(signed_off_at__isnull=True, signed_off_by__isnull=True)
                | Q(signed_off_at__isnull=False, signed_off_by__isnull=False, done_by__isnull=False)
                & ~Q(signed_off_by=F("done_by")),
                name="sign_off_is_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="met") | Q(signed_off_at__isnull=False), name="a_met_requirement_is_signed_off"
            ),
        ]

    def __str__(self) -> str:
        return self.title_en or self.title_zh
