"""Words for what a breach may cost: fines with their range, what is ordered besides, and why that law applies."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.law.liability import Exposure, Liability, Tier
from cases.models import MeasureKind
from cases.working import in_language
from tracker.dates import day_text, is_chinese

WHY: Final[Mapping[str, str | Promise]] = {
    "conduct": gettext_lazy("The law at the time of the conduct."),
    "later_lighter": gettext_lazy("A later law that is lighter than the one at the time of the conduct (APL 37)."),
    "one_version": "",
    "conduct_unknown": gettext_lazy("When the conduct was is not recorded; an earlier version may apply instead."),
    "spans_change": gettext_lazy("The conduct spans a change of the law: judged by its end, earlier version below."),
    "undetermined": gettext_lazy(
        "The law at the time of the conduct; whether the later one is lighter is for counsel."
    ),
}


def why_text(exposure: Exposure) -> str:
    return str(WHY[exposure.why])


def tier_text(tier: Tier, liability: Liability) -> str:
    """When it opens, what the entity and a person may be fined, what may be ordered besides."""
    person = _range(tier.person_least, tier.person_most, liability.currency)
    parts = [
        _range(tier.entity_least, tier.entity_most, liability.currency),
        _("up to %(share)s %% of turnover") % {"share": f"{tier.share_most:g}"} if tier.share_most else "",
        _("persons %(range)s") % {"range": person} if person else "",
        _joined([str(MeasureKind(kind).label) for kind in tier.besides]),
    ]
    figures = "；".join(filter(None, parts)) if is_chinese() else "; ".join(filter(None, parts))
    return in_language(tier, "when") + (_(": ") + figures if figures else "")


def in_force_text(liability: Liability) -> str:
    start = day_text(liability.valid_from)
    if liability.valid_to is None:
        return _("in force from %(start)s") % {"start": start}
    return _("in force from %(start)s to %(end)s") % {"start": start, "end": day_text(liability.valid_to)}


def _range(least: int | None, most: int | None, currency: str) -> str:
    if most is None:
        return ""
    told = {"least": f"{least or 0:,}", "most": f"{most:,}", "currency": currency}
    return (_("%(currency)s %(least)s to %(most)s") if least else _("up to %(currency)s %(most)s")) % told


def _joined(words: list[str]) -> str:
    return ("、" if is_chinese() else ", ").join(words)
