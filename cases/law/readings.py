"""What the words of an order's period may mean: "within 15 days" by whose law, and in which way of counting.

Chinese law leaves "days" open (行政处罚法 85 defines them for itself alone), so there are two readings until counsel
chooses. Where a law has no way to count in a unit, there is none, and nothing is counted.
"""

from __future__ import annotations

from collections.abc import Mapping

Reading = tuple[str, str]  # the profile that counts, and its unit

CHINA: Mapping[str, tuple[Reading, ...]] = {
    "day": (("CN-WD", "working_day"), ("CN-CD", "day")),
    "working_day": (("CN-WD", "working_day"),),
    "week": (("CN-CD", "week"),),
    "month": (("CN-M", "month"),),
    "year": (("CN-M", "year"),),
    "hour": (("CN-H", "hour"),),
}
UNITS = tuple(CHINA)
_DAYS = ("day", "week", "month", "year")
# By law: the profile of each unit.
ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "EU": {"day": "EU-D", **dict.fromkeys(_DAYS[1:], "EU-M"), "working_day": "EU-WD", "hour": "EU-H"},
    "UK": {**dict.fromkeys((*_DAYS, "working_day"), "UK"), "hour": "UK-H"},
    "IN": {**dict.fromkeys(_DAYS, "IN-D"), "hour": "IN-H"},
    "HK": {**dict.fromkeys(_DAYS, "HK-D"), "hour": "HK-H"},
    "SG": dict.fromkeys(_DAYS, "SG-D"),
    "AU": {**dict.fromkeys(_DAYS, "AU-D"), "hour": "AU-H"},
    "ID": {"day": "ID-CD", "hour": "ID-H"},
    "US": {"working_day": "US", "year": "US", "hour": "US-H"},
}
# Member States whose own rules stand in the rulebook count as the Union does (Reg. 1182/71 for its acts; M for theirs).
_AS = {"DE": "EU", "FR": "EU", "IE": "EU"}


def readings(unit: str, law: str) -> tuple[Reading, ...]:
    """The ways to count that unit under that law, the earlier-ending first where there are two; none: it has none."""
    if law == "CN":
        return CHINA.get(unit, ())
    profile = ELSEWHERE.get(_AS.get(law, law), {}).get(unit)
    return ((profile, unit),) if profile else ()


def profiles(unit: str) -> frozenset[str]:
    """The profiles that count the unit under one law or another."""
    return frozenset(profile for law in ("CN", *ELSEWHERE) for profile, _unit in readings(unit, law))
