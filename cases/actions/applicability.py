"""Which rules an event starts: by whose law its authority acts, on which measure, for what party and procedure."""

from collections.abc import Collection

from cases.law import starting
from cases.law.provisions import TRAITS
from cases.law.rulebook import Rule, book
from cases.models import Authority, Event, Party, PartyTrait

Traits = tuple[frozenset[str], frozenset[str]]
PROCEDURE_TRAITS = TRAITS - frozenset(PartyTrait.values)


def rules_started(event: Event) -> tuple[Rule, ...]:
    """Those in force on its day, and those that came into force later: their clocks cannot be counted, and say so."""
    found = rules_anywhere(event)
    if not found:
        return ()
    under = [authority.jurisdiction for authority in authorities_of(event, {rule.jurisdiction for rule in found})]
    known, unknown = traits_of(event) if any(hangs_on_traits(rule) for rule in found) else (frozenset(), frozenset())
    return book().started_by(
        event.name,
        event.occurred_on,
        measure_kind(event),
        known,
        unknown_traits=unknown,
        jurisdictions=under,
        or_later=True,
    )


def rules_anywhere(event: Event) -> tuple[Rule, ...]:
    """By what happened alone, whoever acted and whatever the party is."""
    kind, day = measure_kind(event), event.occurred_on
    return book().started_by(event.name, day, kind, unknown_traits=TRAITS, or_later=True)


def laws_not_reached(event: Event) -> tuple[str, ...]:
    """Whose rules know the event, and start nothing because no authority concerned acts under them."""
    laws = {rule.jurisdiction for rule in rules_anywhere(event)}
    authorities = authorities_of(event, laws) if laws else []
    return tuple(sorted(law for law in laws if not any(is_under(authority, law) for authority in authorities)))


def measure_kind(event: Event) -> str | None:
    return event.measure.kind if event.measure else None


# ---- Whose law -------------------------------------------------------------------------------------------------------
def authorities_of(event: Event, laws: Collection[str]) -> list[Authority]:
    """The one it names, or its notice does; else the case's, the leading one first."""
    own = event.authority or (event.notice.authority if event.notice else None)
    if own is not None:
        return [own]
    lead = event.case.lead_authority
    if event.case.pk is None or all(is_under(lead, law) for law in laws):
        return [lead]
    further = event.case.further_authorities.select_related("authority").order_by("pk")
    return [lead, *(each.authority for each in further)]


def authority_for(event: Event, rule: Rule) -> Authority:
    """Whose zone and calendar the clock goes by: the first that acts under the rule's law."""
    found = authorities_of(event, {rule.jurisdiction})
    return next((authority for authority in found if is_under(authority, rule.jurisdiction)), found[0])


def is_under(authority: Authority, law: str) -> bool:
    return book().is_under(authority.jurisdiction, law)


# ---- What the party and the procedure are ----------------------------------------------------------------------------
def hangs_on_traits(rule: Rule) -> bool:
    return bool(rule.only_for or rule.not_for)


def asks_procedure(event: Event) -> bool:
    """Whether any rule it may start hangs on what the procedure is."""
    return any(PROCEDURE_TRAITS & {*rule.only_for, *rule.not_for} for rule in rules_anywhere(event))


def is_unsure(event: Event, rule: Rule) -> bool:
    """Whether the rule is for this party and procedure hangs on what is not known."""
    return hangs_on_traits(rule) and not starting.is_certain(rule, *traits_of(event))


def traits_of(event: Event) -> Traits:
    """What they are known to be, and what is not known of them."""
    told: dict[str, bool] = dict(event.traits)
    of_party = traits_known(event.case.party)
    if of_party is not None:
        told |= {trait: trait in of_party for trait in PartyTrait.values}
    return frozenset(trait for trait, so in told.items() if so), TRAITS - told.keys()


def traits_known(party: Party) -> list[str] | None:
    """Its own, or those of the entity it belongs to; None where neither is known."""
    owner = party.belongs_to
    return party.traits if party.traits is not None or owner is None else owner.traits
