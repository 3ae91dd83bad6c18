"""In which script words are written, told by their characters, so that a page can mark what is not in its own.

The character sets of either script tell them apart: what GB 2312 holds and Big5 does not is written in Simplified
Chinese only, and the other way round. Most characters are of both and tell nothing.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Final

HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
SHARED: Final = frozenset("着")  # Hong Kong writes it too, though Big5 knows only 著
LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ]")
# Words, and what stands between them: a stretch of another script is cut where the page's own words begin.
PIECES: Final = re.compile(r"[\w'’.-]+|[^\w'’.-]+")
EDGE: Final = re.compile(r"\A([\s:：,，、;；。·/.<>]*)(.*?)([\s:：,，、;；。·/.<>(（]*)\Z", re.DOTALL)


@cache
def _holds(charset: str, character: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def script_of(words: str) -> str:
    """`zh-Hans` or `zh-Hant`, where a character is of that script only; `zh` for Chinese of either; else nothing."""
    han = set(HAN.findall(words))
    telling = han - SHARED
    if any(_holds("gb2312", each) and not _holds("big5", each) for each in telling):
        return "zh-Hans"
    if any(_holds("big5", each) and not _holds("gb2312", each) for each in telling):
        return "zh-Hant"
    return "zh" if han else ""


def stretches(words: str, page: str) -> Iterator[tuple[str, str]]:
    """The words in order, in stretches, each with the tag to mark it by on a page of that language, or with none."""
    for is_own, pieces in groupby(PIECES.findall(words), lambda piece: _is_own(piece, page)):
        stretch = "".join(pieces)
        tag = "" if is_own else tag_beside(stretch, page)
        if not tag:
            yield stretch, ""
            continue
        before, kept, behind = _edged(stretch)
        yield from ((part, mark) for part, mark in ((before, ""), (kept, tag), (behind, "")) if part)


def tag_beside(words: str, page: str) -> str:
    """The tag of what is in the words and not of the page's script; nothing where all may pass for its own."""
    script = script_of(words)
    if not page.startswith("zh"):
        return "zh-Hans" if script == "zh" else script
    return script if script in {"zh-Hans", "zh-Hant"} and script != page else ""


def _is_own(piece: str, page: str) -> bool:
    """What is of the page's script for certain ends a stretch of another; what may be of either does not."""
    script = script_of(piece)
    return script == page if script else bool(LATIN.search(piece))


def _edged(stretch: str) -> tuple[str, str, str]:
    """What divides it from its neighbours is not part of it."""
    found = EDGE.match(stretch)
    return (found[1], found[2], found[3]) if found else ("", stretch, "")
