"""Keyset pages of the API: {next, previous, results}. A cursor names a row by its uid: nothing in it can be counted."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast
from urllib.parse import urlencode

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

PAGED: Final = ("cursor", "size")
SIZE: Final = 50
MOST: Final = 200


class KeysetPages(BasePagination):
    """In the room's `order`, which ends in the primary key. What is empty comes last, either way."""

    display_page_controls = False

    def paginate_queryset(
        self,
        queryset: Any,
        request: Request,
        view: APIView | None = None,
    ) -> list[Any]:
        room = cast(Any, view)
        self.request, self.key = request, room.lookup_field
        self.order: Sequence[str] = room.order
        self.may_be_empty = {name for name in self.order if is_nullable(queryset.model, name)}
        cursor, size = request.query_params.get("cursor", ""), read_size(request)
        self.cursor, self.backward = cursor.removeprefix("-"), cursor.startswith("-")
        found = list(self.beyond(queryset).order_by(*map(self.ordered, self.order))[: size + 1])
        self.is_more = len(found) > size
        self.rows = found[:size][:: -1 if self.backward else 1]
        return self.rows

    def ordered(self, name: str) -> OrderBy:
        column, descends = F(name.removeprefix("-")), name.startswith("-") != self.backward
        end = "nulls_first" if self.backward else "nulls_last"
        ends: dict[str, Any] = {end: True} if name in self.may_be_empty else {}
        return column.desc(**ends) if descends else column.asc(**ends)

    def beyond(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows after the one the cursor names (before it, going back): level in some columns, beyond in the next."""
        if not self.cursor:
            return queryset
        names = [name.removeprefix("-") for name in self.order]
        named = "" if "\x00" in self.cursor else self.cursor
        row = queryset.order_by().filter(**{self.key: named}).values(*names).first()
        if row is None:
            raise serializers.ValidationError({"cursor": [_("This cursor is not of this list.")]})
        condition, level = Q(pk__in=()), Q()
        for name, bare in zip(self.order, names, strict=True):
            condition |= level & self.past(name, bare, row[bare])
            level &= Q(**{bare: row[bare]}) if row[bare] is not None else Q(**{f"{bare}__isnull": True})
        return queryset.filter(condition)

    def past(self, name: str, bare: str, value: object) -> Q:
        if value is None:
            return Q(**{f"{bare}__isnull": False}) if self.backward else Q(pk__in=())
        descends = name.startswith("-") != self.backward
        compared = Q(**{f"{bare}__{'lt' if descends else 'gt'}": value})
        return compared if self.backward or name not in self.may_be_empty else compared | Q(**{f"{bare}__isnull": True})

    def get_paginated_response(self, data: Any) -> Response:
        on = self.is_more if not self.backward else bool(self.rows)
        back = self.is_more if self.backward else bool(self.rows and self.cursor)
        return Response(
            {
                "next": self.link(self.rows[-1], "") if on and self.rows else None,
                "previous": self.link(self.rows[0], "-") if back else None,
                "results": data,
            }
        )

    def link(self, row: Any, direction: str) -> str:
        query = self.request.query_params.copy()
        query["cursor"] = direction + str(row[self.key] if isinstance(row, Mapping) else getattr(row, self.key))
        return self.request.build_absolute_uri(f"{self.request.path}?{urlencode(list(query.lists()), doseq=True)}")

    # ---- For the schema ----------------------------------------------------------------------------------------------
    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        properties = {"next": link, "previous": link, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:  # noqa: ARG002
        size = {"type": "integer", "minimum": 1, "maximum": MOST, "default": SIZE}
        return [
            parameter("cursor", {"type": "string"}, "Where the page begins; take it from next or previous."),
            parameter("size", size, "Rows a page."),
        ]


def read_size(request: Request) -> int:
    text = request.query_params.get("size", str(SIZE))
    if not text.isdecimal() or not 0 < int(text) <= MOST:
        message = _("A whole number from 1 to %(most)s is wanted.") % {"most": MOST}
        raise serializers.ValidationError({"size": [message]})
    return int(text)


def is_nullable(model: type[Model], name: str) -> bool:
    bare = name.removeprefix("-")
    return bare != "pk" and bool(getattr(model._meta.get_field(bare), "null", False))


def parameter(name: str, schema: Mapping[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": dict(schema)}
