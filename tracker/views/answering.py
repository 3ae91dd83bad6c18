"""What becomes of a form: one action, then away with a word; or the same page with what was typed and why not.

A form sent twice, by a double click or out of the history, acts once: it carries a token of its own, and what was done
under a token is done; whoever sends it again is led where the first was.
"""

import re
from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.actions import RuleBroken, idempotency
from cases.actions.idempotency import Answer, KeyReused
from cases.models import IdempotentAnswer
from tracker.forms.typed import TypedForm
from tracker.views.finding import reader

ONCE: Final = "once"
WELL_MADE: Final = re.compile(r"[\w-]{22}", re.ASCII)
# No part of what was typed: what the sender's history keeps may bear another of each.
APART: Final = frozenset({ONCE, "csrfmiddlewaretoken"})


class SentBefore(RuleBroken):
    """The same page, but not the same words: a second thing, or a second thought."""

    code = "sent_before"


def tokens(_request: HttpRequest) -> dict[str, Callable[[], SafeString]]:
    """Context of every page: `{{ once }}`, beside the token against forgery, is another in each form."""
    return {ONCE: token}


def token() -> SafeString:
    return format_html('<input type="hidden" name="{}" value="{}">', ONCE, token_urlsafe(16))


def settle(
    request: HttpRequest, form: TypedForm, act: Callable[[], object], *, said: str, to: str
) -> HttpResponse | None:
    """None: the form was wrong or the action refused, and the form says why."""
    if not form.is_valid():
        return settled(request)
    try:
        return once(request, act, said=said, to=lambda _made: to)
    except RuleBroken as refusal:
        form.refuse(refusal)
        return None


def once(request: HttpRequest, act: Callable[[], Any], *, said: str, to: Callable[[Any], str]) -> HttpResponse:
    """Acts, and leads away to where `to` says of what was made."""
    key = key_of(request)
    if not key:
        return lead(request, Answer(302, to(act())), said)
    try:
        answer = idempotency.once(
            key=key, fingerprint=mark(request), act=lambda: Answer(302, to(act())), by=reader(request),
            at=timezone.now(),
        )  # fmt: skip
    except KeyReused as error:
        told = _("This form was saved before, with other words. To save these as well, send it again.")
        raise SentBefore(told) from error
    return lead(request, answer, said)


def settled(request: HttpRequest) -> HttpResponse | None:
    """Where the same form led that was sent before: what it made may be why it would not be right any more."""
    key = key_of(request)
    kept = key and IdempotentAnswer.objects.filter(person=reader(request), key=key, fingerprint=mark(request)).first()
    return lead(request, Answer(kept.status, kept.body, is_repeat=True), "") if kept else None


def lead(request: HttpRequest, answer: Answer, said: str) -> HttpResponse:
    if answer.is_repeat:
        messages.info(request, _("This was sent twice and is done once."))
    else:
        messages.success(request, said)
    return redirect(answer.body)


def key_of(request: HttpRequest) -> str:
    sent = request.POST.get(ONCE, "")
    return f"form {sent}" if WELL_MADE.fullmatch(sent) else ""


def mark(request: HttpRequest) -> str:
    typed = [(name, values) for name, values in request.POST.lists() if name not in APART]
    files = [(name, request.FILES.getlist(name)) for name in request.FILES]
    return idempotency.fingerprint("POST", request.get_full_path(), [sorted(typed), files])


def show(request: HttpRequest, template: str, context: dict[str, Any], *forms: TypedForm) -> HttpResponse:
    """The page, with the status its forms have come to: 200, 422 for a wrong form, 409 for a rule."""
    return render(request, template, context, status=max((form.answer for form in forms), default=200))
