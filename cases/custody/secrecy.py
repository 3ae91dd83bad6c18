"""Marks of a state secret on a paper, as GB/T 9704 and the rules on marking write them: level, star, period. Pure.

`机密★10年`, `绝密★长期`, `秘密★2030年12月31日`, `绝密★启用前`; a bare level, in running text or alone, is no mark.
A mark is looked for, a secret is not: text without a mark may still be one.
"""

import re
import unicodedata
from typing import Final

# Within a mark a printer may set spaces, never lines.
GAP: Final = r"[ \t]*"
LEVEL: Final = rf"(?:[绝絕]{GAP}密|[机機]{GAP}密|[秘祕]{GAP}密)"
STAR: Final = "[★☆]"
# `十年后` tells of time; a mark ends with its period.
NOT_TOLD: Final = "(?![后後来來间間里裡内內])"
NUMBER: Final = "[0-9〇零一二三四五六七八九十百两兩]"
PERIOD: Final = rf"{NUMBER}+{GAP}(?:年|[个個]?月|[日天])(?:{GAP}{NUMBER}+{GAP}(?:[个個]?月|[日天]))*{NOT_TOLD}"
# Conditions that end a secret: an examination paper is one until it is used.
BEFORE: Final = "启用|啟用|启封|啟封|开启|開啟|公布|發布|发布|宣布|使用|考试|考試|开标|開標"
CONDITION: Final = rf"(?:长期|長期|永久|解密|(?:{BEFORE})(?:之|以)?前)"
DEFINITE: Final = rf"{LEVEL}{GAP}{STAR}{GAP}(?:{PERIOD}|{CONDITION})"
# Without a period the mark stands by itself: nothing written before it, and a gap or an end behind it.
ALONE: Final = rf"(?<![\w★☆]){LEVEL}{GAP}★(?![\w★☆])"
# A trade secret (商业秘密, 商密) and a work secret (工作秘密) are kept here under a protection mark.
OTHER_SECRETS: Final = r"(?<!商业)(?<!商業)(?<!工作)(?<!个人)(?<!個人)(?<!通信)(?<!技术)(?<!技術)"
MARK: Final = re.compile(rf"{OTHER_SECRETS}{DEFINITE}|{ALONE}")
MOST: Final = 40


def find_mark(text: str) -> str | None:
    """The first mark as it reads, without spaces; None: the text bears none."""
    found = MARK.search(plain(text))
    return re.sub(GAP, "", found[0])[:MOST] if found else None


def plain(text: str) -> str:
    """Full-width signs as narrow ones, underscores as gaps, and without signs that hide between the others."""
    folded = unicodedata.normalize("NFKC", text).replace("_", " ")
    return "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
