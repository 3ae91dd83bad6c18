"""Who reads, and the case an address names if they may know of it; otherwise 404, as if it were not there."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cases.models import Barrier, Case, CaseAccess, Person
from cases.permissions import cases_visible_to


def reader(request: HttpRequest) -> Person:
    """For a view behind `login_required`."""
    if not isinstance(request.user, Person):
        raise TypeError("Nobody is signed in.")
    return request.user


def find_case(request: HttpRequest, reference: str, *, at: datetime) -> Case:
    mine = cases_visible_to(request.user, at=at).select_related("lead_authority", "party", "lead_counsel")
    return get_object_or_404(mine, reference=reference)


def people_of(case: Case, *, at: datetime) -> "QuerySet[Person]":
    """Those named in the case who may know of it now: whom work can be given to."""
    standing = CaseAccess.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), case=case, from_at__lte=at)
    barred = Barrier.objects.filter(case=case, lifted_at__isnull=True, person=OuterRef("pk"))
    return Person.objects.active().filter(Exists(standing.filter(person=OuterRef("pk"))), ~Exists(barred))
