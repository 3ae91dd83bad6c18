"""The API's own documentation: one page, made on the server from the schema, that works offline and without scripts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.generators import SchemaGenerator
from rest_framework.renderers import JSONRenderer

Schema = Mapping[str, Any]

METHODS: Final = ("get", "post", "put", "patch", "delete")
EXAMPLES: Final[Mapping[str, Any]] = {
    "date": "2026-03-02",
    "date-time": "2026-03-02T09:30:00+08:00",
    "email": "counsel@platform.example",
    "uri": "https://platform.example/",
    "decimal": "50000.00",
    "time": "09:00:00",
    "binary": "(file)",
}
NAMED: Final[Mapping[str, Any]] = {
    "uid": "k7qd2m4x9p",
    "case": "XIA-2025-K7QD2M",
    "reference": "XIA-2025-K7QD2M",
    "zone": "Asia/Shanghai",
    "number": "沪网信罚〔2026〕1号",
    "rule": "CN-12",
}
DEEP: Final = 3


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: str
    is_required: bool
    choices: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    anchor: str
    method: str
    path: str
    says: str
    parameters: tuple[Field, ...]
    sends: tuple[Field, ...]
    media: tuple[str, ...]
    example: str
    status: str
    gives: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Noun:
    name: str
    endpoints: tuple[Endpoint, ...]


def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "tracker/api_docs.html", {"nouns": nouns()})


@cache
def nouns() -> tuple[Noun, ...]:
    """The schema does not change while a process lives."""
    generator: Any = SchemaGenerator
    schema: Schema = generator().get_schema(request=None, public=True)
    found: dict[str, list[Endpoint]] = {}
    for path, methods in schema["paths"].items():
        name = path.removeprefix("/api/v1/").split("/")[0]
        found.setdefault(name, []).extend(
            Reader(schema).endpoint(method, path, methods[method]) for method in METHODS if method in methods
        )
    return tuple(Noun(name, tuple(endpoints)) for name, endpoints in sorted(found.items()))


class Reader:
    """Reads operations of one schema into what the page shows."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema

    def endpoint(self, method: str, path: str, operation: Schema) -> Endpoint:
        sent: Schema = operation.get("requestBody", {}).get("content", {})
        status, answer = next(iter(operation["responses"].items()))
        body, given = first_schema(sent), first_schema(answer.get("content", {}))
        return Endpoint(
            anchor=operation["operationId"],
            method=method.upper(),
            path=path,
            says=operation.get("description", ""),
            parameters=tuple(self.parameter(each) for each in operation.get("parameters", ())),
            sends=tuple(self.fields(body)),
            media=tuple(sent),
            example=as_text(self.example(body)) if body else "",
            status=status,
            gives=tuple(self.fields(self.row_of(given))),
        )

    def parameter(self, each: Schema) -> Field:
        kind, choices = self.kind(each["schema"])
        return Field(each["name"], kind, each.get("required", False), choices, each.get("description", ""))

    def fields(self, schema: Schema) -> Iterator[Field]:
        whole = self.resolved(schema)
        for name, inner in whole.get("properties", {}).items():
            kind, choices = self.kind(inner)
            says = inner.get("description", "")
            yield Field(name, kind, name in whole.get("required", ()), choices, says)

    def row_of(self, schema: Schema) -> Schema:
        """Of a page, the rows are what a reader looks for."""
        rows: Schema = self.resolved(schema).get("properties", {}).get("results", {})
        found: Schema = rows.get("items", schema)
        return found

    def resolved(self, schema: Schema) -> Schema:
        """Without $ref, and of several alternatives or parts the first: enough for a reader."""
        while "$ref" in schema or "allOf" in schema:
            name = schema.get("$ref") or schema["allOf"][0].get("$ref")
            if not name:
                return schema
            schema = self.schema["components"]["schemas"][name.rpartition("/")[2]]
        return schema

    def kind(self, schema: Schema) -> tuple[str, tuple[str, ...]]:
        """What a value is, in words of the schema, and its closed list."""
        if alternatives := schema.get("oneOf") or schema.get("anyOf"):
            return " | ".join(self.kind(each)[0] for each in alternatives), ()
        found = self.resolved(schema)
        if found.get("type") == "array":
            inner, choices = self.kind(found.get("items", {}))
            return f"[{inner}]", choices
        choices = tuple(str(value) for value in found.get("enum", ()) if value)
        return found.get("format") or found.get("type", "any"), choices

    def example(self, schema: Schema, name: str = "", deep: int = 0) -> Any:
        found = self.resolved((schema.get("oneOf") or schema.get("anyOf") or [schema])[0])
        if "properties" in found:
            inner = found["properties"].items() if deep < DEEP else ()
            return {key: self.example(value, key, deep + 1) for key, value in inner if not value.get("readOnly")}
        if found.get("type") == "array":
            return [self.example(found.get("items", {}), name, deep + 1)] if deep < DEEP else []
        return value_of(found, name)


def first_schema(content: Schema) -> Schema:
    """Of the media types a body may travel in, the first."""
    for media in content.values():
        found: Schema = media.get("schema", {})
        return found
    return {}


def value_of(schema: Schema, name: str) -> Any:
    if name in NAMED and schema.get("type") == "string":
        return NAMED[name]
    if choices := [value for value in schema.get("enum", ()) if value]:
        return choices[0]
    plain = {"integer": 1, "number": 1.0, "boolean": True, "object": {}}
    return plain.get(schema.get("type", ""), EXAMPLES.get(schema.get("format", ""), "…"))


def as_text(example: Any) -> str:
    return JSONRenderer().render(example, "application/json; indent=2").decode()
