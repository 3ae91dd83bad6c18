"""Reads a captured hot list row by row, and finds what a flagging rule is after in it.

Nothing here knows a case, a database or the present time.
"""

from cases.boards.entries import Entry, Rejected
from cases.boards.files import UnreadableBoard, read
from cases.boards.folding import fold_category, title_key
from cases.boards.matching import Matcher, Pattern, matches
from cases.boards.spells import Sightings, Spell, spells

__all__ = [
    "Entry",
    "Matcher",
    "Pattern",
    "Rejected",
    "Sightings",
    "Spell",
    "UnreadableBoard",
    "fold_category",
    "matches",
    "read",
    "spells",
    "title_key",
]
