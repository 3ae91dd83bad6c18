"""What rows look like from outside: uids and references instead of keys, people and authorities with their names.

Nothing here writes: a shape reads a row or checks what was sent, and an action does the rest.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Final, TypeVar
from zoneinfo import available_timezones

from django.db.models import ForeignKey, Model, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.asked import Asked
from cases.models import Authority, Case, Party, Person, ProtectionMark
from cases.models.person import name_in_chinese, name_in_latin
from cases.permissions import known_names, visible_to

M = TypeVar("M", bound=Model)


# ---- Out -------------------------------------------------------------------------------------------------------------
class Worked(serializers.CharField):
    """Text worked out of columns: alike of a model's row and of one that the database gave as values."""

    def __init__(self, *columns: str, by: Callable[..., str], **options: Any) -> None:
        # Written back into drf's own copies of the field, which are made from these arguments.
        options["source"], options["read_only"] = "*", True
        super().__init__(**options)
        self.columns, self.by = columns, by

    def to_representation(self, value: Any) -> str:
        return self.by(*(reached(value, column) for column in self.columns))


def reached(row: object, column: str) -> Any:
    """What `.values(column)` would give, of a model's row."""
    for name in column.split("__"):
        row = getattr(row, name, None)
    return row


class PersonRef(serializers.ModelSerializer[Person]):
    name_en = Worked("family_en", "given_en", by=name_in_latin)
    name_zh = Worked("family_zh", "given_zh", by=name_in_chinese)

    class Meta:
        model = Person
        fields = ("uid", "name_en", "name_zh")
        read_only_fields = fields


class AuthorityRef(serializers.ModelSerializer[Authority]):
    class Meta:
        model = Authority
        fields = ("uid", "name_en", "name_zh", "name_zh_hant")
        read_only_fields = fields


class PartyRef(serializers.ModelSerializer[Party]):
    class Meta:
        model = Party
        fields = ("uid", "kind", "name_en", "name_zh", "name_zh_hant")
        read_only_fields = fields


REFS: Mapping[type[Model], type[serializers.ModelSerializer[Any]]] = {
    Person: PersonRef,
    Authority: AuthorityRef,
    Party: PartyRef,
}


