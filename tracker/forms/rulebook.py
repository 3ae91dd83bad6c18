"""How the rulebook is looked through, and the question that is put to one rule: facts in, nothing written."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain
from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.law.clocks import Ask, Bare, Extension, Suspension
from cases.law.readings import readings
from cases.law.rulebook import LawError, OutOfRange, Profile, Rule, Rulebook, RuleNotInForce
from cases.sayings import in_words
from cases.working import in_language
from tracker.clauses import ACTORS, STANDINGS, jurisdiction_text
from tracker.forms.typed import DayField, HourField, TypedForm, ZoneField, instant
from tracker.status.rules import RuleFilters, jurisdiction_of, jurisdictions, kinds
from tracker.templatetags.casebook import CLOCKS
from tracker.wording import UNIT_WORDS

ANY: Final = ("", _("any"))
UNITS_OF_DAYS: Final = ("day", "working_day", "week", "month", "year")
MOST: Final = 10_000


class RuleFilterForm(TypedForm):
    """Every filter stands in the address; one that names nothing known is left out, and said so beside its field."""

    q = forms.CharField(label=pgettext_lazy("search", "Words"), required=False, max_length=80)
    jurisdiction = forms.ChoiceField(label=_("Jurisdiction"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    actor = forms.ChoiceField(label=_("Who acts"), required=False, choices=[ANY, *ACTORS.items()])
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=[ANY, *STANDINGS.items()])

    def __init__(self, *args: Any, law: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, places = kinds(law), [(code, jurisdiction_text(code)) for code in jurisdictions(law)]
        self.fields["jurisdiction"].choices = [ANY, *places]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ANY, *((kind, word) for kind, (_icon, word) in CLOCKS.items() if kind in known)
        ]  # fmt: skip

    def filters(self) -> RuleFilters:
        self.is_valid()
        typed = self.cleaned_data
        plain = {name: typed.get(name, "") for name in ("jurisdiction", "kind", "actor", "standing")}
        return RuleFilters(**plain, words=typed.get("q", "").strip())

    def chosen(self) -> dict[str, str]:
        """Field → the words of what was chosen, for the filters that narrow."""
        typed = getattr(self, "cleaned_data", {})
        words = {name: dict(getattr(self.fields[name], "choices", ())).get(typed.get(name, "")) for name in self.fields}
        words["q"] = typed.get("q")
        return {name: f"{self.fields[name].label}: {word}" for name, word in words.items() if typed.get(name) and word}


class TryForm(TypedForm):
    """One question to one rule. Its fields are those the rule has use for, its facts by their own names."""

    def __init__(self, *args: Any, rule: Rule, law: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule, self.law = rule, law
        self.profile = law.profile(rule.profile) if rule.profile else None
        self.fields.update(chain(self._facts(), self._order(), self._place()))
        self.more = list(self._more())
        self.fields.update(self.more)

    # ---- What is asked for
    @property
    def is_hours(self) -> bool:
        return self.profile is not None and self.profile.is_hours

    def _facts(self) -> Iterator[tuple[str, forms.Field]]:
        for name in self.rule.facts:
            yield name, DayField(label=capfirst(in_language(self.law.facts[name], "title")))
            if self.is_hours:
                yield f"{name}_hour", HourField(label=_("at"))

    def _order(self) -> Iterator[tuple[str, forms.Field]]:
        """An order brings its own date or period; a duty has a target of our own."""
        if self.rule.kind == "duty":
            yield "ordered", DayField(label=_("Our own target"))
        if self.rule.kind != "ordered":
            return
        yield "ordered", DayField(label=_("Date ordered"))
        yield (
            "period_amount",
            forms.IntegerField(label=_("or a period of"), required=False, min_value=1, max_value=MOST),
        )
        yield "period_unit", unit_field(UNITS_OF_DAYS, _("Unit"))
        names = dict.fromkeys(name for unit in UNITS_OF_DAYS for name in self.readings(unit))
        read_as = [(name, in_language(self.law.profile(name), "title")) for name in names]
        yield (
            "period_profile",
            forms.ChoiceField(
                label=_("counted as"),
                required=False,
                choices=[("", _("not chosen: the earlier reading leads")), *read_as],
            ),
        )

    def _place(self) -> Iterator[tuple[str, forms.Field]]:
        if self.is_hours:
            zone = ZoneField(label=_("Time zone"), required=False, empty=_("choose"))
            zone.initial = self.profile.zone if self.profile else ""
            yield "zone", zone
        elif self.rule.kind != "duty":
            own = self.law.calendars.get(self.rule.calendar or (self.profile.calendar if self.profile else ""))
            empty = in_language(own, "title") if own else _("choose")
            known = [(name, in_language(calendar, "title")) for name, calendar in self.law.calendars.items()]
            offered = [("", empty), *(item for item in known if own is None or item[0] != own.id)]
            yield "calendar", forms.ChoiceField(label=_("Calendar"), required=False, choices=offered)

    def _more(self) -> Iterator[tuple[str, forms.Field]]:
        """A count back is neither extended nor stopped, and a floor is nobody's to extend."""
        if self.rule.direction == "back" or self.rule.kind in {"floor", "duty"}:
            return
        yield "more_amount", forms.IntegerField(label=_("Extended by"), required=False, min_value=1, max_value=MOST)
        units = ("hour",) if self.is_hours else UNITS_OF_DAYS
        yield "more_unit", unit_field(units, _("Unit"), day=_("calendar days"))
        if not self.is_hours:
            yield "more_until", DayField(label=_("or extended until"))
            yield "still_from", DayField(label=_("Stands still from"))
            yield "still_until", DayField(label=_("Runs again from"))

    def rows(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in dict(self.more)]

    def more_rows(self) -> list[forms.BoundField]:
        return [self[name] for name, _field in self.more]

    @property
    def has_more(self) -> bool:
        return any(self.data.get(name) or name in self.errors for name, _field in self.more)

    # ---- What was asked
    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        self._pair(typed, "period_amount", "period_unit")
        self._pair(typed, "more_amount", "more_unit")
        if typed.get("ordered") and typed.get("period_amount"):
            self.add_error("period_amount", _("An order sets a date or a period, not both."))
        if typed.get("more_amount") and typed.get("more_until"):
            self.add_error("more_until", _("Give either how much more time, or until which day."))
        start, end = typed.get("still_from"), typed.get("still_until")
        if end and not start:
            self.add_error("still_from", _("Say from when it stood still."))
        if start and end and end < start:
            self.add_error("still_until", _("It runs again after it stood still, not before."))
        return typed

    def _pair(self, typed: dict[str, Any], amount: str, unit: str) -> None:
        given = bool(typed.get(amount)), bool(typed.get(unit))
        if given in {(True, False), (False, True)} and not {amount, unit} & self.errors.keys():
            self.add_error(unit if given[0] else amount, _("Give the number and the unit."))

    @property
    def happened_on(self) -> date | None:
        on: date | None = self.cleaned_data.get(self.rule.fact)
        return on

    def asks(self) -> list[Ask]:
        """One question, or one for each way the order's period may be read."""
        typed = self.cleaned_data
        known = {name: self._fact(typed, name) for name in self.rule.facts}
        told: dict[str, Any] = {
            "zone": typed.get("zone") or None,
            "calendar": typed.get("calendar") or None,
            "extensions": tuple(self._extensions(typed)),
            "suspensions": tuple(self._suspensions(typed)),
        }
        facts = {name: value for name, value in known.items() if value is not None}
        if not typed.get("period_amount"):
            return [Ask(self.rule.id, facts, ordered=typed.get("ordered"), **told)]
        chosen = [typed["period_profile"]] if typed.get("period_profile") else self.readings(typed["period_unit"])
        periods = [
            Bare(name, typed["period_amount"], self._unit(name, typed["period_unit"])) for name in chosen or [""]
        ]
        return [Ask(self.rule.id, facts, period=period, **told) for period in periods]

    def readings(self, unit: str) -> list[str]:
        """The ways a period in that unit may be counted where the rule holds."""
        return [name for name, _unit in readings(unit, jurisdiction_of(self.rule))]

    def _unit(self, profile: str, unit: str) -> str:
        """Of an order's bare days, as the profile counts them."""
        way: Profile | None = self.law.profiles.get(profile)
        return "working_day" if way and unit == "day" and way.units == ("working_day",) else unit

    def _fact(self, typed: dict[str, Any], name: str) -> date | datetime | None:
        day: date | None = typed.get(name)
        hour: time | None = typed.get(f"{name}_hour")
        zone = typed.get("zone") or (self.profile.zone if self.profile else "")
        if day and hour:
            return instant(day, hour, zone) if zone else datetime.combine(day, hour)
        return day

    @staticmethod
    def _extensions(typed: dict[str, Any]) -> Iterator[Extension]:
        if typed.get("more_amount"):
            yield Extension(typed["more_amount"], typed["more_unit"])
        if typed.get("more_until"):
            yield Extension(until=typed["more_until"])

    @staticmethod
    def _suspensions(typed: dict[str, Any]) -> Iterator[Suspension]:
        if typed.get("still_from"):
            yield Suspension(typed["still_from"], typed.get("still_until"))

    def refuse_law(self, error: LawError) -> None:
        """What the law does not understand, beside the field it is about."""
        if isinstance(error, RuleNotInForce):
            self.add_error(self.rule.fact, _("No version of the rule was in force on this day."))
        elif isinstance(error, OutOfRange):
            self.add_error(self.rule.fact, _("Check the year: no calendar here reaches this day."))
        else:
            self.add_error(None, in_words(error))


def unit_field(units: Iterable[str], label: Any, **words: Any) -> forms.ChoiceField:
    """`words` for a unit that is called otherwise here."""
    told = {**UNIT_WORDS, **words}
    return forms.ChoiceField(
        label=label, required=False, choices=[("", _("choose")), *((unit, told[unit]) for unit in units)]
    )
