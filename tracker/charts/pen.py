"""The pen every chart draws with: escaped text, presentation attributes, shapes for status, hatching for shut days."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tracker.dates import language_tag
from tracker.figures import Tone
from tracker.scripts import stretches

Point = tuple[float, float]
NARROW = 330  # the width of a drawing made for a phone
Anchor = Literal["start", "middle", "end"]

_UID = re.compile(r"[a-z][a-z0-9-]*\Z")
_WHITE = 'stroke="#fff" stroke-linecap="round" stroke-linejoin="round" fill="none"'

# One shape a status, so that colour never speaks alone.
SHAPES: dict[Tone, str] = {
    "green": f'<circle class="f" cx="7" cy="7" r="6.5"/><path d="M4 7.2l2.1 2.1L10 5.2" stroke-width="1.7" {_WHITE}/>',
    "amber": f'<path class="f" d="M7 .8l6.6 11.8H.4z"/><path d="M7 5v3.4M7 10.3v.1" stroke-width="1.6" {_WHITE}/>',
    "red": f'<path class="f" d="M7 0l7 7-7 7-7-7z"/><path d="M7 3.8v3.8M7 10v.1" stroke-width="1.7" {_WHITE}/>',
    "blue": (
        '<circle class="sk" cx="7" cy="7" r="5.6" fill="none" stroke-width="1.8"/>'
        '<path class="f" d="M7 3.4a3.6 3.6 0 0 1 0 7.2z"/>'
    ),
    "grey": '<circle class="sk" cx="7" cy="7" r="5.6" fill="none" stroke-width="1.8"/>',
}


def n(value: float) -> str:
    """A coordinate: one decimal at most, and never `-0` or `1.0`."""
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def text(x: float, y: float, words: str, *, css: str = "", anchor: Anchor = "start") -> str:
    attributes = (f' class="{css}"' if css else "") + (f' text-anchor="{anchor}"' if anchor != "start" else "")
    found = [(part, tag) for part, tag in stretches(words, language_tag()) if part]
    if len(found) == 1 and found[0][1]:
        return f'<text lang="{found[0][1]}" x="{n(x)}" y="{n(y)}"{attributes}>{escape(words)}</text>'
    return f'<text x="{n(x)}" y="{n(y)}"{attributes}>{"".join(map(_written, found))}</text>'


def _written(stretch: tuple[str, str]) -> str:
    """Words in another script than the page's are marked, in a drawing as anywhere."""
    words, tag = stretch
    return f'<tspan lang="{tag}">{escape(words)}</tspan>' if tag else escape(words)


def rect(x: float, y: float, width: float, height: float, *, css: str = "", radius: float = 0) -> str:
    corner = f' rx="{n(radius)}"' if radius else ""
    name = f' class="{css}"' if css else ""
    return f'<rect{name} x="{n(x)}" y="{n(y)}" width="{n(max(width, 0))}" height="{n(height)}"{corner}/>'


def path(d: str, css: str) -> str:
    return f'<path class="{css}" d="{d}"/>'


def line(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{n(x)} {n(y)}" for x, y in points)


def shape(tone: Tone, x: float, y: float, scale: float = 1) -> str:
    grown = f" scale({scale:g})" if scale != 1 else ""
    return f'<g class="{tone}" transform="translate({n(x)} {n(y)}){grown}">{SHAPES[tone]}</g>'


def hatched(x: float, y: float, width: float, height: float, *, uid: str, radius: float = 0) -> str:
    corner = f' rx="{n(radius)}"' if radius else ""
    place = f'x="{n(x)}" y="{n(y)}" width="{n(max(width, 0))}" height="{n(height)}"'
    return f'<rect fill="url(#{uid}-hatch)" {place}{corner}/>'


def drawing(
    parts: Sequence[str], *, uid: str, width: float, height: float, title: str, description: str = "", css: str = "ch"
) -> str:
    """The whole picture, named for screen readers; `uid` must be unlike any other on the page."""
    if not _UID.match(uid):
        raise ValueError(f"not fit for an id: {uid!r}")
    named = f"{uid}-t {uid}-d" if description else f"{uid}-t"
    about = f'<title id="{uid}-t">{escape(title)}</title>'
    about += f'<desc id="{uid}-d">{escape(description)}</desc>' if description else ""
    hatch = (
        f'<defs><pattern id="{uid}-hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)"><path class="hatch" d="M0 0v6"/></pattern></defs>'
    )
    body = "".join(parts)
    hatch = hatch if f"#{uid}-hatch" in body else ""
    box = f'viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}" height="{n(height)}"'
    return f'<svg class="{css}" {box} role="img" aria-labelledby="{named}">{about}{hatch}{body}</svg>'


def both(wide: str, narrow: str) -> SafeString:
    """Text in a drawing shrinks with it, so each is drawn twice and the style sheet shows one."""
    return mark_safe(f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>')  # noqa: S308 (both escaped)


def width_of(words: str, size: float = 12) -> float:
    """About how wide the words will be: a Chinese character is one em, a Latin letter a little over half."""
    ems = sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.58 for c in words)
    return ems * size


def clipped(words: str, room: float, size: float = 12) -> str:
    """The words cut to the room there is, with an ellipsis; the whole stands in the table below."""
    if width_of(words, size) <= room:
        return words
    kept = words
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def days_between(first: date, last: date) -> int:
    return (last - first).days


class Scale:
    """Days to x: the first day at `left`, the last at `right`; a span of no days stands at the left."""

    def __init__(self, first: date, last: date, left: float, right: float) -> None:
        self.first, self.last, self.left, self.right = first, last, left, right

    def __call__(self, day: date) -> float:
        whole = days_between(self.first, self.last)
        part = days_between(self.first, day) / whole if whole > 0 else 0
        return self.left + (self.right - self.left) * min(max(part, 0), 1)
