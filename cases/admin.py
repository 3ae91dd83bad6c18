"""The stock administration: people, authorities, parties and leave. The record is not in it: it changes by actions."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.actions.leaving import deactivate
from cases.actions.reference import set_traits
from cases.models import Authority, Leave, Party, PartyKind, PartyTrait, Person
from cases.permissions import check_can

# Django's own page of people brings it along; who may do what is told by the role alone.
admin.site.unregister(Group)
NAMES = ("family_en", "given_en", "family_zh", "given_zh")


class PersonCreation(AdminUserCreationForm):  # type: ignore[type-arg]  # Django's own takes none while it runs
    class Meta:
        model = Person
        fields = ("email",)


class Undeletable:
    """Whom the log names stays: a person leaves by being made inactive, and may be erased."""

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Person)
class PersonAdmin(Undeletable, UserAdmin):  # type: ignore[type-arg]
    add_form = PersonCreation
    ordering = ("email",)
    list_display = ("email", *NAMES, "role", "is_active")
    list_filter = ("role", "is_active")
    search_fields = ("email", *NAMES)
    filter_horizontal = ()
    readonly_fields = ("last_login",)
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (None, {"fields": (*NAMES, "role", "language", "zone", "quiet_from", "quiet_until")}),
        (None, {"fields": ("is_active", "is_staff", "is_superuser", "last_login")}),
    )
    add_fieldsets = ((None, {"fields": ("email", *NAMES, "role", "language", "zone", "password1", "password2")}),)

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's
        """Who is made inactive leaves by the action: work must not stay with one who is gone."""
        leaves = change and "is_active" in form.changed_data and not obj.is_active
        obj.is_active = obj.is_active or leaves
        super().save_model(request, obj, form, change)
        if leaves and isinstance(request.user, Person):
            self.let_leave(request, obj, by=request.user)

    def let_leave(self, request: HttpRequest, person: Person, *, by: Person) -> None:
        check_can(by, "keep_people")
        try:
            deactivate(person=person, reason=gettext("In the administration."), by=by, at=timezone.now())
        except RuleBroken as refusal:
            self.message_user(request, str(refusal), messages.ERROR)


class OfTheHouse(Undeletable):
    """An administrator knows of no case, and so of nothing that was first named for one."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]  # mixed into a ModelAdmin
        return rows.filter(named_by__isnull=True)


@admin.register(Authority)
class AuthorityAdmin(OfTheHouse, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name_en", "name_zh", "jurisdiction", "level", "zone", "calendar")
    list_filter = ("level",)
    search_fields = ("name_en", "name_zh", "name_zh_hant")


class PartyForm(forms.ModelForm):  # type: ignore[type-arg]
    """`none` is an answer, no answer is none."""

    NONE = "none"
    traits = forms.MultipleChoiceField(
        label=_("traits"),
        required=False,
        choices=[(NONE, _("none of them")), *PartyTrait.choices],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave all empty where it is not known: the strictest clock runs then."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [choice for choice in kind.choices if choice[0] != PartyKind.NATURAL_PERSON]
        self.initial_traits = self.instance.traits
        if self.instance.traits is not None:
            self.initial["traits"] = self.instance.traits or [self.NONE]

    def clean_traits(self) -> list[str] | None:
        chosen = self.cleaned_data["traits"]
        if self.NONE in chosen and len(chosen) > 1:
            raise forms.ValidationError(_("Either none of them, or those that apply."))
        return [trait for trait in chosen if trait != self.NONE] if chosen else None


@admin.register(Party)
class PartyAdmin(OfTheHouse, admin.ModelAdmin):  # type: ignore[type-arg]
    """Who runs the system may not know whom a case holds responsible: natural persons are named in cases alone."""

    form = PartyForm
    list_display = ("name_en", "name_zh", "kind", "belongs_to")
    list_filter = ("kind",)
    search_fields = ("name_en", "name_zh", "name_zh_hant")
    autocomplete_fields = ("belongs_to",)

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Party]":
        found: QuerySet[Party] = super().get_queryset(request)
        return found.exclude(kind=PartyKind.NATURAL_PERSON)

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any]:  # noqa: ARG002
        """A key typed by hand names no other either."""
        return Party.objects.using(db).filter(named_by__isnull=True)

    def save_model(self, request: HttpRequest, obj: Party, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's
        """The traits go by their action: clocks hang on them."""
        told = change and "traits" in form.changed_data
        if told:
            obj.traits = form.initial_traits
        super().save_model(request, obj, form, change)
        if told and isinstance(request.user, Person):
            set_traits(party=obj, traits=form.cleaned_data["traits"], by=request.user, at=timezone.now())


@admin.register(Leave)
class LeaveAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("person", "from_on", "until_on", "stand_in")
    autocomplete_fields = ("person", "stand_in")
