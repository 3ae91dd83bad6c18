"""Things of the law on a page: titles in the reader's language, a rule's period and standing, marks of a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cases.law.rulebook import Rule, book
from tracker import clauses, dates, wording
from tracker.status.nouns import Titles
from tracker.status.rules import RuleRow
from tracker.templatetags.casebook import chip, marked

register = template.Library()


def titles_of(thing: Any) -> Titles:
    if isinstance(thing, Titles):
        return thing
    return Titles(thing.title_en, thing.title_zh, thing.title_zh_hant)


@register.filter
def law_title(thing: Any) -> str:
    """The title of a rule, calendar, event or profile in the reader's language and script."""
    return wording.pick(titles_of(thing))


@register.simple_tag
def law_titles(thing: Any) -> SafeString:
    """The same with the other language below it."""
    told = titles_of(thing)
    words, tag = (told.en, "en") if dates.is_chinese() else (told.zh, "zh-Hans")
    first = marked(wording.pick(told))
    if not words or words == wording.pick(told):
        return first
    return format_html('{} <span class="alt" lang="{}">{}</span>', first, tag, words)


@register.filter
def jurisdiction(code: str) -> str:
    return clauses.jurisdiction_text(code)


@register.filter
def acts(actor: str) -> str:
    return str(clauses.ACTORS[actor])


@register.filter
def period(rule: Rule) -> str:
    return clauses.period_text(rule)


@register.filter
def counting(row: RuleRow) -> str:
    return clauses.counted_text(row.rule, row.profile)


@register.filter
def in_plain_words(rule: Rule) -> list[str]:
    return clauses.plain_sentences(rule)


@register.filter
def differing(names: Iterable[str]) -> str:
    return clauses.difference_names(names)


@register.filter
def fact_name(name: str) -> str:
    return clauses.fact_text(book(), name)


@register.filter
def confidence(code: str) -> str:
    return str(clauses.CONFIDENCES[code])


@register.simple_tag
def standing(row: RuleRow) -> SafeString:
    """Whether it is in force, as shape and word; what is not used says so before all else."""
    if not row.is_used:
        return chip("red", _("not verified, not used"))
    word = clauses.standing_text(row.rule, is_in_force=row.is_in_force)
    return chip("green" if row.is_in_force else "grey", word)


@register.simple_tag
def compared(rule: Rule) -> SafeString:
    """Who compared the entry with the gazette, or that nobody has."""
    if rule.reviewed_by:
        return chip("green", _("compared with the gazette by %(who)s") % {"who": rule.reviewed_by})
    return chip("amber", _("not compared with the gazette"))


@register.simple_tag
def script_of(words: str) -> str:
    """The tag of a quotation by its script: Chinese provisions are quoted in Chinese, the others in English."""
    return "zh-Hans" if any("\u4e00" <= sign <= "\u9fff" for sign in words) else "en"


@register.filter
def why_provisional(code: str) -> str:
    return wording.provisional_text(code)


# ── holiday tables ──


@register.simple_tag
def month_name(first: date) -> str:
    return dates.month_text(first, year=False)


@register.simple_tag
def weekday_heads() -> list[tuple[str, str]]:
    """Monday first: the sign and the word."""
    days = [date(2024, 1, 1 + n) for n in range(7)]
    return [(dates.weekday_initial(on), dates.weekday_text(on)) for on in days]


# What is printed on a day, and what a screen reader says of it.
MARKS = {
    "holiday": ("休", pgettext_lazy("kind of day", "public holiday")),
    "makeup": ("班", pgettext_lazy("kind of day", "make-up working day")),
    "unknown": ("?", pgettext_lazy("kind of day", "calendar not published")),
}


@register.simple_tag
def day_mark(kind: str) -> SafeString:
    if kind not in MARKS:
        return SafeString("")
    sign, words = MARKS[kind]
    return format_html('<b aria-hidden="true">{}</b><span class="vh"> {}</span>', sign, words)
