"""Who was held responsible, and what was decided about them (责任追究): behind the narrowest wall of a case."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.case import Case
from cases.models.notice import Measure
from cases.models.person import Party
from cases.models.record import Record, Voidable, voided_whole, with_history


class DecidedBy(models.TextChoices):
    AUTHORITY = "authority", _("Authority")
    HOUSE = "house", _("The company")


class AccountabilityKind(models.TextChoices):
    TALK = "talk", pgettext_lazy("accountability", "Admonishing talk")
    CRITICISM = "criticism", _("Criticism")
    WARNING = "warning", _("Warning")
    FINE = "fine", _("Fine")
    PAY_CUT = "pay_cut", _("Cut in pay or bonus")
    TRANSFER = "transfer", _("Transfer")
    DEMOTION = "demotion", _("Demotion")
    DISMISSAL = "dismissal", _("Dismissal")
    BAN = "ban", _("Barred from posts")
    OTHER = "other", _("Other")


class AccountabilityState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    DECIDED = "decided", _("Decided")
    CARRIED_OUT = "carried_out", _("Carried out")


@with_history()
class Accountability(Record, Voidable):
    """One decision about one natural person: a colleague by `person`, anybody else by `party`."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="accountability")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="accountability")
    capacity = models.CharField(_("capacity"), max_length=120, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=10, choices=DecidedBy, default=DecidedBy.HOUSE)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="accountability")
    kind = models.CharField(_("kind"), max_length=12, choices=AccountabilityKind)
    words = models.TextField(_("in the decision's words"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=AccountabilityState)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)

    class Meta:
        verbose_name = _("accountability record")
        verbose_name_plural = _("accountability records")
        ordering = ("-recorded_at", "-pk")
        indexes = [models.Index(fields=["-recorded_at", "-id"], name="accountability_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, party__isnull=False) | Q(person__isnull=False, party__isnull=True),
                name="accountability_is_one_persons",
            ),
            models.CheckConstraint(
                condition=Q(measure__isnull=True) | Q(decided_by="authority"), name="a_measure_is_the_authoritys"
            ),
            voided_whole("voided_accountability_says_who_and_why"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
