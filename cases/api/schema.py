"""What the schema says of every door alike: the headers that guard a change, and how they are refused."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

Schema = dict[str, Any]

# They write nothing of ours that a repeat could double, or answer with what must not be kept.
UNKEPT: Final = frozenset({"token_create", "rules_due_of", "evidence_download_create"})
KEY: Final[Schema] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A name of your own for this request. Sent again, it does nothing more and is answered as before, "
    "for seven days at least.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
IF_MATCH: Final[Schema] = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag of the row as you read it: nothing is done if somebody has changed it since.",
    "schema": {"type": "string", "example": '"7-1f3c09ab52de"'},
}
IF_NONE_MATCH: Final[Schema] = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The ETag you have: answered with 304 while nothing that is shown has changed.",
    "schema": {"type": "string", "example": '"7-1f3c09ab52de"'},
}
ETAG: Final[Schema] = {
    "ETag": {"description": "The revision of the row, and a digest of all that is shown.", "schema": {"type": "string"}}
}
REFUSAL: Final[Schema] = {
    "type": "object",
    "required": ["code", "message", "details"],
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}, "details": {"type": "object"}},
}


def describe_headers(result: Schema, **_generator: Any) -> Schema:
    """A hook of drf-spectacular, after the doors have described themselves."""
    for path, method, operation in operations(result):
        has_revision = shows_revision(operation, result)
        if has_revision:
            mark_tag(operation)
        if method == "post" and operation["operationId"] not in UNKEPT:
            add(operation, KEY, "422", "The key was sent before with something else.")
        if method == "post" and has_revision and "{" in path:
            add(operation, IF_MATCH, "412", "Somebody has changed the row: `details.current` is the row as it stands.")
        if method == "get" and has_revision and "{" in path:
            operation.setdefault("parameters", []).append(IF_NONE_MATCH)
            operation["responses"]["304"] = {"description": "Nothing that is shown has changed."}
    return result


def operations(result: Schema) -> Iterator[tuple[str, str, Schema]]:
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def shows_revision(operation: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    for media in first(operation).get("content", {}).values():
        name = media.get("schema", {}).get("$ref", "").rpartition("/")[2]
        shape = result["components"]["schemas"].get(name, {})
        return "revision" in shape.get("properties", {})
    return False


def first(operation: Mapping[str, Any]) -> Schema:
    found: Schema = next(iter(operation["responses"].values()), {})
    return found


def mark_tag(operation: Mapping[str, Any]) -> None:
    first(operation)["headers"] = ETAG


def add(operation: Schema, header: Schema, status: str, refused: str) -> None:
    operation.setdefault("parameters", []).append(header)
    operation["responses"][status] = {"description": refused, "content": {"application/json": {"schema": REFUSAL}}}
