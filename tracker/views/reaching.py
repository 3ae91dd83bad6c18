"""How words reach a person: the page where each sets that for themselves."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cases.models import Person
from cases.permissions import can, cases_visible_to, check_can
from tracker.forms.reaching import ChannelsForm, ChatForm, WishForm
from tracker.models import ChatAddress
from tracker.reminders import choosing
from tracker.reminders.trying import try_chat
from tracker.reminders.ways import chosen_by, offered, own_chats
from tracker.status.lists import MOST
from tracker.status.wishes import own_subscriptions, subscription_list
from tracker.views.answering import once, settle, show
from tracker.views.finding import reader

PAGE = "reaching"


@login_required
def reaching(request: HttpRequest) -> HttpResponse:
    return listed(request, at=timezone.now())


def listed(request: HttpRequest, *, at: datetime, **forms: Any) -> HttpResponse:
    """The page with its forms as they stand, or with the one that was refused."""
    person = reader(request)
    chats = own_chats(person)
    shown = {"adding": ChatForm(prefix="chat"), "wishing": wish_form(person, at=at)} | forms
    if "choosing" not in shown:
        shown["choosing"] = channels_form(person, chats)
    may_ask = can(person, "view")
    context = {
        "chats": chats,
        "may_ask": may_ask,
        "words": subscription_list(person, now=at, size=MOST).rows if may_ask else (),
        "form": next(iter(forms.values()), None),
    }
    return show(request, "tracker/reaching.html", {**context, **shown}, *forms.values())


def channels_form(person: Person, chats: list[ChatAddress], *typed: Any) -> ChannelsForm:
    return ChannelsForm(*typed, ways=offered(person, chats), chosen=chosen_by(person), prefix="by")


def wish_form(person: Person, *typed: Any, at: datetime) -> WishForm:
    return WishForm(*typed, cases=cases_visible_to(person, at=at), prefix="word")


@login_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    form = channels_form(person, own_chats(person), request.POST)

    def act() -> object:
        return choosing.choose_channels(person=person, chosen=form.chosen, by=person, at=now)

    return settle(request, form, act, said=_("Kept."), to=reverse(PAGE)) or listed(request, at=now, choosing=form)


# ---- Chats -----------------------------------------------------------------------------------------------------------
@sensitive_post_parameters("chat-address")
@login_required
@require_POST
def add_chat(request: HttpRequest) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    form = ChatForm(request.POST, prefix="chat")

    def act() -> object:
        return choosing.add_chat(person=person, opened=form.cleaned_data["address"], at=now)

    said = _("The chat address is added. Choose above which words go there.")
    return settle(request, form, act, said=said, to=reverse(PAGE)) or listed(request, at=now, adding=form)


@login_required
@require_POST
def test_chat(request: HttpRequest, uid: str) -> HttpResponse:
    """It makes nothing: asked for twice, two words are sent."""
    now, person = timezone.now(), reader(request)
    found = get_object_or_404(ChatAddress, person=person, ended_at__isnull=True, uid=uid)
    tried = try_chat(address=found, by=person, at=now)
    if tried.is_taken:
        messages.success(
            request, _("The test word was taken. The service answered: %(answer)s") % {"answer": tried.answer}
        )
    else:
        messages.error(request, _("The test word was not taken: %(answer)s") % {"answer": tried.answer})
    return redirect(PAGE)


@login_required
@require_POST
def end_chat(request: HttpRequest, uid: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    found = get_object_or_404(ChatAddress, person=person, uid=uid)
    run = lambda: choosing.end_chat(address=found, by=person, at=now)  # noqa: E731
    return once(request, run, said=_("The chat address is taken away."), to=lambda _made: reverse(PAGE))


# ---- By the timetable ------------------------------------------------------------------------------------------------
@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    check_can(person, "view")
    form = wish_form(person, request.POST, at=now)
    run = lambda: choosing.subscribe(person=person, **form.wish, at=now)  # noqa: E731
    away = settle(request, form, run, said=_("It comes by that timetable from now on."), to=reverse(PAGE))
    return away or listed(request, at=now, wishing=form)


@login_required
@require_POST
def end(request: HttpRequest, uid: str) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    found = get_object_or_404(own_subscriptions(person, at=now).select_related("case"), uid=uid)
    check_can(person, "view")
    run = lambda: choosing.unsubscribe(subscription=found, by=person, at=now)  # noqa: E731
    return once(request, run, said=_("It comes no more."), to=lambda _made: reverse(PAGE))
