"""Erasing the names of a person who has left, or of a natural person who was a party: the administrator's door."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from cases.asked import Asked
from cases.models import Party, Person
from cases.permissions import check_can
from tracker.api.answers import plain, schema_of
from tracker.api.doors import JSON, UID_NAMED, Door
from tracker.erasing import Gone, erase_natural_person, erase_person


class ErasingIn(Asked):
    reason = serializers.CharField()
    basis = serializers.CharField(max_length=200)


class Erasing(Door):
    """It cannot be undone."""

    def said(self) -> dict[str, Any]:
        asked = ErasingIn(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return {**asked.validated_data, "by": self.person, "at": self.at}

    @extend_schema(
        operation_id="people_erase", parameters=[UID_NAMED], request=ErasingIn, responses={JSON: schema_of(Gone)}
    )
    def person_of(self, _request: Request, uid: str) -> Response:
        """Of one who was deactivated; what they did stays under a pseudonym."""
        found = get_object_or_404(Person, uid=uid)
        check_can(self.person, "keep_people")
        return Response(plain(erase_person(person=found, **self.said())))

    @extend_schema(
        operation_id="parties_erase", parameters=[UID_NAMED], request=ErasingIn, responses={JSON: schema_of(Gone)}
    )
    def party_of(self, _request: Request, uid: str) -> Response:
        """Of a natural person, once every case against them is closed."""
        check_can(self.person, "keep_people")
        found = get_object_or_404(Party, uid=uid)
        return Response(plain(erase_natural_person(party=found, **self.said())))

    person_of.may = party_of.may = "keep_people"  # type: ignore[attr-defined]  # as in the rooms: the stated policy
