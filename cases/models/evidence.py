"""Proof: bytes by their SHA-256, the evidence that is made of them, its custody, holds and packs."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case, ProtectionMark
from cases.models.record import UID_LENGTH, Record, new_uid, with_history


class Blob(models.Model):
    """Bytes in the store, once, named by their hash. Cases that hold the same share the row and nothing said of it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="a_blob_has_its_sha256"),
            models.CheckConstraint(condition=Q(size__gte=0), name="a_blob_has_a_size"),
        ]

    def __str__(self) -> str:
        return self.sha256


class EvidenceState(models.TextChoices):
    IN_REVIEW = "in_review", _("In review")
    ACCEPTED = "accepted", _("Accepted")
    SENT_BACK = "sent_back", _("Sent back")


class Derivation(models.TextChoices):
    NONE = "", _("Original")
    REDACTED = "redacted", _("Redacted copy")
    TRANSLATION = "translation", _("Translation")
    EXTRACT = "extract", _("Extract")


# When its bytes were read again stands in custody.
@with_history(without=("verified_at", "mismatch_at"))
class Evidence(Record):
    """One exhibit of one case. The original is never replaced, only superseded; a derivative says of what and why.

    `verified_at`: when its bytes were last read for it and hashed alike; `mismatch_at`: since when they were not.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    number = models.PositiveIntegerField()
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="evidence")
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    filename = models.CharField(_("file name"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=120, default="application/octet-stream")
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.TextField(_("source URL"), blank=True)
    captured_at = models.DateTimeField(_("captured at"), null=True, blank=True)
    captured_zone = models.CharField(_("zone of capture"), max_length=60, blank=True)
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    method = models.CharField(_("method"), max_length=200, blank=True)
    tool = models.CharField(_("tool and version"), max_length=200, blank=True)
    protection_mark = models.CharField(
        _("protection mark"), max_length=20, choices=ProtectionMark, default=ProtectionMark.INTERNAL
    )
    state = models.CharField(max_length=10, choices=EvidenceState, default=EvidenceState.IN_REVIEW)
    state_reason = models.TextField(blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    mismatch_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    superseded_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="supersedes")
    derived_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="derivatives")
    derivation = models.CharField(max_length=12, choices=Derivation, default=Derivation.NONE, blank=True)
    derived_why = models.TextField(blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("-number", "-pk")
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="evidence_newest")]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_evidence_per_number_and_case"),
            models.UniqueConstraint(
                fields=["case", "blob"],
                condition=~Q(protection_mark="legal_advice"),
                name="the_same_bytes_once_per_case",
            ),
            models.UniqueConstraint(
                fields=["case", "blob"],
                condition=Q(protection_mark="legal_advice"),
                name="the_same_bytes_once_under_advice",
            ),
            models.CheckConstraint(condition=~Q(filename=""), name="evidence_has_a_file_name"),
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True, derivation="")
                | Q(derived_from__isnull=False) & ~Q(derivation="") & ~Q(derived_why=""),
                name="a_derivative_says_of_what_and_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent_back") | ~Q(state_reason=""), name="evidence_is_sent_back_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="in_review", reviewed_by__isnull=True, reviewed_at__isnull=True)
                | ~Q(state="in_review") & Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="reviewed_evidence_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return exhibit(self.number)


def exhibit(number: int) -> str:
    """As it is called in its case."""
    return f"EV-{number:03d}"


class EvidenceLink(models.Model):
    """What a piece of evidence proves: exactly one thing a link."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="links")
    requirement = models.ForeignKey("cases.Requirement", models.PROTECT, null=True, blank=True, related_name="proofs")
    task = models.ForeignKey("cases.Task", models.PROTECT, null=True, blank=True, related_name="proofs")
    notice = models.ForeignKey("cases.Notice", models.PROTECT, null=True, blank=True, related_name="proofs")
    flagged_content = models.ForeignKey(
        "cases.FlaggedContent", models.PROTECT, null=True, blank=True, related_name="proofs"
    )
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("linked_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    requirement__isnull=False, task__isnull=True, notice__isnull=True, flagged_content__isnull=True
                )
                | Q(requirement__isnull=True, task__isnull=False, notice__isnull=True, flagged_content__isnull=True)
                | Q(requirement__isnull=True, task__isnull=True, notice__isnull=False, flagged_content__isnull=True)
                | Q(requirement__isnull=True, task__isnull=True, notice__isnull=True, flagged_content__isnull=False),
                name="a_link_proves_exactly_one_thing",
            ),
            models.UniqueConstraint(
                fields=["evidence", "requirement"],
                condition=Q(requirement__isnull=False),
                name="one_link_per_requirement",
            ),
            models.UniqueConstraint(
                fields=["evidence", "task"], condition=Q(task__isnull=False), name="one_link_per_task"
            ),
            models.UniqueConstraint(
                fields=["evidence", "notice"], condition=Q(notice__isnull=False), name="one_link_per_notice"
            ),
            models.UniqueConstraint(
                fields=["evidence", "flagged_content"],
                condition=Q(flagged_content__isnull=False),
                name="one_link_per_flagged_content",
            ),
        ]

    def __str__(self) -> str:
        return str(self.evidence)


class CustodyAction(models.TextChoices):
    INTAKE = "intake", _("Taken in")
    READ = "read", _("Read")
    DOWNLOAD = "download", _("Downloaded")
    EXPORT = "export", _("Exported")
    TRANSFER = "transfer", _("Transferred")
    VERIFICATION = "verification", _("Verified")
    MISMATCH = "mismatch", _("Found altered")
    SEAL = "seal", _("Sealed")
    HOLD = "hold", _("Put on hold")
    RELEASE = "release", _("Released from hold")
    DISPOSAL = "disposal", _("Disposed of")
    REFUSED = "refused", _("Attempt refused")


class CustodyEntry(models.Model):
    """One link of the custody chain of one piece of evidence. Append-only.

    `salted` holds the salted hashes the chain runs over (`cases.custody.chain`); `salts` and the plain values can be
    erased lawfully without breaking it.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="custody")
    number = models.PositiveIntegerField()
    action = models.CharField(max_length=15, choices=CustodyAction)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    values = models.JSONField(default=dict)  # what the entry says: plain values by name
    salts = models.JSONField(default=dict)
    salted = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("custody entry")
        verbose_name_plural = _("custody entries")
        ordering = ("number", "pk")
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="a_custody_chain_never_forks"),
            models.CheckConstraint(condition=Q(hash__regex=r"^[0-9a-f]{64}$"), name="a_custody_entry_has_its_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.evidence} {self.number} {self.action}"


@with_history()
class LegalHold(Record):
    """An internal order not to destroy (证据留存令)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="legal_holds")
    scope = models.TextField(_("scope"))
    reason = models.TextField(_("reason"))
    event = models.ForeignKey("cases.Event", models.PROTECT, null=True, blank=True, related_name="legal_holds")
    issued_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    release_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ("-issued_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True, release_reason="")
                | Q(released_at__isnull=False, released_by__isnull=False) & ~Q(release_reason=""),
                name="a_released_hold_says_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reason[:80]
