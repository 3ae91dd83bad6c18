"""One request, one act: the answer to a key is kept in the act's own transaction, and whoever repeats it gets it again.

Whatever door: it names the request by a key, says what was sent, and hands over the act. Writes no log of its own.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import RuleBroken
from cases.models import Case, IdempotentAnswer, Person
from cases.permissions import cases_visible_to

KEPT: Final = timedelta(days=8)
KEY: Final = re.compile(r"[\x20-\x7e]{1,200}")


class NoKey(RuleBroken):
    """What was sent cannot be a key."""

    code = "no_key"


class KeyReused(RuleBroken):
    """The key came with something else before."""

    code = "key_reused"


@dataclass(frozen=True)
class Answer:
    """`case`: who may no longer know of it is not told again."""

    status: int
    body: str
    case: Case | None = None
    is_repeat: bool = False


@transaction.atomic
def once(*, key: str, fingerprint: str, act: Callable[[], Answer], by: Person, at: datetime) -> Answer:
    """The key is written before the act: another with the same key waits on the unique index until this one commits,
    and is given its answer; or until it is refused, which leaves nothing, and then acts itself."""
    try:
        with transaction.atomic():
            kept = IdempotentAnswer.objects.create(person=by, key=key, fingerprint=fingerprint, at=at)
    except IntegrityError:
        return repeated(IdempotentAnswer.objects.get(person=by, key=key), fingerprint, by=by, at=at)
    answer = act()
    kept.status, kept.body, kept.case = answer.status, answer.body, answer.case
    kept.save(update_fields=["status", "body", "case"])
    return answer


def read_key(sent: str) -> str:
    """The draft has a quoted string, most clients send it bare: both are the same key."""
    bare = sent.strip()
    key = bare[1:-1] if len(bare) > 1 and bare[0] == bare[-1] == '"' else bare
    if not KEY.fullmatch(key):
        raise NoKey(_("A key has 1 to 200 printable characters of ASCII."))
    return key


def repeated(kept: IdempotentAnswer, fingerprint: str, *, by: Person, at: datetime) -> Answer:
    """Raises Case.DoesNotExist where the person may not know of the case any more."""
    case = cases_visible_to(by, at=at).get(pk=kept.case_id) if kept.case_id else None
    if kept.fingerprint != fingerprint:
        raise KeyReused(_("This key was sent before with something else. Take a new key for a new request."))
    return Answer(kept.status, kept.body, case, is_repeat=True)


def fingerprint(method: str, path: str, content: object) -> str:
    """The same for the same request: of a file, its bytes count."""
    told = json.dumps([method, path, content], sort_keys=True, default=plain)
    return sha256(told.encode()).hexdigest()


def plain(value: object) -> object:
    if isinstance(value, UploadedFile):
        return [value.name, value.content_type, bytes_of(value)]
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def bytes_of(file: "UploadedFile[bytes]") -> str:
    digest = sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def forget(*, at: datetime) -> int:
    """Sweeps what nobody can still be repeating."""
    gone, _by_table = IdempotentAnswer.objects.filter(at__lt=at - KEPT).delete()
    return gone
