"""One incident: the case, who may know of it, its tracks and the events that start its clocks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.person import Authority, Party
from cases.models.record import UID_LENGTH, Record, Voidable, new_uid, voided_whole, with_history


class CaseState(models.TextChoices):
    OPEN = "open", pgettext_lazy("case", "Open")
    CLOSED = "closed", pgettext_lazy("case", "Closed")


class ProtectionMark(models.TextChoices):
    LEGAL_ADVICE = "legal_advice", _("Legal advice")
    INTERNAL = "internal", _("Internal")
    DISCLOSABLE = "disclosable", _("Disclosable")


# What a case and what was served on us may bear: neither is legal advice, which is kept apart item by item.
OPEN_MARKS = [(str(mark), mark.label) for mark in ProtectionMark if mark != ProtectionMark.LEGAL_ADVICE]


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(state=CaseState.OPEN)


@with_history()
class Case(Record):
    """One incident. The reference ends in a random part, so that it cannot be counted."""

    reference = models.CharField(_("reference"), max_length=40, unique=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_zh = models.CharField(_("title in Simplified Chinese"), max_length=300, blank=True)
    title_zh_hant = models.CharField(_("title in Traditional Chinese"), max_length=300, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="cases", verbose_name=_("party"))
    lead_authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="cases", verbose_name=_("acting authority")
    )
    lead_counsel = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lead counsel"),
    )
    allegation = models.TextField(_("allegation, in the original words"), blank=True)
    allegation_language = models.CharField(max_length=10, blank=True)
    conduct_from = models.DateField(_("conduct from"), null=True, blank=True)
    conduct_until = models.DateField(_("conduct until"), null=True, blank=True)
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    is_open_to_staff = models.BooleanField(_("open to staff"), default=False)
    is_fictional = models.BooleanField(_("fictional"), default=False)
    # A mail is read on locked screens and forwarded: of a case that only named people know, it names no title.
    is_named_in_mail = models.BooleanField(_("mails may name its titles"), default=False)
    protection_mark = models.CharField(max_length=20, choices=ProtectionMark, default=ProtectionMark.INTERNAL)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.TextField(blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ("-opened_at", "-pk")
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="case_by_opening"),
            models.Index(fields=["state", "-opened_at", "-id"], name="case_by_state_and_opening"),
            models.Index(fields=["id"], condition=Q(is_open_to_staff=True), name="case_open_to_staff"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title_en="", title_zh=""), name="a_case_has_a_title"),
            models.CheckConstraint(condition=~Q(protection_mark="legal_advice"), name="a_case_is_no_legal_advice"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True) | Q(state="closed", closed_at__isnull=False),
                name="a_closed_case_says_when",
            ),
            models.CheckConstraint(
                condition=Q(conduct_from__isnull=True)
                | Q(conduct_until__isnull=True)
                | Q(conduct_until__gte=F("conduct_from")),
                name="conduct_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class AuthorityRole(models.TextChoices):
    GUIDING = "guiding", _("Guiding")
    ANNOUNCING = "announcing", _("Announcing")
    RECEIVING = "receiving", _("Receiving filings")
    OTHER = "other", _("Other")


@with_history()
class CaseAuthority(models.Model):
    """A further authority in the case, besides the acting one."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="further_authorities")
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=AuthorityRole)

    class Meta:
        ordering = ("role", "pk")
        constraints = [
            models.UniqueConstraint(fields=["case", "authority", "role"], name="one_role_per_authority_and_case"),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.authority} ({self.role})"


