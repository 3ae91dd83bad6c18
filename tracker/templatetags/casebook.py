"""The small parts of a page: a status as shape and word, a day, a due date, a title in both languages, a chart.

Each takes ready values; nothing here asks the database or the clock.
"""

from datetime import date, datetime

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cases.law.rulebook import book
from tracker import charts, dates
from tracker.charts.pen import SHAPES
from tracker.figures import BurnUp, Due, Exposure, Figure, Gantt, Ribbon, Table, Tone, Unit, WorkingCalendar
from tracker.scripts import stretches, tag_beside

register = template.Library()

RAG_WORDS = {"red": gettext_lazy("Red"), "amber": gettext_lazy("Amber"), "green": gettext_lazy("Green")}
# The four kinds of clock of the law, and our own: told apart by sign and word, not by colour.
CLOCKS = {
    "statutory": ("scale", gettext_lazy("Statutory")),
    "ordered": ("gavel", gettext_lazy("Ordered")),
    "regulator": ("landmark", gettext_lazy("Authority’s own limit")),
    "duty": ("zap", gettext_lazy("Duty without a number")),
    "internal": ("flag", gettext_lazy("Internal target")),
    # Of the rulebook alone: neither ever becomes a date of ours.
    "gate": ("signpost", gettext_lazy("Opens or bars a way")),
    "floor": ("archive", gettext_lazy("Keep at least")),
}
PLACES = {
    "desk": ("layout-list", gettext_lazy("Desk"), "g d"),
    "cases": ("folder-open", gettext_lazy("Cases"), "g c"),
    "log": ("plus", gettext_lazy("Log a notice"), "n"),
    "tasks": ("list-checks", gettext_lazy("My tasks"), "g t"),
    "evidence": ("file-check", gettext_lazy("Evidence"), "g e"),
    "flagged": ("flag", gettext_lazy("Flagged content"), "g f"),
    "status": ("gauge", gettext_lazy("Status pages"), "g s"),
    "outbox": ("mail", gettext_lazy("Outbox"), "g o"),
    "rulebook": ("scale", gettext_lazy("Rulebook"), "g r"),
    "people": ("users", gettext_lazy("People"), "g p"),
    "system": ("history", gettext_lazy("System log"), "g l"),
}
BAR = ("desk", "cases", "log", "tasks")
BAR_WORDS = {"log": pgettext_lazy("verb", "Log"), "tasks": gettext_lazy("Tasks")}


# ── status ──


@register.simple_tag
def shape(tone: Tone, size: int = 14) -> SafeString:
    drawn = '<svg class="{}" width="{}" height="{}" viewBox="0 0 14 14" aria-hidden="true">{}</svg>'
    return format_html(drawn, tone, size, size, mark_safe(SHAPES[tone]))  # noqa: S308 (our own constant)


@register.simple_tag
def chip(tone: Tone, word: str, *, pill: bool = False) -> SafeString:
    """A status: shape, word, colour; `pill` gives it a ground of its own."""
    return format_html('<span class="st {}{}">{}{}</span>', tone, " chip" if pill else "", shape(tone), word)


@register.simple_tag
def rag(tone: Tone, *, pill: bool = False) -> SafeString:
    return chip(tone, str(RAG_WORDS[tone]), pill=pill)


@register.simple_tag
def rag_word(tone: Tone) -> str:
    return str(RAG_WORDS[tone])


@register.inclusion_tag("tracker/parts/clock.html")
def clock(kind: str) -> dict[str, object]:
    icon, word = CLOCKS[kind]
    return {"kind": kind, "icon": icon, "word": word}


# ── time ──


@register.simple_tag
def day(value: date, *, year: bool = True, weekday: bool = True) -> SafeString:
    words = dates.day_text(value, weekday=weekday, year=year)
    return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m-%d}", words)


