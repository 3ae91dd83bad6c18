"""A due date's working in sentences, in the reader's language: the trace holds codes, this says them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from cases.law.clocks import Due, Missing, Run
from cases.law.clocks.lines import when
from cases.law.rulebook import Rule, Rulebook


def steps(due: Due) -> list[str]:
    """One sentence a line of the working, each with the provision it rests on."""
    return sentences(due.trace)


def sentences(trace: Iterable[Run]) -> list[str]:
    return [_step(run) for run in trace]


def runs_of(stored: Iterable[Mapping[str, Any]]) -> list[Run]:
    """A trace as it was kept with a version, in the codes of `Run.as_json`."""
    return [Run(when(run["from"]), when(run["to"]), run["as"], run["n"], run["cite"]) for run in stored]


def missing_sentence(missing: Missing, book: Rulebook) -> str:
    """Why there is no date: the facts that are not known."""
    names = _(", ").join(in_language(book.facts[name], "title") for name in missing.facts)
    return _("Cannot be worked out: %(facts)s missing.") % {"facts": names}


def missing_law_sentence(rule_id: str, on: date, book: Rulebook) -> str:
    """Which version of which law is not held here, of a clock that started before every one that is."""
    first = book.versions(rule_id)[0]
    told = {"law": in_language(first, "citation"), "rule": rule_id, "on": _when(on), "since": _when(first.valid_from)}
    return (
        _(
            "The earliest version held here of %(law)s (%(rule)s) is in force from %(since)s; the one of %(on)s is not"
            " held."
        )
        % told
    )


def surcharge_sentences(*, own_on: date | None, is_part_missed: bool) -> list[str]:
    """Which days the surcharge on a late fine counts; of an earlier day the document named, that it does not.

    And of an instalment missed, that the law does not say.
    """
    said = [_("Each day late counts, the day of payment too: from the day after the last day to pay.")]
    if own_on is not None:
        said += [
            _(
                "The document’s own last day to pay, %(day)s, is before the law’s. The surcharge is counted from the "
                "law’s day; whether it runs from the document’s already is for counsel to decide."
            )
            % {"day": _when(own_on)}
        ]
    if is_part_missed:
        said += [
            _(
                "An instalment before the last was not paid by its day. Whether the surcharge accrues from then on the "
                "law does not say: it is not counted here, and counsel decides."
            )
        ]
    return said


def in_language(thing: object, name: str) -> str:
    """The text of a rule, fact or calendar in the reader's language; Traditional falls back to Simplified Chinese."""
    language = (get_language() or "en").lower()
    suffixes: tuple[str, ...] = ("en",)
    if language.startswith("zh"):
        hant = any(part in language for part in ("hant", "hk", "tw", "mo"))
        suffixes = ("zh_hant", "zh", "en") if hant else ("zh", "en")
    found = (getattr(thing, f"{name}_{suffix}", "") for suffix in suffixes)
    return next((text for text in found if text), "")


def summary(due: Due, rule: Rule | None) -> list[tuple[str, str]]:
    """What a reader is told first: label and value."""
    rows = [(pgettext("working", "Due"), _when(due.due))]
    if due.nominal != due.due:
        rows.append((pgettext("working", "Period ends"), _when(due.nominal)))
    if due.safe_due != due.due:
        rows.append((pgettext("working", "Safe date"), _when(due.safe_due)))
    if due.provisional:
        rows.append((pgettext("working", "Provisional"), _why_provisional(due)))
    if rule and in_language(rule, "consequence"):
        rows.append((pgettext("working", "If missed"), in_language(rule, "consequence")))
    if rule and in_language(rule, "note"):
        rows.append((pgettext("working", "Note"), in_language(rule, "note")))
    rows += [(pgettext("working", "Rule"), due.rule_version)] if due.rule_version else []
    rows += [(pgettext("working", "Calendar"), due.calendar_version)] if due.calendar_version else []
    return rows


