"""Switching the language, staying on the page."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import get_language, get_language_from_path, override
from django.views import i18n
from django.views.decorators.http import require_POST


@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Django translates the address only if it is of the active language; this one's has no prefix of its own."""
    spoken = get_language_from_path(request.POST.get("next", "")) or get_language()
    with override(spoken):
        return i18n.set_language(request)
