"""People, authorities and parties: the reference data that every record names; and the token that opens the API."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib.auth import authenticate
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from cases.actions import leaving
from cases.actions.reference import add_authority, add_party, set_traits
from cases.api.rooms import Given, Room, opens, verb
from cases.api.shapes import PersonRef, Reason, Shape, Words, Worked, Zone, choice
from cases.asked import Asked
from cases.models import Authority, Level, Party, PartyKind, PartyTrait, Person
from cases.models.person import name_in_chinese, name_in_latin
from cases.permissions import known_names


class PersonShape(Shape[Person]):
    name_en = Worked("family_en", "given_en", by=name_in_latin)
    name_zh = Worked("family_zh", "given_zh", by=name_in_chinese)

    class Meta:
        model = Person
        fields = ("uid", "name_en", "name_zh", "email", "role", "language", "zone", "is_active")


class AuthorityShape(Shape[Authority]):
    class Meta:
        model = Authority
        fields = (
            "uid", "name_en", "name_zh", "name_zh_hant", "level", "jurisdiction", "zone", "calendar", "office_opens",
            "office_closes",
        )  # fmt: skip


class PartyShape(Shape[Party]):
    class Meta:
        model = Party
        fields = ("uid", "kind", "name_en", "name_zh", "name_zh_hant", "seat", "belongs_to", "traits")


# ---- In --------------------------------------------------------------------------------------------------------------
class AuthorityIn(Asked):
    name_en = serializers.CharField(max_length=200)
    name_zh = Words(max_length=200)
    level = choice(Level, required=False)
    jurisdiction = serializers.CharField(max_length=10)
    zone = Zone()
    calendar = serializers.CharField(max_length=20)


class Traits(Asked):
    """`[]` says that none applies; `null` that it is not known: then the strictest clock runs, with a caution."""

    traits = serializers.ListField(child=choice(PartyTrait), allow_null=True, max_length=len(PartyTrait.values))


class PartyIn(Traits):
    kind = choice(PartyKind)
    name_en = serializers.CharField(max_length=200)
    name_zh = Words(max_length=200)
    traits = serializers.ListField(
        child=choice(PartyTrait), allow_null=True, required=False, max_length=len(PartyTrait.values)
    )


class People(Room):
    """Colleagues: to whom work may be given."""

    model, shape = Person, PersonShape
    order = ("family_en", "given_en", "pk")
    filters = {"role": "role", "email": "email__iexact"}

    def scoped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows

    @verb("deactivate", "keep_people", Reason)
    def deactivate(self, person: Person, given: Given) -> tuple[leaving.Handed, ...]:
        """What they hold ends, what they own goes to the next in line of each case."""
        return leaving.deactivate(person=person, **given)


class Authorities(Room):
    """Regulators, with the calendar their days are counted in; one first named for a case is behind its wall."""

    model, shape = Authority, AuthorityShape
    order = ("name_en", "pk")
    filters = {"jurisdiction": "jurisdiction", "level": "level"}

    def scoped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return known_names(rows, self.person, at=self.at)

    @opens("log_notice", AuthorityIn)
    def create(self, given: Given) -> Authority:
        """One that a record is the first to name."""
        return add_authority(**given)


class Parties(Room):
    """Who is addressed; one first named for a case is behind its wall.

    A natural person is shown only to those admitted to the persons of a case of theirs.
    """

    model, shape = Party, PartyShape
    order = ("name_en", "pk")
    filters = {"kind": "kind"}

    def scoped(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return known_names(rows, self.person, at=self.at)

    @opens("log_notice", PartyIn)
    def create(self, given: Given) -> Party:
        """One that a record is the first to name."""
        return add_party(**given)

    @verb("traits", "log_notice", Traits)
    def traits(self, party: Party, given: Given) -> Party:
        """What gives it clocks of its own; those of its open cases are counted anew."""
        return set_traits(party=party, **given)


# ---- The token -------------------------------------------------------------------------------------------------------
class TokenThrottle(AnonRateThrottle):
    """Guessing passwords is made slow."""

    rate = "10/min"
    scope = "token"


class SignIn(Asked):
    email = serializers.EmailField()
    password = serializers.CharField(trim_whitespace=False)
    days = serializers.IntegerField(min_value=1, max_value=366, default=90, help_text="How long the token is good for.")


class Token(serializers.Serializer[Any]):
    token = serializers.CharField()
    expires_at = serializers.DateTimeField()
    person = PersonRef()


class TokenDoor(APIView):
    """Signs in once for a token; ends the token that asks."""

    def get_permissions(self) -> Sequence[Any]:
        return [AllowAny()] if self.request.method == "POST" else super().get_permissions()

    def get_throttles(self) -> list[Any]:
        return [TokenThrottle()] if self.request.method == "POST" else []

    @extend_schema(operation_id="token_create", request=SignIn, responses={201: Token}, auth=[])
    def post(self, request: Request) -> Response:
        """Email and password for a token; shown this once."""
        asked = SignIn(data=request.data)
        asked.is_valid(raise_exception=True)
        email, password = asked.validated_data["email"], asked.validated_data["password"]
        person = authenticate(request, username=email, password=password)
        if not isinstance(person, Person):
            raise exceptions.AuthenticationFailed(_("Email and password do not match."))
        kept, token = AuthToken.objects.create(person, expiry=timedelta(days=asked.validated_data["days"]))
        return Response({"token": token, "expires_at": kept.expiry, "person": PersonRef(person).data}, status=201)

    @extend_schema(operation_id="token_destroy", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Ends the token this request was made with."""
        if not isinstance(request.auth, AuthToken):
            raise exceptions.ValidationError({"token": [_("This request was not made with a token.")]})
        request.auth.delete()
        return Response(status=204)
