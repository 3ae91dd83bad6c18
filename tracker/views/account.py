"""Signing in, and what a person sets for themselves."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, resolve_url
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from knox.models import AuthToken

from cases.actions import person as actions
from cases.models import Person, Role
from tracker.demo.accounts import NAME, sign_ins
from tracker.forms.account import LeaveForm, SettingsForm, TokenForm
from tracker.views.answering import settle, show
from tracker.views.finding import reader


class SignIn(LoginView):
    """Executives land on the portfolio, everybody else on their desk."""

    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        person = self.request.user
        is_executive = isinstance(person, Person) and person.role == Role.EXECUTIVE
        return resolve_url("status_portfolio" if is_executive else "desk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "demo_sign_ins": sign_ins(), "demo_file": NAME}

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ChangePassword(PasswordChangeView):
    template_name = "tracker/account_password.html"
    success_url = reverse_lazy("account")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        person = reader(self.request)
        answer = super().form_valid(form)
        actions.log_password_change(person=person, by=person, at=timezone.now())
        messages.success(self.request, _("Your password is changed. Other sessions have ended."))
        return answer

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@login_required
def account(request: HttpRequest) -> HttpResponse:
    return settings_page(request, at=timezone.now())


def settings_page(request: HttpRequest, *, at: datetime, token: str = "", **forms: Any) -> HttpResponse:
    """The page with its forms as they stand, or with the one that was refused."""
    person = reader(request)
    shown = {"setting": SettingsForm(person=person), "leaving": LeaveForm(prefix="leave")}
    shown |= {"making": TokenForm(prefix="token")} | forms
    context = {
        "leaves": person.leaves.filter(until_on__gte=actions.today_of(person, at)).select_related("stand_in"),
        "tokens": AuthToken.objects.filter(user=person, expiry__gt=at).order_by("created"),
        "token": token,
        "form": next(iter(forms.values()), None),
    }
    return show(request, "tracker/account.html", {**context, **shown}, *forms.values())


@login_required
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    form = SettingsForm(request.POST, person=person)

    def act() -> object:
        return actions.change_settings(person=person, fields=form.cleaned_data, by=person, at=now)

    return settle(request, form, act, said=_("Kept."), to=reverse("account")) or settings_page(
        request, at=now, setting=form
    )


@login_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    now, person = timezone.now(), reader(request)
    form = LeaveForm(request.POST, prefix="leave")

    def act() -> object:
        return actions.take_leave(person=person, **form.cleaned_data, by=person, at=now)

    away = settle(request, form, act, said=_("Your leave is recorded."), to=reverse("account"))
    return away or settings_page(request, at=now, leaving=form)


@login_required
@require_POST
def end_leave(request: HttpRequest, uid: str) -> HttpResponse:
    person = reader(request)
    found = get_object_or_404(person.leaves, uid=uid)
    actions.end_leave(leave=found, by=person, at=timezone.now())
    messages.success(request, _("Your leave has ended."))
    return redirect("account")


# ---- Keys to the API -------------------------------------------------------------------------------------------------
@login_required
@require_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """Shown once, in the answer itself: it is in no address, no message and no session."""
    now, person = timezone.now(), reader(request)
    form = TokenForm(request.POST, prefix="token")
    made: list[str] = []

    def act() -> None:
        made.append(actions.make_token(person=person, days=form.cleaned_data["days"], by=person, at=now))

    if settle(request, form, act, said=_("The token is made."), to=reverse("account")):
        return settings_page(request, at=now, token=made[0])
    return settings_page(request, at=now, making=form)


@login_required
@require_POST
def revoke_token(request: HttpRequest, key: str) -> HttpResponse:
    person = reader(request)
    get_list_or_404(AuthToken, user=person, token_key=key)
    actions.revoke_token(person=person, key=key, by=person, at=timezone.now())
    messages.success(request, _("The token is revoked."))
    return redirect("account")
