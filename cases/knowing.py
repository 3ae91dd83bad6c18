"""Who may know of which cases, asked for many at once: what `cases.permissions` asks of a queryset, one by one."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from cases.models import Barrier, Case, CaseAccess, Person
from cases.permissions import can


class Knowing:
    """`visible_to` for many cases and people at once, in three statements: the sweep asks it for every word."""

    def __init__(self, cases: Collection[int], *, at: datetime) -> None:
        standing = Q(until_at__isnull=True) | Q(until_at__gt=at)
        accesses = CaseAccess.objects.filter(standing, case__in=cases, from_at__lte=at)
        barriers = Barrier.objects.filter(case__in=cases, lifted_at__isnull=True)
        rows = list(accesses.order_by().values_list("case_id", "person_id", "sees_advice"))
        self.named = frozenset((case, person) for case, person, _advice in rows)
        self.admitted = frozenset((case, person) for case, person, advice in rows if advice)
        self._barred = frozenset(barriers.order_by().values_list("case_id", "person_id"))
        opened = Case.objects.filter(pk__in=cases, is_open_to_staff=True).order_by()
        self._open_to_staff = frozenset(opened.values_list("pk", flat=True))

    @property
    def is_any_open_to_staff(self) -> bool:
        return bool(self._open_to_staff)

    def has_advice(self, case: int, person: Person) -> bool:
        """Whether the person may know of what is under legal advice in it."""
        return self.has(case, person) and (case, person.pk) in self.admitted

    def has(self, case: int, person: Person) -> bool:
        if not can(person, "view") or (case, person.pk) in self._barred:
            return False
        return (case, person.pk) in self.named or (case in self._open_to_staff and can(person, "see_portfolio"))
