"""The way on through a list: the same address with another cursor, so that its filters stay."""

from typing import Any

from django.http import HttpRequest

from tracker.status.lists import Page


def page_urls(request: HttpRequest, page: "Page[Any]") -> dict[str, str]:
    return {"previous_url": with_cursor(request, page.previous), "next_url": with_cursor(request, page.next)}


def with_cursor(request: HttpRequest, cursor: str) -> str:
    """Empty at the ends."""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}" if cursor else ""
