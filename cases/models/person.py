"""Who: the people who sign in, the authorities that act, the parties they address."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.record import UID_LENGTH, new_uid, with_history


class Language(models.TextChoices):
    EN = "en", _("English")
    ZH_HANS = "zh-hans", _("Simplified Chinese")
    ZH_HANT = "zh-hant", _("Traditional Chinese")


class Role(models.TextChoices):
    COUNSEL = "counsel", _("Counsel")
    MEMBER = "member", _("Task-force member")
    EXECUTIVE = "executive", _("Executive")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> "PersonQuerySet":
        return self.filter(is_active=True)


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def active(self) -> PersonQuerySet:
        return self.get_queryset().active()

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = Person(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        fields |= {"is_staff": True, "is_superuser": True, "role": Role.ADMINISTRATOR}
        return self.create_user(email, password, **fields)


def name_in_latin(family: str, given: str) -> str:
    return f"{family} {given}".strip()


def name_in_chinese(family: str, given: str) -> str:
    return f"{family}{given}"


# Names are kept out of the history: a lawful erasure has one place to go.
@with_history(without=("password", "last_login", "email", "family_en", "given_en", "family_zh", "given_zh"))
class Person(AbstractBaseUser, PermissionsMixin):
    """One who signs in. Names per script, family name first in both; never split on spaces."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    email = models.EmailField(_("email address"), unique=True)
    family_en = models.CharField(_("family name (Latin)"), max_length=80, blank=True)
    given_en = models.CharField(_("given name (Latin)"), max_length=80, blank=True)
    family_zh = models.CharField(_("family name (Chinese)"), max_length=40, blank=True)
    given_zh = models.CharField(_("given name (Chinese)"), max_length=40, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)
    language = models.CharField(_("language"), max_length=10, choices=Language, default=Language.EN)
    zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai")
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    keys_off = models.BooleanField(_("keyboard shortcuts off"), default=False)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = PersonManager()
    # How many, counted no further than it matters; `cases.known_cases` asks it once of an object, which lives for a
    # request.
    known_cases: int | None = None

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("family_en", "given_en", "pk")
        constraints = [
            models.UniqueConstraint(models.functions.Lower("email"), name="one_person_per_email_address"),
            models.CheckConstraint(
                condition=models.Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | models.Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            ),
            models.CheckConstraint(
                condition=~models.Q(family_en="", given_en="", family_zh="", given_zh="") | models.Q(is_active=False),
                name="an_active_person_has_a_name",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(is_active=False),
                name="an_erased_person_is_not_active",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en or self.name_zh or self.email

    @property
    def name_en(self) -> str:
        return name_in_latin(self.family_en, self.given_en)

    @property
    def name_zh(self) -> str:
        return name_in_chinese(self.family_zh, self.given_zh)


@with_history()
class Leave(models.Model):
    """Days a person is away, with who stands in."""

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="leaves")
    from_on = models.DateField(_("first day away"))
    until_on = models.DateField(_("last day away"))
    stand_in = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stand-in")
    )

    class Meta:
        verbose_name = _("leave")
        verbose_name_plural = _("leaves")
        ordering = ("from_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="leave_ends_after_start"
            ),
            models.CheckConstraint(condition=~models.Q(stand_in=models.F("person")), name="nobody_stands_in_for_self"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.from_on} – {self.until_on}"

    def covers(self, day: date) -> bool:
        return self.from_on <= day <= self.until_on


class Level(models.TextChoices):
    NATIONAL = "national", _("National")
    PROVINCIAL = "provincial", _("Provincial or municipal")
    SUPRANATIONAL = "supranational", _("Supranational")
    COURT = "court", _("Court")
    OTHER = "other", _("Other")


@with_history()
class Authority(models.Model):
    """A regulator, with the calendar its days are counted in and the hours its counter is open.

    `named_by`: who named it first, for a case; known then to those who know of a case that names it. Empty for what the
    house keeps for everybody.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh = models.CharField(_("name in Simplified Chinese"), max_length=200, blank=True)
    name_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=200, blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.OTHER)
    jurisdiction = models.CharField(
        _("jurisdiction"), max_length=10, help_text=_("CN, HK, EU, IE, DE, UK, IN, SG, US…")
    )
    zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai")
    calendar = models.CharField(_("calendar"), max_length=20, default="CN")
    office_opens = models.TimeField(_("counter opens"), null=True, blank=True)
    office_closes = models.TimeField(_("counter closes"), null=True, blank=True)
    named_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ("name_en", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["name_en", "jurisdiction"],
                condition=models.Q(named_by__isnull=True),
                name="one_authority_of_the_house_per_name_and_jurisdiction",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en


class PartyKind(models.TextChoices):
    LEGAL_ENTITY = "legal_entity", _("Legal entity")
    BRAND = "brand", _("Brand")
    GROUP = "group", _("Group")
    NATURAL_PERSON = "natural_person", _("Natural person held responsible")


class PartyTrait(models.TextChoices):
    CII_OPERATOR = "cii_operator", _("Operator of critical information infrastructure")
    CENTRAL_ORGAN = "central_organ", _("Organ of the Party or the State at central level")
    NEWS_SERVICE = "news_service", _("Internet news information service")


@with_history()
class Party(models.Model):
    """Who is addressed. A brand is not the legal entity; the entity behind a brand may be unknown.

    `traits`: what gives it clocks of its own; an empty list says that none applies, none at all that it is not known.
    `named_by`: as of an authority.
    """

    uid = models.CharField(max_length=UID_LENGTH, unique=True, default=new_uid, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_zh = models.CharField(_("name in Simplified Chinese"), max_length=200, blank=True)
    name_zh_hant = models.CharField(_("name in Traditional Chinese"), max_length=200, blank=True)
    seat = models.CharField(_("seat"), max_length=120, blank=True)
    traits = ArrayField(
        models.CharField(max_length=30, choices=PartyTrait), null=True, blank=True, verbose_name=_("traits")
    )
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)
    belongs_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("belongs to")
    )
    named_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("name_en", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name_en"],
                condition=models.Q(named_by__isnull=True),
                name="one_party_of_the_house_per_kind_and_name",
            ),
            models.CheckConstraint(
                condition=models.Q(traits__isnull=True) | models.Q(traits__contained_by=PartyTrait.values),
                name="traits_of_a_party_are_known_to_the_law",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(kind=PartyKind.NATURAL_PERSON),
                name="only_a_natural_person_is_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en
