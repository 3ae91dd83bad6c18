"""Files by multipart: the file in `file`, the rest as one JSON object in `data`, or as plain form fields."""

import json
from collections.abc import Mapping
from functools import cache
from typing import IO, Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser

from cases.asked import Asked, each_once


class DataAndFile(MultiPartParser):
    """Hands on one plain mapping, so that a serializer need not know how it travelled."""

    def parse(  # type: ignore[override]  # any parser may give plain data; only forms have fields and files apart
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        sent = super().parse(stream, media_type, parser_context)
        fields = {name: value for name, value in sent.data.items() if name != "data"}
        return fields | self.read_data(sent.data.get("data", "")) | dict(sent.files.items())

    def read_data(self, text: str) -> dict[str, Any]:
        try:
            data = json.loads(text or "{}", object_pairs_hook=each_once)
        except ValueError as error:
            raise ParseError(_("data is not JSON: %(error)s") % {"error": error}) from error
        if not isinstance(data, dict):
            raise ParseError(_("data is a JSON object."))
        return data


def file_field(**options: Any) -> serializers.FileField:
    """An empty file is the action's to refuse, with its own words."""
    return serializers.FileField(allow_empty_file=True, **options)


def requests(takes: type[Asked]) -> Any:
    """For the schema: JSON alone, or besides it (where the file may be left out) multipart."""
    found = takes()
    if "file" not in found.fields:
        return takes if found.fields else None
    name = f"{takes.__name__}Upload"
    fields = {"file": file_field(required=found.fields["file"].required), "data": takes_without_file(takes)()}
    multipart = {"multipart/form-data": inline_serializer(name, fields=fields)}
    return multipart if found.fields["file"].required else {"application/json": takes_without_file(takes), **multipart}


@cache
def takes_without_file(takes: type[Asked]) -> type[Asked]:
    return type(f"{takes.__name__}Data", (takes,), {"file": None})
