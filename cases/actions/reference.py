"""Parties and authorities that a record is the first to name: behind the walls of the cases that name them.

Whether a name is known is asked within what the person may know of: one that only a hidden case names is as good as
new, and becomes a row of its own.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken, revising
from cases.actions.applicability import hangs_on_traits
from cases.actions.log import write_log
from cases.law.rulebook import UnknownName, book
from cases.models import Authority, CaseState, Event, Level, Party, PartyKind, PartyTrait, Person
from cases.permissions import known_authorities, known_parties


class AlreadyKnown(RuleBroken):
    """`details["uid"]`: the one that is there."""

    code = "already_known"


class UnknownCalendar(RuleBroken):
    code = "unknown_calendar"


class UnknownTraits(RuleBroken):
    code = "unknown_traits"


@transaction.atomic
def add_party(
    *,
    kind: str,
    name_en: str,
    by: Person,
    at: datetime,
    name_zh: str = "",
    traits: Collection[str] | None = None,
) -> Party:
    found = known_parties(by, at=at).filter(kind=kind, name_en=name_en).first()
    if found is not None:
        raise AlreadyKnown(_("A party of this kind and name is known already."), uid=found.uid)
    kept = in_order(traits)
    names = {"name_en": name_en, "name_zh": name_zh}
    party = Party.objects.create(kind=PartyKind(kind), **names, traits=kept, named_by=by)
    write_log("add_party", party, case=None, by=by, at=at, facts={"kind": kind})
    return party


@transaction.atomic
def set_traits(*, party: Party, traits: Collection[str] | None, by: Person, at: datetime) -> Party:
    """What gives it clocks of its own; [] that nothing does, None that it is not known. Its open cases count anew."""
    party = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    before, party.traits = party.traits, in_order(traits)
    party.save(update_fields=["traits"])
    for happened in events_on_traits(party):
        revising.restart_clocks(happened, by=by, at=at)
    write_log("set_traits", party, case=None, by=by, at=at, facts={"from": before, "to": party.traits})
    return party


def in_order(traits: Collection[str] | None) -> list[str] | None:
    if traits is None:
        return None
    if unknown := set(traits) - set(PartyTrait.values):
        told = {"names": ", ".join(sorted(unknown))}
        raise UnknownTraits(_("The law gives no party of that kind clocks of its own: %(names)s.") % told)
    return [trait for trait in PartyTrait.values if trait in traits]


def events_on_traits(party: Party) -> list[Event]:
    """Of its open cases, and of those of its brands that say nothing of their own."""
    names = {name for rule in book().rules if hangs_on_traits(rule) for name in rule.starts_on}
    of_party = Q(case__party=party) | Q(case__party__belongs_to=party, case__party__traits__isnull=True)
    found = Event.objects.filter(of_party, name__in=names, voided_at__isnull=True, case__state=CaseState.OPEN)
    return list(found.select_related("case__party__belongs_to", "case__lead_authority", "notice", "measure"))


@transaction.atomic
def add_authority(
    *,
    name_en: str,
    jurisdiction: str,
    zone: str,
    calendar: str,
    by: Person,
    at: datetime,
    name_zh: str = "",
    level: str = Level.OTHER,
) -> Authority:
    found = known_authorities(by, at=at).filter(name_en=name_en, jurisdiction=jurisdiction).first()
    if found is not None:
        raise AlreadyKnown(_("An authority of this name and jurisdiction is known already."), uid=found.uid)
    try:
        book().calendar(calendar)
    except UnknownName as error:
        raise UnknownCalendar(_("There is no calendar of that name: %(name)s.") % {"name": calendar}) from error
    authority = Authority.objects.create(
        name_en=name_en,
        name_zh=name_zh,
        level=Level(level),
        jurisdiction=jurisdiction,
        zone=zone,
        calendar=calendar,
        named_by=by,
    )
    facts = {"jurisdiction": jurisdiction, "zone": zone, "calendar": calendar}
    write_log("add_authority", authority, case=None, by=by, at=at, facts=facts)
    return authority
