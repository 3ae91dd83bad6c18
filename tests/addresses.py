"""Every address of the resolver, so that a test walks those nobody thought of."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver


def patterns(found: Any, path: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in found.url_patterns:
        here = path + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each, here)
        else:
            yield here, each