@register.simple_tag
def moment(value: datetime, *, year: bool = True, weekday: bool = True) -> SafeString:
    """A point in time in the zone the value carries: hand over `at.astimezone(zone)`, not UTC."""
    words = dates.moment_text(value, weekday=weekday, year=year)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="minutes"), words)


@register.simple_tag
def dateblock(value: date) -> SafeString:
    block = '<time class="date" datetime="{}"><b>{}</b><span>{}</span></time>'
    words = dates.day_text(value, weekday=False, year=False)
    below = (
        f"{value.year}年 {dates.weekday_text(value)}"
        if dates.is_chinese()
        else f"{dates.weekday_text(value)} {value.year}"
    )
    return format_html(block, f"{value:%Y-%m-%d}", words, below)


@register.simple_tag
def left(amount: int, unit: Unit = "working_day") -> str:
    return dates.left_text(amount, unit)


@register.simple_tag
def unit_word(amount: int, unit: Unit = "working_day") -> str:
    """What stands under a large number: `working days`, or `working days late`."""
    words = dates.unit_text(abs(amount), unit)
    return pgettext("under a number", "%(unit)s late") % {"unit": words} if amount < 0 else words


@register.filter
def magnitude(amount: int) -> int:
    return abs(amount)


@register.simple_tag
def count(amount: int, unit: Unit = "working_day") -> str:
    return dates.count_text(amount, unit)


@register.inclusion_tag("tracker/parts/due.html")
def due(value: Due, *, short: bool = False) -> dict[str, object]:
    """A due date whole: date and weekday, what is left, safer date, provisional; or why there is none."""
    missing = ("、" if dates.is_chinese() else ", ").join(str(word) for word in value.missing)
    safer = value.safe_due if value.safe_due and value.safe_due != value.due_on else None
    return {"due": value, "missing": missing, "safer": safer, "short": short}


# ── two languages ──


def _spoken(en: str, zh: str, zh_hant: str = "") -> tuple[tuple[str, str], tuple[str, str]]:
    """(words, language) in front and behind; what is not there yields to what is."""
    zh_hant = zh_hant or book().traditional.get(zh, "")
    chinese = ("zh-Hant", zh_hant) if zh_hant and dates.language_tag() == "zh-Hant" else ("zh-Hans", zh)
    pair = (chinese, ("en", en)) if dates.is_chinese() else (("en", en), chinese)
    front, behind = ((words, tag) for tag, words in pair)
    return (front, behind) if front[0] else (behind, ("", ""))


def _marked(words: str, tag: str) -> SafeString | str:
    """The words in their language's mark, where that is not the page's own."""
    return words if tag == dates.language_tag() else format_html('<span lang="{}">{}</span>', tag, words)


@register.filter
def marked(words: str) -> SafeString:
    """Words of which only the text is known: what is in another script than the page's is marked as such."""
    words = str(words)
    if isinstance(words, SafeString):
        return words
    found = stretches(words, dates.language_tag())
    return format_html_join("", "{}", ((_marked(part, tag) if tag else part,) for part, tag in found))


@register.simple_tag
def lang_of(words: object) -> SafeString:
    """The attribute itself, where an element can hold no other: a choice of a list, a text to be changed."""
    tag = tag_beside(str(words), dates.language_tag())
    return format_html(' lang="{}"', tag) if tag else SafeString("")


@register.simple_block_tag
def head_title(content: str) -> SafeString:
    """The title of the page, by its own words."""
    return format_html("<title{}>{}</title>", lang_of(content), mark_safe(content))  # noqa: S308 (a template's)


@register.simple_tag
def title(en: str, zh: str, zh_hant: str = "") -> SafeString | str:
    """The interface language's words, or the other's where there is only that."""
    return _marked(*_spoken(en, zh, zh_hant)[0])


@register.simple_tag
def other(en: str, zh: str) -> SafeString:
    """The other language's words, in grey and marked; nothing where there are none."""
    words, tag = _spoken(en, zh)[1]
    return format_html('<span class="alt" lang="{}">{}</span>', tag, words) if words else SafeString("")