class Shape(serializers.ModelSerializer[M]):
    """Read only. A related row is shown by its names or its uid, a case by its reference; never by a key."""

    # What `veiled` asks of a row beside what is shown.
    beside: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def veiled(cls, shown: dict[str, Any], beside: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG003  # for others
        """Without what this reader may not see of the row."""
        return shown

    def to_representation(self, instance: M) -> Any:
        return self.veiled(super().to_representation(instance), {each: reached(instance, each) for each in self.beside})

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:  # noqa: ARG002
        if ref := REFS.get(relation_info.related_model):
            return ref, {"read_only": True}
        slug = "reference" if relation_info.related_model is Case else "uid"
        return serializers.SlugRelatedField, {"slug_field": slug, "read_only": True}

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        found, options = super().build_standard_field(field_name, model_field)
        kept = {name: options[name] for name in ("choices", "child", "max_digits", "decimal_places") if name in options}
        return found, kept | {"read_only": True}

    @classmethod
    def joined(cls) -> tuple[str, ...]:
        """What a queryset must select with the row, so that showing it asks nothing more."""
        model: type[Model] = cls.Meta.model
        declared = cls._declared_fields.items()
        sources = [field.source or name for name, field in declared if not isinstance(field, Worked)]
        columns = [column for _name, field in declared if isinstance(field, Worked) for column in field.columns]
        names = [*cls.Meta.fields, *(source.split(".")[0] for source in sources), *(c.split("__")[0] for c in columns)]
        foreign = {field.name for field in model._meta.get_fields() if isinstance(field, ForeignKey)}
        return tuple(dict.fromkeys(name for name in names if name in foreign))


def rows_for(shape: type[Shape[Any]]) -> QuerySet[Any]:
    """The rows of a shape, each with what it shows, in its model's own order."""
    model: type[Model] = shape.Meta.model
    rows: QuerySet[Any] = model._default_manager.select_related(*shape.joined())  # noqa: SLF001
    return rows


# ---- In --------------------------------------------------------------------------------------------------------------
class Nothing(Asked):
    """The verb says it all."""


class Reason(Asked):
    reason = serializers.CharField()


class Marking(Asked):
    mark = serializers.ChoiceField(ProtectionMark.choices)
    reason = serializers.CharField()


class Known(serializers.SlugRelatedField[Any]):
    """A row named by its uid, among those the person may know of; one of another case is as good as none.

    `case`: the path to its case; empty for what belongs to no case, as what cases name.
    """

    default_error_messages = {"does_not_exist": _("There is nothing by that name that you may know of.")}

    def __init__(self, model: type[Model], *, case: str = "case", slug_field: str = "uid", **options: Any) -> None:
        self.case_path = case
        # Written back into drf's own copies of the field, which are made from these arguments.
        super().__init__(slug_field=slug_field, queryset=model._default_manager.all(), **options)  # noqa: SLF001
        self.model = model

    def to_internal_value(self, data: Any) -> Any:
        # PostgreSQL refuses a NUL in any text, even one that is only looked for.
        if not isinstance(data, str) or "\x00" in data:
            self.fail("does_not_exist")
        return super().to_internal_value(data)

    def get_queryset(self) -> QuerySet[Any]:
        rows = self.model._default_manager.all()  # noqa: SLF001
        if self.model in {Authority, Party}:
            return known_names(rows, self.context["person"], at=self.context["at"])
        if not self.case_path:
            return rows
        scoped = visible_to(rows, self.context["person"], at=self.context["at"])
        case = self.context.get("case")
        return scoped.filter(**{self.case_path: case}) if case is not None else scoped


class KnownCase(Known):
    """A case by its reference."""

    default_error_messages = {"does_not_exist": _("There is no such case that you may know of.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(Case, case="", slug_field="reference", **options)

    def get_queryset(self) -> QuerySet[Any]:
        return visible_to(Case.objects.all(), self.context["person"], at=self.context["at"])


class Someone(Known):
    """A person by uid; who has left takes no new work."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Person, case="", **options)

    def get_queryset(self) -> QuerySet[Any]:
        return Person.objects.active()


@extend_schema_field({"type": "string", "example": "Asia/Shanghai"})
class Zone(serializers.CharField):
    """A time zone by its IANA name."""

    default_error_messages = {"unknown_zone": _("There is no time zone of that name.")}

    def to_internal_value(self, data: Any) -> str:
        name: str = super().to_internal_value(data)
        if name and name not in available_timezones():
            self.fail("unknown_zone")
        return name


# What the calendars reach, with room for the longest period: no page takes another day either.
FIRST_DAY: Final = date(1970, 1, 1)
LAST_DAY: Final = date(2089, 12, 31)
OUT_OF_REACH: Final = _("Check the year: no calendar here reaches this day.")


class Day(serializers.DateField):
    """A date without an hour, which may be left out."""

    default_error_messages = {"out_of_reach": OUT_OF_REACH}

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"required": False, "allow_null": True} | options))

    def to_internal_value(self, value: Any) -> date:
        found: date = super().to_internal_value(value)
        if not FIRST_DAY <= found <= LAST_DAY:
            self.fail("out_of_reach")
        return found


class OneDay(Day):
    """A date that must be given."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"required": True, "allow_null": False} | options))


class Instant(serializers.DateTimeField):
    """An instant with its offset from UTC: an hour without its zone is refused, not guessed."""

    default_error_messages = {
        "naive": _("Give the offset from UTC, as in 2026-03-02T09:30+08:00."),
        "out_of_reach": OUT_OF_REACH,
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"required": False, "allow_null": True} | options))

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            self.fail("naive")
        if not FIRST_DAY <= value.date() <= LAST_DAY:
            self.fail("out_of_reach")
        return value


class Words(serializers.CharField):
    """Text that may be left out or empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**({"required": False, "allow_blank": True} | options))


class StateSecretAnswer(serializers.BooleanField):
    """Whoever brings a paper says whether it contains a state secret; true is refused, and nothing of it is kept."""

    def __init__(self, **options: Any) -> None:
        told = (
            "Whether it contains a state secret (国家秘密). Left out it counts as no; true is refused with the code "
            "state_secret: note the paper at /classified-papers/."
        )
        super().__init__(required=False, help_text=told, **options)


def choice(choices: Any, **options: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=choices.choices, **options)
