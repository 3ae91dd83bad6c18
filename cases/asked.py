"""What the API is asked, strictly: a key or a parameter that nobody reads is refused, never passed over in silence."""

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from io import BytesIO
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

# What any address may be asked beside its own: in which format it answers.
ALWAYS: Final = frozenset({"format"})


class EachKeyOnce(JSONParser):
    """JSON, but for an object that has a key twice: one of the two would be passed over."""

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        sent = stream.read()
        with suppress(ValueError, RecursionError):  # told below as every other body that is no JSON
            json.loads(sent, object_pairs_hook=each_once)
        return super().parse(BytesIO(sent), media_type, parser_context)


def each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _value in pairs]
    if twice := [name for name in names if names.count(name) > 1]:
        raise ParseError(_("The key %(name)s is given twice.") % {"name": twice[0]})
    return dict(pairs)


class Asked(serializers.Serializer[Any]):
    """What is sent to an action: its validated data are the action's own keywords, dates and rows in place."""

    def to_internal_value(self, data: Any) -> Any:
        known = [name for name, field in self.fields.items() if not field.read_only]
        strangers = strange(data, known) if isinstance(data, Mapping) else {}
        try:
            found = super().to_internal_value(data)
        except serializers.ValidationError as error:
            if strangers and isinstance(error.detail, Mapping):
                raise serializers.ValidationError({**error.detail, **strangers}) from error
            raise
        if strangers:
            raise serializers.ValidationError(strangers)
        return found


def check_keys(sent: Mapping[str, object], known: Collection[str]) -> None:
    """Of a body that no serializer reads."""
    if strangers := strange(sent, known):
        raise serializers.ValidationError(strangers)


def check_query(request: Request, known: Collection[str] = ()) -> None:
    """Of an address: a misspelt filter would answer with more than was asked for."""
    sent = (name for name in request.query_params if name not in ALWAYS)
    if strangers := strange(sent, known):
        raise serializers.ValidationError(strangers)


def strange(sent: Iterable[object], known: Collection[str]) -> dict[str, list[str]]:
    """Each name that is not known, with the sentence that says which are."""
    return {str(name): [_told(str(name), known)] for name in sent if name not in known}


def _told(name: str, known: Collection[str]) -> str:
    told = {"name": name, "known": ", ".join(known)}
    if not known:
        return _("Nothing of the name %(name)s is read here, and nothing else is.") % told
    return _("Nothing of the name %(name)s is read here. Known: %(known)s.") % told
