"""ETag, If-Match and If-None-Match: an answer says which version of a row it shows, a request which one it is about.

A tag is the row's revision and a digest of all that was shown, `"7-1f3c09ab52de"`. A 304 asks for the whole tag, since
a detail shows more than its row. If-Match asks for the revision: what others did beside the row is no conflict.
"""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final, TypeVar

from django.contrib.postgres.functions import TransactionNow
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from cases.actions import RuleBroken

TAG: Final = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
TAGS: Final = re.compile(rf"[ \t]*{TAG}(?:[ \t]*,[ \t]*{TAG})*[ \t]*")
ANY: Final = "*"

T = TypeVar("T")


class Stale(Exception):
    """The row is not the one that If-Match names. Answered with 412 and the row as it now stands."""


def tagged(shown: object) -> dict[str, str]:
    """The header of an answer that shows a row with a revision; none of any other."""
    if not (isinstance(shown, Mapping) and "revision" in shown):
        return {}
    digest = sha256(JSONRenderer().render(shown)).hexdigest()[:12]
    return {"ETag": f'"{shown["revision"]}-{digest}"'}


def tags(request: Request, header: str) -> list[str]:
    """As they were sent, `*` alone among them; none where there is no such header."""
    sent = request.headers.get(header)
    if sent is None:
        return []
    if sent.strip() == ANY:
        return [ANY]
    if not TAGS.fullmatch(sent):
        told = _('Entity tags are wanted, each in quotation marks as in "7", or an asterisk alone.')
        raise serializers.ValidationError({header: [told]})
    return re.findall(TAG, sent)


def is_unchanged(request: Request, shown: object) -> bool:
    """For If-None-Match, which does not tell weak tags from strong ones."""
    sent, tag = tags(request, "If-None-Match"), tagged(shown).get("ETag")
    return tag is not None and (ANY in sent or tag in {each.removeprefix("W/") for each in sent})


def if_match(request: Request, row: Any, act: Callable[[], T]) -> T:
    """Acts if the row is what the request takes it to be; of two at once that name the same revision one wins.

    A door cannot take the row's lock before its action does: each action has an order of its own (the case before its
    task, the law before a deadline), and a second order would be a deadlock. So the action locks as ever and, before
    anything is committed and while it still holds the row, the row's history is asked whether another transaction
    has moved the revision since it was read. If one has, all is taken back.
    """
    sent = tags(request, "If-Match")
    if not sent or ANY in sent:
        return act()
    read = getattr(row, "revision", None)
    if read is None or str(read) not in {each.strip('"').partition("-")[0] for each in sent if each[0] == '"'}:
        raise Stale
    try:
        with transaction.atomic():
            done = act()
            if is_moved(row, read):
                raise Stale
    except RuleBroken as refusal:
        if is_moved(row, read):
            raise Stale from refusal
        raise
    return done


def is_moved(row: Any, read: int) -> bool:
    """By another transaction: what this one wrote bears the instant at which it began."""
    later = row.history.filter(revision__gt=read).exclude(pgh_created_at=TransactionNow())
    return bool(later.exists())
