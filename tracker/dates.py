"""How a day, an hour and a count of days are written: English `Thu 9 Oct 2025`, Chinese `2025年10月9日 周四`.

Pure text from values handed in; reads no clock, and the language is the active one.
"""

from datetime import date, datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HAN_DAYS = "一二三四五六日"


def language_tag() -> str:
    """The BCP 47 tag of the active language: `en`, `zh-Hans` or `zh-Hant`."""
    code = (get_language() or "en").lower()
    if not code.startswith("zh"):
        return code.split("-")[0]
    return "zh-Hant" if code.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo")) else "zh-Hans"


def is_chinese() -> bool:
    return language_tag().startswith("zh")


def weekday_text(value: date) -> str:
    if not is_chinese():
        return WEEKDAYS[value.weekday()]
    return ("週" if language_tag() == "zh-Hant" else "周") + HAN_DAYS[value.weekday()]


def weekday_initial(value: date) -> str:
    return HAN_DAYS[value.weekday()] if is_chinese() else WEEKDAYS[value.weekday()][0]


def month_text(value: date, *, year: bool = True) -> str:
    if is_chinese():
        return f"{value.year}年{value.month}月" if year else f"{value.month}月"
    return f"{MONTHS[value.month - 1]} {value.year}" if year else MONTHS[value.month - 1]


def day_text(value: date, *, weekday: bool = True, year: bool = True) -> str:
    if is_chinese():
        words = (f"{value.year}年" if year else "") + f"{value.month}月{value.day}日"
        return f"{words} {weekday_text(value)}" if weekday else words
    words = f"{value.day} {MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")
    return f"{weekday_text(value)} {words}" if weekday else words


def moment_text(value: datetime, *, weekday: bool = True, year: bool = True) -> str:
    """The day and the minute, in the zone the value carries."""
    return f"{day_text(value, weekday=weekday, year=year)} {value:%H:%M}"


def unit_text(amount: int, unit: str) -> str:
    """The words that stand under a large number; an unknown unit raises."""
    match unit:
        case "working_day":
            return ngettext("working day", "working days", amount)
        case "day":
            return ngettext("calendar day", "calendar days", amount)
        case "hour":
            return ngettext("hour", "hours", amount)
    raise ValueError(f"unknown unit: {unit}")


def count_text(amount: int, unit: str) -> str:
    """`3 working days`, `47 calendar days`, `5 hours`."""
    gap = "\N{NO-BREAK SPACE}"
    return f"{amount}{gap}{unit_text(amount, unit)}"


def left_text(amount: int, unit: str) -> str:
    """What is left, in words: below zero it is late, at zero it is the last one."""
    if amount < 0:
        return _("%(count)s late") % {"count": count_text(-amount, unit)}
    if amount == 0:
        return _("Less than an hour left") if unit == "hour" else _("Today")
    return _("%(count)s left") % {"count": count_text(amount, unit)}


def left_within(amount: int, unit: str) -> str:
    """The same inside a sentence."""
    told = left_text(amount, unit)
    return told[:1].lower() + told[1:]