@with_history()
class CaseAccess(models.Model):
    """A person may know of the case from–until, for a reason.

    `sees_advice`: also what is under legal advice. `sees_persons`: also the natural persons held responsible and what
    was decided about them. Neither comes with a role, nor with a case that is open to staff.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="accesses")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="accesses")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sees_advice = models.BooleanField(_("sees what is under legal advice"), default=False)
    sees_persons = models.BooleanField(_("sees the persons held responsible"), default=False)

    class Meta:
        verbose_name = _("access")
        verbose_name_plural = _("accesses")
        ordering = ("from_at", "pk")
        indexes = [models.Index(fields=["person", "case"], name="access_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="access_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="access_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.case}"


@with_history()
class Barrier(models.Model):
    """A person is kept from the case whatever their role."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="barriers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="barriers")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField()

    class Meta:
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")
        ordering = ("raised_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "person"], condition=Q(lifted_at__isnull=True), name="one_standing_barrier_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ⊘ {self.case}"


class TrackKind(models.TextChoices):
    OFFICIAL = "official", _("Official procedure")
    RECTIFICATION = "rectification", _("Rectification")
    PENALTY_EXECUTION = "penalty_execution", _("Penalty execution")
    REMEDY = "remedy", _("Remedy")
    PUBLICITY = "publicity", _("Publicity")
    ORDER_AND_ACT = "order_and_act", _("Order to remove")


@with_history()
class Track(Record):
    """One procedure of one kind, about one measure or notice; its states and moves are `cases.law.tracks`."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tracks")
    kind = models.CharField(max_length=20, choices=TrackKind)
    state = models.CharField(max_length=40)
    notice = models.ForeignKey("cases.Notice", models.PROTECT, null=True, blank=True, related_name="tracks")
    measure = models.ForeignKey("cases.Measure", models.PROTECT, null=True, blank=True, related_name="tracks")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ("pk",)
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="track_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "kind"], condition=Q(measure__isnull=False), name="one_track_of_a_kind_per_measure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"


class Mover(models.TextChoices):
    AUTHORITY = "authority", _("Authority")
    PARTY = "party", _("Party")


class TrackMove(models.Model):
    """One move of a track. An authority's move is recorded even where the law was not kept: `irregular` says how."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    track = models.ForeignKey(Track, models.PROTECT, related_name="moves")
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40)
    mover = models.CharField(max_length=10, choices=Mover)
    capacity = models.CharField(max_length=120, blank=True)
    occurred_on = models.DateField(null=True, blank=True)
    occurred_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    document = models.ForeignKey("cases.Notice", models.PROTECT, null=True, blank=True, related_name="+")
    irregular = models.JSONField(default=list, blank=True)  # [{"code", "article_en", "article_zh"}]
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("recorded_at", "pk")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


@with_history()
class Event(Record, Voidable):
    """Something that can start a clock, by its name in `law/events.toml`. A date unknown stays unknown.

    `authority`: under whose law it is, where neither a notice nor the case says so. `traits`: what is known of the
    procedure, by the trait's name; one left out is not known.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    name = models.CharField(max_length=60)
    occurred_on = models.DateField(null=True, blank=True)
    occurred_at = models.DateTimeField(null=True, blank=True)
    zone = models.CharField(max_length=60, default="Asia/Shanghai")
    notice = models.ForeignKey("cases.Notice", models.PROTECT, null=True, blank=True, related_name="events")
    measure = models.ForeignKey("cases.Measure", models.PROTECT, null=True, blank=True, related_name="events")
    track_move = models.OneToOneField(TrackMove, models.PROTECT, null=True, blank=True, related_name="event")
    filing = models.ForeignKey("cases.Filing", models.PROTECT, null=True, blank=True, related_name="events")
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, related_name="+")
    traits = models.JSONField(default=dict, blank=True)  # {"summary_reconsideration": true}
    # The deadline whose end this event is, where nobody acted and the period passed.
    expiry_of = models.ForeignKey("cases.Deadline", models.PROTECT, null=True, blank=True, related_name="expiry_events")
    source = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("occurred_on", "pk")
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="event_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(occurred_at__isnull=True) | Q(occurred_on__isnull=False),
                name="an_event_with_an_hour_has_a_day",
            ),
            voided_whole("a_voided_event_says_who_and_why"),
            models.UniqueConstraint(
                fields=["expiry_of"],
                condition=Q(expiry_of__isnull=False, voided_at__isnull=True),
                name="one_standing_expiry_per_deadline",
            ),
        ]

    def __str__(self) -> str:
        return self.name
