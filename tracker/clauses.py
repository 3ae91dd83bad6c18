"""A rule of the law in plain words, made from its data alone: what starts it, how long, how it counts, what moves it.

Each sentence stands for one key of the rule, so that a reader can check the one against the other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext, pgettext, pgettext_lazy

from cases.law.rulebook import Profile, Rule, Rulebook, book
from cases.models import MeasureKind
from cases.working import in_language
from tracker.dates import is_chinese

Words = str | Promise

JURISDICTIONS: Final[Mapping[str, Words]] = {
    "CN": gettext_lazy("China"),
    "EU": gettext_lazy("European Union"),
    "UK": gettext_lazy("United Kingdom"),
    "IN": gettext_lazy("India"),
    "SG": gettext_lazy("Singapore"),
    "ID": gettext_lazy("Indonesia"),
    "AU": gettext_lazy("Australia"),
    "US": gettext_lazy("United States"),
    "HK": gettext_lazy("Hong Kong"),
}
STANDINGS: Final[Mapping[str, Words]] = {
    "in_force": gettext_lazy("In force"),
    "history": gettext_lazy("Has an earlier version, or has ended"),
    "not_used": gettext_lazy("Not verified, not used"),
}
ACTORS: Final[Mapping[str, Words]] = {
    "party": pgettext_lazy("who acts", "We"),
    "authority": pgettext_lazy("who acts", "The authority"),
}
CONFIDENCES: Final[Mapping[str, Words]] = {
    "H*": gettext_lazy("H*: the text itself was read"),
    "H": gettext_lazy("H: well settled"),
    "M": gettext_lazy("M: likely right, check before relying on it"),
    "L": gettext_lazy("L: weak, not verified"),
}
TRAITS: Final[Mapping[str, Words]] = {
    "cii_operator": gettext_lazy("operators of critical information infrastructure"),
    "central_organ": gettext_lazy("central Party and state organs"),
    "summary_reconsideration": gettext_lazy("reconsideration by the summary procedure"),
}
_UNITS: Final[Mapping[str, Callable[[float], str]]] = {
    "hour": lambda n: npgettext("period", "%(n)s hour", "%(n)s hours", _plural(n)),
    "day": lambda n: npgettext("period", "%(n)s day", "%(n)s days", _plural(n)),
    "working_day": lambda n: npgettext("period", "%(n)s working day", "%(n)s working days", _plural(n)),
    "week": lambda n: npgettext("period", "%(n)s week", "%(n)s weeks", _plural(n)),
    "month": lambda n: npgettext("period", "%(n)s month", "%(n)s months", _plural(n)),
    "year": lambda n: npgettext("period", "%(n)s year", "%(n)s years", _plural(n)),
}
# What a version may say otherwise than the one before, by the key of its data.
KEYS: Final[Mapping[str, Words]] = {
    "title_en": gettext_lazy("title"),
    "title_zh": gettext_lazy("title"),
    "title_zh_hant": gettext_lazy("title"),
    "kind": gettext_lazy("kind of clock"),
    "actor": gettext_lazy("who acts"),
    "citation_en": gettext_lazy("citation"),
    "citation_zh": gettext_lazy("citation"),
    "clause": gettext_lazy("words of the clause"),
    "starts_on": gettext_lazy("what starts it"),
    "applies_to": gettext_lazy("measures it concerns"),
    "only_for": gettext_lazy("whom it concerns"),
    "not_for": gettext_lazy("whom it concerns"),
    "facts": gettext_lazy("facts it asks for"),
    "amount": gettext_lazy("period"),
    "unit": gettext_lazy("period"),
    "plus": gettext_lazy("period"),
    "profile": gettext_lazy("way of counting"),
    "calendar": gettext_lazy("calendar"),
    "direction": gettext_lazy("direction of the count"),
    "counts_trigger_day": gettext_lazy("whether the first day counts"),
    "extends": gettext_lazy("how an extension counts"),
    "suspended_by": gettext_lazy("what stops it"),
    "on_expiry": gettext_lazy("what its end starts"),
    "creates": gettext_lazy("what comes next"),
    "bars": gettext_lazy("what it bars"),
    "restarts_on": gettext_lazy("what sets it going anew"),
    "cap_of": gettext_lazy("what it caps"),
    "cap_when": gettext_lazy("what it caps"),
    "at_least": gettext_lazy("shortest period an order may set"),
    "cites": gettext_lazy("provisions its days are counted by"),
    "instead_of": gettext_lazy("general rule it stands for"),
    "consequence_en": gettext_lazy("consequence"),
    "consequence_zh": gettext_lazy("consequence"),
    "note_en": gettext_lazy("note"),
    "note_zh": gettext_lazy("note"),
    "confidence": gettext_lazy("confidence"),
    "source": gettext_lazy("source"),
    "reviewed_by": gettext_lazy("who compared it"),
    "gap": gettext_lazy("why there was none before it"),
    "enabled": gettext_lazy("whether it is used"),
    "jurisdiction": gettext_lazy("jurisdiction"),
}


def _plural(n: float) -> int:
    return 1 if n == 1 else 2


def listed(words: Iterable[str]) -> str:
    return ("、" if is_chinese() else ", ").join(dict.fromkeys(words))


def jurisdiction_text(code: str) -> str:
    return str(JURISDICTIONS.get(code, code))


def difference_names(names: Iterable[str]) -> str:
    """Words of the keys that differ, each said once; a key not named here is shown as it is."""
    return listed(str(KEYS.get(name, name)) for name in names)


def part_text(amount: float, unit: str) -> str:
    """`15 days`, `6 months`, `5 working days`."""
    return _UNITS[unit](amount) % {"n": f"{amount:g}"}


def length_text(rule: Rule) -> str:
    """The whole period; empty where the law gives none."""
    return _(" and ").join(part_text(amount, unit) for amount, unit in rule.parts)


def period_text(rule: Rule) -> str:
    """The period in a few words, whatever the kind: `15 days`, `as ordered`, `at once`."""
    length = length_text(rule)
    match rule.kind:
        case "ordered":
            return _("as the order sets it")
        case "duty":
            return _("at once (立即): no number in the law")
        case "gate":
            return _("opens or bars a way: nothing is counted")
        case "floor":
            return _("at least %(length)s") % {"length": length}
    return _("%(length)s before") % {"length": length} if rule.direction == "back" else length


def counted_text(rule: Rule, profile: Profile | None) -> str:
    """How it counts, in a few words: `Chinese calendar days, rolls`."""
    if profile is None or rule.kind in {"gate", "duty"}:
        return ""
    way = in_language(profile, "title")
    if rule.kind == "ordered" or is_of_working_days(rule):
        return way
    return listed([way, _("rolls") if rolls(rule, profile) else _("does not roll")])


def rolls(rule: Rule, profile: Profile) -> bool:
    return profile.rolls and not profile.is_hours and rule.direction != "back"


def is_of_working_days(rule: Rule) -> bool:
    """It ends on a working day by its nature: there is nothing to roll."""
    return bool(rule.parts) and rule.parts[-1][1] == "working_day"


def fact_text(law: Rulebook, name: str) -> str:
    return in_language(law.facts[name], "title")


def event_text(law: Rulebook, name: str) -> str:
    return in_language(law.event(name), "title")


def plain_sentences(rule: Rule) -> list[str]:
    """The rule as a reader would be told it, a sentence a key."""
    return [capfirst(sentence) for sentence in _sentences(rule, book()) if sentence]


def _sentences(rule: Rule, law: Rulebook) -> Iterator[str]:
    profile = law.profile(rule.profile) if rule.profile else None
    yield _of_period(rule, law)
    yield _of_start(rule, law)
    if rule.kind in {"statutory", "regulator", "floor"} and profile:
        yield from _of_counting(rule, profile, law)
    if rule.kind == "ordered" and rule.at_least:
        least = part_text(*rule.at_least)
        yield _("An order may not set less than %(least)s; a shorter one keeps its date and is marked.") % {
            "least": least
        }
    yield from _of_moves(rule, profile, law)
    yield from _of_reach(rule, law)
    yield from _of_concern(rule)


def _of_period(rule: Rule, law: Rulebook) -> str:
    told = {"length": length_text(rule), "fact": fact_text(law, rule.fact)}
    match rule.kind:
        case "ordered":
            return _("The order sets the date; if it sets a period, that runs from the %(fact)s.") % told
        case "duty":
            return (
                _(
                    "The law gives no number: it must be done at once (立即) from the %(fact)s. "
                    "A date set for it is an internal target, never a legal date."
                )
                % told
            )
        case "gate":
            return _("It opens or bars a way and counts no days; it turns on the %(fact)s.") % told
        case "floor":
            return _("To be kept for at least %(length)s from the %(fact)s.") % told
    if rule.direction == "back":
        return _("At the latest %(length)s before the %(fact)s, counted back.") % told
    return _("Within %(length)s of the %(fact)s.") % told


def _of_start(rule: Rule, law: Rulebook) -> str:
    if not rule.starts_on:
        return ""
    return _("It starts with: %(events)s.") % {"events": listed(event_text(law, name) for name in rule.starts_on)}


def _of_counting(rule: Rule, profile: Profile, law: Rulebook) -> Iterator[str]:
    if profile.is_hours:
        yield _("It runs from the minute, day and night, and never moves to a working day.")
        if profile.strict_hour:
            yield _("Read strictly the starting hour is left out; that later end is shown and not relied on.")
        return
    yield _first_day(rule, law)
    if any(unit == "working_day" for _amount, unit in rule.parts):
        yield _("Only working days count, make-up days among them; weekends and public holidays are passed over.")
    elif profile.short_days:
        yield _("A period of at most %(n)s days counts working days only.") % {"n": profile.short_days}
    if rule.direction == "back":
        yield _("The day counted back to stays where it falls.")
    elif is_of_working_days(rule):
        pass
    elif profile.rolls:
        yield _("If the last day is a day of rest, the first working day after it is the last.")
    else:
        yield _("It ends on the day it ends, even a day of rest.")
    yield _cut_off(rule, profile, law)


def _first_day(rule: Rule, law: Rulebook) -> str:
    told = {"fact": fact_text(law, rule.fact)}
    if rule.counts_trigger_day:
        return _("The day itself is the first day: %(fact)s.") % told
    return _("The day itself is not counted: %(fact)s.") % told


def _cut_off(rule: Rule, profile: Profile, law: Rulebook) -> str:
    """What ends the last day, and by whose days it is counted."""
    calendar = law.calendars.get(rule.calendar or profile.calendar)
    if calendar is None:
        return _("The last day ends at 24:00 where the authority sits, by its calendar.")
    told = {"calendar": in_language(calendar, "title"), "zone": profile.zone or calendar.zone}
    return _("The last day ends at 24:00 (%(zone)s); working days by the calendar of: %(calendar)s.") % told


def _of_moves(rule: Rule, profile: Profile | None, law: Rulebook) -> Iterator[str]:
    if rule.restarts_on:
        yield _("It is counted anew from the %(fact)s, if that is later.") % {"fact": fact_text(law, rule.restarts_on)}
    if rule.kind in {"statutory", "regulator", "ordered"} and rule.direction != "back" and profile:
        if rule.extends == "trigger":
            yield _("An extension makes one longer period of it, counted from the same start.")
        elif not profile.is_hours:
            yield _("An extension counts on from the day after the date that was due.")
    if rule.suspended_by:
        told = {"events": listed(event_text(law, name) for name in rule.suspended_by)}
        yield _("It stands still while it cannot run, and what was left is counted from: %(events)s.") % told
    if rule.on_expiry:
        yield _("When it ends without an answer, that is itself an event: %(event)s.") % {
            "event": event_text(law, rule.on_expiry)
        }


def _of_reach(rule: Rule, law: Rulebook) -> Iterator[str]:
    if rule.bars:
        yield _("It bars, until then: %(rules)s.") % {"rules": listed(rule.bars)}
    for cap in law.caps(rule):
        told = {"length": length_text(cap), "fact": fact_text(law, cap.fact), "id": cap.id}
        if cap.cap_when:
            told["when"] = fact_text(law, cap.cap_when)
            yield _("Never beyond %(length)s from the %(fact)s, where the %(when)s is known (%(id)s).") % told
        else:
            yield _("Never beyond %(length)s from the %(fact)s (%(id)s).") % told
    if rule.cap_of:
        yield _("It asks nothing by itself: it is the end beyond which %(id)s never reaches.") % {"id": rule.cap_of}


def _of_concern(rule: Rule) -> Iterator[str]:
    if rule.applies_to:
        kinds = listed(str(MeasureKind(kind).label) for kind in rule.applies_to)
        yield _("Only for these measures: %(kinds)s.") % {"kinds": kinds}
    if rule.only_for:
        yield _("Only for: %(whom)s.") % {"whom": listed(str(TRAITS.get(name, name)) for name in rule.only_for)}
    if rule.not_for:
        yield _("Not for: %(whom)s.") % {"whom": listed(str(TRAITS.get(name, name)) for name in rule.not_for)}


def standing_text(rule: Rule, *, is_in_force: bool) -> str:
    """In force, no longer, or not yet: by the version shown."""
    if is_in_force:
        return pgettext("rule", "in force")
    return pgettext("rule", "no longer in force") if rule.valid_to else pgettext("rule", "not yet in force")