def _why_provisional(due: Due) -> str:
    said = _("the working days of %(years)s are not published yet")
    if due.lacking_years:
        said = _("the calendar holds no arrangement of the working days of %(years)s")
    return said % {"years": _(", ").join(map(str, due.lacking_years or due.provisional_years))}


def _step(run: Run) -> str:
    said = _SENTENCES[run.code](run)
    return f"{said} [{run.cite}]" if run.cite else said


def _span(run: Run) -> str:
    if run.start == run.end:
        return _when(run.start)
    return _("%(start)s to %(end)s") % {"start": _when(run.start), "end": _when(run.end)}


def _when(when: date) -> str:
    return when.isoformat(" ", "minutes") if isinstance(when, datetime) else when.isoformat()


def _days(n: float) -> str:
    return ngettext("%(n)s day", "%(n)s days", int(n)) % {"n": n}


def _hours(n: float) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", int(n) or 2) % {"n": n}


def _length(run: Run) -> str:
    return _hours(run.n) if isinstance(run.start, datetime) else _days(run.n)


def _months(run: Run) -> str:
    words = ngettext("%(n)s month", "%(n)s months", abs(int(run.n))) % {"n": abs(run.n)}
    told = {"start": _when(run.start), "end": _when(run.end), "months": words}
    if run.n < 0:
        return _("%(months)s back from %(end)s is %(start)s.") % told
    return _("%(months)s from %(start)s end on %(end)s.") % told


def _told(message: str, run: Run) -> str:
    told = {"span": _span(run), "start": _when(run.start), "end": _when(run.end), "length": _length(run)}
    return message % told


_SENTENCES: Mapping[str, Callable[[Run], str]] = {
    "excluded_trigger": lambda run: _told(_("%(span)s starts the clock and is not counted."), run),
    "included_trigger": lambda run: _told(_("%(span)s starts the clock and is itself the first day."), run),
    "day_before": lambda run: _told(_("Counting the first day, the period ends the day before: %(end)s."), run),
    "capped": lambda run: _told(_("The period never reaches beyond %(start)s."), run),
    "below_floor": lambda run: _told(
        _("The order sets less than the law lets it: the shortest period would end on %(end)s."), run
    ),
    "counted": lambda run: _told(_("%(span)s: %(length)s counted."), run),
    "make_up": lambda run: _told(_("%(span)s: weekend, but a make-up working day: %(length)s counted."), run),
    "weekend": lambda run: _told(_("%(span)s: weekend."), run),
    "holiday": lambda run: _told(_("%(span)s: public holiday."), run),
    "suspended": lambda run: _told(_("%(span)s: the clock stands for %(length)s."), run),
    "month_arithmetic": _months,
    "month_end": lambda run: _told(_("That month has no such day, so its last day counts: %(span)s."), run),
    "elapsed": lambda run: _told(_("%(span)s: %(length)s elapse."), run),
    "rolled": lambda run: _told(
        _("The last day is a rest day, so the first working day after it counts: %(end)s."), run
    ),
    "ordered": lambda run: _told(_("The order itself sets %(span)s; an ordered date does not move."), run),
    "extended": lambda run: _told(_("Extended: counted on from the day after the due date, to %(end)s."), run),
    "extended_until": lambda run: _told(_("Extended until %(end)s."), run),
    "outrun": lambda run: _told(
        _("The period now reaches past %(start)s, until when more time was granted: that gives none any more."), run
    ),
    "strict_reading": lambda run: _told(
        _("Information: a strict reading leaves out the starting hour and would end at %(end)s. Not relied on."), run
    ),
    "unpublished": lambda run: _told(
        _("%(span)s: working days not published yet; weekends and the days fixed by law were used."), run
    ),
    "year_lacking": lambda run: _told(
        _(
            "%(span)s: the calendar holds no arrangement of the working days of that year; weekends and the days fixed"
            " by today's law were used."
        ),
        run,
    ),
}