@register.simple_tag
def titles(en: str, zh: str) -> SafeString:
    return format_html("{} {}", title(en, zh), other(en, zh))


@register.simple_tag
def plain_title(en: str, zh: str, zh_hant: str = "") -> str:
    """Without markup, for `<title>` and attributes."""
    return _spoken(en, zh, zh_hant)[0][0]


@register.inclusion_tag("tracker/parts/person.html")
def person(en: str, zh: str = "", note: str = "", *, small: bool = False) -> dict[str, object]:
    """A name in both scripts with the family character; `small` leaves the other script out."""
    mark = (zh or en).strip()[:1].upper()
    return {"en": en, "zh": zh, "note": note, "mark": mark, "mark_lang": "zh-Hans" if zh else "en", "small": small}


@register.inclusion_tag("tracker/parts/hash.html")
def fingerprint(value: str) -> dict[str, object]:
    """A SHA-256, short to read and whole to copy."""
    return {"value": value, "head": value[:8], "tail": value[-4:]}


@register.simple_tag
def language_tag() -> str:
    return dates.language_tag()


# ── navigation ──


@register.simple_tag
def place_icon(key: str) -> str:
    return PLACES[key][0]


@register.simple_tag
def place_word(key: str, *, short: bool = False) -> str:
    return str(BAR_WORDS.get(key, PLACES[key][1]) if short else PLACES[key][1])


@register.simple_tag
def place_key(key: str) -> str:
    return PLACES[key][2]


@register.filter
def in_bar(key: str) -> bool:
    return key in BAR


# ── charts ──


@register.simple_tag
def meter(done: int, total: int, tone: Tone = "blue") -> SafeString:
    return charts.meter(done, total, tone)


def _drawn(figure: Figure) -> tuple[SafeString, Table]:
    match figure:
        case BurnUp():
            return charts.burn_up(figure), charts.burn_up_rows(figure)
        case Gantt():
            return charts.gantt(figure), charts.gantt_rows(figure)
        case Ribbon():
            return charts.ribbon(figure), charts.ribbon_rows(figure)
        case WorkingCalendar():
            return charts.working_calendar(figure), charts.working_calendar_rows(figure)
        case Exposure():
            return charts.exposure(figure), charts.exposure_rows(figure)
    raise TypeError(f"no drawing for {type(figure).__name__}")


@register.inclusion_tag("tracker/parts/figure.html")
def draw(figure: Figure, *, table: bool = True) -> dict[str, object]:
    """Any figure as its drawing, its legend, and the same figures as a table to open."""
    drawing, rows = _drawn(figure)
    return {"drawing": drawing, "table": rows if table else None, "kind": type(figure).__name__}


@register.simple_block_tag
def card(content: str, heading: str, uid: str, *, aside: str = "", link: str = "", url: str = "") -> SafeString:
    """A card: heading, an aside or a link beside it, and what stands in the block."""
    beside = format_html('<a href="{}">{}</a>', url, link) if url else ""
    beside = format_html('<span class="small muted">{}</span>', aside) if aside and not url else beside
    body = mark_safe(content)  # noqa: S308 (rendered by the template, escaped there)
    head = format_html('<header><h2 id="{}-h">{}</h2>{}</header>', uid, heading, beside)
    return format_html('<section class="card" id="{0}" aria-labelledby="{0}-h">{1}{2}</section>', uid, head, body)


@register.simple_tag
def dots(*parts: object) -> SafeString:
    """The parts that are there, with a middle dot between."""
    between = mark_safe(' <span class="dot" aria-hidden="true">·</span> ')
    return format_html_join(between, "{}", ((part,) for part in parts if part))


@register.simple_tag
def of_total(done: int, total: int) -> str:
    return _("%(done)s of %(total)s") % {"done": done, "total": total}
